"""The procedures of the lawbook are sound, say what the law fixes, and do what the worked dossiers expect."""

import json
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import jsonschema
import pytest

from comity.acts.act import Act, Text
from comity.cooperation.checking import check_procedure
from comity.cooperation.dossier import Dossier, Received, fold, turn
from comity.cooperation.history import Reason
from comity.cooperation.notices import notices
from comity.cooperation.procedure import MalformedProcedureError
from comity.law.facts import MalformedLawError
from comity.lawbook import default_path
from comity.lawbook.procedures import (
    UnreadableLawbookError,
    load_calendars,
    load_procedures,
    procedures_for,
)
from comity.lawbook.reading import read_yaml
from comity.lawbook.words import load_wordbook

LAWBOOK = default_path()
PROCEDURES = load_procedures(LAWBOOK)
WORDBOOK = load_wordbook(LAWBOOK)
CALENDARS = load_calendars(LAWBOOK)
CASES = sorted((LAWBOOK / "cases/procedures").glob("*.yaml"))
SCHEMAS = LAWBOOK / "schema"


@pytest.mark.parametrize("name", PROCEDURES)
def test_a_procedure_is_sound(name: str) -> None:
    assert check_procedure(PROCEDURES[name], WORDBOOK) == ()


@pytest.mark.parametrize("path", sorted((LAWBOOK / "procedures").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_procedure_keeps_the_published_schema(path: Path) -> None:
    jsonschema.validate(read_yaml(path), json.loads((SCHEMAS / "procedure.schema.json").read_text()))


def test_what_the_schema_refuses_is_refused() -> None:
    value: dict[str, Any] = json.loads(json.dumps(read_yaml(LAWBOOK / "procedures/provider-order.yaml")))
    value["steps"][0]["exhibits"] = "perhaps"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(value, json.loads((SCHEMAS / "procedure.schema.json").read_text()))


FIXED = [
    ("budapest-preservation", "preservation-60-days", "P60D", "minimum", "29(7)"),
    ("provider-order", "domestic-order-90-days", "P90D", "validity", "16(2)"),
    ("epoc", "delivery-10-days", "P10D", "maximum", "10("),
    ("epoc", "delivery-8-hours", "PT8H", "maximum", "10("),
    ("epoc-pr", "preservation-60-days", "P60D", "validity", "11("),
    ("eio", "recognition-30-days", "P30D", "maximum", "12("),
    ("eio", "execution-90-days", "P90D", "maximum", "12("),
    ("ap2-7-subscriber", "answer-30-days", "P30D", "minimum", "7("),
    ("extradition", "documents-40-days", "P40D", "maximum", "16(4)"),
    ("eaw", "decision-60-days", "P60D", "maximum", "17("),
]


@pytest.mark.parametrize(("name", "clock", "duration", "kind", "article"), FIXED)
def test_the_periods_are_those_of_the_law(name: str, clock: str, duration: str, kind: str, article: str) -> None:
    rule = next(rule for rule in PROCEDURES[name].clocks if rule.id == clock)
    assert (rule.duration, rule.kind) == (duration, kind)
    assert article in rule.article


@pytest.mark.parametrize("name", ["budapest-preservation", "budapest-production", "provider-order"])
def test_what_binds_a_state_needs_two_persons_and_what_only_speaks_does_not(name: str) -> None:
    for step in PROCEDURES[name].steps.values():
        speaks = step.id in {"acknowledge", "ask-information", "supply-information", "warn-of-risk", "consult", "resume", "confirm-receipt", "accept-impossibility"}  # fmt: skip
        assert step.binding is not speaks, step.id
        assert (step.exhibits == "required") is (step.id in {"produce", "produce-in-part", "deliver", "deliver-part"})


def test_a_measure_under_an_instrument_finds_its_procedure() -> None:
    assert [p.id for p in procedures_for(PROCEDURES, "budapest", "preserve")] == ["budapest-preservation"]
    assert "budapest-production" in [p.id for p in procedures_for(PROCEDURES, "budapest", "subscriber")]
    assert procedures_for(PROCEDURES, "budapest", "joint-team") == ()


def test_every_state_has_a_calendar_and_says_that_its_holidays_are_unknown() -> None:
    assert len(CALENDARS.states) >= 190
    assert CALENDARS.of("FR").zone == ZoneInfo("Europe/Paris")
    assert CALENDARS.of("CN").zone == ZoneInfo("Asia/Shanghai")
    assert not CALENDARS.of("EG").is_working(date(2026, 11, 27))  # a Friday
    assert all(calendar.holidays is None for calendar in CALENDARS.states.values())


def played(case: dict[str, Any], count: int | None = None) -> tuple[Dossier, list[str]]:
    """Make the acts of a case and fold those that arrived; the first `count` of them."""
    procedure = PROCEDURES[case["procedure"]]
    received: list[Received] = []
    for row in case["acts"][:count]:
        at = datetime.fromisoformat(row["at"])
        ids = [item.act.id for item in received]
        follows = [ids[number - 1] for number in row["follows"]] if "follows" in row else ids[-1:]
        act = Act(
            procedure=procedure.id,
            act=row["step"],
            actor=row["by"],
            sender=case["parties"][row["by"]],
            made_at=at,
            subject=Text(case["title"]["en"], "en"),
            parties={} if ids else case["parties"],
            dossier=ids[0] if ids else None,
            after=tuple(sorted(follows)),
            form=row.get("form"),
            fields=row.get("fields", {}),
        )
        received.append(Received(act, at))
    arrived = [item for item, row in zip(received, case["acts"], strict=False) if not row.get("lost")]
    return fold(procedure, reversed(arrived), calendars=CALENDARS), [item.act.id for item in received]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_worked_dossier_comes_out_as_the_jurist_says(path: Path) -> None:
    case: Any = read_yaml(path)
    assert case["id"] == path.stem
    dossier, ids = played(case)
    expected = case["expect"]
    assert dossier.state == expected["state"]
    assert list(turn(dossier)) == expected["turn"]
    assert list(dossier.waiting) == [ids[number - 1] for number in expected.get("waiting", [])]
    reasons = {event.id: event.reason for event in dossier.history if event.reason}
    rows = zip(ids, case["acts"], strict=True)
    assert reasons == {act: Reason(row["without_effect"]) for act, row in rows if "without_effect" in row}
    for name, said in expected.get("clocks", {}).items():
        clock = dossier.clock(name)
        assert clock is not None
        found = {"from": clock.started_at, "until": clock.due_at, "stopped": clock.stopped_at}
        assert found == {key: datetime.fromisoformat(value) for key, value in said.items()}
    for row in case.get("notices", []):
        at = datetime.fromisoformat(row["at"])
        before, _ = played(case, row.get("acts"))
        assert [notice.code for notice in notices(before, at, row["to"])] == row["codes"]


def test_there_are_worked_dossiers() -> None:
    assert len(CASES) >= 6


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "procedures"
    folder.mkdir()
    (folder / "broken.yaml").write_text("id: [")
    with pytest.raises(MalformedLawError) as caught:
        load_procedures(tmp_path)
    assert "broken.yaml" in caught.value.where
    (folder / "broken.yaml").write_text("- a list")
    with pytest.raises(MalformedLawError):
        load_procedures(tmp_path)
    (folder / "broken.yaml").write_text((LAWBOOK / "procedures/provider-order.yaml").read_text())
    with pytest.raises(MalformedProcedureError, match="named broken but holds provider-order"):
        load_procedures(tmp_path)


@pytest.mark.parametrize("row", ["{zone: Mars/Olympus}", "{zone: Europe/Paris, weekend: [caturday]}", "{zone: Europe/Paris, holidays: [soon]}", "{}"])  # fmt: skip
def test_a_calendar_that_cannot_be_is_refused(tmp_path: Path, row: str) -> None:
    (tmp_path / "calendars.yaml").write_text(f"states: {{FR: {row}}}")
    with pytest.raises(UnreadableLawbookError):
        load_calendars(tmp_path)


def test_a_procedure_can_be_added_by_data_alone(tmp_path: Path) -> None:
    """A jurist of a fictional treaty writes one file; the fold knows what may follow what."""
    (tmp_path / "procedures").mkdir()
    text = """
schema: comity-procedure/1
id: moon-treaty
title: {en: Moon treaty, zh: 月球条约}
instruments: [moon]
measures: [preserve]
reference: Moon treaty
as_of: '2026-11-24'
confidence: low
sources: {ex: {what: fiction, kind: expert, as_of: '2026-11-24'}}
actors: {requesting: {en: Asker, zh: 请求方}, requested: {en: Keeper, zh: 保管方}}
states: [{id: draft, initial: true}, {id: sent}, {id: executed, final: true}]
steps:
- {id: send, by: [requesting], article: '1'}
- {id: produce, by: [requested], article: '2'}
transitions:
- {from: draft, step: send, by: requesting, to: sent}
- {from: sent, step: produce, by: requested, to: executed}
clocks:
- {id: tide, article: '3', what: {en: Two days, zh: 两日}, duration: P2D, kind: maximum, counting: days, responsible: requested,
   start: [send], stop: [produce]}
"""
    (tmp_path / "procedures/moon-treaty.yaml").write_text(text)
    procedure = load_procedures(tmp_path)["moon-treaty"]
    assert check_procedure(procedure) == ()
    jsonschema.validate(
        read_yaml(tmp_path / "procedures/moon-treaty.yaml"), json.loads((SCHEMAS / "procedure.schema.json").read_text())
    )
    at = datetime.fromisoformat("2026-09-01T09:00:00Z")
    parties = {"requesting": "xa/a", "requested": "xb/b"}
    act = Act("moon-treaty", "send", "requesting", "xa/a", at, Text("x", "en"), parties=parties)
    dossier = fold(procedure, [Received(act, at)], now=at + timedelta(days=1))
    assert dossier.state == "sent"
    assert turn(dossier) == ("requested",)
    assert dossier.clocks[0].due_at == datetime.fromisoformat("2026-09-03T23:59:59Z")


def test_the_pictures_of_the_procedures_are_drawn_from_the_tables_as_they_are() -> None:
    root = Path(__file__).parents[2]
    result = subprocess.run([sys.executable, str(root / "scripts/draw-procedures"), "--check"], check=False)
    assert result.returncode == 0, "run scripts/draw-procedures"
    guide = (root / "docs/procedures.md").read_text()
    assert all(f"procedure-{name}.svg" in guide for name in PROCEDURES)
