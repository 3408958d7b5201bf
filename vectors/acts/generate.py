"""Makes the vectors of the act format: python -m vectors.acts.generate.

Each file has one defect. `vectors.json` says which, and the code with which a receiver must refuse it (null: it must be accepted).
`directory.json` holds what the receiver's directory lists. Keys are new each time, so the files are too; their verdicts are not.
"""

import base64
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType

from pyhanko.pdf_utils.generic import NameObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from vectors.acts import tampering
from vectors.acts.offices import END, LONG_AFTER, Keyed, entries, keyed, offices_with_keys
from vectors.acts.samples import BRIEF, NOW, REFUSAL, REQUEST, SENDER, WORDS, long_act, office

from comity.acts import cms
from comity.acts.act import Act, encode_act
from comity.acts.canonical import canonical
from comity.acts.document import compose
from comity.acts.making import make_act
from comity.acts.office import Office, OfficeCertificate
from comity.acts.pdf_layout import Item, Layout
from comity.acts.pdf_signature import find_signature
from comity.acts.render import render
from comity.acts.signing import OfficeSigner, sign

FOLDER = Path(__file__).parent
OPENED_AT = END
Change = Callable[[Layout, dict[int, Item]], None]


@dataclass(frozen=True, slots=True)
class Vector:
    """One file and the verdict it must get."""

    name: str
    code: str | None
    defect: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Bench:
    """Makes vectors with one set of keys."""

    offices: Mapping[str, Keyed]

    @property
    def directory(self) -> dict[str, Office]:
        """What the receiver's directory lists."""
        return {name: entry for name, entry in entries(self.offices).items() if name != "xc/unlisted"}

    def act(self, act: Act, signer: OfficeSigner | None = None) -> bytes:
        """Return a signed act."""
        return make_act(act, signer or self.offices[act.sender].signer, WORDS, entries(self.offices)).pdf

    def typeset(self, act: Act, payload: bytes | None = None) -> bytes:
        """Return a typeset act, not signed."""
        return render(compose(act, WORDS, entries(self.offices)), payload or encode_act(act))

    def changed(self, *changes: Change) -> bytes:
        """Return a request changed before it was signed."""
        pdf = self.typeset(BRIEF)
        for change in changes:
            pdf = tampering.tampered(pdf, change)
        return sign(pdf, self.offices[SENDER].signer)


def bench() -> Bench:
    """Return offices of every kind that the vectors need."""
    more = {
        "xa/expired": keyed(
            office("xa/expired", en="Office whose certificate expired"), until=NOW + timedelta(days=30), at=LONG_AFTER
        ),
        "xa/revoked": keyed(
            office("xa/revoked", en="Office whose certificate is revoked"), revoked_at=NOW - timedelta(hours=1)
        ),
        "xa/revoked-later": keyed(office("xa/revoked-later", en="Office revoked afterwards"), revoked_at=LONG_AFTER),
        "xc/unlisted": keyed(office("xc/unlisted", en="Office that no directory lists")),
    }
    return Bench(MappingProxyType({**offices_with_keys(), **more}))


def vectors(at: Bench) -> Iterator[Vector]:
    """Yield all vectors."""
    good = at.act(BRIEF)
    yield Vector("good-request", None, "none", good)
    yield Vector("good-refusal", None, "none", at.act(REFUSAL))
    yield Vector("good-chinese", None, "none; three pages in English and Chinese", at.act(long_act()))
    yield Vector(
        "good-arabic", None, "none; right-to-left text", at.act(replace(REQUEST, languages=("en", "zh", "ar")))
    )
    yield Vector(
        "good-revoked-later",
        None,
        "none; the certificate was revoked after the trusted time",
        at.act(_from("xa/revoked-later")),
    )
    yield from _files(good)
    yield from _signatures(at, good)
    yield from _payloads(at)
    yield from _contents(at)


def _from(sender: str) -> Act:
    return replace(BRIEF, sender=sender, parties=MappingProxyType({**BRIEF.parties, "requesting": sender}))


def _files(good: bytes) -> Iterator[Vector]:
    middle = good.index(b"stream") + 200
    yield Vector("not-a-pdf", "not-a-pdf", "an HTML page", b"<!doctype html><title>Act</title>")
    yield Vector("changed-byte", "changed-after-signing", "one byte of a font changed", _flipped(good, middle))
    yield Vector("truncated", "changed-after-signing", "the last 100 bytes are missing", good[:-100])
    yield Vector("appended", "changed-after-signing", "one line feed appended", good + b"\n")
    yield Vector("updated", "changed-after-signing", "an incremental update after signing", _updated(good))


def _flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def _updated(data: bytes) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    writer.root["/PageMode"] = NameObject("/UseNone")
    writer.update_root()
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def _signatures(at: Bench, good: bytes) -> Iterator[Vector]:
    eve, other = at.offices["xc/unlisted"].signer, at.offices["xb/contact-point"].signer
    own = at.offices[SENDER].signer
    yield Vector("changed-signature", "bad-signature", "the last bit of the signature changed", _resigned(good))
    yield Vector("unsigned", "bad-signature", "typeset, never signed", at.typeset(BRIEF))
    yield Vector(
        "wrong-key",
        "wrong-key",
        "signed by somebody with an own certificate",
        at.act(BRIEF, replace(eve, time_authority=own.time_authority)),
    )
    yield Vector("key-of-another-office", "wrong-key", "signed by the recipient", at.act(BRIEF, other))
    yield Vector(
        "expired",
        "certificate-expired",
        "the trusted time is after the end of the certificate",
        at.act(_from("xa/expired")),
    )
    yield Vector(
        "revoked", "certificate-revoked", "the trusted time is after the revocation", at.act(_from("xa/revoked"))
    )
    yield Vector(
        "unknown-office", "unknown-office", "the directory does not list the sender", at.act(_from("xc/unlisted"))
    )
    yield Vector(
        "foreign-time",
        "bad-time-stamp",
        "stamped by an authority that the office does not list",
        at.act(BRIEF, replace(own, time_authority=eve.time_authority)),
    )
    yield Vector(
        "made-after-stamp",
        "bad-time-stamp",
        "the act says it was made a day after its time stamp",
        at.act(replace(BRIEF, made_at=NOW + timedelta(days=1))),
    )


def _resigned(good: bytes) -> bytes:
    placed = find_signature(good)
    assert placed
    signature = cms.parse(placed.container).signature
    return good.replace(signature.hex().encode(), _flipped(signature, len(signature) - 1).hex().encode(), 1)


def _payloads(at: Bench) -> Iterator[Vector]:
    bare = dict(json.loads(encode_act(BRIEF)))
    spaced = json.dumps(bare, ensure_ascii=False).encode()
    replaced = tampering.payload_replaced
    yield Vector("not-canonical", "not-canonical", "act.json with blanks between members", at.changed(replaced(spaced)))
    yield Vector("json-bomb", "not-canonical", "act.json nests 100,000 arrays", at.changed(replaced(b"[" * 100_000)))
    yield Vector(
        "not-an-act",
        "malformed-act",
        "act.json without a sender",
        at.changed(replaced(canonical({**bare, "sender": ""}))),
    )
    override = {**bare, "subject": {"text": "abc\u202edef", "language": "en"}}
    yield Vector(
        "override-character",
        "malformed-act",
        "the subject holds a right-to-left override",
        at.changed(replaced(canonical(override))),
    )
    yield Vector(
        "text-differs",
        "text-differs",
        "the pages name another mailbox than act.json",
        sign(at.typeset(_other(), encode_act(BRIEF)), at.offices[SENDER].signer),
    )
    embedded = Item(b"<</Type/Filespec/F(two.json)/UF(two.json)/EF<</F 1 0 R/UF 1 0 R>>/AFRelationship/Data/Desc(x)>>")
    yield Vector("two-payloads", "two-payloads", "a second embedded file", at.changed(tampering.added(embedded)))
    yield Vector("no-payload", "no-payload", "no embedded file", at.changed(_without_payload))
    yield Vector(
        "packed-bomb",
        "too-large",
        "a stream of 40 kB unpacks to 40 MB",
        at.changed(tampering.added(tampering.stream(b"\0" * 40_000_000))),
    )


def _other() -> Act:
    fields = json.loads(encode_act(BRIEF))["fields"]
    fields["identifiers"][0]["value"] = "b1@mail.example"
    return replace(BRIEF, fields=MappingProxyType(fields))


def _without_payload(layout: Layout, items: dict[int, Item]) -> None:
    for number in [
        number for number, item in items.items() if b"/Filespec" in item.value or b"/EmbeddedFile/" in item.value
    ]:
        items[number] = Item(b"<</Type/Metadata>>")


def _contents(at: Bench) -> Iterator[Vector]:
    action = b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"
    link = b"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 99 99]/A<</S/URI/URI(https://eve.example)>>>>]"
    form = b"/AcroForm<</Fields[]/XFA 1 0 R>>"
    yield Vector(
        "javascript",
        "active-content",
        "a script runs when the file is opened",
        at.changed(tampering.in_catalogue(action)),
    )
    yield Vector(
        "javascript-escaped",
        "active-content",
        "the same with an escaped name",
        at.changed(tampering.in_catalogue(action.replace(b"JavaScript", b"J#61vaScript"))),
    )
    yield Vector("form", "active-content", "a form beside the signature", at.changed(tampering.in_catalogue(form)))
    yield Vector("link", "active-content", "a link to a web page", at.changed(tampering.on_first_page(link)))
    yield Vector(
        "invisible-text",
        "active-content",
        "words drawn in rendering mode 3",
        at.changed(tampering.drawn_first(lambda drawn: drawn.replace(b"0 Tr", b"3 Tr", 1))),
    )
    yield Vector(
        "picture",
        "active-content",
        "a picture over the words",
        at.changed(tampering.drawn_first(lambda drawn: drawn + b"\nq 99 0 0 99 0 0 cm /Im0 Do Q\n")),
    )
    yield Vector(
        "picture-object",
        "active-content",
        "a picture that no page shows",
        at.changed(tampering.added(tampering.stream(b"\0", b"/Type/XObject/Subtype/Image/Width 1/Height 1"))),
    )
    yield Vector("more-words", "text-differs", "a sentence is drawn twice", at.changed(tampering.drawn_first(_twice)))
    yield Vector(
        "object-stream",
        "active-content",
        "objects packed into a stream",
        at.changed(tampering.added(tampering.stream(b"9 0 <<>>", b"/Type/ObjStm/N 1/First 4"))),
    )


def _twice(drawn: bytes) -> bytes:
    begin = drawn.index(b"q 1 0 0 -1")
    end = drawn.index(b"ET\nQ\n", begin) + 5
    return drawn[:end] + drawn[begin:end] + drawn[end:]


def _certificate(one: OfficeCertificate) -> dict[str, str]:
    value = {
        "der": base64.b64encode(one.der).decode(),
        "from": one.valid_from.isoformat(),
        "until": one.valid_until.isoformat(),
    }
    return {**value, **({"revoked": one.revoked_at.isoformat()} if one.revoked_at else {})}


def _entry(one: Office) -> dict[str, object]:
    return {
        "names": dict(one.names),
        "certificates": [_certificate(certificate) for certificate in one.certificates],
        "time_certificates": [_certificate(certificate) for certificate in one.time_certificates],
    }


def _read_certificate(value: Mapping[str, str]) -> OfficeCertificate:
    revoked = value.get("revoked")
    return OfficeCertificate(
        base64.b64decode(value["der"]),
        datetime.fromisoformat(value["from"]),
        datetime.fromisoformat(value["until"]),
        datetime.fromisoformat(revoked) if revoked else None,
    )


def read_directory(folder: Path = FOLDER) -> dict[str, Office]:
    """Return the committed directory of the vectors."""
    entries_ = json.loads((folder / "directory.json").read_text(encoding="utf-8"))
    return {
        name: replace(
            office(name, **entry["names"]),
            certificates=tuple(map(_read_certificate, entry["certificates"])),
            time_certificates=tuple(map(_read_certificate, entry["time_certificates"])),
        )
        for name, entry in entries_.items()
    }


def main(folder: Path = FOLDER) -> None:
    """Write all files."""
    at = bench()
    listing = []
    for vector in vectors(at):
        (folder / f"{vector.name}.pdf").write_bytes(vector.data)
        listing.append({"file": f"{vector.name}.pdf", "code": vector.code, "defect": vector.defect})
    listing.append(
        {
            "file": "good-request.pdf",
            "code": "too-large",
            "defect": "filled up with zeros to one byte more than 8 MiB",
            "fill": 8 * 1024 * 1024 + 1,
        }
    )
    directory = {name: _entry(entry) for name, entry in sorted(at.directory.items())}
    (folder / "directory.json").write_text(json.dumps(directory, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (folder / "vectors.json").write_text(
        json.dumps({"opened_at": OPENED_AT.isoformat(), "vectors": listing}, ensure_ascii=False, indent=1) + "\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
