"""What the linter looks at and what it says: a draft, the situation it is written in, and remarks."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as default
from datetime import datetime
from types import MappingProxyType
from typing import Literal

from comity.acts.act import Act, ExhibitListRef, RefusalRef, RouteRef, Text
from comity.acts.office import Office
from comity.acts.wordbook import Wordbook
from comity.cooperation.dossier import Dossier

Severity = Literal["stop", "warn", "advise"]
SEVERITIES: tuple[Severity, ...] = ("stop", "warn", "advise")
Params = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Draft:
    """An act that is being written.

    Attributes:
        step: id of the step in the procedure.
        actor: the part the sender plays.
        fields: what was filled so far.
        languages: the languages the document will be written in.
    """

    step: str
    actor: str
    fields: Mapping[str, object] = default(default_factory=lambda: MappingProxyType({}))
    form: str | None = None
    route: RouteRef | None = None
    refusal: RefusalRef | None = None
    note: Text | None = None
    exhibits: ExhibitListRef | None = None
    languages: tuple[str, ...] = ("en", "zh")


def draft_of(act: Act) -> Draft:
    """Return an act as a draft, so that a received one can be looked at like one's own."""
    return Draft(
        act.act, act.actor, act.fields, act.form, act.route, act.refusal, act.note, act.exhibits, act.languages
    )


@dataclass(frozen=True, slots=True)
class RouteRisk:
    """What the route's findings say against the request, as plain values.

    Attributes:
        code: `dual-criminality-missing`, `dual-criminality-doubtful`, `reservation-applies`, `condition-not-met`,
            `condition-unknown` or `route-closed`; the catalogue has the words.
        params: for the sentence, such as `condition` with the words of the condition.
    """

    code: str
    article: str
    params: Params = default(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class LintContext:
    """The situation a draft is written in.

    Attributes:
        sender: the own office as the directory lists it; None when it is not listed.
        recipient: the other side as the directory lists it; None when it is not listed.
        now: the present instant.
        dossier: the dossier that the draft goes on with; None when it opens one.
        risks: what the route's findings say.
        wordbook: knows the codes of shared lists (`ground`, `offence`); a list that it does not know is not checked.
    """

    sender: Office | None
    recipient: Office | None
    now: datetime
    dossier: Dossier | None = None
    risks: tuple[RouteRisk, ...] = ()
    wordbook: Wordbook = default(default_factory=Wordbook)


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that the linter says of a draft.

    Attributes:
        code: stable; the catalogue of remarks has a sentence for it in every language.
        severity: `stop` keeps the draft from being sent, `warn` wants a second look, `advise` helps.
        field: id of the field that is meant, `table.row.column` inside a table (rows from 0); None for the whole.
        article: who says so.
        params: for the sentence.
    """

    code: str
    severity: Severity
    field: str | None = None
    article: str = ""
    params: Params = default(default_factory=lambda: MappingProxyType({}))
