"""Whatever a program sends to the questions about law, the answer is one that the interface documents, never a fault of the node."""

from typing import TYPE_CHECKING

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from comity.node.home import Home
from comity.node.models import Person
from comity.node.usecases.make_token import make_token

if TYPE_CHECKING:
    from schemathesis.schemas import APIOperation

SETTINGS = settings(
    max_examples=8, deadline=None, database=None, phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
CHECKS = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
FEWEST = 20
STATES = ["GH", "FR", "US", "CN", "KE", "XX"]
KNOWN: dict[str, list[object]] = {
    **{key: list(STATES) for key in ("from", "to", "from_state", "to_state", "state", "user_region")},
    "states": [["DE", "FR"], ["GH", "US", "CN"]],
    "measure": ["preserve", "content", "extradition"],
    "offence": ["illegal-access", "computer-fraud", None],
    "instrument": ["budapest", "uncc", "untoc"],
    "date": ["2026-11-24", "1950-01-01"],
    "service": ["google", "nobody"],
}


def meaningful(part: dict[str, object]) -> st.SearchStrategy[dict[str, object]]:
    """Some of the values of a request, exchanged for ones that the lawbook knows: else nearly every question is refused."""
    known = {key: values for key, values in KNOWN.items() if key in part}
    return st.fixed_dictionaries({}, optional={key: st.sampled_from(values) for key, values in known.items()})


@pytest.fixture
def operations(node: Home) -> "list[APIOperation]":
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", get_wsgi_application())
    found = [result.ok() for result in schema.get_all_operations()]
    return [each for each in found if each.path.startswith(("/api/law/", "/api/routes"))]


def test_every_question_about_law_is_answered_as_documented(operations: "list[APIOperation]", ana: Person) -> None:
    headers = {"Authorization": f"Bearer {make_token(ana, 'test')}"}
    assert len(operations) >= FEWEST
    for operation in operations:

        @given(case=operation.as_strategy(), data=st.data())
        @SETTINGS
        def ask(case: schemathesis.Case, data: st.DataObject) -> None:
            for part in (case.body, case.query):
                if isinstance(part, dict):
                    part |= data.draw(meaningful(part))
            case.call_and_validate(headers=headers, checks=CHECKS)

        ask()
