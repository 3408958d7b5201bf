"""Makes the dossier's row of its acts: the acts are the truth, the row is what pages ask for."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import lru_cache

from comity.acts.act import Act, decode_act
from comity.cooperation.clocks import RunningClock
from comity.cooperation.dossier import Dossier as Folded
from comity.cooperation.dossier import Received, fold, turn
from comity.node import law, resources
from comity.node.models import ActRecord, Dossier

PROJECTED = [field.name for field in Dossier._meta.concrete_fields if field.name not in ("id", "case")]
"""What follows from the acts; which case a dossier belongs to is decided by people."""


def received_acts(dossiers: Iterable[str]) -> dict[str, list[Received]]:
    """Return the acts of dossiers that are here, with the times that their time stamps prove."""
    found: dict[str, list[Received]] = {}
    rows = ActRecord.objects.filter(dossier_id__in=dossiers).values_list("dossier_id", "payload", "signed_at")
    for dossier_id, payload, signed_at in rows:
        found.setdefault(dossier_id, []).append(Received(_decoded(bytes(payload)), signed_at))
    return found


@lru_cache(maxsize=2048)
def _decoded(payload: bytes) -> Act:
    """Decode a stored payload; the same bytes are the same act, so a long dossier is not parsed again for every act."""
    return decode_act(payload)


def folded(dossier_id: str, now: datetime) -> Folded | None:
    """Return the dossier as the fold sees it; None while its opening act is missing."""
    return _folded(dossier_id, received_acts([dossier_id]).get(dossier_id, ()), now)


def _folded(dossier_id: str, acts: Sequence[Received], now: datetime) -> Folded | None:
    opening = next((item.act for item in acts if item.act.dossier is None), None)
    if opening is None:
        return None
    found = law.lawbook()
    return fold(law.procedure(opening.procedure), acts, dossier=dossier_id, now=now, calendars=found.calendars)


def project(dossiers: Collection[str], now: datetime) -> int:
    """Write the rows of dossiers anew; return how many have one: their opening act is here, and they are business of this office.

    Args:
        dossiers: their ids.
        now: clocks that have run out by then take effect.
    """
    acts = received_acts(dossiers)
    rows = [row for name in dossiers if (row := _row(name, acts.get(name, ()), now)) is not None]
    Dossier.objects.bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=PROJECTED)
    return len(rows)


def _row(dossier_id: str, acts: Sequence[Received], now: datetime) -> Dossier | None:
    state = _folded(dossier_id, acts, now)
    ours = state.actor_of(resources.home().office) if state else None
    if state is None or ours is None:
        return None
    opening = next(event.act for event in state.history if event.id == dossier_id and event.act is not None)
    return Dossier(id=dossier_id, **_values(state, opening, ours))


def _values(state: Folded, opening: Act, ours: str) -> dict[str, object]:
    acting = turn(state)
    clock = most_urgent(state)
    times = [event.at for event in state.history]
    others = [office for actor, office in state.parties.items() if actor != ours]
    return {
        "procedure": opening.procedure,
        "subject": opening.subject.text,
        "subject_language": opening.subject.language,
        "our_actor": ours,
        "partner": others[0] if others else "",
        "measure": opening.route.measure if opening.route else "",
        "state": state.state,
        "turn": "nobody" if not acting else "ours" if ours in acting else "theirs",
        "due_at": clock.due_at if clock else None,
        "due_clock": clock.rule.id if clock else "",
        "ended": state.state if state.ended else "",
        "opened_at": min(times),
        "changed_at": max(times),
        "concerns": opening.concerns[0].dossier if opening.concerns else "",
    }


def most_urgent(state: Folded) -> RunningClock | None:
    """Return the running clock that ends first; None when none has an end."""
    running = [clock for clock in state.clocks if clock.running and clock.due_at is not None]
    return min(running, key=lambda clock: (clock.due_at, clock.rule.id)) if running and not state.ended else None
