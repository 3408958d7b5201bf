"""The vectors of the exchange decide as they say, and are what their generator makes."""

import json
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from comity.acts.act import parse_instant
from comity.acts.canonical import digest
from comity.errors import PeerError
from comity.exchange.directory import Directory, open_directory
from comity.exchange.envelope import open_envelope
from comity.exchange.keys import EnvelopeKey
from comity.exchange.offices import decode_office, encode_office
from comity.exchange.receipt import verify_receipt
from comity.exchange.sources import mapping_source

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "vectors" / "exchange"
CASES: list[dict[str, Any]] = json.loads((FOLDER / "vectors.json").read_bytes())
KEYS: dict[str, str] = json.loads((FOLDER / "keys.json").read_bytes())
DIRECTORIES = {case["name"]: case for case in CASES if case["kind"] == "directory"}


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def judge_office(case: dict[str, Any]) -> None:
    data = (FOLDER / case["file"]).read_bytes()
    assert encode_office(decode_office(data)) == data


def judge_envelope(case: dict[str, Any]) -> None:
    key = EnvelopeKey(bytes.fromhex(KEYS[case["office"]]))
    parcel = open_envelope((FOLDER / case["file"]).read_bytes(), case["office"], [key])
    if "items" in case:
        assert parcel.sender == case["sender"]
        assert {item.name: digest(item.data) for item in parcel.items} == case["items"]


def judge_receipt(case: dict[str, Any]) -> None:
    office = decode_office((FOLDER / case["office"]).read_bytes())
    verified = verify_receipt((FOLDER / case["file"]).read_bytes(), office, envelope=case["envelope"])
    assert (verified.proven is not None) == case["proven"]


def judge_directory(case: dict[str, Any]) -> None:
    directory = opened(case["name"])
    assert [office.id for office in directory.offices()] == case["offices"]


@cache
def opened(name: str) -> Directory:
    case = DIRECTORIES[name]
    files = files_in(FOLDER / "directory" / "good")
    if case["over"]:
        files |= files_in(FOLDER / case["over"])
    offered = {file: data for file, data in files.items() if file not in case["without"]}
    seen = opened(case["seen"]) if case["seen"] else None
    return open_directory(
        mapping_source(offered), (FOLDER / case["root"]).read_bytes(), parse_instant(case["at"]), seen=seen
    )


JUDGES = {"office": judge_office, "envelope": judge_envelope, "receipt": judge_receipt, "directory": judge_directory}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['kind']}/{case['name']}")
def test_a_vector_is_judged_as_it_says(case: dict[str, Any]) -> None:
    judge = JUDGES[case["kind"]]
    if case["expect"] == "accept":
        judge(case)
    else:
        with pytest.raises(PeerError) as error:
            judge(case)
        assert error.value.code == case["expect"]


def test_every_code_of_the_exchange_that_a_peer_can_cause_has_a_vector() -> None:
    wanted = {"not-an-envelope", "not-for-us", "unknown-key", "damaged", "malformed-parcel", "malformed-office"}
    wanted |= {"malformed-receipt", "wrong-receipt", "directory-incomplete", "directory-unsigned", "directory-expired"}
    wanted |= {"directory-rolled-back", "directory-damaged", "directory-too-large", "directory-malformed"}
    assert wanted <= {case["expect"] for case in CASES}


def test_the_generator_makes_the_vectors_again(tmp_path: Path) -> None:
    made = tmp_path / "exchange"
    shutil.copytree(FOLDER, made, ignore=shutil.ignore_patterns("__pycache__"))
    subprocess.run(
        [sys.executable, FOLDER / "generate.py", made],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONDONTWRITEBYTECODE": "1"},
        check=True,
    )
    assert files_in(made) == {name: data for name, data in files_in(FOLDER).items() if "__pycache__" not in name}
