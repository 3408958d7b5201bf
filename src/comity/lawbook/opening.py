"""The lawbook as one value, and where it lies. Each part is read when it is first asked for: who verifies an act needs no treaties."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from comity.acts.wordbook import Wordbook
from comity.cooperation.periods import Calendars
from comity.cooperation.procedure import Procedure
from comity.cooperation.sentence import Catalogue
from comity.law.facts import Facts
from comity.lawbook.facts import load_facts
from comity.lawbook.procedures import load_calendars, load_procedures
from comity.lawbook.words import load_catalogue, load_wordbook


@dataclass(frozen=True)
class Lawbook:
    """One edition of the lawbook.

    Attributes:
        path: its folder.
    """

    path: Path

    @cached_property
    def _law(self) -> tuple[Facts, str]:
        return load_facts(self.path)

    @property
    def facts(self) -> Facts:
        """The law, for `comity.law.routes`."""
        return self._law[0]

    @property
    def edition(self) -> str:
        """The day of the facts and the beginning of the digest of all data files: `2026-11-24+1f2e3d4c`."""
        facts, digest = self._law
        return f"{facts.as_of}+{digest[:8]}"

    @cached_property
    def procedures(self) -> dict[str, Procedure]:
        """The procedures by id."""
        return load_procedures(self.path)

    @cached_property
    def calendars(self) -> Calendars:
        """In which clocks are counted."""
        return load_calendars(self.path)

    @cached_property
    def wordbook(self) -> Wordbook:
        """The words for codes, and the forms."""
        return load_wordbook(self.path)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The sentences for remarks, notices and reasons."""
        return load_catalogue(self.path)


def default_path() -> Path:
    """Return where the lawbook lies: beside the source in a checkout, inside the package when installed."""
    checkout = Path(__file__).parents[3] / "lawbook"
    return checkout if checkout.is_dir() else Path(__file__).parents[1] / "lawbook_data"


def open_lawbook(path: Path | None = None) -> Lawbook:
    """Return the lawbook; its parts raise MalformedLawError or MalformedFormError when they are first asked for and are broken.

    Args:
        path: the folder; None means the one that comes with Comity.
    """
    return Lawbook(path or default_path())
