from pathlib import Path

import pytest
from tests.court.world import World, make_world

EVIDENCE = {
    "mail/inbox.mbox": b"From a@mail.example\n\nhello\n" * 40,
    "mail/empty.txt": b"",
    "100%/名单.csv": "姓名,账号\n张三,1\n".encode(),
    "image.bin": bytes(range(256)) * 300,
}


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return make_world(tmp_path_factory.mktemp("world"), EVIDENCE)


@pytest.fixture(scope="session")
def package(world: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return world.write(tmp_path_factory.mktemp("court") / "package")
