"""The words of elements of offences: tokens such as `secured-data` or `threshold-count:500 other-credential-sets`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from comity.law.words import Words

AMOUNT = re.compile(r"(?P<currency>[A-Z]{3} )?(?P<number>\d+) (?P<what>\S+)")
AGE = "age-under"


@dataclass(frozen=True, slots=True)
class Token:
    """An element of an offence.

    Attributes:
        kind: act | object | circumstance | mens-rea | result | aggravator | threshold.
        narrows: it makes an offence narrower than one that does not ask for it.
        words: for a threshold with the places `{amount}` and `{what}`.
    """

    id: str
    kind: str
    narrows: bool
    words: Words


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All tokens.

    Attributes:
        quantities: what thresholds count, such as `gain`.
    """

    tokens: Mapping[str, Token] = field(default_factory=dict)
    quantities: Mapping[str, Words] = field(default_factory=dict)

    def token(self, code: str) -> Token | None:
        """Return the token, that of a threshold by the part before its value; None where nobody knows it."""
        base, _, value = code.partition(":")
        found = self.tokens.get(base)
        if found is None or (found.kind == "threshold") is not bool(value):
            return None
        return found

    def narrows(self, code: str) -> bool:
        """Whether the element makes an offence narrower; one that nobody knows does."""
        found = self.token(code)
        return found is None or found.narrows

    def kind(self, code: str) -> str:
        """Return the kind; empty where nobody knows the token."""
        found = self.token(code)
        return found.kind if found else ""

    def words(self, code: str) -> Words:
        """Return the words of a token; those of alternatives, `a / b`, are joined."""
        if " / " in code:
            parts = [self.words(part) for part in code.split(" / ")]
            return Words(" or ".join(part.en for part in parts), "或".join(part.zh for part in parts))
        found = self.token(code)
        if found is None:
            return Words(code, code)
        value = code.partition(":")[2]
        return self._threshold(found.words, value) if value else found.words

    def listed(self, codes: tuple[str, ...]) -> Words:
        """Return the words of several tokens as a list."""
        parts = [self.words(code) for code in codes]
        return Words("; ".join(part.en for part in parts), "；".join(part.zh for part in parts))

    def near(self, code: str) -> tuple[str, ...]:
        """Return the known tokens that look most like a code."""
        return tuple(get_close_matches(code.partition(":")[0], sorted(self.tokens), n=5, cutoff=0.5))

    def _threshold(self, template: Words, value: str) -> Words:
        match = AMOUNT.fullmatch(value)
        if match is None:
            return Words(template.en.format(amount=value, what=""), template.zh.format(amount=value, what=""))
        what = self.quantities.get(match["what"], Words(match["what"], match["what"]))
        number = f"{int(match['number']):,}"
        amount = f"{match['currency'] or ''}{number}"
        return Words(template.en.format(amount=amount, what=what.en), template.zh.format(amount=amount, what=what.zh))


def reaches(shown: str, asked: str) -> bool | None:
    """Say whether a measured fact reaches a threshold.

    An age below 14 is below 18 as well. An amount or a number is what was measured: it reaches every threshold up to it.

    Returns:
        True, False, or None where the two do not measure the same (another currency, another thing) or the age says nothing.
    """
    base, _, has = shown.partition(":")
    other, _, wants = asked.partition(":")
    if base != other or not has or not wants:
        return None
    if base == AGE:
        return True if has.isdigit() and wants.isdigit() and int(has) <= int(wants) else None
    left, right = AMOUNT.fullmatch(has), AMOUNT.fullmatch(wants)
    if left is None or right is None or (left["currency"], left["what"]) != (right["currency"], right["what"]):
        return None
    return int(left["number"]) >= int(right["number"])
