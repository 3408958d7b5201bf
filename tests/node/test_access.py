"""The one door: members see their case, nobody else can tell it from one that does not exist."""

import uuid
from collections.abc import Callable
from datetime import datetime

import pytest

from comity.node.access import (
    NotFoundHere,
    access_act,
    access_case,
    access_dossier,
    access_draft,
    access_holding,
    access_package,
)
from comity.node.models import ActRecord, Case, CaseMember, CourtPackage, Dossier, Draft, Holding, HoldingLink, Person

D = "d" * 64
L = "1" * 64
Door = Callable[[Person, str], object]
DOORS: dict[str, Door] = {
    "case": access_case,
    "dossier": access_dossier,
    "act": access_act,
    "draft": access_draft,
    "holding": access_holding,
    "package": access_package,
}


@pytest.fixture
def things(ana: Person, now: datetime) -> dict[str, str]:
    """One of each kind, all in a case of which ana alone is a member."""
    case = Case.objects.create(reference="PV 1", title="A case", opened_at=now)
    CaseMember.objects.create(case=case, person=ana)
    dossier = make_dossier(now, case)
    act = ActRecord.objects.create(
        id="a" * 64, dossier_id=D, procedure="p", step="s", actor="requesting", sender="gh/a", made_at=now, signed_at=now,
        direction="out", pdf=b"", payload=b"", pdf_sha256="", ledger_index=0,
    )  # fmt: skip
    draft = Draft.objects.create(procedure="p", step="s", recipient="fr/b", drafted_by=ana, drafted_at=now, case=case)
    holding = Holding.objects.create(list_sha256=L, title="t", state="held", case=case, created_at=now, changed_at=now)
    package = CourtPackage.objects.create(dossier=dossier, made_at=now, made_by=ana)
    found = {"case": case, "dossier": dossier, "act": act, "draft": draft, "holding": holding, "package": package}
    return {kind: str(thing.pk) for kind, thing in found.items()}


def make_dossier(now: datetime, case: Case | None) -> Dossier:
    return Dossier.objects.create(
        id=D, procedure="p", subject="s", subject_language="en", our_actor="requesting", partner="fr/b", case=case,
        state="sent", turn="theirs", opened_at=now, changed_at=now,
    )  # fmt: skip


@pytest.mark.parametrize("kind", DOORS)
def test_a_member_of_the_case_sees_it(kind: str, things: dict[str, str], ana: Person) -> None:
    assert str(DOORS[kind](ana, things[kind]).pk) == things[kind]  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", DOORS)
def test_missing_and_forbidden_look_the_same(kind: str, things: dict[str, str], eve: Person, ada: Person) -> None:
    answers = set()
    missing = str(uuid.UUID(int=0)) if "-" in things[kind] else "0" * 64
    for who, name in ((eve, things[kind]), (ada, things[kind]), (eve, missing), (eve, "no such name")):
        with pytest.raises(NotFoundHere) as caught:
            DOORS[kind](who, name)
        answers.add(caught.value.diagnostics())
    assert len(answers) == 1


def test_a_person_who_left_sees_nothing(things: dict[str, str], ana: Person) -> None:
    ana.is_active = False
    with pytest.raises(NotFoundHere):
        access_case(ana, things["case"])


def test_a_dossier_without_a_case_is_open_to_the_office_but_not_to_administrators(
    eve: Person, cleo: Person, ada: Person, now: datetime
) -> None:
    make_dossier(now, None)
    assert access_dossier(eve, D).id == access_dossier(cleo, D).id == D
    with pytest.raises(NotFoundHere):
        access_dossier(ada, D)


def test_a_list_that_an_act_names_is_seen_with_the_dossier_of_that_act(
    things: dict[str, str], ben: Person, eve: Person, now: datetime
) -> None:
    other = "e" * 64
    Dossier.objects.filter(id=D).update(case=None)
    HoldingLink.objects.create(list_sha256=L, dossier_id=D, act_id=other)
    assert access_holding(ben, L).list_sha256 == L
    Dossier.objects.filter(id=D).update(case=things["case"])
    with pytest.raises(NotFoundHere):
        access_holding(eve, L)
