"""Cases of keys, notes and checkpoints."""

from naive import (
    BEN,
    LEAVES,
    LOG,
    OTHER_LOG,
    Case,
    b64,
    cosigned,
    flip,
    head_text,
    key,
    key_id,
    line,
    log_note,
    note,
    public,
    sha,
    signed,
    tree,
    vkey,
)


def vkeys() -> list[Case]:
    """Return the cases of verifier keys."""
    good = vkey(LOG)
    name, shown, encoded = good.split("+", 2)
    short = bytes([1]) + public(LOG)[:-1]
    spaced = "gh.example practice"
    cases: list[tuple[str, str, str, str, int]] = [
        ("signer", "accept", "Ed25519 signer", good, 1),
        ("witness", "accept", "Ed25519 witness", vkey(BEN, 4), 4),
        ("name-in-chinese", "accept", "a name may be of any script", vkey("检察院.example"), 1),
        ("witness-as-signer", "", "a witness's key does not verify notes", vkey(BEN, 4), 1),
        ("signer-as-witness", "", "a signer's key does not verify cosignatures", good, 4),
        ("empty", "", "there is nothing", "", 1),
        ("two-parts", "", "the public key is missing", f"{name}+{shown}", 1),
        ("empty-name", "", "a name is not empty", vkey("", of=LOG), 1),
        ("space-in-name", "", "a name has no spaces", vkey(spaced, of=LOG), 1),
        ("ideographic-space-in-name", "", "U+3000 is a space too", vkey("gh.example\u3000office", of=LOG), 1),
        ("plus-in-name", "", "a plus sign ends the name", vkey("gh+office", of=LOG), 1),
        ("newline-in-name", "", "a name has no control characters", vkey("gh\noffice", of=LOG), 1),
        ("long-name", "", "a name has at most 255 bytes", vkey("g" * 256, of=LOG), 1),
        ("upper-case-id", "", "the key id is in lower case", f"{name}+{shown.upper()}+{encoded}", 1),
        ("short-id", "", "the key id has eight digits", f"{name}+{shown[1:]}+{encoded}", 1),
        ("other-id", "", "the key id follows from name and key", f"{name}+{'0' * 8}+{encoded}", 1),
        ("other-name", "", "the key id follows from name and key", f"{OTHER_LOG}+{shown}+{encoded}", 1),
        (
            "short-key",
            "",
            "an Ed25519 key has 32 bytes",
            f"{name}+{sha(name.encode() + chr(10).encode() + short)[:4].hex()}+{b64(short)}",
            1,
        ),
        (
            "long-key",
            "",
            "an Ed25519 key has 32 bytes",
            f"{name}+{shown}+{b64(bytes([1]) + public(LOG) + b'x')}",
            1,
        ),
        ("unknown-type", "", "type 2 is another algorithm", vkey(LOG, 2), 1),
        (
            "type-against-id",
            "",
            "the type differs from the one in the key id",
            f"{name}+{shown}+{b64(bytes([4]) + public(LOG))}",
            1,
        ),
        ("url-alphabet", "", "the alphabet of URLs is another one", f"{name}+{shown}+{'-' + encoded[1:]}", 1),
        ("trailing-newline", "", "a verifier key is one line without its end", good + "\n", 1),
        ("leading-space", "", "nothing stands before the name", " " + good, 1),
    ]
    return [
        {"name": n, "reason": reason, "expect": expect or "malformed-ledger-key", "vkey": text, "kind": kind}
        for n, expect, reason, text, kind in cases
    ]


def notes() -> list[Case]:
    """Return the cases of signed notes."""
    text = "Received.\n\nEnvelope 7.\n"
    good, by = note(text, signed(LOG, text)), signed(LOG, text)
    stranger, value = signed(OTHER_LOG, text), key_id(LOG, 1, public(LOG)) + key(LOG).sign(text.encode())
    bad, form = "bad-note-signature", "malformed-note"
    encoded = b64(value)
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    padded = encoded.rstrip("=")
    loose = padded[:-1] + alphabet[alphabet.index(padded[-1]) + 1] + encoded[len(padded) :]
    cases: list[tuple[str, str, str, str | bytes]] = [
        ("one-signature", "accept", "the case that the defects below are made from", good),
        ("with-stranger", "accept", "a signature by an unknown key is ignored", note(text, stranger, by)),
        (
            "same-name-other-key",
            "accept",
            "a line that shares only the name is by an unknown key",
            note(text, signed(LOG, text, of=OTHER_LOG), by),
        ),
        (
            "same-id-other-name",
            "accept",
            "a line that shares only the id is by an unknown key",
            note(text, line(OTHER_LOG, value), by),
        ),
        ("signed-twice", "accept", "the same line may stand twice", note(text, by, by)),
        ("sixteen-signatures", "accept", "at least 16 signatures must be accepted", note(text, *[stranger] * 15, by)),
        ("only-newline", "accept", "the shortest text", note("\n", signed(LOG, "\n"))),
        (
            "text-like-signature",
            "accept",
            "a line of the text may look like a signature",
            note(text + stranger, signed(LOG, text + stranger)),
        ),
        ("other-scripts", "accept", "text is UTF-8", note("证据 – preuve\n", signed(LOG, "证据 – preuve\n"))),
        ("nothing", form, "there is nothing", ""),
        ("no-signature", form, "a note has at least one signature", text + "\n"),
        ("no-empty-line", form, "an empty line parts text and signatures", "Received.\n" + signed(LOG, "Received.\n")),
        ("no-final-newline", form, "the last line ends too", good[:-1]),
        ("additional-newline", form, "nothing follows the signatures", good + "\n"),
        ("carriage-return", form, "lines end in a newline alone", note("Received.\r\n", signed(LOG, "Received.\r\n"))),
        ("tab", form, "no control character is allowed but the newline", note("a\tb\n", signed(LOG, "a\tb\n"))),
        ("nul", form, "no control character is allowed but the newline", note("a\0b\n", signed(LOG, "a\0b\n"))),
        ("not-utf-8", form, "text is UTF-8", good.encode().replace(b"Received", b"Re\xffeived")),
        ("overlong-utf-8", form, "a character has one spelling", good.encode().replace(b"R", b"\xc1\x92", 1)),
        ("surrogate", form, "half a character is none", good.encode().replace(b"R", b"\xed\xa0\x80", 1)),
        ("hyphen", form, "a signature line begins with U+2014", good.replace("— ", "- ")),
        ("no-space-after-dash", form, "a space follows the dash", good.replace("— ", "—")),
        ("two-spaces", form, "one space parts name and signature", good.replace(f"{LOG} ", f"{LOG}  ")),
        ("no-name", form, "the name is missing", note(text, f"— {encoded}\n")),
        ("plus-in-name", form, "a name has no plus sign", note(text, f"— a+b {encoded}\n", by)),
        ("no-value", form, "the signature is missing", note(text, f"— {LOG} \n")),
        ("id-only", form, "the signature ends after the key id", note(text, line(LOG, value[:4]))),
        ("trailing-word", form, "nothing follows the signature", good.replace(encoded, encoded + " x")),
        ("no-padding", form, "base64 is padded", good.replace(encoded, padded)),
        ("unused-bits-set", form, "unused bits of base64 are zero", good.replace(encoded, loose)),
        ("newline-in-value", form, "base64 is not folded", good.replace(encoded, encoded[:40] + "\n" + encoded[40:])),
        ("65-signatures", form, "more than 64 signatures are not looked at", note(text, by, *[stranger] * 64)),
        ("unknown-key", "unknown-note-signer", "nobody that is known signed", note(text, stranger)),
        (
            "unknown-id",
            "unknown-note-signer",
            "the name is known but the key is not",
            note(text, signed(LOG, text, of=OTHER_LOG)),
        ),
        ("other-text", bad, "the signature is of another text", note("Refused.\n", by)),
        (
            "text-without-newline-signed",
            bad,
            "the final newline is signed too",
            note(text, line(LOG, value[:4] + key(LOG).sign(text[:-1].encode()))),
        ),
        (
            "stranger's-signature-under-known-id",
            bad,
            "a known key is claimed and did not sign",
            note(text, line(LOG, value[:4] + key(OTHER_LOG).sign(text.encode()))),
        ),
        (
            "good-then-bad",
            bad,
            "one bad signature by a known key spoils the note",
            note(text, by, line(LOG, value[:4] + flip(value[4:]))),
        ),
        ("short-signature", bad, "an Ed25519 signature has 64 bytes", note(text, line(LOG, value[:-1]))),
        ("long-signature", bad, "an Ed25519 signature has 64 bytes", note(text, line(LOG, value + b"\0"))),
        ("additional-empty-line", bad, "an empty line more is another text", good.replace("\n\n—", "\n\n\n—")),
    ]
    return [
        {"name": n, "reason": reason, "expect": expect, "data": data, "vkeys": [vkey(LOG)]}
        for n, expect, reason, data in cases
    ]


def checkpoints() -> list[Case]:
    """Return the cases of checkpoints."""
    root = b64(tree(LEAVES))
    form = "malformed-checkpoint"
    cases: list[tuple[str, str, str, str]] = [
        ("13-entries", "accept", "the case that the defects below are made from", head_text(LOG, LEAVES)),
        ("empty-log", "accept", "a log begins empty", head_text(LOG, [])),
        ("extension", "accept", "extension lines are allowed", head_text(LOG, LEAVES) + "something else\n"),
        ("largest-size", "accept", "2^63 - 1 entries are the most", f"{LOG}\n{2**63 - 1}\n{root}\n"),
        ("two-lines", form, "the root is missing", f"{LOG}\n13\n"),
        ("empty-origin", form, "the origin is missing", f"\n13\n{root}\n"),
        ("empty-extension", form, "no line is empty", head_text(LOG, LEAVES) + "\nx\n"),
        ("leading-zero", form, "a number has one spelling", f"{LOG}\n013\n{root}\n"),
        ("plus-sign", form, "a number has one spelling", f"{LOG}\n+13\n{root}\n"),
        ("negative", form, "a size is never negative", f"{LOG}\n-13\n{root}\n"),
        ("space", form, "a number has one spelling", f"{LOG}\n 13\n{root}\n"),
        ("underscore", form, "a number has one spelling", f"{LOG}\n1_3\n{root}\n"),
        ("arabic-digits", form, "digits are ASCII", f"{LOG}\n١٣\n{root}\n"),
        ("hexadecimal", form, "numbers are decimal", f"{LOG}\n0xd\n{root}\n"),
        ("size-2^63", form, "a size is at most 2^63 - 1", f"{LOG}\n{2**63}\n{root}\n"),
        ("short-root", form, "a root has 32 bytes", f"{LOG}\n13\n{b64(tree(LEAVES)[:-1])}\n"),
        ("hexadecimal-root", form, "a root is in base64", f"{LOG}\n13\n{tree(LEAVES).hex()}\n"),
        ("root-without-padding", form, "base64 is padded", f"{LOG}\n13\n{root.rstrip('=')}\n"),
        ("17-extensions", form, "more than 16 extension lines are not accepted", head_text(LOG, LEAVES) + "x\n" * 17),
        ("other-origin", "wrong-ledger-origin", "signed by this log for another one", head_text(OTHER_LOG, LEAVES)),
    ]
    made: list[Case] = [
        {"name": n, "reason": reason, "expect": expect, "data": log_note(text), "vkey": vkey(LOG)}
        for n, expect, reason, text in cases
    ]
    text = head_text(LOG, LEAVES)
    for n, expect, reason, data in (
        ("other-signer", "unknown-note-signer", "another log signed it", note(text, signed(OTHER_LOG, text))),
        (
            "only-witness",
            "unknown-note-signer",
            "a witness alone does not make a checkpoint",
            note(text, cosigned(BEN, text)),
        ),
        (
            "changed-size",
            "bad-note-signature",
            "the size was changed after signing",
            note(text.replace("\n13\n", "\n12\n"), signed(LOG, text)),
        ),
        ("not-a-note", "malformed-note", "the signature is missing", text),
    ):
        made.append({"name": n, "reason": reason, "expect": expect, "data": data, "vkey": vkey(LOG)})
    return made
