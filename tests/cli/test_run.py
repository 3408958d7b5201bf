"""A node alone, from `comity init` on, and the practice network: started, used, stopped, started again; nothing is left running."""

import json
import os
import re
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.node.network import COMITY, ENV, FOLDERS, Network, free_port, until

pytestmark = [pytest.mark.network, pytest.mark.xdist_group("network")]


def comity(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([*COMITY, *arguments], env=ENV, capture_output=True, text=True, check=False, timeout=120)


def processes_of(folder: Path) -> list[int]:
    """Return the processes whose node lives in the folder."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                environ = (entry / "environ").read_bytes()
            except OSError:
                continue
            if f"COMITY_HOME={folder}".encode() in environ:
                found.append(int(entry.name))
    return found


def begin(*arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [*COMITY, "run", *arguments], env=ENV, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def end(process: "subprocess.Popen[str]", number: int) -> tuple[int, str]:
    process.send_signal(number)
    _, errors = process.communicate(timeout=30)
    return process.returncode, errors


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """A home that `comity init` made, without partner or directory."""
    folder, port = tmp_path_factory.mktemp("alone") / "node", free_port()
    made = comity(
        "init", "--home", str(folder), "--office", "gh/national-prosecutor", "--name", "National Prosecutor",
        "--name-zh", "国家检察官", "--port", str(port), "--url", f"http://127.0.0.1:{port}", "--time-zone", "Africa/Accra",
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    assert "office.json" in made.stdout
    return folder, port


@pytest.fixture(scope="module")
def links(home: tuple[Path, int]) -> dict[str, str]:
    """One-time links of the people that `comity person` added."""
    folder, _ = home
    people = {"ana": "officer", "ben": "approver", "cleo": "custodian", "ada": "administrator"}
    added = {name: comity("person", "--home", str(folder), name, "--role", role) for name, role in people.items()}
    assert [each.returncode for each in added.values()] == [0] * 4, added
    return {name: each.stdout.strip() for name, each in added.items()}


@pytest.fixture(scope="module")
def alone(home: tuple[Path, int], links: dict[str, str]) -> Iterator[str]:
    """The node, running; its address."""
    process = begin("--home", str(home[0]))
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line.startswith("National Prosecutor: http://127.0.0.1:"), line
    yield line.rpartition(" ")[2].strip()
    status, errors = end(process, signal.SIGINT)
    assert (status, processes_of(home[0])) == (0, [])
    assert "Traceback" not in errors


def test_the_keys_of_a_new_home_are_for_its_owner_only(home: tuple[Path, int]) -> None:
    folder, _ = home
    assert {oct(file.stat().st_mode)[-3:] for file in (folder / "keys").iterdir() if file.suffix != ".crt"} == {"600"}
    assert oct(folder.stat().st_mode)[-3:] == "700"
    assert json.loads((folder / "office.json").read_text())["id"] == "gh/national-prosecutor"


def test_a_home_is_not_made_twice_and_ids_are_checked(home: tuple[Path, int], tmp_path: Path) -> None:
    again = comity("init", "--home", str(home[0]), "--office", "gh/other", "--name", "Other")
    assert (again.returncode, "already" in again.stderr) == (2, True)
    crooked = comity("init", "--home", str(tmp_path / "x"), "--office", "Ghana!", "--name", "Other")
    assert (crooked.returncode, (tmp_path / "x").exists()) == (2, False)
    nothing = comity("run", "--home", str(tmp_path / "nothing"))
    assert (nothing.returncode, "comity init" in nothing.stderr) == (1, True)
    assert "Traceback" not in nothing.stderr
    nobody = comity("person", "--home", str(tmp_path / "nothing"), "ana", "--role", "officer")
    assert (nobody.returncode, "comity init" in nobody.stderr) == (1, True)


def test_one_signs_in_with_the_printed_link(alone: str, links: dict[str, str]) -> None:
    with httpx.Client(base_url=alone, follow_redirects=True) as browser:
        page = browser.get(links["ana"])
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        assert token
        inbox = browser.post(links["ana"], data={"csrfmiddlewaretoken": token[1]}, headers={"referer": links["ana"]})
        assert (inbox.status_code, inbox.url.path) == (200, "/")
        for path in ("/routes/", "/cases/", "/cases/new", "/evidence/", "/about"):
            assert browser.get(path).status_code == 200, path


def test_a_node_alone_answers_about_law_and_acquires_evidence(
    alone: str, home: tuple[Path, int], tmp_path: Path
) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "disk" / "a.img").write_bytes(os.urandom(100_000))
    token = comity("token", "--home", str(home[0]), "ana").stdout.strip()
    with httpx.Client(base_url=f"{alone}/api", headers={"authorization": f"Bearer {token}"}, timeout=30) as api:
        assert api.get("/me").json()["office"] == "gh/national-prosecutor"
        question = {"from_state": "GH", "to_state": "FR", "measure": "preserve", "offence": "illegal-access"}
        assert "budapest" in [route["instrument"] for route in api.post("/routes", json=question).json()["routes"]]
        nobody = api.get("/offices")
        assert (nobody.status_code, nobody.json()["code"]) == (503, "no-directory")
        case = api.post("/cases", json={"reference": "1", "title": "A case"}).json()
        attached = api.post("/evidence", json={"source": str(tmp_path / "disk"), "case": case["id"]})
        assert attached.status_code == 201, attached.text
        path = f"/evidence/{attached.json()['id']}"
        held = until(lambda: (found := api.get(path).json())["state"] == "held" and found, 30)
        assert (held["count"], held["bytes"], held["skipped"]) == (1, 100_000, [])
        custody = until(lambda: (found := api.get(f"{path}/custody").json())[0]["proven"] and found, 30)
        assert [event["kind"] for event in custody] == ["acquired"]


def test_a_taken_port_is_said_and_nothing_is_started(alone: str, home: tuple[Path, int]) -> None:
    before = processes_of(home[0])
    second = comity("run", "--home", str(home[0]))
    assert second.returncode == 1
    assert str(home[1]) in second.stderr
    assert "node.toml" in second.stderr
    assert "Traceback" not in second.stderr
    assert processes_of(home[0]) == before


def test_sigterm_stops_everything_as_well(tmp_path: Path) -> None:
    port = free_port()
    comity("init", "--home", str(tmp_path / "n"), "--office", "gh/x", "--name", "X", "--port", str(port))
    process = begin("--home", str(tmp_path / "n"))
    assert process.stdout is not None
    assert process.stdout.readline().startswith("X: ")
    assert len(processes_of(tmp_path / "n")) == 2
    assert end(process, signal.SIGTERM)[0] == 0
    assert processes_of(tmp_path / "n") == []
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))


def test_a_second_practice_run_goes_on_where_the_first_stopped(tmp_path: Path) -> None:
    net = Network(tmp_path / "practice")
    first = net.start()
    case = net.call("ama", "POST", "/cases", {"reference": "PV-1", "title": "A case"})
    assert (net.stop(), running(net)) == (0, [])
    again = Network(tmp_path / "practice", net.port, tokens=net.tokens)
    second = again.start()
    try:
        assert offices(second) == offices(first)
        assert [each["id"] for each in again.call("ama", "GET", "/cases")] == [case["id"]]
        assert second[0]["links"] != first[0]["links"]
    finally:
        status = again.stop()
    assert (status, running(again)) == (0, [])


def running(net: Network) -> list[int]:
    return [number for name in FOLDERS.values() for number in processes_of(net.folder / name)]


def offices(nodes: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(node["office"], node["url"]) for node in nodes]


def test_everybody_is_greeted_with_a_role_in_both_languages(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    from comity.cli.practice import PEOPLE, practice_homes
    from comity.cli.run import _greet

    homes = practice_homes(tmp_path, 8701)
    _greet(
        homes, [{each[0]: f"http://link/{each[0]}" for each in PEOPLE[home.office]} for home in homes], as_json=False
    )
    lines = capsys.readouterr().out.splitlines()
    for name, role in (("ama", "officer 承办人"), ("julien", "approver 批准人"), ("nora", "custodian 证据保管人"),
                       ("paul", "administrator 管理员")):  # fmt: skip
        assert [role in line and f"http://link/{name}" in line for line in lines if line.split()[:1] == [name]] == [
            True
        ]
