"""The answer on jurisdiction as its page shows it: the sentence first, then claims, order, criteria, duties, warnings."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from comity.law import jurisdiction_saying as saying
from comity.law.answer import MET, Finding
from comity.law.facts import Facts
from comity.law.jurisdiction import Basis, Claim, Ground, JurisdictionAnswer
from comity.law.words import Words
from comity.node import law
from comity.sites.desk import reading, words
from comity.sites.desk.shown.cases import Row
from comity.sites.desk.shown.law import (
    Cell,
    Download,
    FindingShown,
    TableShown,
    article_word,
    downloads,
    finding_shown,
    say,
    source_line,
    sources_of,
)
from comity.sites.desk.shown.routes import WarningShown


@dataclass(frozen=True, slots=True)
class ClaimShown:
    """What a state can rest jurisdiction on."""

    verdict: str
    name: str
    text: str
    findings: tuple[FindingShown, ...]
    sources: tuple[str, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class PlaceShown:
    """A place in the suggested order."""

    name: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConflictShown:
    """The whole answer."""

    headline: str
    sentence: str
    rows: tuple[Row, ...]
    claims: tuple[ClaimShown, ...]
    order: tuple[PlaceShown, ...]
    criteria: TableShown
    duties: tuple[WarningShown, ...]
    warnings: tuple[WarningShown, ...]
    missing: tuple[str, ...]
    conflict: bool
    change_url: str
    downloads: tuple[Download, ...]
    source_line: str


def shown_conflict(answer: JurisdictionAnswer, address: str) -> ConflictShown:
    """Return the answer for the page; `address` asks for it again."""
    facts, base = law.lawbook().facts, reverse("desk:conflict")
    return ConflictShown(
        headline=say(saying.TITLE),
        sentence=say(saying.conflict_sentence(answer, facts)),
        rows=_rows(answer, facts),
        claims=tuple(_claim(claim, facts, first=place == 0) for place, claim in enumerate(answer.claims)),
        order=tuple(_places(answer, facts)),
        criteria=_criteria(answer, facts),
        duties=tuple(
            WarningShown(say(saying.duty_line(each, facts)), article_word(each.rule.article))
            for each in answer.consultation
        ),
        warnings=tuple(WarningShown(say(item.text), article_word(item.article)) for item in answer.warnings),
        missing=tuple(say(line) for line in saying.missing_lines(answer, facts)),
        conflict=answer.conflict != "not-met",
        change_url=f"{base}?{address}&change=yes",
        downloads=downloads(f"{reverse('desk:conflict-memo')}?{address}", f"{reverse('desk:conflict-json')}?{address}"),
        source_line=source_line(),
    )


def _rows(answer: JurisdictionAnswer, facts: Facts) -> tuple[Row, ...]:
    chain = answer.chain
    offence = words.word("offence", chain.offence) if chain.offence else say(saying.OPEN)
    rows = [Row(say(saying.OFFENCE), offence), Row(say(saying.DAY), reading.day(chain.on))]
    if chain.organised_group is not None:
        rows.append(Row(say(saying.GROUP), say(saying.YES if chain.organised_group else saying.NO)))
    return (*rows, *(Row(*map(say, saying.link_line(link, facts))) for link in chain.links))


def _claim(claim: Claim, facts: Facts, *, first: bool) -> ClaimShown:
    punished = Finding("punished", claim.punished, "", saying.PUNISHED[claim.punished], "", "high")
    findings = (punished, *(_basis(basis) for basis in claim.bases))
    sources = sources_of(findings)
    shown = tuple(finding_shown(finding, sources) for finding in findings)
    return ClaimShown(
        claim.verdict, say(facts.begun(claim.state)), say(saying.claim_line(claim)), shown, sources, first
    )


def _basis(basis: Basis) -> Finding:
    grounds = tuple(_ground(ground) for ground in basis.grounds)
    return Finding(basis.id, basis.verdict, "", basis.name, "", "high", findings=grounds)


def _ground(ground: Ground) -> Finding:
    force, title = saying.FORCE[ground.force], ground.title
    reason = ground.reason if ground.verdict != MET else Words("", "")
    text = Words(f"{title.en} ({force.en}). {reason.en}".strip(), f"{title.zh}（{force.zh}）。{reason.zh}")
    return Finding(ground.id, ground.verdict, ground.article, text, ground.source, ground.confidence)


def _places(answer: JurisdictionAnswer, facts: Facts) -> list[PlaceShown]:
    found, before = [], None
    for place in answer.order:
        reasons = [say(reason) for reason in place.reasons] or [say(saying.NOTHING_SPEAKS)]
        if place.points == before:
            reasons.append(say(saying.EVEN))
        found.append(PlaceShown(say(facts.begun(place.state)), tuple(reasons)))
        before = place.points
    return found


def _criteria(answer: JurisdictionAnswer, facts: Facts) -> TableShown:
    rows = []
    for row in answer.criteria:
        marks = [
            _("%(state)s (%(what)s)") % {"state": say(facts.begun(mark.state)), "what": say(mark.words)}
            for mark in row.marks
        ]
        known = Cell(_("; ").join(marks)) if marks else Cell(say(saying.SAYS_NOTHING), "unknown")
        rows.append((Cell(say(row.criterion.name)), known, Cell(article_word(row.criterion.article))))
    return TableShown(say(saying.CRITERIA), tuple(say(head) for head in saying.CRITERIA_HEAD), tuple(rows))
