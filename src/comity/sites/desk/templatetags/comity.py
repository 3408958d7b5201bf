"""The small parts of every page. A state is always said by shape, word and colour together."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.sites.desk import reading, words
from comity.sites.desk.shown.frame import shown_frame
from comity.sites.desk.shown.law import law_navigation

register = template.Library()

# code -> tone of the colours, shape, word
BADGES = {
    "open": ("open", "✓", gettext_lazy("Open")),
    "conditional": ("conditional", "◐", gettext_lazy("Conditional")),
    "unknown": ("unknown", "?", gettext_lazy("Unknown")),
    "closed": ("closed", "✕", gettext_lazy("Closed")),
    "met": ("open", "✓", gettext_lazy("Met")),
    "not-met": ("closed", "✕", gettext_lazy("Not met")),
    "ours": ("conditional", "◐", gettext_lazy("Waiting for us")),
    "theirs": ("closed", "○", gettext_lazy("Waiting for them")),
    "nobody": ("closed", "○", gettext_lazy("Nothing to do")),
    "ended": ("closed", "■", gettext_lazy("Ended")),
    "late": ("late", "!", gettext_lazy("Late")),
    "drafting": ("conditional", "◐", gettext_lazy("Draft")),
    "submitted": ("unknown", "◇", gettext_lazy("Waiting for approval")),
    "returned": ("late", "↩", gettext_lazy("Returned with a remark")),
    "sent": ("open", "✓", gettext_lazy("Signed and sent")),
    "held": ("open", "✓", gettext_lazy("Held and checked")),
    "acquiring": ("conditional", "◐", gettext_lazy("Being read")),
    "expected": ("unknown", "○", gettext_lazy("Expected")),
    "receiving": ("conditional", "◐", gettext_lazy("Arriving")),
    "failed": ("late", "!", gettext_lazy("Failed")),
    "verified": ("open", "✓", gettext_lazy("Verified")),
    "waiting": ("closed", "○", gettext_lazy("Waiting")),
    "making": ("conditional", "◐", gettext_lazy("Being made")),
    "ready": ("open", "✓", gettext_lazy("Ready")),
    "stop": ("late", "✕", gettext_lazy("Stops")),
    "warn": ("conditional", "!", gettext_lazy("Warns")),
    "advise": ("unknown", "i", gettext_lazy("Advises")),
    "gap": ("late", "!", gettext_lazy("Gap")),
    "has": ("open", "✓", gettext_lazy("Has it")),
    "narrower-as-permitted": ("conditional", "◐", gettext_lazy("Narrower, as permitted")),
    "partial": ("conditional", "◐", gettext_lazy("In part")),
    "lacks": ("late", "✕", gettext_lazy("Lacks it")),
    "intelligence": ("unknown", "i", gettext_lazy("Intelligence, not evidence")),
}


@register.simple_tag
def badge(code: str, word: str = "") -> SafeString:
    """Show a state as shape, word and colour."""
    tone, shape, said = BADGES.get(code, ("closed", "○", code))
    return format_html(
        '<span class="badge tone-{}"><span aria-hidden="true">{}</span>{}</span>', tone, shape, word or said
    )


@register.simple_tag
def shape(code: str) -> SafeString:
    """Show a state as its shape, the word kept for those who listen."""
    tone, sign, said = BADGES.get(code, ("closed", "○", code))
    return format_html(
        '<span class="shape tone-{}"><span aria-hidden="true">{}</span><span class="visually-hidden">{}{}</span></span>',
        tone,
        sign,
        said,
        _(": "),
    )


@register.filter
def moment(value: datetime | None) -> str:
    """Show an instant with its zone, readable by machines too."""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), reading.moment(value)) if value else ""


@register.filter
def day(value: date | datetime | None) -> str:
    """Show a date."""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), reading.day(value)) if value else ""


@register.filter
def period(value: timedelta | None) -> str:
    """Show how long something lasts."""
    return reading.period(value) if value is not None else ""


@register.filter
def bytes_size(value: int | None) -> str:
    """Show a number of bytes."""
    return reading.size(value) if value is not None else ""


@register.filter
def number(value: int) -> str:
    """Show a number with the reader's separators."""
    return reading.number(value)


@register.filter
def digest(value: str | None) -> str:
    """Show a digest by head and tail; the whole of it is in the title and can be copied."""
    return (
        format_html('<span class="digest nowrap" title="{}">{}</span>', value, reading.digest(value)) if value else ""
    )


@register.filter
def digest_head(value: str | None) -> str:
    """Show the first eight digits of a digest, as people name a dossier."""
    return (
        format_html('<span class="digest nowrap" title="{}">{}</span>', value, reading.digest(value, short=True))
        if value
        else ""
    )


@register.filter
def said(labels: Mapping[str, str] | None) -> str:
    """Choose the reader's language out of language -> words."""
    return words.said(labels or {})


@register.filter
def word(code: str | None, kind: str) -> str:
    """Show the label of a code."""
    return words.word(kind, code) if code else ""


@register.filter
def office(identity: str | None) -> str:
    """Show the name of an office by its id."""
    return words.office(identity) if identity else ""


@register.inclusion_tag("desk/parts/bar.html")
def bar(fraction: float | None, tone: str = "") -> dict[str, object]:
    """Draw how much of a period or of a work is over. An SVG, because the page may not carry styles of its own."""
    share = min(max(fraction or 0.0, 0.0), 1.0)
    return {"width": f"{share * 100:.1f}%", "tone": tone if fraction is not None else "still"}


@register.simple_tag(takes_context=True)
def here(context: template.Context, **changes: str) -> str:
    """Return the address of this page with some parts of its query changed."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query[name] = value
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def frame(context: template.Context) -> object:
    """Return what surrounds every page: office, places, languages, person."""
    return shown_frame(context["request"])


@register.simple_tag(takes_context=True)
def law_places(context: template.Context) -> object:
    """Return the entries of the navigation within the law."""
    return law_navigation(context["request"].path)
