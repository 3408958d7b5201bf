"""The directory's files, as any TUF client reads them: this node passes on what it has verified itself."""

from django.http import HttpRequest, HttpResponse

from comity.exchange.sources import folder_source
from comity.node import resources
from comity.node.machine.problem import NotServedError, endpoint

MAX_FILE = 4 * 1024 * 1024


@endpoint("GET", "HEAD")
def directory_file(request: HttpRequest, path: str) -> HttpResponse:
    """Answer with one file of the directory."""
    data = folder_source(resources.home().directory_folder / resources.FILES)(path, MAX_FILE)
    if data is None:
        raise NotServedError("The directory has no such file.")
    return HttpResponse(data, content_type="application/json", headers={"Cache-Control": "no-cache"})
