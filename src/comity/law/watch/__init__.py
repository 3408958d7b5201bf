"""Between two editions of the facts: what changed, which routes and warnings that touches, which open dossiers rest on them."""

from comity.law.watch.changes import Change, Difference, changes
from comity.law.watch.dossiers import OpenDossier, TouchedDossier, touched_dossiers
from comity.law.watch.routes import TouchedRoute, touched_routes
from comity.law.watch.warnings import TouchedWarning, touched_warnings

__all__ = [
    "Change",
    "Difference",
    "OpenDossier",
    "TouchedDossier",
    "TouchedRoute",
    "TouchedWarning",
    "changes",
    "touched_dossiers",
    "touched_routes",
    "touched_warnings",
]
