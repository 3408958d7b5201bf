"""A package verifies as it was written, by Comity and by strangers' tools; whatever is changed in it is found and named."""

import json
import os
import random
import shutil
import subprocess
import sys
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.court.world import FRANCE, GHANA, NOW, World, custody_events

import comity
from comity.court import bag, layout
from comity.court.packing import UnfitPackageError
from comity.court.tree import UnusablePackageError
from comity.court.verdict import Verdict
from comity.court.verifying import verify_package

LATER = NOW + timedelta(days=400)


def verify(world: World, place: Path, root: bytes | None = None) -> Verdict:
    return verify_package(place, world.lawbook.wordbook, world.lawbook.procedures, LATER, root)


@pytest.fixture
def copy(package: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(package, tmp_path / "copy"))


def reseal(folder: Path) -> None:
    """Make the manifests again, as a forger would."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    digests = {path.relative_to(folder).as_posix(): bag.digest_of(path) for path in files}
    payload = {name: digest for name, digest in digests.items() if name.startswith("data/")}
    (folder / bag.MANIFEST).write_bytes(bag.manifest(payload))
    digests[bag.MANIFEST] = bag.digest_of(folder / bag.MANIFEST)
    tags = {
        name: digest for name, digest in digests.items() if not name.startswith("data/") and name != bag.TAG_MANIFEST
    }
    (folder / bag.TAG_MANIFEST).write_bytes(bag.manifest(tags))


def reasons(verdict: Verdict) -> set[str]:
    return {defect.reason for defect in verdict.failures}


def test_an_untouched_package_is_verified_and_says_what_it_proves(world: World, package: Path) -> None:
    verdict = verify(world, package, world.root)
    assert verdict.failures == ()
    codes = [statement.code for statement in verdict.proven]
    assert codes.count("act-signed") == 5
    assert {"files-unchanged", "offices-known", "dossier-whole", "exhibits-named", "custody-unbroken", "logged", "witnessed",
            "package-logged", "delivered"} <= set(codes)  # fmt: skip
    assert {statement.code for statement in verdict.not_proven} == {
        "after-last-act",
        "before-acquisition",
        "lawfulness",
    }


def test_without_a_trusted_root_it_leaves_open_who_the_offices_are(world: World, package: Path) -> None:
    verdict = verify(world, package)
    assert verdict.verdict == "verified"
    assert "compare-root" in {statement.code for statement in verdict.not_proven}


def test_another_root_is_not_accepted(world: World, package: Path, tmp_path: Path) -> None:
    from tests.court.world import make_world

    stranger = make_world(tmp_path, {"a.txt": b"a"})
    assert reasons(verify(world, package, stranger.root)) == {"other-root"}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_statement_has_words_in_both_languages(world: World, package: Path, language: str) -> None:
    value = verify(world, package).as_json(language)
    for group in ("proven", "not_proven"):
        for statement in value[group]:  # type: ignore[attr-defined]
            assert "{" not in statement["text"]
            assert statement["text"] != statement["code"]


def test_a_zip_of_it_verifies_like_the_folder(world: World, package: Path, tmp_path: Path) -> None:
    place = Path(shutil.make_archive(str(tmp_path / "package"), "zip", package.parent, package.name))
    assert verify(world, place).verdict == "verified"


def test_strangers_tools_accept_it(package: Path) -> None:
    for manifest in (bag.MANIFEST, bag.TAG_MANIFEST):
        lines = (package / manifest).read_text().replace("%25", "%")
        checked = subprocess.run(
            ["sha256sum", "-c", "--quiet", "--strict"], cwd=package, input=lines, text=True, check=False
        )
        assert checked.returncode == 0
    for act in sorted((package / "data/acts").iterdir()):
        said = subprocess.run(["pdfsig", act], capture_output=True, text=True, check=False).stdout
        assert "Signature is Valid" in said
        assert "Total document signed" in said


def test_the_library_of_congress_accepts_the_bag(package: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import bagit
    assert bagit.Bag(str(package)).is_valid()


def test_case_validate_accepts_the_graph(package: Path) -> None:
    program = Path(sys.executable).with_name("case_validate")
    checked = subprocess.run(
        [program, "--built-version", "case-1.4.0", package / layout.CASE], capture_output=True, text=True
    )
    assert checked.returncode == 0, checked.stdout[-3000:] + checked.stderr[-2000:]


def positions(size: int, seed: str) -> list[int]:
    chosen = random.Random(seed)
    return sorted({0, size // 2, size - 1, *(chosen.randrange(size) for _ in range(3))}) if size else []


def test_any_changed_byte_is_found_and_its_file_named(world: World, copy: Path) -> None:
    files = [path for path in sorted(copy.rglob("*")) if path.is_file()]
    tried = 0
    for path in files:
        name = path.relative_to(copy).as_posix()
        original = path.read_bytes()
        for position in positions(len(original), name):
            changed = bytearray(original)
            changed[position] ^= 1 << (position % 8)
            path.write_bytes(changed)
            defects = bag.check_bag(bag.open_tree(copy)).defects
            assert defects, (name, position)
            assert any(name in (defect.path, *([bag.MANIFEST] if name == bag.TAG_MANIFEST else [])) or defect.path in name
                       or name in (bag.MANIFEST, bag.TAG_MANIFEST) for defect in defects), (name, position, defects)  # fmt: skip
            tried += 1
        path.write_bytes(original)
    assert tried > 150
    assert verify(world, copy).verdict == "verified"


def test_a_forger_who_makes_the_manifests_again_is_found_in_every_kind_of_file(world: World, copy: Path) -> None:
    for path in sorted(copy.rglob("*")):
        name = path.relative_to(copy).as_posix()
        if not path.is_file() or name in (bag.MANIFEST, bag.TAG_MANIFEST):
            continue
        original, kept = (
            path.read_bytes(),
            {each: (copy / each).read_bytes() for each in (bag.MANIFEST, bag.TAG_MANIFEST)},
        )
        changed = bytearray(original or b"x")
        changed[len(changed) // 2] ^= 4
        path.write_bytes(changed)
        reseal(copy)
        verdict = verify(world, copy, world.root)
        assert verdict.verdict == "not-verified", name
        if name.startswith("data/"):
            assert "proof" in reasons(verdict) or "directory" in reasons(verdict) or len(verdict.failures) > 0
        path.write_bytes(original)
        for each, data in kept.items():
            (copy / each).write_bytes(data)


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda p: (p / layout.DESCRIPTION).unlink(), "missing"),
        (lambda p: (p / "data/stray.exe").write_bytes(b"MZ"), "not-listed"),
        (lambda p: (p / bag.TAG_MANIFEST).unlink(), "manifest-unreadable"),
        (lambda p: (p / bag.MANIFEST).write_bytes(b""), "changed"),
        (lambda p: (p / layout.PACKAGE_PROOF).unlink(), "missing"),
        (lambda p: next((p / "data/acts").iterdir()).write_bytes(b"%PDF-1.7"), "changed"),
        (
            lambda p: (p / "bagit.txt").write_text("BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n"),
            "not-a-bag",
        ),
    ],
)
def test_what_is_missing_added_or_cut_is_named(
    world: World, copy: Path, spoil: Callable[[Path], object], reason: str
) -> None:
    spoil(copy)
    verdict = verify(world, copy)
    assert verdict.verdict == "not-verified"
    assert reason in reasons(verdict)
    assert verdict.as_json()["proven"] == []


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda p: (p / "data/stray.txt").write_bytes(b"hello"), "unexpected-file"),
        (lambda p: (p / "data/exhibits/extra.txt").write_bytes(b"hello"), "exhibit-unnamed"),
        (lambda p: shutil.rmtree(p / "data/custody"), "custody-gap"),
        (lambda p: shutil.rmtree(p / "data/lists"), "list-missing"),
        (lambda p: sorted((p / "data/acts").iterdir())[1].unlink(), "predecessor-missing"),
        (lambda p: sorted((p / "data/acts").iterdir())[4].unlink(), "description"),
        (lambda p: shutil.rmtree(p / "data/proofs"), "proof-missing"),
    ],
)
def test_a_forger_who_also_makes_the_manifests_again_is_named(
    world: World, copy: Path, spoil: Callable[[Path], object], reason: str
) -> None:
    spoil(copy)
    reseal(copy)
    assert reason in reasons(verify(world, copy, world.root))


def test_a_gap_in_the_custody_is_named(world: World, tmp_path: Path) -> None:
    broken = [step for step in world.contents.custody if step.event.kind != "received" or step.event.office != FRANCE]
    place = world.write(tmp_path / "p", replace(world.contents, custody=tuple(broken)))
    assert "custody-gap" in reasons(verify(world, place))


def test_a_hand_over_that_nobody_confirmed_is_left_open_not_called_a_gap(world: World, tmp_path: Path) -> None:
    place = world.write(tmp_path / "p", replace(world.contents, custody=world.contents.custody[:-1]))
    verdict = verify(world, place)
    assert verdict.verdict == "verified"
    assert "not-received" in {statement.code for statement in verdict.not_proven}


def test_a_custody_step_without_proof_is_left_open(world: World, tmp_path: Path) -> None:
    custody = (replace(world.contents.custody[0], proof=None), *world.contents.custody[1:])
    verdict = verify(world, world.write(tmp_path / "p", replace(world.contents, custody=custody)))
    assert "not-logged" in {statement.code for statement in verdict.not_proven}


def test_a_custody_step_that_another_office_logged_is_refused(world: World, tmp_path: Path) -> None:
    event = custody_events(world.exhibits.sha256)[0]
    log = world.logs[GHANA]
    proof = log.prove(log.enter("custody", event.sha256), NOW)
    custody = (replace(world.contents.custody[0], proof=proof), *world.contents.custody[1:])
    assert "proof" in reasons(verify(world, world.write(tmp_path / "p", replace(world.contents, custody=custody))))


def test_a_package_is_not_written_over_another_and_a_damaged_vault_is_noticed(
    world: World, package: Path, tmp_path: Path
) -> None:
    with pytest.raises(UnfitPackageError):
        world.write(package)
    with pytest.raises(UnusablePackageError):
        verify(world, tmp_path)


def test_an_archive_that_leads_out_of_itself_or_explodes_is_refused(world: World, tmp_path: Path) -> None:
    bomb, escape = tmp_path / "bomb.zip", tmp_path / "escape.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bagit.txt", b"0" * (80 * 1024 * 1024))
    with zipfile.ZipFile(escape, "w") as archive:
        archive.writestr("../bagit.txt", b"x")
    for place in (bomb, escape):
        with pytest.raises(UnusablePackageError):
            verify(world, place)


def test_a_link_in_a_package_is_refused(world: World, copy: Path) -> None:
    (copy / "data/link").symlink_to("/etc/passwd")
    with pytest.raises(UnusablePackageError):
        verify(world, copy)


def test_the_command_answers_with_json_and_an_exit_status(package: Path, copy: Path) -> None:
    def run(place: Path) -> tuple[int, dict[str, object]]:
        command = [sys.executable, "-m", "comity.cli", "verify", str(place), "--json"]
        path = str(Path(comity.__file__).parents[1])
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": path}
        )
        return done.returncode, json.loads(done.stdout)

    assert (run(package)[0], run(package)[1]["verdict"]) == (0, "verified")
    (copy / layout.CASE).write_bytes(b"{}")
    code, value = run(copy)
    assert (code, value["verdict"]) == (1, "not-verified")
    assert {failure["path"] for failure in value["failures"]} == {layout.CASE}  # type: ignore[attr-defined]
    assert run(copy / "bagit.txt")[0] == 2
