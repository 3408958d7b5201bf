"""The words for the codes of the law, as terms `kind:code` that `comity.acts.wordbook` holds."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import cast

from comity.law.facts import Facts, MalformedLawError
from comity.law.words import Words
from comity.lawbook.check_names import ORGANISATIONS
from comity.lawbook.reading import read_yaml

Terms = dict[str, Mapping[str, str]]


def law_terms(folder: Path, facts: Facts) -> Terms:
    """Return the labels of states, instruments, measures, offences, channels, grounds, verdicts, warnings, circumstances.

    Args:
        folder: the lawbook; `words/law.yaml` holds what the facts do not name themselves.
        facts: name states, instruments and bilateral treaties.

    Raises:
        MalformedLawError: the file is missing or has another shape.
    """
    terms: Terms = {f"state:{code}": _pair(state.name) for code, state in facts.states.items()}
    terms.update({f"instrument:{name}": _pair(item.title) for name, item in facts.instruments.items()})
    terms.update({f"element:{name}": _pair(token.words) for name, token in facts.codes.elements.tokens.items()})
    terms.update({f"instrument:{treaty.id}": _pair(treaty.title) for treaty in facts.bilaterals})
    terms.update({f"citation:{treaty.title.en}": _pair(treaty.title) for treaty in facts.bilaterals})
    kinds = read_yaml(folder / "words/law.yaml").get("terms")
    if not isinstance(kinds, Mapping):
        raise MalformedLawError("The words have no terms.", where="words/law.yaml")
    for kind, codes in cast(Mapping[str, Mapping[str, Mapping[str, str]]], kinds).items():
        terms.update({f"{kind}:{code}": dict(labels) for code, labels in codes.items()})
    return terms


def missing_terms(facts: Facts, terms: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Return the codes of the law that lack a label in English or Chinese."""
    codes = facts.codes
    wanted = [f"measure:{code}" for code in codes.measures]
    wanted += [f"offence:{code}" for code in codes.offences]
    wanted += [f"{kind}:{code}" for kind in ("circumstance", "question") for code in codes.circumstances]
    wanted += [f"answer:{code}" for rule in codes.circumstances.values() for code in _answers(rule)]
    wanted += [f"warning:{code}" for code in codes.warnings]
    wanted += [f"ground:{code}" for code in codes.grounds]
    wanted += [f"channel:{code}" for code in codes.channels]
    wanted += [f"state:{code}" for code in facts.states]
    wanted += [f"organisation:{code}" for code in ORGANISATIONS]
    wanted += [f"instrument:{code}" for code in facts.instruments]
    return [name for name in wanted if not {"en", "zh"} <= set(terms.get(name, {}))]


def _answers(rule: Mapping[str, object]) -> Iterable[str]:
    values = rule.get("values")
    return map(str, values) if isinstance(values, list | tuple) else ()


def _pair(words: Words) -> Mapping[str, str]:
    return {"en": words.en, "zh": words.zh}
