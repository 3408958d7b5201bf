"""Words for people in English and Chinese, the two languages in which every reason is written."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """One sentence in English (`en`) and in Chinese (`zh`)."""

    en: str
    zh: str

    def say(self, language: str) -> str:
        """Return the sentence in the language; English unless Chinese is asked for."""
        return self.zh if language.startswith("zh") else self.en

    def __bool__(self) -> bool:
        return bool(self.en)


NOTHING = Words("", "")
