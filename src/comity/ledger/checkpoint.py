"""The signed head of a log (C2SP tlog-checkpoint): whose log, how many entries, which root."""

from dataclasses import dataclass

from comity.errors import PeerError
from comity.ledger.keys import MAX_NAME_BYTES
from comity.ledger.note import NoteSigner, NoteVerifier, open_note, parse_note, sign_note
from comity.ledger.wire import HASH_BYTES, MalformedError, read_base64, read_decimal, read_text, to_base64

MAX_EXTENSIONS = 16
_FIXED_LINES = 3


class MalformedCheckpointError(MalformedError):
    """The text of a note is not a checkpoint."""

    code = "malformed-checkpoint"


class WrongOriginError(PeerError):
    """A checkpoint is signed by the log that was expected but says that it is another's."""

    code = "wrong-ledger-origin"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of a log.

    Attributes:
        origin: identifies the log; here always the name of the key that signs it.
        size: number of entries.
        root: root of their tree, 32 bytes.
        extensions: further lines, which say nothing that anybody checks.
    """

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def encode(self) -> bytes:
        """Return the text that is signed."""
        return "".join(
            f"{line}\n" for line in (self.origin, self.size, to_base64(self.root), *self.extensions)
        ).encode()

    @classmethod
    def parse(cls, text: bytes) -> "Checkpoint":
        """Parse the text of a checkpoint.

        Args:
            text: of a note; what it says is as good as the signatures that were verified over it.

        Raises:
            MalformedCheckpointError: it has another form.
        """
        lines = read_text(text, len(text), MalformedCheckpointError)[:-1].split("\n")
        if len(lines) < _FIXED_LINES or not all(lines):
            raise MalformedCheckpointError("A checkpoint has at least three lines, and none is empty.")
        origin, size, root, *extensions = lines
        if len(origin.encode()) > MAX_NAME_BYTES or len(extensions) > MAX_EXTENSIONS:
            raise MalformedCheckpointError("The origin is too long or there are too many extension lines.")
        return cls(
            origin,
            read_decimal(size, "size", MalformedCheckpointError),
            read_base64(root, "root hash", MalformedCheckpointError, HASH_BYTES),
            tuple(extensions),
        )


def sign_checkpoint(checkpoint: Checkpoint, signer: NoteSigner) -> bytes:
    """Return the checkpoint as a note that the log signs.

    A log must never sign two checkpoints that do not continue each other; `history.checkpoint` sees to that.

    Raises:
        UnsignableError: an extension line cannot stand in a note.
    """
    return sign_note(checkpoint.encode(), signer)


def open_checkpoint(data: bytes, verifier: NoteVerifier) -> Checkpoint:
    """Verify the log's signature and return what it signed.

    Args:
        data: unverified bytes of a note; other signatures in it are ignored.
        verifier: key of the log that is meant; its name must be the origin.

    Raises:
        MalformedNoteError: the bytes are not a signed note.
        BadSignatureError: the signature in the log's name is not by its key.
        UnknownSignerError: the log did not sign it.
        MalformedCheckpointError: what it signed is not a checkpoint.
        WrongOriginError: the checkpoint is of another log.
    """
    checkpoint = Checkpoint.parse(open_note(data, [verifier]).text)
    if checkpoint.origin != verifier.name:
        raise WrongOriginError(
            f"The checkpoint is of the log '{checkpoint.origin}', not of '{verifier.name}'.",
            remedy="Look up which log is meant in the directory.",
        )
    return checkpoint


def claimed_origin(data: bytes) -> str:
    """Return which log a checkpoint says it is of, without verifying anything: only to look up that log's key.

    Raises:
        MalformedNoteError: the bytes are not a signed note.
        MalformedCheckpointError: the note is not a checkpoint.
    """
    return Checkpoint.parse(parse_note(data).text).origin
