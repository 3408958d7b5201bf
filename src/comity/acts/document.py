"""What the paper says, as values: a pure function from an act and the words of the lawbook.

The receiver composes the same document from the payload and compares it with the text of the PDF, so everything that is
printed is here, in the order in which it is printed, and everything that the payload holds is printed.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from comity.acts import phrases
from comity.acts.act import Act, Person, Text, encode_act
from comity.acts.answers import answer_of, as_json
from comity.acts.callback import callback_phrase
from comity.acts.canonical import digest
from comity.acts.form import Form
from comity.acts.office import Office
from comity.acts.spans import SEPARATOR, Line, Row, Span, each, joined, of_text, plain
from comity.acts.wordbook import Wordbook

_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
NO_OFFICES: Mapping[str, Office] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Document:
    """What one act looks like on paper.

    Attributes:
        title: for the file's metadata.
        languages: as the act has them; the first decides the direction of the page.
        names: the office's name in each language, with its state.
        dated: when it was made and the sender's reference.
        titles: what the act is, in each language.
        basis: instrument and article, the form, and to whom it goes.
        rows: the numbered particulars.
        seal: who signed and how to check it; the first line is the strong one.
        foot: the lines at the foot of every page, beside the code.
        code: what the two-dimensional code holds.
        made_at: the date that the file carries.
    """

    title: str
    languages: tuple[str, ...]
    names: tuple[Line, ...]
    dated: tuple[Line, ...]
    titles: tuple[Line, ...]
    basis: tuple[Line, ...]
    rows: tuple[Row, ...]
    seal: tuple[Line, ...]
    foot: tuple[Line, ...]
    code: str
    made_at: datetime

    def body(self) -> Iterator[Span]:
        """Yield what is printed once, in the order of the paper."""
        for lines in (self.names, self.dated, self.titles, self.basis):
            for line in lines:
                yield from line
        for row in self.rows:
            yield from row.spans()
        for line in self.seal:
            yield from line

    def runs_both_ways(self) -> bool:
        """Whether any words run from right to left, so that the order on paper is not the order of reading."""
        return any(_RIGHT_TO_LEFT.search(span.text) for spans in (self.body(), self.every_page()) for span in spans)

    def every_page(self) -> Iterator[Span]:
        """Yield what is printed at the foot of every page, before its number."""
        for line in self.foot:
            yield from line


def compose(act: Act, wordbook: Wordbook, offices: Mapping[str, Office] = NO_OFFICES, *, act_id: str = "") -> Document:
    """Return the document of an act.

    Args:
        act: the act.
        wordbook: labels of codes and the forms.
        offices: office id -> office, for the sender and the parties; one that is missing is shown by its id.
        act_id: the act's id, where the caller knows it already.
    """
    return _Composer(act, wordbook, offices).document(act_id or digest(encode_act(act)))


@dataclass(frozen=True, slots=True)
class _Composer:
    act: Act
    words: Wordbook
    offices: Mapping[str, Office]

    def document(self, act_id: str) -> Document:
        titles = self._titles()
        return Document(
            title=" · ".join(span.text for line in titles for span in line),
            languages=self.act.languages,
            names=self._names(),
            dated=self._dated(),
            titles=titles,
            basis=self._basis(),
            rows=tuple(self._numbered()),
            seal=self._seal(),
            foot=self._foot(act_id),
            code=f"COMITY:ACT:{act_id.upper()}",
            made_at=self.act.made_at,
        )

    def _each(self, words: Callable[[str], str], style: str = "") -> tuple[Span, ...]:
        return each(self.act.languages, words, style)

    def _label(self, kind: str, code: str, style: str = "") -> tuple[Span, ...]:
        return self._each(lambda language: self.words.label(kind, code, language), style)

    def _phrase(self, name: str, style: str = "", **values: str) -> tuple[Span, ...]:
        return self._each(lambda language: phrases.phrase(language, name, **values), style)

    def _coded(self, kind: str, code: str) -> tuple[Line, ...]:
        return joined(self._label(kind, code), code)

    def _office_name(self, office_id: str, language: str) -> str:
        office = self.offices.get(office_id)
        return office.name(language) if office else office_id

    def _names(self) -> tuple[Line, ...]:
        names = self._each(lambda language: self._office_name(self.act.sender, language))
        state = self.act.sender.split("/")[0].upper()
        states = self._label("state", state)
        first = (replace(names[0], style="strong"),)
        rest = joined(
            (*(replace(name, style="soft") for name in names[1:]), *(replace(one, style="soft") for one in states))
        )
        return (first, *rest, plain(self.act.sender, "code"))

    def _dated(self) -> tuple[Line, ...]:
        instants = self._each(lambda language: phrases.instant(language, self.act.made_at), "soft")
        reference = self._phrase("reference", "soft", reference=self.act.reference) if self.act.reference else ()
        return tuple((span,) for span in (*instants, *reference))

    def _titles(self) -> tuple[Line, ...]:
        return tuple((span,) for span in self._label("step", f"{self.act.procedure}/{self.act.act}", "strong"))

    def _basis(self) -> tuple[Line, ...]:
        lines: list[Line] = []
        if self.act.route:
            lines += joined(self._each(self._instrument, "soft"))
        for actor, office in sorted(self.act.parties.items()):
            if (actor, office) != (self.act.actor, self.act.sender):
                lines += joined(self._addressee(office), f"{actor} {office}")
        return tuple(lines)

    def _addressee(self, office: str) -> tuple[Span, ...]:
        def words(language: str) -> str:
            return phrases.phrase(language, "to", office=self._office_name(office, language))

        return self._each(words, "soft")

    def _instrument(self, language: str) -> str:
        route = self.act.route
        assert route
        instrument = self.words.label("instrument", route.instrument, language)
        if not route.article:
            return instrument
        if not route.article[0].isdigit():
            return f"{instrument}, {route.article}"
        return phrases.phrase(language, "basis", instrument=instrument, article=route.article)

    def _numbered(self) -> Iterator[Row]:
        number = 0
        for row in self._rows():
            if row.heading:
                yield row
            else:
                number += 1
                yield replace(row, number=str(number))

    def _rows(self) -> Iterator[Row]:
        yield self._row("subject", (of_text(self.act.subject, self.act.languages),))
        if self.act.route:
            yield self._row("measure", self._coded("measure", self.act.route.measure))
            yield self._row("channel", self._coded("channel", self.act.route.channel))
        yield from self._form_rows()
        yield from self._refusal_rows()
        if self.act.note:
            yield self._row("note", (of_text(self.act.note, self.act.languages),))
        yield from self._exhibit_rows()
        if self.act.concerns:
            yield self._row("concerns", tuple(self._concern(one.dossier, one.act) for one in self.act.concerns))
        if self.act.after:
            yield self._row("after", tuple(plain(in_fours(one), "code") for one in self.act.after))
        for name, value in sorted(self.act.extra.items()):
            yield self._row("further", (plain(name, "code"), plain(as_json(value), "code")))

    def _row(self, name: str, lines: Sequence[Line]) -> Row:
        return Row(labels=self._phrase(name), lines=tuple(lines))

    def _form_rows(self) -> Iterator[Row]:
        form = self.words.forms.get(self.act.form or "")
        if self.act.form:
            titles = self._each(lambda language: form.title.get(language) or form.title["en"]) if form else ()
            title = tuple(replace(span, style="strong") for span in titles)
            yield Row(
                labels=(),
                lines=joined(title, self.act.form) if title else (plain(self.act.form, "code"),),
                heading=True,
            )
        known = form.sections if form else ()
        for field in (field for section in known for field in section.fields):
            if field.id in self.act.fields:
                labels = self._each(lambda language, of=field.label: of.get(language) or of.get("en", ""))  # type: ignore[misc]
                yield answer_of(Row(labels=labels), field, self.act.fields[field.id], self.words, self.act.languages)
        for name in sorted(self.act.fields.keys() - _field_ids(form)):
            yield answer_of(
                Row(labels=(Span(name, "en", "code"),)), None, self.act.fields[name], self.words, self.act.languages
            )

    def _refusal_rows(self) -> Iterator[Row]:
        refusal = self.act.refusal
        if not refusal:
            return
        lines = list(self._coded("ground", refusal.ground))
        if refusal.article:
            lines += joined(self._phrase("article", article=refusal.article))
        if refusal.explanation:
            lines.append(of_text(refusal.explanation, self.act.languages))
        yield self._row("refusal", lines)

    def _exhibit_rows(self) -> Iterator[Row]:
        exhibits = self.act.exhibits
        if exhibits:
            number = self._each(lambda language: phrases.count(language, "exhibit", exhibits.count))
            size = self._each(lambda language: phrases.count(language, "byte", exhibits.bytes))
            yield self._row("exhibits", (*joined(number), *joined(size)))
            yield self._row("list", (plain(in_fours(exhibits.sha256), "code"),))

    def _concern(self, dossier: str, act: str | None) -> Line:
        language = self.act.languages[0]
        spans = [Span(phrases.phrase(language, "dossier") + " ", language), Span(in_fours(dossier), "en", "code")]
        if act:
            spans += [Span("\n" + phrases.phrase(language, "act") + " ", language), Span(in_fours(act), "en", "code")]
        return tuple(spans)

    def _seal(self) -> tuple[Line, ...]:
        two = "signed-two" if self.act.approved_by else "signed-one"
        lines = [*joined(self._phrase(two, "strong"))]
        for name, person in (("drafted", self.act.drafted_by), ("approved", self.act.approved_by)):
            if person:
                lines += joined(self._phrase(name, person=_named(person)))
        return (*lines, *joined(self._phrase("covers")), *joined(self._phrase("check")))

    def _foot(self, act_id: str) -> tuple[Line, ...]:
        first, dossier = self.act.languages[0], self.act.dossier
        step = Span(f"{SEPARATOR}{self.act.procedure}/{self.act.act} {self.act.actor}", "en", "code")
        opened = (Span(phrases.phrase(first, "opens-dossier"), first), step)
        return (
            _digest_line(first, "foot-act", act_id),
            *((_digest_line(first, "foot-dossier", dossier),) if dossier else ()),
            (
                Span(phrases.phrase(first, "foot-digest"), first),
                *((step,) if dossier else (Span(SEPARATOR, "en"), *opened)),
            ),
            *(_call_line(language, callback_phrase(act_id)) for language in self.act.languages),
        )


def _digest_line(language: str, name: str, value: str) -> Line:
    return (Span(phrases.phrase(language, name) + " ", language), Span(in_fours(value), "en", "code"))


def _call_line(language: str, callback: str) -> Line:
    before, after = phrases.phrase(language, "foot-call", phrase="\n").split("\n")
    return (Span(before, language), Span(callback, "en", "strong"), Span(after, language))


def _field_ids(form: Form | None) -> set[str]:
    return {field.id for field in form.fields()} if form else set()


def _named(person: Person) -> str:
    return f"{person.name} ({person.function})" if person.function else person.name


def in_fours(hexadecimal: str) -> str:
    """Return a digest in groups of four, as people read it aloud."""
    return " ".join(hexadecimal[at : at + 4] for at in range(0, len(hexadecimal), 4))


__all__ = ["Document", "Line", "Row", "Span", "Text", "compose", "in_fours"]
