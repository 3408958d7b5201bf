"""The node's ledger as others read it: the published checkpoint and the tiles that it covers (C2SP tlog-tiles)."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from comity.errors import PeerError
from comity.ledger.tiles import MalformedTileError, Tile, entry_bundle, hash_tile, parse_tile_path, tile_width
from comity.ledger.witness import ANSWER_TYPE, CONFLICT_TYPE, MAX_REQUEST_BYTES, Conflict, status_of
from comity.node import clock, ledger_rows, resources
from comity.node.machine.problem import NotServedError, endpoint, problem
from comity.node.machine.reading import read_body
from comity.node.usecases.cosign import UnknownLogError, cosign

FOREVER = "public, max-age=31536000, immutable"


@endpoint("GET", "HEAD")
def checkpoint(request: HttpRequest) -> HttpResponse:
    """Answer with the last published checkpoint, cosigned by those witnesses that answered."""
    _, note = ledger_rows.published()
    if not note:
        raise NotServedError("Nothing is published yet.")
    return HttpResponse(note, content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-cache"})


@endpoint("GET", "HEAD")
def tile(request: HttpRequest, path: str) -> HttpResponse:
    """Answer with a tile of hashes or a bundle of entries, as far as the published checkpoint covers it."""
    size, _ = ledger_rows.published()
    try:
        wanted = parse_tile_path(f"tile/{path}")
    except MalformedTileError as error:
        raise NotServedError(error.message) from error
    if wanted.width > tile_width(wanted.level, wanted.index, size):
        raise NotServedError("The published checkpoint does not cover this tile.")
    return HttpResponse(_data(wanted), content_type="application/octet-stream", headers={"Cache-Control": FOREVER})


def _data(tile: Tile) -> bytes:
    if tile.level is None:
        return entry_bundle(ledger_rows.bundle(tile.index * 256, tile.width))
    return hash_tile(tile.level, tile.index, tile.width, ledger_rows.read_hashes)


@endpoint("POST")
def add_checkpoint(request: HttpRequest) -> HttpResponse:
    """Cosign another node's checkpoint, or say what this witness saw last (C2SP tlog-witness)."""
    now = clock.now()
    data = read_body(request, MAX_REQUEST_BYTES)
    try:
        vkeys = {each.id: each.ledger_key for each in resources.partners(now) if each.ledger_key}
        answer = cosign(data, vkeys, resources.witness_signer(), now)
    except UnknownLogError as error:
        return problem(error, HTTPStatus.NOT_FOUND)
    except PeerError as error:
        return problem(error, status_of(error))
    if isinstance(answer, Conflict):
        return HttpResponse(answer.encode(), content_type=CONFLICT_TYPE, status=HTTPStatus.CONFLICT)
    return HttpResponse(answer.cosignature, content_type=ANSWER_TYPE)
