"""How strings on a page are read: each for itself, as every reader of PDF does."""

import pytest

from comity.acts.pdf_text import _words
from comity.acts.refusals import ActiveContentError

FONT = {0x0041: "A", 0x0042: "B", 0x0101: "forged", 0x5C28: "("}


def drawn(strings: bytes) -> str:
    return _words(b"BT /f0 9 Tf 0 Tr " + strings + b" ET", {b"f0": FONT})


@pytest.mark.parametrize("strings", [rb"[(\000A)-8(\000B)]TJ", rb"[<0041>(\000B)]TJ", rb"[(\000A\000B)]TJ"])
def test_strings_of_every_spelling_give_their_words(strings: bytes) -> None:
    assert drawn(strings) == "AB"


def test_an_escaped_backslash_and_parenthesis_are_one_glyph() -> None:
    assert drawn(rb"[(\\\()]TJ") == drawn(rb"[<5C28>]TJ") == "("


@pytest.mark.parametrize("strings", [rb"[(\0)(1\0)(1)]TJ", rb"[(\000)(A)]TJ"])
def test_a_digit_never_belongs_to_the_string_before(strings: bytes) -> None:
    with pytest.raises(ActiveContentError, match="half a glyph"):
        drawn(strings)


def test_an_octal_number_beyond_a_byte_is_refused_for_readers_cut_it() -> None:
    assert drawn(rb"[(\101\101)]TJ") == drawn(b"[<4141>]TJ")
    for strings in (rb"[(\400A)]TJ", rb"[(\000\777)]TJ"):
        with pytest.raises(ActiveContentError, match="unusual spelling"):
            drawn(strings)


def test_a_bare_carriage_return_that_readers_take_for_another_character_is_refused() -> None:
    with pytest.raises(ActiveContentError, match="unusual spelling"):
        drawn(b"[(\\000A\r)]TJ")
