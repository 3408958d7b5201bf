"""Why an act is refused: one error with one stable code for each defect, with what the receiver can do about it.

`malformed-act` and `not-canonical` stand beside the parsers that raise them.
"""

from comity.errors import PeerError

_AGAIN = "Ask the sender for the file again, as it was signed; nothing of it has been taken in."
_CALL = "Do not act on it. Ask the office by the telephone number in the directory whether it sent this."


class RefusedActError(PeerError):
    """An act that is not accepted."""

    code = "refused-act"
    advice = _AGAIN

    def __init__(self, message: str, *, remedy: str = "", where: str = "") -> None:
        super().__init__(message, remedy=remedy or self.advice, where=where)


class NotAPdfError(RefusedActError):
    """The bytes are no PDF."""

    code = "not-a-pdf"


class TooLargeError(RefusedActError):
    """The file, or what unpacks from it, is larger than an act may be."""

    code = "too-large"
    advice = "Evidence does not travel inside an act: ask the sender to hand it over as a list of exhibits."


class TwoPayloadsError(RefusedActError):
    """The file holds more than one embedded file."""

    code = "two-payloads"
    advice = _CALL


class NoPayloadError(RefusedActError):
    """The file is a PDF but holds no `act.json`."""

    code = "no-payload"
    advice = (
        "It may be an ordinary document: keep it with the case by hand. "
        "An act is made by Comity, or in the format of docs/acts.md."
    )


class ChangedAfterSigningError(RefusedActError):
    """The signature does not cover the file as it is."""

    code = "changed-after-signing"


class BadSignatureError(RefusedActError):
    """There is no signature, or it does not verify."""

    code = "bad-signature"
    advice = _CALL


class UnknownOfficeError(RefusedActError):
    """The directory does not list the sender."""

    code = "unknown-office"
    advice = "Fetch the newest directory. If the office is still not listed, do not act on it."


class WrongKeyError(RefusedActError):
    """The signature is by a key that the directory does not list for the office."""

    code = "wrong-key"
    advice = _CALL


class CertificateExpiredError(RefusedActError):
    """At the time of signing the certificate was not valid yet or not any more."""

    code = "certificate-expired"
    advice = "Ask the office to renew its certificate in the directory and to sign again."


class CertificateRevokedError(RefusedActError):
    """At the time of signing the certificate was revoked."""

    code = "certificate-revoked"
    advice = _CALL


class BadTimeStampError(RefusedActError):
    """There is no time stamp that the sender's directory entry vouches for."""

    code = "bad-time-stamp"
    advice = "Ask the office to sign again with a time-stamping authority that its directory entry lists."


class TextDiffersError(RefusedActError):
    """People would read something else than programs do."""

    code = "text-differs"
    advice = (
        "If your lawbook and the sender's are of different editions, bring yours up to date and open it again. "
        "Otherwise do not act on it, and ask the office by the telephone number in the directory."
    )


class ActiveContentError(RefusedActError):
    """The file holds something that an act never has: scripts, forms, links, pictures, hidden text, encryption."""

    code = "active-content"
    advice = _CALL
