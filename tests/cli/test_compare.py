import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from comity.cli import main
from comity.cli.columns import columns, width

FLAGS = ["--act", "access", "--object", "computer-system", "--fact", "without-right", "--fact", "intent"]
CONDUCT = {"acts": ["access"], "objects": ["computer-system"], "facts": ["without-right", "intent", "knowledge"]}


def run(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, list(arguments), input=stdin)


def test_the_text_gives_the_answer_first_then_table_and_reasons() -> None:
    result = run("compare", "illegal-access", "gb", "de")
    lines = result.output.splitlines()
    assert result.exit_code == 0
    assert lines[0] == "Illegal access to a computer system: United Kingdom (GB), Germany (DE)"
    assert lines[1] == ("2 of 2 states punish it; of 2 directions from one state to another 1 has a gap, 1 is unknown.")
    assert any(line.split() == ["specially", "secured", "data", "object", "-", "●"] for line in lines)
    assert any("United Kingdom → Germany  GAP: Not all that the United Kingdom punishes" in line for line in lines)
    assert any("Criminal Code 202a: maximum 36 months [confidence: high; source:" in line for line in lines)


def test_the_text_speaks_chinese_and_keeps_its_columns() -> None:
    lines = run("compare", "illegal-access", "CN", "DE", "--language", "zh").output.splitlines()
    assert "2国中有2国处罚" in lines[1]
    head = next(number for number, line in enumerate(lines) if line.split()[:2] == ["要素", "类别"])
    place = width(lines[head][: lines[head].index("中国")])
    for line in lines[head + 1 : head + 6]:
        cell = next(number for number in range(len(line)) if width(line[:number]) == place)
        assert line[cell - 1] == " "
        assert line[cell] != " "


def test_columns_count_wide_signs_twice() -> None:
    assert columns([("中文", "b"), ("a", "c")]) == ["中文  b", "a     c"]
    assert columns([]) == []


def test_json_has_the_agreed_shape() -> None:
    value = json.loads(run("compare", "illegal-access", "GB", "DE", "BT", "--json").output)
    assert set(value) == {"offence", "states", "as_of", "provisions", "elements", "directions"}
    assert [item["exists"] for item in value["provisions"]] == ["yes", "yes", "unknown"]
    first = value["directions"][0]
    assert (first["here"], first["there"], first["verdict"]) == ("GB", "DE", "gap")
    assert "secured-data" in {item["element"] for item in first["beyond"]}
    assert set(first["example"]) == {"acts", "objects", "facts", "not"}


def test_a_conduct_by_flags_is_tried_in_each_state() -> None:
    result = run("compare", "illegal-access", "NL", "DE", *FLAGS, "--not", "security-measure-infringed", "--json")
    value = json.loads(result.output)
    assert value["met"] is False
    assert [item["met"] for item in value["states"]] == [True, False]


def test_a_conduct_comes_from_a_file_or_from_standard_input(tmp_path: Path) -> None:
    path = tmp_path / "conduct.json"
    path.write_text(json.dumps(CONDUCT))
    from_file = run("compare", "illegal-access", "DE", "NL", "--conduct", str(path))
    piped = run("compare", "illegal-access", "DE", "NL", "--conduct", "-", stdin=json.dumps(CONDUCT))
    assert from_file.exit_code == piped.exit_code == 0
    assert from_file.output == piped.output
    assert "Dual criminality is not met: as described, this conduct is not punishable in Germany" in from_file.output


@pytest.mark.parametrize(
    ("arguments", "stdin", "words"),
    [
        (["hacking", "GB", "DE"], None, "no offence"),
        (["illegal-access", "GB"], None, "1 states"),
        (["illegal-access"], None, "0 states"),
        (["illegal-access", "GB", "ZZ"], None, "no state"),
        (["illegal-access", "GB", "DE", "--act", "acces"], None, "Near to it: access"),
        (["illegal-access", "GB", "DE", "--object", "computer-system"], None, "names no act"),
        (["illegal-access", "GB", "DE", "--conduct", "-"], "not json", "cannot be read"),
        (["illegal-access", "GB", "DE", "--conduct", "-"], "[]", "another shape"),
        (["illegal-access", "GB", "DE", "--conduct", "-"], "{}", "names no act"),
        (["illegal-access", "GB", "DE", "--conduct", "-"], '{"acts": "access"}', "another shape"),
        (["illegal-access", "GB", "DE", "--conduct", "-"], '{"acts": ["access"], "who": []}', "another shape"),
        (["illegal-access", "GB", "DE", "--conduct", "-"], "[" * 100_000, "cannot be read"),
        (["illegal-access", "GB", "DE", "--conduct", "/nowhere"], None, "cannot be read"),
        (["illegal-access", "GB", "DE", "--conduct", "-", *FLAGS], "{}", "given twice"),
        (["illegal-access", "GB", "DE", "--lawbook", "/nowhere"], None, "Nothing is there"),
    ],
)
def test_bad_input_says_what_is_wrong_and_leaves_with_two(arguments: list[str], stdin: str | None, words: str) -> None:
    result = run("compare", *arguments, stdin=stdin)
    assert result.exit_code == 2
    assert words in result.output + result.stderr
    assert "Traceback" not in result.output + result.stderr


QUESTION = [
    "--from",
    "NL",
    "--to",
    "DE",
    "--measure",
    "extradition",
    "--offence",
    "illegal-access",
    "--date",
    "2026-11-24",
]


def test_a_route_takes_a_conduct() -> None:
    value = json.loads(run("route", *QUESTION, *FLAGS, "--not", "secured-data", "--json").output)
    assert value["question"]["conduct"]["not"] == ["secured-data"]
    silent = json.loads(run("route", *QUESTION, "--json").output)
    assert silent["question"]["conduct"] is None


def test_a_conduct_decides_dual_criminality_of_a_route() -> None:
    """Japan asks dual criminality of every assistance, and for access through a network."""
    question = ["--from", "GB", "--to", "JP", "--measure", "search-seizure", "--offence", "illegal-access"]
    case = ["--date", "2026-11-24", "--data-in", "JP", "--holder", "provider", "--issuing-authority", "judge", "--json"]
    routes = {}
    for name, lacking in (("free", "via-network"), ("punishable", "serious-damage")):
        facts = [] if name == "free" else ["--fact", "via-network", "--fact", "security-measure-infringed"]
        thing = [] if name == "free" else ["--object", "networked-system"]
        found = json.loads(run("route", *question, *case, *FLAGS, *thing, *facts, "--not", lacking).output)
        routes[name] = next(
            route for route in found["routes"] if (route["instrument"], route["variant"]) == ("budapest", "")
        )
    assert routes["free"]["verdict"] == "closed"
    assert routes["punishable"]["verdict"] in {"open", "conditional"}


@pytest.mark.parametrize(
    ("conduct", "words"),
    [
        ({"acts": ["acces"]}, "no element"),
        ({"acts": []}, "names no act"),
        ({"act": ["access"]}, "another shape"),
        ([], "another shape"),
        ({"acts": [1]}, "another shape"),
    ],
)
def test_a_batch_line_takes_a_conduct_and_refuses_a_bad_one(conduct: object, words: str) -> None:
    question = {"from": "NL", "to": "DE", "measure": "preserve", "offence": "illegal-access", "date": "2026-11-24"}
    lines = [
        {"id": "good", **question, "conduct": CONDUCT},
        {"id": "bad", **question, "conduct": conduct},
    ]
    result = run("route", "--batch", "-", "--json", stdin="\n".join(json.dumps(line) for line in lines))
    good, bad = (json.loads(line) for line in result.output.splitlines())
    assert result.exit_code == 2
    assert good["question"]["conduct"] == {**CONDUCT, "not": []}
    assert not [warning for warning in good["warnings"] if warning["code"] == "unknown-circumstance"]
    assert words in bad["error"]["message"]


def test_a_route_refuses_an_unknown_element_with_those_near_to_it() -> None:
    result = run("route", *QUESTION, "--act", "access", "--object", "computer-systm")
    assert result.exit_code == 2
    assert "computer-system" in result.output + result.stderr
