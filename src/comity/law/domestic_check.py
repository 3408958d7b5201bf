"""A check that the requested state's own law makes although the treaty leaves it free: dual criminality."""

from comity.law.answer import MET, NOT_MET, UNSURE, Finding
from comity.law.instrument import Measure
from comity.law.national import Assistance
from comity.law.situation import Situation
from comity.law.words import Words

TREATIES = frozenset({"multilateral", "regional", "bilateral"})
WITHOUT_CHECK = frozenset({"preserve", "spontaneous-information"})
COERCIVE = frozenset({"traffic", "content", "search-seizure", "realtime-traffic", "interception", "freeze"})
PERHAPS_COERCIVE = frozenset({"evidence-general"})
ASKED = Words(
    "The law of the requested state asks for dual criminality before any assistance, where the treaty lets it.",
    "条约允许时，被请求国国内法对一切协助均要求双重犯罪。",
)
ASKED_FOR_COERCION = Words(
    "The law of the requested state asks for dual criminality before coercive measures, where the treaty lets it.",
    "条约允许时，被请求国国内法对强制措施要求双重犯罪。",
)
NOT_KNOWN = Words(
    "The treaty lets the requested state ask for dual criminality; whether its law does is not established here.",
    "条约允许被请求国要求双重犯罪；其国内法是否如此要求尚未查明。",
)
IN_SOME_CASES = Words(
    "The treaty lets the requested state ask for dual criminality; its law does so in some cases, to be read there.",
    "条约允许被请求国要求双重犯罪；其国内法在部分情形下如此要求，须查阅。",
)
NOBODY = Assistance()


def domestic_check(measure: Measure, situation: Situation) -> Finding | None:
    """Return the finding that the requested state's law adds; None where its law is known not to add one.

    Budapest art. 25(5) and UNTOC art. 18(9) let a party ask for dual criminality; whether it does, its own law says. Where that
    law is not known, the route is conditional: forgetting a fact must not open it. Where it asks before compulsion only, it is a
    condition that the request has to show, and conduct that is no offence there closes the route. Preservation is left out:
    Budapest art. 29(3) forbids the check there, but for a reservation, which is a finding of its own.
    """
    rule = measure.dual_criminality
    if situation.instrument.kind not in TREATIES or rule.rule != "optional" or measure.id in WITHOUT_CHECK:
        return None
    national = situation.facts.national.get(situation.question.to_state)
    assistance = national.assistance if national else NOBODY
    said = _said(assistance.dual_criminality, measure.id)
    if said is None:
        return None
    asked, always, words = said
    dual = situation.dual
    verdict = MET if dual.met else NOT_MET if asked and dual.met is False else UNSURE
    reason = Words(f"{words.en} {dual.reason.en}", f"{words.zh}{dual.reason.zh}") if dual.reason else words
    return Finding(
        "domestic-dual-criminality",
        verdict,
        rule.article or measure.article,
        reason,
        assistance.source or situation.instrument.source,
        assistance.confidence,
        ("conduct",) if dual.met is None else (),
        stated=not always or dual.likely,
    )


def _said(law: str, measure: str) -> tuple[bool, bool, Words] | None:
    """Say whether the law asks before this measure, whether it does before every one, and in which words; None: it does not."""
    if law == "always":
        return True, True, ASKED
    if law == "unknown":
        return False, False, NOT_KNOWN
    if law == "coercive-only" and measure in COERCIVE:
        return True, False, ASKED_FOR_COERCION
    if (law == "coercive-only" and measure in PERHAPS_COERCIVE) or (law == "conditional" and measure in COERCIVE):
        return False, False, IN_SOME_CASES
    return None
