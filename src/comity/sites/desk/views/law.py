"""The entrance to the law: what one can ask it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from comity.node.access import require_role
from comity.node.models.person import APPROVER, CUSTODIAN, OFFICER
from comity.sites.desk.page import page, person
from comity.sites.desk.shown.law import entrance, source_line

ASKING = (OFFICER, APPROVER, CUSTODIAN)


@page
def law(request: HttpRequest) -> HttpResponse:
    """Say what one can ask, each with an example."""
    require_role(person(request), *ASKING)
    return render(request, "desk/law.html", {"entries": entrance(), "source_line": source_line()})
