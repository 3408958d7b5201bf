"""What the pages of the law hand out: the memo for the file, the answer as data, the way back to the question."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse


def paper(pdf: bytes, name: str) -> HttpResponse:
    """Hand out a PDF that the browser shows; `name` is the file's, without ending."""
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


def data(value: Mapping[str, object]) -> HttpResponse:
    """Hand out an answer as JSON that a person can read too."""
    return JsonResponse(value, json_dumps_params={"ensure_ascii": False, "indent": 1})


def explained(request: HttpRequest, page: str) -> HttpResponse:
    """Lead to the page of the question, which says why it cannot be asked."""
    return redirect(f"{reverse(f'desk:{page}')}?{request.GET.urlencode()}")
