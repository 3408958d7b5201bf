"""Words for people in English and Chinese, the two languages in which every reason is written."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """One sentence in English (`en`) and in Chinese (`zh`); where nobody has written the Chinese, both are the English."""

    en: str
    zh: str

    def say(self, language: str) -> str:
        """Return the sentence in the language; English unless Chinese is asked for."""
        return self.zh if language.startswith("zh") else self.en

    def tongue(self, language: str) -> str:
        """Return the language in which `say` speaks: `zh` only where Chinese is asked for and written."""
        return "zh" if language.startswith("zh") and self.zh != self.en else "en"

    def __bool__(self) -> bool:
        return bool(self.en)


NOTHING = Words("", "")


def in_turn(said: Iterable[Words]) -> Words:
    """Return sentences one after the other, without those that say nothing."""
    told = [words for words in said if words]
    return Words(" ".join(words.en for words in told), "".join(words.zh for words in told))


def listed(parts: Iterable[str], language: str) -> str:
    """Return parts as a list within a line."""
    return ("、" if language.startswith("zh") else ", ").join(parts)
