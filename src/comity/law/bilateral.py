"""Routes by treaties between two states. Their texts are not in the lawbook: what they demand stays to be read in the treaty."""

from collections.abc import Iterator

from comity.law.answer import MET, NOT_MET, UNSURE, Competent, Finding, Route, verdict_of
from comity.law.clocks import usual_days
from comity.law.extradition import death_penalty, surrenders_national
from comity.law.facts import Bilateral
from comity.law.situation import Situation
from comity.law.words import Words, in_turn

USUAL = {
    "mla": frozenset({"subscriber", "traffic", "content", "search-seizure", "evidence-general", "video-hearing"}),
    "extradition": frozenset({"extradition", "arrest-notice"}),
}
POSSIBLE = {
    "mla": frozenset(
        {"preserve", "domain-registration", "freeze", "realtime-traffic", "interception", "emergency-disclosure"}
    ),
    "extradition": frozenset[str](),
}
OWN_NATIONALS = Words(
    "The law of the requested state does not let it extradite this national of its own, whatever the treaty.",
    "无论条约如何规定，被请求国法律不允许引渡此本国国民。",
)
DEATH = Words(
    "The death penalty is possible, and the assurance that the requested state needs is missing or does not suffice.",
    "可能判处死刑，而被请求国所需的保证未作出或不足以接受。",
)
TEXT_DECIDES = Words("As far as the treaty's own text allows (to be read there).", "以条约文本为准（须查阅）。")
NOTE = Words("Note", "说明")
IN_THE_WAY = Words("What may stand in its way", "可能的障碍")
TEXT_NOT_READ = Words("Whether the treaty carries this measure is not established.", "条约是否涵盖该措施未确定。")


def bilateral_routes(situation: Situation, competent: Competent | None) -> Iterator[Route]:
    """Yield a route for each treaty between the two states that could carry the measure."""
    question = situation.question
    for treaty in situation.facts.bilateral_index.get(frozenset((question.from_state, question.to_state)), ()):
        kind = treaty.kind
        if question.measure in USUAL.get(kind, ()) or question.measure in POSSIBLE.get(kind, ()):
            yield _route(treaty, situation, competent)


def _route(treaty: Bilateral, situation: Situation, competent: Competent | None) -> Route:
    measure = situation.question.measure
    force = _in_force(treaty, situation)
    findings = (force,) if force.verdict == NOT_MET else (force, *_bars(treaty, situation), _text(treaty, measure))
    verdict = verdict_of(findings)
    channel = "diplomatic" if treaty.kind == "extradition" else "central-authority"
    return Route(
        instrument=treaty.id,
        title=treaty.title,
        variant="",
        article=treaty.title.en,
        measure=measure,
        what=Words("Assistance under the treaty between the two states.", "依两国间条约的协助。"),
        channel=channel,
        channels=(channel,),
        verdict=verdict,
        findings=findings,
        dual_criminality="required" if treaty.kind == "extradition" else "optional",
        dual_criminality_note=treaty.refusal_note,
        warnings=_warnings(treaty, force),
        works_as="arrest" if treaty.kind == "extradition" else "evidence",
        competent=competent,
        confidence=treaty.confidence,
        settles=tuple(dict.fromkeys(key for finding in findings for key in finding.settles)),
        days=usual_days(channel),
    )


def _warnings(treaty: Bilateral, force: Finding) -> tuple[str, ...]:
    code = {"suspended": "treaty-suspended", "signed": "not-in-force"}.get(treaty.status)
    return (code,) if code and force.verdict == NOT_MET else ()


def _bars(treaty: Bilateral, situation: Situation) -> Iterator[Finding]:
    """Yield what keeps the treaty out: a convention that supersedes it, and what no treaty lifts in the requested state's law."""
    for instrument in situation.facts.instruments.values():
        for relation in instrument.relations:
            supersedes = relation.kind == "displaces" and relation.effect == "excludes"
            if supersedes and relation.other == f"bilateral-{treaty.kind}" and situation.applies(instrument.id):
                name = f"displaced-by:{instrument.id}"
                yield Finding(name, NOT_MET, relation.article, relation.when, instrument.source, "high")
    if treaty.kind == "extradition":
        yield from _national_bars(situation)
    situation.missing.clear()


def _national_bars(situation: Situation) -> Iterator[Finding]:
    law = situation.facts.national.get(situation.question.to_state)
    source, article = (law.extradition.source, law.extradition.provisions) if law else ("", "")
    if surrenders_national(situation) == "no":
        yield Finding("own-nationals", NOT_MET, article, OWN_NATIONALS, source, "medium")
    if death_penalty(situation) in {"refused", "barred"}:
        yield Finding("death-penalty", NOT_MET, article, DEATH, source, "medium")


def _in_force(treaty: Bilateral, situation: Situation) -> Finding:
    truth, reason = _force(treaty, situation)
    if treaty.confidence == "low" or (treaty.confidence not in {"high", "medium"}):
        truth = None
    verdict = UNSURE if truth is None else MET if truth else NOT_MET
    settles = (f"fact:{treaty.id}",) if truth is None else ()
    return Finding("in-force", verdict, treaty.title.en, reason, treaty.source, treaty.confidence, settles)


def _force(treaty: Bilateral, situation: Situation) -> tuple[bool | None, Words]:
    on = situation.question.on
    if treaty.status == "signed":
        return False, Words("Signed, not in force.", "已签署，未生效。")
    if treaty.status == "suspended" and (treaty.suspended_since is None or on >= treaty.suspended_since):
        since = treaty.suspended_since or "a day not established"
        return False, Words(f"Suspended since {since}.", f"自{since}起中止。")
    if treaty.status not in {"in-force", "suspended"}:
        return None, Words("Whether it is in force is not established.", "是否生效未确定。")
    if treaty.in_force is not None:
        start = treaty.in_force
        return on >= start, Words(f"In force from {start}.", f"自{start}起生效。")
    if treaty.status == "in-force" and on >= treaty.as_of:
        as_of = treaty.as_of
        return True, Words(f"In force by {as_of}, since when is not established.", f"截至{as_of}已生效，起始日未确定。")
    return None, Words("In force, but since when is not established.", "已生效，但起始日未确定。")


def _text(treaty: Bilateral, measure: str) -> Finding:
    usual = measure in USUAL[treaty.kind]
    noted = (_noted(NOTE, treaty.scope_note), _noted(IN_THE_WAY, treaty.refusal_note))
    reason = in_turn((TEXT_DECIDES if usual else TEXT_NOT_READ, *noted))
    settles = () if usual else (f"fact:{treaty.id}:text",)
    return Finding(
        "treaty-text", UNSURE, treaty.title.en, reason, treaty.source, treaty.confidence, settles, stated=usual
    )


def _noted(head: Words, note: Words) -> Words:
    """Return a jurist's note as a sentence; nothing where there is none."""
    if not note:
        return note
    return Words(f"{head.en}: {note.en.rstrip('.')}.", f"{head.zh}：{note.zh.rstrip('。')}。")
