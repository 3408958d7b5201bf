"""Acquisition: every byte is read once and named truly; nothing is followed, nothing is half stored, nothing is done twice."""

import errno
import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.evidence import reading, through
from comity.evidence.acquire import Acquisition, acquire
from comity.evidence.exhibit import decode_list
from comity.evidence.folder_vault import FolderVault
from comity.evidence.scan import SourceError
from comity.evidence.storage import StorageFullError

SRC = Path(__file__).parents[2] / "src"


CHANGES: dict[str, Callable[[Path], object]] = {
    "grow": lambda file: file.write_bytes(b"From: eve, and more\n"),
    "shrink": lambda file: os.truncate(file, 3),
    "touch": lambda file: os.utime(file, ns=(1, 1)),
    "empty": lambda file: os.truncate(file, 0),
}


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def stored(vault: FolderVault) -> list[str]:
    return sorted(path.name for path in (vault.folder / "exhibits").rglob("*") if path.is_file())


def left_over(vault: FolderVault) -> list[Path]:
    return list((vault.folder / "incoming").iterdir())


def reasons(acquisition: Acquisition) -> dict[str, str]:
    return {skipped.path: skipped.reason for skipped in acquisition.skipped}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    (folder / "mail").mkdir(parents=True)
    (folder / "mail/1.eml").write_bytes(b"From: ana\n")
    (folder / "empty").write_bytes(b"")
    (folder / "twin").write_bytes(b"From: ana\n")
    return folder


@given(data=st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whole_and_part_digests_are_those_of_hashlib_at_every_border(tmp_path: Path, data: st.DataObject) -> None:
    part_size = data.draw(st.sampled_from([1, 7, 4096, 300_000]))
    size = max(0, data.draw(st.integers(0, 3)) * part_size + data.draw(st.integers(-1, 1)))
    content = hashlib.shake_128(str(size).encode()).digest(size)
    file = tmp_path / "item.bin"
    file.write_bytes(content)
    vault = FolderVault(tmp_path / "vault")
    (exhibit,) = acquire(file, vault, part_size=part_size).list.exhibits
    assert (exhibit.path, exhibit.size, exhibit.sha256) == ("item.bin", size, sha256(content))
    parts = [sha256(content[start : start + part_size]) for start in range(0, size, part_size)]
    assert exhibit.parts == (tuple(parts) if len(parts) > 1 else ())
    assert vault.read(exhibit.sha256) == content


def test_a_part_larger_than_the_chunk_is_digested_whole(tmp_path: Path, vault: FolderVault) -> None:
    content = os.urandom(10_000_001)
    (tmp_path / "image").write_bytes(content)
    (exhibit,) = acquire(tmp_path / "image", vault, part_size=9_000_000).list.exhibits
    assert exhibit.parts == (sha256(content[:9_000_000]), sha256(content[9_000_000:]))
    assert vault.read(exhibit.sha256) == content


def test_a_folder_becomes_a_list_that_decodes(source: Path, vault: FolderVault) -> None:
    seen: list[tuple[int, int, str]] = []
    taken = acquire(source, vault, progress=lambda done, total, path: seen.append((done, total, path)))
    assert [exhibit.path for exhibit in taken.list.exhibits] == ["empty", "mail/1.eml", "twin"]
    assert decode_list(taken.list.encode()) == taken.list
    assert taken.list.title == "source"
    assert stored(vault) == sorted({exhibit.sha256 for exhibit in taken.list.exhibits})
    assert left_over(vault) == []
    assert seen[-1][:2] == (20, 20)
    assert [done for done, _, _ in seen] == sorted(done for done, _, _ in seen)


def test_the_vault_can_be_checked_with_sha256sum(source: Path, vault: FolderVault) -> None:
    acquire(source, vault)
    for path in (vault.folder / "exhibits").rglob("*"):
        if path.is_file():
            printed = subprocess.run(["sha256sum", path], capture_output=True, text=True, check=True).stdout
            assert printed.split()[0] == path.name
            assert path.parent.name == path.name[:2]
            assert path.stat().st_mode & 0o777 == 0o400


def test_what_is_not_a_file_is_listed_and_not_followed(source: Path, vault: FolderVault) -> None:
    (source / "loop").symlink_to(source)
    (source / "mail/up").symlink_to("../..")
    (source / "passwd").symlink_to("/etc/passwd")
    (source / "self").symlink_to("self")
    os.mkfifo(source / "pipe")
    server = socket.socket(socket.AF_UNIX)
    server.bind(str(source / "socket"))
    server.close()
    taken = acquire(source, vault)
    assert len(taken.list.exhibits) == 3
    assert reasons(taken) == {
        "loop": "symlink",
        "mail/up": "symlink",
        "passwd": "symlink",
        "self": "symlink",
        "pipe": "fifo",
        "socket": "socket",
    }
    assert next(skipped.detail for skipped in taken.skipped if skipped.path == "passwd") == "/etc/passwd"


def test_names_that_would_do_harm_elsewhere_are_written_harmlessly(source: Path, vault: FolderVault) -> None:
    raw = os.fsencode(source)
    for name in (b"line\nbreak", b"back\\slash", b"..evil", b"\xff\xfe", b"C:x", b"100%", b"nul.txt", b"TWIN"):
        Path(os.fsdecode(raw + b"/" + name)).write_bytes(name)
    taken = acquire(source, vault)
    paths = {exhibit.path for exhibit in taken.list.exhibits}
    assert paths >= {"line%0Abreak", "back%5Cslash", "..evil", "%FF%FE", "C%3Ax", "100%25", "%6Eul.txt"}
    assert len(paths) == 11
    assert decode_list(taken.list.encode()) == taken.list


def test_a_name_too_long_for_other_systems_is_listed(source: Path, vault: FolderVault) -> None:
    Path(os.fsdecode(os.fsencode(source) + b"/" + b"\xff" * 100)).write_bytes(b"x")
    assert list(reasons(acquire(source, vault)).values()) == ["name-too-long"]


def test_a_source_that_is_a_link_or_absent_is_refused(source: Path, vault: FolderVault, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(source)
    for wrong in (tmp_path / "link", tmp_path / "absent", Path("/dev/null")):
        with pytest.raises(SourceError):
            acquire(wrong, vault)


@pytest.mark.parametrize("how", CHANGES)
def test_a_file_that_changes_while_it_is_read_is_not_taken(
    source: Path, vault: FolderVault, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = source / "mail/1.eml"
    read_into = reading.read_into

    def meddle(descriptor: int, buffer: memoryview) -> None:
        if os.fstat(descriptor).st_ino == file.stat().st_ino:
            CHANGES[how](file)
        read_into(descriptor, buffer)

    monkeypatch.setattr(reading, "read_into", meddle)
    taken = acquire(source, vault)
    assert reasons(taken) == {"mail/1.eml": "changed"}
    assert [exhibit.path for exhibit in taken.list.exhibits] == ["empty", "twin"]
    assert left_over(vault) == []


def test_a_file_swapped_for_a_link_after_listing_is_not_followed(
    source: Path, vault: FolderVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = os.open
    (source / "twin").rename(source / "was")

    def swap(path: object, flags: int, *rest: int, **named: int) -> int:
        if path == os.fsencode(source / "was") and not (source / "was").is_symlink():
            (source / "was").unlink()
            (source / "was").symlink_to("/etc/passwd")
        return opened(path, flags, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", swap)
    assert reasons(acquire(source, vault)) == {"was": "unreadable"}


def test_what_the_system_cannot_read_is_listed(
    source: Path, vault: FolderVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(descriptor: int, buffers: list[memoryview]) -> int:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "readv", broken)
    taken = acquire(source, vault)
    assert {skipped.reason for skipped in taken.skipped} == {"unreadable"}
    assert taken.skipped[0].detail == "Input/output error"
    assert [exhibit.path for exhibit in taken.list.exhibits] == ["empty"]


def test_a_full_disk_is_a_clear_error_and_leaves_nothing_half_stored(
    source: Path, vault: FolderVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(file: int, data: memoryview) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", full)
        with pytest.raises(StorageFullError) as refused:
            acquire(source, vault)
    assert refused.value.code == "storage-full"
    assert "Free some space" in refused.value.diagnostics()
    assert left_over(vault) == []
    assert len(acquire(source, vault).list.exhibits) == 3


def test_a_real_limit_on_the_size_of_files_is_a_clear_error_too(tmp_path: Path) -> None:
    (tmp_path / "image").write_bytes(os.urandom(3_000_000))
    code = """
import resource, sys
from pathlib import Path
from comity.evidence.acquire import acquire
from comity.evidence.folder_vault import FolderVault
from comity.evidence.storage import StorageFullError
import signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
vault = FolderVault(Path(sys.argv[2]))
try:
    acquire(Path(sys.argv[1]), vault)
except StorageFullError:
    sys.exit(0 if not list((vault.folder / "incoming").iterdir()) else 3)
sys.exit(4)
"""
    assert run_python(code, tmp_path / "image", tmp_path / "vault").returncode == 0


def run_python(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, env={**os.environ, "PYTHONPATH": str(SRC)}, capture_output=True, text=True)


SLOW = """
import sys, time
from pathlib import Path
from comity.evidence.acquire import acquire
from comity.evidence.folder_vault import FolderVault
acquire(Path(sys.argv[1]), FolderVault(Path(sys.argv[2])), journal=Path(sys.argv[3]), progress=lambda *_: time.sleep(0.01))
"""


def test_an_acquisition_that_was_killed_goes_on_and_reads_only_what_is_missing(tmp_path: Path) -> None:
    source, journal = tmp_path / "source", tmp_path / "journal"
    source.mkdir()
    for number in range(60):
        (source / f"{number:02}.log").write_bytes(b"line\n" * number)
    command = [sys.executable, "-c", SLOW, str(source), str(tmp_path / "vault"), str(journal)]
    process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(SRC)})
    while not journal.exists() or journal.read_text().count("\n") < 12:
        time.sleep(0.01)
        assert process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait()
    done = journal.read_text().count("sha256")
    assert 10 <= done < 60

    vault = FolderVault(tmp_path / "vault")
    assert left_over(vault) == []  # swept, because its writer is gone
    read: list[int] = []
    with pytest.MonkeyPatch.context() as patched:
        real = reading.read_into

        def count(file: int, buffer: memoryview) -> None:
            read.append(len(buffer))
            real(file, buffer)

        patched.setattr(reading, "read_into", count)
        taken = acquire(source, vault, journal=journal)
    assert len(read) == 60 - done
    assert taken == acquire(source, FolderVault(tmp_path / "fresh"))


def test_a_changed_file_a_torn_line_and_a_foreign_journal_are_read_again(source: Path, vault: FolderVault) -> None:
    journal = source.parent / "journal"
    acquire(source, vault, journal=journal)
    (source / "twin").write_bytes(b"From: ben\n")
    os.utime(source / "twin", ns=(5, 5))
    journal.write_bytes(journal.read_bytes()[:-20])
    assert acquire(source, vault, journal=journal) == acquire(source, vault)
    other = source.parent / "other"
    source.rename(other)
    (other / "empty").write_bytes(b"x")
    assert acquire(other, vault, journal=journal) == acquire(other, vault)
    assert json.loads(journal.read_text().splitlines()[0])["source"] == os.fsencode(other).hex()


def test_a_journal_is_not_believed_when_the_vault_lost_the_exhibit(source: Path, vault: FolderVault) -> None:
    journal = source.parent / "journal"
    taken = acquire(source, vault, journal=journal)
    vault.path(taken.list.exhibits[0].sha256).unlink()
    acquire(source, vault, journal=journal)
    assert all(vault.has(exhibit.sha256) for exhibit in taken.list.exhibits)


@pytest.fixture
def sparse(tmp_path: Path) -> Iterator[Path]:
    file = tmp_path / "sparse"
    with file.open("wb") as image:
        image.truncate(2**30)
    yield file
    file.unlink()


MEASURE = """
import sys
from pathlib import Path
{work}
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(int(peak.split()[1]) // 1024)  # of this program alone; getrusage would count what it was forked from
"""
ACQUIRE = """
from comity.evidence.acquire import acquire
from comity.evidence.folder_vault import FolderVault
assert acquire(Path(sys.argv[1]), FolderVault(Path(sys.argv[2]))).list.total_bytes == 2**30
"""
SEAL = """
from comity.evidence.age import generate_identity, recipient_of
from comity.evidence.sealing import seal
assert seal(Path(sys.argv[1]), Path(sys.argv[2]), [recipient_of(generate_identity())]).loads == 32
"""


@pytest.mark.parametrize("work", [ACQUIRE, SEAL], ids=["acquire", "seal"])
def test_memory_stays_flat_whatever_the_size(sparse: Path, tmp_path: Path, work: str) -> None:
    result = run_python(MEASURE.format(work=work), sparse, tmp_path / "out")
    assert result.returncode == 0, result.stderr
    assert int(result.stdout) < 300


def test_writing_past_the_cache_and_through_it_give_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [os.urandom(2**20), os.urandom(2**20 + 1), os.urandom(2**20), b"", os.urandom(5)]
    for can in (True, False):
        if not can:
            monkeypatch.setattr(through, "_DIRECT", 0)
        buffer = through.aligned_buffer(2**21)
        with (tmp_path / str(can)).open("wb") as file:
            writer = through.ThroughFile(file.fileno())
            for row in rows:
                buffer[: len(row)] = row
                writer.write(buffer[: len(row)])
            writer.write(memoryview(rows[0]))  # not aligned in memory
        assert (tmp_path / str(can)).read_bytes() == b"".join([*rows, rows[0]])


def test_the_evidence_at_hand_gets_the_digests_it_is_known_by(shared_data: Path, vault: FolderVault) -> None:
    known = {}
    for line in (shared_data / "MANIFEST.csv").read_text().splitlines():
        path, *_ = line.split(",", 1)
        digests = [word for word in line.split(",") if len(word) == 64 and set(word) <= set("0123456789abcdef")]
        if path.startswith("evidence/") and digests:
            known[path.removeprefix("evidence/")] = digests[0]
    taken = acquire(shared_data / "evidence", vault)
    assert len(known) == 41
    assert {exhibit.path: exhibit.sha256 for exhibit in taken.list.exhibits} == known
