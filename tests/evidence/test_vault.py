"""Vaults: what is put is there, complete or not at all; a folder, an object store in memory and a real S3 server behave alike."""

import hashlib
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from comity.evidence.acquire import acquire
from comity.evidence.exhibit import Exhibit, MalformedListError, make_list
from comity.evidence.folder_vault import FolderVault
from comity.evidence.object_vault import ObjectVault
from comity.evidence.storage import DamagedExhibitError, MissingExhibitError, StorageFailedError, Vault
from comity.evidence.vault import open_vault

PART = 1000


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def exhibit_of(data: bytes, path: str = "image.dd") -> Exhibit:
    parts = tuple(sha256(data[start : start + PART]) for start in range(0, len(data), PART))
    return Exhibit(path, len(data), sha256(data), parts if len(parts) > 1 else ())


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(params=["folder", "memory", pytest.param("s3", marks=pytest.mark.s3)])
def any_vault(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Vault:
    if request.param == "folder":
        return open_vault(tmp_path / "vault")
    if request.param == "memory":
        return open_vault("memory:///")
    address = request.getfixturevalue("s3_server")
    bucket = f"evidence-{os.urandom(4).hex()}"
    import httpx

    httpx.put(f"{address}/{bucket}").raise_for_status()
    for name, value in {
        "AWS_ENDPOINT_URL": address,
        "AWS_ALLOW_HTTP": "true",
        "AWS_ACCESS_KEY_ID": "cleo",
        "AWS_SECRET_ACCESS_KEY": "cleo",
        "AWS_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    return open_vault(f"s3://{bucket}/office")


@pytest.mark.parametrize("size", [0, 1, PART, PART + 1, 5 * PART - 1])
def test_what_is_acquired_can_be_read_whole_and_in_ranges(any_vault: Vault, tmp_path: Path, size: int) -> None:
    data = os.urandom(size)
    (tmp_path / "image.dd").write_bytes(data)
    for _ in range(2):  # the second time it is there already
        (exhibit,) = acquire(tmp_path / "image.dd", any_vault, part_size=PART).list.exhibits
    assert exhibit == exhibit_of(data)
    assert any_vault.has(exhibit.sha256)
    assert any_vault.size(exhibit.sha256) == size
    assert any_vault.read(exhibit.sha256) == b"".join(any_vault.chunks(exhibit.sha256)) == data
    for start, length in ((0, 10), (PART - 1, 2), (size // 2, PART * 2), (size, 5)):
        assert any_vault.read(exhibit.sha256, start, length) == data[start : start + length]
    any_vault.verify(exhibit.sha256)


def test_what_is_not_there_is_said_to_be_missing(any_vault: Vault) -> None:
    absent = sha256(b"absent")
    assert not any_vault.has(absent)
    for ask in (any_vault.size, any_vault.read, any_vault.verify, lambda digest: list(any_vault.chunks(digest))):
        with pytest.raises(MissingExhibitError):
            ask(absent)
    with pytest.raises(MissingExhibitError):
        any_vault.has("../../etc/passwd")


def test_staged_parts_become_the_exhibit_in_any_order(any_vault: Vault) -> None:
    data = os.urandom(4 * PART + 7)
    exhibit = exhibit_of(data)
    assert any_vault.staged(exhibit, PART) == frozenset()
    for index in (4, 1, 1, 0, 3):
        any_vault.stage(exhibit, PART, index, memoryview(data[index * PART : (index + 1) * PART]))
        assert not any_vault.finish(exhibit, PART)
        assert not any_vault.has(exhibit.sha256)
    assert any_vault.staged(exhibit, PART) == {0, 1, 3, 4}
    any_vault.stage(exhibit, PART, 2, memoryview(data[2 * PART : 3 * PART]))
    assert any_vault.finish(exhibit, PART)
    assert any_vault.finish(exhibit, PART)
    assert any_vault.read(exhibit.sha256) == data
    assert any_vault.staged(exhibit, PART) == {0, 1, 2, 3, 4}


def test_parts_that_are_right_under_a_whole_that_is_not_are_refused(any_vault: Vault) -> None:
    data = os.urandom(2 * PART)
    honest = exhibit_of(data)
    lying = Exhibit("image.dd", 2 * PART, sha256(b"something else"), honest.parts)
    for index in (0, 1):
        any_vault.stage(lying, PART, index, memoryview(data[index * PART : (index + 1) * PART]))
    with pytest.raises(MalformedListError):
        any_vault.finish(lying, PART)
    assert not any_vault.has(lying.sha256)


def test_a_damaged_exhibit_is_found_on_demand(vault: FolderVault, tmp_path: Path) -> None:
    (tmp_path / "note").write_bytes(b"exhibit")
    (exhibit,) = acquire(tmp_path / "note", vault).list.exhibits
    vault.path(exhibit.sha256).chmod(0o600)
    vault.path(exhibit.sha256).write_bytes(b"exhibiT")
    with pytest.raises(DamagedExhibitError):
        vault.verify(exhibit.sha256)


def test_bytes_lost_in_a_crash_of_the_machine_are_asked_for_again(vault: FolderVault) -> None:
    data = os.urandom(3 * PART)
    exhibit = exhibit_of(data)
    for index in range(3):
        vault.stage(exhibit, PART, index, memoryview(data[index * PART : (index + 1) * PART]))
    (parts,) = (vault.folder / "incoming").glob("*.parts")
    with parts.open("r+b") as file:
        file.seek(PART)
        file.write(bytes(PART))
    vault = FolderVault(vault.folder)
    assert not vault.finish(exhibit, PART)
    assert vault.staged(exhibit, PART) == {0, 2}
    vault.stage(exhibit, PART, 1, memoryview(data[PART : 2 * PART]))
    assert vault.finish(exhibit, PART)
    assert list((vault.folder / "incoming").iterdir()) == []


def test_a_file_cut_short_in_a_crash_is_completed_again(vault: FolderVault) -> None:
    data = os.urandom(3 * PART)
    exhibit = exhibit_of(data)
    for index in range(3):
        vault.stage(exhibit, PART, index, memoryview(data[index * PART : (index + 1) * PART]))
    (parts,) = (vault.folder / "incoming").glob("*.parts")
    os.truncate(parts, 2 * PART + 1)
    vault = FolderVault(vault.folder)
    assert not vault.finish(exhibit, PART)
    assert vault.staged(exhibit, PART) == {0, 1}


def test_another_lists_idea_of_the_parts_cannot_spoil_what_is_staged(vault: FolderVault) -> None:
    data = os.urandom(2 * PART)
    honest = exhibit_of(data)
    lie = os.urandom(2 * PART)
    lying = Exhibit("image.dd", 2 * PART, honest.sha256, exhibit_of(lie).parts)
    vault.stage(honest, PART, 0, memoryview(data[:PART]))
    for index in (0, 1):
        vault.stage(lying, PART, index, memoryview(lie[index * PART : (index + 1) * PART]))
    with pytest.raises(MalformedListError):
        vault.finish(lying, PART)
    vault.stage(honest, PART, 1, memoryview(data[PART:]))
    assert vault.finish(honest, PART)


def test_all_who_store_the_same_at_once_succeed(vault: FolderVault) -> None:
    others = [FolderVault(vault.folder) for _ in range(3)]  # as other processes have it: nothing shared but the folder
    for _round in range(40):
        data = os.urandom(3 * PART)
        exhibit = exhibit_of(data)
        failures: list[BaseException] = []

        def store(
            own: FolderVault,
            *,
            data: bytes = data,
            exhibit: Exhibit = exhibit,
            failures: list[BaseException] = failures,
        ) -> None:
            try:
                for index in range(3):
                    own.stage(exhibit, PART, index, memoryview(data[index * PART : (index + 1) * PART]))
                while not own.finish(exhibit, PART):
                    pass
            except BaseException as error:
                failures.append(error)

        threads = [threading.Thread(target=store, args=(own,)) for own in (vault, vault, *others)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failures == []
        assert vault.read(exhibit.sha256) == data
        assert list((vault.folder / "incoming").iterdir()) == []


def test_a_sweep_leaves_alone_what_a_living_process_writes(vault: FolderVault) -> None:
    with vault.incoming() as incoming:
        incoming.write(memoryview(b"exhibit"))
        FolderVault(vault.folder)
        exhibit = Exhibit("note", 7, sha256(b"exhibit"))
        incoming.keep(exhibit, PART)
    assert vault.read(exhibit.sha256) == b"exhibit"


def test_what_a_dead_process_left_is_swept_away(vault: FolderVault) -> None:
    (vault.folder / "incoming/new-0123").write_bytes(b"half an exhibit")
    FolderVault(vault.folder)
    assert list((vault.folder / "incoming").iterdir()) == []


def test_a_vault_is_opened_by_its_address(tmp_path: Path) -> None:
    for address in (tmp_path / "a b", str(tmp_path / "b"), f"file://{tmp_path}/a%20b"):
        assert isinstance(open_vault(address), FolderVault)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a b", "b"]
    assert isinstance(open_vault("memory:///"), ObjectVault)
    with pytest.raises(StorageFailedError):
        open_vault("ftp://example.org/evidence")


@pytest.mark.s3
def test_an_object_store_that_cannot_be_reached_is_a_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_ALLOW_HTTP", "true")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_REGION"):
        monkeypatch.setenv(name, "us-east-1")
    store = open_vault("s3://bucket/office")
    with pytest.raises(StorageFailedError) as refused:
        store.has(sha256(b""))
    assert "credentials" in refused.value.remedy


@pytest.mark.parametrize("any_vault", ["memory", pytest.param("s3", marks=pytest.mark.s3)], indirect=True)
def test_an_object_is_never_overwritten(any_vault: Vault) -> None:
    assert isinstance(any_vault, ObjectVault)
    digest = sha256(b"exhibit")
    any_vault.put_part(digest, b"exhibit")
    any_vault.put_part(digest, b"EXHIBIT")
    assert any_vault.read(digest) == b"exhibit"


def test_a_list_made_from_a_vault_names_what_is_in_it(any_vault: Vault, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in "abc":
        (tmp_path / "in" / name).write_bytes(name.encode() * 1500)
    exhibits = acquire(tmp_path / "in", any_vault, part_size=PART).list
    assert exhibits == make_list("in", exhibits.exhibits, part_size=PART)
    assert all(any_vault.has(exhibit.sha256) for exhibit in exhibits.exhibits)
