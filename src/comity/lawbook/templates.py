"""Which entries of procedures, forms, words and calendars differ between two editions, and which steps and dossiers use them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import cast

from comity.law.watch.dossiers import OpenDossier
from comity.law.watch.report import TemplateChange
from comity.lawbook.reading import Document

KINDS = {"procedures": "procedure", "forms": "form", "words": "words", "calendars.yaml": "calendar"}
DATED = frozenset({"as_of", "sources"})
DEEPEST = 4
Pages = Mapping[str, Document]


def template_changes(old: Pages, new: Pages, dossiers: Iterable[OpenDossier] = ()) -> tuple[TemplateChange, ...]:
    """Return what changed, file by file and entry by entry.

    Args:
        old: file -> document, of the edition before.
        new: file -> document, of the edition after.
        dossiers: open ones; those whose procedure is or uses what changed are named.
    """
    users = _Users(new, old)
    open_dossiers = tuple(dossiers)
    found = []
    for file in sorted(old.keys() | new.keys()):
        for entry, action in _of_file(old.get(file), new.get(file)):
            change = TemplateChange(KINDS[file.partition("/")[0]], file, entry, action)
            steps = users.steps(change)
            procedures = {step.partition("/")[0] for step in steps}
            names = tuple(each.id for each in open_dossiers if each.procedure in procedures)
            found.append(replace(change, steps=steps, dossiers=names))
    return tuple(found)


def _of_file(old: Document | None, new: Document | None) -> Iterator[tuple[str, str]]:
    if old is None or new is None:
        yield "", "added" if old is None else "removed"
        return
    yield from _differences(_without(old), _without(new), ())


def _without(document: Document) -> Document:
    """Leave out when it was looked at and where: that changes no page."""
    return {key: value for key, value in document.items() if key not in DATED}


def _differences(old: object, new: object, place: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if old == new:
        return
    before, after = _entries(old), _entries(new)
    if before is None or after is None or len(place) >= DEEPEST:
        yield "/".join(place), "changed"
        return
    for key in sorted(before.keys() | after.keys()):
        if key not in before or key not in after:
            yield "/".join((*place, key)), "added" if key not in before else "removed"
        else:
            yield from _differences(before[key], after[key], (*place, key))
    if list(before) != list(after) and before == after:
        yield "/".join(place), "changed"  # the same entries in another order


def _entries(value: object) -> dict[str, object] | None:
    """Return what a mapping, or a list of things with an id, holds by name; None for everything else."""
    if isinstance(value, dict):
        return cast("dict[str, object]", value)
    if isinstance(value, list) and value and all(isinstance(each, dict) and "id" in each for each in value):
        rows = cast("list[dict[str, object]]", value)
        named = {str(row["id"]): cast(object, row) for row in rows}
        return named if len(named) == len(rows) else None
    return None


class _Users:
    """Which steps of which procedures use a form, a word or a step."""

    def __init__(self, *editions: Pages) -> None:
        self._steps: dict[str, dict[str, set[str]]] = {}
        for pages in editions:
            for file, document in pages.items():
                if file.startswith("procedures/"):
                    self._read(document)

    def _read(self, document: Document) -> None:
        steps = self._steps.setdefault(str(document.get("id")), {})
        rows = document.get("steps")
        for row in rows if isinstance(rows, list) else ():
            if isinstance(row, dict):
                forms = row.get("forms")
                steps.setdefault(str(row.get("id")), set()).update(map(str, forms if isinstance(forms, list) else ()))

    def steps(self, change: TemplateChange) -> tuple[str, ...]:
        """Return the steps that use what changed, as `procedure/step`."""
        name = change.file.rpartition("/")[2].removesuffix(".yaml")
        parts = change.entry.split("/")
        if change.kind == "procedure":
            every = self._steps.get(name, {})
            one = parts[1] if len(parts) > 1 and parts[0] == "steps" else ""
            return tuple(f"{name}/{step}" for step in sorted(every) if one in ("", step))
        if change.kind == "form":
            return self._where(lambda step, forms: name in forms)
        if change.kind == "words" and parts[:2] == ["terms", "step"] and len(parts) > 2:
            return self._where(lambda step, forms: step == parts[2])
        return ()

    def _where(self, uses: Callable[[str, set[str]], bool]) -> tuple[str, ...]:
        return tuple(
            f"{procedure}/{step}"
            for procedure, steps in sorted(self._steps.items())
            for step, forms in sorted(steps.items())
            if uses(step, forms)
        )
