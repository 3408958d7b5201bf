"""The node's ledger as others read it: the published checkpoint and the tiles that it covers (C2SP tlog-tiles)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from comity.ledger.tiles import MalformedTileError, Tile, entry_bundle, hash_tile, parse_tile_path, tile_width
from comity.node import ledger_rows

FOREVER = "public, max-age=31536000, immutable"


@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:
    """Answer with the last published checkpoint, cosigned by those witnesses that answered."""
    size, note = ledger_rows.published()
    if not note:
        raise Http404("nothing is published yet")
    return HttpResponse(note, content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-cache"})


@require_safe
def tile(request: HttpRequest, path: str) -> HttpResponse:
    """Answer with a tile of hashes or a bundle of entries, as far as the published checkpoint covers it."""
    size, _ = ledger_rows.published()
    try:
        wanted = parse_tile_path(f"tile/{path}")
    except MalformedTileError as error:
        raise Http404(error.message) from error
    if wanted.width > tile_width(wanted.level, wanted.index, size):
        raise Http404("the published checkpoint does not cover this tile")
    return HttpResponse(_data(wanted), content_type="application/octet-stream", headers={"Cache-Control": FOREVER})


def _data(tile: Tile) -> bytes:
    if tile.level is None:
        return entry_bundle(ledger_rows.bundle(tile.index * 256, tile.width))
    return hash_tile(tile.level, tile.index, tile.width, ledger_rows.read_hashes)
