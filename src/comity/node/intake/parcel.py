"""Opens the items of a parcel: each becomes a verified value or a refusal with its reason; one bad item spoils no other."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from comity.acts.canonical import digest
from comity.acts.office import Office
from comity.acts.opening import OpenedAct, open_act
from comity.acts.wordbook import Wordbook
from comity.errors import PeerError
from comity.evidence.custody import CustodyEvent, decode_event
from comity.evidence.exhibit import ExhibitList, decode_list
from comity.exchange.parcel import Item, Parcel
from comity.ledger.entry import entry
from comity.ledger.proof import Proof, verify_proof


class UnprovenCustodyError(PeerError):
    """A custody event came without a proof from the ledger of the office that it names."""

    code = "unproven-custody"


@dataclass(frozen=True, slots=True)
class TakenAct:
    """An act that was opened, with the file it came as."""

    opened: OpenedAct
    pdf: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class TakenList:
    """An exhibit list, with its bytes."""

    exhibits: ExhibitList
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class TakenCustody:
    """A custody event, with its bytes and the verified proof."""

    event: CustodyEvent
    data: bytes = field(repr=False)
    proof: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class RefusedItem:
    """An item that was not accepted, with the reason."""

    item: Item
    error: PeerError

    @property
    def sha256(self) -> str:
        """Names the item."""
        return digest(self.item.data)


Taken = TakenAct | TakenList | TakenCustody | RefusedItem


@dataclass(frozen=True, slots=True)
class Judge:
    """What items are judged by.

    Attributes:
        office: the directory.
        wordbook: renders the payload again, to compare it with the PDF.
        witness_vkeys: keys of the witnesses whose cosignatures count.
        now: when the envelope came.
    """

    office: Callable[[str], Office | None]
    wordbook: Wordbook
    witness_vkeys: tuple[str, ...]
    now: datetime


def take_items(parcel: Parcel, judge: Judge) -> tuple[Taken, ...]:
    """Return what became of each item, in the parcel's order; a proof belongs to the custody event of the same name."""
    proofs = {item.name.removesuffix(".proof"): item.data for item in parcel.of_kind("proof")}
    return tuple(_each(parcel, judge, proofs))


def _each(parcel: Parcel, judge: Judge, proofs: Mapping[str, bytes]) -> Iterator[Taken]:
    for item in parcel.items:
        if item.kind not in _TAKE:
            continue
        try:
            yield _TAKE[item.kind](item, judge, proofs)
        except PeerError as error:
            yield RefusedItem(item, error)


def _act(item: Item, judge: Judge, proofs: Mapping[str, bytes]) -> TakenAct:
    return TakenAct(open_act(item.data, judge.office, judge.wordbook, judge.now), item.data)


def _list(item: Item, judge: Judge, proofs: Mapping[str, bytes]) -> TakenList:
    return TakenList(decode_list(item.data), item.data)


def _custody(item: Item, judge: Judge, proofs: Mapping[str, bytes]) -> TakenCustody:
    event = decode_event(item.data)
    custodian = judge.office(event.office)
    data = proofs.get(item.name.removesuffix(".custody"))
    if custodian is None or data is None:
        raise UnprovenCustodyError("A custody event lacks its proof, or its office is not in the directory.")
    verify_proof(entry("custody", event.sha256), Proof.parse(data), custodian.ledger_key, judge.witness_vkeys)
    return TakenCustody(event, item.data, data)


_TAKE: Mapping[str, Callable[[Item, Judge, Mapping[str, bytes]], Taken]] = {
    "act": _act,
    "exhibit-list": _list,
    "custody": _custody,
}
