"""Offices as the directory publishes them."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from comity.acts.canonical import canonical
from comity.acts.office import Office, OfficeCertificate
from comity.exchange.offices import (
    MAX_BYTES,
    MalformedOfficeError,
    UnpublishableOfficeError,
    decode_office,
    encode_office,
)

MakeOffice = Callable[..., Office]
WORDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)
INSTANTS = st.integers(0, 4_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


def value_of(office: Office) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(encode_office(office))
    return value


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    names=st.dictionaries(st.sampled_from(["en", "zh", "fr", "ar-EG"]), WORDS, min_size=1),
    times=st.tuples(INSTANTS, INSTANTS, st.none() | INSTANTS),
    keys=st.lists(st.binary(min_size=1216, max_size=1216), max_size=2, unique=True),
)
def test_an_office_survives_the_round_trip(
    office: MakeOffice, names: dict[str, str], times: tuple[datetime, datetime, datetime | None], keys: list[bytes]
) -> None:
    certificate = OfficeCertificate(office("gh/x").certificates[0].der, *times)
    made = office("gh/x", names=names, certificates=(certificate,), envelope_keys=tuple(keys))
    assert decode_office(encode_office(made)) == made


def test_members_that_this_version_does_not_know_survive(office: MakeOffice) -> None:
    data = canonical({**value_of(office("gh/x")), "holidays": ["2026-12-25"]})
    read = decode_office(data)
    assert read.extra == {"holidays": ["2026-12-25"]}
    assert encode_office(read) == data


def test_an_office_with_only_its_names_is_enough() -> None:
    plain = Office("gh/x", "GH", {"en": "X"}, languages=())
    assert decode_office(encode_office(plain)) == plain


def test_the_published_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(json.loads(files("comity.exchange").joinpath("office.schema.json").read_bytes()))


DEFECTS: dict[str, Callable[[dict[str, Any]], object]] = {
    "not an object": lambda value: [value],
    "another schema": lambda value: {**value, "schema": "comity-office/2"},
    "no names": lambda value: {**value, "names": {}},
    "id with a path trick": lambda value: {**value, "id": "gh/../fr"},
    "id of another state": lambda value: {**value, "id": "fr/x"},
    "state that is none": lambda value: {**value, "state": "gh"},
    "empty list": lambda value: {**value, "actors": []},
    "measure that is no code": lambda value: {**value, "measures": ["Preserve!"]},
    "envelope key too short": lambda value: {**value, "envelope_keys": ["AAAA"]},
    "base64 with stray bits": lambda value: {**value, "envelope_keys": ["A" * 1621 + "B=="]},
    "certificate that is none": lambda value: {**value, "certificates": [{**value["certificates"][0], "der": "AAAA"}]},
    "certificate with more": lambda value: {**value, "certificates": [{**value["certificates"][0], "note": "x"}]},
    "thirtieth of February": lambda value: {
        **value,
        "certificates": [{**value["certificates"][0], "valid_from": "2026-02-30T00:00:00Z"}],
    },
    "instant with an offset": lambda value: {
        **value,
        "certificates": [{**value["certificates"][0], "valid_from": "2026-02-03T00:00:00+01:00"}],
    },
    "address that is a script": lambda value: {**value, "url": "javascript:alert(1)"},
    "ledger key that is none": lambda value: {**value, "ledger_key": "key"},
}


@pytest.mark.parametrize("defect", DEFECTS)
def test_an_entry_with_a_defect_is_refused(office: MakeOffice, defect: str) -> None:
    value = value_of(office("gh/x"))
    decode_office(canonical(value))
    with pytest.raises(MalformedOfficeError):
        decode_office(canonical(DEFECTS[defect](value)))


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"\xff", b'{"a":1,"a":1}', b'{ "schema":1}', b"[" * 100 + b"]" * 100, b" " * (MAX_BYTES + 1)],
    ids=["empty", "cut", "not UTF-8", "key twice", "space", "deep", "huge"],
)
def test_what_is_not_canonical_json_is_refused(data: bytes) -> None:
    with pytest.raises(MalformedOfficeError):
        decode_office(data)


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_a_changed_entry_is_refused_or_says_something_else(office: MakeOffice, at: int, bit: int) -> None:
    data = bytearray(encode_office(office("gh/x")))
    data[at % len(data)] ^= 1 << bit
    try:
        read = decode_office(bytes(data))
    except MalformedOfficeError:
        return
    assert read != office("gh/x")


def test_an_office_that_nobody_could_read_is_not_published(office: MakeOffice) -> None:
    with pytest.raises(UnpublishableOfficeError, match="envelope_keys"):
        encode_office(office("gh/x", envelope_keys=(b"short",)))
