"""Moves exhibits to partners, load by load: asks what is missing there, so that it goes on wherever it stopped."""

import json
from datetime import datetime
from http import HTTPStatus

from comity.acts.office import Office
from comity.errors import ComityError, TransportError
from comity.evidence.exhibit import decode_list
from comity.evidence.transfer import Load, loads, seal_load
from comity.exchange.delivery import next_attempt
from comity.node import clock, resources
from comity.node.claim import Stopping, claim, prolong
from comity.node.models import Delivery, Holding, Transfer
from comity.node.partners import call

SECONDS = 120.0


class UnexpectedAnswerError(TransportError):
    """A partner's node answered with something that is not in the protocol."""

    code = "unexpected-answer"


def run(now: datetime, stopping: Stopping) -> int:
    """Take one transfer that is due and whose act has arrived, and send what is missing."""
    arrived = Delivery.objects.filter(state="delivered").values("act_id")
    due = Transfer.objects.filter(state__in=("waiting", "sending"), next_at__lte=now, act_id__in=arrived)
    rows = claim(due.order_by("next_at", "id"), "next_at", now, limit=1)
    for row in rows:
        try:
            _push(row, resources.office(row.recipient, now), stopping)
        except ComityError as error:
            _later(row, error)
    return len(rows)


def missing_loads(office: Office, list_sha256: str) -> tuple[int, ...]:
    """Ask a partner which loads of a list it lacks.

    Raises:
        NoAnswerError, UnexpectedAnswerError: it cannot be known now.
    """
    answer = call("GET", f"{office.url}/exchange/transfers/{list_sha256}", max_answer=8 * 1024 * 1024)
    try:
        if answer.status_code == HTTPStatus.OK:
            return tuple(int(number) for number in json.loads(answer.content)["missing"])
    except (ValueError, KeyError, TypeError) as error:
        raise UnexpectedAnswerError("The partner's list of missing loads cannot be read.") from error
    raise UnexpectedAnswerError(f"The partner answered with status {answer.status_code}.")


def _push(row: Transfer, office: Office, stopping: Stopping) -> None:
    holding = Holding.objects.filter(list_sha256=row.list_sha256).exclude(list_bytes=None).first()
    if holding is None or holding.list_bytes is None:
        raise UnexpectedAnswerError("The list is not here.")
    plan = loads(decode_list(bytes(holding.list_bytes)))
    missing = missing_loads(office, row.list_sha256)
    _progress(row, plan, missing)
    for number in missing:
        if stopping():
            Transfer.objects.filter(pk=row.pk).update(next_at=clock.now())
            return
        if not 0 <= number < len(plan):
            raise UnexpectedAnswerError("The partner asks for a load that the list does not have.")
        _send(row, office, plan[number])
        row.loads_done = sorted({*row.loads_done, number})
        row.save(update_fields=["loads_done"])
        prolong(row, "next_at", clock.now())
    if not missing or not missing_loads(office, row.list_sha256):
        Transfer.objects.filter(pk=row.pk).update(
            state="done", loads_done=list(range(len(plan))), last_error="", changed_at=clock.now()
        )


def _progress(row: Transfer, plan: tuple[Load, ...], missing: tuple[int, ...]) -> None:
    row.state, row.loads_total = "sending", len(plan)
    row.loads_done = sorted(set(range(len(plan))) - set(missing))
    row.changed_at = clock.now()
    row.save(update_fields=["state", "loads_total", "loads_done", "changed_at"])


def _send(row: Transfer, office: Office, load: Load) -> None:
    data = seal_load(load, resources.vault(), office.age_recipients[:1])
    url = f"{office.url}/exchange/transfers/{row.list_sha256}/{load.number}"
    answer = call("PUT", url, content=data, timeout=SECONDS)
    if answer.status_code != HTTPStatus.NO_CONTENT:
        raise UnexpectedAnswerError(f"The partner answered with status {answer.status_code} to load {load.number}.")


def _later(row: Transfer, error: ComityError) -> None:
    attempts = row.attempts + 1
    Transfer.objects.filter(pk=row.pk).update(
        attempts=attempts,
        next_at=next_attempt(row.list_sha256, attempts, clock.now()),
        last_error=f"{error.code}: {error.message}",
        changed_at=clock.now(),
    )
