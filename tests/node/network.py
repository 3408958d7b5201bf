"""Three real nodes over loopback, driven through their REST interface; any of their processes may be killed."""

import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).parents[2]
COMITY = [sys.executable, "-c", "from comity.cli import main; main()"]
ENV = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "COMITY_LOG_LEVEL": "ERROR"}
FOLDERS = {
    "gh/practice-prosecutor": "prosecutor",
    "fr/practice-central-authority": "central-authority",
    "fr/practice-hosting": "hosting",
}
HOME_OF = {
    **dict.fromkeys(("ama", "kofi", "efua", "yaw"), "gh/practice-prosecutor"),
    **dict.fromkeys(("claire", "julien", "ines", "hugo"), "fr/practice-central-authority"),
    **dict.fromkeys(("lea", "marc", "nora", "paul"), "fr/practice-hosting"),
}


def free_port() -> int:
    """Return the first of three ports that are free now, somewhere at random: others look for ports at the same time."""
    for port in random.sample(range(26000, 32000, 10), 100):
        with socket.socket() as one, socket.socket() as two, socket.socket() as three:
            try:
                for number, each in enumerate((one, two, three)):
                    each.bind(("127.0.0.1", port + number))
            except OSError:
                continue
            return port
    raise RuntimeError("no free ports")


@dataclass
class Network:
    """The practice network in a folder."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[str] | None" = None
    tokens: dict[str, str] = field(default_factory=dict)

    def start(self) -> list[dict[str, Any]]:
        """Start it and return what it prints: the nodes with their links."""
        with (self.folder.parent / "errors.txt").open("a") as errors:
            self.process = subprocess.Popen(
                [*COMITY, "run", "--practice", str(self.folder), "--port", str(self.port), "--json"],
                env=ENV, stdout=subprocess.PIPE, stderr=errors, text=True,
            )  # fmt: skip
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, (self.folder.parent / "errors.txt").read_text()
        nodes: list[dict[str, Any]] = json.loads(line)["nodes"]
        return nodes

    def stop(self) -> int:
        """Stop it as Ctrl-C does and return the exit status."""
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        status = self.process.wait(30)
        if self.process.stdout is not None:
            self.process.stdout.close()
        return status

    def home(self, office: str) -> Path:
        return self.folder / FOLDERS[office]

    def token(self, username: str) -> str:
        """Return a token for somebody, made on the machine itself."""
        if username not in self.tokens:
            home = self.home(HOME_OF[username])
            made = subprocess.run(
                [*COMITY, "token", "--home", str(home), username], env=ENV, capture_output=True, text=True, check=True
            )
            self.tokens[username] = made.stdout.strip()
        return self.tokens[username]

    def call(self, username: str, method: str, path: str, body: object = None, **more: Any) -> Any:
        """Call the REST interface for somebody, again while the node is being restarted."""
        url = f"http://127.0.0.1:{self.port + list(FOLDERS).index(HOME_OF[username])}/api{path}"
        headers = {"Authorization": f"Bearer {self.token(username)}"}
        for attempt in range(60):
            try:
                answer = httpx.request(method, url, json=body, headers=headers, timeout=60, **more)
                break
            except httpx.TransportError:
                if attempt == 59:
                    raise
                time.sleep(0.5)
        assert answer.is_success, f"{answer.status_code} {answer.text}"
        kind = answer.headers.get("content-type", "")
        return answer.json() if kind.startswith("application/json") else answer.content

    def kill(self, office: str, module: str) -> int:
        """kill -9 one process of one node; the supervisor starts it again."""
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit() and self._is(entry, office, module):
                os.kill(int(entry.name), signal.SIGKILL)
                return int(entry.name)
        raise RuntimeError(f"{module} of {office} does not run")

    def _is(self, entry: Path, office: str, module: str) -> bool:
        try:
            command = (entry / "cmdline").read_bytes().split(b"\0")
            environ = (entry / "environ").read_bytes().split(b"\0")
        except OSError:
            return False
        return f"comity.node.{module}".encode() in command and f"COMITY_HOME={self.home(office)}".encode() in environ


def until(look: Callable[[], Any], seconds: float = 60.0) -> Any:
    """Return what `look` gives as soon as it gives something."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(0.3)
    raise AssertionError("it did not happen in time")
