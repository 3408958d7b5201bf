"""Sealing: one pass makes the loads that the list's plan foresees; whoever opens them gets exactly the files, or an error."""

import errno
import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path

import pyrage
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.errors import PeerError
from comity.evidence import age, packing, reading
from comity.evidence.exhibit import Exhibit, decode_list
from comity.evidence.sealing import MalformedSealError, OutNotEmptyError, open_list, read_seal, seal, unseal
from comity.evidence.storage import StorageFullError
from comity.evidence.transfer import loads

PART = 1000


def fill(folder: Path, sizes: list[int]) -> Path:
    folder.mkdir(parents=True)
    for number, size in enumerate(sizes):
        (folder / f"{number:02}").write_bytes(hashlib.shake_128(b"%d" % number).digest(size))
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def loads_by_hand(out: Path, identity: str) -> list[bytes]:
    return [age.decrypt(path.read_bytes(), [identity]) for path in sorted((out / "loads").iterdir())]


def planned(out: Path, source: Path, identity: str) -> list[bytes]:
    """The loads as the list alone foresees them."""
    contents = {exhibit.path: (source / exhibit.path).read_bytes() for exhibit in open_list(out, [identity]).exhibits}
    plan = loads(open_list(out, [identity]))
    return [b"".join(contents[p.exhibit.path][p.start : p.start + p.length] for p in load.pieces) for load in plan]


SIZES = [0, 10, 2500, 300, 300, 300, 999, 1, 3000, 400, 1000, 1001, 5, 4321, 0]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = fill(tmp_path / "source", SIZES)
    (folder / "sub").mkdir()
    shutil.copy(folder / "02", folder / "sub/twin")
    return folder


def test_what_was_sealed_comes_out_as_it_was(source: Path, tmp_path: Path, identity: str, recipient: str) -> None:
    sealed = seal(source, tmp_path / "out", [recipient], part_size=PART)
    assert sealed.loads == len(loads(sealed.list)) == len(list((tmp_path / "out/loads").iterdir()))
    assert unseal(tmp_path / "out", tmp_path / "back", [identity]) == sealed.list
    assert files(tmp_path / "back") == files(source)
    assert not (tmp_path / ".back.unsealing").exists()


@given(sizes=st.lists(st.integers(0, 3500), min_size=1, max_size=25), bad=st.sets(st.integers(0, 24)))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_files_that_change_leave_no_trace_in_the_loads(
    tmp_path: Path, identity: str, recipient: str, sizes: list[int], bad: set[int]
) -> None:
    place = tmp_path / os.urandom(8).hex()
    source = fill(place / "source", sizes)
    changing = {f"{number:02}" for number in bad if number < len(sizes) and sizes[number]}
    inodes = {(source / name).stat().st_ino: sizes[int(name)] for name in changing}
    seen: dict[int, int] = {}
    real = reading.read_into

    def meddle(file: int, buffer: memoryview) -> None:
        real(file, buffer)
        inode = os.fstat(file).st_ino
        seen[inode] = seen.get(inode, 0) + len(buffer)
        if inode in inodes and seen[inode] == inodes[inode]:  # only after its last part
            os.utime(file, ns=(1, 1))

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(packing, "read_into", meddle)
        sealed = seal(source, place / "out", [recipient], part_size=PART)
    assert {skipped.path for skipped in sealed.skipped} == changing
    assert loads_by_hand(place / "out", identity) == planned(place / "out", source, identity)
    shutil.rmtree(place)


def test_whole_and_part_digests_are_those_of_hashlib(source: Path, tmp_path: Path, recipient: str) -> None:
    for exhibit in seal(source, tmp_path / "out", [recipient], part_size=PART).list.exhibits:
        data = (source / exhibit.path).read_bytes()
        parts = [hashlib.sha256(data[start : start + PART]).hexdigest() for start in range(0, len(data), PART)]
        whole = hashlib.sha256(data).hexdigest()
        assert exhibit == Exhibit(exhibit.path, len(data), whole, tuple(parts) if len(parts) > 1 else ())


def test_the_whole_can_be_opened_with_the_command_age_and_checked_with_sha256sum(tmp_path: Path) -> None:
    if not shutil.which("age"):
        pytest.skip("the command age is not installed")
    theirs = pyrage.x25519.Identity.generate()  # Debian's age has no hybrid recipient
    (tmp_path / "key").write_text(str(theirs))
    source = fill(tmp_path / "source", [100_000])
    seal(source / "00", tmp_path / "out", [str(theirs.to_public())], part_size=30_000)

    def opened(name: str) -> bytes:
        command = ["age", "-d", "-i", str(tmp_path / "key"), str(tmp_path / "out" / name)]
        return subprocess.run(command, capture_output=True, check=True).stdout

    (exhibit,) = decode_list(opened("exhibits.json.age")).exhibits
    assert hashlib.sha256(opened("exhibits.json.age")).hexdigest() == read_seal(tmp_path / "out").list.sha256
    whole = b"".join(opened(f"loads/{path.name}") for path in sorted((tmp_path / "out/loads").iterdir()))
    summed = subprocess.run(["sha256sum"], input=whole, capture_output=True, check=True).stdout
    assert summed.decode().split()[0] == exhibit.sha256


def test_a_seal_is_signed_over_what_it_says(source: Path, tmp_path: Path, recipient: str) -> None:
    signed: list[bytes] = []

    def sign(marker: bytes) -> dict[str, bytes]:
        signed.append(marker)
        return {"seal.json.sig": b"signature of cleo"}

    sealed = seal(source, tmp_path / "out", [recipient], sign=sign)
    assert signed == [(tmp_path / "out/seal.json").read_bytes()]
    assert (tmp_path / "out/seal.json.sig").read_bytes() == b"signature of cleo"
    assert json.loads(signed[0])["list"]["sha256"] == sealed.list.sha256


def test_a_full_disk_is_a_clear_error_and_no_seal(
    source: Path, tmp_path: Path, recipient: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(file: int, data: memoryview) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(StorageFullError):
        seal(source, tmp_path / "out", [recipient], part_size=PART)
    assert not (tmp_path / "out/seal.json").exists()
    with pytest.raises(MalformedSealError):
        read_seal(tmp_path / "out")


def test_a_folder_that_is_not_empty_or_inside_the_source_is_refused(
    source: Path, tmp_path: Path, identity: str, recipient: str
) -> None:
    before = files(source)
    for out in (source, source / "sub/out"):
        with pytest.raises(OutNotEmptyError):
            seal(source, out, [recipient])
    assert files(source) == before
    seal(source, tmp_path / "out", [recipient])
    with pytest.raises(OutNotEmptyError):
        unseal(tmp_path / "out", source, [identity])
    assert files(source) == before


def test_any_change_of_the_sealed_folder_is_refused(tmp_path: Path, identity: str, recipient: str) -> None:
    out = tmp_path / "out"
    seal(fill(tmp_path / "few", [10, 2500, 300]), out, [recipient], part_size=PART)
    whole = files(out)
    for name in ("seal.json", "exhibits.json.age", "loads/000000.age", max(whole)):
        data = whole[name]
        for changed in (
            bytes([data[0] ^ 1]) + data[1:],
            data[:-1] + bytes([data[-1] ^ 1]),
            data[:-1],
            data + b"x",
            None,
        ):
            (out / name).unlink(missing_ok=True)
            if changed is not None:
                (out / name).write_bytes(changed)
            with pytest.raises(PeerError):
                unseal(out, tmp_path / "back", [identity])
            for trace in ("back", ".back.unsealing"):
                shutil.rmtree(tmp_path / trace, ignore_errors=True)
        (out / name).write_bytes(data)
    unseal(out, tmp_path / "back", [identity])


def test_nobody_else_opens_it(source: Path, tmp_path: Path, recipient: str) -> None:
    seal(source, tmp_path / "out", [recipient])
    with pytest.raises(age.AgeNoMatchError):
        unseal(tmp_path / "out", tmp_path / "back", [age.generate_identity()])
    assert not (tmp_path / "back").exists()


def test_an_interrupted_opening_goes_on(source: Path, tmp_path: Path, identity: str, recipient: str) -> None:
    out = tmp_path / "out"
    seal(source, out, [recipient], part_size=PART)
    last = sorted((out / "loads").iterdir())[-1]
    last.rename(tmp_path / "not yet here")
    with pytest.raises(MalformedSealError):
        unseal(out, tmp_path / "back", [identity])
    (tmp_path / "not yet here").rename(last)
    for opened in sorted((out / "loads").iterdir())[:-2]:
        opened.write_bytes(b"not read again")
    unseal(out, tmp_path / "back", [identity])
    assert files(tmp_path / "back") == files(source)
