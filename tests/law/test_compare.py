"""One offence in several states: comparisons written from the law, and properties that hold whatever the law says."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.law.conduct import try_provision
from comity.law.dual import dual_criminality
from comity.law.facts import Facts
from comity.law.national import OffenceRow
from comity.law.offences.compare import (
    COVERED,
    GAP,
    NOTHING_PUNISHED,
    UNKNOWN,
    Comparison,
    Direction,
    _direction,
    _provisions,
    compare_offence,
)
from comity.law.offences.described import criminality
from comity.law.offences.minimal import punishing
from comity.law.offences.report import comparison_json, criminality_json
from comity.law.question import Conduct, UnknownElementError, UnusableQuestionError
from comity.law.vocabulary import reaches

SETTINGS = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
STATES = ("AE", "AU", "BE", "BR", "CA", "CH", "CN", "DE", "FR", "GB", "GH", "IN", "JP", "KR", "NL", "NO", "RU", "US")
OFFENCES = ("illegal-access", "data-interference", "illegal-interception", "misuse-of-devices", "computer-fraud")

WORKED: list[tuple[str, str, str, str, set[str]]] = [
    # offence, punished in, looked for in, verdict, elements asked there beyond (each must be among them)
    ("illegal-access", "GB", "DE", GAP, {"security-measure-infringed", "secured-data"}),  # StGB 202a; CMA s 1 asks for none
    ("illegal-access", "NL", "DE", GAP, {"security-measure-infringed"}),  # Sr 138ab dropped the protection in 2006
    ("illegal-access", "GB", "JP", GAP, {"via-network", "networked-system"}),  # UCAL 2(4): through a telecommunication line
    ("illegal-access", "DE", "JP", GAP, {"via-network"}),
    ("illegal-access", "GB", "IN", GAP, {"dishonest-intent"}),  # IT Act 43, 66: dishonestly or fraudulently
    ("illegal-access", "IN", "NL", COVERED, set()),  # the narrower definition is inside the wider one
    ("illegal-access", "JP", "NL", COVERED, set()),
    ("illegal-access", "GB", "NL", COVERED, set()),
    ("illegal-access", "NL", "CN", GAP, {"state-system"}),  # 285(1): state affairs, defence, advanced science
    ("illegal-access", "NL", "RU", GAP, {"data-affected", "legally-protected-information"}),  # UK 272
    ("illegal-access", "NL", "GB", UNKNOWN, set()),  # CMA s 1 asks for knowledge; without right alone leaves it open
    ("illegal-interception", "DE", "US", GAP, {"consenting-party-exception"}),  # 18 USC 2511(2)(d): one party consents
    ("computer-fraud", "DE", "CN", GAP, {"threshold-amount:CNY 3000 value"}),  # 266 with the interpretation on amounts
    ("computer-fraud", "DE", "GB", GAP, {"dishonest-intent"}),  # Fraud Act 2006 s 1, 2
    ("money-laundering", "DE", "JP", GAP, {"predicate-listed"}),  # Act on organised crime 10, 11; StGB 261: all crimes
    ("child-sexual-abuse-material", "GB", "RU", GAP, {"distribute-csam / produce-csam"}),  # possession alone is none
    ("system-interference", "NL", "DE", GAP, {"business-system"}),  # StGB 303b: of essential importance for another
    ("misuse-of-devices", "GB", "DE", GAP, {"intent-to-commit-offence"}),  # CMA s 3A(2): believing it likely is enough
]  # fmt: skip


def direction(comparison: Comparison, here: str, there: str) -> Direction:
    return next(item for item in comparison.directions if (item.here, item.there) == (here, there))


@pytest.mark.parametrize(
    ("offence", "here", "there", "verdict", "beyond"),
    WORKED,
    ids=lambda value: str(sorted(value) if isinstance(value, set) else value)[:30],
)
def test_comparisons_written_from_the_law(
    facts: Facts, offence: str, here: str, there: str, verdict: str, beyond: set[str]
) -> None:
    found = direction(compare_offence(facts, offence, (here, there)), here, there)
    assert found.verdict == verdict, found.reason.en
    assert beyond <= set(found.beyond)


def test_the_thresholds_of_china_stand_in_the_table(facts: Facts) -> None:
    comparison = compare_offence(facts, "illegal-access", ("CN", "DE"))
    lines = {line.element: line for line in comparison.lines}
    assert lines["threshold-count:500 other-credential-sets"].cells == {"CN": "or", "DE": "-"}
    assert lines["serious-circumstances"].cells == {"CN": "some", "DE": "-"}
    assert lines["secured-data"].cells == {"CN": "-", "DE": "listed"}
    assert lines["threshold-count:500 other-credential-sets"].part == "threshold"


def test_a_state_without_facts_is_unknown_and_says_so(facts: Facts) -> None:
    comparison = compare_offence(facts, "illegal-access", ("DE", "BT"))
    bhutan = comparison.provisions[1]
    assert bhutan.exists == "unknown"
    assert "not in the lawbook" in bhutan.reason.en
    assert "未收录" in bhutan.reason.zh
    assert {item.verdict for item in comparison.directions} == {UNKNOWN}
    assert all(line.cells["BT"] == "?" for line in comparison.lines)


def test_an_example_is_punishable_here_and_not_there(facts: Facts) -> None:
    """What the comparison says of the example, dual criminality says as well."""
    tried = 0
    for offence in OFFENCES:
        for item in compare_offence(facts, offence, ("DE", "GB", "JP", "CN", "IN", "NL", "RU", "FR")).directions:
            if item.verdict != GAP:
                continue
            tried += 1
            assert item.example is not None
            assert dual_criminality(facts, item.there, item.here, offence, item.example).met is True, (offence, item)
            assert dual_criminality(facts, item.here, item.there, offence, item.example).met is False, (offence, item)
    assert tried > 100


def test_conduct_punished_under_another_offence_is_no_gap(facts: Facts) -> None:
    law = facts.national["DE"]
    wide = replace(law.offences["illegal-access"][0], id="cyber-harassment", row="x")
    elements = wide.elements
    assert elements is not None
    wide = replace(wide, elements=replace(elements, act=("access",), object=(), all=("without-right",)))
    changed = replace(law, offences={**law.offences, "cyber-harassment": (wide,)})
    other = replace(facts, national={**facts.national, "DE": changed})
    found = direction(compare_offence(other, "illegal-access", ("NL", "DE")), "NL", "DE")
    assert found.verdict == COVERED
    assert found.elsewhere == (wide.provision,)


def test_an_offence_that_does_not_exist_punishes_nothing(facts: Facts) -> None:
    state, law = next(
        (state, law)
        for state, law in sorted(facts.national.items())
        if any(row.exists == "no" for rows in law.offences.values() for row in rows)
    )
    name = next(name for name, rows in law.offences.items() if all(row.exists == "no" for row in rows))
    comparison = compare_offence(facts, name, (state, "DE"))
    assert direction(comparison, state, "DE").verdict == NOTHING_PUNISHED
    assert comparison.provisions[0].exists == "no"


@SETTINGS
@given(st.sampled_from(STATES), st.sampled_from(OFFENCES))
def test_a_state_compared_with_itself_has_no_gap(facts: Facts, state: str, offence: str) -> None:
    own = _provisions(facts, state, offence)
    assert _direction(facts, own, own).verdict in {COVERED, UNKNOWN, NOTHING_PUNISHED}
    if own.rows and all(row.exists == "yes" for row in own.rows):
        assert _direction(facts, own, own).verdict == COVERED


@SETTINGS
@given(
    st.sampled_from(STATES),
    st.sampled_from(STATES),
    st.sampled_from(OFFENCES),
    st.sampled_from(
        ("serious-damage", "dishonest-intent", "persistent", "knowledge", "threshold-amount:CNY 9000 loss")
    ),
)
def test_asking_for_more_never_covers_more(facts: Facts, here: str, there: str, offence: str, token: str) -> None:
    law = facts.national[there]

    def narrower(row: OffenceRow) -> OffenceRow:
        if row.elements is None:
            return row
        return replace(row, elements=replace(row.elements, all=(*row.elements.all, token)))

    offences = {name: tuple(narrower(row) for row in rows) for name, rows in law.offences.items()}
    changed = replace(facts, national={**facts.national, there: replace(law, offences=offences)})
    if here == there:
        return
    before = direction(compare_offence(facts, offence, (here, there)), here, there).verdict
    after = direction(compare_offence(changed, offence, (here, there)), here, there).verdict
    if before == GAP:
        assert after == GAP
    if after == COVERED:
        assert before == COVERED


@SETTINGS
@given(st.lists(st.sampled_from(STATES), min_size=2, max_size=4, unique=True), st.sampled_from(OFFENCES), st.data())
def test_the_order_of_states_does_not_matter(
    facts: Facts, states: list[str], offence: str, data: st.DataObject
) -> None:
    mixed = data.draw(st.permutations(states))
    one, two = compare_offence(facts, offence, states), compare_offence(facts, offence, mixed)
    assert set(one.directions) == set(two.directions)
    assert {item.state: item for item in one.provisions} == {item.state: item for item in two.provisions}
    assert [(line.element, dict(line.cells)) for line in one.lines] == [
        (line.element, dict(line.cells)) for line in two.lines
    ]


@SETTINGS
@given(st.sampled_from(STATES), st.sampled_from(STATES), st.sampled_from(OFFENCES))
def test_forgetting_the_law_of_a_state_leaves_everything_unknown(
    facts: Facts, here: str, there: str, offence: str
) -> None:
    if here == there:
        return
    fewer = replace(facts, national={key: law for key, law in facts.national.items() if key != there})
    found = direction(compare_offence(fewer, offence, (here, there)), here, there)
    assert found.verdict in {UNKNOWN, NOTHING_PUNISHED}


@SETTINGS
@given(st.sampled_from(STATES), st.sampled_from(OFFENCES), st.data())
def test_a_conduct_that_is_silent_is_never_met(facts: Facts, state: str, offence: str, data: st.DataObject) -> None:
    """Leaving out a fact never turns unknown or not met into met."""
    rows = punishing(facts.national[state].offences.get(offence, ()))
    if not rows:
        return
    row = data.draw(st.sampled_from(rows))
    assert row.elements is not None
    asked = row.elements
    shown = (*asked.all, *(group[0] for group in asked.any))
    kept = tuple(data.draw(st.lists(st.sampled_from(shown or ("intent",)), unique=True)))
    whole = Conduct((asked.act[0],), asked.object[:1], shown)
    part = Conduct(whole.acts, whole.objects, kept)
    if try_provision(asked, part, facts).truth is True:
        assert try_provision(asked, whole, facts).truth is True


def test_a_conduct_without_an_object_leaves_it_open(facts: Facts) -> None:
    said = Conduct(("access",), (), ("without-right", "intent"))
    answer = dual_criminality(facts, "DE", "NL", "illegal-access", said)
    assert answer.met is None
    assert answer.to_show == ("computer-system",)
    assert "a computer system" in answer.reason.en
    assert "计算机系统" in answer.reason.zh


@pytest.mark.parametrize(
    ("shown", "asked", "truth"),
    [
        ("threshold-count:600 other-credential-sets", "threshold-count:500 other-credential-sets", True),
        ("threshold-count:400 other-credential-sets", "threshold-count:500 other-credential-sets", False),
        ("threshold-count:600 systems", "threshold-count:500 other-credential-sets", None),
        ("threshold-amount:CNY 5000 gain", "threshold-amount:CNY 5000 gain", True),
        ("threshold-amount:USD 5000 gain", "threshold-amount:CNY 5000 gain", None),
        ("threshold-amount:CNY 9000 loss", "threshold-amount:CNY 5000 gain", None),
        ("age-under:14", "age-under:18", True),
        ("age-under:18", "age-under:14", None),
        ("intent", "intent", None),
    ],
)
def test_what_was_measured_reaches_a_threshold_of_the_same_kind_only(
    shown: str, asked: str, truth: bool | None
) -> None:
    assert reaches(shown, asked) is truth


@pytest.mark.parametrize(("sets", "met"), [(500, True), (600, True), (400, None)])
def test_the_number_of_credentials_decides_in_china(facts: Facts, sets: int, met: bool | None) -> None:
    shown = ("without-right", "intent", "against-state-rules", "serious-circumstances")
    conduct = Conduct(("obtain-data",), ("computer-system",), (*shown, f"threshold-count:{sets} other-credential-sets"))
    assert dual_criminality(facts, "SE", "CN", "illegal-access", conduct).met is met


def test_a_conduct_is_judged_in_each_state(facts: Facts) -> None:
    conduct = Conduct(
        ("access",), ("computer-system",), ("without-right", "intent", "knowledge"), ("security-measure-infringed",)
    )
    answer = criminality(facts, "illegal-access", ("GB", "DE", "BT"), conduct)
    assert answer.met is False
    assert [item.answer.met for item in answer.judged] == [True, False, None]
    assert criminality(facts, "illegal-access", ("GB", "BT"), conduct).met is None
    assert criminality(facts, "illegal-access", ("GB", "NL"), conduct).met is True
    value = criminality_json(answer, facts, "zh")
    assert value["conduct"] == {
        "acts": ["access"],
        "objects": ["computer-system"],
        "facts": ["without-right", "intent", "knowledge"],
        "not": ["security-measure-infringed"],
    }


@pytest.mark.parametrize(
    ("conduct", "words"),
    [
        (Conduct(("acces",)), "'acces' is no element"),
        (Conduct(("computer-system",)), "is no act but of the kind object"),
        (Conduct(("access",), ("intent",)), "is no object but of the kind mens-rea"),
        (Conduct(("access",), (), ("threshold-count",)), "is no element"),
        (Conduct(("access",), (), ("intent:9",)), "is no element"),
    ],
)
def test_an_element_that_nobody_knows_is_refused(facts: Facts, conduct: Conduct, words: str) -> None:
    with pytest.raises(UnknownElementError, match=words) as caught:
        criminality(facts, "illegal-access", ("GB", "DE"), conduct)
    assert caught.value.remedy or "kind" in words


def test_the_refusal_names_what_looks_like_it(facts: Facts) -> None:
    with pytest.raises(UnknownElementError) as caught:
        criminality(facts, "illegal-access", ("GB", "DE"), Conduct(("access",), ("computer-systm",)))
    assert "computer-system" in caught.value.remedy


@pytest.mark.parametrize(
    ("conduct", "words"),
    [(Conduct(()), "names no act"), (Conduct(("access",), (), ("intent",), ("intent",)), "both to hold and not")],
)
def test_a_conduct_that_contradicts_itself_is_refused(facts: Facts, conduct: Conduct, words: str) -> None:
    with pytest.raises(UnusableQuestionError, match=words):
        criminality(facts, "illegal-access", ("GB", "DE"), conduct)


@pytest.mark.parametrize(
    ("offence", "states", "words"),
    [
        ("hacking", ("GB", "DE"), "no offence"),
        ("illegal-access", ("GB", "XX"), "no state"),
        ("illegal-access", ("GB",), "1 states"),
        ("illegal-access", ("GB", "GB"), "1 states"),
        ("illegal-access", STATES, "18 states"),
    ],
)
def test_what_cannot_be_compared_is_refused(facts: Facts, offence: str, states: tuple[str, ...], words: str) -> None:
    with pytest.raises(UnusableQuestionError, match=words):
        compare_offence(facts, offence, states)


def test_every_element_has_words_in_both_languages_in_every_comparison(facts: Facts) -> None:
    for offence in facts.codes.offences:
        value = comparison_json(compare_offence(facts, offence, STATES[:6]), facts, "zh")
        elements = value["elements"]
        assert isinstance(elements, list)
        for line in elements:
            assert line["words"] != line["element"], line
            assert any("一" <= sign <= "鿿" for sign in line["words"]), line
