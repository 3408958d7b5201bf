from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cooperation.making import LAWBOOK, PROCEDURES, START, Story

from comity.acts.act import ExhibitListRef, RefusalRef, RouteRef, Text
from comity.acts.office import Office
from comity.cooperation.dossier import Dossier, fold
from comity.cooperation.linter import Draft, LintContext, Remark, RouteRisk, draft_of, lint, stops
from comity.cooperation.sentence import places, sentence
from comity.lawbook.words import load_catalogue, load_wordbook

WORDBOOK = load_wordbook(LAWBOOK)
CATALOGUE = load_catalogue(LAWBOOK)
BOTH = ("preserve", "subscriber")
ANA = Office("gh/prosecutor", "GH", {"en": "Prosecutor"}, languages=("en",), actors=("requesting",))
BEN = Office(
    "fr/central-authority",
    "FR",
    {"fr": "Autorité"},
    languages=("fr", "en"),
    actors=("requested",),
    measures=("preserve", "subscriber"),
)
ROUTE = RouteRef("budapest", "29", "preserve", "network-24-7")
NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)


def english(text: str) -> dict[str, str]:
    return {"text": text, "language": "en"}


REQUEST: dict[str, Any] = {
    "request_date": "2026-09-01",
    "reference": "EX-2026-0417",
    "request_status": "new",
    "requested_state": "FR",
    "requested_authority": "24/7 contact point",
    "requesting_state": "GH",
    "requesting_authority": "Prosecution Office of Exampleville",
    "contact_name": "Kim Example",
    "contact_phone": "+1 202 555 0143",
    "contact_email": "desk@prosecutor.example",
    "offence_classification": english("Illegal access to a computer system"),
    "offence_provisions": english("Criminal Code of XA, s. 201"),
    "max_penalty_months": 60,
    "facts_summary": english(
        "On 2026-08-20 an unknown person logged in to the mail server of Example Hospital from 192.0.2.15 and copied records."
    ),
    "data_category": ["subscriber", "traffic"],
    "identifiers": [
        {"identifier_kind": "ip-address", "identifier_value": "192.0.2.15", "identifier_time": "2026-08-20T03:14:00Z"}
    ],
    "range_start": "2026-08-01T00:00:00Z",
    "range_end": "2026-08-31T23:59:59Z",
    "data_description": english("name, contact and payment data of the account"),
    "data_relation": english("The account received the copied records."),
    "service_provider": "Mail Example Ltd",
    "necessity": english("The data may be deleted by the user at any time."),
    "intends_mla": True,
    "mla_expected_by": "2026-10-01T00:00:00Z",
    "confidentiality": True,
    "confidentiality_reason": english("The suspect would delete the data."),
    "signatory": "Kim Example, senior prosecutor",
    "signature_date": "2026-09-01",
}


def remarks(
    changes: dict[str, Any] | None = None,
    *,
    procedure: str = "budapest-preservation",
    step: str = "send",
    actor: str = "requesting",
    form: str | None = "budapest-29",
    sender: Office | None = ANA,
    recipient: Office | None = BEN,
    dossier: Dossier | None = None,
    now: datetime = NOW,
    risks: tuple[RouteRisk, ...] = (),
    fields: dict[str, Any] | None = None,
    **draft: Any,
) -> tuple[Remark, ...]:
    answers = {**(REQUEST if fields is None else fields), **(changes or {})}
    written = Draft(step, actor, {k: v for k, v in answers.items() if v is not None}, form, **{"route": ROUTE, **draft})
    context = LintContext(sender, recipient, now, dossier, risks, WORDBOOK)
    return lint(written, WORDBOOK.forms[form] if form else None, PROCEDURES[procedure], context)


def codes(*args: Any, **kwargs: Any) -> list[str]:
    return [remark.code for remark in remarks(*args, **kwargs)]


def test_a_complete_request_gets_no_remark() -> None:
    assert codes() == []


@pytest.mark.parametrize(
    ("changes", "code", "severity", "field", "article"),
    [
        ({"reference": None}, "required-missing", "stop", "reference", "T-CY"),
        ({"request_status": "extension"}, "required-missing", "stop", "previous_reference", "T-CY"),
        ({"service_provider": None}, "required-missing", "stop", "service_provider", "29(2)(d)"),
        ({"request_status": "renewal"}, "unknown-code", "stop", "request_status", "T-CY"),
        ({"data_category": ["traffic", "moods"]}, "unknown-code", "stop", "data_category", "29(2)(c)"),
        ({"max_penalty_months": "60"}, "wrong-type", "stop", "max_penalty_months", "29(2)(b)"),
        ({"request_date": "yesterday"}, "wrong-type", "stop", "request_date", "T-CY"),
        ({"range_start": "2026-08-01T00:00:00"}, "wrong-type", "stop", "range_start", "29(2)(c)"),
        ({"identifiers": [{"identifier_kind": 7}]}, "wrong-type", "stop", "identifiers.0.identifier_kind", "29(2)(c)"),
        ({"shoe_size": 42}, "unknown-field", "warn", "shoe_size", "ETS 185"),
        ({"request_date": "2026-09-20"}, "time-in-the-future", "stop", "request_date", "T-CY"),
        ({"range_start": "2027-01-01T00:00:00Z"}, "time-in-the-future", "stop", "range_start", "29(2)(c)"),
        ({"mla_expected_by": "2026-01-01T00:00:00Z"}, "time-already-past", "stop", "mla_expected_by", "29(2)(e)"),
        ({"signature_date": "2026-08-20"}, "signed-on-another-day", "advise", "signature_date", "T-CY"),
        ({"range_end": "2026-07-01T00:00:00Z"}, "period-reversed", "stop", "range_end", "29(2)(c)"),
        ({"facts_summary": english("A crime.")}, "text-too-short", "warn", "facts_summary", "29(2)(b)"),
        ({"facts_summary": {"text": "嫌" * 60, "language": "zh"}}, "text-not-readable", "warn", "facts_summary", "29(2)(b)"),
        ({"data_relation": None}, "link-missing", "stop", "data_relation", "29(2)(c)"),
        ({"necessity": english("  ")}, "necessity-missing", "stop", "necessity", "29(2)(e)"),
        ({"facts_summary": None}, "facts-missing", "stop", "facts_summary", "29(2)(b)"),
        ({"max_penalty_months": None}, "penalty-missing", "advise", "max_penalty_months", "29(2)(b)"),
        ({"urgent": True}, "urgency-without-reason", "stop", "urgency_reason", "29(2)(e)"),
        ({"confidentiality": None}, "confidentiality-not-said", "stop", "confidentiality", "27(8)"),
        ({"confidentiality_reason": None}, "confidentiality-without-reason", "stop", "confidentiality_reason", "29(2)(e)"),
        ({"user_notice": "allowed"}, "secret-but-user-told", "warn", "user_notice", "29(2)(e)"),
        ({"intends_mla": False}, "production-not-announced", "stop", "intends_mla", "29(2)(f)"),
        ({"mla_expected_by": None}, "production-date-missing", "advise", "mla_expected_by", "29(2)(e)"),
        ({"mla_expected_by": "2026-12-24T00:00:00Z"}, "production-after-preservation", "warn", "mla_expected_by", "29(2)(e)"),
        ({"contact_email": "desk at prosecutor"}, "identifier-malformed", "warn", "contact_email", "T-CY"),
        ({"contact_phone": "0202 555 0143"}, "identifier-malformed", "warn", "contact_phone", "T-CY"),
        ({"requested_state": "DE"}, "state-differs", "stop", "requested_state", "T-CY"),
        ({"requesting_state": "FR"}, "state-differs", "stop", "requesting_state", "T-CY"),
    ],
)  # fmt: skip
def test_one_defect_gets_its_remark_with_field_and_article(
    changes: dict[str, Any], code: str, severity: str, field: str, article: str
) -> None:
    found = [remark for remark in remarks(changes) if remark.code == code]
    assert len(found) == 1
    assert (found[0].severity, found[0].field) == (severity, field)
    assert found[0].article.startswith(article)


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        ("ip-address", "192.0.2.300", "identifier-malformed"),
        ("ip-address", "192.168.1.7", "address-inside-network"),
        ("ip-address", "100.64.3.2", "address-inside-network"),
        ("ip-address", "fd00::1", "address-inside-network"),
        ("email-address", "user@@mail.example", "identifier-malformed"),
        ("phone-number", "+1", "identifier-malformed"),
        ("imei", "490154203237519", "identifier-malformed"),
        ("mac-address", "00-00-5E-00-53", "identifier-malformed"),
        ("url", "mail.example", "identifier-malformed"),
        ("domain-name", "-x.example", "identifier-malformed"),
        ("wallet", "my wallet", "identifier-malformed"),
        ("user-name", " ", "identifier-empty"),
    ],
)
def test_an_identifier_that_finds_nobody_gets_a_remark(kind: str, value: str, code: str) -> None:
    row = {"identifier_kind": kind, "identifier_value": value, "identifier_time": "2026-08-20T03:14:00Z"}
    assert codes({"identifiers": [row]}) == [code]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("ip-address", "2001:db8::17"),
        ("email-address", "юзер.name+x@почта.example"),
        ("phone-number", "+49 30 1234567"),
        ("imei", "49-015420-323751-8"),
        ("mac-address", "00:00:5e:00:53:af"),
        ("url", "https://mail.example/a?b"),
        ("domain-name", "xn--fiqs8s.example"),
        ("wallet", "0x00000000219ab540356cBB839Cbe05303d7705Fa"),
        ("wallet", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"),
        ("other", "anything"),
    ],
)
def test_a_good_identifier_gets_none(kind: str, value: str) -> None:
    row = {"identifier_kind": kind, "identifier_value": value, "identifier_time": "2026-08-20T03:14:00Z"}
    assert codes({"identifiers": [row]}) == []


def test_an_address_needs_the_time_of_its_use() -> None:
    row = {"identifier_kind": "ip-address", "identifier_value": "192.0.2.15"}
    assert codes({"identifiers": [row]}) == ["address-without-time"]


def test_an_iban_is_checked_by_its_check_digits() -> None:
    found = {"iban": "GB82 WEST 1234 5698 7654 32"}
    form = next(form for form in WORDBOOK.forms.values() if any(field.id == "iban" for field in form.fields()))
    for value, wrong in ((found["iban"], False), ("GB82 WEST 1234 5698 7654 33", True)):
        draft = Draft("send", "requesting", {"iban": value}, form.id)
        said = lint(draft, form, PROCEDURES["freezing-and-confiscation"], LintContext(ANA, BEN, NOW))
        assert any(r.code == "identifier-malformed" and r.field == "iban" for r in said) is wrong


NO_DESK = Office("fr/hosting", "FR", {"en": "Hosting"}, actors=("provider",))


@pytest.mark.parametrize(
    ("parties", "code"),
    [
        ({"sender": None}, "sender-not-in-directory"),
        ({"sender": BEN}, "sender-not-competent"),
        ({"sender": BEN}, "sender-is-recipient"),
        ({"sender": BEN}, "same-state"),
        ({"recipient": None}, "recipient-not-in-directory"),
        ({"recipient": NO_DESK}, "recipient-not-competent"),
        ({"route": RouteRef("budapest", "31", "content", "central-authority")}, "recipient-not-for-measure"),
        ({"languages": ("zh", "ar")}, "language-not-accepted"),
    ],
)
def test_who_writes_to_whom_is_checked_against_the_directory(parties: dict[str, Any], code: str) -> None:
    assert code in codes(**parties)


def test_a_measure_does_not_reach_a_wider_category_of_data() -> None:
    route = RouteRef("budapest", "31", "subscriber", "central-authority")
    found = [remark for remark in remarks(route=route) if remark.code == "category-beyond-measure"]
    assert found[0].params == {"field": "data_category", "measure": "subscriber", "categories": "traffic"}
    assert "traffic data" in sentence(found[0], "en", CATALOGUE, WORDBOOK)


def dossier(*steps: str, days: float = 0) -> Dossier:
    story = Story()
    story.walk(*steps, days=days)
    return fold(story.procedure, story.received)


def test_a_step_that_the_dossier_does_not_allow_now_is_stopped() -> None:
    assert "step-not-possible" in codes(dossier=dossier("send", "withdraw"))
    assert "step-not-possible" in codes(step="withdraw", form=None, fields={})
    assert "step-not-ours" in codes(step="acknowledge")
    assert "step-not-ours" in codes(step="no-such-step")
    assert "form-not-of-step" in codes(step="send", form="receipt", fields={})
    assert "form-not-of-step" in codes(step="send", form=None, fields={})


def test_a_step_without_a_form_is_fine_without_one() -> None:
    assert codes(step="withdraw", form=None, fields={}, dossier=dossier("send")) == []


def test_evidence_goes_with_the_steps_that_are_meant_for_it() -> None:
    ordered = dossier("send", "acknowledge", "report-preserved", "send-production-request", "acknowledge", "accept")
    other = {
        "step": "produce",
        "actor": "requested",
        "form": "partial-execution",
        "sender": BEN,
        "recipient": ANA,
        "fields": {},
        "route": None,
    }
    exhibits = ExhibitListRef("0" * 64, 1, 1)
    assert "exhibits-missing" in codes(dossier=ordered, **other)
    assert "exhibits-missing" not in codes(dossier=ordered, exhibits=exhibits, **other)
    withdrawn: dict[str, Any] = {"step": "withdraw", "form": None, "fields": {}, "dossier": dossier("send")}
    assert codes(exhibits=exhibits, **withdrawn) == ["exhibits-not-allowed"]


def test_a_refusal_names_a_ground_that_the_procedure_knows_and_its_article() -> None:
    fields = {
        "reference": "FR-1", "refusal_kind": "refused", "ground": ["sovereignty"], "legal_basis": english("Budapest art. 29(5)(b)"),
        "reasons": english("The request concerns state secrets."), "signatory": "Ben", "signature_date": "2026-09-01",
        "contact_email": "desk@justice.example",
    }  # fmt: skip
    base = {
        "step": "refuse",
        "actor": "requested",
        "form": "refusal",
        "sender": BEN,
        "recipient": ANA,
        "fields": fields,
    }
    base |= {"dossier": dossier("send", "acknowledge"), "route": None}
    assert codes(**base, refusal=RefusalRef("sovereignty", "29(5)(b)")) == []
    assert codes(**base) == ["refusal-without-ground"]
    assert codes(**base, refusal=RefusalRef("sovereignty", " ")) == ["refusal-without-article"]
    assert codes(**base, refusal=RefusalRef("age", "29(5)")) == ["ground-not-in-procedure"]


def test_what_stops_comes_first_and_keeps_the_draft_from_being_sent() -> None:
    found = remarks({"max_penalty_months": None, "contact_email": "x", "reference": None})
    assert [remark.severity for remark in found] == ["stop", "warn", "advise"]
    assert stops(found)
    assert not stops(remarks({"max_penalty_months": None}))


@pytest.mark.parametrize(("days", "code"), [(10, None), (50, "clock-nearly-over"), (70, "clock-run-out")])
def test_a_clock_that_the_step_would_stop_is_watched(days: int, code: str | None) -> None:
    kept = dossier("send", "acknowledge", "order-preservation", "report-preserved")
    for step, form in (("send-production-request", "budapest-31-subscriber"), ("ask-extension", "budapest-29")):
        found = codes(step=step, form=form, fields={}, dossier=kept, now=START + timedelta(days=days))
        assert [c for c in found if c.startswith("clock-")] == ([code] if code else [])


def test_the_findings_of_the_route_are_passed_on_with_their_article() -> None:
    risk = RouteRisk(
        "dual-criminality-doubtful", "25(5)", {"condition": "Illegal access needs a security measure there."}
    )
    found = remarks(risks=(risk,))
    assert [(r.code, r.severity, r.article) for r in found] == [("dual-criminality-doubtful", "warn", "25(5)")]
    assert "Illegal access needs" in sentence(found[0], "zh", CATALOGUE)


def test_a_received_act_can_be_looked_at_like_a_draft() -> None:
    story = Story()
    story.act("send", "requesting", form="budapest-29", fields=REQUEST)
    written = draft_of(story.received[0].act)
    context = LintContext(ANA, BEN, NOW, wordbook=WORDBOOK)
    assert lint(written, WORDBOOK.forms["budapest-29"], story.procedure, context) == ()


DATA = ("2026-09-01", {"text": "x", "language": "fr"})
KEYS = st.sampled_from(["identifier_kind", "identifier_value", "text", "zz"])
junk = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=12), st.sampled_from(DATA)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)),
    max_leaves=5,
)


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(st.sampled_from([*REQUEST, "zz"]), junk, max_size=12))
def test_whatever_is_in_a_draft_gets_remarks_and_never_an_error_and_every_remark_has_its_sentence(
    fields: dict[str, Any],
) -> None:
    form = WORDBOOK.forms["budapest-29"]
    for remark in remarks(fields=fields):
        for language in ("en", "zh"):
            assert places(CATALOGUE[remark.code][language]) <= remark.params.keys()
            said = sentence(remark, language, CATALOGUE, WORDBOOK, form)
            assert said
            assert not places(CATALOGUE[remark.code][language]) or said != CATALOGUE[remark.code][language]


def test_a_language_without_a_sentence_gets_the_english_one_and_an_unknown_code_is_shown_as_it_is() -> None:
    remark = Remark("required-missing", "stop", "reference", params={"field": "reference"})
    form = WORDBOOK.forms["budapest-29"]
    assert sentence(remark, "sw", CATALOGUE, WORDBOOK, form) == "“Our reference” must be filled."
    assert sentence(remark, "zh", CATALOGUE, WORDBOOK, form) == "“本方案号”为必填项。"
    assert sentence(Remark("never-heard", "warn"), "en", CATALOGUE) == "never-heard"


def test_the_note_of_a_draft_is_carried() -> None:
    assert Draft("send", "requesting", note=Text("please", "en")).note is not None
