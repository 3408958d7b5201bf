"""Transfers: the plan is the same on both sides, loads may come in any order and twice, and nothing wrong is ever stored."""

import hashlib
import itertools
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.errors import PeerError
from comity.evidence.acquire import acquire
from comity.evidence.age import AgeError, AgeNoMatchError, decrypt, encrypt, generate_identity
from comity.evidence.exhibit import Exhibit, ExhibitList, MalformedListError, make_list
from comity.evidence.folder_vault import FolderVault
from comity.evidence.storage import DamagedExhibitError
from comity.evidence.transfer import MAX_PIECES, Load, WrongLoadError, loads, missing_loads, open_load, seal_load

PART = 1000
SRC = Path(__file__).parents[2] / "src"


def fill(folder: Path, sizes: list[int]) -> Path:
    folder.mkdir(parents=True)
    for number, size in enumerate(sizes):
        (folder / f"{number:04}").write_bytes(hashlib.shake_128(b"%d" % number).digest(size))
    return folder


@pytest.fixture
def sent(tmp_path: Path, vault: FolderVault) -> ExhibitList:
    """Cleo's evidence, in her vault: large and small, some empty, two alike."""
    source = fill(tmp_path / "source", [0, 10, 2500, 3000, 999, 1, 400, 400, 400, 1000, 1001, 0])
    (source / "twin").write_bytes((source / "0002").read_bytes())
    return acquire(source, vault, part_size=PART).list


@pytest.fixture
def received(tmp_path: Path) -> FolderVault:
    return FolderVault(tmp_path / "received")


def contents(vault: FolderVault) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (vault.folder / "exhibits").rglob("*") if path.is_file()}


def is_untouched(vault: FolderVault) -> bool:
    return not contents(vault) and not list((vault.folder / "incoming").iterdir())


@given(sizes=st.lists(st.integers(0, 3500), max_size=30))
@settings(max_examples=50)
def test_a_plan_covers_each_byte_once_in_loads_of_one_part_size(sizes: list[int]) -> None:
    digest = hashlib.sha256(b"").hexdigest()
    exhibits = make_list(
        "", [Exhibit(f"{n:02}", s, digest, (digest,) * -(-s // PART) if s > PART else ()) for n, s in enumerate(sizes)],
        part_size=PART,
    )  # fmt: skip
    plan = loads(exhibits)
    assert plan == loads(exhibits)
    assert [load.number for load in plan] == list(range(len(plan)))
    assert all(load.length <= PART and load.pieces for load in plan)
    pieces = [piece for load in plan for piece in load.pieces]
    for exhibit in exhibits.exhibits:
        own = [(piece.start, piece.start + piece.length) for piece in pieces if piece.exhibit == exhibit]
        assert [own[0][0], own[-1][1]] == [0, exhibit.size]
        assert all(before[1] == after[0] for before, after in itertools.pairwise(own))
    for before, after in itertools.pairwise(plan):
        assert before.length + after.pieces[0].length > PART


def test_a_load_holds_a_limited_number_of_pieces() -> None:
    digest = hashlib.sha256(b"").hexdigest()
    plan = loads(make_list("", [Exhibit(f"{n:06}", 0, digest) for n in range(MAX_PIECES + 1)]))
    assert [len(load.pieces) for load in plan] == [MAX_PIECES, 1]


@given(seed=st.integers(0, 2**32))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_loads_in_any_order_and_twice_give_the_same_vault(
    tmp_path: Path, vault: FolderVault, sent: ExhibitList, identity: str, recipient: str, seed: int
) -> None:
    plan = list(loads(sent))
    order = random.Random(seed)
    coming = plan + order.sample(plan, 4)
    order.shuffle(coming)
    received = FolderVault(tmp_path / f"received-{seed}")
    finished: set[Exhibit] = set()
    for load in coming:
        finished.update(open_load(load, seal_load(load, vault, [recipient]), [identity], received))
    assert finished == set(sent.exhibits)
    assert contents(received) == contents(vault)
    assert missing_loads(plan, received) == ()
    assert list((received.folder / "incoming").iterdir()) == []


def test_a_load_opened_by_hand_is_the_bytes_of_the_exhibits(
    vault: FolderVault, sent: ExhibitList, identity: str, recipient: str
) -> None:
    opened = b"".join(decrypt(seal_load(load, vault, [recipient]), [identity]) for load in loads(sent))
    assert opened == b"".join(vault.read(exhibit.sha256) for exhibit in sent.exhibits)


def test_what_is_missing_is_known_from_the_vault_alone(
    vault: FolderVault, received: FolderVault, sent: ExhibitList, identity: str, recipient: str
) -> None:
    plan = loads(sent)
    for load in plan[::2]:
        open_load(load, seal_load(load, vault, [recipient]), [identity], received)
    missing = missing_loads(plan, FolderVault(received.folder))
    assert set(missing) <= set(plan[1::2])
    for load in missing:
        open_load(load, seal_load(load, vault, [recipient]), [identity], received)
    assert contents(received) == contents(vault)


def wrong_loads(load: Load, good: bytes, recipient: str) -> dict[str, bytes]:
    flipped = bytearray(good)
    flipped[0] ^= 1
    return {
        "a flipped bit": encrypt(bytes(flipped), [recipient]),
        "a byte too many": encrypt(good + b"\0", [recipient]),
        "a byte too few": encrypt(good[:-1], [recipient]),
        "nothing": encrypt(b"", [recipient]),
        "a gigabyte of nothing": encrypt(bytes(10 * PART), [recipient]),
        "no age file": good,
        "a cut age file": encrypt(good, [recipient])[:-1],
    }


def test_a_wrong_load_is_refused_and_nothing_of_it_is_stored(
    vault: FolderVault, received: FolderVault, sent: ExhibitList, identity: str, recipient: str
) -> None:
    for load in loads(sent):
        good = decrypt(seal_load(load, vault, [recipient]), [identity])
        for data in wrong_loads(load, good, recipient).values():
            with pytest.raises((WrongLoadError, AgeError)):
                open_load(load, data, [identity], received)
    assert is_untouched(received)


def test_one_wrong_piece_refuses_its_whole_load(
    vault: FolderVault, received: FolderVault, sent: ExhibitList, identity: str, recipient: str
) -> None:
    load = next(load for load in loads(sent) if len([piece for piece in load.pieces if piece.length]) > 1)
    good = bytearray(decrypt(seal_load(load, vault, [recipient]), [identity]))
    good[-1] ^= 0x80
    with pytest.raises(WrongLoadError):
        open_load(load, encrypt(bytes(good), [recipient]), [identity], received)
    assert is_untouched(received)


def test_a_load_of_another_place_is_refused(
    vault: FolderVault, received: FolderVault, sent: ExhibitList, identity: str, recipient: str
) -> None:
    plan = loads(sent)
    with pytest.raises(PeerError):
        open_load(plan[0], seal_load(plan[1], vault, [recipient]), [identity], received)
    assert is_untouched(received)


def test_a_load_for_somebody_else_is_refused(
    vault: FolderVault, received: FolderVault, sent: ExhibitList, recipient: str
) -> None:
    with pytest.raises(AgeNoMatchError):
        open_load(loads(sent)[0], seal_load(loads(sent)[0], vault, [recipient]), [generate_identity()], received)


def test_a_list_that_lies_about_the_whole_never_becomes_an_exhibit(
    tmp_path: Path, received: FolderVault, identity: str, recipient: str
) -> None:
    data = os.urandom(2 * PART)
    parts = tuple(hashlib.sha256(data[start : start + PART]).hexdigest() for start in (0, PART))
    lie = make_list("", [Exhibit("image", 2 * PART, hashlib.sha256(b"lie").hexdigest(), parts)], part_size=PART)
    first, second = loads(lie)
    open_load(first, encrypt(data[:PART], [recipient]), [identity], received)
    with pytest.raises(MalformedListError):
        open_load(second, encrypt(data[PART:], [recipient]), [identity], received)
    assert is_untouched(received)


def test_a_damaged_exhibit_is_not_sent(vault: FolderVault, sent: ExhibitList, recipient: str) -> None:
    exhibit = next(exhibit for exhibit in sent.exhibits if exhibit.size == 3000)
    vault.path(exhibit.sha256).chmod(0o600)
    vault.path(exhibit.sha256).write_bytes(bytes(3000))
    load = next(load for load in loads(sent) if load.pieces[0].exhibit == exhibit)
    with pytest.raises(DamagedExhibitError):
        seal_load(load, vault, [recipient])


def test_a_stop_between_the_last_part_and_the_joining_is_made_good(
    tmp_path: Path, vault: FolderVault, identity: str, recipient: str
) -> None:
    exhibits = acquire(fill(tmp_path / "one", [50_000]), vault, part_size=20_000).list
    (exhibit,) = exhibits.exhibits
    received = FolderVault(tmp_path / "received")
    for index in range(3):
        data = vault.read(exhibit.sha256, index * 20_000, 20_000)
        received.stage(exhibit, 20_000, index, memoryview(data))
    assert not received.has(exhibit.sha256)
    for load in missing_loads(loads(exhibits), received):
        open_load(load, seal_load(load, vault, [recipient]), [identity], received)
    assert received.has(exhibit.sha256)
    assert missing_loads(loads(exhibits), received) == ()


RECEIVE = """
import sys, time
from pathlib import Path
from comity.evidence.exhibit import decode_list
from comity.evidence.folder_vault import FolderVault
from comity.evidence.transfer import loads, missing_loads, open_load
sealed, received, identity = Path(sys.argv[1]), FolderVault(Path(sys.argv[2])), sys.argv[3]
for load in missing_loads(loads(decode_list((sealed / "list").read_bytes())), received):
    open_load(load, (sealed / str(load.number)).read_bytes(), [identity], received)
"""


def test_a_receiver_killed_again_and_again_ends_with_the_same_exhibits(
    tmp_path: Path, vault: FolderVault, identity: str, recipient: str
) -> None:
    source = fill(tmp_path / "many", [random.Random(n).randrange(60_000) for n in range(30)])
    exhibits = acquire(source, vault, part_size=20_000).list
    sealed, received = tmp_path / "sealed", tmp_path / "received"
    sealed.mkdir()
    (sealed / "list").write_bytes(exhibits.encode())
    for load in loads(exhibits):
        (sealed / str(load.number)).write_bytes(seal_load(load, vault, [recipient]))
    command = [sys.executable, "-c", RECEIVE, str(sealed), str(received), identity]
    kills = 0
    for stored in (0, 1, 4, 9, 15, 22):
        process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(SRC)})
        while (
            process.poll() is None
            and len(list(received.rglob("*.have")) + list(received.glob("exhibits/*/*"))) <= stored
        ):
            time.sleep(0.001)
        kills += process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.wait()
    subprocess.run(command, env={**os.environ, "PYTHONPATH": str(SRC)}, check=True)
    assert kills > 0
    assert contents(FolderVault(received)) == contents(vault)
