"""The lines that texts about the law have in common."""

from comity.law.facts import Facts
from comity.law.naming import day_name
from comity.law.words import Words

FOOT = Words(
    "Facts as of {}. Not legal advice; the official text and the depositary win.",
    "事实截至{}。非法律意见；以官方文本和交存机关为准。",
)


def facts_until(facts: Facts, language: str) -> str:
    """Say until when the facts were collected, and that this is no advice."""
    return FOOT.say(language).format(day_name(facts.as_of).say(language))


def heading(words: Words, language: str) -> str:
    """Return a heading."""
    return words.say(language) + ("：" if language == "zh" else ":")


def labelled(label: Words, text: str, language: str) -> str:
    """Return a text with its label before it."""
    return f"{heading(label, language)}{'' if language == 'zh' else ' '}{text}"


def coded(name: Words, code: str, language: str) -> str:
    """Return a name with the code that a question takes for it: Germany (DE)."""
    return f"{name.say(language)}（{code}）" if language == "zh" else f"{name.say(language)} ({code})"


def joined(first: str, second: str, language: str) -> str:
    """Return two sentences one after the other; Chinese needs no space between them."""
    return f"{first}{'' if language == 'zh' else ' '}{second}"
