"""Directories, each with one defect: what is laid over the good one, and what is taken away."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from practice import KEYS, NOW, OPERATOR, ROOTS, SENDER, STATES, US, ed25519, office

from comity.exchange.charter import found_directory, rotate, signer
from comity.exchange.publishing import publish, sign_offices
from comity.exchange.repository import PERIODS, Published, head, meta, sign
from comity.exchange.tuf_names import Metadata, Root, TargetFile, Targets

DAY = timedelta(days=1)
GOOD = publish(found_directory(STATES, OPERATOR, NOW, threshold=2), [office(US), office(SENDER)], KEYS, OPERATOR, NOW)
NEWER = publish(GOOD, [office(US, measures=("preserve",))], KEYS, OPERATOR, NOW)
ALL = (SENDER, US)


@dataclass(frozen=True)
class Case:
    """One directory; `seen` names the case whose directory was opened before."""

    name: str
    reason: str
    expect: str = "accept"
    over: Mapping[str, bytes] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    at: datetime = NOW
    seen: str = ""
    offices: tuple[str, ...] = ()


def included(state: str, metadata: bytes, version: int = 2) -> dict[str, bytes]:
    """Include a list without any check, as an operator would who is in league with somebody."""
    old = Published.read(GOOD)
    metas = {**old.snapshot.meta, f"{state}.json": meta(version, metadata)}
    return {f"{version}.{state}.json": metadata, **head(metas, 3, OPERATOR, NOW, PERIODS)}


def list_of_gh(*paths: str) -> Targets:
    """Return an unsigned list of entries that are all empty objects."""
    targets = {f"{path}.json": TargetFile.from_data(f"{path}.json", b"{}", ["sha256"]) for path in paths}
    return Targets(version=2, expires=NOW + DAY * 90, targets=targets)


def changed(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files that are new or different."""
    return {name: data for name, data in after.items() if before.get(name) != data}


def forged_root() -> bytes:
    """Return a second root that one state of three has signed."""
    root = Metadata[Root].from_bytes(GOOD["1.root.json"]).signed
    root.version = 2
    return sign(root, ROOTS[:1])


def widened_states() -> bytes:
    """Return a list of states, signed by all, that lets Ghana speak for everybody."""
    states = Metadata[Targets].from_bytes(GOOD["1.targets.json"]).signed
    states.delegations.roles["gh"].paths = ["*/*"]
    return sign(states, ROOTS)


def cases() -> list[Case]:
    """Return all cases; the first is the good directory itself."""
    ahead = head(Published.read(GOOD).snapshot.meta, 1_000_000, OPERATOR, NOW, PERIODS)
    recovered = rotate(GOOD, STATES, signer(ed25519("operator two")), NOW, old_signers=ROOTS, threshold=2)
    of_gh = sign_offices(GOOD, "gh", [office(US)], KEYS["gh"], NOW)
    return [
        Case("good", "three states, two of which are needed for the root; two offices", offices=ALL),
        Case("newer", "the same with one office changed", over=changed(GOOD, NEWER), seen="good", offices=ALL),
        Case(
            "one-state-for-all",
            "the list of states, rightly signed, gives Ghana the offices of everybody",
            "directory-malformed",
            over=included("targets", widened_states(), 1),
        ),
        Case("expired", "the timestamp ended a second ago", "directory-expired", at=NOW + DAY * 3),
        Case("as-of", "the same files a second before that", at=NOW + DAY * 3 - timedelta(seconds=1), offices=ALL),
        Case("rolled-back", "older than the directory seen before", "directory-rolled-back", seen="newer"),
        Case("lists-mixed", "a list of another day", "directory-damaged", over={"1.gh.json": NEWER["2.gh.json"]}),
        Case(
            "list-missing", "a list that the snapshot names is missing", "directory-incomplete", without=("1.gh.json",)
        ),
        Case("timestamp-missing", "the timestamp is missing", "directory-incomplete", without=("timestamp.json",)),
        Case(
            "list-by-another-state",
            "the list of France is signed by Ghana's key",
            "directory-unsigned",
            over=included("fr", sign(list_of_gh(), [KEYS["gh"]])),
        ),
        Case(
            "office-of-another-state",
            "Ghana lists an office of France; that is not read, and France's own entry stands",
            over=included("gh", sign(list_of_gh("fr/liaison"), [KEYS["gh"]])),
            offices=(SENDER,),
        ),
        Case(
            "list-renewed", "Ghana signs its list again", over=included("gh", of_gh.metadata), seen="good", offices=ALL
        ),
        Case(
            "root-by-one",
            "a new root with one signature of two",
            "directory-unsigned",
            over={"2.root.json": forged_root()},
        ),
        Case("fast-forward", "a stolen operator key counted far ahead", over=ahead, offices=ALL),
        Case(
            "after-fast-forward", "the honest operator goes on counting", "directory-rolled-back", seen="fast-forward"
        ),
        Case(
            "recovered",
            "a new root with a new operator key makes readers forget the stolen one's count",
            over=changed(GOOD, recovered),
            seen="fast-forward",
            offices=ALL,
        ),
        Case("endless", "a timestamp longer than any", "directory-too-large", over={"timestamp.json": b" " * 20_000}),
        Case("rubbish", "a timestamp that is no JSON", "directory-damaged", over={"timestamp.json": b"[" * 500}),
    ]
