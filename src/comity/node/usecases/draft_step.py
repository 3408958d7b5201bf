"""An officer begins a draft: a step in a dossier, or one that opens a dossier, prefilled with what is known."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from comity.acts.office import Office
from comity.cooperation.dossier import Dossier as Folded
from comity.cooperation.dossier import next_steps
from comity.cooperation.procedure import Step
from comity.node import clock, law, resources
from comity.node.access import access_case, access_dossier, access_holding, require_role
from comity.node.models import Case, Dossier, Draft, Holding, Person
from comity.node.models.person import OFFICER
from comity.node.prefilling import prefilled
from comity.node.store.projections import folded
from comity.node.usecases.steps import opening


def draft_step(  # noqa: PLR0913 - each says one thing that the draft begins with
    who: Person,
    now: datetime | None = None,
    *,
    step: str,
    procedure: str = "",
    dossier: Dossier | None = None,
    case: Case | None = None,
    recipient: str = "",
    route: Mapping[str, str] | None = None,
    concerns: Sequence[Dossier] = (),
    exhibits: Holding | None = None,
    form: str = "",
) -> Draft:
    """Begin a draft.

    Args:
        who: an officer who may see the case and the dossiers.
        now: the present by default.
        step: id of the step.
        procedure: id of the procedure, when the step opens a dossier.
        dossier: the dossier it goes on with; its case, partner and procedure are taken.
        case: whose request it is, when it opens a dossier.
        recipient: id of the office it goes to, when it opens a dossier.
        route: {instrument, article, measure, channel}.
        concerns: dossiers that this one has to do with; an order takes the particulars of the first.
        exhibits: evidence that goes with it.
        form: id of one of the step's forms; the usual one by default.

    Raises:
        NotAllowedError, NotFoundHere: the person may not.
        NoSuchStepError, UnknownProcedureError: the step cannot be taken (now).
        UnlistedOfficeError: the recipient is not in the directory.
    """
    require_role(who, OFFICER)
    now = now or clock.now()
    linked = [access_dossier(who, each.id) for each in concerns]
    draft = Draft(step=step, drafted_by=who, drafted_at=now)
    if dossier is not None:
        state, chosen = _continue(draft, access_dossier(who, dossier.id), now)
    else:
        state, chosen = None, _open(draft, procedure, recipient)
        draft.case = access_case(who, case.id) if case else (linked[0].case if linked else None)
    draft.route = dict(route) if route else None
    draft.concerns = [{"dossier": each.id} for each in linked]
    draft.exhibits_list = access_holding(who, exhibits.id) if exhibits else None
    draft.form = _form(chosen, form)
    draft.reference = draft.case.reference if draft.case else _reference_of(state)
    draft.languages = list(languages_for(resources.office(draft.recipient, now)))
    origin = folded(linked[0].id, now) if linked else None
    _name(draft, linked)
    draft.fields = prefilled(draft, state, origin, who, now)
    draft.save()
    return draft


def _continue(draft: Draft, dossier: Dossier, now: datetime) -> tuple[Folded, Step]:
    state = folded(dossier.id, now)
    allowed = next_steps(state, dossier.our_actor, now) if state else ()
    step = next((each for each in allowed if each.id == draft.step), None)
    if state is None or step is None:
        raise law.NoSuchStepError(
            f"'{draft.step}' is not a step that this office may take now.", remedy="Look at the dossier's next steps."
        )
    draft.dossier, draft.case, draft.procedure = dossier, dossier.case, dossier.procedure
    draft.actor, draft.recipient = dossier.our_actor, dossier.partner
    draft.recipient_actor = state.actor_of(dossier.partner) or ""
    draft.subject, draft.subject_language = dossier.subject, dossier.subject_language
    return state, step


def _open(draft: Draft, procedure: str, recipient: str) -> Step:
    found = opening(procedure, draft.step)
    draft.procedure, draft.recipient = found.procedure.id, recipient
    draft.actor, draft.recipient_actor = found.actor, found.recipient_actor
    return found.step


def _form(step: Step, wanted: str) -> str:
    if wanted and wanted not in step.forms:
        raise law.NoSuchStepError(
            f"The step '{step.id}' has no form '{wanted[:80]}'.", remedy="Choose one of its forms."
        )
    return wanted or (step.forms[0] if step.forms else "")


def _reference_of(state: Folded | None) -> str:
    """Return our own reference in this dossier, if we gave one."""
    us = resources.home().office
    ours = [event.act.reference for event in state.history if event.act and event.act.sender == us] if state else []
    return next((reference for reference in ours if reference), "")


def _name(draft: Draft, linked: Sequence[Dossier]) -> None:
    """Give the draft a subject: the case's title, or that of the dossier which it serves."""
    if draft.subject:
        return
    if linked:
        draft.subject, draft.subject_language = linked[0].subject, linked[0].subject_language
    elif draft.case:
        draft.subject, draft.subject_language = draft.case.title, resources.home().languages[0]


def languages_for(recipient: Office) -> tuple[str, ...]:
    """Return the languages of the document: English, Chinese, and what both sides read best, as far as there are words for it."""
    known = {language for labels in law.wordbook().terms.values() for language in labels}
    wanted = ("en", "zh", *recipient.languages[:1], *resources.home().languages[:1])
    return tuple(dict.fromkeys(language for language in wanted if language in known))
