"""Exhibit lists: canonical, the same on both sides, and refused when anything in them is off."""

import contextlib
import hashlib
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.acts.act import ExhibitListRef
from comity.acts.canonical import NotCanonicalError, canonical
from comity.errors import PeerError
from comity.evidence.exhibit import (
    MAX_EXHIBITS,
    Exhibit,
    MalformedListError,
    UnknownPathError,
    decode_list,
    list_fits,
    make_list,
    part_count,
)
from comity.evidence.paths import HostilePathError


def sha(text: object) -> str:
    return hashlib.sha256(str(text).encode()).hexdigest()


@st.composite
def exhibit_lists(draw: st.DrawFn) -> Any:
    part_size = draw(st.integers(1, 100))
    names = draw(st.lists(st.from_regex(r"[b-m]{1,6}(/[o-z]{1,6}){0,2}", fullmatch=True), unique=True, max_size=8))
    names = [name for name in names if not any(other.startswith(name + "/") for other in names)]
    exhibits = []
    for name in names:
        size = draw(st.integers(0, 500))
        parts = tuple(sha((name, index)) for index in range(part_count(size, part_size)))
        exhibits.append(Exhibit(name, size, sha(name), parts if size > part_size else ()))
    return make_list(draw(st.text("abc 案", max_size=10)), exhibits, part_size=part_size)


@given(exhibits=exhibit_lists())
@settings(max_examples=50)
def test_a_list_comes_back_as_it_was_and_keeps_its_digest(exhibits: Any) -> None:
    data = exhibits.encode()
    assert decode_list(data) == exhibits
    assert exhibits.sha256 == hashlib.sha256(data).hexdigest() == decode_list(data).sha256


def valid() -> dict[str, Any]:
    parts = [sha(0), sha(1)]
    return {
        "schema": "comity-exhibits/1",
        "title": "disk 1",
        "part_size": 10,
        "exhibits": [
            {"path": "a/image.dd", "size": 11, "sha256": sha("image"), "parts": parts},
            {"path": "b.txt", "size": 3, "sha256": sha("b")},
        ],
    }


def test_the_example_is_valid_and_unknown_members_survive() -> None:
    value = {**valid(), "hint": {"x": 1}}
    exhibits = decode_list(canonical(value))
    assert exhibits.extra == {"hint": {"x": 1}}
    assert exhibits.encode() == canonical(value)
    assert exhibits.ref() == ExhibitListRef(exhibits.sha256, 2, 14)


def broken(change: Any) -> bytes:
    value = valid()
    change(value)
    return canonical(value)


CHANGES: dict[str, Any] = {
    "another schema": lambda v: v.update(schema="comity-exhibits/2"),
    "a title of two lines": lambda v: v.update(title="a\nb"),
    "no title": lambda v: v.pop("title"),
    "a part size of zero": lambda v: v.update(part_size=0),
    "a huge part size": lambda v: v.update(part_size=2**40),
    "a part size that is true": lambda v: v.update(part_size=True),
    "exhibits that are no list": lambda v: v.update(exhibits={}),
    "an exhibit that is text": lambda v: v["exhibits"].append("x"),
    "an unknown member in an exhibit": lambda v: v["exhibits"][1].update(url="file:///etc/passwd"),
    "a path that is a number": lambda v: v["exhibits"][1].update(path=7),
    "a negative size": lambda v: v["exhibits"][1].update(size=-1),
    "a size that is a fraction": lambda v: v["exhibits"][1].update(size=1.5),
    "a digest in capitals": lambda v: v["exhibits"][1].update(sha256=sha("b").upper()),
    "a short digest": lambda v: v["exhibits"][1].update(sha256="ab"),
    "too few parts": lambda v: v["exhibits"][0].update(parts=[sha(0)]),
    "too many parts": lambda v: v["exhibits"][0].update(parts=[sha(0)] * 3),
    "no parts where there must be": lambda v: v["exhibits"][0].pop("parts"),
    "parts of a small exhibit": lambda v: v["exhibits"][1].update(parts=[sha("b")]),
    "empty parts": lambda v: v["exhibits"][1].update(parts=[]),
    "an order that is not by path": lambda v: v["exhibits"].reverse(),
    "a path twice": lambda v: v["exhibits"].append(dict(v["exhibits"][1])),
    "a path that differs in case only": lambda v: v["exhibits"].insert(0, {**v["exhibits"][1], "path": "B.TXT"}),
    "a file where a folder is": lambda v: v["exhibits"].insert(0, {"path": "a", "size": 0, "sha256": sha("")}),
    "one digest with two sizes": lambda v: v["exhibits"].append({"path": "c", "size": 4, "sha256": sha("b")}),
    "sizes beyond any store": lambda v: v["exhibits"][1].update(size=2**53 - 1),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_list_with_one_defect_is_refused(change: Any) -> None:
    with pytest.raises(MalformedListError):
        decode_list(broken(change))


@pytest.mark.parametrize("path", ["../b", "/b", "b\\c", "nul", "C:b", "b\n"])
def test_a_list_with_a_hostile_path_is_refused(path: str) -> None:
    with pytest.raises(HostilePathError):
        decode_list(broken(lambda value: value["exhibits"][1].update(path=path)))


def test_json_that_is_not_canonical_is_refused() -> None:
    with pytest.raises(NotCanonicalError):
        decode_list(json.dumps(valid(), indent=1).encode())
    with pytest.raises(NotCanonicalError):
        decode_list(b"[" * 100)


@given(at=st.integers(0), bit=st.integers(0, 7))
@settings(max_examples=200)
def test_no_flipped_bit_gives_the_same_list(at: int, bit: int) -> None:
    data = bytearray(canonical(valid()))
    data[at % len(data)] ^= 1 << bit
    with contextlib.suppress(PeerError):
        assert decode_list(bytes(data)).sha256 != decode_list(canonical(valid())).sha256


def test_a_selection_is_a_list_of_its_own_with_the_same_exhibits() -> None:
    exhibits = decode_list(canonical(valid()))
    chosen = exhibits.select(["b.txt"])
    assert chosen.exhibits == (exhibits.exhibits[1],)
    assert chosen.sha256 != exhibits.sha256
    with pytest.raises(UnknownPathError):
        exhibits.select(["b.txt", "c.txt"])


def test_a_long_list_keeps_its_limits_before_anything_is_read() -> None:
    assert list_fits([("a", 1)] * MAX_EXHIBITS, 10)
    assert not list_fits([("a", 1)] * (MAX_EXHIBITS + 1), 10)
    assert not list_fits([("image", 10**9)], 100)
