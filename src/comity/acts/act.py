"""The act as a value: one signed step in a dossier.

An act's identity is the SHA-256 of its canonical JSON. It names the acts that it follows, so a dossier is a graph linked by hashes.
Choices are codes, free text carries its language, exhibits are named by digest. Members that this version does not know are kept
in `extra` and survive a round trip, so that an older node never changes what a newer one signed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType

from comity.acts.canonical import canonical, digest
from comity.errors import PeerError

SCHEMA = "comity-act/1"
DIGEST = re.compile(r"[0-9a-f]{64}")
OFFICE_ID = re.compile(r"[a-z]{2}/[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?")
CODE = re.compile(r"[a-z0-9]+(?:[-_.:][a-z0-9]+)*")
INSTANT = "%Y-%m-%dT%H:%M:%SZ"


class MalformedActError(PeerError):
    """A payload is JSON but not an act."""

    code = "malformed-act"


@dataclass(frozen=True, slots=True)
class Text:
    """Words of a person, with the language they are written in (BCP 47)."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class RouteRef:
    """The lawful way that a request takes: which instrument and articles, for which measure, through which channel."""

    instrument: str
    article: str
    measure: str
    channel: str


@dataclass(frozen=True, slots=True)
class RefusalRef:
    """The ground on which something is refused, by code and article, with the words of the refusing office."""

    ground: str
    article: str
    explanation: Text | None = None


@dataclass(frozen=True, slots=True)
class ExhibitListRef:
    """Names a list of exhibits by the SHA-256 of its canonical JSON; `bytes` is the sum of the exhibits' sizes."""

    sha256: str
    count: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Concerns:
    """Points at another dossier (and perhaps one act in it) that this act has to do with, without revealing it."""

    dossier: str
    act: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Who drafted or approved the act, as the office wants to show it: a name or a service number, and the function."""

    name: str
    function: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """One step in a dossier.

    Attributes:
        procedure: id of the procedure (`lawbook/procedures`) that says what may follow what.
        act: id of the step in that procedure.
        actor: the part the sender plays in the procedure (`requesting`, `requested`, `provider`).
        sender: id of the office that signs.
        parties: actor -> office id; the dossier's circle of readers. Present in the opening act only.
        dossier: id of the opening act, or None when this act opens the dossier.
        after: ids of the acts it follows, sorted.
        made_at: when it was made, UTC, whole seconds.
        reference: the sender's own reference.
        subject: one line that says what the dossier is about.
        form: id of the form that was filled, or None.
        fields: the form's answers: field id -> JSON value; free text as {"text", "language"}.
        languages: languages the document is written in, in order of appearance.
        extra: members this version does not know.
    """

    procedure: str
    act: str
    actor: str
    sender: str
    made_at: datetime
    subject: Text
    reference: str = ""
    parties: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    dossier: str | None = None
    after: tuple[str, ...] = ()
    route: RouteRef | None = None
    form: str | None = None
    fields: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    refusal: RefusalRef | None = None
    note: Text | None = None
    exhibits: ExhibitListRef | None = None
    concerns: tuple[Concerns, ...] = ()
    drafted_by: Person | None = None
    approved_by: Person | None = None
    languages: tuple[str, ...] = ("en", "zh")
    extra: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def id(self) -> str:
        """The act's identity: SHA-256 of its canonical JSON."""
        return digest(canonical(to_payload(self)))

    @property
    def dossier_id(self) -> str:
        """Id of the dossier that the act belongs to; the opening act's own id."""
        return self.dossier or self.id


def to_payload(act: Act) -> dict[str, object]:
    """Return the act as the JSON value that is embedded in its PDF; absent members are left out."""
    payload: dict[str, object] = {
        "schema": SCHEMA,
        "procedure": act.procedure,
        "act": act.act,
        "actor": act.actor,
        "sender": act.sender,
        "made_at": act.made_at.astimezone(UTC).strftime(INSTANT),
        "subject": _text(act.subject),
        "languages": list(act.languages),
    }
    optional: dict[str, object] = {
        "reference": act.reference,
        "parties": dict(act.parties),
        "dossier": act.dossier,
        "after": list(act.after),
        "route": act.route
        and {name: getattr(act.route, name) for name in ("instrument", "article", "measure", "channel")},
        "form": act.form,
        "fields": dict(act.fields),
        "refusal": act.refusal and _refusal(act.refusal),
        "note": act.note and _text(act.note),
        "exhibits": act.exhibits
        and {"sha256": act.exhibits.sha256, "count": act.exhibits.count, "bytes": act.exhibits.bytes},
        "concerns": [{"dossier": c.dossier, **({"act": c.act} if c.act else {})} for c in act.concerns],
        "drafted_by": act.drafted_by and _person(act.drafted_by),
        "approved_by": act.approved_by and _person(act.approved_by),
    }
    payload.update({name: value for name, value in optional.items() if value})
    return {**act.extra, **payload}


def _text(text: Text) -> dict[str, object]:
    return {"text": text.text, "language": text.language}


def _person(person: Person) -> dict[str, object]:
    return {"name": person.name, **({"function": person.function} if person.function else {})}


def _refusal(refusal: RefusalRef) -> dict[str, object]:
    value: dict[str, object] = {"ground": refusal.ground, "article": refusal.article}
    if refusal.explanation:
        value["explanation"] = _text(refusal.explanation)
    return value


def parse_instant(value: str) -> datetime:
    """Parse `2026-11-24T09:12:00Z`; no other form is accepted.

    Raises:
        ValueError: the text is not an instant in that form.
    """
    return datetime.strptime(value, INSTANT).replace(tzinfo=UTC)
