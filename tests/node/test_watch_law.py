"""A node keeps the editions of the law that it met, and says what a new one changes for its state and the dossiers one may see."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.node.world import NOW, REQUEST, Partner

from comity.lawbook import open_lawbook
from comity.lawbook.editions import Edition, read_edition
from comity.node import law
from comity.node.editions import editions, remember_edition
from comity.node.home import Home
from comity.node.models import Dossier, Person
from comity.node.usecases import watch_law as watching
from comity.node.usecases.open_case import open_case
from comity.node.usecases.receive_envelope import receive_envelope
from comity.node.usecases.watch_law import NoSuchEditionError, every_open_dossier, known_editions, watch_law

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(node: Home) -> Home:
    """The node's home with the present edition and no other."""
    for path in editions(node):
        path.unlink()
    assert remember_edition(node, open_lawbook()) is not None
    return node


def later(edition: Edition) -> Edition:
    """The present edition, but Ghana has left Budapest."""
    rows = [
        {**row, "status": "ended", "ends": "2026-09-01"}
        if (row["instrument_id"], row["iso2"]) == ("budapest", "GH")
        else row
        for row in edition.raw["parties"]  # type: ignore[attr-defined]
    ]
    return Edition("2026-12-01+0badcafe", {**edition.raw, "parties": rows}, edition.pages)


def test_the_edition_is_kept_once_and_named(kept: Home) -> None:
    (path,) = editions(kept)
    remember_edition(kept, open_lawbook())
    assert editions(kept) == (path,)
    assert known_editions() == (law.lawbook().edition,)


def test_a_home_that_cannot_be_written_does_not_stop_the_node(kept: Home, tmp_path: Path) -> None:
    (tmp_path / "editions").write_text("a file stands in the way")
    assert remember_edition(replace(kept, path=tmp_path), open_lawbook()) is None
    assert remember_edition(replace(kept, path=tmp_path / "other"), open_lawbook(tmp_path)) is None


def test_without_an_earlier_edition_it_says_so(kept: Home, ana: Person) -> None:
    with pytest.raises(NoSuchEditionError, match="before the present one"):
        watch_law(ana, NOW)
    with pytest.raises(NoSuchEditionError, match="2020-01-01"):
        watch_law(ana, NOW, since="2020-01-01+00000000")


def test_a_new_edition_is_told_with_the_routes_of_the_own_state(
    kept: Home, ana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "edition_of", lambda book: later(read_edition(editions(kept)[0])))
    found = watch_law(ana, NOW, measures=["preserve"])
    assert [(change.kind, change.action) for change in found.changes] == [("party", "ended")]
    assert found.state == "GH"
    assert any(each.closes for each in found.routes)
    assert found.dossiers == ()


def test_an_open_dossier_is_told_to_those_who_may_see_it_and_to_nobody_else(
    requested: Home, partner: Callable[[str], Partner], ana: Person, eve: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    remember_edition(requested, open_lawbook())
    ghana = partner("gh/practice-prosecutor")
    receive_envelope(ghana.send(requested, ghana.make(REQUEST)), NOW)
    (dossier,) = every_open_dossier()
    assert (dossier.from_state, dossier.to_state, dossier.instrument) == ("GH", "FR", "budapest")
    assert (dossier.measure, dossier.procedure, dossier.opened_on) == ("preserve", "budapest-preservation", NOW.date())
    monkeypatch.setattr(watching, "edition_of", lambda book: later(read_edition(editions(requested)[-1])))
    found = watch_law(ana, NOW, measures=["preserve"])
    assert found.touched_dossier_ids == (dossier.id,)
    assert found.dossiers[0].route.closes
    case = open_case(ana, NOW, reference="FR-1", title="Intrusion", offence="illegal-access", max_penalty_months=60)
    Dossier.objects.update(case=case)
    (touched,) = watch_law(ana, NOW, measures=["preserve"]).dossiers[:1]
    assert (touched.dossier.offence, touched.dossier.circumstances) == (
        "illegal-access",
        {"max_penalty_months_from": 60},
    )
    assert watch_law(eve, NOW, measures=["preserve"]).dossiers == ()
