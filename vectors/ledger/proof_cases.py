"""Cases of proofs that travel alone."""

from collections.abc import Sequence

from naive import (
    BEN,
    CLEO,
    ENTRIES,
    FORK,
    LEAVES,
    LOG,
    OTHER_LOG,
    TIME,
    Case,
    b64,
    cosigned,
    flip,
    head_text,
    leaf,
    log_note,
    note,
    path,
    signed,
    vkey,
)


def proof_text(
    index: str, hashes: Sequence[str | bytes], checkpoint: str, extra: str = "", header: str = "c2sp.org/tlog-proof@v1"
) -> str:
    """Return a tlog-proof."""
    lines = "".join(f"{h if isinstance(h, str) else b64(h)}\n" for h in hashes)
    return f"{header}\n{extra}{index}\n{lines}\n{checkpoint}"


def proofs() -> list[Case]:
    """Return the cases of proofs that travel alone."""
    text = head_text(LOG, LEAVES)
    ben, cleo = cosigned(BEN, text), cosigned(CLEO, text, TIME + 60)
    checkpoint, hashes = note(text, signed(LOG, text), ben, cleo), path(4, LEAVES)
    good = proof_text("index 4", hashes, checkpoint)
    both, form, fails = {BEN: TIME, CLEO: TIME + 60}, "malformed-ledger-proof", "ledger-proof-fails"
    one = [leaf(ENTRIES[0])]
    log_as_witness = cosigned(LOG, text)
    row = tuple[str, str, str, str, dict[str, int]]
    rows: list[row] = [
        ("entry-4-of-13", "accept", "the case that the defects below are made from", good, both),
        (
            "extra",
            "accept",
            "extra data is allowed and trusted by nobody",
            proof_text("index 4", hashes, checkpoint, extra=f"extra {b64(b'practice')}\n"),
            both,
        ),
        (
            "without-witness",
            "accept",
            "nobody cosigned; the caller decides whether that is enough",
            proof_text("index 4", hashes, log_note(text)),
            {},
        ),
        (
            "log-as-its-own-witness",
            "accept",
            "a log does not witness itself",
            proof_text("index 4", hashes, note(text, signed(LOG, text), log_as_witness)),
            {},
        ),
        ("other-header", form, "the version is another", good.replace("@v1", "@v2"), {}),
        ("no-header", form, "the first line is missing", good.split("\n", 1)[1], {}),
        ("no-index", form, "the index is missing", good.replace("index 4\n", ""), {}),
        ("leading-zero", form, "a number has one spelling", good.replace("index 4", "index 04"), {}),
        ("negative-index", form, "an index is never negative", good.replace("index 4", "index -4"), {}),
        ("index-2^63", form, "an index is at most 2^63 - 1", good.replace("index 4", f"index {2**63}"), {}),
        ("index-twice", form, "the index stands once", good.replace("index 4\n", "index 4\nindex 4\n"), {}),
        (
            "extra-after-index",
            form,
            "extra data stands before the index",
            good.replace("index 4\n", f"index 4\nextra {b64(b'practice')}\n"),
            {},
        ),
        ("empty-extra", form, "a line without data is left out", good.replace("index", "extra \nindex"), {}),
        ("extra-not-base64", form, "extra data is in base64", good.replace("index", "extra practice!\nindex"), {}),
        (
            "short-hash",
            form,
            "a hash has 32 bytes",
            proof_text("index 4", [hashes[0][:-1], *hashes[1:]], checkpoint),
            {},
        ),
        (
            "hexadecimal-hash",
            form,
            "hashes are in base64",
            proof_text("index 4", [hashes[0].hex(), *hashes[1:]], checkpoint),
            {},
        ),
        (
            "64-hashes",
            form,
            "more than 63 hashes are not looked at",
            proof_text("index 4", [b"\0" * 32] * 64, checkpoint),
            {},
        ),
        ("carriage-return", form, "lines end in a newline alone", good.replace("index 4\n", "index 4\r\n"), {}),
        ("no-empty-line", form, "an empty line ends the head", good.replace("\n\n", "\n"), {}),
        ("no-checkpoint", "malformed-note", "the checkpoint is missing", proof_text("index 4", hashes, ""), {}),
        ("other-index", fails, "the path is of entry 4", good.replace("index 4", "index 5"), {}),
        ("index-beyond-size", fails, "the log has 13 entries", good.replace("index 4", "index 13"), {}),
        ("missing-hash", fails, "the path stops below the root", proof_text("index 4", hashes[:-1], checkpoint), {}),
        (
            "swapped-hashes",
            fails,
            "the order is from the leaf upwards",
            proof_text("index 4", [hashes[1], hashes[0], *hashes[2:]], checkpoint),
            {},
        ),
        (
            "flipped-bit",
            fails,
            "one bit of the path differs",
            proof_text("index 4", [flip(hashes[0]), *hashes[1:]], checkpoint),
            {},
        ),
        (
            "checkpoint-of-fork",
            fails,
            "the log signed a history in which this path leads nowhere",
            proof_text("index 4", hashes, log_note(head_text(LOG, FORK))),
            {},
        ),
        (
            "other-log",
            "unknown-note-signer",
            "another log has the same entries",
            proof_text(
                "index 4", hashes, note(head_text(OTHER_LOG, LEAVES), signed(OTHER_LOG, head_text(OTHER_LOG, LEAVES)))
            ),
            {},
        ),
        (
            "other-origin",
            "wrong-ledger-origin",
            "signed by this log for another one",
            proof_text("index 4", hashes, log_note(head_text(OTHER_LOG, LEAVES))),
            {},
        ),
        (
            "bad-log-signature",
            "bad-note-signature",
            "the log signed another checkpoint",
            proof_text("index 4", hashes, note(text, signed(LOG, head_text(LOG, LEAVES[:12])))),
            {},
        ),
        (
            "bad-cosignature",
            "bad-note-signature",
            "ben cosigned another checkpoint",
            proof_text("index 4", hashes, note(text, signed(LOG, text), cosigned(BEN, head_text(LOG, LEAVES[:12])))),
            {},
        ),
    ]
    keys = [vkey(BEN, 4), vkey(CLEO, 4), vkey(LOG, 4)]
    made: list[Case] = [
        {
            "name": n,
            "reason": reason,
            "expect": expect,
            "entry": ENTRIES[4].decode(),
            "data": data,
            "vkey": vkey(LOG),
            "witnesses": keys,
            "witnessed_by": times,
        }
        for n, expect, reason, data, times in rows
    ]
    base = {"vkey": vkey(LOG), "witnesses": keys}
    made.append(
        {
            "name": "only-entry",
            "reason": "a log of one entry needs no hashes",
            "expect": "accept",
            "entry": ENTRIES[0].decode(),
            "data": proof_text("index 0", [], log_note(head_text(LOG, one))),
            "witnessed_by": {},
            **base,
        }
    )
    made.append(
        {
            "name": "other-entry",
            "reason": "another act is not in the log at this place",
            "expect": fails,
            "entry": ENTRIES[5].decode(),
            "data": good,
            "witnessed_by": {},
            **base,
        }
    )
    made.append(
        {
            "name": "other-kind",
            "reason": "the same digest was logged as an act, not as an envelope",
            "expect": fails,
            "entry": ENTRIES[4].decode().replace("act", "envelope"),
            "data": good,
            "witnessed_by": {},
            **base,
        }
    )
    return made
