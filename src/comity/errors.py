"""The three roots of every error: whose fault it is decides what to do next.

An outcome that the law foresees (a refusal, a closed route, an unknown fact) is a value, never an exception. Exceptions are for
broken input, broken cryptography and broken storage. Each carries a stable `code` that pages and the REST interface translate,
a sentence for a person, and what that person can do.
"""


class ComityError(Exception):
    """An error that says what is wrong and what to do.

    Args:
        message: one sentence for a person; never holds a secret or the content of evidence.
        remedy: what the reader can do about it.
        where: the file, field or act that is meant.
    """

    code = "error"

    def __init__(self, message: str, *, remedy: str = "", where: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.where = where

    def diagnostics(self) -> str:
        """Return the error as a person should read it: where, what, and what to do."""
        head = f"{self.where}: {self.message}" if self.where else self.message
        return f"{head}\n{self.remedy}" if self.remedy else head


class LocalError(ComityError):
    """Our own data, settings, keys or disk are not as they must be."""

    code = "local-error"


class PeerError(ComityError):
    """What a partner or a stranger sent is not acceptable; nothing of ours is damaged."""

    code = "peer-error"


class TransportError(ComityError):
    """The way between two nodes failed; the same thing may be tried again."""

    code = "transport-error"
