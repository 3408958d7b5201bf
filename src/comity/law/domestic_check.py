"""A check that the requested state's own law makes although the treaty leaves it free: dual criminality for every assistance."""

from comity.law.answer import MET, NOT_MET, UNSURE, Finding
from comity.law.instrument import Measure
from comity.law.national import Assistance
from comity.law.situation import Situation
from comity.law.words import Words

TREATIES = frozenset({"multilateral", "regional", "bilateral"})
WITHOUT_CHECK = frozenset({"preserve", "spontaneous-information"})
COERCIVE = frozenset({"freeze"})
ASKED = Words(
    "The law of the requested state asks for dual criminality before such assistance, where the treaty lets it.",
    "条约允许时，被请求国国内法对此类协助要求双重犯罪。",
)
NOT_KNOWN = Words(
    "The treaty lets the requested state ask for dual criminality; whether its law does is not established here.",
    "条约允许被请求国要求双重犯罪；其国内法是否如此要求尚未查明。",
)
CHECKED = frozenset({"always", "unknown"})
NOBODY = Assistance()


def domestic_check(measure: Measure, situation: Situation) -> Finding | None:
    """Return the finding that the requested state's law adds; None where its law is known not to add one.

    Budapest art. 25(5) and UNTOC art. 18(9) let a party ask for dual criminality; whether it does, its own law says. Where that
    law is not known, the route is conditional: forgetting a fact must not open it. Freezing is coercive, so a rule for coercive
    measures reaches it. Preservation is left out: Budapest art. 29(3) forbids the check there, but for a reservation, which is a
    finding of its own.
    """
    treaty = measure.dual_criminality
    if situation.instrument.kind not in TREATIES or treaty.rule != "optional" or measure.id in WITHOUT_CHECK:
        return None
    national = situation.facts.national.get(situation.question.to_state)
    assistance = national.assistance if national else NOBODY
    rule = assistance.dual_criminality
    if rule not in ({*CHECKED, "coercive-only", "conditional"} if measure.id in COERCIVE else CHECKED):
        return None
    asked = rule in ("always", "coercive-only")
    dual = situation.dual
    verdict = MET if dual.met else NOT_MET if asked and dual.met is False else UNSURE
    words = ASKED if asked else NOT_KNOWN
    reason = Words(f"{words.en} {dual.reason.en}", f"{words.zh}{dual.reason.zh}") if dual.reason else words
    return Finding(
        "domestic-dual-criminality",
        verdict,
        treaty.article or measure.article,
        reason,
        assistance.source or situation.instrument.source,
        assistance.confidence,
        ("conduct",) if dual.met is None else (),
        stated=not asked or dual.likely,
    )
