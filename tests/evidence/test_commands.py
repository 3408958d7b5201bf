"""The commands about evidence: they work alone, say what they did, and tell by their exit status how it went."""

import hashlib
import json
import os
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from comity.acts.act import Text
from comity.cli.acquire import acquire_command
from comity.cli.seal import identity_command, seal_command, unseal_command
from comity.evidence.chain import check_chain
from comity.evidence.custody import decode_event
from comity.evidence.exhibit import decode_list


def run(command: object, *arguments: object) -> Result:
    return CliRunner().invoke(command, [str(each) for each in arguments])  # type: ignore[arg-type]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "seized"
    (folder / "mail").mkdir(parents=True)
    (folder / "mail/1.eml").write_bytes(b"From: ana\n")
    (folder / "disk.dd").write_bytes(os.urandom(100_000))
    return folder


def test_acquire_makes_a_folder_that_can_be_checked_by_hand(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = run(
        acquire_command, source, "--out", out, "--office", "gh/practice-custodian", "--note", "laptop", "--json"
    )
    assert result.exit_code == 0, result.output
    said = json.loads(result.stdout)
    data = (out / "exhibits.json").read_bytes()
    assert said["list"] == {"sha256": hashlib.sha256(data).hexdigest(), "count": 2, "bytes": 100_010}
    assert said["list"]["sha256"] == decode_list(data).sha256
    event = decode_event((out / "custody/0001.json").read_bytes())
    assert (event.kind, event.office, event.list) == ("acquired", "gh/practice-custodian", said["list"]["sha256"])
    assert event.note == Text("laptop", "en")
    assert event.sha256 == said["custody"]
    assert check_chain([event]) == ()
    subprocess.run(["sha256sum", "-c", "--strict", "manifest-sha256.txt"], cwd=out, check=True, capture_output=True)
    assert not (out / "acquisition.journal").exists()


def test_acquire_names_what_it_leaves_out(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (source / "link").symlink_to("/etc")
    result = run(acquire_command, source, "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert "not taken: link (symlink: /etc)" in result.stderr
    assert json.loads((tmp_path / "out/skipped.json").read_bytes()) == [
        {"path": "link", "reason": "symlink", "detail": "/etc"}
    ]
    Path(os.fsdecode(os.fsencode(source) + b"/" + b"\xff" * 200)).write_bytes(b"")
    assert run(acquire_command, source, "--out", tmp_path / "again").exit_code == 1


def test_acquire_goes_on_after_an_interruption(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("comity.cli.progress.ProgressLine.__call__", interrupted)
        assert run(acquire_command, source, "--out", tmp_path / "out").exit_code == 1
    assert (tmp_path / "out/acquisition.journal").exists()
    assert run(acquire_command, source, "--out", tmp_path / "out").exit_code == 0
    assert run(acquire_command, source, "--out", tmp_path / "out").exit_code == 2  # it is finished, not empty


def test_what_cannot_be_used_is_status_2(source: Path, tmp_path: Path) -> None:
    result = run(acquire_command, tmp_path / "absent", "--out", tmp_path / "out", "--json")
    assert result.exit_code == 2
    assert json.loads(result.stdout)["error"]["code"] == "unusable-source"
    assert not (tmp_path / "out").exists()
    assert run(acquire_command, source, "--out", source / "out").exit_code == 2
    assert run(acquire_command, source, "--out", tmp_path / "out", "--office", "Ghana").exit_code == 2
    assert run(seal_command, source, "--out", tmp_path / "out", "--to", "age1nobody").exit_code == 2


def test_seal_and_unseal_bring_the_files_to_the_recipient_alone(source: Path, tmp_path: Path) -> None:
    key, sealed, back = tmp_path / "key", tmp_path / "sealed", tmp_path / "back"
    made = run(identity_command, key)
    assert made.exit_code == 0
    assert key.stat().st_mode & 0o777 == 0o600
    (tmp_path / "recipients").write_text(f"# cleo\n{made.stdout}")
    result = run(seal_command, source, "--to", tmp_path / "recipients", "--out", sealed, "--json")
    assert result.exit_code == 0, result.output
    opened = run(unseal_command, sealed, "--identity", key, "--out", back, "--json")
    assert opened.exit_code == 0, opened.output
    assert json.loads(opened.stdout)["list"] == json.loads(result.stdout)["list"]
    assert (back / "disk.dd").read_bytes() == (source / "disk.dd").read_bytes()
    run(identity_command, tmp_path / "eve")
    refused = run(unseal_command, sealed, "--identity", tmp_path / "eve", "--out", tmp_path / "no", "--json")
    assert refused.exit_code == 1
    assert json.loads(refused.stdout)["error"]["code"] == "age-no-match"
    assert run(identity_command, key).exit_code == 2  # never over an existing key


def test_people_read_sizes_and_digests(source: Path, tmp_path: Path) -> None:
    result = run(acquire_command, source, "--out", tmp_path / "out")
    assert "2 exhibits, 97.7 KiB" in result.stdout
    assert "100 %  97.7 KiB of 97.7 KiB" in result.stderr
