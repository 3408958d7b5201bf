"""What the offices of the story write into their papers; every case, person and address in it is invented."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from comity.cli.demo.evidence import ACCOUNT, ADDRESS
from comity.cli.demo.scenes import Tale, Values

OURS, THEIRS, PROVIDERS = "GH-HARB-2026-0117", "FR-BEPI-2026-2290", "REQ-88410"
CASE: Mapping[str, Any] = {
    "reference": OURS,
    "title": "Intrusion into the harbour's cargo register",
    "summary": (
        "On 14 September 2026 an unknown person logged in to the cargo register of the harbour of Tema from 192.0.2.15, copied "
        "4,100 records of containers and had them sent to an account at a hosting provider in France."
    ),
    "offence": "illegal-access",
    "conduct_on": "2026-09-14",
    "provisions": "Cybersecurity Act, 2020 (Act 1038); Electronic Transactions Act, 2008 (Act 772), s. 124",
    "max_penalty_months": 120,
}


def case_facts(now: datetime) -> Values:
    """Return what the case knows and every form about it is prefilled with."""
    return {
        "contact_phone": "+233 30 200 0000",
        "contact_email": "duty@prosecutor.example",
        "investigating_authority": "Cyber Crime Unit, Accra",
        "stage": "investigation",
        "data_category": ["subscriber", "traffic", "content"],
        "identifiers": [
            {"identifier_kind": "email-address", "identifier_value": ACCOUNT},
            {"identifier_kind": "ip-address", "identifier_value": ADDRESS, "identifier_time": "2026-09-14T01:02:03Z"},
        ],
        "range_start": "2026-09-01T00:00:00Z",
        "range_end": "2026-09-30T23:59:59Z",
        "data_description": "Subscriber data, login records and stored mail of the account in the period named.",
        "data_relation": "The copied records were sent to this account within minutes of the intrusion.",
        "service_provider": "Practice Hosting, France",
        "necessity": "The user can delete the mail at any time; login records are overwritten after thirty days.",
        "intends_mla": True,
        "mla_expected_by": instant(now + timedelta(days=30)),
        "urgent": True,
        "urgency_reason": "Login records of the provider are overwritten after thirty days.",
        "confidentiality": True,
        "confidentiality_reason": "The user would delete the data and warn accomplices.",
        "person_kind": "unknown",
        "person_role": "suspect",
        "measure_sought": "Disclosure of the preserved data of the account.",
        "purpose": "To identify the person behind the intrusion and to show where the records went.",
        "deadline": instant(now + timedelta(days=40)),
    }


def instant(at: datetime) -> str:
    """Return an instant as forms take it."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def words(text: str) -> Values:
    """Return an answer in free text."""
    return {"text": text, "language": "en"}


def french_receipt(tale: Tale) -> Values:
    """What the central authority writes into its receipts."""
    return {"reference": THEIRS, "their_reference": OURS, "outcome": "accepted-for-processing", **french_desk(tale)}


def french_desk(tale: Tale) -> Values:
    """How the central authority is reached."""
    return {"contact_email": "bepi@central.example", "contact_phone": "+33 1 44 00 00 00"}


def provider_receipt(tale: Tale) -> Values:
    """What the provider writes into its receipts."""
    return {
        "reference": PROVIDERS,
        "their_reference": THEIRS,
        "outcome": "accepted-for-processing",
        "contact_email": "requisitions@hosting.example",
    }


def preserved_by_provider(tale: Tale) -> Values:
    """What the provider reports when it has secured the data."""
    return {
        "reference": PROVIDERS,
        "their_reference": THEIRS,
        "preserved_at": instant(datetime.now(UTC)),
        "contact_email": "requisitions@hosting.example",
    }


def preserved_in_france(tale: Tale) -> Values:
    """What France reports when its provider has secured the data."""
    return {
        "reference": THEIRS,
        "their_reference": OURS,
        "preserved_at": instant(datetime.now(UTC)),
        "preserved_until": (datetime.now(UTC) + timedelta(days=90)).date().isoformat(),
        **french_desk(tale),
    }


def order(tale: Tale) -> Values:
    """What an order to the provider says that the request does not; it names no foreign case."""
    return {
        "reference": THEIRS,
        "legal_basis": words("Code de procédure pénale, arts 60-2, 77-1-2 and 694-29"),
        "confidentiality": True,
        **french_desk(tale),
    }


def order_to_deliver(tale: Tale) -> Values:
    """The same, with the day by which the data are to be handed over."""
    return {**order(tale), "order_kind": "produce", "deadline": instant(datetime.now(UTC) + timedelta(days=10))}


def handed_over(reference: str) -> Callable[[Tale], Values]:
    """Return what goes with evidence: which part of the request was carried out."""
    parts = [{"measure_sought": words("Disclosure of the preserved data"), "part_status": "executed"}]
    return lambda tale: {"reference": reference, "parts": parts}


def our_receipt(tale: Tale) -> Values:
    """What the prosecutor confirms at the end."""
    return {"reference": OURS, "their_reference": THEIRS, "outcome": "accepted-for-processing"}
