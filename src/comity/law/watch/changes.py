"""What is different between two editions of the facts, entry by entry, with the old and the new value."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from comity.law.facts import Facts
from comity.law.naming import alone, beginning, together
from comity.law.watch.entries import entries
from comity.law.watch.entry import Entry, Key
from comity.law.watch.words import ACTIONS, KINDS, field_words, plain, said
from comity.law.words import Words

PARTS = frozenset(
    {
        "measure",
        "scope",
        "condition",
        "clock",
        "particular",
        "ground",
        "relation",
        "offence-list",
        "use-limit",
        "safeguard",
    }
)
ENDED = frozenset({"ended", "terminated", "denounced"})


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of an entry in both editions."""

    field: str
    old: Words
    new: Words


@dataclass(frozen=True, slots=True)
class Change:
    """One entry that is not what it was.

    Attributes:
        kind: what it is: instrument, measure, condition, clock, party, reservation, bilateral, authority ...
        action: added | removed | ended | changed.
        key: names the entry, the same in every edition.
        name: what people call it.
        instrument: the instrument it belongs to; empty for none.
        states: the states it speaks of; None where it speaks of no state in particular.
        measures: the measures it concerns; None where that cannot be said.
        differences: the fields; empty where the whole entry came or went.
        source: of the new entry, or of the old one where it is gone.
        places: what people call the instrument and the states.
    """

    kind: str
    action: str
    key: Key
    name: Words
    instrument: str
    states: frozenset[str] | None
    measures: frozenset[str] | None
    differences: tuple[Difference, ...]
    source: str
    article: str = ""
    places: tuple[Words, ...] = ()

    @property
    def words(self) -> Words:
        """The change in one line."""
        kind, action = KINDS[self.kind], ACTIONS[self.action]
        parts = [each for each in (*self.places, self.name) if each]
        head_en = f"{kind.en.capitalize()} {action.en}: {' — '.join(dict.fromkeys(each.en for each in parts))}"
        head_zh = f"{kind.zh}{action.zh}：{'——'.join(dict.fromkeys(each.zh for each in parts))}"
        if not self.differences:
            return Words(head_en, head_zh)
        names = [field_words(each.field, self.kind) for each in self.differences]
        pairs = list(zip(names, self.differences, strict=True))
        en = "; ".join(f"{name.en}: {each.old.en} → {each.new.en}" for name, each in pairs)
        zh = "；".join(f"{name.zh}：{each.old.zh} → {each.new.zh}" for name, each in pairs)
        return Words(f"{head_en} ({en})", f"{head_zh}（{zh}）")


def changes(old: Facts, new: Facts) -> tuple[Change, ...]:
    """Return what changed from the old edition to the new one, by key.

    A whole instrument that came or went is one change; its measures and conditions are not told one by one. The day until which
    the facts were collected is no change of the law.
    """
    before, after = entries(old), entries(new)
    whole = {key[1] for key in before.keys() ^ after.keys() if key[0] == "instrument"}
    found = []
    for key in sorted(before.keys() | after.keys()):
        if key[0] in PARTS and key[1] in whole:
            continue
        change = _change(key, before.get(key), after.get(key))
        if change is not None:
            found.append(replace(change, places=tuple(_places(change, old, new))))
    return tuple(found)


def _change(key: Key, old: Entry | None, new: Entry | None) -> Change | None:
    entry = new or old
    if entry is None or (old is not None and new is not None and old.values == new.values):
        return None
    differences = _differences(old, new) if old and new else ()
    return Change(
        kind=entry.kind,
        action=_action(old, new),
        key=key,
        name=entry.name,
        instrument=entry.instrument,
        states=_joined(each.states for each in (old, new) if each),
        measures=_joined(each.measures for each in (old, new) if each),
        differences=differences,
        source=entry.source,
        article=entry.article,
    )


def _places(change: Change, old: Facts, new: Facts) -> Iterator[Words]:
    if change.instrument:
        known = change.instrument in new.instruments or change.instrument not in old.instruments
        yield beginning((new if known else old).called(change.instrument))
    if change.states:
        yield alone(together((new if code in new.states else old).said(code) for code in sorted(change.states)))


def _joined(sets: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    """Join what both editions say; None in one of them means: of nothing in particular."""
    joined: frozenset[str] = frozenset()
    for each in sets:
        if each is None:
            return None
        joined |= each
    return joined


def _action(old: Entry | None, new: Entry | None) -> str:
    if old is None:
        return "added"
    if new is None:
        return "removed"
    status, before = new.values.get("status"), old.values.get("status")
    ends = [entry.values.get("ends_on") for entry in (old, new)]
    if (status in ENDED and before not in ENDED) or (ends[1] is not None and ends[0] is None):
        return "ended"
    return "changed"


def _differences(old: Entry, new: Entry) -> tuple[Difference, ...]:
    names = dict.fromkeys([*old.values, *new.values])
    pairs = ((name, old.values.get(name), new.values.get(name)) for name in names)
    return tuple(_difference(name, before, after) for name, before, after in pairs if before != after)


def _difference(name: str, old: object, new: object) -> Difference:
    if isinstance(old, dict | Words) or isinstance(new, dict | Words) or plain(old) != plain(new):
        return Difference(name, said(old), said(new))
    return Difference(name, Words(repr(old), repr(old)), Words(repr(new), repr(new)))
