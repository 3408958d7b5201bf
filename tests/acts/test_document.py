from dataclasses import replace
from datetime import UTC, date, datetime
from types import MappingProxyType

import pytest
from vectors.acts.characters import borders, draws
from vectors.acts.samples import OFFICES, REFUSAL, REQUEST, WORDS

from comity.acts import phrases
from comity.acts.act import Act, Text, encode_act
from comity.acts.callback import WORDS as CALLBACK_WORDS
from comity.acts.callback import callback_phrase
from comity.acts.characters import forbidden, is_drawable, shown
from comity.acts.document import compose
from comity.acts.render import render
from comity.acts.wordbook import Wordbook

LANGUAGES = ("en", "zh", "fr", "es", "ar", "ru")


def printed(act: Act, words: Wordbook = WORDS) -> str:
    document = compose(act, words, OFFICES)
    return "".join(span.text for span in (*document.body(), *document.every_page()))


@pytest.mark.parametrize(
    "words",
    [
        "Cybercrime Prosecutor’s Office",
        "网络犯罪检察院",
        "Arcadia",
        "24 November 2026, 09:12 UTC",
        "2026年11月24日 09:12（协调世界时）",
        "Reference ARC-2026-0417",
        "Request for expedited preservation of stored computer data",
        "快速保全已存储计算机数据的请求",
        "Convention on Cybercrime (ETS 185), article 29",
        "《网络犯罪公约》，第29条",
        "to 24/7 contact point of Borduria",
        "致博尔杜里亚24/7联络点",
        "Illegal access · 非法访问  illegal-access",
        "(written in English)",
        "60 days · 60天",
        "Yes · 是",
        "192.0.2.44",
        "Drafted by A. Ilves (officer).",
        "approved by two persons",
        "Data preservation request · 数据保全请求",
        "a3@mail.example",
    ],
)
def test_a_request_says(words: str) -> None:
    assert words in printed(REQUEST)


@pytest.mark.parametrize(
    "words",
    [
        "Sovereignty · 主权  sovereignty",
        "article 27(4)(b) · 第27(4)(b)条",
        "请求涉及国家安全机构的系统。 (written in Chinese)",
        "We regret.",
        "1\u00a0204 exhibits · 1\u00a0204件",
        "2\u00a0147\u00a0483\u00a0648 bytes",
        "abab abab",
        "cdcd cdcd",
        "efef efef",
    ],
)
def test_a_refusal_says(words: str) -> None:
    assert words in printed(REFUSAL)


def test_the_foot_names_act_and_dossier_in_groups_of_four() -> None:
    said = printed(REFUSAL).replace(" ", "")
    assert REFUSAL.id in said
    assert REQUEST.id in said
    assert callback_phrase(REFUSAL.id) in said


def test_particulars_are_numbered_in_the_order_of_the_form() -> None:
    rows = [row for row in compose(REQUEST, WORDS, OFFICES).rows if not row.heading]
    assert [row.number for row in rows] == [str(number) for number in range(1, len(rows) + 1)]
    labels = [row.labels[0].text for row in rows]
    assert labels.index("Offence under investigation") < labels.index("Facts") < labels.index("Identifiers")


def test_everything_in_a_payload_is_printed_even_what_this_lawbook_does_not_know() -> None:
    act = replace(
        REQUEST,
        form="unknown-form",
        fields=MappingProxyType({"strange": {"nested": [1, 2.5, None]}, "empty": [], "flag": False}),
        extra=MappingProxyType({"urgency": {"level": 3}}),
    )
    said = printed(act, Wordbook())
    for words in (
        "unknown-form",
        "strange",
        '{"nested":[1,2.5,null]}',
        "empty[]",
        "flagNo",
        "urgency",
        '{"level":3}',
        "preserve",
        "xb/contact-point",
    ):
        assert words in said


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("request_date", "2026-13-01"),
        ("keep_for", "sixty days"),
        ("offence_code", 7),
        ("identifiers", "x"),
        ("confidentiality", "maybe"),
        ("requested_state", {"a": 1}),
    ],
)
def test_an_answer_of_another_shape_than_its_field_is_printed_as_it_is(kind: str, value: object) -> None:
    act = replace(REQUEST, fields=MappingProxyType({kind: value}))
    plain = value if isinstance(value, str) else str(value).replace("'", '"').replace(": ", ":")
    assert str(plain) in printed(act)


def test_an_act_made_by_one_person_does_not_say_two() -> None:
    assert "two persons" not in printed(replace(REQUEST, approved_by=None))


def test_the_same_act_composes_and_renders_to_the_same_bytes() -> None:
    first, second = (render(compose(REQUEST, WORDS, OFFICES), encode_act(REQUEST)) for _ in range(2))
    assert first == second


def test_the_order_of_parties_in_memory_does_not_matter() -> None:
    turned = replace(REQUEST, parties=MappingProxyType(dict(reversed(REQUEST.parties.items()))))
    assert compose(turned, WORDS, OFFICES) == compose(REQUEST, WORDS, OFFICES)


def test_nothing_that_a_partner_writes_becomes_markup() -> None:
    evil = '#panic("x") $a$ *b* _c_ @d <e> = F // g \\ `h` #sys.inputs'
    act = replace(REQUEST, subject=Text(evil, "en"))
    assert evil in printed(act)
    assert render(compose(act, WORDS, OFFICES), encode_act(act))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_phrase(language: str) -> None:
    english = phrases._words("en")
    assert phrases._words(language).keys() == english.keys()
    assert phrases._words(language)["languages"].keys() == english["languages"].keys()  # type: ignore[attr-defined]
    assert len(phrases._words(language)["months"]) == 12  # type: ignore[arg-type]
    for name, words in english.items():
        if isinstance(words, str):
            own = str(phrases._words(language)[name])
            holes = {
                hole
                for hole in (
                    "{reference}",
                    "{instrument}",
                    "{article}",
                    "{office}",
                    "{language}",
                    "{person}",
                    "{phrase}",
                )
                if hole in words
            }
            assert all(hole in own for hole in holes), (language, name)


@pytest.mark.parametrize(
    ("language", "days", "said"),
    [
        ("en", 1, "1 day"),
        ("en", 60, "60 days"),
        ("zh", 60, "60天"),
        ("fr", 2, "2 jours"),
        ("ru", 1, "1 день"),
        ("ru", 3, "3 дня"),
        ("ru", 11, "11 дней"),
        ("ru", 60, "60 дней"),
        ("ar", 2, "يومان"),
        ("ar", 3, "3 أيام"),
        ("ar", 60, "60 يومًا"),
        ("ar", 100, "100 يوم"),
        ("es", 1, "1 día"),
    ],
)
def test_numbers_take_the_plural_of_their_language(language: str, days: int, said: str) -> None:
    assert phrases.period(language, f"P{days}D") == said


def test_periods_of_several_units_are_said_in_order() -> None:
    assert phrases.period("en", "P1Y2M3DT4H") == "1 year, 2 months, 3 days, 4 hours"
    assert phrases.period("en", "P") is None


def test_dates_read_as_their_language_writes_them() -> None:
    assert phrases.day("es", date(2026, 11, 24)) == "24 de noviembre de 2026"
    assert phrases.instant("en", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)) == "2 January 2026, 03:04:05 UTC"


def test_a_call_back_phrase_follows_from_the_digest() -> None:
    assert callback_phrase("00" * 32) == f"{CALLBACK_WORDS[0]}-{CALLBACK_WORDS[0]}-0000"
    assert callback_phrase(REQUEST.id) == callback_phrase(REQUEST.id) != callback_phrase(REFUSAL.id)
    assert len(set(CALLBACK_WORDS)) == 256


@pytest.mark.parametrize(
    ("text", "paper"),
    [
        ("plain", "plain"),
        ("a\tb", "a b"),
        ("🔥", "⟨U+1F525⟩"),
        ("a\u200bb", "a⟨U+200B⟩b"),
        ("می‌خواهم", "می‌خواهم"),
        ("a\u200db", "a⟨U+200D⟩b"),
        ("三\n四", "三\n四"),
        ("\u00ad", "⟨U+00AD⟩"),
    ],
)
def test_what_no_font_draws_is_named(text: str, paper: str) -> None:
    assert shown(text) == paper


@pytest.mark.parametrize(
    "text",
    ["\x00", "\x1b", "\x7f", "\x85", "\u202e", "\u2066", "\ufeff", "\ue000", "\ufffe", "\U000e0041", "\U0010ffff"],
)
def test_characters_that_deceive_are_forbidden(text: str) -> None:
    assert forbidden(f"a{text}b") == text


def test_the_list_of_drawable_characters_is_what_the_fonts_draw() -> None:
    import typst

    from comity.acts.fonts import fonts

    compiler = typst.Compiler(font_paths=fonts(), ignore_system_fonts=True)
    drawable = [code for code in range(0x20, 0x3000) if is_drawable(chr(code))] + list(range(0x4E00, 0x9FA0, 37))
    assert draws(compiler, drawable)
    assert not draws(compiler, [0x1F525])
    assert borders([1, 2, 3, 7]) == [1, 4, 7, 8]
