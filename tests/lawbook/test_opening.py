import shutil
import time
from pathlib import Path

import pytest

from comity.law.facts import MalformedLawError
from comity.lawbook import default_path, law_terms, open_lawbook
from comity.lawbook.facts import load_facts
from comity.lawbook.reading import compiled, digest_of, read_folder, read_table, read_yaml
from comity.lawbook.terms import missing_terms


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A lawbook with two instruments and one national law, so that it is read fast."""
    folder = tmp_path / "lawbook"
    shutil.copytree(default_path(), folder, ignore=shutil.ignore_patterns("forms", "procedures", "cases", "schema"))
    keep = {"budapest.yaml", "ets30.yaml", "de.yaml"}
    for path in (*folder.glob("instruments/*"), *folder.glob("states/law/*")):
        if path.name not in keep:
            path.unlink()
    return folder


def test_the_lawbook_that_comes_with_comity_opens_and_names_its_edition() -> None:
    book = open_lawbook()
    assert book.edition.startswith(f"{book.facts.as_of}+")
    assert len(book.facts.states) > 190
    assert {"budapest", "eu-eevidence", "untoc"} <= set(book.facts.instruments)


def test_the_second_time_it_opens_from_the_compiled_data_and_says_the_same(tmp_path: Path) -> None:
    first, digest = load_facts(default_path(), tmp_path)
    assert [path.suffix for path in tmp_path.iterdir()] == [".json"]
    started = time.perf_counter()
    second, again = load_facts(default_path(), tmp_path)
    assert time.perf_counter() - started < 2
    assert (second.parties, second.instruments, again) == (first.parties, first.instruments, digest)


@pytest.mark.parametrize("damage", [b"", b"{", b"0" * 64 + b"\n{}", b"\xff\xfe"])
def test_a_damaged_cache_is_built_anew(copy: Path, tmp_path: Path, damage: bytes) -> None:
    folder = tmp_path / "cache"
    facts, _ = load_facts(copy, folder)
    (cache,) = folder.iterdir()
    good = cache.read_bytes()
    cache.write_bytes(damage or good[:-1])
    assert load_facts(copy, folder)[0].parties == facts.parties
    assert cache.read_bytes() == good


def test_a_cache_folder_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    assert compiled("x", "0" * 64, lambda: {"a": 1}, blocked) == {"a": 1}
    assert compiled("x", "0" * 64, lambda: {"a": 1}, None) == {"a": 1}


def test_only_the_newest_editions_are_kept(tmp_path: Path) -> None:
    for number in range(7):
        compiled("x", str(number) * 64, lambda: {"a": 1}, tmp_path)
    assert len(list(tmp_path.iterdir())) == 4


def test_a_changed_source_is_another_digest(copy: Path) -> None:
    before = digest_of(copy.glob("parties/*"))
    with (copy / "parties/parties.csv").open("a") as file:
        file.write("budapest,BT,,,,not-bound,,high,test,2026-11-24\n".replace("budapest,BT,,,,", "budapest,BT,,,,,"))
    assert digest_of(copy.glob("parties/*")) != before
    assert any(row.state == "BT" for row in open_lawbook(copy).facts.parties if row.instrument == "budapest")


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("parties/parties.csv", "2005-10-01", "2005-13-01", "parties.csv"),
        ("parties/parties.csv", "budapest,DK,", "budapest,DK,,,,,,", "parties.csv"),
        ("instruments/budapest.yaml", "  scope: any-with-e-evidence", "  scope: nowhere", "instruments"),
        ("instruments/budapest.yaml", "in_force: '2004-07-01'\n", "", "instruments"),
        ("instruments/budapest.yaml", "schema: comity-instrument/1", "schema: [", "budapest.yaml"),
        ("codes.yaml", "computer_related:", "something_else:", "codes.yaml"),
        ("states/law/de.yaml", "source: [", "source: [nobody, ", "states/law"),
    ],
)
def test_a_misshapen_file_is_named(copy: Path, name: str, old: str, new: str, words: str) -> None:
    text = (copy / name).read_text()
    assert old in text
    (copy / name).write_text(text.replace(old, new, 1))
    with pytest.raises(MalformedLawError) as raised:
        _ = open_lawbook(copy).facts
    assert words in raised.value.diagnostics()


@pytest.mark.parametrize("name", ["codes.yaml", "parties/parties.csv", "parties/coverage.yaml", "states/states.csv"])
def test_a_missing_file_is_named(copy: Path, name: str) -> None:
    (copy / name).unlink()
    with pytest.raises(MalformedLawError):
        _ = open_lawbook(copy).facts


def test_what_is_no_document_or_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / "list.yaml").write_text("- a\n")
    (tmp_path / "short.csv").write_text("a,b\n1\n")
    (tmp_path / "binary.csv").write_bytes(b"a,b\n\xff,1\n")
    for read, name in (
        (read_yaml, "list.yaml"),
        (read_table, "short.csv"),
        (read_table, "binary.csv"),
        (read_folder, "empty"),
    ):
        with pytest.raises(MalformedLawError):
            read(tmp_path / name)


def test_yaml_cannot_run_code(tmp_path: Path) -> None:
    (tmp_path / "evil.yaml").write_text("a: !!python/object/apply:os.getcwd []\n")
    with pytest.raises(MalformedLawError):
        read_yaml(tmp_path / "evil.yaml")


def test_every_code_has_a_label_in_english_and_chinese() -> None:
    facts = open_lawbook().facts
    terms = law_terms(default_path(), facts)
    assert missing_terms(facts, terms) == []
    assert terms["state:CN"]["zh"] == "中国"
    assert terms["instrument:budapest"] == {"en": "Convention on Cybercrime", "zh": "网络犯罪公约"}
    assert {"open", "conditional", "unknown", "closed"} <= {name[8:] for name in terms if name.startswith("verdict:")}
