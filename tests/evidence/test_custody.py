"""Custody: events say who held what and when; a chain that does not hold together says where."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.acts.act import Text
from comity.acts.canonical import NotCanonicalError, canonical, parse_canonical
from comity.evidence.chain import check_chain
from comity.evidence.custody import CustodyEvent, MalformedCustodyError, decode_event
from comity.evidence.exhibit import Exhibit, make_list

T0 = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
PROVIDER, AUTHORITY, PROSECUTOR = "fr/provider-desk", "fr/central-authority", "gh/practice-prosecutor"
WHOLE = make_list("mailbox", [Exhibit("a", 1, "a" * 64), Exhibit("b", 2, "b" * 64)])
CHOSEN = WHOLE.select(["a"])


def event(kind: str, office: str, hour: int, previous: CustodyEvent | None = None, **more: Any) -> CustodyEvent:
    return CustodyEvent(
        kind=kind,
        list=more.pop("list", WHOLE.sha256),
        office=office,
        at=T0 + timedelta(hours=hour),
        tool="comity 0.1.0",
        previous=previous.sha256 if previous else None,
        **more,
    )


ACQUIRED = event("acquired", PROVIDER, 0, note=Text("mailbox export", "en"))
CHECKED = event("checked", PROVIDER, 1, ACQUIRED)
GIVEN = event("handed-over", PROVIDER, 2, CHECKED, to=AUTHORITY, dossier="d" * 64)
TAKEN = event("received", AUTHORITY, 3, GIVEN)
GIVEN_ON = event("handed-over", AUTHORITY, 4, TAKEN, to=PROSECUTOR)
AT_HOME = event("received", PROSECUTOR, 5, GIVEN_ON)
PACKED = event("packaged", PROSECUTOR, 6, AT_HOME)
KEPT = event("checked", PROVIDER, 30, GIVEN)
CHAIN = (ACQUIRED, CHECKED, GIVEN, TAKEN, GIVEN_ON, AT_HOME, PACKED, KEPT)


def codes(*events: CustodyEvent, **lists: Any) -> list[str]:
    return [gap.code for gap in check_chain(events, **lists)]


@pytest.mark.parametrize("original", CHAIN, ids=lambda each: each.kind)
def test_an_event_comes_back_as_it_was_and_keeps_its_digest(original: CustodyEvent) -> None:
    assert decode_event(original.encode()) == original
    assert decode_event(original.encode()).sha256 == original.sha256


def test_members_of_a_later_version_survive() -> None:
    value: Any = parse_canonical(TAKEN.encode())
    data = canonical({**value, "seal_number": "A-17"})
    assert decode_event(data).extra == {"seal_number": "A-17"}
    assert decode_event(data).encode() == data


CHANGES: dict[str, Any] = {
    "another schema": {"schema": "comity-custody/2"},
    "an unknown kind": {"kind": "lost"},
    "a list that is no digest": {"list": "mailbox"},
    "an office that is no office": {"office": "FR"},
    "a time that is none": {"at": "yesterday"},
    "a time in another zone": {"at": "2026-03-01T09:00:00+01:00"},
    "a tool that is a number": {"tool": 1},
    "a previous event that is no digest": {"previous": "0"},
    "a note without its language": {"note": {"text": "x"}},
    "an empty note": {"note": {"text": "", "language": "en"}},
    "a receipt that says to whom": {"to": PROSECUTOR},
    "a kind that is a list": {"kind": ["received"]},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_an_event_with_one_defect_is_refused(change: dict[str, object]) -> None:
    value: Any = parse_canonical(TAKEN.encode())
    with pytest.raises(MalformedCustodyError):
        decode_event(canonical({**value, **change}))


def test_a_hand_over_to_nobody_a_lack_and_loose_json_are_refused() -> None:
    value: Any = parse_canonical(GIVEN.encode())
    for name in ("to", "kind", "list", "office", "at", "tool", "schema"):
        with pytest.raises(MalformedCustodyError):
            decode_event(canonical({each: kept for each, kept in value.items() if each != name}))
    with pytest.raises(NotCanonicalError):
        decode_event(b" " + GIVEN.encode())


def test_an_unbroken_chain_has_no_gaps() -> None:
    assert check_chain(CHAIN) == ()
    assert check_chain(()) == ()


@given(order=st.permutations(CHAIN), twice=st.lists(st.sampled_from(CHAIN), max_size=3), gone=st.sampled_from(CHAIN))
def test_order_and_repetition_do_not_matter(
    order: list[CustodyEvent], twice: list[CustodyEvent], gone: CustodyEvent
) -> None:
    assert check_chain([*order, *twice]) == ()
    left = [each for each in order if each != gone]
    assert check_chain(left) == check_chain([each for each in CHAIN if each != gone])


def test_each_gap_is_found_and_named() -> None:
    assert codes(CHECKED, GIVEN, TAKEN) == ["missing-previous"]
    assert codes(ACQUIRED, CHECKED, GIVEN) == ["not-received"]
    assert codes(event("checked", PROVIDER, 0)) == ["no-beginning"]
    assert codes(ACQUIRED, event("acquired", PROVIDER, 1)) == ["two-beginnings"]
    assert codes(ACQUIRED, event("acquired", PROVIDER, 1, ACQUIRED)) == ["two-beginnings"]
    assert codes(ACQUIRED, event("checked", PROVIDER, -1, ACQUIRED)) == ["time-backwards"]
    assert codes(ACQUIRED, event("checked", "fr/other-desk", 1, ACQUIRED)) == ["wrong-office"]
    assert codes(ACQUIRED, event("received", AUTHORITY, 1, ACQUIRED)) == ["not-handed-over"]
    assert codes(ACQUIRED, CHECKED, event("packaged", PROVIDER, 2, ACQUIRED)) == ["fork"]


def test_a_receipt_by_another_office_is_two_gaps() -> None:
    stolen = event("received", "xx/eve", 3, GIVEN)
    assert codes(ACQUIRED, CHECKED, GIVEN, stolen) == ["not-received", "wrong-office"]
    assert "fork" in codes(ACQUIRED, CHECKED, GIVEN, TAKEN, stolen)


def test_a_selection_is_followed_when_both_lists_are_at_hand() -> None:
    given = event("handed-over", PROVIDER, 2, ACQUIRED, to=AUTHORITY, list=CHOSEN.sha256)
    taken = event("received", AUTHORITY, 3, given, list=CHOSEN.sha256)
    lists = {WHOLE.sha256: WHOLE, CHOSEN.sha256: CHOSEN}
    assert codes(ACQUIRED, given, taken, lists=lists) == []
    assert codes(ACQUIRED, given, taken) == ["other-list"]
    grown = event("checked", AUTHORITY, 4, taken)
    assert codes(ACQUIRED, given, taken, grown, lists=lists) == ["other-list"]


def test_a_changed_event_breaks_the_chain_after_it() -> None:
    changed = replace(CHECKED, note=Text("added later", "en"))
    assert "missing-previous" in codes(ACQUIRED, changed, GIVEN, TAKEN)
