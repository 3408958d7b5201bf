"""The tree: stored hashes, roots and proofs, against plain recomputation."""

import base64
import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ledger.memory import MemoryLog, naive_root

from comity.ledger.merkle import (
    BrokenStoreError,
    NotALeafError,
    OutOfRangeError,
    ProofError,
    append_many,
    consistency_proof,
    hashes_to_append,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root,
    stored_count,
    stored_position,
    verify_consistency,
    verify_inclusion,
)

ENTRIES = [b"entry %d" % number for number in range(300)]
LEAVES = [leaf_hash(entry) for entry in ENTRIES]
LOG = MemoryLog(ENTRIES)
SIZES = st.integers(min_value=1, max_value=len(ENTRIES))


def test_every_complete_subtree_is_stored_where_arithmetic_says() -> None:
    seen = set()
    for level in range(9):
        for index in range(len(ENTRIES) >> level):
            position = stored_position(level, index)
            assert LOG.hashes[position] == naive_root(LEAVES[index << level : (index + 1) << level])
            seen.add(position)
    assert seen == set(range(len(LOG.hashes))) == set(range(stored_count(len(ENTRIES))))


@given(SIZES, st.data())
@settings(max_examples=40, deadline=None)
def test_appending_in_batches_stores_the_same_as_appending_one_by_one(size: int, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, size))
    batched = MemoryLog(ENTRIES[:first])
    batched.append(ENTRIES[first:size])
    single = MemoryLog()
    for leaf in LEAVES[:size]:
        single.hashes += hashes_to_append(single.size, leaf, single.read)
        single.size += 1
    assert batched.hashes == single.hashes == LOG.hashes[: stored_count(size)]


def test_every_operation_reads_the_store_at_most_once() -> None:
    log = MemoryLog(ENTRIES)
    for operation in (
        lambda: append_many(log.size, LEAVES, log.read),
        lambda: root(log.size, log.read),
        lambda: inclusion_proof(123, log.size, log.read),
        lambda: consistency_proof(123, log.size, log.read),
    ):
        log.reads = 0
        operation()
        assert log.reads == 1


@given(st.integers(0, len(ENTRIES)))
@settings(max_examples=50, deadline=None)
def test_the_root_is_that_of_rfc_6962(size: int) -> None:
    assert root(size, LOG.read) == naive_root(LEAVES[:size])


@given(SIZES, st.data())
@settings(max_examples=50, deadline=None)
def test_every_entry_has_a_proof_that_verifies_for_it_and_for_no_other_place(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof, head = inclusion_proof(index, size, LOG.read), naive_root(LEAVES[:size])
    verify_inclusion(LEAVES[index], index, size, proof, head)
    for other in {data.draw(st.integers(0, size - 1)), index ^ 1} - {index}:
        with pytest.raises(ProofError):
            verify_inclusion(LEAVES[index], other, size, proof, head)


@given(st.integers(0, len(ENTRIES)), st.data())
@settings(max_examples=50, deadline=None)
def test_every_log_is_shown_to_continue_every_shorter_one(size: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(0, size))
    proof = consistency_proof(old, size, LOG.read)
    verify_consistency(old, naive_root(LEAVES[:old]), size, naive_root(LEAVES[:size]), proof)
    assert (proof == ()) == (old in (0, size))


def mutations(proof: tuple[bytes, ...], data: st.DataObject) -> list[tuple[bytes, ...]]:
    """Everything that can happen to a list of hashes: a bit, a loss, a gain, a repetition, an exchange."""
    at = data.draw(st.integers(0, len(proof) - 1))
    bit = data.draw(st.integers(0, 255))
    flipped = (int.from_bytes(proof[at], "big") ^ 1 << bit).to_bytes(32, "big")
    swapped = list(proof)
    swapped[0], swapped[-1] = swapped[-1], swapped[0]
    return [
        (*proof[:at], flipped, *proof[at + 1 :]),
        (*proof[:at], *proof[at + 1 :]),
        (*proof[:at], proof[at], *proof[at:]),
        (*proof[:at], proof[at][:-1], *proof[at + 1 :]),
        (*proof, bytes(32)),
        (bytes(32), *proof),
        *([tuple(swapped)] if len(proof) > 1 else []),
    ]


@given(st.integers(2, len(ENTRIES)), st.data())
@settings(max_examples=50, deadline=None)
def test_any_mutation_of_an_inclusion_proof_fails(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    head = root(size, LOG.read)
    for mutated in mutations(inclusion_proof(index, size, LOG.read), data):
        with pytest.raises(ProofError):
            verify_inclusion(LEAVES[index], index, size, mutated, head)


@given(st.integers(2, len(ENTRIES)), st.data())
@settings(max_examples=50, deadline=None)
def test_any_mutation_of_a_consistency_proof_fails(size: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, size - 1))
    heads = root(old, LOG.read), root(size, LOG.read)
    for mutated in mutations(consistency_proof(old, size, LOG.read), data):
        with pytest.raises(ProofError):
            verify_consistency(old, heads[0], size, heads[1], mutated)


@given(st.integers(2, 60), st.data())
@settings(max_examples=50, deadline=None)
def test_a_log_that_changed_an_entry_cannot_be_shown_to_continue(size: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, size))
    changed = data.draw(st.integers(0, old - 1))
    fork = MemoryLog([*ENTRIES[:changed], b"another", *ENTRIES[changed + 1 : size]])
    for proof in (consistency_proof(old, size, fork.read), consistency_proof(old, size, LOG.read)):
        with pytest.raises(ProofError):
            verify_consistency(old, root(old, LOG.read), size, root(size, fork.read), proof)


def test_proofs_of_a_log_of_2_to_the_62_entries_verify_and_stay_short() -> None:
    """No real log is as large; positions and proofs must not overflow or take long all the same."""
    size = (1 << 62) + 5
    proof = inclusion_proof(size - 1, size, lambda positions: [hashlib.sha256(b"%d" % p).digest() for p in positions])
    assert len(proof) == 2
    assert stored_position(62, 0) == stored_count(1 << 62) - 1


def test_a_proof_longer_than_any_tree_is_high_is_refused_even_where_it_leads_to_the_root() -> None:
    proof, head = [bytes(32)] * 64, LEAVES[0]
    for sibling in proof:
        head = node_hash(head, sibling)
    with pytest.raises(ProofError, match="63"):
        verify_inclusion(LEAVES[0], 0, 1 << 64, proof, head)


def test_an_entry_passed_for_its_hash_is_refused() -> None:
    with pytest.raises(NotALeafError):
        hashes_to_append(0, b"comity act ...", LOG.read)


@pytest.mark.parametrize("answer", [[], [bytes(32)] * 2, [bytes(31)]], ids=["too few", "too many", "no hash"])
def test_a_store_that_gives_something_else_is_named_as_broken(answer: list[bytes]) -> None:
    with pytest.raises(BrokenStoreError) as caught:
        root(1, lambda _: answer)
    assert caught.value.remedy


@pytest.mark.parametrize(
    "ask",
    [
        lambda: inclusion_proof(5, 5, LOG.read),
        lambda: inclusion_proof(-1, 5, LOG.read),
        lambda: consistency_proof(6, 5, LOG.read),
        lambda: consistency_proof(-1, 5, LOG.read),
        lambda: root(-1, LOG.read),
    ],
)
def test_asking_for_what_is_not_there_is_an_error_of_ours(ask: object) -> None:
    with pytest.raises(OutOfRangeError):
        ask()  # type: ignore[operator]


def from_base64(value: object) -> bytes:
    return base64.b64decode(str(value))


def test_the_published_proofs_are_accepted_and_refused_as_stated(tlog: Path) -> None:
    refused = accepted = 0
    for path in sorted((tlog / "rfc6962-proofs").rglob("*.json")):
        case = json.loads(path.read_text())
        proof = [from_base64(value) for value in case["proof"] or ()]
        try:
            if "leafIdx" in case:
                leaf, head = from_base64(case["leafHash"]), from_base64(case["root"])
                verify_inclusion(leaf, case["leafIdx"], case["treeSize"], proof, head)
            else:
                old, new = from_base64(case["root1"]), from_base64(case["root2"])
                verify_consistency(case["size1"], old, case["size2"], new, proof)
        except ProofError:
            assert case["wantErr"], path
            refused += 1
        else:
            assert not case["wantErr"], path
            accepted += 1
    assert (refused, accepted) == (86, 6)
