"""What the demo says: every scene and judge has its sentence in both languages, and lines fit the terminal."""

import re

import pytest

from comity.cli.demo.judges import Judgement
from comity.cli.demo.narrator import Narrator, columns, sentences, size_words, wrap
from comity.cli.demo.story import STORY
from comity.cli.practice import PEOPLE

JUDGES = ("sha256sum-manifest", "sha256sum-tagmanifest", "pdfsig", "openssl-cms", "openssl-ts", "comity")
PLACES = re.compile(r"\{(\w+)\}")


@pytest.mark.parametrize("code", [*(scene.id for scene in STORY), *JUDGES])
def test_everything_that_is_told_has_words(code: str) -> None:
    assert set(sentences()[code]) == {"en", "zh"}


@pytest.mark.parametrize("code", sorted(sentences()))
def test_both_languages_say_the_same_values(code: str) -> None:
    chinese, english = (set(PLACES.findall(sentences()[code][language])) for language in ("zh", "en"))
    assert chinese <= english | {"usable", "closed"}
    assert english - chinese <= {"usable", "closed"}


def test_everybody_in_the_story_works_at_the_office_where_they_act_and_has_the_role() -> None:
    for scene in STORY:
        roles = {row[0]: row[3] for row in PEOPLE[scene.office]}
        assert scene.person in roles, scene.id
        if scene.approver:
            assert "approver" in roles[scene.approver]
            assert scene.approver != scene.person


@pytest.mark.parametrize("text", ["one two three four " * 9, "法国中央机关收到请求并确认收悉。" * 9, "act 文书 " * 30])
def test_lines_are_broken_where_they_may_be_and_fit(text: str) -> None:
    lines = wrap(text, 40)
    assert all(columns(line) <= 40 for line in lines)
    assert not any(line.startswith(("。", "，", "；")) for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 B"), (999, "999 B"), (1000, "1.0 KB"), (2_147_483_648, "2.1 GB"), (5e15, "5000 TB")]
)
def test_sizes_are_said_as_people_say_them(count: float, said: str) -> None:
    assert size_words(count) == said


def test_a_judge_that_is_not_on_the_machine_is_said_to_be_missing_and_not_to_have_passed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Narrator("en", {}).judged(Judgement("pdfsig", "pdfsig -nocert act.pdf", None, values={"count": 8}))
    said = capsys.readouterr().out
    assert "not on this machine" in said
    assert "✓" not in said
