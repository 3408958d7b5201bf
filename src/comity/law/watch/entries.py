"""The facts as one flat list of entries, each with a key that stays from edition to edition, so that two can be compared."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from typing import Any

from comity.law.facts import Facts
from comity.law.instrument import Instrument, Measure, Rule
from comity.law.naming import alone, beginning
from comity.law.national import NationalLaw
from comity.law.watch.entry import Entry, Key
from comity.law.watch.rule_entries import rule_entries
from comity.law.words import Words

NESTED = frozenset({"measures", "relations", "lists", "use_limits", "safeguards"})
OF_RULE = frozenset({"id", "article", "text", "confidence", "source"})
EVERYWHERE: frozenset[str] | None = None


def entries(facts: Facts) -> dict[Key, Entry]:
    """Return all entries by key; entries of equal keys are numbered in the order in which they are written."""
    found: dict[Key, Entry] = {}
    for key, entry in _all(facts):
        number = 1
        while (*key, str(number)) in found:
            number += 1
        found[*key, str(number)] = entry
    return found


def _all(facts: Facts) -> Iterator[tuple[Key, Entry]]:
    for instrument in facts.instruments.values():
        yield from _of_instrument(instrument)
    yield from _of_parties(facts)
    yield from _of_states(facts)
    for law in facts.national.values():
        yield from _of_national(facts, law)
    yield from _of_codes(facts)
    yield from rule_entries(facts)


def _values(value: Any, without: Iterable[str] = ()) -> dict[str, object]:
    left_out = {"id", *without}
    return {each.name: getattr(value, each.name) for each in fields(value) if each.name not in left_out}


def _of_instrument(item: Instrument) -> Iterator[tuple[Key, Entry]]:
    carried = frozenset(measure.id for measure in item.measures)
    values = {**_values(item, NESTED), "measures": tuple(sorted(carried))}
    yield ("instrument", item.id), Entry("instrument", item.title, item.id, None, carried, values, item.source)
    for measure in item.measures:
        yield _measure(item, measure)
    for kind, rule, values, measures in _parts(item):
        entry = Entry(kind, rule.text, item.id, None, frozenset(measures), values, rule.source, rule.article)
        yield (kind, item.id, rule.id), entry
    for relation in item.relations:
        entry = Entry("relation", relation.when, item.id, None, None, _values(relation), item.source, relation.article)
        yield ("relation", item.id, relation.kind, relation.other), entry
    for name, listed in item.lists.items():
        entry = Entry(
            "offence-list", Words(name, name), item.id, None, carried, _values(listed), item.source, listed.article
        )
        yield ("offence-list", item.id, name), entry
    for limit in item.use_limits:
        yield _whole(item, "use-limit", limit.rule, {"for_measures": limit.measures}, limit.measures or carried)
    for rule in item.safeguards:
        yield _whole(item, "safeguard", rule, {}, carried)


def _whole(
    item: Instrument, kind: str, rule: Rule, more: Mapping[str, object], measures: frozenset[str]
) -> tuple[Key, Entry]:
    """Return the entry of a rule that stands for the whole instrument or for several measures of it."""
    values = {**_values(rule), **more}
    return (kind, item.id, rule.id), Entry(kind, rule.text, item.id, None, measures, values, rule.source, rule.article)


def _measure(item: Instrument, measure: Measure) -> tuple[Key, Entry]:
    values = _values(measure, ("variant", "scope", "conditions", "clocks", "particulars", "grounds"))
    values["scope"] = measure.scope.rule.id
    for part in ("conditions", "clocks", "particulars", "grounds"):
        values[part] = tuple(each.rule.id for each in getattr(measure, part))
    name = Words(measure.what.en or measure.id, measure.what.zh or measure.id)
    entry = Entry("measure", name, item.id, None, frozenset({measure.id}), values, measure.source, measure.article)
    return ("measure", item.id, measure.id, measure.variant), entry


def _parts(item: Instrument) -> Iterator[tuple[str, Rule, dict[str, object], list[str]]]:
    """Yield conditions, clocks, particulars, grounds and scopes once each, with the measures that have them."""
    found: dict[tuple[str, str], tuple[Any, list[str]]] = {}
    for measure in item.measures:
        for kind, parts in (
            ("scope", (measure.scope,)),
            ("condition", measure.conditions),
            ("clock", measure.clocks),
            ("particular", measure.particulars),
            ("ground", measure.grounds),
        ):
            for part in parts:
                found.setdefault((kind, part.rule.id), (part, []))[1].append(measure.id)
    for (kind, _), (part, measures) in found.items():
        yield kind, part.rule, {**_values(part.rule), **_values(part, ("rule",))}, measures


def _of_parties(facts: Facts) -> Iterator[tuple[Key, Entry]]:
    for row in facts.parties:
        values = _values(row, ("instrument", "state"))
        yield (
            ("party", row.instrument, row.state),
            Entry("party", _name(facts, row.state), row.instrument, frozenset({row.state}), None, values, row.source),
        )
    for name, coverage in facts.coverage.items():
        entry = Entry("coverage", beginning(facts.called(name)), name, None, None, _values(coverage), coverage.source)
        yield ("coverage", name), entry
    for item in facts.reservations:
        values = _values(item, ("instrument", "state", "tag"))
        tag = Words(item.tag, item.tag)
        entry = Entry(
            "reservation", tag, item.instrument, frozenset({item.state}), None, values, item.source, item.article
        )
        yield ("reservation", item.instrument, item.state, item.tag), entry
    for treaty in facts.bilaterals:
        entry = Entry("bilateral", treaty.title, treaty.id, treaty.states, None, _values(treaty), treaty.source)
        yield ("bilateral", treaty.id), entry


def _of_states(facts: Facts) -> Iterator[tuple[Key, Entry]]:
    for code, state in facts.states.items():
        yield (
            ("state", code),
            Entry("state", state.name, "", frozenset({code}), None, _values(state), "states/states.csv"),
        )
    for code, authority in facts.authorities.items():
        yield (
            ("authority", code),
            Entry(
                "authority", _name(facts, code), "", frozenset({code}), None, _values(authority), authority.source
            ),
        )  # fmt: skip


def _of_national(facts: Facts, law: NationalLaw) -> Iterator[tuple[Key, Entry]]:
    state = frozenset({law.state})

    def entry(kind: str, name: str, values: Mapping[str, object], source: str, article: str = "") -> Entry:
        words = _name(facts, name) if name == law.state else facts.terms.get(f"offence:{name}", Words(name, name))
        return Entry(kind, words, "", state, None, values, source, article)

    for offence, rows in law.offences.items():
        for row in rows:
            yield (
                ("national-offence", law.state, offence, row.row),
                entry("national-offence", offence, _values(row), row.source, row.provision),
            )
    for kind, rules in (("assistance-law", law.assistance), ("extradition-law", law.extradition)):
        yield (kind, law.state), entry(kind, law.state, _values(rules), rules.source, rules.provisions)
    for power in dict.fromkeys([*law.powers, *law.power_rows]):
        found, available = law.power_rows.get(power), {"available": law.powers.get(power)}
        told = {"said": found.available, **_values(found), **available} if found else available
        source, provision = (found.source, found.provision) if found else (f"states/law/{law.state}", "")
        yield ("power", law.state, power), entry("power", power, told, source, provision)
    for rule in law.blocking:
        yield (
            ("blocking-rule", law.state, rule.id),
            entry("blocking-rule", rule.id, _values(rule), rule.source, rule.provisions),
        )


def _of_codes(facts: Facts) -> Iterator[tuple[Key, Entry]]:
    codes = facts.codes
    for kind, rows in (
        ("codes", {name: getattr(codes, name) for name in ("measures", "offences", "warnings", "grounds", "channels")}),
        ("circumstance", codes.circumstances),
        ("computer-related", codes.computer_related),
        ("name", codes.names),
        ("implied-elements", facts.implies),
        ("narrowing-elements", {"narrows": facts.narrowing}),
    ):
        for name, value in rows.items():
            entry = Entry(
                kind, Words(name, name), "", None, None, {"value": value}, "codes.yaml, offences/elements.yaml"
            )
            yield (kind, name), entry


def _name(facts: Facts, code: str) -> Words:
    return alone(facts.said(code))
