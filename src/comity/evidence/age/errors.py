"""How an age file or key is refused; the names follow the stages of C2SP/CCTV."""

from comity.errors import LocalError, PeerError


class AgeError(PeerError):
    """An age file is refused."""

    code = "age"


class AgeHeaderError(AgeError):
    """The header is not in the one form that the specification allows."""

    code = "age-header"


class AgeNoMatchError(AgeError):
    """The file is not encrypted to any of the identities."""

    code = "age-no-match"


class AgeMacError(AgeError):
    """The header was changed after it was made."""

    code = "age-mac"


class AgePayloadError(AgeError):
    """The payload was changed, cut off or extended."""

    code = "age-payload"


class AgeArmorError(AgeError):
    """The text form around the file is not in the one form that is allowed."""

    code = "age-armor"


class AgeKeyError(LocalError):
    """A recipient or identity is not one."""

    code = "age-key"
