import re
import subprocess
import sys
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
CHINESE = ROOT / "src/comity/sites/desk/locale/zh_Hans/LC_MESSAGES/django.po"
HALF_WIDTH = re.compile(r"[一-鿿][,;:?!]|[,;?!][一-鿿]")


def test_no_sentence_is_missing_in_any_language() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "scripts/catalogues", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_chinese_has_full_width_punctuation() -> None:
    with CHINESE.open("rb") as stream:
        texts = [text for each in read_po(stream) if each.id for text in _texts(each.string)]
    assert [text for text in texts if HALF_WIDTH.search(text)] == []


def _texts(string: object) -> tuple[str, ...]:
    return tuple(string) if isinstance(string, tuple) else (str(string),)
