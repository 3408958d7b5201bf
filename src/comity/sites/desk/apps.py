"""The desk as a Django application."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Pages for officers, approvers, custodians, provider desks and administrators."""

    name = "comity.sites.desk"
    label = "desk"

    def ready(self) -> None:
        """Make the compiled catalogues where they are missing or older than their source."""
        from comity.sites.desk.catalogues import compile_catalogues

        compile_catalogues()
