"""A client that nobody here wrote reads the published directory: python-tuf's own Updater, over HTTP."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from tuf.api.exceptions import RepositoryError
from tuf.ngclient.updater import Updater

from comity.exchange.charter import found_directory, rotate
from comity.exchange.offices import decode_office
from comity.exchange.publishing import publish
from comity.exchange.sources import write_folder


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    folder = tmp_path / "directory"
    folder.mkdir()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield folder, f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def updater(tmp_path: Path, url: str, root: bytes) -> Updater:
    (tmp_path / "got").mkdir(exist_ok=True)
    return Updater(str(tmp_path / "cache"), url, str(tmp_path / "got"), f"{url}targets/", bootstrap=root)


def test_a_plain_tuf_client_finds_and_verifies_an_office(
    practice: Any, office: Any, served: tuple[Path, str], tmp_path: Path
) -> None:
    folder, url = served
    now = datetime.now(UTC)
    founded = found_directory(practice.states, practice.operator, now)
    files = publish(
        founded, [office("gh/practice-police"), office("fr/liaison")], practice.keys, practice.operator, now
    )
    files = rotate(files, practice.states, practice.operator, now, old_signers=[each.root for each in practice.states])
    write_folder(files, folder)
    client = updater(tmp_path, url, files["1.root.json"])
    target = client.get_targetinfo("gh/practice-police.json")
    assert target
    data = Path(client.download_target(target)).read_bytes()
    assert decode_office(data) == office("gh/practice-police")
    assert client.get_targetinfo("gh/nobody.json") is None


def test_a_plain_tuf_client_refuses_what_we_refuse(
    practice: Any, office: Any, served: tuple[Path, str], tmp_path: Path
) -> None:
    folder, url = served
    now = datetime.now(UTC)
    founded = found_directory(practice.states, practice.operator, now)
    files = publish(founded, [office("gh/practice-police")], practice.keys, practice.operator, now)
    write_folder({**files, "1.gh.json": files["1.gh.json"].replace(b"gh/", b"fr/")}, folder)
    with pytest.raises(RepositoryError):
        updater(tmp_path, url, files["1.root.json"]).get_targetinfo("gh/practice-police.json")
