"""From a memo to a PDF that any reader opens and a screen reader reads: PDF/A-3a and PDF/UA-1, by the Typst compiler.

Every word reaches the template as data and is never source; what no font of ours draws is named by its code point. The same memo
gives the same bytes.
"""

import json
import re
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import typst

from comity.acts import characters, phrases
from comity.acts.fonts import MONO, families, fonts
from comity.errors import LocalError
from comity.law.saying import MARKS
from comity.memo.memo import Block, Cell, Item, Items, Memo, Picture, Rows, Section, Table, Text, check_size
from comity.memo.phrases import FRAME

ZERO_WIDTH_SPACE = "\u200b"
TONES = {"met": "open", "not-met": "closed"}
# Typst breaks lines between words; a word longer than a line would run off the paper
_LONG_WORD = re.compile(r"[^\s]{28}(?=\w)")
_one_at_a_time = threading.Lock()

Data = dict[str, object]


class UnprintableMemoError(LocalError):
    """A memo cannot be set on paper with the fonts there are."""

    code = "unprintable-memo"


def render(memo: Memo) -> bytes:
    """Return a memo as PDF.

    Raises:
        MemoTooLargeError: it is longer than anybody reads.
        UnprintableMemoError: the typesetter refuses it.
    """
    check_size(memo)
    made_at = memo.made_at.astimezone(UTC).replace(microsecond=0)
    inputs = {"memo": json.dumps(_data(memo, made_at), ensure_ascii=False)}
    try:
        with _one_at_a_time:
            pdf = _compiler().compile(
                _source(), format="pdf", sys_inputs=inputs, pdf_standards=["a-3a", "ua-1"], timestamp=made_at
            )
    except typst.TypstError as error:
        raise UnprintableMemoError(
            f"The memo cannot be set on paper: {error.message}", remedy="Take the data as JSON instead."
        ) from error
    assert isinstance(pdf, bytes)
    return pdf


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(font_paths=fonts(), ignore_system_fonts=True)


@cache
def _source() -> bytes:
    return Path(__file__).with_name("memo.typ").read_bytes()


@dataclass
class _Sources:
    """The sources of a memo, numbered in the order of first use."""

    numbers: dict[str, int] = field(default_factory=dict)

    def number(self, source: str) -> int:
        return self.numbers.setdefault(source, len(self.numbers) + 1) if source else 0


def _data(memo: Memo, made_at: datetime) -> Data:
    frame, sources = FRAME.get(memo.language, FRAME["en"]), _Sources()
    sections = [_section(section, memo.language, sources) for section in memo.sections]
    return {
        "title": _set(memo.title),
        "answer": _set(memo.answer),
        "lang": memo.language.split("-")[0],
        "rtl": phrases.is_right_to_left(memo.language),
        "fonts": families(memo.language),
        "mono": (MONO, *families(memo.language)),
        "date": dict(zip(("year", "month", "day", "hour", "minute", "second"), made_at.timetuple()[:6], strict=True)),
        "kind": frame["memo"],
        "office": _set(memo.office),
        "made": _set(phrases.instant(memo.language, made_at.replace(second=0))),
        "sections": sections,
        "sources": [_set(source) for source in sources.numbers],
        "sources-title": frame["sources"],
        "limits": [_set(limit) for limit in memo.limits],
        "limits-title": frame["limits"],
        "foot": _set(frame["foot"].format(day=phrases.day(memo.language, memo.as_of), edition=memo.edition)),
    }


def _section(section: Section, language: str, sources: _Sources) -> Data:
    return {
        "title": _set(section.title),
        "level": section.level + 1,
        "mark": _mark(section.verdict, language),
        "blocks": [_block(block, language, sources) for block in section.blocks],
    }


def _block(block: Block, language: str, sources: _Sources) -> Data:
    match block:
        case Text(text, lead):
            return {"kind": "text", "text": _set(text), "lead": lead}
        case Items(items):
            return {"kind": "items", "items": [_item(item, language, sources) for item in items]}
        case Rows(rows):
            lines = [[_set(name), [_item(item, language, sources) for item in items]] for name, items in rows]
            return {"kind": "rows", "rows": lines}
        case Table(head, rows, widths):
            cells = [[_cell(cell, language) for cell in row] for row in rows]
            return {"kind": "table", "head": [*map(_set, head)], "rows": cells, "widths": widths or (1.0,) * len(head)}
        case Picture(svg, description):
            return {"kind": "picture", "svg": svg, "description": _set(description)}


def _item(item: Item, language: str, sources: _Sources) -> Data:
    return {
        "text": _set(item.text),
        "article": _set(item.article),
        "mark": _mark(item.verdict, language),
        "source": sources.number(item.source),
        "depth": min(item.depth, 3),
    }


def _cell(cell: Cell, language: str) -> Data:
    return {"text": _set(cell.text), "mark": _mark(cell.verdict, language)}


def _mark(verdict: str, language: str) -> Data | None:
    if verdict not in MARKS:
        return None
    shape, word = MARKS[verdict]
    return {"shape": shape, "word": word.say(language), "tone": TONES.get(verdict, verdict)}


def _set(text: str) -> str:
    """Return a text as it can be set: drawable, on one paragraph, with places where a long word may break."""
    plain = characters.shown(text.replace("\r", ""))
    return _LONG_WORD.sub(lambda match: match[0] + ZERO_WIDTH_SPACE, plain)
