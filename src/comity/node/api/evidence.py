"""Evidence: attached, watched while it is acquired or arrives, with its custody."""

from pathlib import Path
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Router, Status, UploadedFile

from comity.node.access import NotFoundHere, access_case, access_dossier, access_holding, visible_holdings
from comity.node.api.auth import who
from comity.node.api.schemas import CustodyOut, EvidenceIn, HoldingOut
from comity.node.models import Custody, Holding, Person
from comity.node.usecases.attach_evidence import attach_evidence
from comity.node.usecases.repeat_acquisition import remove_acquisition, retry_acquisition

router = Router(tags=["evidence"])


@router.get("", response=list[HoldingOut])
def list_holdings(request: HttpRequest) -> list[Holding]:
    """List the exhibit lists that the person may see."""
    return list(visible_holdings(who(request))[:500])


@router.post("", response={201: HoldingOut})
def attach(request: HttpRequest, data: EvidenceIn) -> Status[Holding]:
    """Have a file or folder on the node's machine acquired."""
    person = who(request)
    return Status(201, _attach(person, data.title, data.case, data.dossier, source=Path(data.source)))


@router.post("/uploads", response={201: HoldingOut})
def upload(
    request: HttpRequest,
    files: File[list[UploadedFile]],
    title: Form[str] = "",
    case: Form[str] = "",
    dossier: Form[str] = "",
) -> Status[Holding]:
    """Send files to be acquired; each keeps the name it is sent with."""
    uploads = [(file.name or "file", file) for file in files]
    return Status(201, _attach(who(request), title, case, dossier, uploads=uploads))


@router.get("/{holding_id}", response=HoldingOut)
def show_holding(request: HttpRequest, holding_id: str) -> Holding:
    """Show an exhibit list and where its bytes are; named by id or by the SHA-256 of the list."""
    return access_holding(who(request), holding_id)


@router.post("/{holding_id}/retry", response=HoldingOut)
def retry(request: HttpRequest, holding_id: str) -> Holding:
    """Have a failed acquisition tried again."""
    person = who(request)
    return retry_acquisition(person, access_holding(person, holding_id))


@router.delete("/{holding_id}", response={204: None})
def remove(request: HttpRequest, holding_id: str) -> Status[None]:
    """Take a failed acquisition away."""
    person = who(request)
    remove_acquisition(person, access_holding(person, holding_id))
    return Status(204, None)


@router.get("/{holding_id}/list", response={200: None})
def exhibit_list(request: HttpRequest, holding_id: str) -> HttpResponse:
    """Give the list itself, in canonical form."""
    holding = access_holding(who(request), holding_id)
    if holding.list_bytes is None:
        raise NotFoundHere
    return HttpResponse(bytes(holding.list_bytes), content_type="application/json")


@router.get("/{holding_id}/custody", response=list[CustodyOut])
def custody(request: HttpRequest, holding_id: str) -> list[CustodyOut]:
    """Show who held the exhibits, when, and what they did to them."""
    holding = access_holding(who(request), holding_id)
    rows = Custody.objects.filter(list_sha256=holding.list_sha256).exclude(list_sha256="")
    return [
        CustodyOut(
            sha256=row.sha256,
            kind=row.kind,
            office=row.office,
            to=row.to,
            at=row.at,
            previous=row.previous,
            proven=row.proof is not None,
        )
        for row in rows
    ]


def _attach(
    person: Person,
    title: str,
    case: UUID | str | None,
    dossier: str,
    *,
    source: Path | None = None,
    uploads: list[tuple[str, UploadedFile]] | None = None,
) -> Holding:
    return attach_evidence(
        person,
        title=title,
        case=access_case(person, case) if case else None,
        dossier=access_dossier(person, dossier) if dossier else None,
        source=source,
        uploads=uploads or (),
    )
