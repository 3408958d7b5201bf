"""Paths in lists: whatever a disk holds can be named, nothing that a list names can do harm."""

import os
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.evidence.paths import (
    HostilePathError,
    PathBook,
    check_path,
    decode_path,
    encode_path,
    encode_path_fully,
    is_too_long,
    sameness,
)

NAMES = st.binary(min_size=1, max_size=40).filter(
    lambda name: not {0, ord("/")} & set(name) and name not in (b".", b"..")
)
BYTES = (
    b"CON",
    b"aux.txt",
    b"nul",
    b"LPT1.log",
    b"a:b",
    b"a\\b",
    b"..\\..\\x",
    b"%2F",
    b"%",
    b"100%",
    b"dot.",
    b"space ",
    b"\xff\xfe",
)
TEXTS = ("e\u0301.txt", "é.txt", "\u202egpj.exe", "line\nbreak", "证据.pdf")
TRICKY_NAMES = st.one_of(NAMES, st.sampled_from([*BYTES, *(text.encode() for text in TEXTS)]))
CLASHING = st.sampled_from([text.encode() for text in ("a", "A", "aB", "AB", "ß", "ss", "é", "e\u0301")])
HOSTILE = (
    (
        "",
        "/etc/passwd",
        "../x",
        "a/../b",
        "a/..",
        ".",
        "./a",
        "a//b",
        "a/",
        "a\\b",
        "C:/x",
        "c:x",
        "\\\\host\\x",
        "con",
        "a/NUL.txt",
    ),
    (
        "com1",
        "a\0b",
        "a\nb",
        "a\x7f",
        "x.",
        "x ",
        "a/x./b",
        "%2e",
        "%2E%2E",
        "%2F",
        "a%2Fb",
        "%00",
        "%",
        "%zz",
        "50%",
        "\ud800",
    ),
    (
        "\u202egpj.exe",
        "a" * 256,
        "/".join(["abcdefgh"] * 400),
        "AUX",
        "lpt9.log",
        "conin$",
        "CON .txt",
        "a?b",
        "a*b",
        'a"b',
        "a|b",
    ),
)
PATHS = st.lists(TRICKY_NAMES, min_size=1, max_size=5).map(b"/".join)


@given(raw=PATHS)
def test_every_path_can_be_named_and_had_back(raw: bytes) -> None:
    for path in (encode_path(raw), encode_path_fully(raw)):
        assert decode_path(path) == raw
        if not is_too_long(path):
            check_path(path)


@given(raw=PATHS)
def test_a_named_path_stays_in_its_folder_on_every_system(raw: bytes) -> None:
    path = encode_path(raw)
    assert not PurePosixPath(path).is_absolute()
    assert ".." not in PurePosixPath(path).parts
    windows = PureWindowsPath(path)
    assert (windows.drive, windows.root) == ("", "")
    assert windows.parts == PurePosixPath(path).parts
    assert not any(part.endswith((".", " ")) for part in windows.parts)


def test_ordinary_names_stay_as_they_are() -> None:
    for name in ("report.pdf", "证据/截图 1.png", "Ordner/Übersicht.docx", "a b/c-d_e+f(1).txt", ".hidden"):
        assert encode_path(name.encode()) == name


@pytest.mark.parametrize("path", [path for row in HOSTILE for path in row])
def test_a_hostile_path_is_refused(path: str) -> None:
    with pytest.raises(HostilePathError):
        check_path(path)


@given(raws=st.lists(st.lists(CLASHING, min_size=1, max_size=3).map(b"/".join), unique=True, max_size=12))
def test_no_two_files_get_paths_that_some_system_takes_for_the_same(raws: list[bytes]) -> None:
    raws = [raw for raw in raws if not any(other.startswith(raw + b"/") for other in raws)]  # a disk cannot hold both
    book = PathBook()
    paths = [book.assign(raw) for raw in raws]
    assert [decode_path(path) for path in paths] == raws
    keys = [sameness(path) for path in paths]
    assert len(set(keys)) == len(keys)
    assert not any(other.startswith(key + "/") for key in keys for other in keys)


def test_a_name_that_is_not_utf8_comes_back_as_the_system_had_it() -> None:
    name = os.fsencode("pi\udcf1ata.txt")
    assert encode_path(name) == "pi%F1ata.txt"
    assert decode_path("pi%F1ata.txt") == name
