"""Envelopes and loads of exhibits come in here, from any node: what they carry proves itself."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse

from comity.exchange.carrier import MAX_LOAD_BYTES
from comity.exchange.envelope import MAX_OVERHEAD
from comity.exchange.parcel import MAX_BYTES
from comity.node import clock
from comity.node.machine.problem import NotServedError, endpoint, problem
from comity.node.machine.reading import read_body
from comity.node.models import ReceivedEnvelope
from comity.node.usecases.receive_envelope import receive_envelope
from comity.node.usecases.receive_load import UnknownListError, UnknownLoadError, loads_missing, receive_load

RECEIPT_TYPE = "text/plain; charset=utf-8"


@endpoint("POST")
def envelopes(request: HttpRequest) -> HttpResponse:
    """Take an envelope in and answer with the receipt; the same envelope gets the same receipt."""
    receipt = receive_envelope(read_body(request, MAX_BYTES + MAX_OVERHEAD), clock.now())
    return HttpResponse(receipt, content_type=RECEIPT_TYPE)


@endpoint("GET", "HEAD")
def receipt(request: HttpRequest, envelope_sha256: str) -> HttpResponse:
    """Give the receipt of an envelope again to whoever has the envelope, and so its digest."""
    found = ReceivedEnvelope.objects.filter(sha256=envelope_sha256).values_list("receipt", flat=True).first()
    if found is None:
        raise NotServedError("This node has received no such envelope.")
    return HttpResponse(bytes(found), content_type=RECEIPT_TYPE)


@endpoint("GET", "HEAD")
def transfer(request: HttpRequest, list_sha256: str) -> HttpResponse:
    """Say how many loads a list has and which ones are still missing here."""
    try:
        total, numbers = loads_missing(list_sha256)
    except UnknownListError as error:
        return problem(error, HTTPStatus.NOT_FOUND)
    return JsonResponse({"list": list_sha256, "loads": total, "missing": list(numbers)})


@endpoint("PUT")
def load(request: HttpRequest, list_sha256: str, number: int) -> HttpResponse:
    """Take one load in; 204 when it is verified and stored, however often it comes."""
    try:
        receive_load(list_sha256, number, read_body(request, MAX_LOAD_BYTES), clock.now())
    except UnknownListError as error:
        return problem(error, HTTPStatus.CONFLICT)
    except UnknownLoadError as error:
        return problem(error, HTTPStatus.NOT_FOUND)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)
