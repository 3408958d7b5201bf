import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from comity.cli.law import law
from comity.law.facts import MalformedLawError
from comity.law.question import UnknownStateError
from comity.lawbook import default_path, open_lawbook
from comity.lawbook.check import LawReport, check_law
from comity.lawbook.check_bound import bound_problems
from comity.lawbook.check_languages import Said, language_problems, said_texts
from comity.lawbook.check_shapes import schemas_of
from comity.lawbook.check_tests import test_problems as problems_of_tests
from comity.lawbook.check_texts import text_problems
from comity.lawbook.coverage import coverage_json, coverage_of
from comity.lawbook.facts import load_facts


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(default_path(), tmp_path / "lawbook")
    return tmp_path / "lawbook"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lawbook with one instrument, so that it is read fast."""
    folder = tmp_path_factory.mktemp("small") / "lawbook"
    shutil.copytree(default_path(), folder, ignore=shutil.ignore_patterns("forms", "procedures", "cases", "law"))
    for path in folder.glob("instruments/*"):
        if path.name != "harare.yaml":
            path.unlink()
    (folder / "states/law").mkdir()
    shutil.copy(default_path() / "states/law/de.yaml", folder / "states/law/de.yaml")
    return folder


@pytest.fixture(scope="module")
def report() -> LawReport:
    return check_law(default_path())


def test_the_law_that_comes_with_comity_is_sound(report: LawReport) -> None:
    assert report.problems == ()
    assert dict(report.coverage)["states"] > 190
    assert dict(report.coverage)["texts in English alone"] == 0


SHAPES = {
    "an unknown status": ("parties/parties.csv", ",signatory,", ",member,", "'member' is not one of"),
    "another value": ("instruments/budapest.yaml", "if_missing: unknown", "if_missing: perhaps", "is not one of"),
    "a case without article": (
        "cases/routes-production.yaml", "  article: Budapest 31, 25, 27\n", "", "'article' is a required",
    ),
}  # fmt: skip
CONTRADICTIONS = {
    "a row twice": (
        "parties/parties.csv",
        "budapest,DK,2003-04-22,",
        "budapest,DE,2003-04-22,",
        "budapest DE has 2 rows whose periods overlap",
    ),
    "ended without a day": (
        "parties/parties.csv",
        ",2004-01-01,2020-12-31,ended,",
        ",2004-01-01,,ended,",
        "no day says when",
    ),
    "ends before it begins": (
        "parties/parties.csv",
        ",2020-12-31,ended,",
        ",1999-12-31,ended,",
        "ends before it begins",
    ),
    "bound too early": ("parties/parties.csv", ",2007-01-01,", ",2001-01-01,", "before the instrument applies"),
    "no such state": ("parties/parties.csv", "budapest,AL,", "budapest,ZZ,", "no state ZZ"),
    "a relation to nothing": ("instruments/ets30.yaml", "other: budapest", "other: bucharest", "does not exist"),
    "no effect": ("instruments/ets30.yaml", "  effect: excludes\n", "", "does not say its effect"),
    "a fact nobody knows": ("instruments/budapest.yaml", "fact: political", "fact: weather", "'weather' is no fact"),
    "suspended without a day": (
        "parties/bilateral.csv",
        ",suspended,2020-08-20,",
        ",suspended,,",
        "no day says since when",
    ),
    "a treaty that ends before it begins": (
        "instruments/malabo.yaml",
        "\nends: null",
        "\nends: '2001-01-01'",
        "ends on 2001-01-01",
    ),
    "applied before it was adopted": (
        "instruments/ets24.yaml",
        "opened: '1957-12-13'",
        "opened: '2027-12-13'",
        "before it was adopted on 2027",
    ),
    "a third state in a treaty of the Union": (
        "parties/parties.csv",
        "eu-eio,AT,",
        "eu-eio,US,",
        "eu-eio US is bound, but coverage.yaml says that it cannot be",
    ),
    "bound after it left the Union": (
        "states/states.csv",
        ",yes,1995-01-01,,",
        ",no,1995-01-01,2018-01-31,",
        "left the European Union on 2018-01-31",
    ),
    "a reservation by a stranger": (
        "parties/reservations.yaml",
        "- iso2: AD\n",
        "- iso2: BT\n",
        "budapest BT has a reservation but is no party",
    ),
    "a tag nobody explains": (
        "parties/reservations.yaml",
        "rule: federal-clause",
        "rule: federal-claws",
        "federal-claws",
    ),
    "a value that cannot be": (
        "instruments/ets30.yaml",
        "{fact: measure, op: eq, value: evidence-general",
        "{fact: measure, op: eq, value: evidence-special",
        "'measure' can never be 'evidence-special'",
    ),
    "a state that is none": (
        "parties/coverage.yaml",
        "possible: [GB, US]",
        "possible: [GB, UX]",
        "no state or organisation UX",
    ),
    "a channel that is none": ("instruments/ets24.yaml", "to: [", "to: [pigeon, ", "no channel pigeon"),
    "a sender that is none": ("instruments/ets24.yaml", "from: [", "from: [pirate, ", "no name for pirate"),
    "a language that is none": ("states/authorities.csv", ",ca; ", ",tlh; ", "AD takes 'tlh'"),
    "one displacement, two effects": (
        "instruments/eu-mla-2000.yaml",
        "effect: excludes",
        "effect: subsidiary",
        "of the same displacement",
    ),
    "a word missing": ("words/law.yaml", "    preserve: {", "    preserved: {", "measure:preserve lacks"),
}


PAGES = {
    "a procedure of no instrument": ("procedures/eio.yaml", "instruments: [eu-eio", "instruments: [eu-eieio", "no instrument eu-eieio"),
    "a step with a form that is none": ("procedures/eio.yaml", "forms: [eio-annex-b", "forms: [eio-annex-z", "eio-annex-z"),
    "a form of no instrument": ("forms/eaw.yaml", "instruments: [eu-eaw", "instruments: [eu-jaw", "forms eaw: no instrument eu-jaw"),
}  # fmt: skip


@pytest.mark.parametrize("defects", [SHAPES, CONTRADICTIONS, PAGES], ids=["shapes", "contradictions", "pages"])
def test_every_defect_is_found_and_named(copy: Path, defects: dict[str, tuple[str, str, str, str]]) -> None:
    for name, old, new, _ in defects.values():
        text = (copy / name).read_text()
        assert old in text, old
        (copy / name).write_text(text.replace(old, new, 1))
    problems = check_law(copy).problems
    unnamed = [defect for defect, (*_, words) in defects.items() if not any(words in problem for problem in problems)]
    assert unnamed == []


def test_a_file_that_cannot_be_read_is_the_report(small: Path) -> None:
    (small / "codes.yaml").write_text("measures: [")
    assert "codes.yaml" in check_law(small).problems[0]
    (small / "codes.yaml").write_bytes((default_path() / "codes.yaml").read_bytes())


def test_every_data_file_has_exactly_one_schema() -> None:
    found = schemas_of(default_path())
    assert {name: schemas for name, schemas in found.items() if len(schemas) != 1} == {}
    assert len(found) > 150


def test_a_file_without_schema_and_one_with_two_are_named(small: Path) -> None:
    notes, again = small / "notes.yaml", small / "schema/again.schema.json"
    notes.write_text("a: 1\n")
    again.write_text((small / "schema/holders.schema.json").read_text())
    problems = check_law(small).problems
    notes.unlink()
    again.unlink()
    assert "notes.yaml: no schema is for this file" in problems
    assert "holders.yaml: again.schema.json and holders.schema.json are both for this file" in problems


def test_a_circle_of_three_texts_that_displace_each_other_is_found() -> None:
    facts = open_lawbook().facts
    names = ("malabo", "harare", "asean-mlat")
    relation = next(r for item in facts.instruments.values() for r in item.relations if r.effect == "excludes")
    circle = {
        name: replace(facts.instruments[name], relations=(replace(relation, kind="displaces", other=other),))
        for name, other in zip(names, (*names[1:], names[0]), strict=True)
    }
    raw: Any = {"instruments": []}
    problems = list(text_problems(replace(facts, instruments={**facts.instruments, **circle}), raw))
    assert "instruments asean-mlat, malabo, harare displace each other in a circle" in problems


IMPOSSIBLE = [
    [{"fact": "date", "op": "gte", "value": "2026-08-18"}, {"fact": "date", "op": "lt", "value": "2026-08-18"}],
    [{"fact": "from", "op": "eq", "value": "FR"}, {"fact": "from", "op": "eq", "value": "DE"}],
    [{"fact": "offenders", "op": "gt", "value": 3}, {"fact": "offenders", "op": "lte", "value": 2}],
]


@pytest.mark.parametrize("parts", IMPOSSIBLE)
def test_a_test_that_no_situation_can_meet_is_found(parts: list[object]) -> None:
    facts = open_lawbook().facts
    budapest = facts.instruments["budapest"]
    measure = budapest.measures[0]
    never = replace(measure, scope=replace(measure.scope, test={"all": parts}))
    changed = replace(facts, instruments={"budapest": replace(budapest, measures=(never,), relations=())})
    assert any("cannot be" in problem for problem in problems_of_tests(changed))


def test_a_state_may_leave_and_come_back() -> None:
    facts = open_lawbook().facts
    row = next(row for row in facts.parties if row.instrument == "untoc" and row.state == "GH")
    left = replace(row, in_force=date(2012, 1, 1), ends_on=date(2015, 12, 31), status="ended")
    back = replace(row, in_force=date(2018, 1, 1), signed=None)
    others = tuple(each for each in facts.parties if each != row)
    assert list(bound_problems(replace(facts, parties=(*others, left, back)))) == []
    both = replace(left, ends_on=date(2019, 1, 1))
    assert "periods overlap" in next(bound_problems(replace(facts, parties=(*others, both, back))))


def test_what_nothing_reads_and_what_nobody_has_written_are_remarks(report: LawReport) -> None:
    assert "reservations.yaml: budapest federal-clause (1): no test reads it" in report.remarks
    assert any(remark.startswith("reservations.yaml: ") and "no test reads it" in remark for remark in report.remarks)


LANGUAGES = {
    "another number": ("at least 12 months.", "至少二年。", "have different numbers"),
    "another day": ("since 2024-09-01", "自2024年9月2日起", "have different numbers"),
    "English left over": ("all crimes", "一切 serious crimes", "'serious crimes' is left in the Chinese"),
    "not translated": ("Ministry of Justice", "Ministry of Justice", "'Ministry of Justice' is left in the Chinese"),
}
SAME = {
    "articles": ("arts 2-11 and 6(1)(b)", "第2条至第11条和第6(1)(b)条"),
    "a month by name": ("by 1 March 2026, or in March 2026", "至2026年3月1日，或2026年3月"),
    "amounts": ("CNY 100,000; AUD 10 million", "10万元；10000000澳元"),
    "names": ("by the EPOC form of Amazon Web Services", "以Amazon Web Services的EPOC表格"),
    "a quotation": ('"data theft" (habs)', "“data theft by hackers”（habs or sijn）"),
}


@pytest.mark.parametrize("case", LANGUAGES)
def test_chinese_that_says_other_numbers_or_is_english_is_found(case: str) -> None:
    english, chinese, problem = LANGUAGES[case]
    assert problem in next(language_problems([Said("here", english, chinese)]))


@pytest.mark.parametrize("case", SAME)
def test_the_same_numbers_in_the_way_of_each_language_are_sound(case: str) -> None:
    assert list(language_problems([Said("here", *SAME[case])])) == []


def test_a_text_that_is_english_alone_is_counted(small: Path) -> None:
    path = small / "states/law/de.yaml"
    before = path.read_text()
    texts = {text.where: text for text in said_texts(small)}
    assert all(text.zh for text in texts.values())
    note = "{en: No damage threshold., zh: 无损害门槛。}"
    path.write_text(before.replace(note, "No damage threshold.", 1))
    plain = [text for text in said_texts(small) if not text.zh]
    path.write_text(before)
    assert note in before
    assert [(text.en, text.where.rpartition("/")[2]) for text in plain] == [("No damage threshold.", "notes")]
    assert len(texts) > 1000


HOSTILE = {
    "a bomb": b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
    "a double key": b"schema: comity-codes/1\nschema: comity-codes/1\n",
    "a list": b"- a\n",
    "nothing": b"",
    "no text": b"\xff\xfe\x00",
    "nesting": b"[" * 100_000,
    "wrong types": b"schema: 3\nmeasures: 7\ninstruments: {a: []}\nparties: x\n",
}


FILES = ("parties/coverage.yaml", "parties/reservations.yaml", "instruments/harare.yaml", "parties/parties.csv")
TRIED = [("codes.yaml", kind) for kind in HOSTILE] + [
    (name, kind) for name in FILES for kind in ("no text", "wrong types")
]


@pytest.mark.parametrize(("name", "kind"), TRIED)
def test_a_hostile_file_is_a_problem_with_its_name_and_never_a_crash(small: Path, name: str, kind: str) -> None:
    (small / name).write_bytes(HOSTILE[kind])
    problems = check_law(small).problems
    assert any(Path(name).name in problem for problem in problems)
    with pytest.raises(MalformedLawError):
        load_facts(small, small.parent / "cache")
    (small / name).write_bytes((default_path() / name).read_bytes())


def test_a_folder_that_is_no_lawbook_is_the_report(tmp_path: Path) -> None:
    assert check_law(tmp_path).problems
    assert check_law(tmp_path / "missing").problems


def test_coverage_says_what_is_known_of_a_state_and_where_the_gaps_are() -> None:
    facts = open_lawbook().facts
    ghana, bhutan = coverage_of(facts, "GH"), coverage_of(facts, "BT")
    assert ghana.known["positions"] > 5
    assert ghana.known["national_offences"] > 5
    assert {"national_offences", "assistance_law"} <= set(bhutan.gaps)
    assert "budapest" not in bhutan.unknown  # its list of parties is complete
    value: Any = coverage_json(bhutan, "zh")
    assert (value["state"], value["name"]) == ("BT", "不丹")
    with pytest.raises(UnknownStateError):
        coverage_of(facts, "ZZ")


def test_the_command_prints_the_check_and_the_coverage(copy: Path) -> None:
    run = CliRunner().invoke
    (copy / "codes.yaml").write_text("a: 1\na: 2\n")
    broken = run(law, ["check", "--lawbook", str(copy), "--json"])
    assert broken.exit_code == 1
    assert json.loads(broken.output)["sound"] is False
    assert "the key 'a' stands twice" in broken.output
    one = run(law, ["coverage", "gh", "--language", "zh"])
    assert one.output.startswith("加纳 (GH)：") or one.output.startswith("加纳 (GH): ")
    assert len(run(law, ["coverage"]).output.splitlines()) > 190
    assert run(law, ["coverage", "zz"]).exit_code == 2
    assert json.loads(run(law, ["coverage", "FR", "--json"]).output)["known"]["powers"] > 3
