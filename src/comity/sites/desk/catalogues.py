"""The catalogues of sentences: kept as text, compiled when the node starts.

The compiled form is not in the repository, so that a merge never has to choose between two binaries; making it takes a few
hundredths of a second and happens only where the text is newer.
"""

import os
import tempfile
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings

HERE = Path(__file__).parent / "locale"


def compile_catalogues(source: Path = HERE) -> None:
    """Compile every catalogue that is newer than its compiled form; beside it, or in a temporary folder where that is read-only."""
    stale = [text for text in source.glob("*/LC_MESSAGES/*.po") if _is_stale(text)]
    if not stale:
        return
    target = source if os.access(stale[0].parent, os.W_OK) else _elsewhere(source)
    for text in stale:
        _compile(text, target / text.relative_to(source).with_suffix(".mo"))


def _is_stale(text: Path) -> bool:
    compiled = text.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < text.stat().st_mtime


def _elsewhere(source: Path) -> Path:
    target = Path(tempfile.mkdtemp(prefix="comity-catalogues-"))
    settings.LOCALE_PATHS = [*settings.LOCALE_PATHS, str(target)]
    return target


def _compile(text: Path, compiled: Path) -> None:
    """Write beside the target and rename: several nodes of one checkout may start at the same moment."""
    with text.open("rb") as stream:
        catalogue = read_po(stream)
    compiled.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=compiled.parent, delete=False) as output:
        write_mo(output, catalogue)
    Path(output.name).replace(compiled)
