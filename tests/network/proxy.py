"""A way between two nodes that behaves badly: requests get lost, late, doubled, cut in the middle, or come again much later."""

import http.client
import random
import socket
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

RATES = {
    "lose-request": 0.08,
    "lose-answer": 0.08,
    "cut-request": 0.05,
    "cut-answer": 0.05,
    "double": 0.15,
    "delay": 0.15,
    "repeat-later": 0.15,
}
"""Shares of the requests; the rest goes through."""
LATEST = 1.5
HOP = {"connection", "transfer-encoding", "keep-alive"}


class Way(ThreadingHTTPServer):
    """A proxy before one node; what it does to the nth request follows from the seed alone."""

    daemon_threads = True

    def __init__(self, port: int, node_port: int, seed: int) -> None:
        super().__init__(("127.0.0.1", port), Passer)
        self.node_port = node_port
        self.random = random.Random(seed)
        self.lock = threading.Lock()
        self.done: Counter[str] = Counter()
        self.bad = True
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05})

    def handle_error(self, request: object, client_address: object) -> None:
        """A broken connection is what this is for."""

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self.shutdown()
        self._thread.join()
        self.server_close()

    def choose(self) -> tuple[str, float]:
        """Return what happens to the next request, and a number between 0 and 1 for how."""
        with self.lock:
            drawn, how = self.random.random(), self.random.random()
            for name, rate in RATES.items():
                drawn -= rate
                if drawn < 0 and self.bad:
                    self.done[name] += 1
                    return name, how
            self.done["pass"] += 1
            return "pass", how


class Passer(BaseHTTPRequestHandler):
    """One request on its way."""

    protocol_version = "HTTP/1.1"
    server: Way

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def _pass(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        what, how = self.server.choose()
        if what == "lose-request":
            return self._hang_up()
        if what == "cut-request":
            self._send_half(body)
            return self._hang_up()
        if what == "delay":
            time.sleep(how * LATEST)
        if what == "double":
            self._forward(body)
        if what == "repeat-later":
            threading.Timer(how * LATEST * 4, self._forward, [body]).start()
        status, headers, answer = self._forward(body)
        if what == "lose-answer" or not status:
            return self._hang_up()
        self._answer(status, headers, answer, cut=what == "cut-answer")
        return None

    do_GET = do_POST = do_PUT = do_HEAD = _pass  # noqa: N815 - the server wants these names

    def _forward(self, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.node_port, timeout=60)
        try:
            headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP}
            connection.request(self.command, self.path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        except (OSError, http.client.HTTPException):
            return 0, [], b""
        finally:
            connection.close()

    def _send_half(self, body: bytes) -> None:
        head = f"{self.command} {self.path} HTTP/1.1\r\n" + "".join(f"{n}: {v}\r\n" for n, v in self.headers.items())
        try:
            with socket.create_connection(("127.0.0.1", self.server.node_port), timeout=5) as to:
                to.sendall(head.encode() + b"\r\n" + body[: len(body) // 2])
        except OSError:
            return

    def _answer(self, status: int, headers: list[tuple[str, str]], body: bytes, *, cut: bool) -> None:
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in HOP:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if cut else body)
        if cut:
            self._hang_up()

    def _hang_up(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)
