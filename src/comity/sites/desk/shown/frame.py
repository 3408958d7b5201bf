"""What surrounds every page: the office, the places, the languages, the person."""

from types import SimpleNamespace

from comity.sites.desk import reading


def shown_frame(request):
    N = SimpleNamespace
    return N(language=reading.html_language(), direction=request.GET.get("dir") or reading.direction(), office="Central Authority, Borduria", practice=True,
        places=[N(url="/inbox/", name="Inbox", count=4, here=True), N(url="/routes/", name="Routes", count=0, here=False), N(url="#", name="Cases"), N(url="#", name="Evidence")],
        languages=[N(code="zh-hans", tag="zh-Hans", name="中文")], path="/", zone="UTC", person="Ben Prado")
