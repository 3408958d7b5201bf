"""Envelopes on a medium: written so that anybody can check them, read as what a stranger wrote."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from comity.acts.canonical import digest
from comity.acts.office import Office
from comity.exchange import carrier
from comity.exchange.carrier import CarrierError, Load, export_envelope, export_receipt, read_medium
from comity.exchange.envelope import NotAnEnvelopeError, open_envelope, seal
from comity.exchange.keys import EnvelopeKey
from comity.exchange.parcel import Item, Parcel

US = "gh/practice-prosecutor"
LIST = digest(b"list")


@pytest.fixture
def envelope(office: Callable[..., Office]) -> bytes:
    return seal(Parcel((Item("act", "a.pdf", b"act"),)), "fr/liaison", office(US))


@pytest.fixture
def loads(tmp_path: Path) -> list[Load]:
    made = [Load(LIST, number, tmp_path / f"load-{number}") for number in range(2)]
    for load in made:
        load.path.write_bytes(b"age-encryption.org/v1\n" + bytes([load.number]) * 1000)
    return made


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    return tmp_path / "stick"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_is_exported_is_found_again(
    envelope: bytes, loads: list[Load], stick: Path, envelope_key: Callable[[str], EnvelopeKey]
) -> None:
    path = export_envelope(envelope, stick, loads)
    assert path.name == f"gh-practice-prosecutor-{digest(envelope)[:16]}.comity"
    medium = read_medium(stick)
    assert medium.skipped == ()
    assert [(each.kind, each.list_sha256, each.number) for each in medium.found] == [
        ("envelope", "", -1),
        ("load", LIST, 0),
        ("load", LIST, 1),
    ]
    assert medium.found[0].read() == envelope
    assert open_envelope(medium.found[0].read(), US, [envelope_key(US)]).sender == "fr/liaison"
    assert medium.found[2].read() == loads[1].path.read_bytes()


def test_exporting_again_changes_nothing(envelope: bytes, loads: list[Load], stick: Path) -> None:
    export_envelope(envelope, stick, loads)
    before = contents(stick)
    export_envelope(envelope, stick, loads)
    assert contents(stick) == before


def test_both_sheets_list_everything_and_sha256sum_agrees(
    envelope: bytes, loads: list[Load], stick: Path, office: Callable[..., Office]
) -> None:
    export_envelope(envelope, stick, loads)
    second = seal(Parcel((Item("act", "b.pdf", b"act"),)), "fr/liaison", office("vn/central"))
    export_envelope(second, stick)
    export_receipt(b"receipt\n", "fr/liaison", digest(envelope), stick)
    sums = (stick / "SHA256SUMS").read_text()
    assert len(sums.splitlines()) == 5
    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=stick, capture_output=True, text=True
    )
    assert checked.returncode == 0, checked.stderr
    assert checked.stdout.count(": OK") == 5
    sheet = (stick / "SHEET.txt").read_text()
    assert digest(envelope)[:8] + " " + digest(envelope)[8:16] in sheet
    assert "移交人" in sheet


def test_a_receipt_travels_back_as_a_file(envelope: bytes, stick: Path) -> None:
    export_receipt(b"receipt\n", "fr/liaison", digest(envelope), stick)
    found = read_medium(stick).found
    assert [(each.kind, each.read()) for each in found] == [("receipt", b"receipt\n")]


def test_a_single_file_that_came_by_mail_is_found_under_any_name(envelope: bytes, tmp_path: Path) -> None:
    path = tmp_path / "attachment (2).bin"
    path.write_bytes(envelope)
    assert [each.kind for each in read_medium(path).found] == ["envelope"]


def test_what_is_no_envelope_is_neither_written_nor_taken(tmp_path: Path, stick: Path) -> None:
    with pytest.raises(NotAnEnvelopeError):
        export_envelope(b"%PDF-1.7", stick)
    path = tmp_path / "x.comity"
    path.write_bytes(b"MZ program")
    medium = read_medium(tmp_path)
    assert medium.found == ()
    assert [(each.path, each.code) for each in medium.skipped] == [(path, "not-an-envelope")]


def test_links_pipes_and_strangers_names_lead_nowhere(envelope: bytes, stick: Path, tmp_path: Path) -> None:
    export_envelope(envelope, stick)
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "0.age").write_bytes(b"secret")
    (stick / "link.comity").symlink_to(secret / "0.age")
    os.mkfifo(stick / "pipe.comity")
    (stick / "folder.comity").mkdir()
    (stick / "loads" / ("a" * 63)).mkdir(parents=True)
    (stick / "loads" / ("b" * 64)).symlink_to(secret)
    folder = stick / "loads" / LIST
    folder.mkdir()
    (folder / "0.age").symlink_to(secret / "0.age")
    for name in ("01.age", "-1.age", "1.exe", "1.age.comity-receip"):
        (folder / name).write_bytes(b"x")
    medium = read_medium(stick)
    assert [each.kind for each in medium.found] == ["envelope"]
    assert {each.code for each in medium.skipped} == {"not-a-file", "not-an-envelope"}
    assert not any(secret in each.path.resolve().parents and each.code != "not-a-file" for each in medium.skipped)


def test_what_is_too_large_is_left_where_it_is(envelope: bytes, stick: Path) -> None:
    path = export_envelope(envelope, stick)
    with path.open("ab") as file:
        file.truncate(10_000_000)
    folder = stick / "loads" / LIST
    folder.mkdir(parents=True)
    with (folder / "0.age").open("wb") as file:
        file.truncate(carrier.MAX_LOAD_BYTES + 1)
    medium = read_medium(stick, max_bytes=1_000_000)
    assert medium.found == ()
    assert [each.code for each in medium.skipped] == ["too-large", "too-large"]


def test_a_medium_with_too_many_files_is_not_read(stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stick.mkdir()
    monkeypatch.setattr(carrier, "MAX_FILES", 2)
    for number in range(3):
        (stick / f"{number}.comity").write_bytes(b"")
    with pytest.raises(CarrierError, match="more than 2"):
        read_medium(stick)


def test_a_medium_that_is_gone_says_so(tmp_path: Path, envelope: bytes) -> None:
    medium = read_medium(tmp_path / "nothing")
    assert [each.code for each in medium.skipped] == ["carrier-unusable"]
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(CarrierError, match="written"):
        export_envelope(envelope, tmp_path / "file")


def test_a_full_medium_leaves_no_half_envelope(envelope: bytes, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CarrierError, match="No space left"):
        export_envelope(envelope, stick)
    assert read_medium(stick).found == ()


def test_a_file_that_a_program_swaps_for_a_link_is_not_followed(envelope: bytes, stick: Path, tmp_path: Path) -> None:
    path = export_envelope(envelope, stick)
    found = read_medium(stick).found[0]
    (tmp_path / "secret").write_bytes(b"secret")
    path.unlink()
    path.symlink_to(tmp_path / "secret")
    with pytest.raises(CarrierError):
        found.read()
