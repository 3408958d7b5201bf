"""Compares what a PDF says to people with what its payload says to programs."""

from collections.abc import Mapping

import pypdfium2

from comity.acts.document import Document
from comity.acts.pdf_layout import Layout, read_layout, unpack
from comity.acts.pdf_text import page_texts, squeezed
from comity.acts.refusals import TextDiffersError
from comity.acts.render import UnprintableError, render

SCALE = 1.0  # 72 dots an inch: a changed letter or stroke of the code changes hundreds of grey values
MAX_DIFFERENCE = 24  # of 255: what two versions of a typesetter may differ by at the edge of a letter


def expected_text(document: Document) -> tuple[str, str]:
    """Return the words printed once, and those at the foot of every page before its number, without blanks."""
    once = "".join(span.text for span in document.body())
    foot = "".join(span.text for span in document.every_page())
    return squeezed(once), squeezed(foot)


def refuse_other_text(
    document: Document, payload: bytes, typeset: bytes, layout: Layout, streams: Mapping[int, bytes]
) -> None:
    """Refuse a file whose words are not those of the document.

    Left-to-right text comes out in reading order, so it is compared as it is. Right-to-left text does not: there the document
    is typeset here, and the same typesetter gives the same bytes. For everything else (tables over a page break, another
    version of the typesetter) the words of both files are compared.

    Args:
        document: composed from the payload.
        payload: the payload's bytes.
        typeset: the file without the signature's update.
        layout: of that file.
        streams: its streams, unpacked.

    Raises:
        TextDiffersError: people would read something else than programs do.
    """
    if document.runs_both_ways() and _typeset(document, payload) == typeset:
        return
    pages = page_texts(layout, streams)
    once, foot = expected_text(document)
    feet = [f"{foot}{number}/{len(pages)}" for number in range(1, len(pages) + 1)]
    if all(page.endswith(end) for page, end in zip(pages, feet, strict=True)):
        words = "".join(page.removesuffix(end) for page, end in zip(pages, feet, strict=True))
        if words == once:
            return
    own = _typeset(document, payload)
    own_layout = read_layout(own)
    if page_texts(own_layout, unpack(iter(own_layout.items.items()))) != pages:
        raise TextDiffersError("The words of the PDF are not those that its data stands for.")


def refuse_other_drawing(document: Document, payload: bytes, typeset: bytes) -> None:
    """Refuse a file whose pages look otherwise than those typeset here.

    Raises:
        TextDiffersError: they do.
    """
    own = _typeset(document, payload)
    if own != typeset and _differ(own, typeset):
        raise TextDiffersError("The pages of the PDF look otherwise than those that its data stands for.")


def _typeset(document: Document, payload: bytes) -> bytes:
    try:
        return render(document, payload)
    except UnprintableError as error:
        raise TextDiffersError(f"The data of the act cannot be set on paper here: {error.message}") from error


def _differ(first: bytes, second: bytes) -> bool:
    one, other = pypdfium2.PdfDocument(first), pypdfium2.PdfDocument(second)
    try:
        return len(one) != len(other) or any(_page_differs(one, other, number) for number in range(len(one)))
    finally:
        one.close()
        other.close()


def _page_differs(one: pypdfium2.PdfDocument, other: pypdfium2.PdfDocument, number: int) -> bool:
    first, second = (bytes(document[number].render(scale=SCALE, grayscale=True).buffer) for document in (one, other))
    return len(first) != len(second) or any(
        abs(left - right) > MAX_DIFFERENCE for left, right in zip(first, second, strict=True) if left != right
    )
