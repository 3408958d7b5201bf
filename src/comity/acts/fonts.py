"""The typefaces of the paper: the same on every machine, because they come with the packages and never from the system.

Latin, Greek and Cyrillic are set in Libertinus Serif, figures and identifiers in DejaVu Sans Mono (both come inside the Typst
compiler); Chinese, Japanese, Korean, Arabic and Hebrew in the Noto families of `justmytype-intl-cjk` and `justmytype-intl-rtl`.
"""

from functools import cache
from importlib.resources import files

import typst

SERIF = "Libertinus Serif"
MONO = "DejaVu Sans Mono"
_BY_LANGUAGE = {
    "ja": "Noto Sans JP",
    "ko": "Noto Sans KR",
    "zh-Hant": "Noto Sans TC",
    "zh-TW": "Noto Sans TC",
    "zh-HK": "Noto Sans TC",
}
_REST = (
    "Noto Sans SC",
    "Noto Sans JP",
    "Noto Sans KR",
    "Noto Sans TC",
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
    "DejaVu Sans Mono",
    "New Computer Modern Math",
)


def families(language: str, *, mono: bool = False) -> tuple[str, ...]:
    """Return the families that words of a language are set in, best first; the glyphs of Chinese characters differ by language."""
    first = (MONO, SERIF) if mono else (SERIF,)
    own = _BY_LANGUAGE.get(language)
    return tuple(dict.fromkeys((*first, *((own,) if own else ()), *_REST)))


@cache
def fonts() -> typst.Fonts:
    """Return the fonts, found once in a process."""
    packages = ("justmytype_intl_cjk", "justmytype_intl_rtl")
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[str(files(package).joinpath("fonts")) for package in packages],
    )
