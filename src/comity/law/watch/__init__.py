"""Between two editions of the facts: what changed, which routes that touches, which open dossiers rest on them."""

from comity.law.watch.changes import Change, Difference, changes
from comity.law.watch.dossiers import OpenDossier, TouchedDossier, touched_dossiers
from comity.law.watch.routes import TouchedRoute, touched_routes

__all__ = [
    "Change",
    "Difference",
    "OpenDossier",
    "TouchedDossier",
    "TouchedRoute",
    "changes",
    "touched_dossiers",
    "touched_routes",
]
