"""The editions of the law that this node has worked with, kept in its home so that a later one can be compared with them."""

import logging
from pathlib import Path

from django.conf import settings

from comity.errors import ComityError
from comity.lawbook import Lawbook
from comity.lawbook.editions import keep_edition, kept_editions
from comity.node import law
from comity.node.home import Home

FOLDER = "editions"
log = logging.getLogger("comity.editions")


def editions_folder(home: Home) -> Path:
    """Return where the editions lie."""
    return home.path / FOLDER


def remember_law() -> None:
    """Keep the present edition of the law; every process of a node does so when it starts, whichever is first."""
    remember_edition(settings.HOME, law.lawbook())


def remember_edition(home: Home, book: Lawbook) -> Path | None:
    """Keep the present edition unless it is kept already; a node that cannot keep it works all the same, and the log says why."""
    try:
        return keep_edition(book, editions_folder(home))
    except ComityError as error:
        log.warning("The edition of the law cannot be kept: %s", error.diagnostics())
    except OSError as error:
        log.warning("The edition of the law cannot be kept: %s", error)
    return None


def editions(home: Home) -> tuple[Path, ...]:
    """Return the files of the editions, the one met last at the end."""
    return kept_editions(editions_folder(home))
