"""What the REST interface takes and gives."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from ninja import Field, Schema


class Me(Schema):
    """Who the token acts for."""

    username: str
    name: str
    roles: list[str]
    office: str


class OfficeOut(Schema):
    """An office of the directory."""

    id: str
    state: str
    names: dict[str, str]
    languages: list[str]
    actors: list[str]
    url: str


class ConductIn(Schema):
    """What was done, by the elements of lawbook/offences/elements.yaml; `not` names what is known not to hold."""

    acts: list[str] = Field(min_length=1, examples=[["access"]])
    objects: list[str] = Field(default_factory=list, examples=[["computer-system"]])
    facts: list[str] = Field(default_factory=list, examples=[["without-right", "intent"]])
    absent: list[str] = Field(default_factory=list, alias="not")


class QuestionIn(Schema):
    """A question to the law."""

    from_state: str = Field(description="Requesting state, ISO 3166-1, two letters.", examples=["GH"])
    to_state: str = Field(description="Requested state.", examples=["FR"])
    measure: str = Field(description="A code of /law/measures.", examples=["preserve"])
    offence: str | None = Field(
        None, description="A code of /law/offences; unknown when left out.", examples=["illegal-access"]
    )
    on: date | None = Field(
        None, description="The day for which the law is asked; today when left out.", examples=["2026-11-24"]
    )
    circumstances: dict[str, object] = Field(
        default_factory=dict,
        description="Codes of /law/circumstances with their values; what is left out is unknown.",
        examples=[{"data_holder": "provider", "emergency": True, "max_penalty_months_from": 60}],
    )
    conduct: ConductIn | None = Field(
        None, description="What was done, as elements of offences; see docs/comparing-law.md."
    )
    language: Literal["en", "zh"] = Field("en", description="Of the texts.")


class CompareIn(Schema):
    """An offence to be compared across states, perhaps with a conduct."""

    offence: str = Field(description="A code of /law/offences.", examples=["illegal-access"])
    states: list[str] = Field(min_length=2, max_length=12, examples=[["DE", "FR", "CN"]])
    conduct: ConductIn | None = Field(
        None, description="What was done; each state is then asked whether it punishes it."
    )
    language: Literal["en", "zh"] = Field("en", description="Of the texts.")


class GapIn(Schema):
    """A state whose law is held against an instrument."""

    state: str = Field(examples=["KE"])
    instrument: str = Field(description="Id of an instrument.", examples=["budapest"])
    on: date | None = Field(None, description="The day; today when left out.", examples=["2026-11-24"])
    language: Literal["en", "zh"] = Field("en", description="Of the texts.")


class AccessionIn(GapIn):
    """A state that would join an instrument; `on` is its first day as a party."""

    measures: list[str] = Field(
        default_factory=list, max_length=3, description="Up to three codes; the usual ones when left out."
    )
    offence: str = Field("", description="A code of /law/offences; illegal access when left out.")
    side: Literal["requesting", "requested"] = Field("requesting", description="Whether the state asks or is asked.")


class LinkIn(Schema):
    """One part of a crime chain."""

    what: str = Field(description="A code of lawbook/jurisdiction.yaml.", examples=["victims"])
    state: str = Field(examples=["JP"])
    weight: int | None = Field(None, description="How much of it; not stated when left out.", examples=[40])
    on: date | None = Field(None, description="When it happened.")


class ChainIn(Schema):
    """A crime chain: one offence and its links."""

    offence: str | None = Field(None, description="A code of /law/offences.", examples=["computer-fraud"])
    on: date | None = Field(None, description="The day for which the law is asked; today when left out.")
    organised_group: bool | None = Field(
        None, description="Whether an organised group takes part; unknown if left out."
    )
    links: list[LinkIn] = Field(min_length=1, max_length=1000)
    language: Literal["en", "zh"] = Field("en", description="Of the texts.")


class HolderIn(Schema):
    """Who holds the data behind an identifier or of a service."""

    identifier: str = Field(min_length=1, max_length=2000, examples=["google"])
    service: str | None = Field(None, max_length=200, description="That the identifier is used with.")
    user_region: str | None = Field(None, max_length=2, description="State where the user is.", examples=["DE"])
    from_state: str | None = Field(None, max_length=2, description="The asking state; shows routes.", examples=["GH"])
    measure: str = Field("subscriber", description="What is wanted, for the routes.")
    offence: str | None = None
    on: date | None = Field(None, description="The day for which it is asked; today when left out.")
    language: Literal["en", "zh"] = Field("en", description="Of the texts.")


class AtlasAsked(Schema):
    """A question to the atlas."""

    state: str = Field(description="The state that asks or is asked, ISO 3166-1, two letters.", examples=["BR"])
    direction: Literal["from", "to"] = Field("from", description="from: the state asks others; to: others ask it.")
    measure: str = Field("preserve", description="A code of /law/measures.")
    offence: str = Field("illegal-access", description="A code of /law/offences.")
    on: date | None = Field(None, description="The day for which the law is asked; today when left out.")
    all: bool = Field(False, description="Count the states for every measure as well.")
    language: Literal["en", "zh"] = Field("en", description="Of the texts.")


class AtlasIn(AtlasAsked):
    """A question to the atlas with circumstances."""

    circumstances: dict[str, object] = Field(
        default_factory=dict,
        description="Codes of /law/circumstances with their values, taken to be so in every state alike.",
        examples=[{"data_holder": "provider"}],
    )


class LawbookOut(Schema):
    """The edition of the law that answers."""

    edition: str = Field(examples=["2026-11-24+9b3a20fe"])
    as_of: date


class CodeOut(Schema):
    """A code with its words."""

    code: str
    en: str
    zh: str


class CircumstanceOut(CodeOut):
    """A circumstance, as the question that asks for it.

    `type` is boolean, integer, state, code, date or text; `values` are the codes of a circumstance of type code.
    """

    type: str
    values: list[CodeOut]


class CaseIn(Schema):
    """A case to be opened."""

    reference: str
    title: str
    summary: str = ""
    offence: str = ""
    conduct_on: date | None = None
    provisions: str = ""
    max_penalty_months: int | None = None
    facts: dict[str, object] = Field(default_factory=dict)
    members: list[str] | None = Field(None, description="Usernames; all approvers and custodians when left out.")


class CaseOut(Schema):
    """A case."""

    id: UUID
    reference: str
    title: str
    summary: str
    offence: str
    conduct_on: date | None
    provisions: str
    max_penalty_months: int | None
    facts: dict[str, object]
    opened_at: datetime
    closed_at: datetime | None


class RouteIn(Schema):
    """A lawful way, out of an answer."""

    instrument: str
    article: str
    measure: str
    channel: str


class DraftIn(Schema):
    """A draft to be begun: either `dossier`, or `procedure` and `recipient`."""

    step: str
    procedure: str = ""
    dossier: str = ""
    case: UUID | None = None
    recipient: str = ""
    route: RouteIn | None = None
    concerns: list[str] = Field(default_factory=list)
    exhibits: str = Field("", description="Id of a holding, or SHA-256 of its list.")
    form: str = ""


class DraftChange(Schema):
    """New content of a draft; what is left out stays."""

    fields: dict[str, object] | None = None
    note: str | None = None
    note_language: str | None = None
    subject: str | None = None
    reference: str | None = None
    refusal: dict[str, object] | None = None
    languages: list[str] | None = None
    exhibits: str = ""


class DraftOut(Schema):
    """A draft."""

    id: UUID
    state: str
    procedure: str
    step: str
    actor: str
    form: str
    recipient: str
    reference: str
    subject: str
    route: dict[str, str] | None
    fields: dict[str, object]
    refusal: dict[str, object] | None
    note: str
    languages: list[str]
    concerns: list[dict[str, str]]
    remark: str
    act_id: str
    dossier_id: str | None
    case_id: UUID | None
    exhibits_list_id: UUID | None


class RemarkOut(Schema):
    """What the linter says."""

    code: str
    severity: str
    field: str | None
    article: str
    text: str


class ReturnIn(Schema):
    """Why a draft is returned."""

    remark: str


class DossierOut(Schema):
    """A dossier as lists show it."""

    id: str
    procedure: str
    subject: str
    our_actor: str
    partner: str
    case_id: UUID | None
    state: str
    turn: str
    due_at: datetime | None
    due_clock: str
    ended: str
    opened_at: datetime
    changed_at: datetime
    concerns: str


class EventOut(Schema):
    """One event in a dossier."""

    act: str
    step: str
    actor: str
    at: datetime
    from_state: str
    to_state: str
    effective: bool
    reason: str | None


class ClockOut(Schema):
    """A clock in force."""

    id: str
    article: str
    responsible: str
    started_at: datetime
    due_at: datetime | None
    stopped_at: datetime | None
    running: bool


class StepOut(Schema):
    """A step that may be drafted now."""

    step: str
    main: bool
    binding: bool
    article: str
    forms: list[str]
    exhibits: str


class OpeningOut(Schema):
    """A step that opens a dossier."""

    procedure: str
    step: str
    actor: str
    recipient_actor: str
    binding: bool
    forms: list[str]


class DeliveryOut(Schema):
    """How far an act of ours is on its way."""

    act: str
    recipient: str
    state: str
    attempts: int
    next_at: datetime
    delivered_at: datetime | None
    last_error: str


class DossierDetail(DossierOut):
    """A dossier with everything that the fold says."""

    parties: dict[str, str]
    history: list[EventOut]
    waiting: list[str]
    clocks: list[ClockOut]
    steps: list[StepOut]
    deliveries: list[DeliveryOut]


class EvidenceIn(Schema):
    """Evidence to be acquired from a path on the node's machine."""

    source: str
    title: str = ""
    case: UUID | None = None
    dossier: str = ""


class HoldingOut(Schema):
    """An exhibit list and where its bytes are."""

    id: UUID
    list_sha256: str
    title: str
    count: int
    bytes: int
    state: str
    progress_bytes: int
    case_id: UUID | None
    dossier_id: str | None
    error: str
    skipped: list[list[str]]


class CustodyOut(Schema):
    """One custody event."""

    sha256: str
    kind: str
    office: str
    to: str
    at: datetime
    previous: str
    proven: bool


class PackageOut(Schema):
    """A court package."""

    id: UUID
    dossier_id: str
    state: str
    progress: int
    path: str
    sha256: str
    bytes: int
    error: str
