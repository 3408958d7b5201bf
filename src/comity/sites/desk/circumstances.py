"""The circumstances of a question: in which groups a form asks for them, and which groups matter first for a measure.

The words are the lawbook's (`question:` and `answer:` in `words/law.yaml`). A circumstance of the lawbook that stands in no group
is asked in the last one, so that a new one is never hidden.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comity.sites.desk import words

Said = str | Promise
PRODUCTION = ("subscriber", "traffic", "content", "domain-registration", "emergency-disclosure")
DATA = ("preserve", *PRODUCTION, "search-seizure", "realtime-traffic", "interception")
PERSONS = ("extradition", "arrest-notice", "video-hearing")


@dataclass(frozen=True, slots=True)
class Group:
    """Circumstances that belong together.

    Attributes:
        measures: for which they matter first; empty means that they never stand first.
    """

    name: str
    title: Said
    keys: tuple[str, ...]
    measures: tuple[str, ...] = ()


GROUPS = (
    Group(
        "data",
        _("The data and who holds them"),
        (
            "data_holder",
            "provider_state",
            "legal_representative_in",
            "data_located_in",
            "direct_request",
            "requested_data",
        ),
        (*DATA, "freeze", "evidence-general"),
    ),
    Group(
        "authority",
        _("Your authority and the proceedings"),
        (
            "issuing_authority",
            "from_authority",
            "judicial_validation",
            "validation_not_obtainable_in_time",
            "purpose",
            "intended_use",
        ),
        (*DATA, "freeze", "joint-team", "spontaneous-information", "video-hearing", "evidence-general"),
    ),
    Group(
        "haste",
        _("Urgency"),
        ("emergency", "threat", "urgent", "preserved_until"),
        ("preserve", "emergency-disclosure"),
    ),
    Group(
        "warrant",
        _("The warrant and the arrest"),
        ("national_warrant", "eaw_issued", "arrest_date", "sentence_passed_months", "sentence_left_months"),
        ("extradition", "arrest-notice"),
    ),
    Group(
        "person",
        _("The person"),
        (
            "person_located_in",
            "person_role",
            "nationality_of_person",
            "native_born",
            "residence_of_person",
            "consent",
            "finally_judged_in",
            "protected_profession",
        ),
        PERSONS,
    ),
    Group("interception", _("The interception"), ("target_now_in", "technical_assistance_needed"), ("interception",)),
    Group(
        "information",
        _("The information"),
        ("information", "conditions_wanted"),
        ("spontaneous-information", "joint-team"),
    ),
    Group(
        "offence",
        _("The offence and its penalty"),
        (
            "max_penalty_months_from",
            "max_penalty_months_to",
            "list_box_ticked",
            "legal_classification",
            "offence_committed_in",
            "transnational",
            "organised_group",
            "offenders",
            "political",
            "death_penalty_possible",
            "death_penalty_assurance",
            "time_barred_in",
        ),
        (*PRODUCTION, "search-seizure", "freeze", "extradition", "arrest-notice", "joint-team", "evidence-general"),
    ),
    Group(
        "consent",
        _("Consent to disclose the data"),
        (
            "consent_given_by",
            "consenting_person_in",
            "consent_lawful_and_voluntary",
            "person_has_authority_to_disclose",
            "consent_of_user",
        ),
    ),
)
REST = Group("rest", _("Other circumstances"), ())


def groups(known: Iterable[str]) -> tuple[Group, ...]:
    """Return the groups with the circumstances of the lawbook; what stands in no group is in the last one."""
    keys = list(known)
    grouped = {key for group in GROUPS for key in group.keys}
    rest = Group(REST.name, REST.title, tuple(key for key in keys if key not in grouped))
    return (*GROUPS, rest) if rest.keys else GROUPS


def question(key: str) -> str:
    """Return the question that asks for a circumstance."""
    return words.word("question", key)


def answer(value: object) -> str:
    """Return the word for an answer."""
    return words.word("answer", str(value).lower() if isinstance(value, bool) else str(value))
