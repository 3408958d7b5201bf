"""A node of the practice network, and people at its pages."""

from collections.abc import Callable, Mapping

import pytest
from django.test import Client
from tests.node.conftest import become, homes, node, requested
from tests.sites.play import CASE, FACTS

from comity.node.models import Case, Dossier, Draft, Person

__all__ = ["become", "homes", "node", "requested"]

SETTLED = {
    "d-subject": str(CASE["title"]),
    "d-reference": "GH-1",
    "d-written_in": "en",
    "f-data_category": ["traffic", "content"],
    "f-intends_mla": "yes",
    "f-confidentiality": "yes",
    "f-confidentiality_reason": "The suspect would delete the data.",
    "f-mla_expected_by": "2027-01-05T12:00",
}


@pytest.fixture
def at() -> Callable[[Person], Client]:
    """Sit down at the pages as somebody."""

    def sit(who: Person) -> Client:
        client = Client()
        client.force_login(who)
        return client

    return sit


@pytest.fixture
def case(node: object, ana: Person, ben: Person, cleo: Person, at: Callable[[Person], Client]) -> Case:
    """A case that Ana opened on the page; Ben and Cleo are members, Eve is not."""
    values = {
        "reference": "GH-1",
        "offence": "illegal-access",
        "f-identifiers-0-identifier_kind": "ip-address",
        **CASE,
        **FACTS,
    }
    response = at(ana).post("/cases/new", values)
    assert response.status_code == 302, response.content.decode()
    return Case.objects.get(reference="GH-1")


@pytest.fixture
def draft(case: Case, ana: Person, at: Callable[[Person], Client]) -> Draft:
    """A draft that Ana began out of a route."""
    query = (
        f"?case={case.id}&from=GH&to=FR&measure=preserve&offence=illegal-access&date=2026-11-24&data_holder=provider"
    )
    client = at(ana)
    page = client.get(f"/routes/{query}").content.decode()
    assert "/drafts/new?" in page
    begin = f"/drafts/new{query}&place=1"
    chosen = {
        "case": str(case.id),
        "recipient": "fr/practice-central-authority",
        "opening": "budapest-preservation/send",
    }
    assert client.post(begin, chosen).status_code == 302
    return Draft.objects.get()


@pytest.fixture
def submitted(draft: Draft, ana: Person, at: Callable[[Person], Client]) -> Draft:
    """The draft, complete and submitted."""
    assert at(ana).post(f"/drafts/{draft.id}", filled(draft) | SETTLED | {"do": "submit"}).status_code == 302
    return Draft.objects.get()


@pytest.fixture
def dossier(submitted: Draft, ben: Person, at: Callable[[Person], Client]) -> Dossier:
    """The dossier that Ben's approval opened."""
    assert at(ben).post(f"/drafts/{submitted.id}", {"do": "approve"}).status_code == 302
    return Dossier.objects.get()


def filled(draft: Draft) -> dict[str, object]:
    """Return what a browser would send of the draft's form as it stands."""
    from comity.node import law
    from comity.sites.desk.forms.answers import AnswersForm

    form = AnswersForm(law.wordbook().forms[draft.form], draft.fields, "en")
    return posted(form)


def posted(form: object) -> dict[str, object]:
    """Return what a browser would send of a form as it was shown."""
    data: dict[str, object] = {}
    for bound in form:  # type: ignore[attr-defined]
        value = bound.value()
        if isinstance(value, list) and value and isinstance(value[0], Mapping):
            for index, row in enumerate(value):
                data |= {
                    f"{bound.html_name}-{index}-{column}": cell for column, cell in row.items() if cell is not None
                }
        elif value not in (None, "", []):
            data[bound.html_name] = value
    return data
