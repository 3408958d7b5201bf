"""Cases of entries, bundles of entries and paths of tiles."""

from naive import ENTRIES, Case, sha


def paths() -> list[Case]:
    """Return the cases of tile paths."""
    good: list[tuple[str, int | None, int, int]] = [
        ("tile/0/000", 0, 0, 256),
        ("tile/0/000.p/1", 0, 0, 1),
        ("tile/0/999.p/255", 0, 999, 255),
        ("tile/0/x001/000", 0, 1000, 256),
        ("tile/1/x001/x234/067.p/112", 1, 1234067, 112),
        ("tile/63/001", 63, 1, 256),
        ("tile/entries/x273/000.p/9", None, 273000, 9),
        ("tile/0/x009/x223/x372/x036/x854/x775/807", 0, 2**63 - 1, 256),
    ]
    bad = [
        ("tile/0/0", "an index has three digits"),
        ("tile/0/1000", "groups have three digits"),
        ("tile/0/x000/001", "no group of zeros stands before the index"),
        ("tile/0/001/067", "all groups but the last have an x"),
        ("tile/0/x001", "the last group has no x"),
        ("tile/00/000", "a level has no leading zeros"),
        ("tile/64/000", "63 is the last level"),
        ("tile/-1/000", "a level is never negative"),
        ("tile/data/000", "bundles are called entries"),
        ("tile/0/000.p/0", "a partial tile is not empty"),
        ("tile/0/000.p/256", "a full tile has no width in its name"),
        ("tile/0/000.p/257", "a tile has at most 256 hashes"),
        ("tile/0/000.p/01", "a width has no leading zeros"),
        ("tile/0/000.p", "the width is missing"),
        ("tile/0/000.p/1/", "nothing follows the width"),
        ("/tile/0/000", "a path begins with the word tile"),
        ("tile/0/../000", "a path does not climb"),
        ("tile/0/٠٠٠", "digits are ASCII"),
        ("tile/0/000\n", "a path is one line without its end"),
        ("tile/0/x009/x223/x372/x036/x854/x775/808", "an index is at most 2^63 - 1"),
        ("tile/0/x001/x001/x001/x001/x001/x001/x001/001", "no index has eight groups"),
        ("", "there is nothing"),
    ]
    made: list[Case] = [
        {
            "name": p,
            "reason": "as tlog-tiles gives it",
            "expect": "accept",
            "path": p,
            "level": level,
            "index": index,
            "width": width,
        }
        for p, level, index, width in good
    ]
    return made + [{"name": p, "reason": reason, "expect": "malformed-ledger-tile", "path": p} for p, reason in bad]


def bundles() -> list[Case]:
    """Return the cases of entry bundles."""

    def bundle(*entries: bytes) -> bytes:
        return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)

    two = bundle(ENTRIES[0], ENTRIES[1])
    rows: list[tuple[str, str, str, bytes, int]] = [
        ("two", "accept", "the case that the defects below are made from", two, 2),
        ("empty-entry", "accept", "an entry may be empty", bundle(b"", b"x"), 2),
        ("full", "accept", "256 entries", bundle(*[b"x"] * 256), 256),
        ("one-missing", "", "there are fewer entries than the name says", bundle(ENTRIES[0]), 2),
        ("one-more", "", "there are more entries than the name says", two + bundle(b"x"), 2),
        ("cut-entry", "", "the last entry is cut", two[:-1], 2),
        ("cut-length", "", "the last length is cut", bundle(b"x") + b"\0", 2),
        ("trailing-byte", "", "a byte follows the entries", two + b"\0", 2),
        ("nothing", "", "there is nothing", b"", 1),
    ]
    return [
        {"name": n, "reason": reason, "expect": expect or "malformed-ledger-tile", "data": data, "width": width}
        for n, expect, reason, data, width in rows
    ]


def entries() -> list[Case]:
    """Return the cases of entries."""
    digest = sha(b"vector 0").hex()
    rows: list[tuple[str, str, str, str]] = [
        *(
            (kind, "accept", "a kind of thing that is logged", f"comity {kind} {digest}\n")
            for kind in ("act", "custody", "envelope", "list")
        ),
        ("other-kind", "", "there is no such kind", f"comity verdict {digest}\n"),
        ("upper-case", "", "digests are in lower case", f"comity act {digest.upper()}\n"),
        ("short-digest", "", "a SHA-256 has 64 digits", f"comity act {digest[:-1]}\n"),
        ("two-spaces", "", "one space parts the words", f"comity act  {digest}\n"),
        ("no-newline", "", "an entry ends in a newline", f"comity act {digest}"),
        ("two-newlines", "", "an entry is one line", f"comity act {digest}\n\n"),
        ("other-word", "", "an entry begins with the word comity", f"Comity act {digest}\n"),
        ("nothing", "", "there is nothing", ""),
    ]
    return [
        {"name": n, "reason": reason, "expect": expect or "malformed-ledger-entry", "data": data}
        for n, expect, reason, data in rows
    ]
