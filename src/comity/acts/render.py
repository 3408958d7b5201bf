"""From a document to a PDF/A-3 with the payload attached, by the Typst compiler.

The same document gives the same bytes: fonts come with the packages, the date is the act's own. Words reach the template as data.
"""

import json
import re
import threading
from functools import cache
from pathlib import Path

import segno
import typst

from comity.acts import phrases
from comity.acts.document import Document
from comity.acts.fonts import families, fonts
from comity.acts.spans import MONO_STYLES, Line, Row, Span
from comity.errors import LocalError

PAYLOAD_NAME = "act.json"
PAYLOAD_DESCRIPTION = "The data of this act: canonical JSON by RFC 8785, schema urn:comity:schema:comity-act:1"
ZERO_WIDTH_SPACE = "\u200b"
# Typst breaks lines between words and between Chinese characters. A word that is longer than a line would run off the paper.
WIDTH = 36  # characters of the mono face that fit into an answer, with some to spare
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_one_at_a_time = threading.Lock()


class UnprintableError(LocalError):
    """A document cannot be set on paper with the fonts there are."""

    code = "unprintable"


def render(document: Document, payload: bytes) -> bytes:
    """Return the unsigned PDF of a document, with the payload attached as `act.json`.

    Args:
        document: what the paper says.
        payload: canonical JSON of the act.

    Raises:
        UnprintableError: the typesetter refuses it.
    """
    inputs = {"document": json.dumps(_data(document), ensure_ascii=False), "payload": payload.decode("utf-8")}
    try:
        with _one_at_a_time:
            pdf = _compiler().compile(
                _source(), format="pdf", sys_inputs=inputs, pdf_standards=["a-3a"], timestamp=document.made_at
            )
    except typst.TypstError as error:
        raise UnprintableError(
            f"The act cannot be set on paper: {error.message}", remedy="Look for unusual characters."
        ) from error
    assert isinstance(pdf, bytes)
    return pdf


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(font_paths=fonts(), ignore_system_fonts=True)


@cache
def _source() -> bytes:
    return (
        Path(__file__).with_name("act.typ").read_bytes()
        + (
            f'\n#pdf.attach("{PAYLOAD_NAME}", bytes(sys.inputs.payload), relationship: "data", mime-type: "application/json", '
            f'description: "{PAYLOAD_DESCRIPTION}")\n'
        ).encode()
    )


def _data(document: Document) -> dict[str, object]:
    made_at = document.made_at
    used = {_family(span): families(span.language, mono=span.style in MONO_STYLES) for span in _spans(document)}
    return {
        "title": document.title,
        "author": document.names[0][0].text,
        "date": dict(zip(("year", "month", "day", "hour", "minute", "second"), made_at.timetuple()[:6], strict=True)),
        "lang": _language(document.languages[0]),
        "rtl": phrases.is_right_to_left(document.languages[0]),
        "fonts": {"en": families("en"), **used},
        "code": _code(document.code),
        **{
            name: [_line(line) for line in getattr(document, name)]
            for name in ("names", "dated", "titles", "basis", "seal", "foot")
        },
        "rows": [_row(row) for row in document.rows],
    }


def _spans(document: Document) -> list[Span]:
    return [*document.body(), *document.every_page()]


def _family(span: Span) -> str:
    return f"{span.language}{'-mono' if span.style in MONO_STYLES else ''}"


def _language(tag: str) -> str:
    first = tag.split("-")[0]
    return first if _LANGUAGE.fullmatch(first) else "en"


@cache
def _long(width: int) -> re.Pattern[str]:
    return re.compile(rf"[^ \n]{{{width}}}(?=\w)|[^\w \n]{{{width // 2}}}")


def _line(line: Line, width: int = WIDTH) -> dict[str, object]:
    return {"rtl": phrases.is_right_to_left(line[0].language), "spans": [_span(span, width) for span in line]}


def _span(span: Span, width: int) -> dict[str, str]:
    text = _long(width).sub(lambda match: match[0] + ZERO_WIDTH_SPACE, span.text)
    return {"t": text, "l": _language(span.language), "f": _family(span), "s": span.style}


def _row(row: Row) -> dict[str, object]:
    return {
        "number": row.number,
        "heading": row.heading,
        "labels": [_line((label,)) for label in row.labels],
        "lines": [_line(line) for line in row.lines],
        "table": [[[_line(line, max(6, 58 // len(cells))) for line in cell] for cell in cells] for cells in row.table],
    }


def _code(content: str) -> dict[str, object]:
    """Return the two-dimensional code as horizontal runs of dark modules: x, y, width."""
    matrix = segno.make_qr(content, error="m", mask=3).matrix
    runs: list[tuple[int, int, int]] = []
    for y, modules in enumerate(matrix):
        for dark in re.finditer(b"\x01+", bytes(modules)):
            runs.append((dark.start(), y, dark.end() - dark.start()))
    return {"size": len(matrix), "runs": runs}
