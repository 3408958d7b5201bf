"""Remarks on what hangs together: the parties, the step, the measure and its data, the period, secrecy, refusal, the clocks."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from types import MappingProxyType

from comity.acts.form import Field, Form
from comity.acts.office import Office
from comity.cooperation.clocks import RunningClock
from comity.cooperation.condition import is_empty
from comity.cooperation.dossier import next_steps
from comity.cooperation.draft import Draft, LintContext, Params, Remark, Severity
from comity.cooperation.procedure import Procedure, Step
from comity.cooperation.values import instant_of

# What each measure reaches (Budapest 18(3), 1(d), 29 to 34): a wider category needs another measure, with other conditions.
REACH: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "subscriber": frozenset({"subscriber"}),
        "traffic": frozenset({"subscriber", "traffic"}),
        "domain-registration": frozenset({"domain-registration"}),
    }
)
PRESERVED_FOR = timedelta(days=60)  # Budapest 29(7)
RISKS: Mapping[str, Severity] = MappingProxyType(
    {
        "route-closed": "stop",
        "condition-not-met": "stop",
        "condition-unknown": "warn",
        "dual-criminality-missing": "warn",
        "dual-criminality-doubtful": "warn",
        "reservation-applies": "warn",
    }
)
NEARLY_OVER = 0.75
SOON = timedelta(days=3)


def lint_parties(draft: Draft, procedure: Procedure, context: LintContext) -> Iterator[Remark]:
    """Yield the remarks on who writes to whom, and in which language."""
    sender, recipient = context.sender, context.recipient
    if sender is None:
        yield Remark("sender-not-in-directory", "stop")
    elif draft.actor not in sender.actors:
        yield Remark("sender-not-competent", "stop", params={"actor": draft.actor})
    if recipient is None:
        yield Remark("recipient-not-in-directory", "stop")
        return
    yield from _competence(draft, procedure, recipient)
    if sender and sender.id == recipient.id:
        yield Remark("sender-is-recipient", "stop")
    if sender and sender.state == recipient.state and {"requesting", "requested"} <= procedure.actors.keys():
        yield Remark("same-state", "warn", params={"state": sender.state})
    spoken = {language.split("-")[0] for language in recipient.languages}
    if spoken and not spoken & {language.split("-")[0] for language in draft.languages}:
        yield Remark("language-not-accepted", "stop", params={"accepted": " ".join(recipient.languages)})


def lint_step(draft: Draft, form: Form | None, procedure: Procedure, context: LintContext) -> Iterator[Remark]:
    """Yield the remarks on whether the step is possible now, with this form and this evidence."""
    step = procedure.steps.get(draft.step)
    if step is None or draft.actor not in step.by:
        yield Remark("step-not-ours", "stop", params={"step": f"{procedure.id}/{draft.step}"})
        return
    if not _possible(draft, step, procedure, context):
        yield Remark("step-not-possible", "stop", article=step.article, params={"step": f"{procedure.id}/{step.id}"})
    if (form.id if form else None) not in (step.forms or (None,)):
        yield Remark("form-not-of-step", "stop", article=step.article, params={"step": f"{procedure.id}/{step.id}"})
    if step.exhibits == "required" and draft.exhibits is None:
        yield Remark("exhibits-missing", "stop", article=step.article)
    if step.exhibits == "no" and draft.exhibits is not None:
        yield Remark("exhibits-not-allowed", "stop", article=step.article)


def lint_substance(draft: Draft, form: Form, procedure: Procedure) -> Iterator[Remark]:
    """Yield the remarks on what the answers mean together."""
    fields = {field.id: field for field in form.fields()}
    answers = {name: value for name, value in draft.fields.items() if name in fields and not is_empty(value)}
    yield from _period(answers, fields)
    yield from _measure(draft, answers, fields)
    if answers.get("intends_mla") is False:
        yield _of("production-not-announced", "stop", fields["intends_mla"])
    if answers.get("confidentiality") is True and answers.get("user_notice") == "allowed":
        yield _of("secret-but-user-told", "warn", fields["user_notice"])
    yield from _refusal(draft, answers, procedure)


def lint_states(draft: Draft, form: Form, context: LintContext) -> Iterator[Remark]:
    """Yield a remark where the form names another state than the one the act comes from or goes to."""
    offices = {"requesting": None, "requested": None, **{draft.actor: context.sender}}
    offices["requested" if draft.actor == "requesting" else "requesting"] = context.recipient
    for field in form.fields():
        office = offices.get(field.id.removesuffix("_state")) if field.id.endswith("_state") else None
        value = draft.fields.get(field.id)
        if office is not None and isinstance(value, str) and value not in ("", office.state):
            yield Remark("state-differs", "stop", field.id, field.article, {"field": field.id, "state": office.state})


def lint_clocks(draft: Draft, form: Form | None, context: LintContext) -> Iterator[Remark]:
    """Yield the remarks on clocks that end soon, and on a production that is announced for after the preservation."""
    for clock in context.dossier.clocks if context.dossier else ():
        yield from _clock(draft, clock, context)
    expected = instant_of(draft.fields.get("mla_expected_by"))
    if form and expected and expected > context.now + PRESERVED_FOR:
        field = next((field for field in form.fields() if field.id == "mla_expected_by"), None)
        if field is not None:
            yield _of("production-after-preservation", "warn", field)


def lint_risks(context: LintContext) -> Iterator[Remark]:
    """Yield the remarks that the findings of the route give reason for."""
    for risk in context.risks:
        yield Remark(risk.code, RISKS.get(risk.code, "warn"), None, risk.article, risk.params)


def _of(code: str, severity: Severity, field: Field, **params: str | int) -> Remark:
    return Remark(code, severity, field.id, field.article, {"field": field.id, **params})


def _competence(draft: Draft, procedure: Procedure, recipient: Office) -> Iterator[Remark]:
    if not (procedure.actors.keys() - {draft.actor}) & set(recipient.actors):
        yield Remark("recipient-not-competent", "stop", params={"office": recipient.id})
    elif draft.route and recipient.measures and draft.route.measure not in recipient.measures:
        yield Remark(
            "recipient-not-for-measure", "stop", params={"measure": draft.route.measure, "office": recipient.id}
        )


def _possible(draft: Draft, step: Step, procedure: Procedure, context: LintContext) -> bool:
    if context.dossier is None:
        return step in procedure.opening_steps()
    return step in next_steps(context.dossier, draft.actor, context.now)


def _period(answers: Mapping[str, object], fields: Mapping[str, Field]) -> Iterator[Remark]:
    start, end = instant_of(answers.get("range_start")), instant_of(answers.get("range_end"))
    if start and end and start > end:
        yield _of("period-reversed", "stop", fields["range_end"])


def _measure(draft: Draft, answers: Mapping[str, object], fields: Mapping[str, Field]) -> Iterator[Remark]:
    reach = REACH.get(draft.route.measure) if draft.route else None
    chosen = answers.get("data_category")
    if draft.route is None or reach is None or not isinstance(chosen, list | tuple):
        return
    beyond = [str(code) for code in chosen if code not in reach]
    if beyond:
        params = {"measure": draft.route.measure, "categories": " ".join(beyond)}
        yield _of("category-beyond-measure", "stop", fields["data_category"], **params)


def _refusal(draft: Draft, answers: Mapping[str, object], procedure: Procedure) -> Iterator[Remark]:
    """A refusal names its ground and article (Budapest 27(7): reasons shall be given), one that the procedure knows."""
    if answers.get("refusal_kind") not in ("refused", "postponed") and draft.refusal is None:
        return
    if draft.refusal is None:
        yield Remark("refusal-without-ground", "stop", "ground", "27(7)")
        return
    if not draft.refusal.article.strip():
        yield Remark("refusal-without-article", "stop", "ground", "27(7)")
    grounds = [row for row in procedure.refusal if row.by == draft.actor]
    if grounds and draft.refusal.ground not in {row.ground for row in grounds}:
        yield Remark("ground-not-in-procedure", "warn", "ground", procedure.reference, {"ground": draft.refusal.ground})


def _clock(draft: Draft, clock: RunningClock, context: LintContext) -> Iterator[Remark]:
    gone, left = clock.fraction(context.now), clock.left(context.now)
    steps = {*clock.rule.stop, *_prolongs(clock, context.dossier.procedure)} if context.dossier else set()
    if gone is None or left is None or not clock.running or draft.step not in steps:
        return
    due = clock.due_at.strftime("%Y-%m-%dT%H:%M:%SZ") if clock.due_at else ""
    params: Params = {"due_at": due, "days": max(0, left.days)}
    if left < timedelta():
        yield Remark("clock-run-out", "warn", None, clock.rule.article, params)
    elif gone >= NEARLY_OVER or left < SOON:
        yield Remark("clock-nearly-over", "warn", None, clock.rule.article, params)


def _prolongs(clock: RunningClock, procedure: Procedure) -> set[str]:
    """The steps that prolong the clock, and those that ask for it: they lead to where only then it may be prolonged."""
    granted = {row.step for row in clock.rule.extend}
    asked = {row.from_state for row in procedure.transitions if row.step in granted}
    return granted | {
        row.step for row in procedure.transitions if row.to_state in asked and row.from_state not in asked
    }
