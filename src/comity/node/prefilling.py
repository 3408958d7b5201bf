"""What is already known when a draft begins: from the case, the offices, the route, the person and the dossier's earlier acts."""

from collections.abc import Mapping
from datetime import datetime

from comity.acts.office import Office
from comity.cooperation.dossier import Dossier as Folded
from comity.cooperation.prefill import dossier_facts, prefill
from comity.node import law, resources
from comity.node.models import ActRecord, Case, Draft, Person
from comity.node.models.person import APPROVER

DAY = "%Y-%m-%d"
INSTANT = "%Y-%m-%dT%H:%M:%SZ"
ORDERS = {"order-preservation": "preserve", "order-production": "produce", "renew-order": "preserve"}


def prefilled(
    draft: Draft, state: Folded | None, origin: Folded | None, who: Person, now: datetime
) -> dict[str, object]:
    """Return the answers that a new draft begins with; the later source wins over the earlier one.

    Args:
        draft: knows its form, case, route and parties.
        state: the dossier it goes on with; None when it opens one.
        origin: the dossier that it concerns, whose particulars an order repeats.
        who: drafts it.
        now: the present.
    """
    form = law.wordbook().forms.get(draft.form)
    if form is None:
        return {}
    facts: dict[str, object] = {}
    for source in (
        _of_origin(origin),
        _of_case(draft.case),
        dossier_facts(state, draft.actor) if state else {},
        _of_offices(draft, now),
        _of_person(who, now),
        _of_draft(draft, state, now),
        dict(draft.case.facts) if draft.case else {},
    ):
        facts.update({name: value for name, value in source.items() if value not in (None, "", [])})
    return prefill(form, facts, draft.subject_language)


def _of_origin(origin: Folded | None) -> Mapping[str, object]:
    us = resources.home().office
    return dossier_facts(origin, origin.actor_of(us) or "") if origin else {}


def _of_case(case: Case | None) -> Mapping[str, object]:
    if case is None:
        return {}
    return {
        "reference": case.reference,
        "facts_summary": case.summary,
        "offence_code": [case.offence] if case.offence else [],
        "offence_classification": law.wordbook().label("offence", case.offence, "en") if case.offence else "",
        "offence_provisions": case.provisions,
        "max_penalty_months": case.max_penalty_months,
    }


def _of_offices(draft: Draft, now: datetime) -> Mapping[str, object]:
    found = resources.directory(now)
    us, them = found.office(resources.home().office), found.office(draft.recipient)
    facts: dict[str, object] = {}
    for actor, office in ((draft.actor, us), (draft.recipient_actor, them)):
        if office is not None and actor in ("requesting", "requested"):
            facts[f"{actor}_state"] = office.state
            facts[f"{actor}_authority"] = _name(office, draft)
    if us is not None:
        for name in ("ordering_authority", "handling_authority", "investigating_authority"):
            facts[name] = _name(us, draft)
        facts |= {f"contact_{name}": value for name, value in us.contact.items()}
    if them is not None and draft.recipient_actor == "provider":
        facts["service_provider"] = _name(them, draft)
    return facts


def _name(office: Office, draft: Draft) -> str:
    return office.name(draft.subject_language)


def _of_person(who: Person, now: datetime) -> Mapping[str, object]:
    approvers = [each for each in Person.objects.filter(is_active=True).order_by("id") if each.has_role(APPROVER)]
    signatory = approvers[0] if approvers else who
    return {
        "contact_name": who.name,
        "contact_title": who.function,
        "contact_email": who.email,
        "signatory": f"{signatory.name}, {signatory.function}" if signatory.function else signatory.name,
        "signature_date": now.strftime(DAY),
        "request_date": now.strftime(DAY),
    }


def _of_draft(draft: Draft, state: Folded | None, now: datetime) -> Mapping[str, object]:
    route = draft.route
    facts: dict[str, object] = {
        "legal_basis": f"{law.wordbook().label('instrument', route['instrument'], 'en')}, {route['article']}"
        if route
        else "",
        "request_status": "new" if state is None else "",
        "order_kind": ORDERS.get(draft.step, ""),
        "reference": draft.reference,
    }
    if state is not None:
        came = ActRecord.objects.filter(dossier_id=state.id, direction="in").order_by("-signed_at").first()
        facts["received_at"] = came.received_at.strftime(INSTANT) if came and came.received_at else ""
    return facts
