"""What the verification of a package found, as codes that are put into plain words in the reader's language."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from types import MappingProxyType

from comity.court.bag import Defect

VERIFIED, NOT_VERIFIED = "verified", "not-verified"


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of a verdict: a code with the values that stand in it."""

    code: str
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    def words(self, language: str) -> str:
        """Return the sentence in the language, or in English."""
        return words(self.code, language).format(**self.values)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of looking at a package.

    Attributes:
        subject: what was looked at: `court-package`, `act`, `acquisition`.
        proven: what stands proven if the verdict is good.
        not_proven: what nobody can conclude from this package alone.
        failures: which file is wrong, and why; any failure makes the verdict bad.
    """

    subject: str
    proven: tuple[Statement, ...]
    not_proven: tuple[Statement, ...]
    failures: tuple[Defect, ...]

    @property
    def verdict(self) -> str:
        """`verified` or `not-verified`."""
        return NOT_VERIFIED if self.failures else VERIFIED

    def as_json(self, language: str = "en") -> dict[str, object]:
        """Return {verdict, subject, proven, not_proven, failures}; with failures nothing is called proven."""
        proven = () if self.failures else self.proven
        return {
            "verdict": self.verdict,
            "subject": self.subject,
            "proven": [_statement(statement, language) for statement in proven],
            "not_proven": [_statement(statement, language) for statement in self.not_proven],
            "failures": [
                {"path": defect.path, "reason": defect.reason, "text": reason(defect, language)}
                for defect in self.failures
            ],
        }


def _statement(statement: Statement, language: str) -> dict[str, object]:
    return {"code": statement.code, "text": statement.words(language), **statement.values}


def words(code: str, language: str) -> str:
    """Return the sentence of a code, with places for its values; the code itself when there is no sentence."""
    sentences = _sentences().get(code, {})
    return sentences.get(language) or sentences.get("en") or code.removeprefix("failure:")


def reason(defect: Defect, language: str) -> str:
    """Return in words why a file keeps a package from being verified."""
    code = f"failure:{defect.reason}"
    return words(code, language) if code in _sentences() else defect.detail or defect.reason


@cache
def _sentences() -> dict[str, dict[str, str]]:
    text = resources.files("comity.court").joinpath("sentences.json").read_text("utf-8")
    sentences: dict[str, dict[str, str]] = json.loads(text)
    return sentences
