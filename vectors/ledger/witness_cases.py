"""Cases of what a witness decides."""

from collections.abc import Sequence

from naive import (
    CLEO,
    FORK,
    LEAVES,
    LOG,
    OTHER_LOG,
    Case,
    b64,
    consistency,
    cosigned,
    flip,
    head_text,
    log_note,
    note,
    sha,
    signed,
    vkey,
)


def request(old: str, proof: Sequence[str | bytes], checkpoint: str) -> str:
    """Return the body of an add-checkpoint request."""
    lines = "".join(f"{h if isinstance(h, str) else b64(h)}\n" for h in proof)
    return f"{old}\n{lines}\n{checkpoint}"


def witness() -> list[Case]:
    """Return the cases of what a witness decides."""
    seen = head_text(LOG, LEAVES, 6)
    head, proof = log_note(head_text(LOG, LEAVES)), consistency(6, LEAVES)
    fork8, seen8 = head_text(LOG, FORK, 8), head_text(LOG, LEAVES, 8)
    empty = f"{LOG}\n0\n{b64(sha(b'x'))}\n"
    form, fails = "malformed-witness-request", "ledger-proof-fails"
    other = head_text(OTHER_LOG, LEAVES)
    row = tuple[str, str, int, str, str | None, str]
    cases: list[row] = [
        ("grown", "cosigned", 200, "the log continues what was seen", seen, request("old 6", proof, head)),
        ("first", "cosigned", 200, "nothing was seen before", None, request("old 0", [], head)),
        (
            "first-empty",
            "cosigned",
            200,
            "a log begins empty",
            None,
            request("old 0", [], log_note(head_text(LOG, []))),
        ),
        (
            "again",
            "cosigned",
            200,
            "the same checkpoint may be cosigned again",
            head_text(LOG, LEAVES),
            request("old 13", [], head),
        ),
        (
            "with-cosignature",
            "cosigned",
            200,
            "other signatures are ignored",
            seen,
            request("old 6", proof, head + cosigned(CLEO, head_text(LOG, LEAVES))),
        ),
        (
            "stale",
            "conflict",
            409,
            "the witness has seen more",
            head_text(LOG, LEAVES, 8),
            request("old 6", proof, head),
        ),
        ("asking", "conflict", 409, "old size 0 asks what was seen", seen, request("old 0", [], head)),
        ("ahead", "conflict", 409, "the witness has seen less", None, request("old 6", proof, head)),
        (
            "rolled-back",
            "conflict",
            409,
            "a smaller log is not cosigned again",
            head_text(LOG, LEAVES),
            request("old 6", [], log_note(seen)),
        ),
        ("no-old-size", form, 400, "the old size is missing", seen, request("6", proof, head)),
        ("leading-zero", form, 400, "a number has one spelling", seen, request("old 06", proof, head)),
        ("two-spaces", form, 400, "one space follows the word", seen, request("old  6", proof, head)),
        (
            "old-beyond-new",
            form,
            400,
            "a log never becomes smaller",
            head_text(LOG, LEAVES),
            request("old 13", [], log_note(seen)),
        ),
        (
            "64-hashes",
            form,
            400,
            "more than 63 hashes are not looked at",
            seen,
            request("old 6", [b"\0" * 32] * 64, head),
        ),
        ("short-hash", form, 400, "a hash has 32 bytes", seen, request("old 6", [proof[0][:-1], *proof[1:]], head)),
        (
            "hexadecimal-hash",
            form,
            400,
            "hashes are in base64",
            seen,
            request("old 6", [proof[0].hex(), *proof[1:]], head),
        ),
        (
            "no-empty-line",
            form,
            400,
            "an empty line ends the head",
            seen,
            request("old 6", proof, head).replace("\n\n", "\n"),
        ),
        ("no-checkpoint", "malformed-note", 400, "the checkpoint is missing", seen, request("old 6", proof, "")),
        (
            "unsigned",
            "malformed-note",
            400,
            "the checkpoint is not signed",
            seen,
            request("old 6", proof, head_text(LOG, LEAVES)),
        ),
        (
            "bad-size",
            "malformed-checkpoint",
            400,
            "the log signed something else than a checkpoint",
            seen,
            request("old 6", proof, log_note(head_text(LOG, LEAVES).replace("\n13\n", "\n+13\n"))),
        ),
        (
            "other-signer",
            "unknown-note-signer",
            403,
            "the log did not sign",
            seen,
            request("old 6", proof, note(head_text(LOG, LEAVES), signed(OTHER_LOG, head_text(LOG, LEAVES)))),
        ),
        (
            "bad-signature",
            "bad-note-signature",
            403,
            "the signature is of another checkpoint",
            seen,
            request("old 6", proof, note(head_text(LOG, LEAVES), signed(LOG, seen))),
        ),
        (
            "other-origin",
            "wrong-ledger-origin",
            404,
            "the checkpoint says that it is another log's",
            seen,
            request("old 6", proof, log_note(other)),
        ),
        ("empty-with-root", fails, 422, "the empty log has one root only", None, request("old 0", [], log_note(empty))),
        ("first-with-proof", fails, 422, "nothing has to be shown from size 0", None, request("old 0", proof, head)),
        ("no-proof", fails, 422, "a longer log must be shown to continue", seen, request("old 6", [], head)),
        (
            "flipped-bit",
            fails,
            422,
            "one bit of the proof differs",
            seen,
            request("old 6", [flip(proof[0]), *proof[1:]], head),
        ),
        (
            "same-size-with-proof",
            fails,
            422,
            "nothing has to be shown between equal sizes",
            head_text(LOG, LEAVES),
            request("old 13", proof, head),
        ),
        (
            "rewritten-past",
            fails,
            422,
            "the log changed entry 6 after it was seen",
            seen8,
            request("old 8", consistency(8, FORK), log_note(head_text(LOG, FORK))),
        ),
        (
            "fork",
            "ledger-fork",
            422,
            "the log signed another tree of the size that was seen",
            seen8,
            request("old 8", [], log_note(fork8)),
        ),
    ]
    return [
        {
            "name": n,
            "reason": reason,
            "expect": expect,
            "status": status,
            "seen": before,
            "data": data,
            "vkey": vkey(LOG),
        }
        for n, expect, status, reason, before, data in cases
    ]
