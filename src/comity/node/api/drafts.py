"""Drafts: begun, filled, checked, submitted, decided."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router, Status

from comity.cooperation.sentence import sentence
from comity.node import law
from comity.node.access import access_case, access_dossier, access_draft, access_holding, visible_drafts
from comity.node.api.auth import who
from comity.node.api.schemas import DraftChange, DraftIn, DraftOut, OpeningOut, RemarkOut, ReturnIn
from comity.node.models import Draft
from comity.node.usecases.draft_step import draft_step
from comity.node.usecases.save_draft import check_draft, discard_draft, preview_draft, save_draft
from comity.node.usecases.steps import possible_openings
from comity.node.usecases.submit_draft import approve_draft, return_draft, submit_draft

router = Router(tags=["drafts"])
EDITABLE = ("note_language", "subject", "reference", "refusal", "languages")


@router.get("/openings", response=list[OpeningOut])
def openings(request: HttpRequest, measure: str = "", instrument: str = "") -> list[OpeningOut]:
    """List the steps with which this office may open a dossier."""
    return [
        OpeningOut(
            procedure=each.procedure.id,
            step=each.step.id,
            actor=each.actor,
            recipient_actor=each.recipient_actor,
            binding=each.step.binding,
            forms=list(each.step.forms),
        )
        for each in possible_openings(measure, instrument)
    ]


@router.get("", response=list[DraftOut])
def list_drafts(request: HttpRequest, state: str = "") -> list[Draft]:
    """List the drafts that the person may see."""
    found = visible_drafts(who(request))
    return list((found.filter(state=state) if state else found)[:500])


@router.post("", response={201: DraftOut})
def create_draft(request: HttpRequest, data: DraftIn) -> Status[Draft]:
    """Begin a draft, prefilled with what is known."""
    person = who(request)
    draft = draft_step(
        person,
        step=data.step,
        procedure=data.procedure,
        dossier=access_dossier(person, data.dossier) if data.dossier else None,
        case=access_case(person, data.case) if data.case else None,
        recipient=data.recipient,
        route=data.route.dict() if data.route else None,
        concerns=[access_dossier(person, each) for each in data.concerns],
        exhibits=access_holding(person, data.exhibits) if data.exhibits else None,
        form=data.form,
    )
    return Status(201, draft)


@router.get("/{uuid:draft_id}", response=DraftOut)
def show_draft(request: HttpRequest, draft_id: UUID) -> Draft:
    """Show a draft."""
    return access_draft(who(request), draft_id)


@router.put("/{uuid:draft_id}", response=DraftOut)
def change_draft(request: HttpRequest, draft_id: UUID, data: DraftChange) -> Draft:
    """Change a draft; what is left out stays."""
    person = who(request)
    draft = access_draft(person, draft_id)
    more = {name: getattr(data, name) for name in EDITABLE if getattr(data, name) is not None}
    return save_draft(
        person,
        draft,
        draft.fields if data.fields is None else data.fields,
        data.note,
        exhibits=access_holding(person, data.exhibits) if data.exhibits else None,
        **more,
    )


@router.delete("/{uuid:draft_id}", response={204: None})
def delete_draft(request: HttpRequest, draft_id: UUID) -> Status[None]:
    """Throw away a draft that was not sent."""
    discard_draft(who(request), access_draft(who(request), draft_id))
    return Status(204, None)


@router.get("/{uuid:draft_id}/remarks", response=list[RemarkOut])
def remarks(request: HttpRequest, draft_id: UUID, language: str = "en") -> list[RemarkOut]:
    """Say what would get the draft refused, what stops it first."""
    draft = access_draft(who(request), draft_id)
    book = law.lawbook()
    form = book.wordbook.forms.get(draft.form)
    return [
        RemarkOut(
            code=each.code,
            severity=each.severity,
            field=each.field,
            article=each.article,
            text=sentence(each, language, book.catalogue, book.wordbook, form),
        )
        for each in check_draft(who(request), draft)
    ]


@router.get("/{uuid:draft_id}/preview.pdf", response={200: None})
def preview(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Show the paper as it would look, unsigned."""
    pdf = preview_draft(who(request), access_draft(who(request), draft_id))
    return HttpResponse(pdf, content_type="application/pdf")


@router.post("/{uuid:draft_id}/submit", response=DraftOut)
def submit(request: HttpRequest, draft_id: UUID) -> Draft:
    """Submit a draft; a step that does not bind is sent at once."""
    return submit_draft(who(request), access_draft(who(request), draft_id))


@router.post("/{uuid:draft_id}/approve", response=DraftOut)
def approve(request: HttpRequest, draft_id: UUID) -> Draft:
    """Approve a draft as the second person: it is signed and on its way."""
    approve_draft(who(request), access_draft(who(request), draft_id))
    return access_draft(who(request), draft_id)


@router.post("/{uuid:draft_id}/return", response=DraftOut)
def give_back(request: HttpRequest, draft_id: UUID, data: ReturnIn) -> Draft:
    """Return a draft to the officer, with the reason."""
    return return_draft(who(request), access_draft(who(request), draft_id), data.remark)
