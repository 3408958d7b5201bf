import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.http import HttpRequest
from django.test import RequestFactory

from comity.sites.desk import uploads


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("a.txt", "a.txt"),
        ("disk/sub/a.txt", "disk/sub/a.txt"),
        ("disk\\sub\\a.txt", "disk/sub/a.txt"),
        ("C:\\disk\\a.txt", "disk/a.txt"),
        ("/etc/passwd", "etc/passwd"),
        ("./a//b", "a/b"),
    ],
)
def test_the_path_of_an_upload_is_kept(name: str, path: str) -> None:
    assert uploads.clean_path(name) == path


@pytest.mark.parametrize("name", ["../a", "a/../../b", "a/\x00b", "a\\..\\b", "/".join("x" * 100)])
def test_a_path_that_leaves_its_folder_is_refused(name: str) -> None:
    with pytest.raises(SuspiciousFileOperation):
        uploads.clean_path(name)


def test_an_uploaded_folder_arrives_with_its_paths() -> None:
    request = uploads.prepare(_post({"disk/a.txt": b"one", "disk/sub/b.txt": b"two"}))
    found = [(path, file.read()) for path, file in uploads.received(request)]
    request.close()
    assert found == [("disk/a.txt", b"one"), ("disk/sub/b.txt", b"two")]


def test_an_uploaded_folder_cannot_climb_out() -> None:
    request = uploads.prepare(_post({"../../a.txt": b"one"}))
    with pytest.raises(SuspiciousFileOperation):
        list(uploads.received(request))


def _post(files: dict[str, bytes]) -> HttpRequest:
    """Return what a browser sends of a folder: each part is named by its path, which Django's own client would cut."""
    parts = [
        b'--edge\r\nContent-Disposition: form-data; name="folder"; filename="%s"\r\n'
        b"Content-Type: application/octet-stream\r\n\r\n%s\r\n" % (path.encode(), content)
        for path, content in files.items()
    ]
    body = b"".join(parts) + b"--edge--\r\n"
    return RequestFactory().generic("POST", "/", body, "multipart/form-data; boundary=edge")
