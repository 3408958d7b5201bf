"""What the pages of the law share: the entrance, findings, what would settle an unknown, tables, downloads, the line of sources."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from comity.law.answer import Finding
from comity.law.naming import cited
from comity.law.words import Words
from comity.node import law
from comity.sites.desk import reading, words
from comity.sites.desk.law_places import places
from comity.sites.desk.shown.frame import Place

Query = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class EntryShown:
    """One question on the entrance of the law, with an example that can be opened."""

    question: str
    sentence: str
    url: str
    example: str
    example_url: str


@dataclass(frozen=True, slots=True)
class FindingShown:
    """One condition with its verdict, reason and article.

    Attributes:
        note: the number of its source below the findings.
        doubt: how sure the lawbook is, where it is not sure.
    """

    verdict: str
    reason: str
    article: str
    note: int | None
    doubt: str = ""
    parts: tuple["FindingShown", ...] = ()


@dataclass(frozen=True, slots=True)
class Pick:
    """An answer that can be given by following a link."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class PickGroup:
    """Answers that would do the same: `gain` says what, `verdict` is the best of it; both empty where they settle nothing alone."""

    picks: tuple[Pick, ...]
    verdict: str = ""
    gain: str = ""


@dataclass(frozen=True, slots=True)
class Settle:
    """Something that was not said, with the answers that would settle it.

    Attributes:
        other_url: asks for it in the form; empty where the answers are all that there are.
    """

    id: str
    question: str
    gain: str
    groups: tuple[PickGroup, ...]
    other_url: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; `verdict` puts the mark of a verdict before the text."""

    text: str
    verdict: str = ""
    url: str = ""
    note: str = ""
    number: bool = False


@dataclass(frozen=True, slots=True)
class TableShown:
    """A table; the first cell of a row is its heading. On a phone each row becomes a block with its own labels."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def lines(self) -> list[tuple[Cell, list[tuple[str, Cell]]]]:
        """Return each row as its heading and the other cells with the label of their column."""
        return [(row[0], list(zip(self.head[1:], row[1:], strict=True))) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Download:
    """A file that says the same as the page."""

    text: str
    url: str


def say(text: Words) -> str:
    """Return a text of the law in the reader's language."""
    return text.say(reading.lawbook_language())


@dataclass(frozen=True, slots=True)
class Said:
    """A text of the law with its language, for what is not always written in the reader's."""

    text: str
    language: str


def said(text: Words) -> Said:
    """Return a text of the law in the reader's language, or in English where nobody has written that."""
    language = reading.lawbook_language()
    return Said(text.say(language), text.tongue(language))


def entrance() -> tuple[EntryShown, ...]:
    """Return what one can ask the law."""
    return tuple(
        EntryShown(
            str(place.question),
            str(place.sentence),
            url,
            str(place.example),
            f"{url}?{place.query}" if place.query else url,
        )
        for place, url in places()
    )


def law_navigation(path: str) -> tuple[Place, ...]:
    """Return the entries of the navigation within the law, for the page at `path`; nothing where there is nothing to choose."""
    found = tuple(Place(str(place.short), url, path.startswith(url)) for place, url in places())
    return found if len(found) > 1 else ()


def article_word(article: str) -> str:
    """Return an article as it is cited; some instruments are cited by other words than numbers."""
    return say(cited(words.wordbook(), article))


def sources_of(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Return every source behind the findings once, in the order of first use."""
    found: dict[str, None] = {}
    for finding in findings:
        found |= dict.fromkeys(source for source in (finding.source, *sources_of(finding.findings)) if source)
    return tuple(found)


def finding_shown(finding: Finding, sources: tuple[str, ...]) -> FindingShown:
    """Return a finding with the findings that it rests on; `sources` as from `sources_of`."""
    return FindingShown(
        finding.verdict,
        say(finding.reason),
        article_word(finding.article),
        sources.index(finding.source) + 1 if finding.source else None,
        _doubt(finding),
        tuple(finding_shown(part, sources) for part in finding.findings),
    )


def _doubt(finding: Finding) -> str:
    return {"medium": _("expert knowledge"), "low": _("not sure")}.get(finding.confidence, "")


def downloads(memo_url: str, json_url: str) -> tuple[Download, ...]:
    """Return the row of files: the memo for the file, the data for programs."""
    return (Download(_("Memo (PDF)"), memo_url), Download(_("Data (JSON)"), json_url))


def source_line() -> str:
    """Say how old the facts are, from which edition, and what they are not."""
    book = law.lawbook()
    return _(
        "Facts as of %(day)s, edition %(edition)s of the lawbook. Not legal advice; the official text and the depositary prevail."
    ) % {"day": reading.day(book.facts.as_of), "edition": book.edition}
