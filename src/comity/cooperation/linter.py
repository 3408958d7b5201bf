"""The linter: what would get a draft refused or make it useless, before it is sent."""

from collections.abc import Iterator

from comity.acts.form import Form
from comity.cooperation.draft import SEVERITIES, Draft, LintContext, Remark, RouteRisk, draft_of
from comity.cooperation.lint_fields import lint_fields
from comity.cooperation.lint_request import (
    lint_clocks,
    lint_parties,
    lint_risks,
    lint_states,
    lint_step,
    lint_substance,
)
from comity.cooperation.procedure import Procedure

__all__ = ["Draft", "LintContext", "Remark", "RouteRisk", "draft_of", "lint", "stops"]


def lint(draft: Draft, form: Form | None, procedure: Procedure, context: LintContext) -> tuple[Remark, ...]:
    """Return the remarks on a draft: what stops it first, then in the order of the form.

    Args:
        draft: the act as written so far.
        form: the form it fills; None for a step without one.
        procedure: the procedure it belongs to.
        context: who writes to whom, when, in which dossier.
    """
    return tuple(sorted(_all(draft, form, procedure, context), key=lambda remark: SEVERITIES.index(remark.severity)))


def stops(remarks: tuple[Remark, ...]) -> bool:
    """Return whether any remark keeps the draft from being sent."""
    return any(remark.severity == "stop" for remark in remarks)


def _all(draft: Draft, form: Form | None, procedure: Procedure, context: LintContext) -> Iterator[Remark]:
    yield from lint_parties(draft, procedure, context)
    yield from lint_step(draft, form, procedure, context)
    yield from lint_risks(context)
    yield from lint_clocks(draft, form, context)
    if form is not None:
        yield from lint_fields(draft, form, context)
        yield from lint_states(draft, form, context)
        yield from lint_substance(draft, form, procedure)
