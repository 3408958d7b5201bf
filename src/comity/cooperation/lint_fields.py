"""Remarks on single answers: missing, of another type, not among the choices, at an impossible time, too short to be of use."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType

from comity.acts.form import Field, Form
from comity.cooperation.condition import evaluate, is_empty
from comity.cooperation.draft import Draft, LintContext, Remark, Severity
from comity.cooperation.identifiers import KIND_OF_FIELD, is_inside_address, is_well_formed
from comity.cooperation.values import day_of, fits, instant_of, rows_of, words_of

# The same id means the same datum in every form, so these tables go by field id.
MISSING_HAS_OWN_WORDS = MappingProxyType(
    {
        "data_relation": "link-missing",
        "necessity": "necessity-missing",
        "urgency_reason": "urgency-without-reason",
        "confidentiality": "confidentiality-not-said",
        "confidentiality_reason": "confidentiality-without-reason",
        "facts_summary": "facts-missing",
    }
)
HELPS_WHEN_FILLED: Mapping[str, tuple[str, Severity]] = MappingProxyType(
    {
        "necessity": ("necessity-missing", "advise"),
        "max_penalty_months": ("penalty-missing", "advise"),
        "confidentiality": ("confidentiality-not-said", "warn"),
        "mla_expected_by": ("production-date-missing", "advise"),
    }
)
IN_THE_PAST = frozenset(
    {
        "request_date",
        "signature_date",
        "previous_date",
        "order_date",
        "warrant_date",
        "received_at",
        "preserved_at",
        "hash_at",
        "event_at",
    }
    | {"identifier_time", "range_start", "discovered_at", "settled_at", "sent_at", "forwarded_at", "known_since"}
)
IN_THE_FUTURE = frozenset(
    {"deadline", "mla_expected_by", "expected_by", "answer_by", "preserved_until", "postponed_until", "rest_expected"}
    | {"return_or_delete_by", "confiscation_expected"}
)
SIGNED_ON_OTHER_DAY = frozenset({"request_date", "signature_date"})
ENOUGH_LETTERS = MappingProxyType(
    {
        "facts_summary": 80,
        "data_relation": 20,
        "necessity": 20,
        "data_description": 12,
        "emergency_facts": 40,
        "urgency_reason": 15,
        "confidentiality_reason": 15,
        "reasons": 15,
        "purpose": 12,
        "information": 8,
        "missing_items": 8,
    }
)
IDEOGRAPH = 3  # one Chinese character says about as much as three letters


def lint_fields(draft: Draft, form: Form, context: LintContext) -> Iterator[Remark]:
    """Yield the remarks on the single answers, in the order of the form."""
    known = {field.id for field in form.fields()}
    for field in form.fields():
        value = draft.fields.get(field.id)
        if is_empty(value):
            yield from _missing(field, draft)
        elif not fits(field, value):
            yield _remark("wrong-type", "stop", field, type=field.type)
        elif field.type == "table":
            yield from _table(field, value, context)
        else:
            yield from _answer(field, field.id, value, context)
    for name in sorted(draft.fields.keys() - known):
        yield Remark("unknown-field", "warn", name, form.reference, {"name": name})


def _remark(code: str, severity: Severity, field: Field, at: str = "", **params: str | int) -> Remark:
    where = at or field.id
    return Remark(code, severity, where, field.article, {"field": where, **params})


def _missing(field: Field, draft: Draft) -> Iterator[Remark]:
    needed: bool | None = field.required == "always"
    if isinstance(field.required, Mapping):
        test = field.required.get("if")
        needed = evaluate(test, draft.fields) if isinstance(test, Mapping) else None
    if needed:
        yield _remark(MISSING_HAS_OWN_WORDS.get(field.id, "required-missing"), "stop", field)
    elif needed is None:
        yield _remark("perhaps-required", "warn", field)
    elif field.id in HELPS_WHEN_FILLED and field.required == "no":
        yield _remark(*HELPS_WHEN_FILLED[field.id], field)


def _table(field: Field, value: object, context: LintContext) -> Iterator[Remark]:
    columns = {column.id: column for column in field.columns}
    for number, row in enumerate(rows_of(value)):
        for name, cell in row.items():
            at = f"{field.id}.{number}.{name}"
            column = columns.get(name)
            if column is None:
                yield Remark("unknown-field", "warn", at, field.article, {"name": name})
            elif is_empty(cell):
                continue
            elif not fits(column, cell):
                yield Remark("wrong-type", "stop", at, field.article, {"field": at, "type": column.type})
            else:
                yield from _answer(column, at, cell, context, field.article)
        if "identifier_kind" in columns:
            yield from _identifier(field, number, row)


def _identifier(field: Field, number: int, row: Mapping[str, object]) -> Iterator[Remark]:
    kind, value = str(row.get("identifier_kind") or ""), str(row.get("identifier_value") or "")
    at = f"{field.id}.{number}.identifier_value"
    if not value.strip():
        yield _remark("identifier-empty", "stop", field, at)
    elif not is_well_formed(kind, value):
        yield _remark("identifier-malformed", "warn", field, at, kind=f"{kind}", value=value)
    elif kind == "ip-address":
        if is_inside_address(value):
            yield _remark("address-inside-network", "warn", field, at, value=value)
        if is_empty(row.get("identifier_time")):
            yield _remark("address-without-time", "warn", field, f"{field.id}.{number}.identifier_time", value=value)


def _answer(field: Field, at: str, value: object, context: LintContext, article: str = "") -> Iterator[Remark]:
    article = article or field.article
    unknown = _unknown_codes(field, value, context)
    if unknown:
        yield Remark("unknown-code", "stop", at, article, {"field": at, "codes": ", ".join(unknown)})
    kind = KIND_OF_FIELD.get(field.id)
    if kind and isinstance(value, str) and not is_well_formed(kind, value):
        yield Remark("identifier-malformed", "warn", at, article, {"field": at, "kind": kind, "value": value})
    yield from _time(field, at, value, context.now, article)
    if field.type == "text":
        yield from _words(field, value, context)


def _unknown_codes(field: Field, value: object, context: LintContext) -> list[str]:
    if field.type not in ("code", "codes"):
        return []
    choices = {choice.code for choice in field.codes} or set(context.wordbook.codes(field.codes_from))
    chosen = [value] if isinstance(value, str) else list(value) if isinstance(value, list | tuple) else []
    return [code for code in chosen if choices and code not in choices]


def _time(field: Field, at: str, value: object, now: datetime, article: str) -> Iterator[Remark]:
    """A day is compared with a day's grace, because somewhere it is already tomorrow and somewhere still yesterday."""
    said: date | datetime | None = instant_of(value) if field.type == "datetime" else day_of(value)
    if said is None or field.type not in ("date", "datetime"):
        return
    if isinstance(said, datetime):
        late, early = said > now, said < now
    else:
        late, early = said > (now + timedelta(days=1)).date(), said < (now - timedelta(days=1)).date()
    if late and field.id in IN_THE_PAST:
        yield Remark("time-in-the-future", "stop", at, article, {"field": at})
    elif early and field.id in IN_THE_FUTURE:
        yield Remark("time-already-past", "stop", at, article, {"field": at})
    elif early and field.id in SIGNED_ON_OTHER_DAY:
        yield Remark("signed-on-another-day", "advise", at, article, {"field": at})


def _words(field: Field, value: object, context: LintContext) -> Iterator[Remark]:
    words, language = words_of(value)
    wanted = ENOUGH_LETTERS.get(field.id)
    if wanted is None:
        return
    if sum(IDEOGRAPH if "\u2e80" <= letter <= "\u9fff" else 1 for letter in words) < wanted:
        yield _remark("text-too-short", "warn", field)
    if language and context.recipient and language.split("-")[0] not in _readable(context):
        accepted = " ".join(context.recipient.languages)
        yield _remark("text-not-readable", "warn", field, language=language, accepted=accepted)


def _readable(context: LintContext) -> set[str]:
    return {language.split("-")[0] for language in context.recipient.languages} if context.recipient else set()
