"""The node as a Django application."""

from django.apps import AppConfig


class NodeConfig(AppConfig):
    """Storage, users, access and work of one authority."""

    name = "comity.node"
    label = "node"
    default_auto_field = "django.db.models.BigAutoField"
