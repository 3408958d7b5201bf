"""Seals acts for their recipients and delivers the envelopes until there is a receipt."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from comity.acts.canonical import digest
from comity.acts.office import Office
from comity.errors import ComityError, LocalError
from comity.exchange.delivery import Verdict, interpret, next_attempt
from comity.exchange.receipt import verify_receipt
from comity.node import clock, resources
from comity.node.claim import Stopping, claim
from comity.node.models import Delivery
from comity.node.partners import NoAnswerError, call
from comity.node.sealing import NotYetProvenError, sealed_envelope

TOGETHER = 8
SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Attempt:
    """One envelope on its way, without anything of the database, so that threads can carry it."""

    delivery_id: int
    office: Office
    envelope: bytes


def run(now: datetime, stopping: Stopping) -> int:
    """Take what is due, seal what is not sealed, and send all of it side by side."""
    due = Delivery.objects.filter(Q(state="waiting") | Q(state="sealed"), next_at__lte=now).order_by("next_at", "id")
    rows = claim(due, "next_at", now, limit=TOGETHER)
    attempts = [attempt for row in rows if (attempt := _prepare(row, now)) is not None]
    if attempts and not stopping():
        with ThreadPoolExecutor(len(attempts)) as pool:
            verdicts = list(pool.map(send, attempts))
        for attempt, (verdict, answer) in zip(attempts, verdicts, strict=True):
            _settle(attempt, verdict, answer)
    return len(rows)


def send(attempt: Attempt) -> tuple[Verdict, bytes]:
    """Send one envelope and say what the answer means."""
    url = f"{attempt.office.url}/exchange/envelopes"
    try:
        answer = call("POST", url, content=attempt.envelope, timeout=SECONDS)
    except NoAnswerError as error:
        return Verdict("retry", error.code, error.message), b""
    verdict = interpret(
        answer.status_code, answer.content, clock.now(), retry_after=answer.headers.get("retry-after", "")
    )
    return verdict, answer.content


def _prepare(row: Delivery, now: datetime) -> Attempt | None:
    """Seal the row if it is not sealed yet; None when it has to wait, which the row then says."""
    try:
        office = resources.office(row.recipient, now)
        if not office.url:
            _wait(row, now, "no-address", "The directory gives no address; export the envelope as a file.")
            return None
        if row.state == "waiting" or row.envelope is None:
            _seal(row, office, now)
    except NotYetProvenError as error:
        Delivery.objects.filter(pk=row.pk).update(next_at=now, last_error=error.code)
        return None
    except LocalError as error:
        _wait(row, now, error.code, error.message)
        return None
    assert row.envelope is not None
    return Attempt(row.pk, office, bytes(row.envelope))


def _seal(row: Delivery, office: Office, now: datetime) -> None:
    row.envelope = sealed_envelope(row.act, office)
    row.envelope_sha256 = digest(row.envelope)
    row.state = "sealed"
    row.save(update_fields=["envelope", "envelope_sha256", "state"])


def _settle(attempt: Attempt, verdict: Verdict, answer: bytes) -> None:
    row = Delivery.objects.get(pk=attempt.delivery_id)
    now = clock.now()
    if verdict.action == "done":
        accept_receipt(row, attempt.office, answer, now)
    elif verdict.action == "refused":
        row.state, row.last_error = "refused", f"{verdict.code}: {verdict.detail}"
        row.attempts += 1
        row.save(update_fields=["state", "last_error", "attempts"])
    else:
        if verdict.action == "reseal":
            Delivery.objects.filter(pk=row.pk).update(state="waiting", envelope=None)
        _wait(row, now, verdict.code, verdict.detail, verdict)


def accept_receipt(row: Delivery, office: Office, receipt: bytes, now: datetime) -> None:
    """Verify a receipt and note the delivery; a receipt that does not verify counts as no answer."""
    witnesses: Sequence[str] = [each.witness_key for each in resources.directory(now).offices() if each.witness_key]
    try:
        verified = verify_receipt(receipt, office, envelope=row.envelope_sha256, witness_vkeys=witnesses)
    except ComityError as error:
        _wait(row, now, error.code, error.message)
        return
    refused = [act.code for act in verified.receipt.acts if act.id == row.act_id and act.status == "refused"]
    refused = refused or [act.code for act in verified.receipt.acts if act.status == "refused"]
    row.state = "refused" if refused else "delivered"
    row.last_error = refused[0] if refused else ""
    row.receipt, row.delivered_at, row.envelope = receipt, verified.receipt.received_at, None
    row.save(update_fields=["state", "last_error", "receipt", "delivered_at", "envelope"])


def _wait(row: Delivery, now: datetime, code: str, detail: str, verdict: Verdict | None = None) -> None:
    attempts = row.attempts + 1
    name = row.envelope_sha256 or digest(row.act_id.encode())
    next_at = next_attempt(name, attempts, now, wait=verdict.wait if verdict else None)
    Delivery.objects.filter(pk=row.pk).update(
        attempts=attempts, next_at=next_at, last_error=f"{code}: {detail}" if detail else code
    )
