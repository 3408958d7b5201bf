"""All addresses of a node: the desk's pages, the interface for programs, the machine interfaces."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("comity.node.urls")),
    path("", include("comity.sites.desk.urls")),
]
handler400 = "comity.sites.desk.views.failures.bad_request"
handler403 = "comity.sites.desk.views.failures.forbidden"
handler404 = "comity.sites.desk.views.failures.not_found"
handler500 = "comity.sites.desk.views.failures.broken"
