"""Warnings before anything is sent. Each has a code, words, and the article or rule that it rests on."""

from collections.abc import Iterator

from comity.law.answer import CLOSED, Caution, Duty, Route
from comity.law.binding import eu_member
from comity.law.facts import Facts
from comity.law.instrument import Instrument, Measure
from comity.law.question import Question
from comity.law.situation import Situation
from comity.law.words import Words

PRODUCTION = frozenset(
    {"subscriber", "traffic", "content", "domain-registration", "emergency-disclosure", "evidence-general"}
)
NOT_A_BASIS = frozenset({"police", "voluntary", "scheme"})
ABOLITIONIST = frozenset({"abolitionist", "abolitionist-ordinary", "in-practice"})

TEXTS: dict[str, tuple[Words, str]] = {
    "intelligence-not-evidence": (
        Words(
            "What comes by the police channel is intelligence; for use at trial, make a formal request.",
            "警务渠道所得为情报；用作庭审证据须另行正式请求。",
        ),
        "handling code of the sender",
    ),
    "not-a-legal-basis": (
        Words("This way compels nobody: the holder or the police may decline.", "此途径无强制力：持有人或警方可拒绝。"),
        "general rule",
    ),
    "not-in-force": (
        Words(
            "A treaty that both know, or one signed, is not in force between the two; it gives no basis.",
            "相关条约对双方尚未生效，不能作为依据。",
        ),
        "Vienna Convention on the Law of Treaties arts 18, 24",
    ),
    "treaty-suspended": (
        Words("The treaty between the two is suspended.", "两国间条约已中止。"),
        "Vienna Convention on the Law of Treaties art. 57",
    ),
    "judicial-validation-required": (
        Words(
            "The order of a police or administrative authority needs validation by a judge or prosecutor.",
            "警察或行政机关的命令须经法官或检察官确认。",
        ),
        "see the validation of the route",
    ),
    "notify-enforcing-authority": (
        Words(
            "Traffic and content: the enforcing authority is notified at the same time.",
            "流量与内容数据须同时通知执行机关。",
        ),
        "Regulation (EU) 2023/1543 art. 8",
    ),
    "consent-required": (
        Words(
            "Only with the lawful and voluntary consent of somebody entitled to disclose.",
            "须经有权披露者合法自愿同意。",
        ),
        "Budapest art. 32(b)",
    ),
    "dual-criminality": (
        Words("The conduct may have to be an offence in the requested state too.", "行为可能须在被请求国也构成犯罪。"),
        "see the dual criminality of the route",
    ),
}


def route_warnings(
    measure: Measure, instrument: Instrument, situation: Situation, verdict: str, dual: str, duties: tuple[Duty, ...]
) -> tuple[str, ...]:
    """Return the codes of the warnings that a route carries."""
    if verdict == CLOSED:
        return ("not-in-force",) if _signed_only(instrument, situation) else ()
    checks = {
        "intelligence-not-evidence": measure.works_as == "intelligence",
        "not-a-legal-basis": instrument.kind in NOT_A_BASIS,
        "judicial-validation-required": measure.validation is not None,
        "notify-enforcing-authority": any(item.id == "eu-eevidence-8-1-notify" for item in duties),
        "consent-required": "consent" in measure.variant,
        "dual-criminality": dual in {"optional", "required"},
    }
    return tuple(code for code, holds in checks.items() if holds)


def _signed_only(instrument: Instrument, situation: Situation) -> bool:
    if instrument.between != "both-bound":
        return False
    states = (situation.question.from_state, situation.question.to_state)
    statuses = [situation.bound(instrument, state).status for state in states]
    return all(statuses) and (not situation.in_force(instrument).truth or "signatory" in statuses)


def cautions(
    facts: Facts, question: Question, found: tuple[Route, ...], ignored: tuple[str, ...]
) -> tuple[Caution, ...]:
    """Return the warnings of the whole answer, in the order in which to read them."""
    codes = dict.fromkeys(code for route in found for code in route.warnings)
    general = (Caution(code, *TEXTS[code]) for code in codes)
    return (
        *_about_question(facts, question, ignored),
        *_about_person_and_offence(facts, question),
        *_about_data(facts, question),
        *general,
    )


def _about_question(facts: Facts, question: Question, ignored: tuple[str, ...]) -> Iterator[Caution]:
    for key in ignored:
        words = Words(f"The circumstance '{key}' is not known and was ignored.", f"情况“{key}”未知，已忽略。")
        yield Caution("unknown-circumstance", words, "")
    if question.on > facts.as_of:
        words = Words(
            f"The facts were collected until {facts.as_of}; later changes are not in them.",
            f"事实收集截至{facts.as_of}，其后变化未收录。",
        )
        yield Caution("date-after-facts", words, "")


def _about_person_and_offence(facts: Facts, question: Question) -> Iterator[Caution]:
    known = question.circumstances
    if known.get("political") is True:
        words = Words(
            "A political offence is a ground of refusal nearly everywhere.", "政治犯罪几乎在各处均为拒绝理由。"
        )
        yield Caution("political-offence", words, "Budapest arts 27(4)(a), 29(5)(a)")
    if question.offence == "speech-offences":
        words = Words(
            "The same words may be protected expression in the requested state.",
            "同一言论在被请求国可能受表达自由保护。",
        )
        yield Caution("freedom-of-expression", words, "ICCPR art. 19")
    if known.get("death_penalty_possible") is True:
        to = facts.states[question.to_state]
        if to.death_penalty in ABOLITIONIST:
            words = Words(
                f"{to.id} will ask for an assurance against the death penalty, or refuse.",
                f"{to.id}将要求不判处死刑的保证，否则拒绝。",
            )
            yield Caution("death-penalty", words, "national law of the requested state; ECHR Protocol 13")
    if question.measure in {"extradition", "arrest-notice"}:
        yield from _about_nationals(facts, question)


def _about_nationals(facts: Facts, question: Question) -> Iterator[Caution]:
    to = facts.states[question.to_state]
    nationality = question.circumstances.get("nationality_of_person")
    if to.extradites_nationals in {"no", "conditional"} and nationality in {None, to.id}:
        words = Words(
            f"{to.id} does not, or not without conditions, extradite its nationals.",
            f"{to.id}不引渡或附条件引渡本国国民。",
        )
        yield Caution("nationality", words, "national law of the requested state")
        instead = Words("Instead, ask the requested state to prosecute.", "可改请被请求国追诉。")
        yield Caution("aut-dedere", instead, "Budapest art. 24(6); UNTOC art. 16(10)")


def _about_data(facts: Facts, question: Question) -> Iterator[Caution]:
    if question.measure not in PRODUCTION:
        return
    known = question.circumstances
    holder_state = known.get("provider_state")
    places = dict.fromkeys((question.to_state, holder_state if isinstance(holder_state, str) else question.to_state))
    for place in places:
        law = facts.national.get(place)
        for rule in law.blocking if law else ():
            if rule.confidence != "low" and rule.id != "us-sca-2702":
                words = Words(
                    f"{place} forbids direct answers: {rule.data}; {rule.exception}.",
                    f"{place}禁止直接向外国机关提供：{rule.data}；例外：{rule.exception}。",
                )
                yield Caution("blocking-statute", words, rule.provisions)
    if question.measure == "content" and "US" in places:
        words = Words(
            "A provider in the US may not give content to a foreign authority without US process, an agreement or consent.",
            "未经美国程序、行政协定或同意，美国服务商不得向外国机关提供内容。",
        )
        yield Caution("us-sca-blocking", words, "18 USC 2702(a)")
    yield from _about_gdpr(facts, question, tuple(places))


def _about_gdpr(facts: Facts, question: Question, places: tuple[str, ...]) -> Iterator[Caution]:
    if eu_member(facts, question.from_state, question.on):
        return
    if any(eu_member(facts, place, question.on) for place in places):
        words = Words(
            "An order of a third state alone is no ground for a holder in the EU to transfer personal data.",
            "第三国命令本身不是欧盟境内持有人转移个人数据的依据。",
        )
        yield Caution("gdpr-48", words, "Regulation (EU) 2016/679 art. 48")
