"""Envelopes and loads of exhibits come in here, from any node: what they carry proves itself."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comity.errors import ComityError
from comity.exchange.carrier import MAX_LOAD_BYTES
from comity.exchange.envelope import MAX_OVERHEAD
from comity.exchange.parcel import MAX_BYTES
from comity.node import clock
from comity.node.machine.problem import problem
from comity.node.machine.reading import read_body
from comity.node.usecases.receive_envelope import receive_envelope
from comity.node.usecases.receive_load import UnknownListError, UnknownLoadError, loads_missing, receive_load


@csrf_exempt
@require_POST
def envelopes(request: HttpRequest) -> HttpResponse:
    """Take an envelope in and answer with the receipt; the same envelope gets the same receipt."""
    try:
        receipt = receive_envelope(read_body(request, MAX_BYTES + MAX_OVERHEAD), clock.now())
    except ComityError as error:
        return problem(error)
    return HttpResponse(receipt, content_type="text/plain; charset=utf-8")


@require_safe
def missing(request: HttpRequest, list_sha256: str) -> HttpResponse:
    """Say how many loads a list has and which ones are still missing here."""
    try:
        total, numbers = loads_missing(list_sha256)
    except UnknownListError as error:
        return problem(error, HTTPStatus.NOT_FOUND)
    except ComityError as error:
        return problem(error)
    return JsonResponse({"total": total, "missing": list(numbers)})


@csrf_exempt
@require_http_methods(["PUT"])
def load(request: HttpRequest, list_sha256: str, number: int) -> HttpResponse:
    """Take one load in; 204 when it is verified and stored, however often it comes."""
    try:
        receive_load(list_sha256, number, read_body(request, MAX_LOAD_BYTES), clock.now())
    except (UnknownListError, UnknownLoadError) as error:
        return problem(error, HTTPStatus.NOT_FOUND)
    except ComityError as error:
        return problem(error)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)
