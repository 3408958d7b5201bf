"""Tells a supervisor that the node answers and its database can be read."""

from django.db import connection
from django.http import HttpRequest, JsonResponse

from comity.node.machine.problem import endpoint


@endpoint("GET", "HEAD")
def alive(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database can be read; nothing about the content."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})
