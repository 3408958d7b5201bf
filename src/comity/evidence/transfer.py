"""How exhibits travel: the list first, then loads of at most one part size, each an age file of its own.

Both sides compute the same plan from the list alone. A load is the plain row of its pieces: whole parts of large exhibits stand
alone, small exhibits and last parts share a load. So a transfer goes on where it stopped, in any order, and a load opened by hand
with `age` is the exhibit's bytes and nothing else.
"""

import hashlib
import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from comity.errors import PeerError
from comity.evidence.age import Identity, Recipient, decrypt_into, encrypt
from comity.evidence.age.header import MAX_HEADER
from comity.evidence.age.payload import sealed_length
from comity.evidence.exhibit import Exhibit, ExhibitList
from comity.evidence.storage import DamagedExhibitError, Vault
from comity.evidence.through import Scratch

MAX_PIECES = 4096
_scratch = Scratch()


class WrongLoadError(PeerError):
    """A load does not hold what the list says; nothing of it was stored."""

    code = "wrong-load"


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of one exhibit on its way.

    Attributes:
        exhibit: whose part it is.
        index: number of the part, from 0.
        start: where in the exhibit it begins, in bytes.
        length: in bytes.
    """

    exhibit: Exhibit
    index: int
    start: int
    length: int

    @property
    def sha256(self) -> str:
        """The digest that the list gives for the part."""
        return self.exhibit.part_digests[self.index]


@dataclass(frozen=True, slots=True)
class Load:
    """What travels in one age file.

    Attributes:
        number: its place in the plan, from 0.
        pieces: in the order in which their bytes stand in the load.
        part_size: of the list, in bytes.
    """

    number: int
    pieces: tuple[Piece, ...]
    part_size: int

    @property
    def length(self) -> int:
        """How many bytes it holds before encryption."""
        return sum(piece.length for piece in self.pieces)


@dataclass(slots=True)
class Packer:
    """Fills loads in the order of the list; the plan depends on paths and sizes only, so it can be made while reading."""

    part_size: int
    length: int = 0
    count: int = 0

    def fits(self, length: int) -> bool:
        """Whether the next piece goes into the load that is open; if not, that load ends and the piece begins the next."""
        fits = self.count < MAX_PIECES and self.length + length <= self.part_size
        if not fits:
            self.length = self.count = 0
        self.length += length
        self.count += 1
        return fits


def pieces(exhibit: Exhibit, part_size: int) -> Iterator[Piece]:
    """Yield the parts of an exhibit as they travel."""
    for index in range(len(exhibit.part_digests)):
        start = index * part_size
        yield Piece(exhibit, index, start, min(part_size, exhibit.size - start))


def loads(exhibits: ExhibitList) -> tuple[Load, ...]:
    """Return the plan for a list: the same on every machine."""
    rows: list[list[Piece]] = []
    packer = Packer(exhibits.part_size)
    for exhibit in exhibits.exhibits:
        for piece in pieces(exhibit, exhibits.part_size):
            if not packer.fits(piece.length) or not rows:
                rows.append([])
            rows[-1].append(piece)
    return tuple(Load(number, tuple(row), exhibits.part_size) for number, row in enumerate(rows))


def missing_loads(plan: Iterable[Load], vault: Vault) -> tuple[Load, ...]:
    """Return the loads of which something is not in the vault yet: what to ask the sender for."""
    staged: dict[str, frozenset[int]] = {}

    def is_here(piece: Piece, part_size: int) -> bool:
        if piece.exhibit.sha256 not in staged:
            staged[piece.exhibit.sha256] = _counted(piece.exhibit, part_size, vault)
        return piece.index in staged[piece.exhibit.sha256]

    return tuple(load for load in plan if not all(is_here(piece, load.part_size) for piece in load.pieces))


def _counted(exhibit: Exhibit, part_size: int, vault: Vault) -> frozenset[int]:
    """Return the parts that count as here: without the last one where all are staged, but a stop came before they were joined."""
    here = vault.staged(exhibit, part_size)
    whole = len(here) < len(exhibit.part_digests) or vault.has(exhibit.sha256)
    return here if whole else here - {len(exhibit.part_digests) - 1}


def seal_load(load: Load, vault: Vault, recipients: Iterable[str | Recipient]) -> bytes:
    """Return the age file for a load.

    Args:
        load: out of `loads`.
        vault: holds the exhibits.
        recipients: age recipients of the office that receives it.

    Raises:
        MissingExhibitError: the vault does not hold an exhibit of it.
        DamagedExhibitError: what the vault holds is no longer what the list says; it is not sent.
        AgeKeyError: a recipient is none, or they are mixed.
    """
    rows = [_verified(piece, vault) for piece in load.pieces]
    return encrypt(rows[0] if len(rows) == 1 else b"".join(rows), recipients)


def _verified(piece: Piece, vault: Vault) -> bytes:
    data = vault.read(piece.exhibit.sha256, piece.start, piece.length) if piece.length else b""
    if hashlib.sha256(data).hexdigest() != piece.sha256:
        raise DamagedExhibitError("The vault no longer holds what the list says.", where=piece.exhibit.path)
    return data


def open_load(
    load: Load, data: bytes | memoryview, identities: Iterable[str | Identity], vault: Vault
) -> tuple[Exhibit, ...]:
    """Verify a load and put its parts into the vault; exhibits whose parts are all here are finished.

    Opening the same load again does no harm, and loads may come in any order.

    Args:
        load: out of `loads`, made of the list that the act names.
        data: unverified bytes.
        identities: of the receiving office.
        vault: where the exhibits go.

    Returns:
        Those exhibits of the load that the vault now holds complete.

    Raises:
        AgeError: not an age file for these identities, or changed.
        WrongLoadError: a part does not have the digest that the list gives it.
        MalformedListError: all parts of an exhibit are here, but the whole has another digest than the list says.
    """
    if len(data) > sealed_length(load.length) + MAX_HEADER:
        raise WrongLoadError("A load is longer than the list says.", where=f"load {load.number}")
    row = _scratch.take(load.length + 1)
    row = row[: decrypt_into(memoryview(data), identities, row)]
    return tuple(piece.exhibit for piece, part in _cut(load, row) if _store(piece, part, load.part_size, vault))


def _store(piece: Piece, part: memoryview, part_size: int, vault: Vault) -> bool:
    """Store a verified part; whether its exhibit is complete now."""
    if vault.has(piece.exhibit.sha256):
        return True
    if piece.exhibit.parts:
        vault.stage(piece.exhibit, part_size, piece.index, part)
        return vault.finish(piece.exhibit, part_size)
    with vault.incoming() as incoming:  # a single part: its digest was that of the whole
        incoming.write(part)
        incoming.end_part(piece.sha256)
        incoming.keep(piece.exhibit, part_size)
    return True


def _cut(load: Load, row: memoryview) -> list[tuple[Piece, memoryview]]:
    """Cut a load into its parts, all of them verified before the first is used."""
    if len(row) != load.length:
        raise WrongLoadError("A load is longer or shorter than the list says.", where=f"load {load.number}")
    cut = []
    start = 0
    for piece in load.pieces:
        part = row[start : start + piece.length]
        if not hmac.compare_digest(hashlib.sha256(part).hexdigest(), piece.sha256):
            raise WrongLoadError("A part in a load is not what the list says.", where=piece.exhibit.path)
        cut.append((piece, part))
        start += piece.length
    return cut
