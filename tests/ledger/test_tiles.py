"""Tiles and bundles, against plain recomputation and against a log that others made."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ledger.memory import MemoryLog, naive_root

from comity.ledger.checkpoint import open_checkpoint
from comity.ledger.merkle import (
    OutOfRangeError,
    append_many,
    consistency_proof,
    leaf_hash,
    root,
    verify_consistency,
)
from comity.ledger.note import NoteVerifier
from comity.ledger.tiles import (
    MAX_ENTRY_BYTES,
    OversizedEntryError,
    Tile,
    entry_bundle,
    hash_tile,
    new_tiles,
    parse_entry_bundle,
    parse_tile_path,
    tile_path,
    tile_width,
)

TESSERA_KEY = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"
ENTRIES = [b"entry %d" % number for number in range(70_000)]
LOG = MemoryLog(ENTRIES)


def test_a_log_of_70000_entries_has_the_tiles_that_the_specification_counts() -> None:
    tiles = new_tiles(0, 70_000)
    by_level = {level: [t for t in tiles if t.level == level] for level in (None, 0, 1, 2)}
    assert len(tiles) == sum(map(len, by_level.values()))
    assert {level: (len(found), found[-1].width) for level, found in by_level.items()} == {
        None: (274, 112),
        0: (274, 112),
        1: (2, 17),
        2: (1, 1),
    }


@pytest.mark.parametrize(
    "tile", [Tile(0, 0), Tile(0, 273, 112), Tile(1, 0), Tile(1, 1, 17), Tile(2, 0, 1)], ids=lambda tile: tile.path
)
def test_a_tile_holds_the_roots_that_the_specification_defines(tile: Tile) -> None:
    assert tile.level is not None
    span = 256**tile.level
    first = tile.index * 256
    assert tile_width(tile.level, tile.index, LOG.size) == tile.width
    leaves = [leaf_hash(entry) for entry in ENTRIES[first * span : (first + tile.width) * span]]
    expected = b"".join(naive_root(leaves[i * span : (i + 1) * span]) for i in range(tile.width))
    assert hash_tile(tile.level, tile.index, tile.width, LOG.read) == expected


@given(st.integers(0, 5000), st.integers(0, 5000))
@settings(max_examples=50, deadline=None)
def test_a_grown_log_writes_exactly_the_tiles_that_it_gained_or_widened(one: int, other: int) -> None:
    old, new = sorted((one, other))
    width = {
        (level, index): (tile_width(level, index, old), tile_width(level, index, new))
        for level in (None, 0, 1, 2)
        for index in range(21)
    }
    grown = {Tile(level, index, after) for (level, index), (before, after) in width.items() if after > before}
    assert set(new_tiles(old, new)) == grown


@given(st.none() | st.integers(0, 63), st.integers(0, 2**63 - 1), st.integers(1, 256))
@settings(max_examples=50, deadline=None)
def test_a_path_leads_back_to_its_tile(level: int | None, index: int, width: int) -> None:
    assert parse_tile_path(tile_path(level, index, width)) == Tile(level, index, width)


@pytest.mark.parametrize(("level", "index", "width"), [(-1, 0, 1), (64, 0, 1), (0, -1, 1), (0, 0, 0), (0, 0, 257)])
def test_a_tile_that_cannot_be_is_not_made(level: int, index: int, width: int) -> None:
    with pytest.raises(OutOfRangeError):
        hash_tile(level, index, width, LOG.read)


def test_a_bundle_holds_1_to_256_entries_of_at_most_65535_bytes() -> None:
    assert parse_entry_bundle(entry_bundle([b"x" * MAX_ENTRY_BYTES]), 1) == (b"x" * MAX_ENTRY_BYTES,)
    with pytest.raises(OversizedEntryError):
        entry_bundle([b"x" * (MAX_ENTRY_BYTES + 1)])
    for entries in ([], [b""] * 257):
        with pytest.raises(OutOfRangeError):
            entry_bundle(entries)


@given(st.lists(st.binary(max_size=20), min_size=1, max_size=256))
@settings(max_examples=50, deadline=None)
def test_a_bundle_leads_back_to_its_entries(entries: list[bytes]) -> None:
    assert parse_entry_bundle(entry_bundle(entries), len(entries)) == tuple(entries)


def test_a_log_that_others_made_is_read_and_made_again_byte_for_byte(tlog: Path) -> None:
    folder, verifier = tlog / "tessera-log", NoteVerifier.parse(TESSERA_KEY)
    entries = parse_entry_bundle((folder / "tile/entries/000.p/15").read_bytes(), 15)
    hashes: list[bytes] = []

    def read(positions: object) -> list[bytes]:
        return [hashes[position] for position in positions]  # type: ignore[attr-defined]

    hashes += append_many(0, [leaf_hash(entry) for entry in entries], read)
    heads = [open_checkpoint((folder / f"checkpoint.{size}").read_bytes(), verifier) for size in range(16)]
    for size, head in enumerate(heads):
        assert (head.size, head.root) == (size, root(size, read))
        for tile in new_tiles(0, size):
            made = entry_bundle(entries[:size]) if tile.level is None else hash_tile(0, 0, size, read)
            assert made == (folder / tile.path).read_bytes()
        for old in heads[:size]:
            verify_consistency(old.size, old.root, size, head.root, consistency_proof(old.size, size, read))
    assert open_checkpoint((folder / "checkpoint").read_bytes(), verifier) == heads[15]
