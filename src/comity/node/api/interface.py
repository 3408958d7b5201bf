"""Puts the parts of the REST interface together."""

from django.http import HttpRequest, HttpResponse

from comity import __version__
from comity.node import clock, resources
from comity.node.api import cases, dossiers, drafts, evidence, law, offences, packages, problems, tokens
from comity.node.api.auth import Token, who
from comity.node.api.schemas import Me, OfficeOut, QuestionIn

DESCRIPTION = """
The same use cases as on the pages of the desk, for programs of the own authority. Every call acts for the person who made the
token. Errors are problem documents (RFC 9457) with a stable `code`, a sentence in `detail` and what to do in `remedy`.
What is missing and what is forbidden look the same: 404.
"""

api = problems.DocumentedApi(
    title="Comity node",
    version=__version__,
    description=DESCRIPTION,
    auth=Token(),
    urls_namespace="api",
    docs_url="/docs",
)
problems.install(api)
api.add_router("/cases", cases.router)
api.add_router("/drafts", drafts.router)
api.add_router("/dossiers", dossiers.router)
api.add_router("/evidence", evidence.router)
api.add_router("/law", law.router)
api.add_router("/law", offences.router)
api.add_router("/packages", packages.router)
api.add_router("/tokens", tokens.router)


@api.get("/me", response=Me, tags=["desk"])
def me(request: HttpRequest) -> Me:
    """Say who the token acts for."""
    person = who(request)
    return Me(username=person.username, name=person.name, roles=person.roles, office=resources.home().office)


@api.get("/offices", response=list[OfficeOut], tags=["desk"])
def offices(request: HttpRequest) -> list[OfficeOut]:
    """List the other offices of the directory."""
    return [
        OfficeOut(
            id=each.id,
            state=each.state,
            names=dict(each.names),
            languages=list(each.languages),
            actors=list(each.actors),
            url=each.url,
        )
        for each in resources.partners(clock.now())
    ]


@api.post("/routes", response=dict[str, object], tags=["law"])
def routes(request: HttpRequest, data: QuestionIn) -> dict[str, object]:
    """Ask the law: which routes are there, under which conditions, with which sources. The same as `/law/routes`."""
    return law.routes(request, data)


@api.post("/routes/memo", response={200: None}, tags=["law"], openapi_extra=law.PDF)
def routes_memo(request: HttpRequest, data: QuestionIn) -> HttpResponse:
    """Take the answer as a PDF to put on file. The same as `/law/routes/memo`."""
    return law.routes_memo(request, data)
