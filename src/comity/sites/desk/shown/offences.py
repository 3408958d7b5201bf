"""Comparisons, gaps and accessions as pages show them: the answer in one sentence, a table, reasons and statutes on demand."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from comity.law.national import OffenceRow
from comity.law.offences.accession import KINDS, YES, Accession
from comity.law.offences.compare import COVERED, GAP, Comparison, Direction, Provisions
from comity.law.offences.gap import HAS, LACKS, NARROWER, PARTIAL, STATUSES, Gap, GapItem
from comity.law.offences.labels import CELL_KEY, CELLS, EXISTS, FLAGS, MET, PARTS, VERDICTS, months
from comity.law.offences.labels import KINDS as KIND_WORDS
from comity.law.offences.labels import STATUSES as STATUS_WORDS
from comity.law.offences.saying import (
    COMPARISON_LIMIT,
    GAP_LIMIT,
    accession_asked,
    accession_sentence,
    accession_title,
    comparison_sentence,
    comparison_title,
    conduct_words,
    criminality_sentence,
    gap_sentence,
    gap_title,
)
from comity.law.words import Words
from comity.node import law
from comity.node.usecases.compare_law import Compared
from comity.sites.desk import words
from comity.sites.desk.shown.law import (
    Cell,
    Download,
    FindingShown,
    Query,
    Said,
    TableShown,
    article_word,
    downloads,
    said,
    say,
    source_line,
)

MARKS = {COVERED: "met", GAP: "gap", "unknown": "unknown", "nothing-punished": "closed"}
TRUTHS = {True: "met", False: "not-met", None: "unknown"}


@dataclass(frozen=True, slots=True)
class Frame:
    """What every answer has: title, sentence, files, where the question is changed, sources and limits."""

    title: str
    sentence: str
    downloads: tuple[Download, ...]
    change_url: str
    source_line: str
    limits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DirectionShown:
    """Whether what the one state punishes is punishable in the other."""

    mark: str
    word: str
    pair: str
    reason: str
    example: str
    provision: str
    elsewhere: str


@dataclass(frozen=True, slots=True)
class ProvisionShown:
    """One national provision."""

    name: str
    penalty: str
    flags: tuple[str, ...]
    note: Said
    source: str


@dataclass(frozen=True, slots=True)
class StateShown:
    """What one state has on the offence."""

    name: str
    exists: str
    reason: str
    rows: tuple[ProvisionShown, ...]


@dataclass(frozen=True, slots=True)
class ComparisonShown:
    """An offence in several states; `conduct` is empty where none was described."""

    frame: Frame
    conduct: str
    judged: tuple[FindingShown, ...]
    judged_sources: tuple[str, ...]
    directions: tuple[DirectionShown, ...]
    table: TableShown | None
    key: str
    states: tuple[StateShown, ...]
    plain_url: str


@dataclass(frozen=True, slots=True)
class DeclaredShown:
    """What the state declared or reserved on an article."""

    article: str
    effect: Said


@dataclass(frozen=True, slots=True)
class ReasonShown:
    """Why an obligation has its status."""

    mark: str
    word: str
    article: str
    text: str
    reason: str
    limits: str
    declared: tuple[DeclaredShown, ...]
    note: Said
    source: str


@dataclass(frozen=True, slots=True)
class GapShown:
    """A law against an instrument."""

    frame: Frame
    position: str
    table: TableShown
    reasons: tuple[ReasonShown, ...]
    accession_url: str


@dataclass(frozen=True, slots=True)
class NamesShown:
    """States for which a measure changes in one way."""

    title: str
    states: str


@dataclass(frozen=True, slots=True)
class AccessionShown:
    """What an accession would change; `table` is None where nothing was asked."""

    frame: Frame
    how: str
    how_article: str
    asked: str
    table: TableShown | None
    names: tuple[NamesShown, ...]
    other_url: str
    other: str


def shown_comparison(found: Compared, query: Query, described: Query) -> ComparisonShown:
    """Return the page's view of a comparison.

    Args:
        found: from the law.
        query: the question as it stands in the address.
        described: the conduct as it stands there; empty for none.
    """
    comparison, conduct = found.comparison, found.conduct
    facts = law.lawbook().facts
    sentence = comparison_sentence(comparison) if conduct is None else criminality_sentence(conduct, words.wordbook())
    sources = (
        tuple(dict.fromkeys(each.answer.source for each in conduct.judged if each.answer.source)) if conduct else ()
    )
    judged = [
        FindingShown(
            TRUTHS[each.answer.met],
            _labelled(
                words.word("state", each.state), f"{say(MET[each.answer.met]).lower()} · {say(each.answer.reason)}"
            ),
            "",
            sources.index(each.answer.source) + 1 if each.answer.source else None,
        )
        for each in (conduct.judged if conduct else ())
    ]
    return ComparisonShown(
        frame=_frame(
            "compare", comparison_title(comparison, words.wordbook()), sentence, query + described, COMPARISON_LIMIT
        ),
        conduct=say(conduct_words(conduct.conduct, facts.codes.elements)) if conduct else "",
        judged=tuple(judged),
        judged_sources=sources,
        directions=tuple(_direction(each) for each in comparison.directions),
        table=_elements(comparison) if comparison.lines else None,
        key=say(CELL_KEY),
        states=tuple(_state(each) for each in comparison.provisions),
        plain_url=f"{reverse('desk:compare')}?{urlencode(query)}",
    )


def shown_gap(answer: Gap, query: Query) -> GapShown:
    """Return the page's view of a gap; `query` is the question as it stands in the address."""
    rows = tuple(
        (
            Cell(article_word(item.obligation.article), note=say(item.obligation.text)),
            Cell(say(STATUS_WORDS[item.status]), verdict=item.status),
            Cell("; ".join(item.provisions) or "-"),
        )
        for item in answer.items
    )
    lacking = sorted(
        (item for item in answer.items if item.status != HAS), key=lambda item: STATUSES.index(item.status)
    )
    is_party = answer.position.truth is True
    join = urlencode([(name, value) for name, value in query if name in {"state", "instrument", "date"}])
    return GapShown(
        frame=_frame(
            "gap", gap_title(answer, words.wordbook()), gap_sentence(answer, words.wordbook()), query, GAP_LIMIT
        ),
        position=say(answer.position.reason),
        table=TableShown(_("Article by article"), (_("Obligation"), _("Status"), _("National law")), rows),
        reasons=tuple(_reason(item) for item in lacking),
        accession_url="" if is_party else f"{reverse('desk:accession')}?{join}",
    )


def shown_accession(answer: Accession, query: Query) -> AccessionShown:
    """Return the page's view of an accession; `query` is the question as it stands in the address."""
    labels = words.wordbook()
    asks = answer.sides == (True,)
    kept = [(name, value) for name, value in query if name != "side"]
    other = urlencode([*kept, ("side", "requested" if asks else "requesting")])
    asked = answer.possible == YES
    return AccessionShown(
        frame=_frame(
            "accession",
            accession_title(answer, labels),
            accession_sentence(answer, words.wordbook()),
            query,
            *answer.limits,
        ),
        how=say(answer.how),
        how_article=article_word(answer.how_article) if answer.how_article else "",
        asked=say(accession_asked(answer, labels)) if asked else "",
        table=_summary(answer) if asked else None,
        names=tuple(_names(answer)),
        other_url=f"{reverse('desk:accession')}?{other}" if asked else "",
        other=_("The same where the state is asked") if asks else _("The same where the state asks"),
    )


def _frame(name: str, title: Words, sentence: Words, query: Query, *limits: Words) -> Frame:
    asked = urlencode(query)
    files = downloads(f"{reverse(f'desk:{name}-memo')}?{asked}", f"{reverse(f'desk:{name}-json')}?{asked}")
    change = f"{reverse(f'desk:{name}')}?{asked}&change=yes"
    return Frame(say(title), say(sentence), files, change, source_line(), tuple(say(limit) for limit in limits))


def _direction(item: Direction) -> DirectionShown:
    elements = law.lawbook().facts.codes.elements
    example = say(conduct_words(item.example, elements)) if item.example and item.verdict == GAP else ""
    return DirectionShown(
        mark=MARKS[item.verdict],
        word=say(VERDICTS[item.verdict]).capitalize(),
        pair=f"{_coded(item.here)} → {_coded(item.there)}",
        reason=say(item.reason),
        example=example,
        provision=item.provision if example else "",
        elsewhere="; ".join(item.elsewhere),
    )


def _coded(state: str) -> str:
    """Return a state by name and code: the reasons of the law name it by its code."""
    return _("%(name)s (%(code)s)") % {"name": words.word("state", state), "code": state}


def _elements(comparison: Comparison) -> TableShown:
    elements = law.lawbook().facts.codes.elements
    rows = tuple(
        (
            Cell(say(elements.words(line.element)), note=say(PARTS[line.part]) if line.part in PARTS else ""),
            *(Cell(say(CELLS[line.cells[state]])) for state in comparison.states),
        )
        for line in comparison.lines
    )
    head = (_("Element"), *(words.word("state", state) for state in comparison.states))
    return TableShown(_("What each asks for"), head, rows)


def _state(item: Provisions) -> StateShown:
    rows = tuple(_provision(row) for row in item.rows)
    return StateShown(_coded(item.state), say(EXISTS[item.exists]), say(item.reason), rows)


def _provision(row: OffenceRow) -> ProvisionShown:
    most = say(months(row.max_months)) if row.max_months is not None else _("unknown")
    penalty = _("maximum %(penalty)s") % {"penalty": most}
    flags = tuple(say(FLAGS[flag]) if flag in FLAGS else flag for flag in sorted(row.flags))
    return ProvisionShown(row.provision or row.row, penalty, flags, said(row.note), row.source)


def _reason(item: GapItem) -> ReasonShown:
    obligation = item.obligation
    return ReasonShown(
        mark=item.status,
        word=say(STATUS_WORDS[item.status]).capitalize(),
        article=article_word(obligation.article),
        text=say(obligation.text),
        reason=say(item.reason),
        limits=say(obligation.limits) if item.status in {NARROWER, PARTIAL, LACKS} else "",
        declared=tuple(DeclaredShown(article_word(each.article), said(each.effect)) for each in item.declared),
        note=said(item.note),
        source=item.source,
    )


def _summary(answer: Accession) -> TableShown:
    asks = answer.sides == (True,)
    rows = tuple(
        (
            Cell(words.word("measure", measure)),
            *(Cell(str(len(answer.states(kind, measure, requesting=asks))), number=True) for kind in KINDS),
        )
        for measure in answer.measures
    )
    head = (_("Measure"), *(say(KIND_WORDS[kind]).capitalize() for kind in KINDS))
    return TableShown(_("With how many states"), head, rows)


def _names(answer: Accession) -> Iterator[NamesShown]:
    for measure in answer.measures:
        for kind in KINDS:
            found = [state for asks in answer.sides for state in answer.states(kind, measure, requesting=asks)]
            if found:
                title = f"{words.word('measure', measure)} · {say(KIND_WORDS[kind])} ({len(found)})"
                yield NamesShown(title, _(", ").join(sorted(words.word("state", state) for state in found)))


def _labelled(label: str, text: str) -> str:
    return _("%(label)s: %(text)s") % {"label": label, "text": text}
