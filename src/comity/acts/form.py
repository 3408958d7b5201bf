"""A form as a value: what an official form or a treaty article wants to know, field by field, with the article that asks.

Forms are data (`lawbook/forms`). The test of a field that is required only sometimes is kept as it stands in the data;
`comity.cooperation` evaluates it. Titles, labels and helps are in several languages: language -> words.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, cast

from comity.errors import LocalError

FIELD_TYPES = (
    "code",
    "codes",
    "text",
    "date",
    "datetime",
    "state",
    "authority",
    "person",
    "identifier",
    "number",
    "duration",
    "boolean",
    "file",
    "table",
)
Labels = Mapping[str, str]


class MalformedFormError(LocalError):
    """A form in the lawbook does not have the shape of a form."""

    code = "malformed-form"


@dataclass(frozen=True, slots=True)
class Choice:
    """One code that may be chosen, with its label in every language."""

    code: str
    label: Labels


@dataclass(frozen=True, slots=True)
class Field:
    """One datum that a form asks for.

    Attributes:
        id: snake_case, unique in the form; the same id means the same datum in every form.
        label: language -> words.
        type: one of FIELD_TYPES.
        required: "always", "no" or a test (see `comity.cooperation.condition`).
        article: who asks for it.
        help: language -> why it is asked and what a good answer looks like.
        example: a fictional answer.
        codes: the choices of a `code` or `codes` field; empty when `codes_from` names a shared list.
        codes_from: kind of shared term (`ground`, `offence`, `measure`, ...) whose codes may be chosen.
        columns: the columns of a `table`.
    """

    id: str
    label: Labels
    type: str
    required: Literal["always", "no"] | Mapping[str, object] = "no"
    article: str = ""
    help: Labels | None = None
    example: object = None
    codes: tuple[Choice, ...] = ()
    codes_from: str = ""
    columns: tuple["Field", ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a form under one title."""

    id: str
    title: Labels
    article: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A form: its sections in order, who fills it, what it rests on.

    Attributes:
        confidence: how sure the list of fields is as a whole: high, medium or low.
    """

    id: str
    title: Labels
    reference: str
    sections: tuple[Section, ...]
    filled_by: tuple[str, ...] = ()
    confidence: str = "low"

    def fields(self) -> Iterator[Field]:
        """Yield the fields in the order of the form."""
        for section in self.sections:
            yield from section.fields


def parse_form(value: Mapping[str, object]) -> Form:
    """Make a form of its data.

    Raises:
        MalformedFormError: a member is missing or has another shape.
    """
    try:
        sections = cast(list[Mapping[str, object]], value["sections"])
        return Form(
            id=str(value["id"]),
            title=_labels(value["title"]),
            reference=str(value["reference"]),
            sections=tuple(_section(section) for section in sections),
            filled_by=tuple(cast(list[str], value.get("filled_by", []))),
            confidence=str(value.get("confidence", "low")),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise MalformedFormError(
            f"A form lacks {error} or it has another shape.", where=str(value.get("id", ""))
        ) from error


def _section(value: Mapping[str, object]) -> Section:
    fields = cast(list[Mapping[str, object]], value["fields"])
    return Section(str(value["id"]), _labels(value["title"]), str(value.get("article", "")), tuple(map(_field, fields)))


def _field(value: Mapping[str, object]) -> Field:
    kind = str(value["type"])
    if kind not in FIELD_TYPES:
        raise MalformedFormError(f"'{kind}' is no type of field.", where=str(value["id"]))
    codes = cast(list[Mapping[str, object]], value.get("codes") or [])
    return Field(
        id=str(value["id"]),
        label=_labels(value["label"]),
        type=kind,
        required=cast("Literal['always', 'no'] | Mapping[str, object]", value.get("required", "no")),
        article=str(value.get("article", "")),
        help=_labels(value["help"]) if value.get("help") else None,
        example=value.get("example"),
        codes=tuple(Choice(str(choice["code"]), _labels(choice["label"])) for choice in codes),
        codes_from=str(value.get("codes_from", "")),
        columns=tuple(map(_field, cast(list[Mapping[str, object]], value.get("columns") or []))),
    )


def _labels(value: object) -> dict[str, str]:
    return {str(language): str(words) for language, words in cast(Mapping[str, object], value).items()}
