import json
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from vectors.acts import tampering
from vectors.acts.generate import OPENED_AT, Bench, read_directory, vectors
from vectors.acts.random_acts import acts, texts
from vectors.acts.samples import BRIEF, NOW, REFUSAL, REQUEST, SENDER, WORDS, long_act

from comity.acts.act import Act, Text
from comity.acts.making import make_act
from comity.acts.opening import OpenedAct, open_act
from comity.acts.pdf_text import page_numbers
from comity.acts.refusals import (
    ActiveContentError,
    BadTimeStampError,
    RefusedActError,
    TextDiffersError,
    TooLargeError,
    WrongKeyError,
)
from comity.errors import PeerError

FOLDER = Path(__file__).parents[2] / "vectors/acts"
LISTED = json.loads((FOLDER / "vectors.json").read_text(encoding="utf-8"))
Open = Callable[[bytes], OpenedAct]


@pytest.fixture
def opened(offices: Bench) -> Open:
    return lambda pdf: open_act(pdf, offices.directory.get, WORDS, OPENED_AT)


@pytest.mark.parametrize("vector", LISTED["vectors"], ids=lambda vector: f"{vector['file']}-{vector['code']}")
def test_a_committed_vector_gets_its_verdict(vector: dict[str, str]) -> None:
    directory, at = read_directory(), datetime.fromisoformat(LISTED["opened_at"])
    data = (FOLDER / vector["file"]).read_bytes().ljust(int(vector.get("fill", 0)), b"\0")
    if vector["code"] is None:
        assert open_act(data, directory.get, WORDS, at).signed_at <= at
        return
    with pytest.raises(PeerError) as refused:
        open_act(data, directory.get, WORDS, at)
    assert refused.value.code == vector["code"]
    assert refused.value.remedy or vector["code"] == "not-canonical"


def test_vectors_made_with_new_keys_get_the_same_verdicts(offices: Bench, opened: Open) -> None:
    for vector in vectors(offices):
        verdict = None
        try:
            opened(vector.data)
        except PeerError as error:
            verdict = error.code
        assert verdict == vector.code, vector.name


@pytest.mark.parametrize("act", [REQUEST, REFUSAL, BRIEF], ids=["request", "refusal", "brief"])
def test_an_act_that_was_made_opens_and_says_what_was_said(act: Act, offices: Bench, opened: Open) -> None:
    found = opened(offices.act(act))
    assert (found.act, found.id, found.signed_at, found.office.id) == (act, act.id, NOW, act.sender)


@pytest.mark.parametrize(
    "languages",
    [("en", "zh", "ar"), ("ar", "en"), ("ru",), ("en", "zh", "fr", "es"), ("ja", "ko", "zh-Hant")],
    ids="-".join,
)
def test_acts_open_in_every_language(languages: tuple[str, ...], offices: Bench, opened: Open) -> None:
    act = replace(REQUEST, languages=languages)
    assert opened(offices.act(act)).act == act


def test_an_act_of_several_pages_opens(offices: Bench, opened: Open) -> None:
    assert opened(offices.act(long_act())).act == long_act()


def test_any_changed_byte_is_refused(offices: Bench, opened: Open) -> None:
    good = offices.act(BRIEF)
    opened(good)
    chance = random.Random(7)
    ends = [*range(120), *range(len(good) - 900, len(good))]
    signature = range(good.rindex(b"/Contents<"), good.rindex(b"/Contents<") + 4600)
    places = {*ends, *chance.sample(signature, 500), *chance.sample(range(len(good)), 400)}
    for place in sorted(places):
        bit = 1 << chance.randrange(8)
        with pytest.raises(PeerError):
            opened(good[:place] + bytes([good[place] ^ bit]) + good[place + 1 :])


def test_any_cut_is_refused(offices: Bench, opened: Open) -> None:
    good = offices.act(BRIEF)
    for length in random.Random(3).sample(range(len(good)), 60):
        with pytest.raises(PeerError):
            opened(good[:length])


@given(text=texts)
@settings(max_examples=40, deadline=None)
def test_whatever_people_write_opens_again(offices: Bench, text: str) -> None:
    fields = MappingProxyType({"facts": {"text": text, "language": "en"}, "server": text, "unknown_field": [text]})
    act = replace(BRIEF, fields=fields, note=Text(text, "ar"))
    assert open_act(offices.act(act), offices.directory.get, WORDS, OPENED_AT).act == act


@given(act=acts)
@settings(max_examples=25, deadline=None)
def test_any_act_that_can_be_made_opens_again(offices: Bench, act: Act) -> None:
    own = replace(act, sender=SENDER, made_at=NOW)
    assert open_act(offices.act(own), offices.directory.get, WORDS, OPENED_AT).act == own


def test_a_receiver_with_other_words_for_a_code_is_told_that_the_text_differs(offices: Bench) -> None:
    words = replace(WORDS, terms={**WORDS.terms, "measure:preserve": {"en": "Freezing of data"}})
    with pytest.raises(TextDiffersError) as refused:
        open_act(offices.act(BRIEF), offices.directory.get, words, OPENED_AT)
    assert "edition" in refused.value.remedy


def test_two_names_of_one_glyph_do_not_deceive_the_comparison_of_drawings(offices: Bench) -> None:
    """A forger with a valid key makes the shapes say what their names do not: the words compare equal, the pages do not look so."""

    def swap(layout: tampering.Layout, items: dict[int, tampering.Item]) -> None:
        first = next(number for number, item in sorted(items.items()) if b"/FontFile3" in item.value)
        other = next(
            number for number, item in sorted(items.items()) if b"/FontFile3" in item.value and number != first
        )
        items[first], items[other] = items[other], items[first]

    forged = offices.changed(swap)
    assert open_act(forged, offices.directory.get, WORDS, OPENED_AT).act == BRIEF
    with pytest.raises(TextDiffersError):
        open_act(forged, offices.directory.get, WORDS, OPENED_AT, compare_drawing=True)


def test_an_honest_act_passes_the_comparison_of_drawings(offices: Bench) -> None:
    for act in (BRIEF, replace(REQUEST, languages=("en", "zh", "ar"))):
        assert open_act(offices.act(act), offices.directory.get, WORDS, OPENED_AT, compare_drawing=True).act == act


def test_the_limit_on_size_can_be_set_lower(offices: Bench) -> None:
    with pytest.raises(TooLargeError):
        open_act(offices.act(BRIEF), offices.directory.get, WORDS, OPENED_AT, max_bytes=1000)


def test_a_time_stamp_from_the_future_is_refused(offices: Bench) -> None:
    with pytest.raises(BadTimeStampError):
        open_act(offices.act(BRIEF), offices.directory.get, WORDS, NOW - timedelta(minutes=6))


def test_an_old_certificate_still_opens_what_it_signed(offices: Bench) -> None:
    entry = offices.directory[SENDER]
    newer = offices.directory["xb/contact-point"]
    both = replace(
        entry,
        certificates=(*newer.certificates, *entry.certificates),
        time_certificates=(*newer.time_certificates, *entry.time_certificates),
    )
    assert open_act(offices.act(BRIEF), {**offices.directory, SENDER: both}.get, WORDS, OPENED_AT).office == both


def test_an_office_without_certificates_is_refused(offices: Bench) -> None:
    bare = replace(offices.directory[SENDER], certificates=())
    with pytest.raises(WrongKeyError):
        open_act(offices.act(BRIEF), {SENDER: bare}.get, WORDS, OPENED_AT)


def test_two_signatures_are_refused(offices: Bench, opened: Open) -> None:
    """The second one covers the whole file, as a counter-signature would."""
    once = offices.act(BRIEF)
    inner = once[once.index(b"%%EOF") + 6 :]
    with pytest.raises(RefusedActError):
        opened(once + inner)


@pytest.mark.parametrize(
    "member", [b"/AA<<>>", b"/Collection<<>>", b"/Perms<<>>", b"/Legal<<>>", b"/Threads[]", b"/OCProperties<<>>"]
)
def test_the_catalogue_has_nothing_that_the_typesetter_does_not_write(
    member: bytes, offices: Bench, opened: Open
) -> None:
    with pytest.raises(ActiveContentError):
        opened(offices.changed(tampering.in_catalogue(member)))


def test_making_refuses_what_a_receiver_would_refuse(offices: Bench) -> None:
    with pytest.raises(PeerError):
        make_act(replace(BRIEF, subject=Text("a\u202eb", "en")), offices.offices[SENDER].signer, WORDS, {})


def _cycle(layout: tampering.Layout, items: dict[int, tampering.Item]) -> None:
    items[1] = tampering.Item(b"<</Type/Pages/Count 1/Kids[1 0 R]>>")


def _crowd(layout: tampering.Layout, items: dict[int, tampering.Item]) -> None:
    page = items[page_numbers(layout)[0]]
    kids = range(layout.size, layout.size + 301)
    items.update(dict.fromkeys(kids, page))
    items[1] = tampering.Item(b"<</Type/Pages/Count 301/Kids[%s]>>" % b" ".join(b"%d 0 R" % kid for kid in kids))


def _drawn(instructions: bytes) -> Callable[[tampering.Layout, dict[int, tampering.Item]], None]:
    return tampering.drawn_first(lambda drawn: drawn + instructions)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (_cycle, "active-content"),
        (_crowd, "too-large"),
        (tampering.in_catalogue(b"/Lang(" + b"\\(" * 200_000), "active-content"),
        (tampering.in_catalogue(b"/Lang" + b"(" * 200_000 + b")" * 200_000), None),
        (tampering.payload_replaced(b'"' + b'\\"' * 500_000), "not-canonical"),
        (_drawn(b"(" * 300_000), "active-content"),
        (_drawn(b"[" + b"(a)-1.5" * 100_000 + b"(b(c)]TJ"), "active-content"),
        (_drawn(b"(a\\q)" * 50_000), "active-content"),
        (_drawn(b"1 " * 400_000), None),
        (_drawn(b" " * 17_000_000), "too-large"),
    ],
    ids=["cycle", "crowd", "escapes", "nested", "quotes", "open", "array", "unusual", "numbers", "blanks"],
)
def test_a_file_made_to_keep_the_reader_busy_gets_a_quick_verdict(
    change: Callable[[tampering.Layout, dict[int, tampering.Item]], None],
    code: str | None,
    offices: Bench,
    opened: Open,
) -> None:
    forged = offices.changed(change)
    if code is None:
        assert opened(forged).act == BRIEF
        return
    with pytest.raises(PeerError) as refused:
        opened(forged)
    assert refused.value.code == code
