"""The project's own vectors: each has one defect, and the code of the error says which."""

import base64
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.ledger.memory import NOW

from comity.errors import PeerError
from comity.ledger.checkpoint import Checkpoint, open_checkpoint
from comity.ledger.cosignature import WitnessSigner, WitnessVerifier, witness_times
from comity.ledger.entry import entry, parse_entry
from comity.ledger.keys import parse_vkey
from comity.ledger.merkle import verify_consistency, verify_inclusion
from comity.ledger.note import NoteVerifier, open_note, parse_note
from comity.ledger.proof import Proof, verify_proof
from comity.ledger.tiles import Tile, entry_bundle, parse_entry_bundle, parse_tile_path
from comity.ledger.witness import AddCheckpoint, Conflict, consider, status_of

FOLDER = Path(__file__).parents[2] / "vectors/ledger"
Case = dict[str, Any]


def cases(file: str) -> pytest.MarkDecorator:
    listed: list[Case] = json.loads((FOLDER / f"{file}.json").read_text(encoding="utf-8"))
    return pytest.mark.parametrize("case", listed, ids=[case["name"] for case in listed])


def data(value: object) -> bytes:
    return value.encode() if isinstance(value, str) else base64.b64decode(value["base64"])  # type: ignore[index]


def hashes(case: Case) -> list[bytes]:
    return [bytes.fromhex(value) for value in case["proof"]]


def outcome(case: Case, check: Any) -> Any:
    """Return what the check gives where the case is accepted; else make sure that the error is the stated one."""
    if case["expect"] == "accept":
        return check()
    with pytest.raises(PeerError) as caught:
        check()
    assert caught.value.code == case["expect"], caught.value.message
    assert caught.value.remedy
    return None


def test_the_vectors_are_what_their_generator_writes(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-B", str(FOLDER / "generate.py"), str(tmp_path)], check=True)
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert written == {path.name: path.read_bytes() for path in FOLDER.glob("*.json")}


def test_every_file_of_vectors_has_good_and_bad_cases_with_reasons_and_names_of_their_own() -> None:
    for path in FOLDER.glob("*.json"):
        listed = json.loads(path.read_text(encoding="utf-8"))
        assert len({case["name"] for case in listed}) == len(listed), path
        assert all(case["reason"] for case in listed), path
        assert {case["expect"] in ("accept", "cosigned") for case in listed} == {True, False}, path


@cases("inclusion")
def test_inclusion(case: Case) -> None:
    leaf, head = bytes.fromhex(case["leaf"]), bytes.fromhex(case["root"])
    outcome(case, lambda: verify_inclusion(leaf, case["index"], case["size"], hashes(case), head))


@cases("consistency")
def test_consistency(case: Case) -> None:
    old, new = bytes.fromhex(case["old_root"]), bytes.fromhex(case["new_root"])
    outcome(case, lambda: verify_consistency(case["old_size"], old, case["new_size"], new, hashes(case)))


@cases("vkey")
def test_verifier_keys(case: Case) -> None:
    outcome(case, lambda: parse_vkey(case["vkey"], case["kind"]))


@cases("note")
def test_notes(case: Case) -> None:
    opened = outcome(case, lambda: open_note(data(case["data"]), [NoteVerifier.parse(key) for key in case["vkeys"]]))
    if opened:
        assert opened.verified
        assert parse_note(data(case["data"])).encode() == data(case["data"])


@cases("checkpoint")
def test_checkpoints(case: Case) -> None:
    checkpoint = outcome(case, lambda: open_checkpoint(data(case["data"]), NoteVerifier.parse(case["vkey"])))
    if checkpoint:
        assert data(case["data"]).startswith(checkpoint.encode() + b"\n")


@cases("cosignature")
def test_cosignatures(case: Case) -> None:
    witnesses = [WitnessVerifier.parse(key) for key in case["vkeys"]]
    times = outcome(case, lambda: witness_times(parse_note(data(case["data"])), witnesses))
    if times is not None:
        assert times == {name: datetime.fromtimestamp(time, UTC) for name, time in case["times"].items()}


@cases("witness")
def test_what_a_witness_decides(case: Case, ben: WitnessSigner) -> None:
    seen = Checkpoint.parse(data(case["seen"])) if case["seen"] else None
    log = NoteVerifier.parse(case["vkey"])

    def decide() -> object:
        return consider(seen, AddCheckpoint.parse(data(case["data"])), log, ben, NOW)

    if case["expect"] == "cosigned":
        cosigned: Any = decide()
        assert open_checkpoint(cosigned.note, log) == cosigned.checkpoint
        assert AddCheckpoint.parse(data(case["data"])).encode() == data(case["data"])
    elif case["expect"] == "conflict":
        assert decide() == Conflict(seen.size if seen else 0)
    else:
        with pytest.raises(PeerError) as caught:
            decide()
        assert (caught.value.code, status_of(caught.value)) == (case["expect"], case["status"]), caught.value.message


@cases("proof")
def test_proofs_that_travel_alone(case: Case) -> None:
    def verify() -> object:
        return verify_proof(data(case["entry"]), Proof.parse(data(case["data"])), case["vkey"], case["witnesses"])

    proven = outcome(case, verify)
    if proven:
        times = {name: datetime.fromtimestamp(time, UTC) for name, time in case["witnessed_by"].items()}
        assert proven.witnessed_by == times
        assert Proof.parse(data(case["data"])).encode() == data(case["data"])


@cases("path")
def test_paths_of_tiles(case: Case) -> None:
    tile = outcome(case, lambda: parse_tile_path(case["path"]))
    if tile:
        assert tile == Tile(case["level"], case["index"], case["width"])
        assert tile.path == case["path"]


@cases("bundle")
def test_bundles_of_entries(case: Case) -> None:
    entries = outcome(case, lambda: parse_entry_bundle(data(case["data"]), case["width"]))
    if entries:
        assert entry_bundle(entries) == data(case["data"])


@cases("entry")
def test_entries(case: Case) -> None:
    parsed = outcome(case, lambda: parse_entry(data(case["data"])))
    if parsed:
        assert entry(parsed.kind, parsed.digest) == data(case["data"])
