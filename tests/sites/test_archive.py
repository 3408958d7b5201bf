import hashlib
import io
import zipfile
from pathlib import Path

from comity.sites.desk.archive import stream_zip


def test_a_folder_becomes_one_archive_that_any_tool_opens(tmp_path: Path) -> None:
    folder = tmp_path / "package"
    (folder / "data/sub").mkdir(parents=True)
    (folder / "bagit.txt").write_text("BagIt", encoding="utf-8")
    (folder / "data/sub/证据.bin").write_bytes(b"x" * 2_500_000)
    (folder / "data/empty").write_bytes(b"")
    with zipfile.ZipFile(io.BytesIO(b"".join(stream_zip(folder)))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["package/bagit.txt", "package/data/empty", "package/data/sub/证据.bin"]
        assert archive.read("package/data/sub/证据.bin") == b"x" * 2_500_000


def test_the_same_package_is_the_same_archive(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"one")
    first, second = (hashlib.sha256(b"".join(stream_zip(tmp_path))).hexdigest() for _time in range(2))
    assert first == second


def test_an_archive_needs_no_more_memory_than_a_piece(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 8_000_000)
    assert max(map(len, stream_zip(tmp_path))) < 2_000_000
