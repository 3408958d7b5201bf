"""Cases of the two proofs about the tree."""

from naive import ENTRIES, FORK, LEAVES, Case, consistency, flip, path, sha, tree


def inclusion_case(name: str, reason: str, expect: str, **changes: object) -> Case:
    """Return the good case with some members changed."""
    value: dict[str, object] = {
        "leaf": LEAVES[4].hex(),
        "index": 4,
        "size": 7,
        "proof": [h.hex() for h in path(4, LEAVES[:7])],
        "root": tree(LEAVES[:7]).hex(),
    }
    return {"name": name, "reason": reason, "expect": expect, **value, **changes}


def inclusion() -> list[Case]:
    """Return the cases of inclusion proofs."""
    good = [h.hex() for h in path(4, LEAVES[:7])]
    raw = path(4, LEAVES[:7])
    fails = "ledger-proof-fails"
    cases = [inclusion_case("entry-4-of-7", "the case that the defects below are made from", "accept")]
    for size in (1, 2, 3, 8, 13):
        for index in sorted({0, size // 2, size - 1}):
            cases.append(
                inclusion_case(
                    f"entry-{index}-of-{size}",
                    "as RFC 6962, 2.1.1 gives it",
                    "accept",
                    leaf=LEAVES[index].hex(),
                    index=index,
                    size=size,
                    proof=[h.hex() for h in path(index, LEAVES[:size])],
                    root=tree(LEAVES[:size]).hex(),
                )
            )
    defects: list[tuple[str, str, dict[str, object]]] = [
        ("index-beyond-size", "an index must be below the size", {"index": 7}),
        ("negative-index", "an index is never negative", {"index": -1}),
        ("empty-log", "nothing is in an empty log", {"index": 0, "size": 0}),
        ("neighbour-index", "the path of entry 4 does not show entry 5", {"index": 5}),
        ("other-size", "the path in 7 entries is too long for 5", {"size": 5}),
        ("missing-hash", "the path stops below the root", {"proof": good[:-1]}),
        ("missing-leaf-sibling", "the path starts too high", {"proof": good[1:]}),
        ("no-hash", "an empty path shows only the one entry of a log of one", {"proof": []}),
        ("root-appended", "a path ends below the root", {"proof": [*good, tree(LEAVES[:7]).hex()]}),
        ("hash-twice", "one hash stands twice", {"proof": [good[0], *good]}),
        ("swapped-hashes", "the order is from the leaf upwards", {"proof": [good[1], good[0], *good[2:]]}),
        ("short-hash", "a hash has 32 bytes", {"proof": [good[0][:-2], *good[1:]]}),
        ("long-hash", "a hash has 32 bytes", {"proof": [good[0] + "00", *good[1:]]}),
        ("empty-hash", "a hash has 32 bytes", {"proof": ["", *good[1:]]}),
        ("64-hashes", "no tree is as high", {"proof": ["00" * 32] * 64}),
        ("other-leaf", "the leaf of entry 5 is not entry 4", {"leaf": LEAVES[5].hex()}),
        ("short-leaf", "a leaf has 32 bytes", {"leaf": LEAVES[4].hex()[:-2]}),
        ("unhashed-entry", "the entry itself is no leaf", {"leaf": ENTRIES[4].hex()}),
        (
            "node-as-leaf",
            "an inner node is no entry of the tree",
            {"leaf": sha(b"\1" + LEAVES[4] + LEAVES[5]).hex(), "proof": good[1:]},
        ),
        (
            "leaf-as-root",
            "the path of an entry in a log of two has a hash, even where the root given is the leaf",
            {"index": 0, "size": 2, "proof": [], "root": LEAVES[4].hex()},
        ),
        (
            "path-beyond-size",
            "a log of one needs no hash, even where the one given leads to the root given",
            {"index": 0, "size": 1, "proof": good[:1], "root": sha(b"\1" + raw[0] + LEAVES[4]).hex()},
        ),
        (
            "shifted-boundary",
            "a byte of the leaf stands in the hash beside it; joined they are the same",
            {"leaf": LEAVES[4][:-1].hex(), "proof": [(LEAVES[4][-1:] + raw[0]).hex(), *good[1:]]},
        ),
        ("root-of-fork", "the root is of another history", {"root": tree(FORK[:7]).hex()}),
        ("empty-root", "the root of the empty log holds nothing", {"root": sha(b"").hex()}),
        ("short-root", "a root has 32 bytes", {"root": tree(LEAVES[:7]).hex()[:-2]}),
    ]
    for at in range(len(raw)):
        changed = [*good[:at], flip(raw[at], 17).hex(), *good[at + 1 :]]
        defects.append((f"flipped-bit-in-hash-{at}", "one bit of the path differs", {"proof": changed}))
    return cases + [inclusion_case(name, reason, fails, **changes) for name, reason, changes in defects]


def consistency_case(name: str, reason: str, expect: str, **changes: object) -> Case:
    """Return the good case with some members changed."""
    value: dict[str, object] = {
        "old_size": 6,
        "old_root": tree(LEAVES[:6]).hex(),
        "new_size": 13,
        "new_root": tree(LEAVES).hex(),
        "proof": [h.hex() for h in consistency(6, LEAVES)],
    }
    return {"name": name, "reason": reason, "expect": expect, **value, **changes}


def consistency_cases() -> list[Case]:
    """Return the cases of consistency proofs."""
    raw = consistency(6, LEAVES)
    good = [h.hex() for h in raw]
    fails = "ledger-proof-fails"
    cases = [consistency_case("6-to-13", "the case that the defects below are made from", "accept")]
    for old, new in ((0, 0), (0, 5), (1, 1), (1, 2), (2, 3), (3, 7), (4, 8), (7, 8), (8, 13), (12, 13), (13, 13)):
        cases.append(
            consistency_case(
                f"{old}-to-{new}",
                "as RFC 6962, 2.1.2 gives it",
                "accept",
                old_size=old,
                old_root=tree(LEAVES[:old]).hex(),
                new_size=new,
                new_root=tree(LEAVES[:new]).hex(),
                proof=[h.hex() for h in consistency(old, LEAVES[:new])],
            )
        )
    root6, root13 = tree(LEAVES[:6]).hex(), tree(LEAVES).hex()
    defects: list[tuple[str, str, dict[str, object]]] = [
        (
            "shrinking",
            "a log never becomes smaller",
            {"old_size": 13, "new_size": 6, "old_root": root13, "new_root": root6},
        ),
        ("negative-size", "a size is never negative", {"old_size": -1}),
        ("from-nothing-with-proof", "nothing has to be shown from size 0", {"old_size": 0, "old_root": sha(b"").hex()}),
        ("from-nothing-with-root", "the empty log has one root only", {"old_size": 0, "proof": []}),
        ("same-size-with-proof", "nothing has to be shown between equal sizes", {"new_size": 6, "new_root": root6}),
        (
            "same-size-other-root",
            "two trees of one size are a fork",
            {"new_size": 6, "new_root": flip(bytes.fromhex(root6)).hex(), "proof": []},
        ),
        ("no-proof", "a longer log must be shown to continue", {"proof": []}),
        ("missing-first-hash", "the path starts too high", {"proof": good[1:]}),
        ("missing-last-hash", "the path stops below the root", {"proof": good[:-1]}),
        ("additional-hash", "the path is too long", {"proof": [*good, good[-1]]}),
        ("old-root-sent", "the old root is not part of this proof", {"proof": [root6, *good]}),
        ("swapped-hashes", "the order is from the leaves upwards", {"proof": [good[1], good[0], *good[2:]]}),
        ("short-hash", "a hash has 32 bytes", {"proof": [good[0][:-2], *good[1:]]}),
        ("64-hashes", "no tree is as high", {"proof": ["00" * 32] * 64}),
        ("swapped-roots", "old and new are exchanged", {"old_root": root13, "new_root": root6}),
        (
            "fork-after-seen",
            "the new tree changed entry 6, the proof is of the honest one",
            {"new_root": tree(FORK).hex()},
        ),
        ("other-old-root", "the old tree is not the one that was seen", {"old_root": tree(LEAVES[:5]).hex()}),
        ("other-old-size", "the old root is of 6 entries, not of 5", {"old_size": 5}),
        ("other-new-size", "the path to 17 entries is longer", {"new_size": 17}),
        (
            "path-beyond-size",
            "the path to 4 entries is shorter, even where the hash appended leads to the roots given",
            {
                "old_size": 3,
                "old_root": sha(b"\1" + LEAVES[9] + tree(LEAVES[:3])).hex(),
                "new_size": 4,
                "new_root": sha(b"\1" + LEAVES[9] + tree(LEAVES[:4])).hex(),
                "proof": [*(h.hex() for h in consistency(3, LEAVES[:4])), LEAVES[9].hex()],
            },
        ),
        (
            "rewritten-past",
            "the new tree changed entry 6, which had been seen; its own best proof does not help",
            {
                "old_size": 8,
                "old_root": tree(LEAVES[:8]).hex(),
                "new_root": tree(FORK).hex(),
                "proof": [h.hex() for h in consistency(8, FORK)],
            },
        ),
    ]
    for at in range(len(raw)):
        changed = [*good[:at], flip(raw[at], 17).hex(), *good[at + 1 :]]
        defects.append((f"flipped-bit-in-hash-{at}", "one bit of the path differs", {"proof": changed}))
    return cases + [consistency_case(name, reason, fails, **changes) for name, reason, changes in defects]
