"""Fills a form with what is already known: the same field id means the same datum in every form."""

from collections.abc import Mapping

from comity.acts.form import Field, Form
from comity.cooperation.condition import is_empty
from comity.cooperation.dossier import Dossier
from comity.cooperation.values import fits, rows_of

# What an act says of its own moment; it is true of no other act.
OF_ONE_ACT = frozenset(
    {"request_date", "signature_date", "signatory", "stamp", "request_status", "attachments", "outcome", "received_at"}
    | {
        "missing_items",
        "information",
        "expected_by",
        "answer_by",
        "refusal_kind",
        "ground",
        "reasons",
        "parts",
        "files",
    }
    | {"deadline"}
)
# What an act says of its own sender and the law of its sender; the other side has its own.
OF_THE_SENDER = frozenset(
    {"reference", "their_reference", "previous_reference", "confirmation_contact", "reply_channel"}
    | {"legal_basis", "court_decision", "legal_remedies"}
)


def prefill(form: Form, facts: Mapping[str, object], language: str = "en") -> dict[str, object]:
    """Return the fields of a form that the facts answer.

    A fact that does not fit its field is left out, never bent: what stands in a draft must be true. Plain words become free text.

    Args:
        form: the form to fill.
        facts: field id -> value, from the case, the office, the route and earlier acts.
        language: the language of plain words among the facts.
    """
    filled = {}
    for field in form.fields():
        value = _known(field, facts.get(field.id), language)
        if not is_empty(value):
            filled[field.id] = value
    return filled


def dossier_facts(dossier: Dossier, actor: str) -> dict[str, object]:
    """Return what the effective acts of a dossier tell somebody who plays `actor` and writes the next one.

    What an act says of its sender or its moment is not carried on; the other side's reference becomes `their_reference`, the own
    one stays `reference` and is the `previous_reference` of what follows.
    """
    facts: dict[str, object] = {}
    for event in dossier.history:
        if not event.effective or event.act is None:
            continue
        ours = event.actor == actor
        for name, value in event.act.fields.items():
            of_sender = name in OF_THE_SENDER or name.startswith("contact_")
            if name not in OF_ONE_ACT and (ours or not of_sender):
                facts[name] = value
        reference = event.act.fields.get("reference") or event.act.reference
        if reference:
            facts["reference" if ours else "their_reference"] = reference
    if "reference" in facts:
        facts["previous_reference"] = facts["reference"]
    return facts


def _known(field: Field, value: object, language: str) -> object:
    if is_empty(value):
        return None
    if field.type == "table":
        return _rows(field, value)
    if field.type == "text" and isinstance(value, str):
        value = {"text": value, "language": language}
    if field.type == "codes" and isinstance(value, str):
        value = [value]
    if not fits(field, value):
        return None
    choices = {choice.code for choice in field.codes}
    if choices and isinstance(value, list | tuple):
        return [code for code in value if code in choices]
    return value if not choices or value in choices else None


def _rows(field: Field, value: object) -> list[dict[str, object]]:
    columns = {column.id: column for column in field.columns}
    rows = [{name: cell for name, cell in row.items() if name in columns} for row in rows_of(value)]
    return [row for row in rows if any(not is_empty(cell) for cell in row.values())]
