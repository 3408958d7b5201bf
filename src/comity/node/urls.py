"""Addresses of the node that are not pages for people; `comity.sites.urls` includes them and adds the pages."""

from django.urls import URLPattern, URLResolver, path

from comity.node.machine import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("health", health.alive, name="health"),
]
