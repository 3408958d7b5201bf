"""Makes the dossier's row of its acts: the acts are the truth, the row is what pages ask for."""

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache

from comity.acts.act import Act, decode_act
from comity.cooperation.clocks import RunningClock
from comity.cooperation.dossier import Dossier as Folded
from comity.cooperation.dossier import Received, fold, turn
from comity.node import law, resources
from comity.node.models import ActRecord, Dossier


def received_acts(dossier_id: str) -> Iterator[Received]:
    """Yield the acts of a dossier that are here, with the times that their time stamps prove."""
    rows = ActRecord.objects.filter(dossier_id=dossier_id).values_list("payload", "signed_at")
    for payload, signed_at in rows:
        yield Received(_decoded(bytes(payload)), signed_at)


@lru_cache(maxsize=2048)
def _decoded(payload: bytes) -> Act:
    """Decode a stored payload; the same bytes are the same act, so a long dossier is not parsed again for every act."""
    return decode_act(payload)


def folded(dossier_id: str, now: datetime) -> Folded | None:
    """Return the dossier as the fold sees it; None while its opening act is missing."""
    acts = list(received_acts(dossier_id))
    opening = next((item.act for item in acts if item.act.dossier is None), None)
    if opening is None:
        return None
    found = law.lawbook()
    return fold(law.procedure(opening.procedure), acts, dossier=dossier_id, now=now, calendars=found.calendars)


def project(dossier_id: str, now: datetime) -> bool:
    """Write the dossier's row anew; return whether there is one: its opening act is here, and it is business of this office.

    Args:
        dossier_id: id of the dossier.
        now: clocks that have run out by then take effect.
    """
    state = folded(dossier_id, now)
    if state is None:
        return False
    ours = state.actor_of(resources.home().office)
    if ours is None:
        return False
    opening = next(event.act for event in state.history if event.id == dossier_id and event.act is not None)
    values = _values(state, opening, ours, now)
    if not Dossier.objects.filter(id=dossier_id).update(**values):
        Dossier.objects.create(id=dossier_id, **values)
    return True


def _values(state: Folded, opening: Act, ours: str, now: datetime) -> dict[str, object]:
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
