"""The small values that an act is made of, each with how it is written as JSON and read back."""

from dataclasses import dataclass

from comity.acts import checks


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


def write_text(text: Text) -> dict[str, object]:
    """Return words as JSON."""
    return {"text": text.text, "language": text.language}


def write_person(person: Person) -> dict[str, object]:
    """Return a person as JSON."""
    return {"name": person.name, **({"function": person.function} if person.function else {})}


def write_refusal(refusal: RefusalRef) -> dict[str, object]:
    """Return a refusal as JSON."""
    value: dict[str, object] = {"ground": refusal.ground, "article": refusal.article}
    if refusal.explanation:
        value["explanation"] = write_text(refusal.explanation)
    return value


def parse_text(value: object, where: str) -> Text:
    """Return the words that a JSON value holds."""
    members = checks.members(value, where, "text language")
    return Text(
        checks.string(members["text"], where, checks.MAX_TEXT, 1),
        checks.match(checks.LANGUAGE, members["language"], where),
    )


def parse_person(value: object, where: str) -> Person:
    """Return the person that a JSON value holds."""
    members = checks.members(value, where, "name", "function")
    return Person(
        checks.filled(members["name"], where),
        checks.line(members.get("function", "x"), where, 1) if "function" in members else "",
    )


def parse_route(value: object, where: str) -> RouteRef:
    """Return the route that a JSON value holds."""
    members = checks.members(value, where, "instrument article measure channel")
    return RouteRef(
        checks.code(members["instrument"], where),
        checks.line(members["article"], where),
        checks.code(members["measure"], where),
        checks.code(members["channel"], where),
    )


def parse_refusal(value: object, where: str) -> RefusalRef:
    """Return the refusal that a JSON value holds."""
    members = checks.members(value, where, "ground article", "explanation")
    explanation = parse_text(members["explanation"], where) if "explanation" in members else None
    return RefusalRef(checks.code(members["ground"], where), checks.line(members["article"], where), explanation)


def parse_exhibits(value: object, where: str) -> ExhibitListRef:
    """Return the reference to a list of exhibits that a JSON value holds."""
    members = checks.members(value, where, "sha256 count bytes")
    return ExhibitListRef(
        checks.digest(members["sha256"], where),
        checks.size(members["count"], where),
        checks.size(members["bytes"], where),
    )


def parse_concern(value: object, where: str) -> Concerns:
    """Return the pointer to another dossier that a JSON value holds."""
    members = checks.members(value, where, "dossier", "act")
    return Concerns(
        checks.digest(members["dossier"], where), checks.digest(members["act"], where) if "act" in members else None
    )
