"""Founding a directory and publishing in it: nothing is signed or included that readers would refuse."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from comity.acts.office import Office
from comity.errors import PeerError
from comity.exchange.charter import State, found_directory, rotate
from comity.exchange.directory_errors import MalformedDirectoryError, UnsignedDirectoryError
from comity.exchange.offices import UnpublishableOfficeError, encode_office
from comity.exchange.publishing import StateList, include, publish, revoke_certificate, sign_offices
from comity.exchange.repository import Published, UnfoundedDirectoryError
from comity.exchange.sources import UnreadableDirectoryError, write_folder

MakeOffice = Callable[..., Office]
MakeState = Callable[..., State]


def test_publishing_one_office_leaves_the_others_of_its_state_as_they_are(practice: Any, office: MakeOffice) -> None:
    changed = office("gh/practice-police", measures=())
    directory = practice.open(practice.publish(changed))
    assert directory.office("gh/practice-police") == changed
    assert directory.office("gh/practice-prosecutor") == office("gh/practice-prosecutor")
    assert directory.version == 3


def test_an_office_that_is_left_out_of_its_states_list_is_withdrawn(practice: Any, office: MakeOffice) -> None:
    part = sign_offices(practice.files, "gh", [office("gh/practice-police")], practice.keys["gh"], practice.now)
    files = include(practice.files, [part], practice.operator, practice.now)
    assert practice.open(files).office("gh/practice-prosecutor") is None
    assert not any("prosecutor" in name for name in files)


def test_a_certificate_is_revoked_by_publishing_the_office_anew(practice: Any, office: MakeOffice) -> None:
    before = office("gh/practice-police")
    at = practice.now + timedelta(hours=1)
    directory = practice.open(practice.publish(revoke_certificate(before, before.certificates[0].der, at)))
    read = directory.office("gh/practice-police")
    assert read
    assert [each.revoked_at for each in read.certificates] == [at]
    with pytest.raises(UnfoundedDirectoryError):
        revoke_certificate(before, b"another", at)


def test_founding_twice_with_the_same_keys_gives_the_same_files(practice: Any) -> None:
    one, two = (found_directory(practice.states, practice.operator, practice.now) for _ in range(2))
    assert one == two


def test_more_than_half_of_the_states_with_a_root_key_are_needed_unless_said_otherwise(
    practice: Any, make_state: MakeState
) -> None:
    states = [*(make_state(code) for code in ("fr", "gh", "vn")), make_state("za", root=False)]
    root = Published.read(found_directory(states, practice.operator, practice.now)).root
    assert root.roles["root"].threshold == 2
    assert len(root.roles["root"].keyids) == 3
    assert root.roles["targets"].keyids == root.roles["root"].keyids


def test_a_state_without_a_root_key_publishes_its_own_offices(
    practice: Any, make_state: MakeState, office: MakeOffice
) -> None:
    za = make_state("za", root=False)
    files = rotate(
        practice.files,
        (*practice.states, za),
        practice.operator,
        practice.now,
        old_signers=[s.root for s in practice.states],
    )
    files = publish(files, [office("za/liaison")], {"za": za.offices}, practice.operator, practice.now)
    assert practice.open(files).office("za/liaison") == office("za/liaison")


@pytest.mark.parametrize("codes", [(), ("fr", "fr"), ("FR",), ("fra",)])
def test_what_is_no_set_of_states_founds_nothing(practice: Any, make_state: MakeState, codes: tuple[str, ...]) -> None:
    with pytest.raises(UnfoundedDirectoryError):
        found_directory([make_state(code) for code in codes], practice.operator, practice.now)


@pytest.mark.parametrize("threshold", [0, 4])
def test_a_threshold_that_cannot_be_reached_founds_nothing(practice: Any, threshold: int) -> None:
    with pytest.raises(UnfoundedDirectoryError):
        found_directory(practice.states, practice.operator, practice.now, threshold=threshold)


def test_one_key_in_the_hands_of_two_states_does_not_count_twice(practice: Any) -> None:
    shared = [replace(each, root=practice.states[0].root) for each in practice.states]
    with pytest.raises(UnfoundedDirectoryError):
        found_directory(shared, practice.operator, practice.now, threshold=2)


def test_a_new_root_needs_the_threshold_of_the_old_one(practice: Any) -> None:
    with pytest.raises(UnfoundedDirectoryError, match="old one"):
        rotate(
            practice.files, practice.states[:1], practice.operator, practice.now, old_signers=[practice.states[0].root]
        )


def test_a_state_cannot_even_sign_for_an_office_of_another(practice: Any, office: MakeOffice) -> None:
    with pytest.raises(UnfoundedDirectoryError):
        sign_offices(practice.files, "gh", [office("fr/liaison")], practice.keys["gh"], practice.now)


def test_an_office_that_breaks_the_schema_is_not_signed(practice: Any, office: MakeOffice) -> None:
    with pytest.raises(UnpublishableOfficeError):
        practice.publish(office("gh/practice-police", names={}))


def part_of(practice: Any, office: MakeOffice) -> StateList:
    return sign_offices(practice.files, "gh", [office("gh/x")], practice.keys["gh"], practice.now)


def by_another_key(practice: Any, office: MakeOffice) -> StateList:
    return sign_offices(practice.files, "gh", [office("gh/x")], practice.keys["fr"], practice.now)


def of_another_state(practice: Any, office: MakeOffice) -> StateList:
    return replace(part_of(practice, office), state="fr")


def without_entries(practice: Any, office: MakeOffice) -> StateList:
    return replace(part_of(practice, office), offices={})


def with_more_entries(practice: Any, office: MakeOffice) -> StateList:
    part = part_of(practice, office)
    return replace(part, offices={**part.offices, "targets/fr/x.json": b"{}"})


def with_another_entry(practice: Any, office: MakeOffice) -> StateList:
    part = part_of(practice, office)
    return replace(part, offices=dict.fromkeys(part.offices, encode_office(office("gh/x", measures=()))))


@pytest.mark.parametrize(
    ("offer", "error"),
    [
        (by_another_key, UnsignedDirectoryError),
        (of_another_state, UnsignedDirectoryError),
        (without_entries, MalformedDirectoryError),
        (with_more_entries, MalformedDirectoryError),
        (with_another_entry, MalformedDirectoryError),
    ],
)
def test_the_operator_includes_no_list_that_readers_would_refuse(
    practice: Any, office: MakeOffice, offer: Callable[[Any, MakeOffice], StateList], error: type[PeerError]
) -> None:
    assert include(practice.files, [part_of(practice, office)], practice.operator, practice.now)
    with pytest.raises(error):
        include(practice.files, [offer(practice, office)], practice.operator, practice.now)


def test_a_list_is_not_included_twice_nor_for_a_state_that_is_not_admitted(practice: Any, office: MakeOffice) -> None:
    part = part_of(practice, office)
    files = include(practice.files, [part], practice.operator, practice.now)
    with pytest.raises(UnfoundedDirectoryError, match="follow"):
        include(files, [part], practice.operator, practice.now)
    with pytest.raises(UnfoundedDirectoryError, match="not a state"):
        include(files, [replace(part, state="za")], practice.operator, practice.now)


def test_a_folder_that_lost_a_file_is_not_published_from(practice: Any) -> None:
    files = {name: data for name, data in practice.files.items() if not name.endswith("snapshot.json")}
    with pytest.raises(UnfoundedDirectoryError, match=r"snapshot"):
        include(files, (), practice.operator, practice.now)


def test_a_folder_keeps_older_files_for_readers_on_their_way(practice: Any, office: MakeOffice, tmp_path: Path) -> None:
    write_folder(practice.files, tmp_path)
    write_folder(practice.publish(office("gh/practice-police", measures=())), tmp_path)
    assert (tmp_path / "1.gh.json").is_file()
    assert (tmp_path / "2.gh.json").is_file()
    assert not list(tmp_path.rglob("*.part"))


def test_a_name_that_leads_out_of_the_folder_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDirectoryError):
        write_folder({"../x.json": b""}, tmp_path / "in")
    assert not (tmp_path / "x.json").exists()
