"""What a node stores. Acts, lists, custody events and the ledger are the truth; the rest are projections or work to do."""

from comity.node.models.case import Case, CaseMember
from comity.node.models.delivery import Delivery, Quarantined, ReceivedEnvelope
from comity.node.models.dossier import ActRecord, Dossier
from comity.node.models.draft import Draft
from comity.node.models.evidence import Custody, Holding, HoldingLink, Transfer
from comity.node.models.ledger import LedgerEntry, LedgerHash, LedgerState, WitnessedLog
from comity.node.models.package import CourtPackage
from comity.node.models.person import ApiToken, Person, SignInLink

__all__ = [
    "ActRecord",
    "ApiToken",
    "Case",
    "CaseMember",
    "CourtPackage",
    "Custody",
    "Delivery",
    "Dossier",
    "Draft",
    "Holding",
    "HoldingLink",
    "LedgerEntry",
    "LedgerHash",
    "LedgerState",
    "Person",
    "Quarantined",
    "ReceivedEnvelope",
    "SignInLink",
    "Transfer",
    "WitnessedLog",
]
