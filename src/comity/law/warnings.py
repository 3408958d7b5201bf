"""Warnings before anything is sent. What they say and when is data (`lawbook/warnings.yaml`); here they are asked.

Each has a code, words, and the article that it rests on. The order is the order in which to read them: what is wrong with the
question, what may stop it, what binds the holder, what the routes carry.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from comity.law.answer import CLOSED, NOT_MET, Caution, Duty, Finding, Route
from comity.law.caution_facts import QuestionView, RouteView, question_getter, route_getter
from comity.law.caution_rules import BlockingWords, CautionRule, CautionRules, Contradiction
from comity.law.facts import Facts
from comity.law.instrument import Instrument, Measure
from comity.law.memory import OF_PAIRS, Store
from comity.law.naming import named
from comity.law.national import BlockingRule
from comity.law.question import Question
from comity.law.situation import Situation, getter
from comity.law.truth import Test, compile_test
from comity.law.words import Words

HIGHEST = {"max_penalty_months_from": 9999, "max_penalty_months_to": 9999, "sentence_left_months": 9999}
PENALTIES = frozenset({*HIGHEST, "from.penalty_max_months", "to.penalty_max_months"})


@dataclass(frozen=True, slots=True)
class CautionBook:
    """The warnings made ready: tests compiled, texts by code, and what was found for a kind of route.

    Attributes:
        thresholds: instrument and id of a rule that asks for a penalty -> its test, and what that says where the rule stands in
            the way.
        kept: what a route carries, by all that its warnings depend on.
    """

    rules: CautionRules
    contradictions: tuple[tuple[Contradiction, Test], ...]
    questions: Mapping[str, tuple[tuple[CautionRule, Test], ...]]
    routes: tuple[tuple[CautionRule, Test], ...]
    closed: tuple[tuple[CautionRule, Test], ...]
    texts: Mapping[str, CautionRule]
    thresholds: Mapping[tuple[str, str], tuple[Test, bool]]
    kept: Store[tuple[str, ...]] = field(default_factory=lambda: Store(OF_PAIRS))


def caution_book(facts: Facts) -> CautionBook:
    """Return the warnings of the facts, made ready once and kept with them.

    Raises:
        MalformedTestError: a test has another shape, or asks for a fact that nobody knows.
    """
    found = facts.derived.get("cautions")
    if not isinstance(found, CautionBook):
        found = facts.derived["cautions"] = _prepare(facts)
    return found


def _prepare(facts: Facts) -> CautionBook:
    rules, known = facts.cautions, facts.codes.circumstances

    def about_question(test: Mapping[str, object]) -> Test:
        return compile_test(test, lambda name: question_getter(name, known, rules))

    asked = [(rule, about_question(rule.when)) for rule in rules.questions if rule.when is not None]
    return CautionBook(
        rules=rules,
        contradictions=tuple((item, about_question(item.when)) for item in rules.contradictions),
        questions={
            code: tuple(pair for pair in asked if not pair[0].measures or code in pair[0].measures)
            for code in facts.codes.measures
        },
        routes=_about_routes(rules.routes),
        closed=_about_routes(rules.closed),
        texts={rule.code: rule for rule in (*rules.routes, *rules.closed)},
        thresholds=dict(_thresholds(facts)),
    )


def _about_routes(rules: tuple[CautionRule, ...]) -> tuple[tuple[CautionRule, Test], ...]:
    return tuple((rule, compile_test(rule.when, route_getter)) for rule in rules if rule.when is not None)


def _thresholds(facts: Facts) -> Iterator[tuple[tuple[str, str], tuple[Test, bool]]]:
    known = facts.codes.circumstances
    for instrument in facts.instruments.values():
        for measure in instrument.measures:
            tests = [(measure.scope.rule.id, measure.scope.test, False)]
            tests += [(item.rule.id, item.test, False) for item in measure.conditions]
            tests += [(item.rule.id, item.test, True) for item in measure.grounds]
            for name, test, stands in tests:
                if isinstance(test, Mapping) and any(f"'{penalty}'" in repr(test) for penalty in PENALTIES):
                    yield (instrument.id, name), (compile_test(test, lambda fact: getter(fact, known)), stands)


def route_warnings(
    measure: Measure,
    instrument: Instrument,
    situation: Situation,
    verdict: str,
    dual: str,
    findings: tuple[Finding, ...],
    duties: tuple[Duty, ...],
) -> tuple[str, ...]:
    """Return the codes of the warnings that a route carries."""
    book = caution_book(situation.facts)
    if verdict == CLOSED:
        return _of_closed(book, measure, instrument, situation, findings)
    issuer = situation.circumstances.get("issuing_authority")
    owed = frozenset(duty.id for duty in duties)
    key = (instrument.id, measure.id, measure.variant, dual, issuer, owed)
    found = book.kept.get(key)
    if found is None:
        view = RouteView(measure, instrument, situation, dual, duties=owed)
        found = book.kept.keep(key, tuple(rule.code for rule, test in book.routes if _holds(rule, test(view))))
    return found


def _of_closed(
    book: CautionBook, measure: Measure, instrument: Instrument, situation: Situation, findings: tuple[Finding, ...]
) -> tuple[str, ...]:
    signed = _signed_only(instrument, situation)
    below = _below_threshold(book, situation, instrument, findings)
    if not signed and not below:
        return ()
    view = RouteView(measure, instrument, situation, "", signed_only=signed, below_threshold=below)
    return tuple(rule.code for rule, test in book.closed if _holds(rule, test(view)))


def _signed_only(instrument: Instrument, situation: Situation) -> bool:
    if instrument.between != "both-bound":
        return False
    states = (situation.question.from_state, situation.question.to_state)
    statuses = [situation.bound(instrument, state).status for state in states]
    return all(statuses) and (not situation.in_force(instrument).truth or "signatory" in statuses)


def _below_threshold(
    book: CautionBook, situation: Situation, instrument: Instrument, findings: tuple[Finding, ...]
) -> bool:
    """Whether a rule that closes the route would not do so if the penalty were the highest."""
    keys = [(instrument.id, finding.id) for finding in findings if finding.verdict == NOT_MET]
    closing = [key for key in keys if key in book.thresholds]
    if not closing or not any(key in situation.circumstances for key in HIGHEST):
        return False
    known = {**situation.question.circumstances, **HIGHEST}
    higher = Situation(situation.facts, replace(situation.question, circumstances=known), situation.memory)
    higher.instrument = instrument
    return any(test(higher) is not stands for test, stands in (book.thresholds[key] for key in closing))


def _holds(rule: CautionRule, truth: bool | None) -> bool:
    return rule.warns_if_unknown if truth is None else truth


def cautions(situation: Situation, found: tuple[Route, ...], ignored: tuple[str, ...]) -> tuple[Caution, ...]:
    """Return the warnings of the whole answer, in the order in which to read them."""
    book = caution_book(situation.facts)
    view = QuestionView(situation, found)
    return (
        *_about_facts(book, situation.facts, situation.question, ignored),
        *_contradictions(book, view),
        *_about_question(book, view),
        *_blocking(book, view),
        *_about_routes_found(book, found),
    )


def _about_facts(book: CautionBook, facts: Facts, question: Question, ignored: tuple[str, ...]) -> Iterator[Caution]:
    plain = book.rules.plain
    for key in ignored:
        yield Caution("unknown-circumstance", _filled(plain["unknown-circumstance"], {"key": Words(key, key)}), "")
    if question.on > facts.as_of:
        day = Words(str(facts.as_of), str(facts.as_of))
        yield Caution("date-after-facts", _filled(plain["date-after-facts"], {"as_of": day}), "")


def _contradictions(book: CautionBook, view: QuestionView) -> Iterator[Caution]:
    template = book.rules.plain["contradictory-circumstances"]
    for item, why in clashes(book, view):
        first, second = (_said_of(view.facts, key) for key in item.keys)
        words = _filled(template, {"key": first, "other": second, "why": why})
        yield Caution("contradictory-circumstances", words, "")


def _said_of(facts: Facts, key: str) -> Words:
    """Return what a circumstance, or a member of the question such as `offence`, is called."""
    return named(facts, "circumstance" if key in facts.codes.circumstances else "member", key)


def clashes(book: CautionBook, view: QuestionView) -> Iterator[tuple[Contradiction, Words]]:
    """Yield the contradictions of a question, each with its reason filled in."""
    if not view.circumstances:
        return
    for item, test in book.contradictions:
        if test(view) is True:
            yield item, _filled(item.why, _names(view))


def _about_question(book: CautionBook, view: QuestionView) -> Iterator[Caution]:
    for rule, test in book.questions[view.question.measure]:
        for place in view.places() if rule.each_place else ("",):
            view.place = place
            if _holds(rule, test(view)):
                yield Caution(rule.code, _filled(rule.text, _names(view)), rule.article)


def _blocking(book: CautionBook, view: QuestionView) -> Iterator[Caution]:
    rules, measure = book.rules, view.question.measure
    for place in view.places():
        view.place = place
        law = view.facts.national.get(place)
        for rule in law.blocking if law else ():
            said = rules.blocking_words(rule.id, measure)
            if said is not None and rule.confidence != "low":
                words = _blocking_words(rules, rule, said, view)
                yield Caution(said.code, words, said.article or rule.provisions)


def _blocking_words(rules: CautionRules, rule: BlockingRule, said: BlockingWords, view: QuestionView) -> Words:
    names = {
        **_names(view),
        "data": said.data or rule.data,
        "exception": said.exception or rule.exception,
    }
    return _filled(said.text or rules.blocking_text, names)


def _about_routes_found(book: CautionBook, found: tuple[Route, ...]) -> Iterator[Caution]:
    for code in dict.fromkeys(code for route in found for code in route.warnings):
        rule = book.texts[code]
        yield Caution(code, rule.text, rule.article)


def _names(view: QuestionView) -> dict[str, Words]:
    """What the braces of a text can name: states by name, other circumstances as they are stated."""
    said: dict[str, object] = {**view.circumstances, "from": view.question.from_state, "to": view.question.to_state}
    said["place"] = view.place
    return {key: _name(view.facts, value) for key, value in said.items()}


def _name(facts: Facts, value: object) -> Words:
    return facts.said(value) if isinstance(value, str) else Words(str(value), str(value))


def _filled(text: Words, names: Mapping[str, Words]) -> Words:
    if "{" not in text.en:
        return text
    english = text.en.format_map({key: value.en for key, value in names.items()})
    if text.en.startswith("{"):
        english = english[:1].upper() + english[1:]
    return Words(english, text.zh.format_map({key: value.zh for key, value in names.items()}))
