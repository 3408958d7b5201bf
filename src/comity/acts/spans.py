"""The parts of a document: words in one language and one style, lines of them, and the numbered rows."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from comity.acts import phrases
from comity.acts.act import Text
from comity.acts.characters import shown

SEPARATOR = " · "
MONO_STYLES = ("code", "value")


@dataclass(frozen=True, slots=True)
class Span:
    """Words in one language.

    Attributes:
        text: as paper shows them: characters that no font draws are named by code point.
        language: BCP 47; decides glyphs, line breaking and direction.
        style: "" (ink), `soft`, `strong`, `code` (a code or digest, small, in a mono
            face), `value` (an identifier that is the answer, in a mono face), `aside` (slanted remark of the paper itself).
    """

    text: str
    language: str
    style: str = ""


Line = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One particular: its number, its label in each language, and the answer.

    Attributes:
        heading: the row only names the form.
        table: the answer as a table: header cells, then the cells of each row; a cell is a tuple of lines.
    """

    labels: tuple[Span, ...]
    lines: tuple[Line, ...] = ()
    number: str = ""
    heading: bool = False
    table: tuple[tuple[tuple[Line, ...], ...], ...] = ()

    def spans(self) -> Iterator[Span]:
        """Yield what is printed, in the order of the paper."""
        if self.number:
            yield Span(self.number, "en")
        yield from self.labels
        for line in self.lines:
            yield from line
        for cells in self.table:
            for cell in cells:
                for line in cell:
                    yield from line


def plain(text: str, style: str = "", language: str = "en") -> Line:
    """Return a line that is the same in every language."""
    return (Span(shown(text), language, style),)


def each(languages: Sequence[str], words: Callable[[str], str], style: str = "") -> tuple[Span, ...]:
    """Return the same thing in each language; what reads the same in two languages appears once."""
    found: dict[str, str] = {}
    for language in languages:
        found.setdefault(shown(words(language)), language)
    return tuple(Span(text, language, style) for text, language in found.items())


def joined(spans: Sequence[Span], code: str = "") -> tuple[Line, ...]:
    """Return spans as lines: languages that run the same way share a line.

    Args:
        spans: the same thing in each language.
        code: the code that they stand for, small at the end of the first line.
    """
    runs = [list(run) for _, run in groupby(spans, lambda span: phrases.is_right_to_left(span.language))]
    if code:
        runs[0].append(Span(code, "en", "code"))
    return tuple(_separated(run) for run in runs)


def _separated(spans: Sequence[Span]) -> Line:
    line: list[Span] = []
    for span in spans:
        if line:
            line.append(Span("  " if span.style == "code" else SEPARATOR, "en", "soft"))
        line.append(span)
    return tuple(line)


def of_text(text: Text, languages: Sequence[str]) -> Line:
    """Return words of a person, followed by the language they are written in, said in the document's first language."""
    first = languages[0]
    said = phrases.phrase(first, "written-in", language=phrases.language_name(first, text.language))
    return (Span(shown(text.text), text.language), Span(" " + said, first, "aside"))
