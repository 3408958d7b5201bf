"""What happened in a dossier, one event an act, and why an act had no effect."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from comity.acts.act import Act


class Reason(StrEnum):
    """Why an act has no effect; the words for people are in the catalogue of remarks."""

    ANOTHER_DOSSIER = "another-dossier"
    ANOTHER_PROCEDURE = "another-procedure"
    NO_PARTIES = "no-parties"
    UNKNOWN_ACTOR = "unknown-actor"
    WRONG_SENDER = "wrong-sender"
    UNKNOWN_STEP = "unknown-step"
    FOLLOWS_NOTHING = "follows-nothing"
    NOT_ALLOWED = "not-allowed"
    CROSSED = "crossed"
    TOO_EARLY = "too-early"
    CONDITION_OPEN = "condition-open"


@dataclass(frozen=True, slots=True)
class Event:
    """One act in its place, or time that ran out.

    Attributes:
        id: the act's id; empty when a clock did it.
        at: the trusted time of the act, or the end of the clock.
        from_state: the state before.
        to_state: the state after; the same when the act only records something or has no effect.
        effective: whether it counts.
        reason: why not.
        act: the act; None when a clock did it.
        clock: id of the clock that ran out.
    """

    id: str
    step: str
    actor: str
    at: datetime
    from_state: str
    to_state: str
    effective: bool
    reason: Reason | None = None
    act: Act | None = None
    clock: str = ""
