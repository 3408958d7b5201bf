"""The lines that texts about the law have in common."""

from comity.cli.route_text import FOOT
from comity.law.facts import Facts
from comity.law.words import Words


def facts_until(facts: Facts, language: str) -> str:
    """Say until when the facts were collected, and that this is no advice."""
    return FOOT.say(language).format(facts.as_of)


def heading(words: Words, language: str) -> str:
    """Return a heading."""
    return words.say(language) + ("：" if language == "zh" else ":")


def labelled(label: Words, text: str, language: str) -> str:
    """Return a text with its label before it."""
    return f"{heading(label, language)}{'' if language == 'zh' else ' '}{text}"


def joined(first: str, second: str, language: str) -> str:
    """Return two sentences one after the other; Chinese needs no space between them."""
    return f"{first}{'' if language == 'zh' else ' '}{second}"
