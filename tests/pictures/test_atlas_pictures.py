"""The pictures of the atlas: sound SVG that stands alone and says everything in words too."""

import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from comity.law.atlas import Span, sheets, whole_world
from comity.law.atlas.reach import reach
from comity.lawbook import default_path, open_lawbook
from comity.lawbook.shapes import load_world
from comity.pictures.matrix import matrix
from comity.pictures.reach import pair_matrix, reach_map, state_matrix, states_matrix
from comity.pictures.verdicts import KINDS, SIGNS, Caption, Key, Mark
from comity.pictures.world import Outline, World, world_map

SVG = "{http://www.w3.org/2000/svg}"
NASTY = "<script>alert('1')</script> & \"Co\""
CAPTION = Caption(
    NASTY, (NASTY, "x" * 200), NASTY, (Key("open", NASTY), *(Key(kind, kind) for kind in KINDS)), (NASTY,)
)


BOOK = open_lawbook()


def say(term: str) -> str:
    kind, _, code = term.partition(":")
    return BOOK.wordbook.label(kind, code, "en")


@pytest.fixture(scope="module")
def span() -> Span:
    world = whole_world(BOOK.facts, date(2026, 11, 24), {"data_holder": "provider", "political": False})
    return replace(world, measures=("subscriber", "content"), offences=("illegal-access", "murder"))


def pictures(span: Span, language: str) -> dict[str, str]:
    one = replace(span, measures=("content",), offences=("illegal-access",))
    some = ("FR", "DE", "US", "KP")
    (sheet,) = sheets(replace(one, from_states=some, to_states=some))
    world = load_world(default_path())
    return {
        "map": reach_map(reach(one, "NO"), world, say, language),
        "pair": pair_matrix(list(sheets(replace(span, from_states=("NO",), to_states=("DE",)))), say, language),
        "state": state_matrix(list(sheets(replace(span, from_states=("NO",)))), say, language),
        "states": states_matrix(sheet, say, language),
    }


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_picture_is_sound_and_stands_alone(span: Span, language: str) -> None:
    for name, picture in pictures(span, language).items():
        assert_sound(picture, name)


def assert_sound(picture: str, name: str) -> None:
    root = ET.fromstring(picture)
    assert root.tag == f"{SVG}svg", name
    assert root.get("role") == "img"
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert set(str(root.get("aria-labelledby")).split()) <= set(ids)
    for element in root.iter():
        assert element.tag.removeprefix(SVG) not in {"script", "image", "foreignObject", "a", "use", "iframe"}
        for key, value in element.attrib.items():
            assert not key.startswith("on")
            assert "href" not in key
            assert "nan" not in value.lower().split()
    rest = picture.replace("http://www.w3.org/2000/svg", "")
    assert "http" not in rest
    assert {place for place in re.findall(r"url\(#([^)]+)\)", rest)} <= set(ids)
    assert not re.search(r"url\((?!#)", rest)


def test_every_state_of_the_lawbook_is_on_the_map_once(span: Span) -> None:
    facts = span.facts
    assert set(load_world(default_path()).states) == set(facts.states)
    root = ET.fromstring(pictures(span, "en")["map"])
    titles = [found.text or "" for found in root.iter(f"{SVG}title")][1:]
    assert len(titles) == len(facts.states)
    assert sorted(title.split(":")[0] for title in titles) == sorted(state.name.en for state in facts.states.values())


def test_a_state_says_its_verdict_and_days_in_words(span: Span) -> None:
    one = replace(span, measures=("content",), offences=("illegal-access",))
    picture = pictures(span, "en")["map"]
    cells = {each.state: each.cell for each in reach(one, "NO").others}
    for code in ("US", "AD", "KI"):
        name, cell = span.facts.states[code].name.en, cells[code]
        assert re.search(rf"<title>{re.escape(name)}: {cell.verdict}, about {cell.days} days, ", picture)


def test_a_verdict_is_a_pattern_a_sign_and_a_word() -> None:
    picture = matrix([("r", "row")], [("c", "column")], {("r", "c"): Mark("open", "5", "words")}, CAPTION)
    root = ET.fromstring(picture)
    patterns = {element.get("id") for element in root.iter(f"{SVG}pattern")}
    assert patterns == {f"matrix-{kind}" for kind in KINDS}
    assert len(set(SIGNS.values())) == len(KINDS)
    assert "words" in "".join(root.itertext())


def test_names_are_escaped_everywhere() -> None:
    mark = Mark("open", NASTY, NASTY)
    shape = Outline(10, 10, 20, "M0,0l9,0 0,9z")
    world = World(100, 50, {"AA": shape, "BB": Outline(3, 3), "CC": shape, "DD": Outline(4, 4)})
    drawn = world_map(world, {"AA": mark, "BB": mark}, CAPTION)
    tabled = matrix([("r", NASTY)], [("c", NASTY)], {("r", "c"): mark}, CAPTION)
    for picture in (drawn, tabled):
        assert_sound(picture, "nasty")
        assert NASTY in "".join(ET.fromstring(picture).itertext())


def test_two_pictures_on_one_page_do_not_share_ids() -> None:
    first, second = (matrix([], [], {}, CAPTION, prefix) for prefix in ("one", "two"))
    ids = [set(re.findall(r' id="([^"]+)"', picture)) for picture in (first, second)]
    assert not ids[0] & ids[1]


def test_the_outlines_are_small_enough_to_ship_and_inside_the_picture() -> None:
    path = default_path() / "shapes/world.json"
    assert path.stat().st_size < 300_000
    world = load_world(default_path())
    for code, outline in world.states.items():
        assert 0 <= outline.x <= world.width, code
        assert 0 <= outline.y <= world.height, code
