"""Notes, checkpoints and proofs under a hostile hand."""

import re
from contextlib import suppress
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ledger.memory import NOW, MemoryLog, a_key

from comity.errors import ComityError, PeerError
from comity.ledger.checkpoint import claimed_origin, open_checkpoint, sign_checkpoint
from comity.ledger.cosignature import (
    UnusableClockError,
    WitnessSigner,
    WitnessVerifier,
    add_cosignatures,
    witness_times,
)
from comity.ledger.entry import UnloggableError, entry
from comity.ledger.history import make_checkpoint, make_proof
from comity.ledger.note import (
    MAX_NOTE_BYTES,
    BadSignatureError,
    MalformedNoteError,
    NoteSigner,
    NoteVerifier,
    UnknownSignerError,
    UnsignableError,
    open_note,
    parse_note,
    sign_note,
)
from comity.ledger.proof import MAX_PROOF_BYTES, MalformedProofError, Proof, verify_proof
from comity.ledger.witness import MAX_REQUEST_BYTES, AddCheckpoint, MalformedRequestError

LOG = MemoryLog([entry("act", f"{number:064x}") for number in range(20)])
ANA = NoteSigner("gh.example/ana", a_key("ana"))
BEN = WitnessSigner("fr.example/ben", a_key("ben"))


def witnessed() -> bytes:
    note = make_checkpoint(LOG.size, LOG.read, ANA)
    answer = BEN.cosign(parse_note(note).text, NOW).encode()
    return add_cosignatures(note, answer, [WitnessVerifier.parse(BEN.vkey)])


PROOF = make_proof(7, witnessed(), LOG.read)
ENTRY = entry("act", f"{7:064x}")


def test_the_example_of_the_specification_verifies() -> None:
    note = (
        b"This is an example message.\n\n\xe2\x80\x94 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Z"
        b"tg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
    )
    vkey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
    assert open_note(note, [NoteVerifier.parse(vkey)]).text == b"This is an example message.\n"


@given(st.text(st.characters(exclude_categories=["Cs"], min_codepoint=32), max_size=80))
@settings(max_examples=50, deadline=None)
def test_whatever_is_signed_is_what_is_read(words: str) -> None:
    text = f"{words}\n\n{words}\n".encode()
    opened = open_note(sign_note(text, ANA), [NoteVerifier.parse(ANA.vkey)])
    assert (opened.text, [s.name for s in opened.verified], opened.unknown) == (text, [ANA.name], ())


@pytest.mark.parametrize("text", [b"no end", b"a\rb\n", b"\xff\n", b""])
def test_a_text_that_cannot_stand_in_a_note_is_not_signed(text: bytes) -> None:
    with pytest.raises(UnsignableError):
        sign_note(text, ANA)


def test_a_note_that_nobody_signs_is_none() -> None:
    with pytest.raises(UnsignableError):
        sign_note(b"text\n")


@pytest.mark.parametrize("name", ["", "two words", "a+b", "line\nbreak", "x" * 256, "\ud800"])
def test_a_name_that_cannot_stand_in_a_note_gets_no_signer(name: str) -> None:
    for kind in (NoteSigner, WitnessSigner):
        with pytest.raises(UnsignableError):
            kind(name, a_key("ana"))


def test_a_signer_does_not_show_its_key() -> None:
    assert "key" not in repr(ANA)
    assert "key" not in repr(BEN)


def test_several_signers_are_all_verified_and_strangers_are_named(eve: NoteSigner) -> None:
    note = sign_note(b"text\n", ANA, eve)
    opened = open_note(note, [NoteVerifier.parse(ANA.vkey)])
    assert [s.name for s in opened.unknown] == [eve.name]
    both = open_note(note, [NoteVerifier.parse(eve.vkey), NoteVerifier.parse(ANA.vkey)])
    assert [s.name for s in both.verified] == [ANA.name, eve.name]


def test_what_is_too_large_is_refused_before_it_is_parsed() -> None:
    for size, parse, error in (
        (MAX_NOTE_BYTES, parse_note, MalformedNoteError),
        (MAX_PROOF_BYTES, Proof.parse, MalformedProofError),
        (MAX_REQUEST_BYTES, AddCheckpoint.parse, MalformedRequestError),
    ):
        with pytest.raises(error, match="at most"):
            parse(b"\xff" * (size + 1))


@pytest.mark.parametrize("parse", [parse_note, Proof.parse, AddCheckpoint.parse, claimed_origin])
@given(
    st.binary(max_size=200)
    | st.text(alphabet="— \nab=index old0123extrac2sp.org/tlog-proof@v1", max_size=200).map(str.encode)
)
@settings(max_examples=50, deadline=None)
def test_garbage_is_refused_with_a_typed_error_and_never_otherwise(parse: object, data: bytes) -> None:
    with suppress(PeerError):
        parse(data)  # type: ignore[operator]


def test_flipping_any_bit_of_a_proof_is_noticed() -> None:
    """Where a flip makes a line that nobody is known for, the specification lets the note pass; the report still shows it."""
    data = PROOF.encode()
    untouched = verify_proof(ENTRY, PROOF, ANA.vkey, [BEN.vkey])
    assert (untouched.witnessed_by, untouched.unknown_signatures) == ({BEN.name: NOW}, ())
    passed = 0
    for bit in range(len(data) * 8):
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        try:
            proven = verify_proof(ENTRY, Proof.parse(bytes(changed)), ANA.vkey, [BEN.vkey])
        except PeerError:
            continue
        passed += 1
        assert proven.unknown_signatures
        assert proven.witnessed_by == {}
    assert passed > 0


def test_cutting_a_proof_anywhere_is_noticed() -> None:
    data = PROOF.encode()
    shorter = []
    for end in range(len(data)):
        try:
            shorter.append(verify_proof(ENTRY, Proof.parse(data[:end]), ANA.vkey, [BEN.vkey]))
        except PeerError:
            continue
    assert [proven.witnessed_by for proven in shorter] == [{}], (
        "only the whole last line may be lost, and then nobody witnessed"
    )


def test_a_proof_says_where_and_under_which_head_the_entry_is() -> None:
    proven = verify_proof(ENTRY, Proof.parse(PROOF.encode()), ANA.vkey, [BEN.vkey])
    assert (proven.origin, proven.size, proven.index) == (ANA.name, 20, 7)


def test_extra_data_survives_a_round_trip() -> None:
    proof = Proof(PROOF.index, PROOF.hashes, PROOF.checkpoint, b"practice")
    assert Proof.parse(proof.encode()) == proof


def test_a_checkpoint_by_eve_in_anas_name_is_not_opened(eve: NoteSigner) -> None:
    head = LOG.head(ANA.name)
    with pytest.raises(UnknownSignerError):
        open_checkpoint(sign_checkpoint(head, eve), NoteVerifier.parse(ANA.vkey))
    impostor = NoteSigner(ANA.name, eve.key)
    with pytest.raises(UnknownSignerError):
        open_checkpoint(sign_checkpoint(head, impostor), NoteVerifier.parse(ANA.vkey))


def test_an_answer_adds_only_what_the_asked_witness_signed(cleo: WitnessSigner) -> None:
    note, ben = make_checkpoint(LOG.size, LOG.read, ANA), WitnessVerifier.parse(BEN.vkey)
    text = parse_note(note).text
    both = cleo.cosign(text, NOW).encode() + BEN.cosign(text, NOW).encode()
    added = add_cosignatures(note, both, [ben])
    assert [s.name for s in parse_note(added).signatures] == [ANA.name, BEN.name]
    assert add_cosignatures(added, both, [ben]) == added
    with pytest.raises(UnknownSignerError):
        add_cosignatures(note, cleo.cosign(text, NOW).encode(), [ben])
    with pytest.raises(BadSignatureError):
        add_cosignatures(note, BEN.cosign(b"another\n1\n\n", NOW).encode(), [ben])
    with pytest.raises(MalformedNoteError):
        add_cosignatures(note, b"Bad Gateway\n", [ben])


@pytest.mark.parametrize("now", [NOW.replace(tzinfo=None), datetime.fromtimestamp(0, NOW.tzinfo)])
def test_a_witness_does_not_sign_with_an_unusable_clock(now: datetime) -> None:
    with pytest.raises(UnusableClockError):
        BEN.cosign(b"text\n", now)


def test_only_those_who_cosigned_count_as_witnesses(cleo: WitnessSigner) -> None:
    keys = [WitnessVerifier.parse(cleo.vkey), WitnessVerifier.parse(BEN.vkey)]
    assert witness_times(parse_note(PROOF.checkpoint), keys) == {BEN.name: NOW}


@pytest.mark.parametrize(("kind", "digest"), [("verdict", "0" * 64), ("act", "0" * 63), ("act", "A" * 64), ("act", "")])
def test_what_is_no_kind_or_no_digest_is_not_logged(kind: str, digest: str) -> None:
    with pytest.raises(UnloggableError):
        entry(kind, digest)


def test_every_error_of_the_ledger_has_a_code_of_its_own() -> None:
    from comity.ledger import checkpoint, cosignature, entry, history, keys, merkle, note, proof, stored, tiles, witness

    modules = (checkpoint, cosignature, entry, history, keys, merkle, note, proof, stored, tiles, witness)
    values = {value for module in modules for value in vars(module).values() if isinstance(value, type)}
    errors = [
        value for value in values if issubclass(value, ComityError) and value.__module__.startswith("comity.ledger")
    ]
    codes = [error.code for error in errors]
    assert len(codes) > 15
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[a-z-]+", code) for code in codes)
