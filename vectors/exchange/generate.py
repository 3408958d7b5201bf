"""Write the vectors of the exchange again: `PYTHONPATH=src python vectors/exchange/generate.py [FOLDER]`."""

import json
import shutil
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from directory_cases import GOOD, Case, cases
from envelope_cases import PARCEL, Row, entries, envelopes, receipts
from practice import SENDER, US, envelope_key

from comity.acts.act import INSTANT
from comity.acts.canonical import digest


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files, making their folders."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def rows(folder: Path, kind: str, suffix: str, made: Iterable[Row]) -> list[dict[str, object]]:
    """Write one file for each case and return the cases."""
    found = []
    for name, expect, reason, data in made:
        file = f"{kind}/{name}{suffix}"
        write(folder, {file: data})
        found.append({"name": name, "kind": kind, "file": file, "expect": expect, "reason": reason})
    return found


def directory_row(folder: Path, case: Case) -> dict[str, object]:
    """Write what a case lays over the good directory and return the case."""
    over = GOOD if case.name == "good" else case.over
    write(folder / "directory" / case.name, over)
    value: dict[str, object] = {
        "name": case.name,
        "kind": "directory",
        "over": f"directory/{case.name}" if over else "",
        "without": list(case.without),
        "root": "directory/good/1.root.json",
        "at": case.at.strftime(INSTANT),
        "seen": case.seen,
        "expect": case.expect,
        "reason": case.reason,
    }
    return {**value, **({"offices": list(case.offices)} if case.expect == "accept" else {})}


def main(folder: Path) -> None:
    """Write every file and the list of cases."""
    sealed = envelopes(folder)
    shutil.rmtree(folder / "directory", ignore_errors=True)
    good = dict((name, data) for name, _, _, data in sealed)["good"]
    of_envelopes = [{**row, "office": US} for row in rows(folder, "envelope", ".comity", sealed)]
    of_envelopes[0] |= {"sender": SENDER, "items": {item.name: digest(item.data) for item in PARCEL.items}}
    of_receipts = [
        {**row, "office": "office/good.json", "envelope": digest(good), "proven": row["name"] == "proven"}
        for row in rows(folder, "receipt", ".comity-receipt", receipts(good))
    ]
    listed = [
        *rows(folder, "office", ".json", entries()),
        *of_envelopes,
        *of_receipts,
        *(directory_row(folder, case) for case in cases()),
    ]
    keys = {US: envelope_key(US).seed.hex()}
    for name, value in (("vectors", listed), ("keys", keys)):
        (folder / f"{name}.json").write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
