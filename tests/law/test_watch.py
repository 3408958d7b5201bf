"""Between two editions: every change is found, and the routes that are told are those that asking everything would tell."""

from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.law.caution_rules import CautionRules
from comity.law.facts import Authority, Facts, PartyRow, Reservation
from comity.law.holder_rules import HolderRules
from comity.law.instrument import Instrument
from comity.law.jurisdiction_rules import JurisdictionRules
from comity.law.question import Question
from comity.law.watch import OpenDossier, changes, touched_dossiers, touched_routes
from comity.law.watch.reach import Links, reach_of
from comity.law.watch.report import Watch, dossier_words, route_words, summary, watch_json
from comity.law.watch.routes import asked, compared
from comity.law.words import Words
from comity.lawbook import open_lawbook

TODAY = date(2026, 11, 24)
STATES = ("GH", "FR", "DE", "DK", "US", "CN", "NG", "GB", "JP", "RU")
MEASURES = ("preserve", "content", "extradition", "emergency-disclosure", "freeze")


@lru_cache
def law() -> Facts:
    return open_lawbook().facts


def with_party(facts: Facts, instrument: str, state: str, **new: Any) -> Facts:
    rows = tuple(
        replace(row, **new) if (row.instrument, row.state) == (instrument, state) else row for row in facts.parties
    )
    assert rows != facts.parties, (instrument, state)
    return replace(facts, parties=rows)


def with_instrument(facts: Facts, name: str, **new: Any) -> Facts:
    return replace(facts, instruments={**facts.instruments, name: replace(facts.instruments[name], **new)})


def with_measures(facts: Facts, name: str, change: Any) -> Facts:
    return with_instrument(facts, name, measures=tuple(change(measure) for measure in facts.instruments[name].measures))


def with_national(facts: Facts, state: str, **new: Any) -> Facts:
    law = facts.national[state]
    return replace(facts, national={**facts.national, state: replace(law, extradition=replace(law.extradition, **new))})


def questions(states: tuple[str, ...] = STATES, **circumstances: object) -> list[Question]:
    return [
        Question(a, b, measure, "illegal-access", TODAY, circumstances)
        for a in states for b in states if a != b for measure in MEASURES
    ]  # fmt: skip


def shorter(measure: Any) -> Any:
    return replace(measure, clocks=tuple(replace(clock, duration="P7D") for clock in measure.clocks))


def stricter(measure: Any) -> Any:
    never = {"fact": "emergency", "op": "eq", "value": True}
    return replace(
        measure, conditions=tuple(replace(item, test=never, by_request=False) for item in measure.conditions)
    )


def other_channel(measure: Any) -> Any:
    return replace(measure, channels=("diplomatic",))


def new_relation(facts: Facts) -> Facts:
    relation = facts.instruments["ets30"].relations[0]
    return with_instrument(
        facts,
        "untoc",
        relations=(
            *facts.instruments["untoc"].relations,
            replace(relation, other="ets30", kind="displaces", effect="excludes"),
        ),
    )


EDITIONS: dict[str, Any] = {
    "a party leaves": lambda f: with_party(f, "budapest", "GH", status="ended", ends_on=date(2026, 10, 1)),
    "a source turns out weak": lambda f: with_party(f, "untoc", "CN", confidence="low"),
    "a party's row is gone": lambda f: replace(f, parties=tuple(r for r in f.parties if (r.instrument, r.state) != ("budapest", "US"))),
    "an instrument begins later": lambda f: with_instrument(f, "budapest", starts_on=date(2030, 1, 1)),
    "an instrument ends": lambda f: with_instrument(f, "eu-eio", ends_on=date(2026, 1, 1)),
    "an instrument is removed": lambda f: replace(f, instruments={k: v for k, v in f.instruments.items() if k != "eu-eevidence"}),
    "clocks": lambda f: with_measures(f, "budapest", shorter),
    "conditions": lambda f: with_measures(f, "uncc", stricter),
    "channels": lambda f: with_measures(f, "untoc", other_channel),
    "a relation": new_relation,
    "an authority": lambda f: replace(f, authorities={**f.authorities, "FR": replace(f.authorities["FR"], central="Another office")}),
    "a state leaves the Union": lambda f: replace(f, states={**f.states, "DK": replace(f.states["DK"], eu_until=date(2026, 1, 1))}),
    "a national law is gone": lambda f: replace(f, national={k: v for k, v in f.national.items() if k != "DE"}),
    "a reservation": lambda f: replace(f, reservations=(*f.reservations, Reservation("budapest", "GH", "preservation-needs-dual-criminality", "29(4)", "", "high", "x"))),
    "no reservation": lambda f: replace(f, reservations=()),
    "treaties between two": lambda f: replace(f, bilaterals=tuple(t for t in f.bilaterals if "US" not in t.states)),
    "coverage": lambda f: replace(f, coverage={**f.coverage, "budapest": replace(f.coverage["budapest"], complete=False)}),
    "what a convention supersedes": lambda f: with_instrument(f, "ets24", relations=()),
    "a party to what supersedes": lambda f: with_party(f, "ets24", "KR", status="ended", ends_on=date(2026, 1, 1)),
    "a term that is over": lambda f: with_instrument(f, "untoc", term_ends=date(2026, 1, 1)),
    "own nationals": lambda f: with_national(f, "FR", nationals="unknown", death_penalty_assurance="absolute-bar"),
    "coercion only": lambda f: replace(f, national={k: replace(v, assistance=replace(v.assistance, dual_criminality="always")) if k == "DE" else v for k, v in f.national.items()}),
    "what is computer-related": lambda f: replace(f, codes=replace(f.codes, computer_related={})),
    "everything that follows": lambda f: replace(f, implies={}, narrowing=frozenset()),
}  # fmt: skip


BESIDE_ROUTES: dict[str, Any] = {
    "warnings": lambda f: replace(f, cautions=CautionRules()),
    "jurisdiction": lambda f: replace(f, jurisdiction=JurisdictionRules()),
    "holders": lambda f: replace(f, holders=HolderRules()),
    "obligations": lambda f: replace(f, obligations={}),
}


def told(old: Facts, new: Facts, asking: list[Question]) -> tuple[Any, Any]:
    everything = tuple(each for q in asking for each in compared(q, asked(old, q), asked(new, q)))
    return touched_routes(old, new, asking), everything


@pytest.mark.parametrize("name", EDITIONS)
def test_what_is_told_is_what_asking_everything_tells(name: str) -> None:
    old, new = law(), EDITIONS[name](law())
    asking = questions(STATES[:6], data_holder="provider", provider_state="US")[::17]
    for before, after in ((old, new), (new, old)):
        found, everything = told(before, after, asking)
        assert found == everything
        assert changes(before, after)


def test_what_no_route_rests_on_is_told_and_no_question_is_asked_for_it() -> None:
    links = Links(law())
    for name in BESIDE_ROUTES:
        found = changes(law(), BESIDE_ROUTES[name](law()))
        assert found, name
        assert not any(reach_of(each, links).meets(questions()[0], frozenset({"GH", "FR"})) for each in found)


def test_what_a_convention_supersedes_is_a_cause_of_the_treaty_between_two() -> None:
    old, new = law(), EDITIONS["what a convention supersedes"](law())
    left = EDITIONS["a party to what supersedes"](law())
    asking = [Question("KR", "FR", "extradition", "illegal-access", TODAY)]
    for after in (new, left):
        found, everything = told(old, after, asking)
        assert found == everything
        (treaty,) = [each for each in found if each.route.instrument == "bilateral:kr-fr-extradition"]
        assert treaty.opens
        assert treaty.causes == changes(old, after)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.sampled_from(sorted(EDITIONS)), min_size=1, max_size=3, unique=True),
    st.lists(
        st.builds(
            lambda pair, measure, on, known: Question(pair[0], pair[1], measure, "illegal-access", on, known),
            st.permutations(STATES), st.sampled_from(MEASURES), st.sampled_from([TODAY, date(2020, 6, 1), date(2031, 1, 1)]),
            st.fixed_dictionaries({}, optional={"provider_state": st.sampled_from(STATES), "emergency": st.booleans(), "data_holder": st.just("provider")}),
        ),
        max_size=4,
    ),
)  # fmt: skip
def test_several_changes_at_once_hide_nothing(names: list[str], asking: list[Question]) -> None:
    old = new = law()
    for name in names:
        if not (name in {"an instrument begins later"} and "an instrument is removed" in names):
            new = EDITIONS[name](new)
    found, everything = told(old, new, asking)
    assert found == everything
    assert all(each.causes for each in found)


def test_an_edition_is_not_different_from_itself() -> None:
    same = replace(law())
    assert changes(law(), same) == ()
    assert touched_routes(law(), same, questions(STATES[:3])) == ()


def test_the_order_in_which_facts_are_written_changes_nothing() -> None:
    other = replace(law(), parties=law().parties[::-1], states=dict(reversed(law().states.items())))
    assert changes(law(), other) == ()


def test_a_party_that_leaves_is_told_with_both_values_and_closes_its_routes() -> None:
    new = EDITIONS["a party leaves"](law())
    (change,) = changes(law(), new)
    assert (change.kind, change.action, change.states) == ("party", "ended", frozenset({"GH"}))
    assert [(each.field, each.old.en, each.new.en) for each in change.differences] == [
        ("status", "party", "ended"),
        ("ends_on", "not said", "2026-10-01"),
    ]
    assert (
        change.words.zh
        == "国家的缔约地位终止：《网络犯罪公约》——加纳（地位：party → ended；终止日：未载明 → 2026-10-01）"
    )
    found = touched_routes(law(), new, [Question("GH", "FR", "preserve", "illegal-access", TODAY)])
    closed = next(each for each in found if each.route.instrument == "budapest")
    assert closed.closes
    assert not closed.opens
    assert closed.causes == (change,)
    assert (
        "Expedited preservation of stored data: Convention on Cybercrime, art. 29, 35(1)(b): conditional → closed"
        in route_words(closed).en
    )


def test_a_change_down_to_the_clock_is_one_change_with_its_measures() -> None:
    clock = next(c for m in law().instruments["budapest"].measures for c in m.clocks if c.duration == "P60D")
    new = with_measures(
        law(), "budapest",
        lambda m: replace(m, clocks=tuple(replace(c, duration="P90D") if c == clock else c for c in m.clocks)),
    )  # fmt: skip
    (change,) = changes(law(), new)
    assert (change.kind, change.key[1:3], change.measures) == ("clock", ("budapest", clock.rule.id), {"preserve"})
    assert change.article == clock.rule.article
    touched = touched_routes(law(), new, [Question("GH", "FR", "preserve", "illegal-access", TODAY)])
    assert [(each.route.instrument, each.aspects) for each in touched] == [("budapest", ("clock",))]


def test_a_whole_instrument_that_comes_is_one_change() -> None:
    without = replace(law(), instruments={k: v for k, v in law().instruments.items() if k != "eu-eio"})
    (change,) = changes(without, law())
    assert (change.kind, change.action, change.instrument) == ("instrument", "added", "eu-eio")


def test_a_state_that_only_one_edition_knows_has_no_routes_in_the_other() -> None:
    without = replace(law(), states={k: v for k, v in law().states.items() if k != "GH"})
    found = touched_routes(without, law(), [Question("GH", "FR", "preserve", "illegal-access", TODAY)])
    assert found
    assert all(each.old is None and each.opens for each in found)


DOSSIER = OpenDossier("d1", "GH", "FR", "preserve", "illegal-access", "budapest", date(2026, 9, 1))


def test_an_open_dossier_is_told_what_is_different_today_and_what_on_its_day() -> None:
    new = EDITIONS["a party leaves"](law())
    (touched,) = touched_dossiers(law(), new, [DOSSIER], TODAY)
    assert (touched.when, touched.route.closes) == ("today", True)
    earlier = with_party(law(), "budapest", "GH", status="ended", ends_on=date(2026, 8, 1))
    assert [each.when for each in touched_dossiers(law(), earlier, [DOSSIER], TODAY)] == ["opened", "today"]
    other = replace(DOSSIER, to_state="CN", instrument="untoc")
    assert touched_dossiers(law(), new, [other], TODAY) == ()


def test_the_report_says_the_answer_first_in_both_languages() -> None:
    new = EDITIONS["a party leaves"](law())
    found = changes(law(), new)
    asking = [Question("GH", "FR", "preserve", "illegal-access", TODAY)]
    dossiers = touched_dossiers(law(), new, [DOSSIER], TODAY)
    watch = Watch(
        "a", "b", TODAY, found, "GH", Words("Ghana", "加纳"), touched_routes(law(), new, asking), (), dossiers
    )
    assert summary(watch).en.startswith("1 change of the law; ")
    assert "routes of Ghana change" in summary(watch).en or "route of Ghana changes" in summary(watch).en
    assert summary(watch).zh.endswith("涉及未结卷宗1件。")
    assert dossier_words(dossiers[0]).zh.startswith("卷宗d1：今日：加纳 → 法国")
    value: Any = watch_json(watch, "zh")
    assert value["routes"][0]["causes"] == [0]
    assert value["changes"][0]["differences"][0] == {"field": "status", "old": "party", "new": "ended"}
    assert summary(Watch("a", "b", TODAY, ())).zh == "两个版本之间没有变化。"


def test_every_kind_of_change_has_words() -> None:
    nothing = Facts(law().as_of, replace(law().codes, computer_related={}, names={}, circumstances={}), {}, {})
    for change in changes(nothing, law()):
        assert change.words.en
        assert change.words.zh
    assert {c.kind for c in changes(nothing, law())} >= {"party", "bilateral", "authority", "power", "blocking-rule"}
    assert isinstance(law().instruments["budapest"], Instrument)
    assert isinstance(law().parties[0], PartyRow)
    assert isinstance(law().authorities["FR"], Authority)
