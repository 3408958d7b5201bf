"""The ledger: what appending and proving cost beside the hashing that nothing can avoid."""

import hashlib
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from benchmarks.result import Result
from comity.ledger.checkpoint import Checkpoint
from comity.ledger.cosignature import WitnessSigner, WitnessVerifier, add_cosignatures
from comity.ledger.entry import entry
from comity.ledger.history import extended, make_checkpoint, make_proof
from comity.ledger.merkle import (
    append_many,
    hashes_to_append,
    inclusion_proof,
    leaf_hash,
    root,
    stored_count,
    verify_inclusion,
)
from comity.ledger.note import NoteSigner, parse_note
from comity.ledger.proof import Proof, verify_proof

ENTRIES = [entry("act", f"{number:064x}") for number in range(50_000)]
SINGLE = 2_000
PROOFS = 1_000
ROUNDS = 5


def seconds(work: Callable[[], object]) -> float:
    """The best of a few rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def plain_hashing(leaves: int, nodes: int) -> None:
    """The peer: as many SHA-256 over as many bytes, in a loop that does nothing else."""
    line, pair = b"\x00" + ENTRIES[0], b"\x01" + bytes(64)
    for _ in range(leaves):
        hashlib.sha256(line).digest()
    for _ in range(nodes):
        hashlib.sha256(pair).digest()


def reader(hashes: Sequence[bytes]) -> Callable[[Sequence[int]], list[bytes]]:
    return lambda positions: [hashes[position] for position in positions]


def appending(hashes: Sequence[bytes]) -> list[Result]:
    size = len(ENTRIES)
    batch = seconds(lambda: append_many(0, map(leaf_hash, ENTRIES), reader(())))
    peer = seconds(lambda: plain_hashing(size, stored_count(size) - size))
    read = reader(hashes)
    signer = NoteSigner("gh.example/practice", Ed25519PrivateKey.from_private_bytes(bytes(32)))

    def one_by_one() -> None:
        previous = Checkpoint(signer.name, size - SINGLE, root(size - SINGLE, read))
        for at in range(size - SINGLE, size):
            added = hashes_to_append(at, leaf_hash(ENTRIES[at]), read)
            note = make_checkpoint(at + 1, extended(read, at, added), signer, previous)
            previous = Checkpoint.parse(parse_note(note).text)

    single = seconds(one_by_one)
    return [
        Result("ledger: append 50,000 entries in one batch", batch / peer, "x", None, "hashlib in a loop, same hashes"),
        Result("ledger: append 50,000 entries in one batch", size / batch, "entries/s"),
        Result(
            "ledger: append one entry and sign the checkpoint",
            SINGLE / single,
            "entries/s",
            200,
            "the acts a node receives",
            at_least=True,
        ),
    ]


def proving(hashes: Sequence[bytes]) -> list[Result]:
    size, read = len(ENTRIES), reader(hashes)
    indexes = range(0, size, size // PROOFS)
    head = root(size, read)
    paths = [(index, leaf_hash(ENTRIES[index]), inclusion_proof(index, size, read)) for index in indexes]
    nodes = sum(len(path) for _, _, path in paths)

    def verify_paths() -> None:
        for index, leaf, path in paths:
            verify_inclusion(leaf, index, size, path, head)

    checked, peer = seconds(verify_paths), seconds(lambda: plain_hashing(0, nodes))
    made = seconds(lambda: [inclusion_proof(index, size, read) for index in indexes])
    return [
        Result(
            "ledger: verify an inclusion proof in 50,000 entries",
            checked / peer,
            "x",
            None,
            "hashlib in a loop, same hashes",
        ),
        Result("ledger: verify an inclusion proof in 50,000 entries", checked / len(paths) * 1e6, "us"),
        Result("ledger: make an inclusion proof in 50,000 entries", made / len(paths) * 1e6, "us"),
    ]


def travelling(hashes: Sequence[bytes]) -> list[Result]:
    size, read = len(ENTRIES), reader(hashes)
    signer = NoteSigner("gh.example/practice", Ed25519PrivateKey.from_private_bytes(bytes(32)))
    note = make_checkpoint(size, read, signer)
    keys = []
    for number in (1, 2):
        witness = WitnessSigner(f"w{number}.example", Ed25519PrivateKey.from_private_bytes(bytes([number] * 32)))
        answer = witness.cosign(parse_note(note).text, datetime(2026, 11, 24, tzinfo=UTC)).encode()
        note = add_cosignatures(note, answer, [WitnessVerifier.parse(witness.vkey)])
        keys.append(witness.vkey)
    data = make_proof(12_345, note, read).encode()

    def verify() -> None:
        for _ in range(100):
            verify_proof(ENTRIES[12_345], Proof.parse(data), signer.vkey, keys)

    return [
        Result("ledger: verify a travelling proof, two witnesses", seconds(verify) / 100 * 1e3, "ms"),
        Result("ledger: size of that proof", len(data) / 1000, "KB"),
    ]


def run() -> list[Result]:
    """Measure with 50,000 entries in memory; the database is measured with the node."""
    hashes = append_many(0, map(leaf_hash, ENTRIES), reader(()))
    return [*appending(hashes), *proving(hashes), *travelling(hashes)]
