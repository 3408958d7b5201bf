"""The answer in words: one sentence, the names in it, what each open answer would do, and what cannot hold together."""

import re
from dataclasses import replace
from datetime import date

import pytest

from comity.law.answer import CLOSED, UNKNOWN, Answer
from comity.law.contradictions import contradictions
from comity.law.naming import article_name, period_name, state_name
from comity.law.parse_values import words, words_of
from comity.law.question import Question
from comity.law.routes import routes
from comity.law.saying import headline, sentence, tally
from comity.law.settling import settling
from comity.law.words import Words, in_turn
from comity.lawbook import open_lawbook

BOOK = open_lawbook()
FACTS, LABELS = BOOK.facts, BOOK.wordbook
DAY = date(2026, 11, 24)


def ask(sender: str, receiver: str, measure: str, **circumstances: object) -> Answer:
    return routes(FACTS, Question(sender, receiver, measure, "illegal-access", DAY, circumstances))


@pytest.mark.parametrize(
    ("answer", "start"),
    [
        (ask("BR", "US", "subscriber"), "Brazil may ask the United States now: Convention on Cybercrime, art. 31"),
        (ask("GH", "FR", "preserve"), "Ghana may ask France by this route: Convention on Cybercrime, art. 29"),
        (
            ask("CN", "NL", "content"),
            "Whether China may ask the Netherlands cannot be said yet, because facts are missing:",
        ),
    ],
)
def test_the_sentence_says_who_may_ask_whom_by_which_route(answer: Answer, start: str) -> None:
    said = sentence(answer, LABELS)
    assert said.en.startswith(start)
    assert said.en.count(". ") <= said.en.count("art. ")
    assert said.zh.endswith("。")


def test_the_sentence_promises_nothing_unless_the_first_route_is_open() -> None:
    for measure in FACTS.codes.measures:
        for pair in (("CN", "NL"), ("DE", "FR"), ("GH", "US"), ("RU", "UA")):
            answer = ask(*pair, measure)
            said = sentence(answer, LABELS)
            assert (" now: " in said.en, "现在即可" in said.zh) == (answer.routes[0].verdict == "open",) * 2


def test_without_an_open_route_the_sentence_says_so() -> None:
    answer = ask("CN", "NL", "content")
    closed = replace(answer, routes=tuple(route for route in answer.routes if route.verdict == CLOSED))
    for empty in (closed, replace(answer, routes=())):
        assert "No route from China to the Netherlands is open" in sentence(empty, LABELS).en


def test_no_code_is_shown_where_there_is_a_word() -> None:
    for measure in FACTS.codes.measures:
        said = sentence(ask("NL", "GB", measure), LABELS)
        words = f"{headline(ask('NL', 'GB', measure).question, LABELS).en} {said.en} {said.zh}"
        assert not {"max_penalty_months_from", "issuing_authority", "central-authority"} & set(words.split())


def test_the_tally_counts_every_route() -> None:
    answer = ask("GH", "FR", "preserve")
    numbers = [int(part.split()[0]) for part in tally(answer).en.split(", ")]
    assert sum(numbers) == len(answer.routes)


@pytest.mark.parametrize(
    ("code", "en"), [("NL", "the Netherlands"), ("IR", "Iran"), ("FR", "France"), ("GB", "the United Kingdom")]
)
def test_a_state_is_called_as_one_says_it(code: str, en: str) -> None:
    assert state_name(LABELS, code).en == en


@pytest.mark.parametrize(
    ("article", "en", "zh"),
    [
        ("29, 35(1)(b)", "art. 29, 35(1)(b)", "第29、35(1)(b)条"),
        ("18 USC 2702(a)", "18 USC 2702(a)", "18 USC 2702(a)"),
        ("", "", ""),
    ],
)
def test_an_article_is_cited(article: str, en: str, zh: str) -> None:
    assert (article_name(article).en, article_name(article).zh) == (en, zh)


@pytest.mark.parametrize(
    ("duration", "en", "zh"),
    [
        ("P60D", "60 days", "60日"),
        ("PT96H", "96 hours", "96小时"),
        ("P1M", "1 month", "1个月"),
        ("soon", "soon", "soon"),
        ("P", "P", "P"),
    ],
)
def test_a_period_is_said_in_words(duration: str, en: str, zh: str) -> None:
    assert (period_name(duration).en, period_name(duration).zh) == (en, zh)


def test_what_an_answer_would_do_is_what_it_does() -> None:
    answer = ask("GH", "FR", "preserve")
    for item in settling(FACTS, answer):
        for choice in item.choices:
            after = ask("GH", "FR", "preserve", **{item.key: choice.value})
            before = {(one.instrument, one.variant) for one in answer.routes if one.verdict == UNKNOWN}
            closed = sum(one.verdict == CLOSED and (one.instrument, one.variant) in before for one in after.routes)
            assert choice.settled.get(CLOSED, 0) == closed, (item.key, choice.value)


def test_what_was_said_is_not_asked_again() -> None:
    keys = [item.key for item in settling(FACTS, ask("GH", "FR", "preserve", issuing_authority="judge"))]
    assert "issuing_authority" not in keys
    assert len(keys) <= 5


@pytest.mark.parametrize(
    ("circumstances", "keys"),
    [
        ({"judicial_validation": True, "validation_not_obtainable_in_time": True}, 2),
        ({"emergency": True, "urgent": False}, 2),
        ({"emergency": False, "threat": "bomb"}, 2),
        ({"organised_group": True, "offenders": 2}, 2),
        ({"consent": False, "consent_lawful_and_voluntary": True}, 2),
        ({"consent": True, "consent_of_user": False, "consent_given_by": "user"}, 2),
        ({"arrest_date": "2026-12-01"}, 2),
    ],
)
def test_what_excludes_each_other_is_named(circumstances: dict[str, object], keys: int) -> None:
    found = contradictions(FACTS, Question("GH", "FR", "preserve", None, DAY, circumstances))
    assert [len(each.keys) for each in found] == [keys]
    assert found[0].stops
    assert found[0].reason.en[0].isupper()
    assert found[0].reason.zh.endswith("。")


def test_some_contradictions_only_warn_and_are_the_same_as_those_of_the_answer() -> None:
    asked = Question("GH", "FR", "preserve", None, DAY, {"provider_state": "GH", "emergency": True, "urgent": False})
    found = contradictions(FACTS, asked)
    assert {clash.keys: clash.stops for clash in found} == {
        ("emergency", "urgent"): True,
        ("from", "provider_state"): False,
    }
    warned = [item.text.en for item in routes(FACTS, asked).warnings if item.code == "contradictory-circumstances"]
    assert len(warned) == len(found)


def test_reasons_name_states_and_never_their_codes() -> None:
    for sender, receiver in (("NL", "US"), ("GB", "CN"), ("GH", "FR"), ("KR", "IR")):
        answer = ask(sender, receiver, "content", provider_state=receiver, data_located_in="AE")
        reasons = [finding.reason for route in answer.routes for finding in route.findings]
        for text in (*reasons, *(item.text for item in answer.warnings)):
            for code in (sender, receiver, "AE"):
                if code != "US":  # the law of the United States is cited by these letters
                    assert not re.search(rf"\b{code}\b", text.en, re.ASCII), text.en
                    assert not re.search(rf"(?<![A-Za-z-]){code}(?![A-Za-z-])", text.zh), text.zh


@pytest.mark.parametrize(
    "circumstances", [{}, {"emergency": True}, {"organised_group": True, "offenders": 3}, {"arrest_date": "2026-11-24"}]
)
def test_what_can_hold_together_is_no_contradiction(circumstances: dict[str, object]) -> None:
    assert contradictions(FACTS, Question("GH", "FR", "preserve", None, DAY, circumstances)) == ()


def test_a_text_that_nobody_has_written_in_chinese_is_said_in_english_and_known_as_such() -> None:
    plain, both, nothing = words("No threshold."), words({"en": "No threshold.", "zh": "无门槛。"}), words(None)
    assert (plain.say("zh"), plain.tongue("zh"), plain.tongue("en")) == ("No threshold.", "en", "en")
    assert (both.say("zh-hans"), both.tongue("zh-hans"), both.tongue("en")) == ("无门槛。", "zh", "en")
    assert in_turn((both, nothing, both)) == Words("No threshold. No threshold.", "无门槛。无门槛。")
    row = {"title": "Treaty", "title_zh": "条约", "note": "Old.", "note_zh": ""}
    assert (words_of(row, "title").zh, words_of(row, "note").zh, words_of(row, "none")) == ("条约", "Old.", nothing)
