"""The court package of a real dossier: whatever is changed in it is found and named, and strangers' tools accept it untouched."""

import random
import shutil
import subprocess
import sys
import warnings
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.network.memory_tree import Memory, Verify, read_package, remembering
from tests.network.network import Network, verify

from comity.cli.demo.judges import judge
from comity.cli.demo.scenes import Tale
from comity.court import bag, layout
from comity.court.verdict import Verdict
from comity.court.verifying import verify_package
from comity.lawbook import open_lawbook

FLIPS = 3000
KINDS = (
    layout.ACTS, layout.EXHIBITS, layout.LISTS, layout.CUSTODY, layout.PROOFS, layout.RECEIPTS, layout.DIRECTORY,
    layout.CERTIFICATES, layout.DESCRIPTION, layout.READ_ME, layout.CASE, bag.MANIFEST, bag.TAG_MANIFEST, "bagit.txt",
    "bag-info.txt", layout.PACKAGE_PROOF,
)  # fmt: skip


@pytest.fixture(scope="module")
def package(told: Tale) -> Memory:
    return read_package(told.out)


@pytest.fixture(scope="module")
def check(network: Network) -> Iterator[Verify]:
    lawbook, now, root = open_lawbook(), datetime.now(UTC), network.root.read_bytes()

    def full(place: Path) -> Verdict:
        return verify_package(place, lawbook.wordbook, lawbook.procedures, now, root)

    with remembering(full) as found:
        yield found


def names(verdict: Verdict) -> set[str]:
    return {defect.path for defect in verdict.failures}


def is_named(verdict: Verdict, *paths: str) -> bool:
    """Whether a failure names one of the files, or the folder in which it lies."""
    return any(
        path == name or (name.endswith("/") and path.startswith(name)) for name in names(verdict) for path in paths
    )


def flips(package: Memory, count: int, seed: str) -> Iterator[tuple[str, int, bytes]]:
    """Yield changed files: every kind equally often, every file of a kind, its first and last byte, one bit each time."""
    drawn = random.Random(seed)
    files = {kind: [path for path in package.files if path.startswith(kind) and package.files[path]] for kind in KINDS}
    for number in range(count):
        kind = KINDS[number % len(KINDS)]
        path = files[kind][number // len(KINDS) % len(files[kind])]
        size = len(package.files[path])
        position = (0, size - 1)[number % 2] if number < 4 * len(KINDS) else drawn.randrange(size)
        changed = bytearray(package.files[path])
        changed[position] ^= 1 << drawn.randrange(8)
        yield path, position, bytes(changed)


def resealed(tree: Memory) -> Memory:
    """Return the package with both manifests made again, as somebody would who wants the change not to show."""
    digests = {path: bag.hash_file(tree, path) for path in tree.files}  # type: ignore[arg-type]
    manifest = bag.manifest({path: digest for path, digest in digests.items() if path.startswith("data/")})
    again = tree.with_file(bag.MANIFEST, manifest)
    tags = {
        path: bag.hash_file(again, path)  # type: ignore[arg-type]
        for path in again.files
        if not path.startswith("data/") and path != bag.TAG_MANIFEST
    }
    return again.with_file(bag.TAG_MANIFEST, bag.manifest(tags))


def test_the_untouched_package_is_verified_from_memory_as_from_disk(
    check: Verify, package: Memory, network: Network, told: Tale
) -> None:
    assert check(package).failures == ()  # type: ignore[arg-type]
    assert verify(told.out, network.root)["failures"] == []


def test_every_kind_of_file_is_there(package: Memory) -> None:
    for kind in KINDS:
        assert any(path.startswith(kind) for path in package.files), kind


def test_any_changed_byte_in_any_file_is_found_and_the_file_named(check: Verify, package: Memory) -> None:
    tried: Counter[str] = Counter()
    for path, position, changed in flips(package, FLIPS, "one byte"):
        verdict = check(package.with_file(path, changed))  # type: ignore[arg-type]
        assert verdict.verdict == "not-verified", (path, position)
        assert path in names(verdict), (path, position, verdict.failures)
        tried[path] += 1
    assert len(tried) == len([path for path, data in package.files.items() if data])


def test_a_change_is_found_and_named_even_when_all_manifests_were_made_again(check: Verify, package: Memory) -> None:
    for path, position, changed in flips(package, FLIPS // 5, "forger"):
        if path in (bag.MANIFEST, bag.TAG_MANIFEST):
            continue
        verdict = check(resealed(package.with_file(path, changed)))  # type: ignore[arg-type]
        assert verdict.verdict == "not-verified", (path, position)
        # the manifest was logged, so what it lists cannot be made again; what lies outside names itself
        assert is_named(verdict, path, layout.PACKAGE_PROOF), (path, position, verdict.failures)


def test_a_file_that_is_cut_short_or_longer_is_found_and_named(check: Verify, package: Memory) -> None:
    for path, data in package.files.items():
        for other in (data[:-1], data[: len(data) // 2], b"", data + b"\0", data + b"\n"):
            if other != data:
                verdict = check(package.with_file(path, other))  # type: ignore[arg-type]
                assert path in names(verdict), (path, len(other))


def test_a_file_that_is_missing_is_found_and_named(check: Verify, package: Memory) -> None:
    for path in package.files:
        if path == "bagit.txt":
            continue
        verdict = check(package.with_file(path, None))  # type: ignore[arg-type]
        assert verdict.verdict == "not-verified", path
        assert path in names(verdict), (path, verdict.failures)


@pytest.mark.parametrize(
    "path",
    ["data/acts/00-extra.pdf", "data/extra.txt", "extra.txt", "data/exhibits/0000000000000000/a", "data/proofs/a.tlog-proof",
     "data/certificates/zz-nobody.pem", "data/directory/9.root.json", "data/custody/a.json", "data/lists/a.json",
     "data/receipts/a.txt", "manifest-md5.txt"],
)  # fmt: skip
@pytest.mark.parametrize("again", [False, True], ids=["as it is", "with manifests made again"])
def test_a_file_that_is_added_is_found_and_named(check: Verify, package: Memory, path: str, again: bool) -> None:
    added = package.with_file(path, b"added")
    verdict = check(resealed(added) if again else added)  # type: ignore[arg-type]
    assert verdict.verdict == "not-verified"
    assert path in names(verdict), verdict.failures


def test_files_that_changed_places_are_found_and_named(check: Verify, package: Memory) -> None:
    for kind in (layout.ACTS, layout.EXHIBITS, layout.PROOFS, layout.CUSTODY, layout.CERTIFICATES, layout.DIRECTORY):
        first, second, *_ = [path for path in package.files if path.startswith(kind)]
        swapped = package.with_file(first, package.files[second]).with_file(second, package.files[first])
        for tree in (swapped, resealed(swapped)):
            verdict = check(tree)  # type: ignore[arg-type]
            assert verdict.verdict == "not-verified", kind
            assert is_named(verdict, first, second, layout.PACKAGE_PROOF), (kind, verdict.failures)


def test_everybody_accepts_the_untouched_package(network: Network, told: Tale) -> None:
    found = []
    ruling = judge(told.out, network.root, "en", found.append)
    assert [each.passed for each in found] == [True] * 6, found
    assert ruling.good


def test_a_judge_refuses_a_changed_act(network: Network, told: Tale, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(told.out, tmp_path / "copy"))
    act = next((copy / layout.ACTS).iterdir())
    changed = bytearray(act.read_bytes())
    changed[200] ^= 1
    act.write_bytes(changed)
    found = {each.judge: each.passed for each in judge(copy, network.root, "en", lambda each: None).judgements}
    assert not any(found[name] for name in ("sha256sum-manifest", "pdfsig", "openssl-cms", "comity")), found


def test_the_library_of_congress_accepts_the_bag(told: Tale) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import bagit
    assert bagit.Bag(str(told.out)).is_valid()


def test_case_validate_accepts_the_graph(told: Tale) -> None:
    program = Path(sys.executable).with_name("case_validate")
    checked = subprocess.run(
        [program, "--built-version", "case-1.4.0", told.out / layout.CASE], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout[-3000:] + checked.stderr[-2000:]
