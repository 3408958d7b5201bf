from xml.etree import ElementTree

import pytest
from django.utils import translation

from comity.sites.desk.pictures.custody import Link, draw_chain, lanes
from comity.sites.desk.templatetags import comity as tags

HERE, THERE = "gh/practice-prosecutor", "fr/practice-hosting"


@pytest.mark.parametrize("code", tags.BADGES)
def test_a_state_has_a_shape_a_word_and_a_colour(code: str) -> None:
    for language in ("en", "zh-hans"):
        with translation.override(language):
            badge = ElementTree.fromstring(tags.badge(code))
        assert "tone-" in str(badge.get("class"))
        shape = badge[0]
        assert shape.get("aria-hidden") == "true"
        assert (shape.text or "").strip()
        assert (shape.tail or "").strip()


def test_no_two_verdicts_share_a_shape() -> None:
    shapes = [tags.BADGES[code][1] for code in ("open", "conditional", "unknown", "closed")]
    assert len(set(shapes)) == 4


def test_a_word_from_a_partner_is_never_markup() -> None:
    assert "<script>" not in tags.badge("open", "<script>alert(1)</script>")
    assert "<script>" not in tags.digest('"><script>')


def test_every_office_has_its_lane_in_the_order_of_the_chain() -> None:
    assert lanes([Link(THERE), Link(THERE), Link(HERE)]) == {THERE: 0, HERE: 1}


def test_the_picture_draws_each_event_and_joins_it_to_the_one_before() -> None:
    first, second, third = (
        ElementTree.fromstring(row) for row in draw_chain([Link(THERE), Link(HERE, ours=True), Link(HERE, ours=True)])
    )
    assert [len(row.findall("circle")) for row in (first, second, third)] == [1, 1, 1]
    assert first.find("path") is None, "nothing comes before the first"
    assert second.find("path") is not None
    assert second.find("path").get("d").startswith("M11 0"), "it comes from the lane of the office before"  # type: ignore[union-attr]
    assert third.find("line") is None, "nothing goes on after the last"


def test_a_gap_is_drawn_otherwise_than_a_link() -> None:
    _first, second = draw_chain([Link(THERE), Link(HERE, gap=True)])
    assert "p-gap" in second
    assert "p-line" not in second
