"""All addresses of a node: the desk's pages, the interface for programs, the machine interfaces."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("comity.node.urls")),
]
