import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from asn1crypto import tsp
from vectors.acts.generate import OPENED_AT, Bench
from vectors.acts.samples import BRIEF, NOW, SENDER, WORDS

from comity.acts.making import make_act
from comity.acts.opening import open_act
from comity.acts.refusals import BadTimeStampError
from comity.acts.time_token import trusted_time
from comity.acts.timestamp import RemoteTimeAuthority, TimeAuthority, TimeStampUnavailableError


def served(authority: TimeAuthority, status: int) -> HTTPServer:
    """A time-stamping authority on the loopback."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            answer = authority.answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            return

    return HTTPServer(("127.0.0.1", 0), Handler)


@pytest.fixture(params=[200])
def remote(offices: Bench, request: pytest.FixtureRequest) -> Iterator[RemoteTimeAuthority]:
    server = served(offices.offices[SENDER].signer.time_authority, request.param)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield RemoteTimeAuthority(f"http://127.0.0.1:{server.server_port}/", timeout=5)
    server.shutdown()
    thread.join()
    server.server_close()


def test_an_act_stamped_by_an_authority_elsewhere_opens(offices: Bench, remote: RemoteTimeAuthority) -> None:
    signer = replace(offices.offices[SENDER].signer, time_authority=remote)
    made = make_act(BRIEF, signer, WORDS, offices.directory)
    assert open_act(made.pdf, offices.directory.get, WORDS, OPENED_AT).signed_at == NOW


@pytest.mark.parametrize("remote", [503], indirect=True)
def test_an_authority_that_refuses_may_be_asked_again(offices: Bench, remote: RemoteTimeAuthority) -> None:
    signer = replace(offices.offices[SENDER].signer, time_authority=remote)
    with pytest.raises(TimeStampUnavailableError):
        make_act(BRIEF, signer, WORDS, offices.directory)


class Nonsense:
    def answer(self, request: bytes) -> bytes:
        return b"<html>" + request


def test_an_authority_that_answers_nonsense_is_unavailable(offices: Bench) -> None:
    signer = replace(offices.offices[SENDER].signer, time_authority=Nonsense())
    with pytest.raises(TimeStampUnavailableError):
        make_act(BRIEF, signer, WORDS, offices.directory)


def token(offices: Bench, data: bytes) -> bytes:
    imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": data}
    request = tsp.TimeStampReq({"version": "v1", "message_imprint": imprint, "cert_req": True})
    answer = offices.offices[SENDER].signer.time_authority.answer(request.dump())
    return bytes(tsp.TimeStampResp.load(answer)["time_stamp_token"].dump())


def test_a_token_about_something_else_proves_nothing(offices: Bench) -> None:
    listed = offices.directory[SENDER].time_certificates
    with pytest.raises(BadTimeStampError):
        trusted_time(token(offices, b"\0" * 32), b"a signature", listed)


@pytest.mark.parametrize(
    "change",
    [{"revoked_at": NOW}, {"valid_until": NOW - timedelta(seconds=1)}, {"valid_from": NOW + timedelta(seconds=1)}],
)
def test_a_time_certificate_must_be_good_at_its_own_time(offices: Bench, change: dict[str, datetime]) -> None:
    entry = offices.directory[SENDER]
    worse = replace(entry, time_certificates=(replace(entry.time_certificates[0], **change),))
    with pytest.raises(BadTimeStampError):
        open_act(offices.act(BRIEF), {**offices.directory, SENDER: worse}.get, WORDS, OPENED_AT)


def test_any_changed_byte_of_a_token_is_refused(offices: Bench) -> None:
    import hashlib

    good = token(offices, hashlib.sha256(b"signature").digest())
    listed = offices.directory[SENDER].time_certificates
    assert trusted_time(good, b"signature", listed) == NOW.astimezone(UTC)
    for place in range(len(good)):
        with pytest.raises(BadTimeStampError):
            trusted_time(good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :], b"signature", listed)
