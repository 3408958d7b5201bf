"""Evidence as pages show it: a holding in one line, its custody chain with the picture, its exhibits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from comity.node.models import Custody, Holding
from comity.sites.desk import reading, words
from comity.sites.desk.pictures.custody import Link, draw_chain

KINDS: dict[str, str | Promise] = {
    "acquired": gettext_lazy("Acquired"),
    "received": gettext_lazy("Received and checked"),
    "handed-over": gettext_lazy("Handed over"),
    "packaged": gettext_lazy("Packaged for the court"),
    "checked": gettext_lazy("Checked"),
}


@dataclass(frozen=True, slots=True)
class CustodyShown:
    """One event of a chain, with its drawing."""

    drawing: SafeString
    what: str | Promise
    office: str
    at: datetime
    to: str
    digest: str
    proof: str
    gap: bool


@dataclass(frozen=True, slots=True)
class HoldingShown:
    """One line about a holding."""

    url: str
    title: str
    count_word: str
    bytes: int
    held_by: str
    custody: str
    gap: bool
    badge: str
    badge_word: str
    sha256: str


def shown_holding(holding: Holding, chain: Sequence[Custody]) -> HoldingShown:
    """Return the line for a holding; `chain` are its custody events."""
    gaps = gaps_in(chain)
    steps = ngettext("%(count)d step, no gap", "%(count)d steps, no gap", len(chain)) % {"count": len(chain)}
    return HoldingShown(
        url=reverse("desk:holding", args=[holding.id]),
        title=holding.title,
        count_word=exhibits_word(holding.count),
        bytes=holding.bytes,
        held_by=_("We") if holding.state == "held" else words.office(chain[-1].office) if chain else "",
        custody=_("There is a gap") if gaps else steps,
        gap=bool(gaps),
        badge="" if holding.state == "held" else holding.state,
        badge_word=progress_word(holding) if holding.state in ("acquiring", "receiving") else "",
        sha256=holding.list_sha256,
    )


def exhibits_word(count: int) -> str:
    """Return "1,003 exhibits"."""
    return ngettext("%(count)s exhibit", "%(count)s exhibits", count) % {"count": reading.number(count)}


def progress_word(holding: Holding) -> str:
    """Return how much of a holding is in the vault."""
    return _("%(done)s of %(all)s") % {"done": reading.size(holding.progress_bytes), "all": reading.size(holding.bytes)}


def gaps_in(chain: Sequence[Custody]) -> frozenset[str]:
    """Return the digests of events whose predecessor is missing here."""
    known = {event.sha256 for event in chain}
    return frozenset(event.sha256 for event in chain if event.previous and event.previous not in known)


def shown_chain(chain: Sequence[Custody]) -> tuple[CustodyShown, ...]:
    """Return the chain in its order, with the picture."""
    home = settings.HOME.office
    gaps = gaps_in(chain)
    drawings = draw_chain([Link(event.office, event.office == home, event.sha256 in gaps) for event in chain])
    return tuple(_event(event, drawing, event.sha256 in gaps) for event, drawing in zip(chain, drawings, strict=True))


def _event(event: Custody, drawing: SafeString, gap: bool) -> CustodyShown:
    return CustodyShown(
        drawing=drawing,
        what=KINDS.get(event.kind, event.kind),
        office=words.office(event.office),
        at=event.at,
        to=words.office(event.to) if event.to else "",
        digest=event.sha256,
        proof=_proof(event),
        gap=gap,
    )


def _proof(event: Custody) -> str:
    if event.proof is not None:
        return _("Proved by the ledger of the office that held it")
    return _("In the ledger; its proof follows with the next checkpoint")
