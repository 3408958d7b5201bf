"""The memo of what changed between two editions of the law."""

from collections.abc import Iterator
from datetime import date, datetime

from comity.law.answer import CLOSED
from comity.law.watch.report import Watch, dossier_words, route_words, summary, warning_words
from comity.law.words import Words
from comity.memo.memo import Item, Items, Memo, Section
from comity.memo.render import render
from comity.memo.routes import LIMITS

MOST = 400
TITLE = Words("What changed in the law, from edition {old} to {new}?", "从版本{old}到{new}，法律有何变化？")
DOSSIERS = Words("Open dossiers that are touched", "受影响的未结卷宗")
CHANGES = Words("Changes of the law", "法律变更")
ROUTES = Words("Routes of the own state", "本国的途径")
WARNINGS = Words("Warnings before a request, and the routes that each touches", "请求前的警示及其涉及的途径")
TEMPLATES = Words("Procedures, forms and words", "程序、表格与用语")
MORE = Words("… and {count} more: see the data of this answer.", "……另有{count}项，见本答复的数据。")


def changes_memo(
    found: Watch, *, language: str, made_at: datetime, as_of: date, edition: str, office: str = ""
) -> bytes:
    """Return the comparison as a PDF to put on file.

    Args:
        found: of the watch.
        language: `en` or `zh`.
        made_at: the moment that the memo bears, with its zone.
        as_of: the day until which the present facts were collected.
        edition: the present one.
        office: whose memo it is; empty for none.

    Raises:
        MemoTooLargeError: it is longer than anybody reads.
        UnprintableMemoError: the typesetter refuses it.
    """
    return render(
        Memo(
            title=TITLE.say(language).format(old=found.old, new=found.new),
            answer=summary(found).say(language),
            sections=tuple(_sections(found, language)),
            language=language,
            made_at=made_at,
            as_of=as_of,
            edition=edition,
            office=office,
            limits=tuple(limit.say(language) for limit in LIMITS),
        )
    )


def _sections(found: Watch, language: str) -> Iterator[Section]:
    parts = (
        (DOSSIERS, [Item(dossier_words(each).say(language)) for each in found.dossiers]),
        (CHANGES, [Item(each.words.say(language), each.article, source=each.source) for each in found.changes]),
        (
            ROUTES,
            [
                Item(route_words(each).say(language), verdict=each.new.verdict if each.new else CLOSED)
                for each in found.routes
            ],
        ),
        (WARNINGS, [Item(warning_words(each).say(language)) for each in found.warnings]),
        (TEMPLATES, [Item(f"{each.file}: {each.entry}" if each.entry else each.file) for each in found.templates]),
    )
    for title, items in parts:
        if items:
            more = [Item(MORE.say(language).format(count=len(items) - MOST))] if len(items) > MOST else []
            yield Section(title.say(language), (Items((*items[:MOST], *more)),))
