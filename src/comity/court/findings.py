"""Collects what a verification proves and what fails, while the checks run one after the other."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from comity.acts.office import Office
from comity.acts.opening import OpenedAct
from comity.court.bag import Bag, Defect
from comity.court.layout import Description
from comity.court.tree import Tree, read_small
from comity.court.verdict import Statement, Verdict
from comity.errors import ComityError
from comity.evidence.custody import CustodyEvent
from comity.evidence.exhibit import ExhibitList
from comity.exchange.directory import Directory


class Findings:
    """Statements and defects so far; used by one verification and thrown away."""

    def __init__(self) -> None:
        self.proven: list[Statement] = []
        self.open: list[Statement] = []
        self.failures: list[Defect] = []

    def prove(self, code: str, **values: object) -> None:
        """Note that something stands proven."""
        self.proven.append(Statement(code, values))

    def leave_open(self, code: str, **values: object) -> None:
        """Note what cannot be concluded."""
        self.open.append(Statement(code, values))

    def fail(self, path: str, reason: str, detail: str = "") -> None:
        """Note what is wrong with a file; said once for a file and reason."""
        defect = Defect(path, reason, detail)
        if defect not in self.failures:
            self.failures.append(defect)

    def refuse(self, path: str, error: ComityError) -> None:
        """Note an error that a parser or verifier gave for a file."""
        self.fail(path, error.code, error.message)

    def verdict(self, subject: str) -> Verdict:
        """Return the outcome."""
        return Verdict(subject, tuple(self.proven), tuple(self.open), tuple(self.failures))


@dataclass(slots=True)
class Package:
    """A package as far as it could be opened; filled by the checks in their order.

    Attributes:
        offices: those of the directory, by id; empty when it does not verify.
        acts: file path -> the opened act, in the order of the description.
        lists: SHA-256 -> exhibit list.
        events: SHA-256 -> custody event.
    """

    tree: Tree
    bag: Bag
    description: Description
    directory: Directory | None = None
    offices: Mapping[str, Office] = field(default_factory=lambda: MappingProxyType({}))
    acts: dict[str, OpenedAct] = field(default_factory=dict)
    lists: dict[str, ExhibitList] = field(default_factory=dict)
    events: dict[str, CustodyEvent] = field(default_factory=dict)

    def paths(self, folder: str) -> list[str]:
        """Return the files of the package below a folder, sorted."""
        return sorted(path for path in self.bag.sizes if path.startswith(folder))

    def read(self, path: str) -> bytes:
        """Return a small file's bytes."""
        return read_small(self.tree, path)

    def witness_keys(self) -> list[str]:
        """Return the keys of all offices that may have witnessed a ledger."""
        return [office.witness_key for office in self.offices.values() if office.witness_key]
