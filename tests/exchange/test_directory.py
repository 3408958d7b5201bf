"""Opening the directory: who may say what, how old it may be, and what happens to whoever sends something else."""

import random
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.acts.canonical import digest
from comity.acts.office import Office
from comity.errors import PeerError
from comity.exchange.charter import State, found_directory, rotate, signer
from comity.exchange.directory import Directory, open_directory
from comity.exchange.directory_errors import (
    DamagedDirectoryError,
    DirectoryTooLargeError,
    ExpiredDirectoryError,
    IncompleteDirectoryError,
    MalformedDirectoryError,
    RolledBackDirectoryError,
    UnsignedDirectoryError,
)
from comity.exchange.publishing import renew, sign_offices
from comity.exchange.repository import PERIODS, Periods, Published, head, meta, office_file, sign
from comity.exchange.sources import folder_source, mapping_source, write_folder
from comity.exchange.tuf_names import Metadata, Role, Root, Signer, TargetFile, Targets

MakeOffice = Callable[..., Office]
DAY = timedelta(days=1)


def collude(
    practice: Any, state: str, metadata: bytes, offices: Mapping[str, bytes], version: int = 2
) -> dict[str, bytes]:
    """Include a list without any check, as an operator would who is in league with somebody."""
    old = Published.read(practice.files)
    metas = {**old.snapshot.meta, f"{state}.json": meta(version, metadata)}
    kept = {name: data for name, data in practice.files.items() if name != "timestamp.json"}
    made = head(metas, old.timestamp.version + 1, practice.operator, practice.now, PERIODS)
    return {**kept, **offices, f"{version}.{state}.json": metadata, **made}


def list_of(practice: Any, key: Signer, entries: Mapping[str, bytes]) -> tuple[bytes, dict[str, bytes]]:
    """Sign any list of entries with any key."""
    targets = {f"{path}.json": TargetFile.from_data(f"{path}.json", data, ["sha256"]) for path, data in entries.items()}
    signed = Targets(version=2, expires=practice.now + DAY * 90, targets=targets)
    files = {office_file(f"{path}.json", digest(data)): data for path, data in entries.items()}
    return sign(signed, (key,)), files


# What a directory is


def test_it_lists_the_offices_that_were_published(practice: Any, office: MakeOffice) -> None:
    directory = practice.open()
    assert [each.id for each in directory.offices()] == [
        "fr/liaison",
        "gh/practice-police",
        "gh/practice-prosecutor",
        "vn/central",
    ]
    assert directory.office("gh/practice-police") == office("gh/practice-police")
    assert directory.office("gh/nobody") is None
    assert directory.problems == ()
    assert directory.version == 2
    assert directory.expires_at == practice.now + DAY * 3


def test_its_own_files_are_enough_to_open_it_again_years_later_as_of_then(practice: Any) -> None:
    directory = practice.open()
    again = open_directory(mapping_source(directory.files), practice.root, practice.now + DAY)
    assert again == directory
    with pytest.raises(ExpiredDirectoryError):
        open_directory(mapping_source(directory.files), practice.root, practice.now + DAY * 3650)


def test_its_own_files_hold_nothing_that_it_does_not_need(practice: Any, office: MakeOffice) -> None:
    newer = practice.publish(office("gh/practice-police", measures=()))
    directory = practice.open({**practice.files, **newer, "notes.txt": b"x"})
    assert set(directory.files) == set(newer)
    for name in set(directory.files) - {"1.root.json"}:
        with pytest.raises(IncompleteDirectoryError):
            practice.open({other: data for other, data in directory.files.items() if other != name})


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(shuffle=st.randoms(use_true_random=True))
def test_it_is_the_same_whatever_order_its_files_are_in(practice: Any, shuffle: random.Random) -> None:
    names = list(practice.files)
    shuffle.shuffle(names)
    assert practice.open({name: practice.files[name] for name in names}) == practice.open()


def test_it_is_the_same_from_a_folder(practice: Any, tmp_path: Path) -> None:
    write_folder(practice.files, tmp_path)
    assert open_directory(folder_source(tmp_path), practice.root, practice.now) == practice.open()


def test_it_cannot_be_changed(practice: Any) -> None:
    directory = practice.open()
    with pytest.raises(TypeError):
        directory.files["timestamp.json"] = b""
    with pytest.raises(TypeError):
        directory.entries["gh/eve"] = b""
    with pytest.raises(AttributeError):
        directory.version = 9


# Who may say what


def test_a_state_never_speaks_for_an_office_of_another_state(practice: Any, office: MakeOffice) -> None:
    forged = list_of(practice, practice.keys["gh"], {"fr/liaison": b"{}", "gh/ok": b"{}", "fr/new": b"{}"})
    directory = practice.open(collude(practice, "gh", *forged))
    assert directory.office("fr/liaison") == office("fr/liaison")
    assert directory.office("fr/new") is None
    assert [problem.code for problem in directory.problems] == ["foreign-office", "foreign-office", "malformed-office"]


def test_a_state_never_signs_the_list_of_another_state(practice: Any) -> None:
    forged = list_of(practice, practice.keys["gh"], {"fr/liaison": practice.open().entries["fr/liaison"]})
    with pytest.raises(UnsignedDirectoryError):
        practice.open(collude(practice, "fr", *forged))


def test_the_operator_never_signs_the_list_of_a_state(practice: Any) -> None:
    forged = list_of(practice, practice.operator, {})
    with pytest.raises(UnsignedDirectoryError):
        practice.open(collude(practice, "gh", *forged))


@pytest.mark.parametrize("path", ["gh/a/b", "gh/../fr/liaison", "gh/A", "gh/", "gh/x.json", "/gh/x", "gh\\x"])
def test_a_path_that_is_no_office_of_the_state_is_not_read(practice: Any, path: str) -> None:
    forged = list_of(practice, practice.keys["gh"], {path: b"{}"} if "/" in path else {})
    metadata = Metadata[Targets].from_bytes(forged[0])
    metadata.signed.targets = {f"{path}.json": TargetFile.from_data(f"{path}.json", b"{}", ["sha256"])}
    metadata.sign(practice.keys["gh"])
    directory = practice.open(collude(practice, "gh", metadata.to_bytes(), {}))
    assert [problem.code for problem in directory.problems] == ["foreign-office"]
    assert [each.id for each in directory.offices()] == ["fr/liaison", "vn/central"]


def test_an_entry_that_describes_another_office_is_not_listed(practice: Any) -> None:
    entry = practice.open().entries["gh/practice-police"]
    directory = practice.open(collude(practice, "gh", *list_of(practice, practice.keys["gh"], {"gh/x": entry})))
    assert directory.office("gh/x") is None
    assert "describes gh/practice-police" in directory.problems[0].detail


def test_an_entry_too_long_to_read_costs_only_that_office(practice: Any) -> None:
    forged = list_of(practice, practice.keys["gh"], {"gh/x": b" " * 300_000})
    directory = practice.open(collude(practice, "gh", *forged))
    assert [problem.office for problem in directory.problems] == ["gh/x"]
    assert directory.office("fr/liaison")


@pytest.mark.parametrize("hashes", [{"sha512": "0" * 128}, {"sha256": "../../1.root"}])
def test_an_entry_named_without_its_sha256_costs_only_that_office(practice: Any, hashes: dict[str, str]) -> None:
    metadata = Metadata[Targets].from_bytes(list_of(practice, practice.keys["gh"], {"gh/x": b"{}"})[0])
    metadata.signed.targets["gh/x.json"].hashes = hashes
    metadata.sign(practice.keys["gh"])
    directory = practice.open(collude(practice, "gh", metadata.to_bytes(), {}))
    assert [problem.office for problem in directory.problems] == ["gh/x"]
    assert directory.office("fr/liaison")


def test_a_state_that_delegates_further_is_told_that_nobody_reads_it(practice: Any) -> None:
    metadata = Metadata[Targets].from_bytes(list_of(practice, practice.keys["gh"], {})[0])
    metadata.signed.delegations = Published.read(practice.files).targets.delegations
    metadata.sign(practice.keys["gh"])
    directory = practice.open(collude(practice, "gh", metadata.to_bytes(), {}))
    assert [problem.code for problem in directory.problems] == ["state-delegates"]


def resign_states(practice: Any, change: Callable[[Targets], None]) -> dict[str, bytes]:
    metadata = Metadata[Targets].from_bytes(practice.files["1.targets.json"])
    change(metadata.signed)
    data = sign(metadata.signed, [each.root for each in practice.states])
    return {**collude(practice, "targets", data, {}, version=1), "1.targets.json": data}


def widen(targets: Targets) -> None:
    assert targets.delegations
    assert targets.delegations.roles
    targets.delegations.roles["gh"].paths = ["*/*"]


def let_pass(targets: Targets) -> None:
    assert targets.delegations
    assert targets.delegations.roles
    targets.delegations.roles["gh"].terminating = False


def name_a_number(targets: Targets) -> None:
    assert targets.delegations
    assert targets.delegations.roles
    targets.delegations.roles["gh"].name = cast(str, 7)  # python-tuf lets it pass


def list_directly(targets: Targets) -> None:
    targets.targets["gh/x.json"] = TargetFile.from_data("gh/x.json", b"{}", ["sha256"])


def no_states(targets: Targets) -> None:
    targets.delegations = None


@pytest.mark.parametrize("change", [widen, let_pass, name_a_number, list_directly, no_states])
def test_not_even_all_states_together_let_one_speak_for_another(
    practice: Any, change: Callable[[Targets], None]
) -> None:
    assert practice.open(resign_states(practice, lambda _: None)).offices()
    with pytest.raises(MalformedDirectoryError):
        practice.open(resign_states(practice, change))


@pytest.mark.parametrize(("signing", "good"), [(0, False), (1, False), (2, True), (3, True)])
def test_the_root_needs_its_threshold_of_states(practice: Any, signing: int, good: bool) -> None:
    root = Metadata[Root].from_bytes(practice.root)
    data = sign(root.signed, [each.root for each in practice.states[:signing]])
    source = mapping_source({**practice.files, "1.root.json": data})
    if good:
        assert open_directory(source, data, practice.now).offices()
    else:
        with pytest.raises(UnsignedDirectoryError):
            open_directory(source, data, practice.now)


def test_one_state_that_signs_twice_is_not_two_states(practice: Any) -> None:
    root = Metadata[Root].from_bytes(practice.root)
    root.signed.roles["root"] = Role(root.signed.roles["root"].keyids, 2)
    once = sign(root.signed, [practice.states[0].root])
    twice = once.replace(b'"signatures":[', b'"signatures":[' + once.split(b'"signatures":[')[1].split(b"]")[0] + b",")
    with pytest.raises(DamagedDirectoryError):
        open_directory(mapping_source(practice.files), twice, practice.now)


def test_the_list_of_states_needs_the_threshold_too(practice: Any) -> None:
    targets = Metadata[Targets].from_bytes(practice.files["1.targets.json"])
    data = sign(targets.signed, [practice.states[0].root])
    with pytest.raises(UnsignedDirectoryError):
        practice.open({**collude(practice, "targets", data, {}, version=1), "1.targets.json": data})


# How old it may be


def test_a_directory_that_nobody_renews_is_refused_once_its_time_is_over(practice: Any) -> None:
    assert practice.open(at=practice.now + DAY * 3 - timedelta(seconds=1)).offices()
    with pytest.raises(ExpiredDirectoryError):
        practice.open(at=practice.now + DAY * 3)


def test_a_frozen_directory_does_not_outlive_its_time_because_it_was_seen_before(practice: Any) -> None:
    with pytest.raises(ExpiredDirectoryError):
        practice.open(at=practice.now + DAY * 4, seen=practice.open())


def test_a_renewed_directory_lists_the_same_for_longer(practice: Any) -> None:
    seen = practice.open()
    later = practice.now + DAY * 2
    renewed = practice.open(renew(practice.files, practice.operator, later), at=later, seen=seen)
    assert renewed.entries == seen.entries
    assert renewed.expires_at == later + DAY * 3


def test_an_older_directory_than_the_one_seen_is_refused(practice: Any, office: MakeOffice) -> None:
    seen = practice.open(practice.publish(office("gh/practice-police", measures=())))
    with pytest.raises(RolledBackDirectoryError):
        practice.open(practice.files, seen=seen)
    assert practice.open(practice.files).version == seen.version - 1


def test_an_older_list_of_one_state_is_refused_under_a_newer_snapshot(practice: Any, office: MakeOffice) -> None:
    seen = practice.open(practice.publish(office("gh/practice-police", measures=())))
    old = Published.read(practice.files)
    rewound = {**practice.files, **head(old.snapshot.meta, 9, practice.operator, practice.now, PERIODS)}
    assert practice.open(rewound).version == 9
    with pytest.raises(RolledBackDirectoryError):
        practice.open(rewound, seen=seen)


def test_lists_of_different_days_are_not_mixed(practice: Any, office: MakeOffice) -> None:
    newer = practice.publish(office("gh/practice-police", measures=()))
    with pytest.raises(DamagedDirectoryError):
        practice.open({**newer, "2.gh.json": practice.files["1.gh.json"]})
    with pytest.raises(DamagedDirectoryError):
        practice.open({**newer, "3.snapshot.json": practice.files["2.snapshot.json"]})


def test_a_state_whose_list_has_expired_loses_only_its_own_offices(practice: Any, office: MakeOffice) -> None:
    short = sign_offices(
        practice.files, "gh", [office("gh/x")], practice.keys["gh"], practice.now, periods=Periods(offices=DAY)
    )
    files = collude(practice, "gh", short.metadata, short.offices)
    assert practice.open(files).office("gh/x")
    later = practice.open(files, at=practice.now + DAY)
    assert [each.id for each in later.offices()] == ["fr/liaison", "vn/central"]
    assert [problem.code for problem in later.problems] == ["state-list-expired"]


# Roots that change


def rotated(practice: Any, states: tuple[State, ...], operator: Signer, signing: int = 2) -> dict[str, bytes]:
    old = [each.root for each in practice.states[:signing]]
    return rotate(practice.files, states, operator, practice.now, old_signers=old, threshold=2)


def test_a_reader_of_the_first_root_follows_to_the_newest(practice: Any, make_state: Callable[..., State]) -> None:
    files = rotated(practice, (*practice.states, make_state("za")), practice.operator)
    directory = practice.open(files, seen=practice.open())
    assert directory.root == files["2.root.json"]
    assert directory.entries == practice.open().entries
    assert open_directory(mapping_source(files), directory.root, practice.now).entries == directory.entries


def test_a_root_in_the_chain_cannot_be_left_out(practice: Any) -> None:
    second = rotated(practice, practice.states, practice.operator)
    operator = signer_of("operator two")
    third = rotate(
        second, practice.states, operator, practice.now, old_signers=[s.root for s in practice.states], threshold=2
    )
    assert practice.open(third).root == third["3.root.json"]
    with pytest.raises(UnsignedDirectoryError):
        practice.open({name: data for name, data in third.items() if name != "2.root.json"})
    with pytest.raises(RolledBackDirectoryError):
        practice.open({**third, "2.root.json": third["3.root.json"]})


def test_a_root_that_was_followed_once_cannot_be_withheld_later(practice: Any) -> None:
    files = rotated(practice, practice.states, signer_of("operator two"))
    seen = practice.open(files)
    with pytest.raises(UnsignedDirectoryError):
        practice.open(practice.files, seen=seen)


def test_a_root_by_strangers_is_refused(practice: Any) -> None:
    strangers = tuple(State(s.code, s.offices, signer_of(f"eve {s.code}")) for s in practice.states)
    forged = found_directory(strangers, practice.operator, practice.now, threshold=2)
    root = Metadata[Root].from_bytes(forged["1.root.json"])
    root.signed.version = 2
    data = sign(root.signed, [each.root for each in strangers if each.root])
    with pytest.raises(UnsignedDirectoryError):
        practice.open({**practice.files, "2.root.json": data})


def test_a_state_that_left_has_no_offices_any_more(practice: Any) -> None:
    states = tuple(each for each in practice.states if each.code != "vn")
    directory = practice.open(rotated(practice, states, practice.operator), seen=practice.open())
    assert directory.office("vn/central") is None
    assert directory.office("fr/liaison")


def test_a_stolen_operator_key_that_counted_far_ahead_is_recovered_from_by_a_new_root(practice: Any) -> None:
    old = Published.read(practice.files)
    ahead = {**practice.files, **head(old.snapshot.meta, 1_000_000, practice.operator, practice.now, PERIODS)}
    seen = practice.open(ahead)
    with pytest.raises(RolledBackDirectoryError):
        practice.open(renew(practice.files, practice.operator, practice.now), seen=seen)
    recovered = practice.open(rotated(practice, practice.states, signer_of("operator two")), seen=seen)
    assert recovered.version == 3
    assert recovered.entries == seen.entries


def signer_of(name: str) -> Signer:
    return signer(Ed25519PrivateKey.from_private_bytes(bytes.fromhex(digest(name.encode()))))


# Sources that lie, send rubbish or never stop


def test_a_source_that_never_stops_is_cut_off(practice: Any) -> None:
    asked: dict[str, int] = {}

    def endless(name: str, limit: int) -> bytes | None:
        asked[name] = limit
        return b" " * (limit + 1) if name == "timestamp.json" else cast("bytes | None", practice.files.get(name))

    with pytest.raises(DirectoryTooLargeError):
        open_directory(endless, practice.root, practice.now)
    assert max(asked.values()) <= 512 * 1024


def test_a_chain_of_roots_without_end_is_not_followed(practice: Any) -> None:
    asked: list[str] = []

    def mill(name: str, limit: int) -> bytes | None:
        asked.append(name)
        return cast("bytes | None", practice.files.get(name))

    open_directory(mill, practice.root, practice.now)
    assert asked[0] == "2.root.json"
    assert len([name for name in asked if name.endswith("root.json")]) == 1


def test_an_oversized_trusted_root_is_not_parsed(practice: Any) -> None:
    with pytest.raises(DirectoryTooLargeError):
        open_directory(mapping_source(practice.files), b" " * 600_000, practice.now)


def test_every_file_that_is_missing_is_named(practice: Any) -> None:
    for missing in practice.files:
        if missing == "1.root.json":
            continue
        with pytest.raises(IncompleteDirectoryError) as error:
            practice.open({name: data for name, data in practice.files.items() if name != missing})
        assert error.value.where == missing


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_changes_on_the_way_is_refused_or_changes_nothing(practice: Any, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(set(practice.files) - {"1.root.json"})))
    octets = bytearray(practice.files[name])
    octets[data.draw(st.integers(0, len(octets) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    try:
        opened = practice.open({**practice.files, name: bytes(octets)})
    except PeerError:
        return
    assert what_it_says(opened) == what_it_says(practice.open())


def what_it_says(directory: Directory) -> tuple[object, ...]:
    return directory.entries, directory.version, directory.expires_at, directory.problems


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(["timestamp.json", "2.snapshot.json", "1.targets.json", "1.gh.json", "2.root.json"]),
    rubbish=st.binary(max_size=200) | st.sampled_from([b"[" * 50_000, b'{"signed":{}}', b"null", b'{"signed":1}']),
)
def test_rubbish_in_place_of_a_file_is_refused(practice: Any, name: str, rubbish: bytes) -> None:
    with pytest.raises(PeerError):
        practice.open({**practice.files, name: rubbish})


def test_unchanged_files_are_not_fetched_again(practice: Any, office: MakeOffice) -> None:
    seen = practice.open()
    newer = practice.publish(office("gh/practice-police", measures=()))
    asked: list[str] = []

    def source(name: str, limit: int) -> bytes | None:
        asked.append(name)
        return cast("bytes | None", newer.get(name))

    directory = open_directory(source, practice.root, practice.now, seen=seen)
    assert directory == practice.open(newer)
    assert [name for name in asked if "fr" in name or "vn" in name or "prosecutor" in name] == []


def test_a_lookup_does_not_parse_again(practice: Any) -> None:
    directory = practice.open()
    first = directory.office("gh/practice-police")
    assert directory.office("gh/practice-police") is first
    assert practice.open(seen=directory).office("gh/practice-police") is first


@pytest.mark.parametrize("name", ["../secret.json", "/etc/passwd", "a//b", ".hidden", "x/../../y", "targets/gh/.."])
def test_a_folder_gives_nothing_from_outside_itself(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.json").write_bytes(b"secret")
    (tmp_path / "in").mkdir()
    assert folder_source(tmp_path / "in")(name, 100) is None
