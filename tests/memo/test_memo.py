"""The memo: everything that matters is on paper as text, tagged, and whatever comes in as words stays words."""

import subprocess
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from comity.law.question import Question
from comity.law.routes import routes
from comity.lawbook import Lawbook, open_lawbook
from comity.memo.memo import Cell, Item, Items, Memo, MemoTooLargeError, Picture, Rows, Section, Table, Text
from comity.memo.render import render
from comity.memo.routes import routes_memo

NOW = datetime(2026, 11, 24, 9, 12, 31, 5, tzinfo=UTC)
HOSTILE = '#panic("out") #read("/etc/passwd") $x$ `raw` *bold* [link](http://x) <label> @ref // \\ = Head \u202e <script>alert(1)</script>'


@pytest.fixture(scope="module")
def book() -> Lawbook:
    return open_lawbook()


def question(**circumstances: object) -> Question:
    return Question("GH", "FR", "preserve", "illegal-access", date(2026, 11, 24), circumstances)


def paper(book: Lawbook, language: str, asked: Question) -> bytes:
    answer = routes(book.facts, asked)
    return routes_memo(answer, book.facts, book.wordbook, language=language, made_at=NOW, edition=book.edition)


def tool(name: str, pdf: bytes, folder: Path) -> str:
    target = folder / "memo.pdf"
    target.write_bytes(pdf)
    arguments = ["pdftotext", "-layout", target, "-"] if name == "pdftotext" else [name, target]
    return subprocess.run(arguments, capture_output=True, text=True, check=True).stdout


def memo(*sections: Section, language: str = "en", title: str = "Title", answer: str = "Answer.") -> Memo:
    return Memo(title, answer, sections, language, NOW, date(2026, 11, 24), "2026-11-24+00000000")


WANTED = {
    "en": ["What may Ghana ask of France?", "Conditional", "Unknown", "Closed", "art. 29", "Convention on Cybercrime", "60 days",
           "Facts as of 24 November 2026", "Not legal advice", "Sources", "24/7 network"],
    "zh": ["加纳可以向法国请求什么", "附条件", "未知", "不可用", "网络犯罪公约", "29", "非法律意见", "来源"],
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_memo_says_verdicts_articles_and_limits_as_text(book: Lawbook, tmp_path: Path, language: str) -> None:
    text = "".join(tool("pdftotext", paper(book, language, question()), tmp_path).split())
    for wanted in (*WANTED[language], book.edition):
        assert "".join(wanted.split()) in text, wanted


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_memo_is_tagged_for_those_who_listen(book: Lawbook, tmp_path: Path, language: str) -> None:
    pdf = paper(book, language, question())
    assert "Tagged:          yes" in tool("pdfinfo", pdf, tmp_path)
    assert "JavaScript:      no" in tool("pdfinfo", pdf, tmp_path)
    assert b"pdfuaid" in pdf
    assert b"pdfaid" in pdf


def test_every_measure_can_be_put_on_file(book: Lawbook) -> None:
    for measure in book.facts.codes.measures:
        asked = Question("BR", "DE", measure, None, date(2026, 11, 24))
        assert paper(book, "zh", asked).startswith(b"%PDF")


def test_hostile_words_of_a_question_stay_words(book: Lawbook, tmp_path: Path) -> None:
    text = tool("pdftotext", paper(book, "en", question(threat=HOSTILE, requested_data="x" * 5000)), tmp_path)
    assert '#panic("out")' in text
    assert "<script>alert(1)</script>" in text
    assert "root:" not in text
    assert "⟨U+202E⟩" in text, "what changes how others read is shown by its number"


@pytest.mark.parametrize("language", ["en", "zh", "ar"])
def test_hostile_words_in_every_part_of_a_memo_stay_words(tmp_path: Path, language: str) -> None:
    item = Item(HOSTILE, article=HOSTILE, verdict="unknown", source=HOSTILE)
    blocks = (
        Text(HOSTILE),
        Items((item,)),
        Rows(((HOSTILE, (item, item)),)),
        Table((HOSTILE,), ((Cell(HOSTILE, "open"),),)),
    )
    text = tool(
        "pdftotext", render(memo(Section(HOSTILE, blocks), title=HOSTILE, answer=HOSTILE, language=language)), tmp_path
    )
    assert text.count("panic") >= 10


def test_a_picture_stands_in_the_memo_with_its_words() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><rect width="20" height="10" fill="#0f4c81"/></svg>'
    assert render(memo(Section("Map", (Picture(svg, "A map of the world"),)))).startswith(b"%PDF")


def test_the_same_memo_gives_the_same_bytes() -> None:
    assert render(memo(Section("A", (Text("b"),)))) == render(memo(Section("A", (Text("b"),))))


@pytest.mark.parametrize("blocks", [(Items(tuple(Item("x") for _ in range(7000))),), (Text("x" * 700_000),)])
def test_a_memo_that_nobody_would_read_is_refused(blocks: tuple[Text, ...]) -> None:
    with pytest.raises(MemoTooLargeError):
        render(memo(Section("A", blocks)))


def test_a_memo_is_there_at_once(book: Lawbook) -> None:
    paper(book, "zh", question())
    times = []
    for place in range(3):
        started = time.perf_counter()
        paper(book, "zh", question(threat=f"a threat {place}"))
        times.append(time.perf_counter() - started)
    assert min(times) < 0.3
