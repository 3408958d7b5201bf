"""A file of the lawbook means one thing, and a hostile one costs no more than its size."""

import time

import pytest

from comity.law.facts import MalformedLawError
from comity.lawbook.documents import LARGEST, RefusedDocumentError, parse_document

BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
REFUSED = {
    "a key twice": ("a: 1\nb: 2\na: 3\n", "line 3, column 1 the key 'a' stands twice"),
    "a key twice, deep down": ("a: {b: {c: 1, c: 2}}\n", "the key 'c' stands twice"),
    "an alias": ("a: &x [1]\nb: *x\n", "an alias repeats"),
    "a bomb of aliases": (BOMB, "an alias repeats"),
    "a merged key": ("a: &x {b: 1}\nc:\n  <<: *x\n", "'tag:yaml.org,2002:merge' has no place here"),
    "a list that holds itself": ("a: &x [*x]\n", "alias"),
    "a key that is no word": ("NO: Norway\n", "the key is read as False, not as a word"),
    "a number as key": ("29: x\n", "the key is read as 29"),
    "a list as key": ("[a]: x\n", "not as a word"),
    "an object": ("a: !!python/object/apply:os.getcwd []\n", "has no place here"),
    "a set": ("a: !!set {x, y}\n", "has no place here"),
    "an octal number": ("a: 010\n", "two ways"),
    "a time of day": ("a: 12:30\n", "two ways"),
    "digits in groups": ("a: 1_000\n", "two ways"),
    "infinity": ("a: .inf\n", "two ways"),
    "a number without end": ("a: " + "9" * 5000, "two ways"),
}


@pytest.mark.parametrize(("text", "words"), REFUSED.values(), ids=REFUSED)
def test_what_can_be_read_in_two_ways_or_grows_is_refused(text: str, words: str) -> None:
    started = time.perf_counter()
    with pytest.raises(RefusedDocumentError) as raised:
        parse_document(text.encode(), "some.yaml")
    assert words in raised.value.diagnostics()
    assert raised.value.where == "some.yaml"
    assert raised.value.remedy
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize(
    "data",
    [b"", b"- a\n", b"a: [", b"\xff\xfe\xfa", b"a: 1\n---\nb: 2\n", b"a: \x00", b"{" * 50_000, b"[" * 50_000, b"- " * 50_000, b"a: " + b"[" * 100 + b"]" * 100],
    ids=["nothing", "a list", "cut off", "no text", "two documents", "a zero", "braces", "brackets", "dashes", "depth"],
)  # fmt: skip
def test_what_is_no_document_is_refused_and_never_a_crash(data: bytes) -> None:
    with pytest.raises(MalformedLawError):
        parse_document(data, "some.yaml")


def test_a_huge_file_is_not_even_read() -> None:
    with pytest.raises(RefusedDocumentError, match="are not read"):
        parse_document(b"a: " + b"x" * LARGEST, "some.yaml")


def test_days_stay_as_they_were_written_and_words_are_what_they_seem() -> None:
    found = parse_document(b"a: 2026-11-24\nb: '2026-11-24'\nc: 18\nd: ~\ne: yes\nf: 'NO'\ng: 29.7\nh: -1", "x")
    assert found == {
        "a": "2026-11-24", "b": "2026-11-24", "c": 18, "d": None, "e": True, "f": "NO", "g": 29.7, "h": -1,
    }  # fmt: skip
