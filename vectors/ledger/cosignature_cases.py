"""Cases of cosignatures."""

import base64

from naive import (
    BEN,
    CLEO,
    LEAVES,
    LOG,
    TIME,
    Case,
    cosigned,
    head_text,
    key,
    key_id,
    line,
    note,
    public,
    signed,
    vkey,
)


def cosignatures() -> list[Case]:
    """Return the cases of cosignatures."""
    text = head_text(LOG, LEAVES)
    log, ben, cleo = signed(LOG, text), cosigned(BEN, text), cosigned(CLEO, text, TIME + 60)
    extended = text + "extension\n"
    bad, ben_key, cleo_key = "bad-note-signature", vkey(BEN, 4), vkey(CLEO, 4)
    plain = line(BEN, key_id(BEN, 4, public(BEN)) + key(BEN).sign(text.encode()))
    alias = "eve.example/witness"
    row = tuple[str, str, str, str, list[str], dict[str, int]]
    cases: list[row] = [
        (
            "two-witnesses",
            "accept",
            "both cosigned",
            note(text, log, ben, cleo),
            [ben_key, cleo_key],
            {BEN: TIME, CLEO: TIME + 60},
        ),
        (
            "one-unknown",
            "accept",
            "a witness that is not known does not count",
            note(text, log, ben, cleo),
            [ben_key],
            {BEN: TIME},
        ),
        ("none", "accept", "nobody witnessed it", note(text, log), [ben_key], {}),
        (
            "twice",
            "accept",
            "the first time counts",
            note(text, log, cosigned(BEN, text, TIME + 9), ben),
            [ben_key],
            {BEN: TIME},
        ),
        (
            "twice-earlier-first",
            "accept",
            "the first time counts",
            note(text, log, ben, cosigned(BEN, text, TIME + 9)),
            [ben_key],
            {BEN: TIME},
        ),
        (
            "extension",
            "accept",
            "extension lines are covered",
            note(extended, log, cosigned(BEN, extended)),
            [ben_key],
            {BEN: TIME},
        ),
        (
            "note-signature-by-witness",
            "accept",
            "a plain signature is of another type and no cosignature",
            note(text, log, signed(BEN, text)),
            [ben_key],
            {},
        ),
        (
            "one-key-two-names",
            "accept",
            "a key that two names share counts once",
            note(text, log, ben, cosigned(alias, text, of=BEN)),
            [ben_key, vkey(alias, 4, of=BEN)],
            {BEN: TIME},
        ),
        (
            "other-header",
            bad,
            "the signed header is another",
            note(text, log, cosigned(BEN, text, head="cosignature/v2")),
            [ben_key],
            {},
        ),
        ("other-time", bad, "the time was changed", note(text, log, cosigned(BEN, text, told=TIME - 1)), [ben_key], {}),
        (
            "time-beyond-2^63",
            bad,
            "a time is at most 2^63 - 1",
            note(text, log, cosigned(BEN, text, 2**63)),
            [ben_key],
            {},
        ),
        (
            "time-beyond-9999",
            bad,
            "no calendar holds this time",
            note(text, log, cosigned(BEN, text, 2**40)),
            [ben_key],
            {},
        ),
        ("without-time", bad, "the time is missing", note(text, log, plain), [ben_key], {}),
        (
            "other-text",
            bad,
            "another checkpoint was cosigned",
            note(text, log, cosigned(BEN, head_text(LOG, LEAVES[:12]))),
            [ben_key],
            {},
        ),
        (
            "extension-added",
            bad,
            "an extension line was added after the cosignature",
            note(extended, log, ben),
            [ben_key],
            {},
        ),
        (
            "long",
            bad,
            "there is a byte more than in a cosignature",
            note(text, log, line(BEN, base64.b64decode(ben.split(" ")[2]) + b"\0")),
            [ben_key],
            {},
        ),
        (
            "other-witness's-signature",
            bad,
            "cleo signed under ben's name and key id",
            note(text, log, line(BEN, key_id(BEN, 4, public(BEN)) + base64.b64decode(cleo.split(" ")[2])[4:])),
            [ben_key],
            {},
        ),
    ]
    return [
        {"name": n, "reason": reason, "expect": expect, "data": data, "vkeys": keys, "times": times}
        for n, expect, reason, data, keys, times in cases
    ]
