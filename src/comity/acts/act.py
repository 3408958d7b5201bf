"""The act as a value: one signed step in a dossier.

An act's identity is the SHA-256 of its canonical JSON. It names the acts that it follows, so a dossier is a graph linked by hashes.
Choices are codes, free text carries its language, exhibits are named by digest. Members that this version does not know are kept
in `extra` and survive a round trip, so that an older node never changes what a newer one signed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType

from comity.acts import checks
from comity.acts.canonical import canonical, digest, parse_canonical
from comity.acts.checks import CODE, DIGEST, INSTANT, OFFICE_ID, MalformedActError, parse_instant
from comity.acts.references import (
    Concerns,
    ExhibitListRef,
    Person,
    RefusalRef,
    RouteRef,
    Text,
    parse_concern,
    parse_exhibits,
    parse_person,
    parse_refusal,
    parse_route,
    parse_text,
    write_person,
    write_refusal,
    write_text,
)

__all__ = [
    "CODE",
    "DIGEST",
    "OFFICE_ID",
    "SCHEMA",
    "Act",
    "Concerns",
    "ExhibitListRef",
    "MalformedActError",
    "Person",
    "RefusalRef",
    "RouteRef",
    "Text",
    "decode_act",
    "encode_act",
    "from_payload",
    "parse_instant",
    "to_payload",
]

SCHEMA = "comity-act/1"


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
        "subject": write_text(act.subject),
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
        "refusal": act.refusal and write_refusal(act.refusal),
        "note": act.note and write_text(act.note),
        "exhibits": act.exhibits
        and {"sha256": act.exhibits.sha256, "count": act.exhibits.count, "bytes": act.exhibits.bytes},
        "concerns": [{"dossier": c.dossier, **({"act": c.act} if c.act else {})} for c in act.concerns],
        "drafted_by": act.drafted_by and write_person(act.drafted_by),
        "approved_by": act.approved_by and write_person(act.approved_by),
    }
    payload.update({name: value for name, value in optional.items() if value})
    return {**act.extra, **payload}


def encode_act(act: Act) -> bytes:
    """Return the canonical JSON of an act: the bytes that are embedded in its PDF and whose SHA-256 is its id."""
    return canonical(to_payload(act))


def decode_act(data: bytes) -> Act:
    """Return the act that canonical bytes hold.

    Args:
        data: unverified bytes.

    Raises:
        NotCanonicalError: the bytes are not canonical JSON within the limits.
        MalformedActError: they are, but they are not an act.
    """
    value = parse_canonical(data)
    if not isinstance(value, dict):
        raise MalformedActError("The payload is not an object.")
    return from_payload(value)


def from_payload(value: Mapping[str, object]) -> Act:
    """Return the act that a JSON value holds; members this version does not know are kept in `extra`.

    Raises:
        MalformedActError: a member is missing, has another shape, or holds characters that paper cannot show honestly.
    """
    if value.get("schema") != SCHEMA:
        raise MalformedActError(f"The payload does not follow {SCHEMA}.", where="schema")
    extra = {name: member for name, member in value.items() if name not in _KNOWN}
    for name, member in extra.items():
        checks.line(name, "", 1)
        checks.json_value(member, name)
    act = Act(**_required(value), **_optional(value), extra=MappingProxyType(extra))  # type: ignore[arg-type]
    if to_payload(act) != value:
        raise MalformedActError("The payload holds an empty member; absent members are left out.")
    return act


def _required(value: Mapping[str, object]) -> dict[str, object]:
    missing = {"procedure", "act", "actor", "sender", "made_at", "subject", "languages"} - value.keys()
    if missing:
        raise MalformedActError("A member is missing.", where=min(missing))
    return {
        **{name: checks.code(value[name], name) for name in ("procedure", "act", "actor")},
        "sender": checks.match(OFFICE_ID, value["sender"], "sender"),
        "made_at": checks.instant(value["made_at"], "made_at"),
        "subject": parse_text(value["subject"], "subject"),
        "languages": checks.unique(
            tuple(
                checks.match(checks.LANGUAGE, one, "languages")
                for one in checks.array(value["languages"], "languages", 4)
            ),
            "languages",
        ),
    }


def _optional(value: Mapping[str, object]) -> dict[str, object]:
    return {name: parse(value[name], name) for name, parse in _PARSERS.items() if name in value}


def _concerns(value: object, where: str) -> tuple[Concerns, ...]:
    return tuple(parse_concern(one, where) for one in checks.array(value, where, 64))


def _after(value: object, where: str) -> tuple[str, ...]:
    ids = checks.unique(tuple(checks.digest(one, where) for one in checks.array(value, where, 64)), where)
    if list(ids) != sorted(ids):
        raise MalformedActError("The ids are not sorted.", where=where)
    return ids


def _parties(value: object, where: str) -> Mapping[str, str]:
    if not isinstance(value, dict) or not 1 <= len(value) <= 16:
        raise MalformedActError("This must be an object of 1 to 16 parties.", where=where)
    return MappingProxyType(
        {checks.code(actor, where): checks.match(OFFICE_ID, office, where) for actor, office in value.items()}
    )


def _fields(value: object, where: str) -> Mapping[str, object]:
    if not isinstance(value, dict) or not 1 <= len(value) <= 400:
        raise MalformedActError("This must be an object of 1 to 400 fields.", where=where)
    for name, answer in value.items():
        checks.json_value(answer, f"{where}.{checks.match(checks.FIELD_ID, name, where)}")
        if answer is None:
            raise MalformedActError("An empty answer is left out.", where=f"{where}.{name}")
    return MappingProxyType(dict(value))


_PARSERS: Mapping[str, Callable[[object, str], object]] = {
    "reference": checks.filled,
    "parties": _parties,
    "dossier": checks.digest,
    "after": _after,
    "route": parse_route,
    "form": checks.code,
    "fields": _fields,
    "refusal": parse_refusal,
    "note": parse_text,
    "exhibits": parse_exhibits,
    "concerns": _concerns,
    "drafted_by": parse_person,
    "approved_by": parse_person,
}
_KNOWN = frozenset(
    {"schema", "procedure", "act", "actor", "sender", "made_at", "subject", "languages"} | _PARSERS.keys(),
)
