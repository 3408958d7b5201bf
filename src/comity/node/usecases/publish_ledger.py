"""Publishes the head of the ledger: signed, and cosigned by those witnesses that answer quickly."""

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from comity.acts.office import Office
from comity.errors import ComityError
from comity.ledger.cosignature import WitnessVerifier
from comity.ledger.merkle import consistency_proof
from comity.ledger.note import NoteSigner
from comity.ledger.witness import AddCheckpoint, Conflict, add_cosignatures
from comity.node import ledger_rows
from comity.node.partners import call

log = logging.getLogger("comity.ledger")
WITNESS_SECONDS = 2.0


def publish_ledger(signer: NoteSigner, witnesses: Sequence[Office], now: datetime) -> bool:
    """Publish what was logged since the last time.

    Args:
        signer: of this node's ledger.
        witnesses: offices whose nodes are asked to cosign; those that do not answer are left out.
        now: when it is published.

    Returns:
        Whether there was anything to publish.
    """
    size = ledger_rows.ledger_size()
    before, _ = ledger_rows.published()
    if size == before:
        return False
    note = ledger_rows.head(size, signer)
    requests = [_Request(witness, note, before, size) for witness in _reachable(witnesses)]
    ledger_rows.set_published(size, _with_cosignatures(note, requests), now)
    return True


def ask_missing_witnesses(witnesses: Sequence[Office], now: datetime) -> bool:
    """Ask those witnesses again that did not cosign the published head.

    Args:
        witnesses: offices whose nodes may cosign.
        now: when the head is published with what they answered.

    Returns:
        Whether somebody cosigned.
    """
    size, note = ledger_rows.published()
    missing = [each for each in _reachable(witnesses) if f"— {name_of(each)} ".encode() not in note]
    if not note or not missing:
        return False
    cosigned = _with_cosignatures(note, [_Request(witness, note, size, size) for witness in missing])
    ledger_rows.set_published(size, cosigned, now)
    return cosigned != note


def name_of(witness: Office) -> str:
    """Return the name under which a witness cosigns: the first part of its verifier key."""
    return witness.witness_key.split("+")[0]


def _reachable(witnesses: Sequence[Office]) -> list[Office]:
    return [each for each in witnesses if each.url and each.witness_key]


class _Request:
    """One witness that is asked; the proofs are read from the database before threads take over."""

    def __init__(self, witness: Office, note: bytes, before: int, size: int) -> None:
        self.witness, self.note, self.size = witness, note, size
        self.old = before
        self.proof = consistency_proof(before, size, ledger_rows.read_hashes)


def _with_cosignatures(note: bytes, requests: Sequence[_Request]) -> bytes:
    if not requests:
        return note
    with ThreadPoolExecutor(max_workers=min(8, len(requests))) as pool:
        answers = list(pool.map(_ask, requests))
    for request, answer in zip(requests, answers, strict=True):
        answer = _ask_again(request, answer) if isinstance(answer, Conflict) else answer
        if isinstance(answer, bytes):
            note = _add(note, answer, request.witness)
    return note


def _ask(request: _Request) -> bytes | Conflict | None:
    """Return the witness's lines, the size it wants to start from, or None when it gave neither."""
    body = AddCheckpoint(request.old, request.proof, request.note).encode()
    url = f"{request.witness.url}/ledger/add-checkpoint"
    try:
        answer = call("POST", url, content=body, timeout=WITNESS_SECONDS)
        if answer.status_code == 409:
            return Conflict.parse(answer.content)
    except ComityError as error:
        log.info("witness %s: %s", request.witness.id, error.code)
        return None
    return answer.content if answer.is_success else None


def _ask_again(request: _Request, conflict: Conflict) -> bytes | None:
    if conflict.size > request.size:
        log.error("witness %s saw a larger ledger of ours: %d entries", request.witness.id, conflict.size)
        return None
    request.old = conflict.size
    request.proof = consistency_proof(conflict.size, request.size, ledger_rows.read_hashes)
    answer = _ask(request)
    return answer if isinstance(answer, bytes) else None


def _add(note: bytes, lines: bytes, witness: Office) -> bytes:
    try:
        return add_cosignatures(note, lines, [WitnessVerifier.parse(witness.witness_key)])
    except ComityError as error:
        log.warning("witness %s answered with something else: %s", witness.id, error.code)
        return note
