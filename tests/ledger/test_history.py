"""What a node makes of its own log, and how it notices that its log is not what it was."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ledger.memory import NOW, MemoryLog, a_key

from comity.ledger.checkpoint import Checkpoint, open_checkpoint
from comity.ledger.cosignature import WitnessSigner
from comity.ledger.entry import entry
from comity.ledger.history import (
    BehindWitnessError,
    HistoryChangedError,
    extended,
    make_checkpoint,
    make_proof,
    witness_request,
)
from comity.ledger.merkle import OutOfRangeError, append_many, leaf_hash, stored_position
from comity.ledger.note import NoteSigner, NoteVerifier, parse_note
from comity.ledger.proof import verify_proof
from comity.ledger.witness import AddCheckpoint, Cosigned, consider

ENTRIES = [entry("act", f"{number:064x}") for number in range(12)]


@pytest.fixture
def log() -> MemoryLog:
    return MemoryLog(ENTRIES)


def head_of(note: bytes) -> Checkpoint:
    return Checkpoint.parse(parse_note(note).text)


@given(st.integers(0, 12), st.integers(0, 12))
@settings(max_examples=50, deadline=None)
def test_what_is_appended_can_be_signed_before_it_is_stored(before: int, more: int) -> None:
    log, entries = MemoryLog(ENTRIES[:before]), ENTRIES[before : before + more]
    added = append_many(before, [leaf_hash(e) for e in entries], log.read)
    ahead = MemoryLog(ENTRIES[: before + len(entries)])
    reader = extended(log.read, before, added)
    assert reader(range(len(ahead.hashes))) == ahead.hashes


def test_a_checkpoint_names_the_log_by_its_key_and_continues_the_last_one(log: MemoryLog, ana: NoteSigner) -> None:
    previous = None
    for size in range(13):
        note = make_checkpoint(size, log.read, ana, previous)
        checkpoint = open_checkpoint(note, NoteVerifier.parse(ana.vkey))
        assert checkpoint == log.head(ana.name, size)
        previous = checkpoint


def test_a_log_that_lost_or_changed_entries_signs_nothing(log: MemoryLog, ana: NoteSigner, eve: NoteSigner) -> None:
    signed = log.head(ana.name)
    changed = MemoryLog([*ENTRIES[:3], entry("act", "f" * 64), *ENTRIES[4:], b"one more"])
    for store, size in ((log, 11), (changed, 12), (changed, 13)):
        with pytest.raises(HistoryChangedError) as caught:
            make_checkpoint(size, store.read, ana, signed)
        assert "backup" in caught.value.remedy
    with pytest.raises(HistoryChangedError):
        make_checkpoint(12, log.read, eve, signed)


def test_a_proof_can_be_made_under_an_older_witnessed_checkpoint(
    log: MemoryLog, ana: NoteSigner, ben: WitnessSigner
) -> None:
    answer = consider(
        None, witness_request(0, make_checkpoint(9, log.read, ana), log.read), NoteVerifier.parse(ana.vkey), ben, NOW
    )
    assert isinstance(answer, Cosigned)
    for index in range(9):
        proof = make_proof(index, answer.note, log.read)
        proven = verify_proof(ENTRIES[index], proof, ana.vkey, [ben.vkey])
        assert (proven.index, proven.size, dict(proven.witnessed_by)) == (index, 9, {ben.name: NOW})
    with pytest.raises(OutOfRangeError):
        make_proof(9, answer.note, log.read)


def test_a_damaged_store_shows_at_home_and_not_abroad(log: MemoryLog, ana: NoteSigner) -> None:
    note = make_checkpoint(12, log.read, ana)
    log.hashes[stored_position(1, 1)] = bytes(32)
    with pytest.raises(HistoryChangedError):
        make_proof(0, note, log.read)
    with pytest.raises(HistoryChangedError):
        witness_request(2, note, log.read)


@given(st.lists(st.integers(1, 4), min_size=1, max_size=6))
@settings(max_examples=30, deadline=None)
def test_a_witness_follows_the_log_by_the_requests_made_here(steps: list[int]) -> None:
    ana, ben = NoteSigner("gh.example/ana", a_key("ana")), WitnessSigner("fr.example/ben", a_key("ben"))
    log, seen = MemoryLog(), None
    for step in steps:
        log.append([b"entry %d" % (log.size + n) for n in range(step)])
        note = make_checkpoint(log.size, log.read, ana, seen)
        request = AddCheckpoint.parse(witness_request(seen.size if seen else 0, note, log.read).encode())
        answer = consider(seen, request, NoteVerifier.parse(ana.vkey), ben, NOW)
        assert isinstance(answer, Cosigned)
        seen = answer.checkpoint
    assert seen == log.head(ana.name)


def test_a_witness_that_saw_more_than_there_is_betrays_an_old_backup(log: MemoryLog, ana: NoteSigner) -> None:
    note = make_checkpoint(12, log.read, ana)
    assert head_of(note).size == 12
    with pytest.raises(BehindWitnessError) as caught:
        witness_request(13, note, log.read)
    assert "backup" in caught.value.remedy
