"""Writes the atlas to one CSV or Parquet file, all of it or nothing."""

import shutil
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt

from comity.errors import LocalError
from comity.law.answer import CLOSED
from comity.law.atlas import Sheet
from comity.law.atlas.places import NOWHERE, Place

FORMATS = {".csv": "FORMAT csv, HEADER", ".parquet": "FORMAT parquet, COMPRESSION zstd"}
PART = """
COPY (
    SELECT $states_from[from_at] AS "from", $states_to[to_at] AS "to", $measure AS measure, $offences[offence_at] AS offence,
        $date::DATE AS date, $verdicts[place] AS verdict, $instruments[place] AS instrument, $variants[place] AS variant,
        $channels[place] AS channel, $days[place]::USMALLINT AS days, open_routes, usable_routes, $as_of::DATE AS as_of
    FROM cells
) TO '{path}' (FORMAT parquet)
"""


class AtlasFileError(LocalError):
    """The file of the atlas cannot be written."""

    code = "atlas-file"


def format_of(path: Path) -> str:
    """Return how DuckDB writes a file of this name.

    Raises:
        AtlasFileError: the name ends in neither .csv nor .parquet.
    """
    if path.suffix.lower() not in FORMATS:
        raise AtlasFileError(
            f"'{path.name}' is neither CSV nor Parquet.",
            where=str(path),
            remedy="Let the name end in .csv or .parquet.",
        )
    return FORMATS[path.suffix.lower()]


def write_atlas(sheets: Iterable[Sheet], path: Path) -> int:
    """Write the sheets; the file appears when it is complete.

    Rows come in the order of measures, requesting states, requested states, offences. Where every route is closed, instrument,
    variant, channel and days are empty.

    Returns:
        The number of rows.

    Raises:
        AtlasFileError: the name has another ending, the folder cannot be written or the disk is full; nothing is left behind.
    """
    form = format_of(path)
    try:
        folder = Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=path.absolute().parent))
    except OSError as error:
        raise _failed(path, error) from error
    try:
        return _write(sheets, path, form, folder)
    except (duckdb.Error, OSError) as error:
        raise _failed(path, error) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def write_picture(picture: str, path: Path) -> None:
    """Write a picture; the file appears when it is complete.

    Raises:
        AtlasFileError: the folder cannot be written or the disk is full; nothing is left behind.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_text(picture, encoding="utf-8")
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise _failed(path, error) from error


def _failed(path: Path, error: Exception) -> AtlasFileError:
    reason = error.strerror if isinstance(error, OSError) else str(error).splitlines()[0]
    return AtlasFileError(
        f"It could not be written: {reason}.",
        where=str(path),
        remedy="Choose a folder that exists and that you may write; all of the atlas takes about 1.5 GB as CSV, 100 MB as Parquet.",
    )


def _write(sheets: Iterable[Sheet], path: Path, form: str, folder: Path) -> int:
    with duckdb.connect(config={"temp_directory": str(folder), "memory_limit": "256MB", "threads": 2}) as con:
        parts = [_write_part(con, sheet, folder / f"{number}.part") for number, sheet in enumerate(sheets)]
        whole = folder / "whole"
        listed = ", ".join(_quoted(part) for part in parts)
        rows = con.execute(f"COPY (FROM read_parquet([{listed}])) TO {_quoted(whole)} ({form})").fetchone()
    whole.replace(path)
    return int(rows[0]) if rows else 0


def _write_part(con: duckdb.DuckDBPyConnection, sheet: Sheet, path: Path) -> Path:
    """Write one sheet; DuckDB finds `cells` by its name."""
    cells = _cells(sheet)
    con.register("cells", cells)
    span, places = sheet.span, sheet.places
    con.execute(
        PART.format(path=str(path).replace("'", "''")),
        {
            "states_from": list(span.from_states),
            "states_to": list(span.to_states),
            "measure": sheet.measure,
            "offences": list(span.offences),
            "date": span.pattern.on.isoformat(),
            "verdicts": [place.verdict for place in places],
            "instruments": [_said(place, place.instrument) for place in places],
            "variants": [_said(place, place.variant) for place in places],
            "channels": [_said(place, place.channel) for place in places],
            "days": [_said(place, place.days) for place in places],
            "as_of": span.facts.as_of.isoformat(),
        },
    )
    con.unregister("cells")
    return path


def _said(place: Place, value: object) -> object:
    return None if place.verdict == CLOSED else value


def _cells(sheet: Sheet) -> dict[str, npt.NDArray[np.generic]]:
    """Return one row for each pair of two states and offence; places in lists count from one."""
    there = (sheet.best != NOWHERE).ravel()
    from_at, to_at, offence_at = (
        np.broadcast_to(axis, sheet.best.shape).ravel()[there] + np.uint16(1)
        for axis in np.ogrid[tuple(slice(0, size) for size in sheet.best.shape)]
    )
    return {
        "from_at": from_at.astype(np.uint16),
        "to_at": to_at.astype(np.uint16),
        "offence_at": offence_at.astype(np.uint16),
        "place": sheet.best.ravel()[there] + np.uint16(1),
        "open_routes": sheet.open_routes.ravel()[there],
        "usable_routes": sheet.usable_routes.ravel()[there],
    }


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
