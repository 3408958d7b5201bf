"""Envelopes: only the office that is meant opens them, and nothing about them can be changed on the way."""

import hashlib
import hmac
import os
import tracemalloc
import zlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import MLKEM768X25519PublicKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.acts.canonical import canonical, digest
from comity.acts.office import Office
from comity.errors import PeerError
from comity.exchange import envelope as module
from comity.exchange.envelope import (
    MAGIC,
    SUITE,
    DamagedEnvelopeError,
    EnvelopeTooLargeError,
    NoEnvelopeKeyError,
    NotAnEnvelopeError,
    NotForUsError,
    UnknownKeyError,
    addressee,
    open_envelope,
    seal,
)
from comity.exchange.keys import EnvelopeKey, UnusableEnvelopeKeyError, public_key
from comity.exchange.parcel import (
    KINDS,
    MAX_BYTES,
    MAX_ITEMS,
    PACKING_BYTES,
    Item,
    MalformedParcelError,
    Parcel,
    UnsendableParcelError,
    decode_parcel,
    encode_parcel,
    pack,
    unpack,
)

MakeOffice = Callable[..., Office]
US, SENDER = "gh/practice-prosecutor", "fr/liaison"
PARCEL = Parcel((Item("act", "request.pdf", b"%PDF-1.7 ..."), Item("exhibit-list", "list.json", b"{}")))

items = st.lists(
    st.builds(
        Item,
        st.sampled_from(KINDS),
        st.from_regex(r"[a-z0-9][a-z0-9._-]{0,20}", fullmatch=True),
        st.binary(max_size=300),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda item: item.name,
)


@pytest.fixture
def key(envelope_key: Callable[[str], EnvelopeKey]) -> EnvelopeKey:
    return envelope_key(US)


@pytest.fixture
def sealed(office: MakeOffice) -> bytes:
    return seal(PARCEL, SENDER, office(US))


# Round trip


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(items=items)
def test_what_is_sealed_is_what_is_opened(office: MakeOffice, key: EnvelopeKey, items: list[Item]) -> None:
    opened = open_envelope(seal(Parcel(tuple(items)), SENDER, office(US)), US, [key])
    assert opened == Parcel(tuple(items), SENDER)


def test_the_same_parcel_is_never_sealed_to_the_same_octets(office: MakeOffice, sealed: bytes) -> None:
    assert seal(PARCEL, SENDER, office(US)) != sealed


def test_an_envelope_says_outside_only_whom_it_is_for(sealed: bytes, key: EnvelopeKey) -> None:
    assert addressee(sealed) == US
    head = sealed.split(b"\n")[:2]
    assert head == [b"comity-envelope/1", canonical({"key": key.key_id, "to": US})]
    assert SENDER.encode() not in sealed


def test_it_costs_little_over_what_is_in_it(sealed: bytes) -> None:
    assert len(sealed) - len(encode_parcel(replace(PARCEL, sender=SENDER))) < 1300


def test_items_are_found_by_their_kind() -> None:
    assert [item.name for item in PARCEL.of_kind("act")] == ["request.pdf"]
    assert list(PARCEL.of_kind("proof")) == []


# An independent reader, from the standards alone


def test_an_envelope_opens_by_the_standards_without_the_library_for_hpke(sealed: bytes, key: EnvelopeKey) -> None:
    """RFC 9180, sections 4 and 5.1, over the KEM 0x647a, with KDF 1 and AEAD 2: the octets are what any implementation makes."""
    first, second, body = sealed.split(b"\n", 2)
    info = first + b"\n" + second + b"\n"
    seeds = hashlib.shake_256(key.seed).digest(96)
    x25519 = X25519PrivateKey.from_private_bytes(seeds[64:])
    ct_pq, ct_t, ciphertext = body[:1088], body[1088:1120], body[1120:]
    ss_pq = MLKEM768PrivateKey.from_seed_bytes(seeds[:64]).decapsulate(ct_pq)
    ss_t = x25519.exchange(X25519PublicKey.from_public_bytes(ct_t))
    shared = hashlib.sha3_256(ss_pq + ss_t + ct_t + x25519.public_key().public_bytes_raw() + b"\\.//^\\").digest()
    suite = b"HPKE" + bytes.fromhex("647a00010002")

    def extract(salt: bytes, label: bytes, ikm: bytes) -> bytes:
        return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + ikm, "sha256")

    def expand(secret: bytes, label: bytes, context: bytes, length: int) -> bytes:
        labelled = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + context
        return hmac.digest(secret, labelled + b"\x01", "sha256")[:length]

    context = b"\x00" + extract(b"", b"psk_id_hash", b"") + extract(b"", b"info_hash", info)
    secret = extract(shared, b"secret", b"")
    aead = AESGCM(expand(secret, b"key", context, 32))
    opened = aead.decrypt(expand(secret, b"base_nonce", context, 12), ciphertext, b"")
    assert decode_parcel(zlib.decompress(opened)) == replace(PARCEL, sender=SENDER)


# Whose it is


def test_it_is_refused_by_another_office(sealed: bytes, key: EnvelopeKey) -> None:
    with pytest.raises(NotForUsError):
        open_envelope(sealed, "gh/practice-police", [key])


def test_it_is_refused_without_its_key(sealed: bytes) -> None:
    with pytest.raises(UnknownKeyError):
        open_envelope(sealed, US, [EnvelopeKey.generate()])


def test_an_older_key_still_opens_what_was_sealed_to_it(office: MakeOffice, sealed: bytes, key: EnvelopeKey) -> None:
    new = EnvelopeKey.generate()
    rotated = office(US, envelope_keys=(new.public, key.public))
    assert open_envelope(sealed, US, [new, key]).items == PARCEL.items
    assert open_envelope(seal(PARCEL, SENDER, rotated), US, [new]).items == PARCEL.items
    with pytest.raises(UnknownKeyError):
        open_envelope(seal(PARCEL, SENDER, rotated), US, [key])


def test_it_cannot_be_readdressed(sealed: bytes, key: EnvelopeKey) -> None:
    moved = sealed.replace(US.encode(), b"gh/practice-prosecutos", 1)
    with pytest.raises(DamagedEnvelopeError):
        open_envelope(moved, "gh/practice-prosecutos", [key])


def test_an_office_without_a_key_gets_no_envelope(office: MakeOffice) -> None:
    with pytest.raises(NoEnvelopeKeyError):
        seal(PARCEL, SENDER, office(US, envelope_keys=()))


@pytest.mark.parametrize(
    "raw", [b"short", EnvelopeKey(bytes(32)).public[:1184] + bytes(32)], ids=["short", "low order"]
)
def test_an_office_with_a_key_that_is_none_gets_no_envelope(office: MakeOffice, raw: bytes) -> None:
    with pytest.raises(UnusableEnvelopeKeyError):
        seal(PARCEL, SENDER, office(US, envelope_keys=(raw,)))


# Damage


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_any_flipped_bit_is_refused(sealed: bytes, key: EnvelopeKey, at: int, bit: int) -> None:
    octets = bytearray(sealed)
    octets[at % len(octets)] ^= 1 << bit
    with pytest.raises(PeerError) as error:
        open_envelope(bytes(octets), US, [key])
    assert error.value.code in ("not-an-envelope", "not-for-us", "unknown-key", "damaged")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(end=st.integers(0, 10_000), more=st.binary(min_size=1, max_size=3))
def test_an_envelope_that_is_cut_off_or_goes_on_is_refused(
    sealed: bytes, key: EnvelopeKey, end: int, more: bytes
) -> None:
    for octets in (sealed[: end % len(sealed)], sealed + more):
        with pytest.raises((NotAnEnvelopeError, DamagedEnvelopeError)):
            open_envelope(octets, US, [key])


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"comity-envelope/2\n{}\n",
        MAGIC + b"\n",
        MAGIC + b'{"to":"gh/x"}\n',
        MAGIC + b'{"key":"x","to":"gh/x"}\n',
        MAGIC + b'{"key":"' + b"0" * 32 + b'","to":"../x"}\n',
        MAGIC + b'{"key":["a"],"to":"gh/x"}\n',
        MAGIC + b'{"key": "' + b"0" * 32 + b'","to":"gh/x"}\n',
        MAGIC + b"[" * 200 + b"\n",
        MAGIC + b" " * 10_000,
        b"%PDF-1.7\n",
    ],
)
def test_what_does_not_begin_like_an_envelope_is_none(head: bytes) -> None:
    with pytest.raises(NotAnEnvelopeError):
        open_envelope(head + b"x" * 1200, "gh/x", [])


def test_a_large_one_is_refused_before_it_is_decrypted(
    sealed: bytes, key: EnvelopeKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_decrypt", None)
    with pytest.raises(EnvelopeTooLargeError):
        open_envelope(sealed + bytes(PACKING_BYTES + 5000), US, [key], max_bytes=1000)
    with pytest.raises(NotAnEnvelopeError):
        open_envelope(bytes(9000), US, [key], max_bytes=1000)


# What is inside


def seal_packed(key: EnvelopeKey, data: bytes) -> bytes:
    return seal_raw(key, pack(data))


def seal_raw(key: EnvelopeKey, data: bytes) -> bytes:
    head = MAGIC + canonical({"key": key.key_id, "to": US}) + b"\n"
    public = public_key(key.public)
    assert isinstance(public, MLKEM768X25519PublicKey)
    return head + SUITE.encrypt(data, public, info=head)


def index_of(**changes: Any) -> bytes:
    entry = {"kind": "act", "name": "a.pdf", "sha256": digest(b"data"), "size": 4}
    index = {"schema": "comity-parcel/1", "from": SENDER, "items": [entry]}
    members = {name: value for name, value in changes.items() if name in index}
    index["items"] = [{**entry, **{name: value for name, value in changes.items() if name not in index}}]
    return canonical({**index, **members}) + b"\n"


BAD_PARCELS = {
    "empty": b"",
    "no index": b"data",
    "index without end": b"[" * 600_000,
    "not canonical": b" " + index_of() + b"data",
    "another schema": index_of(schema="comity-parcel/2") + b"data",
    "no sender": index_of(**{"from": ""}) + b"data",
    "no items": index_of(items=[]),
    "items that are none": index_of(items=[1]),
    "an unknown kind": index_of(kind="program") + b"data",
    "a kind that is a list": index_of(kind=["act"]) + b"data",
    "a name with a path": index_of(name="../a.pdf") + b"data",
    "a hidden name": index_of(name=".bashrc") + b"data",
    "a name that is a number": index_of(name=7) + b"data",
    "another digest": index_of(sha256=digest(b"date")) + b"data",
    "a size below zero": index_of(size=-4) + b"data",
    "a size that is true": index_of(size=True, sha256=digest(b"d")) + b"d",
    "a size that is too large": index_of(size=2**50) + b"data",
    "fewer octets": index_of() + b"dat",
    "more octets": index_of() + b"data!",
}


@pytest.mark.parametrize("defect", BAD_PARCELS)
def test_a_parcel_with_a_defect_is_refused(key: EnvelopeKey, defect: str) -> None:
    assert open_envelope(seal_packed(key, index_of() + b"data"), US, [key]).sender == SENDER
    with pytest.raises(MalformedParcelError):
        open_envelope(seal_packed(key, BAD_PARCELS[defect]), US, [key])


BAD_PACKING = {
    "not packed": (index_of() + b"data", "does not unpack"),
    "nothing": (b"", "cut off"),
    "cut off": (pack(index_of() + b"data")[:-1], "cut off"),
    "more behind it": (pack(index_of() + b"data") + b"!", "holds more"),
    "two streams": (pack(index_of() + b"data") * 2, "holds more"),
    "a changed checksum": (pack(index_of() + b"data")[:-1] + b"!", "does not unpack"),
}


@pytest.mark.parametrize("defect", BAD_PACKING)
def test_a_parcel_that_is_packed_wrongly_is_refused(key: EnvelopeKey, defect: str) -> None:
    data, reason = BAD_PACKING[defect]
    with pytest.raises(MalformedParcelError, match=reason):
        open_envelope(seal_raw(key, data), US, [key])


def test_a_parcel_cannot_swell(key: EnvelopeKey) -> None:
    bomb = pack(bytes(MAX_BYTES + 1))
    assert len(bomb) < MAX_BYTES / 900
    tracemalloc.start()
    with pytest.raises(MalformedParcelError, match="more than"):
        open_envelope(seal_raw(key, bomb), US, [key], max_bytes=100_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000 + 3 * len(bomb)


def test_an_act_shrinks_on_the_wire(office: MakeOffice) -> None:
    words = Parcel((Item("act", "a.pdf", b"/Type/StructElem/P 12 0 R " * 4000),), SENDER)
    assert len(seal(words, SENDER, office(US))) < len(encode_parcel(words)) / 10


@given(data=st.binary(max_size=200_000))
def test_what_is_packed_unpacks_and_hardly_grows(data: bytes) -> None:
    assert unpack(pack(data), max_bytes=len(data)) == data
    assert len(pack(data)) <= len(data) + PACKING_BYTES // 1024


def test_two_items_of_one_name_are_refused_even_where_only_the_case_differs() -> None:
    parcel = Parcel((Item("act", "a.pdf", b"1"), Item("act", "A.pdf", b"2")), SENDER)
    with pytest.raises(UnsendableParcelError, match="same name"):
        encode_parcel(parcel)


@pytest.mark.parametrize(
    ("parcel", "reason"),
    [
        (Parcel((), SENDER), "items"),
        (Parcel(tuple(Item("act", f"{n}.pdf", b"") for n in range(MAX_ITEMS + 1)), SENDER), "items"),
        (Parcel((Item("act", "a.pdf", bytes(2000)),), SENDER), "octets"),
        (Parcel((Item("act", "a b.pdf", b""),), SENDER), "file name"),
        (Parcel((Item("act", "a.pdf", b""),), "nobody"), "office"),
    ],
)
def test_a_parcel_that_the_receiver_would_refuse_is_not_sent(parcel: Parcel, reason: str) -> None:
    with pytest.raises(UnsendableParcelError, match=reason):
        encode_parcel(parcel, max_bytes=1000 if len(parcel.items) == 1 else 10**9)


def test_a_parcel_larger_than_is_accepted_is_refused_by_its_reader() -> None:
    data = encode_parcel(Parcel((Item("act", "a.pdf", bytes(1100)),), SENDER))
    assert decode_parcel(data, max_bytes=len(data))
    with pytest.raises(MalformedParcelError, match="at most"):
        decode_parcel(data, max_bytes=len(data) - 1)


def test_the_largest_envelope_that_is_accepted_holds_the_largest_parcel(office: MakeOffice, key: EnvelopeKey) -> None:
    noise = replace(PARCEL, items=(Item("act", "a.pdf", os.urandom(200_000)),), sender=SENDER)
    sealed, size = seal(noise, SENDER, office(US)), len(encode_parcel(noise))
    assert open_envelope(sealed, US, [key], max_bytes=size)
    with pytest.raises(MalformedParcelError, match="more than"):
        open_envelope(sealed, US, [key], max_bytes=size - 1)
    with pytest.raises(EnvelopeTooLargeError):
        open_envelope(sealed, US, [key], max_bytes=size - PACKING_BYTES - 1000)
