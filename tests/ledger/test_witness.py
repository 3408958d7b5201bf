"""A witness never signs two different histories, whatever it is asked."""

from datetime import datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from tests.ledger.memory import NOW, MemoryLog, a_key

from comity.errors import PeerError
from comity.ledger.checkpoint import Checkpoint, WrongOriginError, open_checkpoint, sign_checkpoint
from comity.ledger.cosignature import WitnessSigner, WitnessVerifier, witness_times
from comity.ledger.merkle import ProofError, consistency_proof
from comity.ledger.note import NoteSigner, NoteVerifier, UnknownSignerError, parse_note
from comity.ledger.witness import (
    AddCheckpoint,
    Conflict,
    Cosigned,
    ForkError,
    MalformedRequestError,
    consider,
    status_of,
)

ANA = NoteSigner("gh.example/ana", a_key("ana"))
BEN = WitnessSigner("fr.example/ben", a_key("ben"))
LOG = NoteVerifier.parse(ANA.vkey)
MOST = 24


def ask(log: MemoryLog, size: int, old: int, signer: NoteSigner = ANA) -> AddCheckpoint:
    proof = consistency_proof(old, size, log.read) if old <= size else ()
    return AddCheckpoint(old, proof, sign_checkpoint(log.head(ANA.name, size), signer))


def answer_to(seen: Checkpoint | None, request: AddCheckpoint, now: datetime) -> Cosigned | Conflict | PeerError:
    try:
        return consider(seen, request, LOG, BEN, now)
    except PeerError as error:
        return error


class Witness(RuleBasedStateMachine):
    """Ana's log lies: it has two histories that part at some entry, and shows heads of both, with the best proofs there are."""

    @initialize(parts_at=st.integers(0, MOST - 1))
    def histories(self, parts_at: int) -> None:
        same = [b"entry %d" % number for number in range(parts_at)]
        self.logs = [
            MemoryLog([*same, *(b"%s %d" % (side, n) for n in range(MOST - parts_at))]) for side in (b"a", b"b")
        ]
        self.parts_at = parts_at
        self.seen: Checkpoint | None = None
        self.signed: list[Checkpoint] = []
        self.now = NOW

    @rule(
        side=st.integers(0, 1),
        proven_by=st.integers(0, 1),
        size=st.integers(0, MOST),
        old=st.integers(0, MOST) | st.none(),
    )
    def show(self, side: int, proven_by: int, size: int, old: int | None) -> None:
        old = (self.seen.size if self.seen else 0) if old is None else old
        request = ask(self.logs[side], size, old)
        if proven_by != side:
            request = AddCheckpoint(old, ask(self.logs[proven_by], size, old).proof, request.checkpoint)
        self.now += timedelta(seconds=1)
        answer = answer_to(self.seen, request, self.now)
        if isinstance(answer, PeerError):
            assert status_of(answer) in (400, 422)
            return
        if isinstance(answer, Conflict):
            assert answer.size == (self.seen.size if self.seen else 0) != old
            return
        assert witness_times(parse_note(answer.note), [WitnessVerifier.parse(BEN.vkey)]) == {BEN.name: self.now}
        self.seen = answer.checkpoint
        self.signed.append(answer.checkpoint)

    @invariant()
    def everything_that_was_signed_is_one_history(self) -> None:
        sizes = [checkpoint.size for checkpoint in self.signed]
        assert sizes == sorted(sizes)
        one_history = [all(c.root == log.head(ANA.name, c.size).root for c in self.signed) for log in self.logs]
        assert any(one_history)


TestAWitnessNeverSignsTwoHistories = Witness.TestCase
TestAWitnessNeverSignsTwoHistories.settings = settings(max_examples=40, stateful_step_count=15, deadline=None)


@pytest.fixture
def log() -> MemoryLog:
    return MemoryLog([b"entry %d" % number for number in range(10)])


@pytest.fixture
def fork() -> MemoryLog:
    return MemoryLog([b"entry %d" % number for number in range(5)] + [b"other %d" % number for number in range(5)])


def test_an_honest_log_is_witnessed_as_it_grows(log: MemoryLog) -> None:
    seen, old = None, 0
    for size in range(11):
        answer = consider(seen, ask(log, size, old), LOG, BEN, NOW)
        assert isinstance(answer, Cosigned)
        assert open_checkpoint(answer.note, LOG) == answer.checkpoint == log.head(ANA.name, size)
        assert answer.note.endswith(answer.cosignature)
        seen, old = answer.checkpoint, size


def test_a_fork_is_refused_and_named(log: MemoryLog, fork: MemoryLog) -> None:
    seen = log.head(ANA.name, 8)
    with pytest.raises(ForkError) as caught:
        consider(seen, ask(fork, 8, 8), LOG, BEN, NOW)
    assert status_of(caught.value) == 422
    with pytest.raises(ProofError):
        consider(seen, ask(fork, 10, 8), LOG, BEN, NOW)


def test_histories_that_part_only_after_what_was_seen_are_both_good_until_one_is_signed(
    log: MemoryLog, fork: MemoryLog
) -> None:
    answer = consider(log.head(ANA.name, 5), ask(fork, 10, 5), LOG, BEN, NOW)
    assert isinstance(answer, Cosigned)
    with pytest.raises(ForkError):
        consider(answer.checkpoint, ask(log, 10, 10), LOG, BEN, NOW)


def test_a_log_that_believes_in_another_size_is_told_the_right_one(log: MemoryLog) -> None:
    answer = consider(log.head(ANA.name, 7), ask(log, 10, 3), LOG, BEN, NOW)
    assert isinstance(answer, Conflict)
    assert Conflict.parse(answer.encode()) == Conflict(7)
    again = consider(log.head(ANA.name, 7), ask(log, 10, answer.size), LOG, BEN, NOW)
    assert isinstance(again, Cosigned)


@pytest.mark.parametrize("body", [b"", b"7", b"07\n", b"7\n\n", b"-7\n", b"seven\n", b"7" * 100])
def test_an_answer_that_is_no_size_is_refused(body: bytes) -> None:
    with pytest.raises(MalformedRequestError):
        Conflict.parse(body)


def test_nobody_but_the_log_gets_a_cosignature(log: MemoryLog, eve: NoteSigner) -> None:
    with pytest.raises(UnknownSignerError) as caught:
        consider(None, ask(log, 10, 0, signer=eve), LOG, BEN, NOW)
    assert status_of(caught.value) == 403


def test_what_was_seen_of_another_log_is_never_compared(log: MemoryLog) -> None:
    with pytest.raises(WrongOriginError):
        consider(log.head("fr.example/other", 3), ask(log, 10, 3), LOG, BEN, NOW)


def test_what_the_witness_shows_holds_only_verified_signatures(log: MemoryLog, eve: NoteSigner) -> None:
    request = ask(log, 10, 0)
    by_eve = eve.sign(parse_note(request.checkpoint).text).encode()
    answer = consider(None, AddCheckpoint(0, (), request.checkpoint + by_eve), LOG, BEN, NOW)
    assert isinstance(answer, Cosigned)
    assert [s.name for s in parse_note(answer.note).signatures] == [ANA.name, BEN.name]
