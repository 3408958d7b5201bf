"""What an error of the exchange advises when the place that raises it knows nothing better."""

from comity.errors import ComityError


class AdvisedError(ComityError):
    """An error with a standing remedy.

    Attributes:
        advice: what the reader can do about it.
    """

    advice = ""

    def __init__(self, message: str, *, remedy: str = "", where: str = "") -> None:
        super().__init__(message, remedy=remedy or self.advice, where=where)
