"""How the answers of a form read on paper, by the type of the field. An answer of another shape is printed as the JSON it is."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from comity.acts import phrases
from comity.acts.act import Text
from comity.acts.canonical import canonical
from comity.acts.checks import parse_instant
from comity.acts.form import Field
from comity.acts.spans import Line, Row, each, joined, of_text, plain
from comity.acts.wordbook import Wordbook

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def as_json(value: object) -> str:
    """Return a value as canonical JSON text."""
    return canonical(value).decode("utf-8")


def answer_of(row: Row, field: Field | None, value: object, words: Wordbook, languages: Sequence[str]) -> Row:
    """Return the row with the answer in it.

    Args:
        row: number and labels.
        field: what the form says of the field; None when this lawbook does not know it.
        value: the answer, as JSON.
        words: labels of codes.
        languages: the languages of the document.
    """
    answers = _Answers(words, tuple(languages))
    if field and field.type == "table" and isinstance(value, list) and all(isinstance(cells, dict) for cells in value):
        table = answers.table(field, value)
        if table:
            return replace(row, table=table)
    return replace(row, lines=answers.lines(field, value))


@dataclass(frozen=True, slots=True)
class _Answers:
    words: Wordbook
    languages: tuple[str, ...]

    def lines(self, field: Field | None, value: object) -> tuple[Line, ...]:
        if isinstance(value, list) and not any(isinstance(one, list | dict) and not _is_text(one) for one in value):
            return tuple(line for one in value for line in self.lines(field, one)) or (plain("[]", "code"),)
        if _is_text(value):
            return (of_text(Text(value["text"], value["language"]), self.languages),)  # type: ignore[index]
        special = self._special(field, value)
        if special:
            return special
        if isinstance(value, bool):
            return self._each(lambda language: phrases.phrase(language, "yes" if value else "no"))
        if isinstance(value, str) and value.strip():
            return (
                plain(value, "value" if field is None or field.type in ("identifier", "file", "code", "codes") else ""),
            )
        return (plain(as_json(value), "" if isinstance(value, int | float) else "value"),)

    def _special(self, field: Field | None, value: object) -> tuple[Line, ...]:
        """Return the answer as its type reads, or nothing when it is not an answer of that type."""
        if field is None or not isinstance(value, str):
            return ()
        if field.type in ("code", "codes"):
            return self._code(field, value)
        if field.type == "state":
            return self._each(lambda language: self.words.label("state", value, language), value)
        words = _WORDS.get(field.type)
        return self._each(lambda language: words(language, value)) if words and words("en", value) else ()

    def _code(self, field: Field, value: str) -> tuple[Line, ...]:
        labels = next((choice.label for choice in field.codes if choice.code == value), None)
        if labels:
            return self._each(lambda language: labels.get(language) or labels.get("en", ""), value)
        if field.codes_from:
            kind = field.codes_from
            return self._each(lambda language: self.words.label(kind, value, language), value)
        return ()

    def _each(self, words: Callable[[str], str], code: str = "") -> tuple[Line, ...]:
        return joined(each(self.languages, words), code)

    def table(self, field: Field, rows: Sequence[Mapping[str, object]]) -> tuple[tuple[tuple[Line, ...], ...], ...]:
        """Return header and rows; columns that nobody filled are left out, those the form does not know stand last."""
        known = {column.id: column for column in field.columns}
        filled = {name for row in rows for name in row}
        names = [*(name for name in known if name in filled), *sorted(filled - known.keys())]
        if not names:
            return ()
        header = tuple(self._header(known.get(name), name) for name in names)
        return (header, *(tuple(self._cell(known.get(name), row, name) for name in names) for row in rows))

    def _cell(self, column: Field | None, row: Mapping[str, object], name: str) -> tuple[Line, ...]:
        value = row.get(name)
        if column and column.type == "datetime" and isinstance(value, str) and _instant("en", value):
            return (plain(value.replace("T", " ").replace("Z", " UTC")),)
        return self.lines(column, value) if name in row else ()

    def _header(self, column: Field | None, name: str) -> tuple[Line, ...]:
        if column is None:
            return (plain(name, "code"),)
        return tuple(
            (span,)
            for span in each(self.languages, lambda language: column.label.get(language) or column.label.get("en", ""))
        )


def _is_text(value: object) -> bool:
    return (
        isinstance(value, dict)
        and value.keys() == {"text", "language"}
        and isinstance(value["text"], str)
        and isinstance(value["language"], str)
    )


def _day(language: str, value: str) -> str:
    try:
        return phrases.day(language, date.fromisoformat(value)) if _DATE.fullmatch(value) else ""
    except ValueError:
        return ""


def _instant(language: str, value: str) -> str:
    try:
        return phrases.instant(language, parse_instant(value))
    except ValueError:
        return ""


def _period(language: str, value: str) -> str:
    return phrases.period(language, value) or ""


_WORDS: Mapping[str, Callable[[str, str], str]] = {"date": _day, "datetime": _instant, "duration": _period}
