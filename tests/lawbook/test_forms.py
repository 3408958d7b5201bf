"""The forms of the lawbook are sound, and the words for all codes are there in English and Chinese."""

import json
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest

from comity.cooperation.checking import check_form
from comity.cooperation.condition import is_empty
from comity.cooperation.draft import Draft, LintContext, Remark
from comity.cooperation.history import Reason
from comity.cooperation.lint_fields import HELPS_WHEN_FILLED, MISSING_HAS_OWN_WORDS, lint_fields
from comity.cooperation.sentence import places
from comity.cooperation.values import fits
from comity.lawbook import default_path
from comity.lawbook.procedures import UnreadableLawbookError, load_procedures
from comity.lawbook.reading import read_yaml
from comity.lawbook.words import load_catalogue, load_forms, load_wordbook

LAWBOOK = default_path()
FORMS = load_forms(LAWBOOK)
CATALOGUE = load_catalogue(LAWBOOK)
SCHEMAS = LAWBOOK / "schema"
SIX = ("en", "zh", "ar", "fr", "es", "ru")


@pytest.mark.parametrize("name", FORMS)
def test_a_form_is_sound(name: str) -> None:
    assert check_form(FORMS[name]) == ()


@pytest.mark.parametrize("path", sorted((LAWBOOK / "forms").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_form_keeps_the_published_schema(path: Path) -> None:
    jsonschema.validate(read_yaml(path), json.loads((SCHEMAS / "form.schema.json").read_text()))


@pytest.mark.parametrize("path", sorted((LAWBOOK / "words").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_file_of_words_keeps_the_published_schema(path: Path) -> None:
    jsonschema.validate(read_yaml(path), json.loads((SCHEMAS / "words.schema.json").read_text()))


@pytest.mark.parametrize("name", FORMS)
def test_labels_are_in_six_languages_and_every_field_names_who_asks(name: str) -> None:
    form = FORMS[name]
    labels = [form.title, *(section.title for section in form.sections)]
    for field in form.fields():
        assert field.article, field.id
        labels += [field.label, *(choice.label for choice in field.codes), *(column.label for column in field.columns)]
    for label in labels:
        assert all(label.get(language) for language in SIX), label


@pytest.mark.parametrize("name", FORMS)
def test_the_example_of_a_field_is_a_good_answer_to_it(name: str) -> None:
    for field in FORMS[name].fields():
        assert fits(field, field.example), (field.id, field.example)
        assert not is_empty(field.example)


def test_the_same_id_means_the_same_datum_in_every_form() -> None:
    types: dict[str, set[str]] = {}
    for form in FORMS.values():
        for field in form.fields():
            types.setdefault(field.id, set()).add(field.type)
    assert {name: kinds for name, kinds in types.items() if len(kinds) > 1} == {}


def test_a_form_filled_with_its_examples_lacks_nothing() -> None:
    from datetime import UTC, datetime

    context = LintContext(None, None, datetime(2026, 9, 3, tzinfo=UTC))
    for form in FORMS.values():
        draft = Draft("send", "requesting", {field.id: field.example for field in form.fields()}, form.id)
        said = [
            remark
            for remark in lint_fields(draft, form, context)
            if "missing" in remark.code or remark.code == "wrong-type"
        ]
        assert said == [], form.id


def test_every_code_of_the_catalogue_is_said_in_english_and_in_chinese_with_the_same_parameters() -> None:
    for code, words in CATALOGUE.items():
        assert set(words) == {"en", "zh"}, code
        assert places(words["en"]) == places(words["zh"]), code


def test_every_reason_and_every_remark_on_a_field_has_its_words() -> None:
    assert {str(reason) for reason in Reason} <= CATALOGUE.keys()
    assert set(MISSING_HAS_OWN_WORDS.values()) <= CATALOGUE.keys()
    assert {code for code, _ in HELPS_WHEN_FILLED.values()} <= CATALOGUE.keys()


def test_every_code_that_the_linter_can_say_is_in_the_catalogue_and_no_other() -> None:
    source = "".join(path.read_text() for path in (Path(__file__).parents[2] / "src/comity/cooperation").glob("*.py"))
    remarks: Any = read_yaml(LAWBOOK / "words/remarks.yaml")
    for section in ("remarks", "notices"):
        for code in remarks[section]:
            known = f'"{code}"' in source or f"`{code}`" in source
            derived = code.endswith(("-over", "-overdue")) or code in ("order-ending", "preservation-ending")
            assert known or derived, code
    assert get_args(Remark.__annotations__["severity"]) == ("stop", "warn", "advise")


def test_steps_and_states_of_every_procedure_have_words_in_six_languages() -> None:
    wordbook = load_wordbook(LAWBOOK)
    for procedure in load_procedures(LAWBOOK).values():
        for kind, codes in (("step", procedure.steps), ("state-of-procedure", procedure.states)):
            for code in codes:
                labels = wordbook.terms[f"{kind}:{procedure.id}/{code}"]
                assert all(labels.get(language) for language in SIX), (kind, code)
    assert wordbook.label("step", "budapest-preservation/send-production-request", "zh") == "请求调取数据"
    assert wordbook.label("actor", "requested", "fr") == "Partie requise ou d’exécution"
    assert wordbook.label("procedure", "provider-order", "en") == "Order to a service provider"


def test_a_code_that_is_said_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words/remarks.yaml").write_text("remarks: {a: {en: x, zh: y}}\nnotices: {a: {en: x, zh: y}}\n")
    with pytest.raises(UnreadableLawbookError, match="twice"):
        load_catalogue(tmp_path)


def test_a_form_under_another_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms/other.yaml").write_text((LAWBOOK / "forms/receipt.yaml").read_text())
    with pytest.raises(UnreadableLawbookError, match="named other but holds receipt"):
        load_forms(tmp_path)
