"""Addresses of the node that are not pages for people; `comity.sites.urls` includes them and adds the pages."""

from django.urls import URLPattern, URLResolver, path, register_converter

from comity.node.api.interface import api
from comity.node.machine import directory, exchange, health, ledger


class Digest:
    """A SHA-256 in an address."""

    regex = "[0-9a-f]{64}"

    def to_python(self, value: str) -> str:
        """Return it as it is."""
        return value

    def to_url(self, value: str) -> str:
        """Return it as it is."""
        return value


register_converter(Digest, "digest")

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", api.urls),
    path("health", health.alive, name="health"),
    path("exchange/envelopes", exchange.envelopes, name="exchange-envelopes"),
    path("exchange/receipts/<digest:envelope_sha256>", exchange.receipt, name="exchange-receipt"),
    path("exchange/transfers/<digest:list_sha256>", exchange.transfer, name="exchange-transfer"),
    path("exchange/transfers/<digest:list_sha256>/<int:number>", exchange.load, name="exchange-load"),
    path("ledger/checkpoint", ledger.checkpoint, name="ledger-checkpoint"),
    path("ledger/add-checkpoint", ledger.add_checkpoint, name="ledger-add-checkpoint"),
    path("ledger/tile/<path:path>", ledger.tile, name="ledger-tile"),
    path("directory/<path:path>", directory.directory_file, name="directory-file"),
]
