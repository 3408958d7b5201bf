"""Nobody meets a raw code in a sentence: what a person reads names states, offences, measures, instruments and circumstances."""

import re

import pytest
from click.testing import CliRunner

from comity.cli import main
from comity.lawbook import open_lawbook

FACTS = open_lawbook().facts
IDS = {
    *(code for code in FACTS.codes.circumstances if "_" in code),
    *(code for code in (*FACTS.codes.measures, *FACTS.codes.offences, *FACTS.codes.channels) if "-" in code),
    *(code for code in FACTS.instruments if "-" in code),
    "budapest", "uncc", "untoc", "european_union", "african_union",
}  # fmt: skip
WORDS = {"money-laundering", "identity-theft", "police-to-police"}
"""Codes that English writes in the same way."""
QUESTIONS = [
    "gap KE budapest",
    "gap US uncc",
    "gap SY budapest",
    "gap KR eu-eio --if-party",
    "gap NL budapest-ap2 --if-party --measure subscriber",
    "compare illegal-access DE FR CN",
    "compare computer-fraud US KE NL SY",
    "compare illegal-access DE CN KE --act access --fact without-right",
    "conflict --offence computer-fraud --link conducted:GH --link victims:DE:40 --link servers:NL --link suspect-national:RU",
    "conflict --from US --to FR --measure content -c emergency=true -c purpose=sentence -c provider_state=US",
    "holder google --user-region DE --from KE --measure subscriber",
    "atlas --measure subscriber --from US -c data_holder=provider",
    "atlas --measure traffic --to NL",
    "route --from US --to FR --measure content --offence illegal-access --holder-state US --data-in FR",
    "route --from CN --to NL --measure preserve --offence computer-fraud -c consent=false -c consent_given_by=user",
]


def sentences(output: str) -> str:
    """Leave out articles and sources in brackets, codes that stand in parentheses beside their name, and columns of codes."""
    text = re.sub(r"\[[^\]]*\]", "", output)
    text = re.sub(r"[(（][A-Za-z_]+[)）]", "", text)
    text = "\n".join(line for line in text.splitlines() if "github " not in line)
    return re.sub(r"^  [A-Z]{2}  ", "", text, flags=re.MULTILINE)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_no_answer_shows_a_code_in_a_sentence(question: str, language: str) -> None:
    words = question.split()
    done = CliRunner().invoke(main, [*words, "--language", language])
    assert done.exit_code == 0, done.output
    tokens = set(re.findall(r"(?<![A-Za-z0-9_./-])[A-Za-z][A-Za-z0-9_-]*(?![A-Za-z0-9_-])", sentences(done.output)))
    states = {code for word in words for code in re.findall(r"[A-Z]{2}", word) if code in FACTS.states}
    assert tokens & states - {"US"} == set()  # the statutes of the United States call themselves so
    assert tokens & (IDS - WORDS) == set()


@pytest.mark.parametrize("code", sorted(FACTS.states))
def test_a_state_has_a_name_for_sentences(code: str) -> None:
    name = FACTS.said(code)
    assert "(" not in name.en
    assert name.en != code
    assert re.search(r"[\u4e00-\u9fff]", name.zh)
