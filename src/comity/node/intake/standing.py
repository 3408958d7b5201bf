"""Whether an office may speak in a dossier: the opening act names the parties, and nobody else's acts are taken in."""

from comity.acts.act import Act, decode_act
from comity.errors import PeerError
from comity.node import law
from comity.node.models import ActRecord


class NotAPartyError(PeerError):
    """An act comes from an office that is no party of its dossier, or opens a dossier in which we have no part."""

    code = "not-a-party"


def refuse_stranger(act: Act, act_id: str, us: str) -> None:
    """Refuse an act whose sender has no part in its dossier; an act whose opening act is missing has to wait to be judged.

    Args:
        act: opened and verified.
        act_id: its id.
        us: id of this office.

    Raises:
        NotAPartyError: sender or we are no party.
        UnknownProcedureError: it opens a dossier under a procedure that our lawbook does not have.
    """
    if act.dossier is None:
        law.procedure(act.procedure)
    parties = _parties(act)
    if parties is not None and not {act.sender, us} <= set(parties):
        raise NotAPartyError(
            f"{act.sender} has no part in this dossier, or we have none.",
            where=act_id,
            remedy="Open a dossier of its own.",
        )


def _parties(act: Act) -> tuple[str, ...] | None:
    if act.dossier is None:
        return tuple(act.parties.values())
    opening = ActRecord.objects.filter(id=act.dossier).values_list("payload", flat=True).first()
    return tuple(decode_act(bytes(opening)).parties.values()) if opening is not None else None
