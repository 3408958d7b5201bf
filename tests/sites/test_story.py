"""The whole story over three real nodes, at the pages: from a question to a court package."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.sites.play import CHROMIUM, FLAGS, Desk, Network, practice, story, wait_for

PORT = 8771
pytestmark = [
    pytest.mark.browser,
    pytest.mark.network,
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="needs Chromium: scripts/install-tools"),
    pytest.mark.xdist_group("story"),
]


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    with practice(tmp_path_factory.mktemp("practice"), PORT) as running:
        yield running


@pytest.mark.parametrize(("language", "javascript"), [("en", True), ("zh-hans", False)])
def test_a_prosecutor_gets_from_a_question_to_a_court_package(
    network: Network, tmp_path: Path, language: str, javascript: bool
) -> None:
    from playwright.sync_api import sync_playwright

    (tmp_path / "sub").mkdir()
    (tmp_path / "a1.mbox").write_bytes(b"From a1\n" * 9000)
    (tmp_path / "sub/a2.mbox").write_bytes(b"From a2\n")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        places = story(browser, network, tmp_path, language=language, java_script_enabled=javascript)
        desk = Desk(browser, network, "ama")
        wait_for(lambda: bool(desk.go(places["package"]).locator("a[download]").count()))
        with desk.page.expect_download() as download:
            desk.page.click("a[download]")
        with zipfile.ZipFile(download.value.path()) as package:
            assert package.testzip() is None
            assert {"a1.mbox", "a2.mbox"} <= {Path(name).name for name in package.namelist()}
        desk.do("check")
        assert desk.page.locator("#proven .tone-open").count() == 1, "the node itself verifies what it hands out"
