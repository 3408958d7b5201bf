"""The two languages of the lawbook: which texts have their Chinese, and whether it says the same numbers in no English."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from comity.law.naming import MONTHS
from comity.lawbook.check_shapes import data_files, schemas, schemas_of
from comity.lawbook.reading import Document, read_table, read_yaml

_MONTH = re.compile(rf"(?<=\d )(?:{'|'.join(MONTHS)})\b|\b(?:{'|'.join(MONTHS)})(?= \d{{4}})")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_SCALED = re.compile(r"(\d+)( million|万)")
_SCALES = {" million": 1_000_000, "万": 10_000}
_NAMED = re.compile(r"“[^”]*”|《[^》]*》|（[^）]*）")
_ENGLISH = re.compile(r"[A-Za-z][\w'’-]*(?: [A-Za-z][\w'’-]*)*")
_WORD = re.compile(r"\b[a-z]{2,}\b")


@dataclass(frozen=True, slots=True)
class Said:
    """A text that people read; `zh` is empty where nobody has written the Chinese."""

    where: str
    en: str
    zh: str

    @property
    def faults(self) -> Iterator[str]:
        """What is wrong with the Chinese: other numbers than in the English, or English that was left."""
        if numbers(self.en) != numbers(self.zh):
            yield f"{self.where}: '{self.en}' and '{self.zh}' have different numbers"
        left = english(self.zh)
        if left:
            yield f"{self.where}: '{left}' is left in the Chinese"


def numbers(text: str) -> Counter[int]:
    """Return the numbers of a text with how often each stands; the name of a month in a date is its number."""
    plain = _THOUSANDS.sub("", text)
    dated = _MONTH.sub(lambda found: str(MONTHS.index(found[0]) + 1), plain)
    whole = _SCALED.sub(lambda found: str(int(found[1]) * _SCALES[found[2]]), dated)
    return Counter(int(digits) for digits in re.findall(r"[0-9]+", whole))


def english(text: str) -> str:
    """Return English words that stand in a Chinese text outside of quotations and brackets; names and abbreviations may."""
    for found in _ENGLISH.findall(_NAMED.sub("", text)):
        if " " in found and _WORD.search(found):
            return cast(str, found)
    return ""


def language_problems(texts: Iterable[Said]) -> Iterator[str]:
    """Yield what is wrong with the Chinese of texts."""
    for text in texts:
        if text.zh:
            yield from text.faults


def said_texts(folder: Path) -> Iterator[Said]:
    """Yield every text in two languages, and every one that its schema lets be English alone.

    Raises:
        MalformedLawError: a file cannot be read.
    """
    known, covered = schemas(folder), schemas_of(folder)
    for name, path in data_files(folder).items():
        if path.suffix == ".csv":
            yield from _of_table(name, read_table(path))
        else:
            schema = known[covered[name][0]]
            yield from _of_value(name, read_yaml(path), [schema], schema)


def _of_table(name: str, rows: Iterable[Document]) -> Iterator[Said]:
    for number, row in enumerate(rows, 2):
        for column, value in row.items():
            if value and f"{column}_zh" in row:
                yield Said(f"{name} row {number} {column}", str(value), str(row[f"{column}_zh"]))


def _of_value(where: str, value: object, shapes: list[Document], root: Document) -> Iterator[Said]:
    """Walk a document beside its schema: a plain text counts where the schema `said` is for it."""
    known = list(_branches(shapes, root))
    if isinstance(value, str):
        said = cast(Document, root.get("$defs", {})).get("said")
        if value and said is not None and any(shape is said for shape in known):
            yield Said(where, value, "")
    elif isinstance(value, dict) and {"en", "zh"} <= value.keys():
        yield Said(where, str(value["en"]), str(value["zh"]))
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _of_value(f"{where}/{key}", part, _below(known, str(key)), root)
    elif isinstance(value, list):
        items = [cast(Document, shape["items"]) for shape in known if isinstance(shape.get("items"), dict)]
        for number, part in enumerate(value):
            named = part.get("id") or part.get("iso2") if isinstance(part, Mapping) else None
            yield from _of_value(f"{where}/{named or number}", part, items, root)


def _branches(shapes: Iterable[Document], root: Document) -> Iterator[Document]:
    """Yield schemas with what they refer to and every alternative they allow."""
    for shape in shapes:
        yield shape
        reference = str(shape.get("$ref", ""))
        if reference:
            yield from _branches([cast("dict[str, Document]", root["$defs"])[reference.removeprefix("#/$defs/")]], root)
        yield from _branches(cast("list[Document]", shape.get("anyOf", [])), root)


def _below(shapes: Iterable[Document], key: str) -> list[Document]:
    found = []
    for shape in shapes:
        properties = cast("dict[str, Document]", shape.get("properties", {}))
        below = properties.get(key, shape.get("additionalProperties"))
        if isinstance(below, dict):
            found.append(below)
    return found
