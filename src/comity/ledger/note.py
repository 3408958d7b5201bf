"""Signed notes (C2SP signed-note): a text, an empty line, and a line for each signature.

Receipts and checkpoints are notes. A note may carry signatures that we cannot judge; they are ignored, as the specification
demands, and handed back as `unknown` so that a report can say so. A signature that claims a known key and fails spoils the whole
note.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from comity.errors import LocalError, PeerError
from comity.ledger.keys import ED25519, KEY_ID_BYTES, encode_vkey, is_name, key_id, parse_vkey, public_bytes
from comity.ledger.wire import MalformedError, read_base64, read_text, to_base64

MAX_NOTE_BYTES = 256 * 1024
MAX_SIGNATURES = 64
_DASH = "— "


class MalformedNoteError(MalformedError):
    """Bytes are not a signed note."""

    code = "malformed-note"


class BadSignatureError(PeerError):
    """A signature claims a key that we know, and that key did not make it."""

    code = "bad-note-signature"


class UnknownSignerError(PeerError):
    """No signature is by a key that we trust here."""

    code = "unknown-note-signer"


class UnsignableError(LocalError):
    """A name or a text of ours cannot stand in a signed note."""

    code = "unsignable-note"


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line.

    Attributes:
        name: of the signer.
        key_id: four bytes.
        value: what the key made, in the form of its signature type.
    """

    name: str
    key_id: bytes
    value: bytes

    def encode(self) -> bytes:
        """Return the line, with its newline."""
        return f"{_DASH}{self.name} {to_base64(self.key_id + self.value)}\n".encode()


@dataclass(frozen=True, slots=True)
class Note:
    """A note as parsed; nothing in it is verified.

    Attributes:
        text: with its final newline.
        signatures: in the order of the note.
    """

    text: bytes
    signatures: tuple[Signature, ...]

    def encode(self) -> bytes:
        """Return the note's bytes."""
        return self.text + b"\n" + b"".join(signature.encode() for signature in self.signatures)


@dataclass(frozen=True, slots=True)
class OpenedNote:
    """A note with at least one signature by a known key, and none that fails.

    Attributes:
        text: what was signed.
        verified: the signatures that were checked.
        unknown: the signatures by keys that are not known here; they prove nothing.
    """

    text: bytes
    verified: tuple[Signature, ...]
    unknown: tuple[Signature, ...]


class Verifier(Protocol):
    """Who can tell whether a key made a signature."""

    @property
    def name(self) -> str:
        """Name of the key."""

    @property
    def key_id(self) -> bytes:
        """Four bytes that name the key together with its name."""

    def verify(self, text: bytes, value: bytes) -> object:
        """Check a signature over the text of a note.

        Raises:
            BadSignatureError: the key did not make it.
        """


@dataclass(frozen=True, slots=True)
class NoteSigner:
    """Signs notes with Ed25519 under a name.

    Raises:
        UnsignableError: the name cannot stand in a note.
    """

    name: str
    key: Ed25519PrivateKey = field(repr=False)

    def __post_init__(self) -> None:
        refuse_name(self.name)

    @property
    def vkey(self) -> str:
        """The verifier key that others need."""
        return encode_vkey(self.name, ED25519, public_bytes(self.key))

    def sign(self, text: bytes) -> Signature:
        """Sign the text of a note."""
        return Signature(self.name, key_id(self.name, ED25519, public_bytes(self.key)), self.key.sign(text))


@dataclass(frozen=True, slots=True)
class NoteVerifier:
    """Checks the Ed25519 signatures of one key on notes.

    Attributes:
        name: of the signer.
        public: the 32 bytes of the public key.
    """

    name: str
    public: bytes

    @classmethod
    def parse(cls, vkey: str) -> "NoteVerifier":
        """Make a verifier of a verifier key.

        Raises:
            MalformedKeyError: it is none, or of another signature type.
        """
        return cls(*parse_vkey(vkey, ED25519))

    @property
    def key_id(self) -> bytes:
        """Four bytes that name the key in signature lines."""
        return key_id(self.name, ED25519, self.public)

    def verify(self, text: bytes, value: bytes) -> None:
        """Check a signature over the text of a note.

        Raises:
            BadSignatureError: the key did not make it.
        """
        check_ed25519(self.name, self.public, value, text)


def sign_note(text: bytes, *signers: NoteSigner) -> bytes:
    """Return the note with the signers' signatures.

    Args:
        text: UTF-8 that ends in a newline, without other control characters.
        signers: one or more.

    Raises:
        UnsignableError: the text cannot stand in a note, or nobody signs.
    """
    note = Note(text, tuple(signer.sign(text) for signer in signers)).encode()
    try:
        parse_note(note)
    except MalformedNoteError as error:
        raise UnsignableError(error.message, remedy="Change the text or sign with fewer keys.") from error
    return note


def parse_note(data: bytes) -> Note:
    """Parse a note without verifying anything.

    Args:
        data: unverified bytes.

    Raises:
        MalformedNoteError: it is larger than 256 KiB, has more than 64 signatures or none, or another form.
    """
    text = read_text(data, MAX_NOTE_BYTES, MalformedNoteError)
    body, gap, tail = text.rpartition("\n\n")
    if not gap or not tail:
        raise MalformedNoteError("There is no empty line with signatures after it.")
    lines = tail[:-1].split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise MalformedNoteError(f"There are {len(lines)} signatures; at most {MAX_SIGNATURES} are accepted.")
    return Note(f"{body}\n".encode(), tuple(parse_signature(line, MalformedNoteError) for line in lines))


def parse_signature(line: str, error: type[MalformedError]) -> Signature:
    """Parse one signature line, given without its newline.

    Raises:
        MalformedError: as `error`, when it has another form.
    """
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not is_name(name):
        raise error("A signature line does not begin with a dash and the name of a key.")
    value = read_base64(encoded, "signature", error)
    if len(value) <= KEY_ID_BYTES:
        raise error("A signature is too short.")
    return Signature(name, value[:KEY_ID_BYTES], value[KEY_ID_BYTES:])


def signatures_by(note: Note, verifier: Verifier) -> tuple[Signature, ...]:
    """Return the note's signatures that claim the verifier's key, every one of them verified.

    Raises:
        BadSignatureError: one of them is not by that key.
    """
    claimed = tuple(s for s in note.signatures if (s.name, s.key_id) == (verifier.name, verifier.key_id))
    for signature in claimed:
        verifier.verify(note.text, signature.value)
    return claimed


def open_note(data: bytes, verifiers: Sequence[Verifier]) -> OpenedNote:
    """Parse a note and verify the signatures by known keys.

    Args:
        data: unverified bytes.
        verifiers: the keys that are trusted to have signed it.

    Raises:
        MalformedNoteError: the bytes are not a signed note.
        BadSignatureError: a signature that claims a known key is not by it.
        UnknownSignerError: no signature is by a known key.
    """
    note = parse_note(data)
    known = {signature for verifier in verifiers for signature in signatures_by(note, verifier)}
    if not known:
        names = ", ".join(sorted({verifier.name for verifier in verifiers})) or "nobody"
        raise UnknownSignerError(
            f"The note is not signed by {names}.", remedy="Look up the signer's current key in the directory."
        )
    verified = tuple(signature for signature in note.signatures if signature in known)
    return OpenedNote(note.text, verified, tuple(s for s in note.signatures if s not in known))


def refuse_name(name: str) -> None:
    """Refuse a name of ours that cannot stand in a note.

    Raises:
        UnsignableError: it is empty, longer than 255 bytes, or has a space, a plus sign or a control character.
    """
    if not is_name(name):
        raise UnsignableError(f"'{name}' cannot name a key.", remedy="Use a name like example.org/office.")


def check_ed25519(name: str, public: bytes, value: bytes, message: bytes) -> None:
    """Check an Ed25519 signature (RFC 8032).

    Raises:
        BadSignatureError: the key did not make it.
    """
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(value, message)
    except (InvalidSignature, ValueError) as error:
        raise BadSignatureError(
            f"The signature in the name of {name} is not by its key.",
            remedy="Do not rely on this note; get it again from its source.",
            where=name,
        ) from error
