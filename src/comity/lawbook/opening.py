"""The lawbook as one value, and where it lies. Each part is read when it is first asked for: verifying needs no treaties."""

import gc
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import cast

from comity.acts.wordbook import Wordbook
from comity.cooperation.periods import Calendars
from comity.cooperation.procedure import Procedure
from comity.cooperation.sentence import Catalogue
from comity.law.facts import Facts
from comity.lawbook.facts import PATTERNS, load_facts
from comity.lawbook.procedures import load_calendars, load_procedures
from comity.lawbook.reading import Document, cache_folder, compiled, digest_of, read_yaml, sources, without_collection
from comity.lawbook.terms import Terms, law_terms
from comity.lawbook.words import load_catalogue, load_wordbook

PAGES = ("procedures/*.yaml", "forms/*.yaml", "words/*.yaml", "calendars.yaml")


@dataclass(frozen=True)
class Lawbook:
    """One edition of the lawbook.

    Attributes:
        path: its folder.
        cache: where compiled data lie; None means the user's cache folder, where there is one.
    """

    path: Path
    cache: Path | None = None

    @cached_property
    def _law(self) -> tuple[Facts, str]:
        """Kept for as long as the process runs, so the search for garbage never goes through it again (`gc.freeze`)."""
        with without_collection():
            law = load_facts(self.path, self.cache)
            gc.freeze()
        return law

    @property
    def facts(self) -> Facts:
        """The law, for `comity.law.routes`."""
        return self._law[0]

    @property
    def edition(self) -> str:
        """The day of the facts and the beginning of the digest of their files: `2026-11-24+1f2e3d4c`."""
        facts, digest = self._law
        return f"{facts.as_of}+{digest[:8]}"

    @cached_property
    def procedures(self) -> dict[str, Procedure]:
        """The procedures by id."""
        return load_procedures(self.path, self._page)

    @cached_property
    def calendars(self) -> Calendars:
        """In which clocks are counted."""
        return load_calendars(self.path, self._page)

    @cached_property
    def wordbook(self) -> Wordbook:
        """The words for codes, and the forms."""
        book = load_wordbook(self.path, self.procedures, self._page)
        return Wordbook({**self._law_terms, **book.terms}, book.forms)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The sentences for remarks, notices and reasons."""
        return load_catalogue(self.path, self._page)

    @cached_property
    def pages(self) -> Document:
        """Procedures, forms, words and calendars as plain data: file -> document."""
        paths = sources(self.path, PAGES)
        folder = self.cache or cache_folder()
        return compiled(
            "pages", digest_of(paths), lambda: {self._name(path): read_yaml(path) for path in paths}, folder
        )

    @cached_property
    def _law_terms(self) -> Terms:
        """The names of states and instruments; compiled, so that they are there without the law being loaded."""
        digest = digest_of(sources(self.path, PATTERNS))
        folder = self.cache or cache_folder()
        terms = compiled("terms", digest, lambda: cast(Document, law_terms(self.path, self.facts)), folder)
        return cast(Terms, terms)

    def _page(self, path: Path) -> Mapping[str, object]:
        return cast(Mapping[str, object], self.pages[self._name(path)])

    def _name(self, path: Path) -> str:
        return path.relative_to(self.path).as_posix()


def default_path() -> Path:
    """Return where the lawbook lies: beside the source in a checkout, inside the package when installed."""
    checkout = Path(__file__).parents[3] / "lawbook"
    return checkout if checkout.is_dir() else Path(__file__).parents[1] / "lawbook_data"


def open_lawbook(path: Path | None = None) -> Lawbook:
    """Return the lawbook.

    Its parts raise MalformedLawError, UnreadableLawbookError, MalformedFormError or MalformedProcedureError when they are first
    asked for and are broken.

    Args:
        path: the folder; None means the one that comes with Comity.
    """
    return Lawbook(path or default_path())
