"""Drafts as pages show them."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.acts.form import Form
from comity.cooperation.draft import Remark
from comity.cooperation.sentence import sentence
from comity.node import law
from comity.node.models import Draft
from comity.sites.desk import reading, words
from comity.sites.desk.forms.answers import AnswersForm
from comity.sites.desk.forms.base import RemarkShown
from comity.sites.desk.shown.acts import answer_rows
from comity.sites.desk.shown.cases import Row


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft in a list."""

    url: str
    title: str
    step: str
    recipient: str
    drafted_by: str
    submitted_at: datetime | None
    drafted_at: datetime
    state: str
    remark: str


def draft_line(draft: Draft) -> DraftLine:
    """Return the line for a draft."""
    step = words.act(draft.procedure, draft.step, draft.form)
    return DraftLine(
        url=reverse("desk:draft", args=[draft.id]),
        title=draft.subject or step,
        step=step,
        recipient=words.office(draft.recipient),
        drafted_by=draft.drafted_by.name,
        submitted_at=draft.submitted_at,
        drafted_at=draft.drafted_at,
        state=draft.state,
        remark=draft.remark if draft.state == "returned" else "",
    )


@dataclass(frozen=True, slots=True)
class DraftPage:
    """A draft as its page shows it."""

    id: str
    title: str
    eyebrow: str
    sentence: str
    state: str
    remark: str
    ready: bool
    submit_word: str
    remarks: tuple[RemarkShown, ...]
    remarks_title: str
    rows: tuple[Row, ...]
    binding: str
    pdf_url: str
    discardable: bool
    sections: tuple[tuple[str, tuple[Row, ...]], ...] = ()
    drafted_by: str = ""


def remark_shown(remark: Remark, draft: Draft, answers: AnswersForm | None = None) -> RemarkShown:
    """Return a remark as a sentence in the reader's language, with the control that it is about."""
    form = law.wordbook().forms.get(draft.form)
    text = sentence(remark, reading.lawbook_language(), law.lawbook().catalogue, law.wordbook(), form)
    name = (remark.field or "").split(".")[0]
    return RemarkShown(remark.severity, text, remark.article, name, answers.target(name) if answers else "")


def draft_page(draft: Draft, remarks: tuple[RemarkShown, ...]) -> DraftPage:
    """Return the page of a draft that is being filled."""
    step = law.procedure(draft.procedure).steps[draft.step]
    stops = sum(remark.severity == "stop" for remark in remarks)
    return DraftPage(
        id=str(draft.id),
        title=words.act(draft.procedure, draft.step, draft.form),
        eyebrow=f"{words.word('procedure', draft.procedure)} · {_article(step.article)}",
        sentence=_sentence(stops, remarks),
        state=draft.state,
        remark=draft.remark if draft.state == "returned" else "",
        ready=not stops,
        submit_word=_("Submit for approval") if step.binding else _("Sign and send"),
        remarks=remarks,
        remarks_title=_remarks_title(remarks),
        rows=_rows(draft),
        binding=_("It binds the state: another person approves it before it is signed.")
        if step.binding
        else _("It does not bind the state: you sign and send it yourself."),
        pdf_url=reverse("desk:draft-pdf", args=[draft.id]),
        discardable=draft.state in ("drafting", "returned"),
        drafted_by=draft.drafted_by.name,
    )


def review_page(draft: Draft, remarks: tuple[Remark, ...]) -> DraftPage:
    """Return the page on which a second person checks the answers."""
    page = draft_page(draft, tuple(remark_shown(remark, draft) for remark in remarks))
    return replace(
        page,
        sections=_answers(draft),
        sentence=_("Read it as the partner will. What you approve is signed in the name of the office."),
    )


def _answers(draft: Draft) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    """Return the answers by section, without what is empty."""
    around = [
        Row(_("Subject"), draft.subject, draft.subject_language),
        Row(_("Our reference"), draft.reference),
        Row(_("Ground"), _ground(draft)),
        Row(_("Words to the partner"), draft.note, draft.note_language),
        Row(_("Evidence"), draft.exhibits_list.title if draft.exhibits_list else ""),
    ]
    found = [(_("About the act"), tuple(row for row in around if row.value))]
    form = law.wordbook().forms.get(draft.form)
    for section in form.sections if form else ():
        part = Form(section.id, section.title, section.article, (section,))
        found.append((words.said(section.title), tuple(answer_rows(part, draft.fields))))
    return tuple((title, rows) for title, rows in found if rows)


def _ground(draft: Draft) -> str:
    refusal = draft.refusal or {}
    return (
        f"{words.word('ground', str(refusal['ground']))} {refusal.get('article', '')}" if refusal.get("ground") else ""
    )


def _rows(draft: Draft) -> tuple[Row, ...]:
    route = draft.route or {}
    rows = (
        Row(_("To"), words.office(draft.recipient)),
        Row(
            _("Route"),
            f"{words.word('instrument', route.get('instrument', ''))} {route.get('article', '')}" if route else "",
        ),
        Row(_("Case"), str(draft.case) if draft.case else ""),
        Row(_("Drafted by"), draft.drafted_by.name),
        Row(_("Written in"), _(", ").join(words.word("language", code) for code in draft.languages)),
    )
    return tuple(row for row in rows if row.value)


def _sentence(stops: int, remarks: tuple[RemarkShown, ...]) -> str:
    if stops:
        return ngettext(
            "%(count)d thing is still missing or wrong.", "%(count)d things are still missing or wrong.", stops
        ) % {"count": stops}
    if remarks:
        return _("Nothing stops it. Look at the remarks once more.")
    return _("It is complete.")


def _remarks_title(remarks: tuple[RemarkShown, ...]) -> str:
    if not remarks:
        return _("No remarks")
    return ngettext("%(count)d remark", "%(count)d remarks", len(remarks)) % {"count": len(remarks)}


def _article(article: str) -> str:
    return _("art. %(article)s") % {"article": article} if article[:1].isdigit() else article
