"""The story as a table: who does what at which office, in which dossier, and what a second person approves.

An intrusion at a harbour in Ghana leads to an account at a hosting provider in France. The prosecutor asks France to keep the
account's data and then to hand them over; France orders its provider to do so, in a dossier that Ghana does not see.
"""

from comity.cli.demo import papers
from comity.cli.demo.law_scenes import ask, opened
from comity.cli.demo.scenes import Scene, act, attach, packed, received

GHANA, FRANCE, HOSTING = "gh/practice-prosecutor", "fr/practice-central-authority", "fr/practice-hosting"
REQUEST, ORDER = "budapest-preservation", "provider-order"

STORY: tuple[Scene, ...] = (
    Scene("ask-preserve", GHANA, "ama", ask, measure="preserve"),
    Scene("ask-content", GHANA, "ama", ask, measure="content"),
    Scene("open-case", GHANA, "ama", opened),
    Scene(
        "request-preservation", GHANA, "ama", act, "send", opens=REQUEST, approver="kofi", measure="preserve",
        more={"recipient": FRANCE}, without="data_relation",
    ),
    Scene("acknowledge", FRANCE, "claire", act, "acknowledge", fields=papers.french_receipt),
    Scene(
        "order-preservation", FRANCE, "claire", act, "order-preservation", "order", opens=ORDER, approver="julien",
        more={"recipient": HOSTING}, fields=papers.order,
    ),
    Scene("provider-acknowledges", HOSTING, "lea", act, "acknowledge", "order", fields=papers.provider_receipt),
    Scene(
        "provider-preserves", HOSTING, "lea", act, "confirm-preservation", "order", approver="marc",
        fields=papers.preserved_by_provider,
    ),
    Scene(
        "report-preserved", FRANCE, "claire", act, "report-preserved", approver="julien", fields=papers.preserved_in_france
    ),
    Scene(
        "request-production", GHANA, "ama", act, "send-production-request", approver="kofi", form="mla-general",
        measure="content",
    ),
    Scene("acknowledge-production", FRANCE, "claire", act, "acknowledge", fields=papers.french_receipt),
    Scene("accept", FRANCE, "claire", act, "accept", approver="julien"),
    Scene(
        "order-production", FRANCE, "claire", act, "order-production", "order", approver="julien", fields=papers.order_to_deliver
    ),
    Scene("provider-acknowledges-production", HOSTING, "lea", act, "acknowledge", "order", fields=papers.provider_receipt),
    Scene("attach", HOSTING, "nora", attach),
    Scene(
        "deliver", HOSTING, "lea", act, "deliver", "order", approver="marc", fields=papers.handed_over(papers.PROVIDERS),
        hands_over=True,
    ),
    Scene("received-in-france", FRANCE, "ines", received),
    Scene("confirm-to-provider", FRANCE, "claire", act, "confirm-receipt", "order", fields=papers.french_receipt),
    Scene(
        "produce", FRANCE, "claire", act, "produce", approver="julien", fields=papers.handed_over(papers.THEIRS),
        hands_over=True,
    ),
    Scene("received-in-ghana", GHANA, "efua", received),
    Scene("confirm", GHANA, "ama", act, "confirm-receipt", fields=papers.our_receipt),
    Scene("package", GHANA, "efua", packed),
)  # fmt: skip
