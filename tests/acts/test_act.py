import copy
import json
import re
from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from vectors.acts.random_acts import acts
from vectors.acts.samples import REFUSAL, REQUEST

from comity.acts.act import Act, MalformedActError, decode_act, encode_act, from_payload, to_payload
from comity.acts.canonical import NotCanonicalError, canonical
from comity.acts.checks import parse_instant, schema

VALIDATOR = Draft202012Validator(schema())


@given(acts)
@settings(max_examples=50, deadline=None)
def test_every_act_comes_back_from_its_bytes_as_it_was(act: Act) -> None:
    assert decode_act(encode_act(act)) == act


@given(acts)
@settings(max_examples=50, deadline=None)
def test_every_act_follows_the_published_schema(act: Act) -> None:
    assert VALIDATOR.is_valid(to_payload(act))


def test_the_published_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(dict(schema()))


def test_members_that_this_version_does_not_know_survive() -> None:
    payload = {**to_payload(REQUEST), "urgency": {"level": 3, "why": ["lives"]}}
    act = from_payload(payload)
    assert act.extra == {"urgency": {"level": 3, "why": ["lives"]}}
    assert to_payload(act) == payload


def test_an_act_that_was_not_told_its_dossier_opens_one() -> None:
    assert REQUEST.dossier_id == REQUEST.id
    assert REFUSAL.dossier_id == REQUEST.id


@pytest.mark.parametrize("data", [b"[]", b'"act"', b"1", b"null"])
def test_a_payload_that_is_no_object_is_malformed(data: bytes) -> None:
    with pytest.raises(MalformedActError):
        decode_act(data)


@pytest.mark.parametrize(
    "data", [b"", b"{", b'{"a":1,"a":1}', b'{"b":1,"a":1}', b'{ "a":1}', b'{"a":1.0}', b"[" * 40 + b"]" * 40, b"\xff"]
)
def test_bytes_that_are_not_canonical_are_refused(data: bytes) -> None:
    with pytest.raises(NotCanonicalError):
        decode_act(data)


def test_brackets_in_strings_do_not_count_as_nesting() -> None:
    act = replace(REQUEST, fields=MappingProxyType({"facts": '[[[[{{{{\\"[[' * 20}))
    assert decode_act(encode_act(act)) == act


BROKEN = {
    "schema": "comity-act/2",
    "procedure": "Budapest",
    "sender": "XA/Office",
    "made_at": "2026-02-30T09:12:00Z",
    "languages": [],
    "subject": {"text": "", "language": "en"},
    "reference": "",
    "parties": {},
    "dossier": "AB" * 32,
    "after": ["b" * 64, "a" * 64],
    "fields": {"Facts": 1},
    "exhibits": {"sha256": "a" * 64, "count": True, "bytes": 0},
    "concerns": [{"act": "a" * 64}],
    "drafted_by": {"name": "ana", "rank": "1"},
    "note": {"text": "bad\u0007", "language": "en"},
    "route": {"instrument": "budapest"},
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_member_of_another_shape_is_named_in_the_error(name: str) -> None:
    with pytest.raises(MalformedActError) as refused:
        from_payload({**to_payload(REQUEST), name: BROKEN[name]})
    assert refused.value.where.split(".")[0] == name
    assert refused.value.remedy


def test_an_empty_member_is_refused_because_it_would_not_survive() -> None:
    with pytest.raises(MalformedActError):
        from_payload({**to_payload(REQUEST), "fields": {"facts": None}})


JUNK = st.sampled_from(
    [
        None,
        True,
        0,
        -1,
        1.5,
        2**53,
        "",
        "x",
        "X",
        "a\tb",
        "a\nb",
        "\u202e",
        "\ue000",
        "é" * 401,
        "a" * 20_001,
        [],
        ["en", "en"],
        ["en"] * 5,
        {},
        {"text": "a"},
        {"a": {"b": "\x01"}},
        "a" * 64,
    ]
)


def _paths(value: object, path: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, member in members for found in _paths(member, (*path, key)))]


@given(st.sampled_from([REQUEST, REFUSAL]), st.data())
@settings(max_examples=150, deadline=None)
def test_parser_and_schema_give_the_same_answer_about_damaged_payloads(act: Act, data: st.DataObject) -> None:
    payload = copy.deepcopy(json.loads(encode_act(act)))
    path = data.draw(st.sampled_from([path for path in _paths(payload) if path]))
    holder = payload
    for key in path[:-1]:
        holder = holder[key]
    match data.draw(st.sampled_from(["replace", "remove", "add"])):
        case "replace":
            holder[path[-1]] = data.draw(JUNK)
        case "remove":
            del holder[path[-1]]
        case _ if isinstance(holder, dict):
            holder[data.draw(st.sampled_from(["more", "More", "a\nb", ""]))] = data.draw(JUNK)
    assert _parses(payload) == (VALIDATOR.is_valid(payload) and _beyond_the_schema(payload))


def _parses(payload: dict[str, object]) -> bool:
    try:
        from_payload(payload)
    except MalformedActError:
        return False
    return True


def _beyond_the_schema(payload: dict[str, object]) -> bool:
    """What the schema's description says in words."""
    after = payload.get("after", [])
    try:
        parse_instant(str(payload["made_at"]))
    except ValueError:
        return False
    return after == sorted(after)  # type: ignore[type-var]


def test_the_schema_and_the_code_refuse_the_same_characters() -> None:
    from comity.acts.characters import forbidden

    pattern = re.compile(str(schema()["$defs"]["words"]["pattern"]))  # type: ignore[index]
    for code in range(0x110000):
        if not 0xD800 <= code <= 0xDFFF:
            assert bool(forbidden(chr(code))) != bool(pattern.fullmatch(chr(code))), hex(code)


def test_numbers_beyond_what_readers_keep_exact_are_refused() -> None:
    with pytest.raises(NotCanonicalError):
        decode_act(canonical(to_payload(REQUEST)).replace(b'"mailboxes":3', b'"mailboxes":90071992547409931'))
