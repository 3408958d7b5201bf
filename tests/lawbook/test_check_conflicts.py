"""Defects in the data on warnings, jurisdiction and holders are found and named."""

import shutil
from pathlib import Path

from comity.lawbook import default_path
from comity.lawbook.check import check_law

DEFECTS = {
    "a code without a rule": ("codes.yaml", "sovereignty, date-after-facts]", "sovereignty, weather, date-after-facts]", "no rule gives the code weather"),
    "a rule without a code": ("warnings.yaml", "code: privilege\n", "code: privileges\n", "no code privileges"),
    "a measure nobody knows": ("warnings.yaml", "measures: [arrest-notice]", "measures: [arrest-notices]", "the measure arrest-notices"),
    "a blocking rule nobody knows": ("warnings.yaml", "    ch-stgb-273:", "    ch-stgb-274:", "no blocking rule ch-stgb-274"),
    "a fact nobody knows": ("warnings.yaml", "fact: place.blocks", "fact: place.rain", "'place.rain' is no fact"),
    "a link nobody knows": ("jurisdiction.yaml", "links: [flag], perhaps", "links: [flags], perhaps", "no link flags"),
    "a basis nobody knows": ("jurisdiction.yaml", "basis: protective", "basis: protection", "no basis protection"),
    "an instrument nobody knows": ("jurisdiction.yaml", "instrument: untoc, basis: flag", "instrument: unto, basis: flag", "no instrument or text unto"),
    "a state nobody knows": ("jurisdiction.yaml", "{state: KR, basis: passive", "{state: KX, basis: passive", "no state KX"),
    "a procedure nobody knows": ("jurisdiction.yaml", "procedure: jurisdiction-consultation", "procedure: chat", "no procedure chat"),
    "a domain twice": ("holders.yaml", "domains: [zoom.us, zoom.com]", "domains: [zoom.us, gmail.com]", "the domain: gmail.com twice"),
    "an entity nowhere": ("holders.yaml", "entity: Threema GmbH, state: CH", "entity: Threema GmbH, state: ZZ", "threema: no state ZZ"),
    "a registry nobody knows": ("identifiers.yaml", "net: verisign", "net: verisigns", "no holder verisigns"),
}  # fmt: skip


def test_every_defect_is_found_and_named(tmp_path: Path) -> None:
    folder = tmp_path / "lawbook"
    shutil.copytree(default_path(), folder)
    for name, old, new, _ in DEFECTS.values():
        text = (folder / name).read_text()
        assert old in text, old
        (folder / name).write_text(text.replace(old, new, 1))
    problems = check_law(folder).problems
    assert [
        defect for defect, (*_, words) in DEFECTS.items() if not any(words in problem for problem in problems)
    ] == []


def test_a_door_may_not_have_an_address_and_a_warning_needs_an_article(tmp_path: Path) -> None:
    folder = tmp_path / "lawbook"
    shutil.copytree(default_path(), folder)
    for name, old, new in (
        ("holders.yaml", "（LERS）}, address: null", "（LERS）}, address: somewhere"),
        ("warnings.yaml", "  article: ICCPR art. 19\n", ""),
    ):
        text = (folder / name).read_text()
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1))
    problems = " ".join(check_law(folder).problems)
    assert "door" in problems
    assert "'article' is a required property" in problems
