"""The pages of comparisons, gaps and accessions: the answer first, files beside it, bad input back at its field."""

import json
import re
from collections.abc import Callable

import pytest
from django.test import Client

from comity.node.models import Person

At = Callable[[Person], Client]
COMPARE = "offence=illegal-access&states=GB,DE"
GAP = "state=KE&instrument=budapest&date=2026-11-24"
ACCESSION = "state=IN&instrument=budapest&date=2026-11-24&measures=preserve"
QUERIES = {"compare": COMPARE, "gap": GAP, "accession": ACCESSION}


def lede(page: str) -> str:
    found = re.search(r'<p class="lede answer-line">(.*?)</p>', page)
    assert found is not None, page[:400]
    return found[1]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("compare", "2 of 2 states punish it"),
        ("gap", "Of 22 obligations"),
        ("accession", "As a party, India would have routes"),
    ],
)
def test_the_answer_is_one_sentence(node: object, ana: Person, ada: Person, at: At, name: str, said: str) -> None:
    path = f"/law/{name}/?{QUERIES[name]}"
    assert lede(at(ana).get(path).content.decode()).startswith(said)
    assert at(ada).get(path).status_code == 403


@pytest.mark.parametrize("name", QUERIES)
def test_the_answer_can_be_put_on_file(node: object, ana: Person, ada: Person, at: At, name: str) -> None:
    client = at(ana)
    page = client.get(f"/law/{name}/?{QUERIES[name]}").content.decode()
    for path, kind in (("memo.pdf", "application/pdf"), ("answer.json", "application/json")):
        assert f"/law/{name}/{path}?" in page
        answer = client.get(f"/law/{name}/{path}?{QUERIES[name]}")
        assert (answer.status_code, answer["Content-Type"]) == (200, kind)
        assert client.get(f"/law/{name}/{path}?state=QQ").headers["Location"] == f"/law/{name}/?state=QQ"
        assert at(ada).get(f"/law/{name}/{path}?{QUERIES[name]}").status_code == 403


@pytest.mark.parametrize("name", QUERIES)
def test_the_answer_speaks_chinese(node: object, ana: Person, at: At, name: str) -> None:
    client = at(ana)
    client.post("/language", {"language": "zh-hans", "next": "/"})
    page = client.get(f"/law/{name}/?{QUERIES[name]}").content.decode()
    assert re.search("[一-鿿]", lede(page))
    assert json.loads(client.get(f"/law/{name}/answer.json?{QUERIES[name]}").content)["sentence"]
    assert client.get(f"/law/{name}/memo.pdf?{QUERIES[name]}").content.startswith(b"%PDF")


def test_a_gap_between_two_laws_comes_with_an_example(node: object, ana: Person, at: At) -> None:
    page = at(ana).get(f"/law/compare/?{COMPARE}").content.decode()
    assert re.search(r"United Kingdom[^<]* \(GB\) → Germany \(DE\)", page)
    assert "but not: a security measure is broken or avoided" in page
    assert "Criminal Code 202a" in page


def test_the_form_sends_an_address_that_can_be_read(node: object, ana: Person, at: At) -> None:
    fields = {"offence": "illegal-access", "state1": "GB", "state2": "DE", "state3": "", "ask": "yes"}
    answer = at(ana).get("/law/compare/", fields)
    assert answer.headers["Location"] == "/law/compare/?offence=illegal-access&states=GB%2CDE"
    page = at(ana).get(f"/law/compare/?{COMPARE}&change=yes").content.decode()
    assert '<option value="GB" selected' in page


def test_a_conduct_is_held_against_each_law(node: object, ana: Person, at: At) -> None:
    conduct = "acts=access&objects=computer-system&facts=without-right&facts=intent&facts=knowledge&not=security-measure-infringed"
    page = at(ana).get(f"/law/compare/?{COMPARE}&{conduct}").content.decode()
    assert lede(page) == "Dual criminality is not met: as described, this conduct is not punishable in Germany."
    data = at(ana).get(f"/law/compare/answer.json?{COMPARE}&{conduct}").json()
    assert data["criminality"]["met"] is False


@pytest.mark.parametrize(
    ("conduct", "said"),
    [
        ("facts=intent", "Say what was done."),
        ("acts=access&objects=computer-system&not=computer-system", "both to hold and not to hold"),
        ("acts=steal", "steal"),
    ],
)
def test_a_conduct_that_cannot_be_is_asked_again(node: object, ana: Person, at: At, conduct: str, said: str) -> None:
    page = at(ana).get(f"/law/compare/?{COMPARE}&{conduct}").content.decode()
    assert "error-summary" in page
    assert said in page
    assert "2 of 2 states" in lede(page), "the comparison stands without it"


def test_an_accession_asks_for_few_measures_and_one_side(node: object, ana: Person, at: At) -> None:
    client = at(ana)
    page = client.get(f"/law/accession/?{ACCESSION}").content.decode()
    assert "201 questions" in page
    assert "India asks;" in page
    assert "side=requested" in page
    many = "&".join(f"measures={code}" for code in ("preserve", "subscriber", "traffic", "content"))
    refused = client.get(f"/law/accession/?state=IN&instrument=budapest&{many}").content.decode()
    assert "Choose up to three measures." in refused


def test_what_cannot_be_joined_is_said(node: object, ana: Person, at: At) -> None:
    page = at(ana).get("/law/accession/?state=IN&instrument=eu-eaw&date=2026-11-24").content.decode()
    assert "cannot be acceded to" in lede(page)


HOSTILE = (
    "",
    "%00",
    "<script>alert(1)</script>",
    "QQ",
    "../../etc/passwd",
    "%F0%9F%92%A5",
    "9" * 4000,
    "GB,DE,FR,CN,US,JP,IN,BR",
)


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("name", QUERIES)
def test_hostile_words_come_back_as_a_kind_error(node: object, ana: Person, at: At, name: str, value: str) -> None:
    client = at(ana)
    for key in ("offence", "states", "state", "instrument", "date", "measures", "side", "acts", "not"):
        query = re.sub(rf"(^|&){key}=[^&]*", "", QUERIES[name]) + f"&{key}={value}"
        for path in ("", "answer.json"):
            answer = client.get(f"/law/{name}/{path}?{query}")
            assert answer.status_code in {200, 302}, (key, answer.status_code)
            assert b"<script>alert" not in answer.content


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-13-01"])
@pytest.mark.parametrize("name", ["gap", "accession"])
def test_a_day_that_no_law_knows_is_an_error_at_the_day(node: object, ana: Person, at: At, name: str, day: str) -> None:
    page = at(ana).get(f"/law/{name}/?state=IN&instrument=budapest&date={day}").content.decode()
    assert 'href="#id_date"' in page
