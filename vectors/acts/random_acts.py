"""Random acts, texts and payloads for property tests."""

from datetime import UTC, datetime
from types import MappingProxyType

from hypothesis import strategies as st

from comity.acts.act import Act, Concerns, ExhibitListRef, Person, RefusalRef, RouteRef, Text
from comity.acts.characters import forbidden

LANGUAGES = ("en", "zh", "fr", "es", "ar", "ru", "de", "ja", "pt-BR")
MARKUP = (
    '#import "x"',
    "*bold*",
    "$x^2$",
    "@ref",
    "<label>",
    "= Title",
    "// comment",
    "/* */",
    "`raw`",
    "\\u{41}",
    "#{panic()}",
    "- item",
    "~",
    "--- ",
)
PIECES = (
    "office affairs fi ffl ffi",
    "阿卡迪亚刑法第214条，最高5年。",
    "（全角）、「引号」",
    "قانون العقوبات",
    "عقوبة 5 سنوات (المادة 12)",
    "חוק העונשין",
    "преступление",
    "🔥👩‍👩‍👧 𝔘𝔫𝔦",
    "e\u0301 a\u0308\u0323",
    "\u200b\u200d\u200e\u00ad\u2060\ufe0f",
    "می‌خواهم",
    "((((a))))\\",
    "हिन्दी ไทย",
    "tab\tand\nline",
    "x" * 90,
    "。" * 70,
    "\u00a0" * 50,
)


def _allowed(text: str) -> bool:
    return not forbidden(text)


texts = (
    st.lists(
        st.one_of(st.sampled_from(PIECES), st.sampled_from(MARKUP), st.text(max_size=12).filter(_allowed)),
        min_size=1,
        max_size=6,
    )
    .map(" ".join)
    .filter(bool)
)
lines = st.text(min_size=1, max_size=40).filter(lambda text: _allowed(text) and "\n" not in text and "\t" not in text)
digests = st.binary(min_size=32, max_size=32).map(bytes.hex)
codes = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)
office_ids = st.from_regex(r"[a-z]{2}/[a-z0-9]{1,10}", fullmatch=True)
words = st.builds(Text, texts, st.sampled_from(LANGUAGES))
people = st.builds(Person, lines, st.one_of(st.just(""), lines))
values = st.recursive(
    st.one_of(
        st.booleans(),
        st.integers(-(2**53) + 1, 2**53 - 1),
        st.floats(-1e6, 1e6),
        texts,
        words.map(lambda one: {"text": one.text, "language": one.language}),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), inner, max_size=3)
    ),
    max_leaves=6,
)
instants = st.integers(978_307_200, 4_733_510_400).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


def _mapping(
    keys: st.SearchStrategy[str], members: st.SearchStrategy[object], most: int
) -> st.SearchStrategy[MappingProxyType[str, object]]:
    return st.dictionaries(keys, members, max_size=most).map(MappingProxyType)


acts = st.builds(
    Act,
    procedure=codes,
    act=codes,
    actor=codes,
    sender=office_ids,
    made_at=instants,
    subject=words,
    reference=st.one_of(st.just(""), lines),
    parties=_mapping(codes, office_ids, 3),
    dossier=st.none() | digests,
    after=st.lists(digests, max_size=3, unique=True).map(lambda ids: tuple(sorted(ids))),
    route=st.none() | st.builds(RouteRef, codes, st.one_of(st.just(""), lines), codes, codes),
    form=st.none() | codes,
    fields=_mapping(st.from_regex(r"[a-z][a-z0-9_]{0,10}", fullmatch=True), values, 4),
    refusal=st.none() | st.builds(RefusalRef, codes, lines, st.none() | words),
    note=st.none() | words,
    exhibits=st.none() | st.builds(ExhibitListRef, digests, st.integers(0, 10**6), st.integers(0, 2**53 - 1)),
    concerns=st.lists(st.builds(Concerns, digests, st.none() | digests), max_size=2).map(tuple),
    drafted_by=st.none() | people,
    approved_by=st.none() | people,
    languages=st.lists(st.sampled_from(LANGUAGES), min_size=1, max_size=4, unique=True).map(tuple),
    extra=_mapping(st.from_regex(r"x_[a-z]{1,6}", fullmatch=True), values, 2),
)
