"""The page for engineers shows a check that needs a shell and coreutils only; here it is run as it stands on the page."""

import json
import re
import subprocess
from pathlib import Path

import pytest
from tests.ledger.memory import NOW, MemoryLog

from comity.ledger.cosignature import WitnessSigner
from comity.ledger.history import make_checkpoint, make_proof
from comity.ledger.note import NoteSigner, parse_note

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/ledger.md").read_text(encoding="utf-8")
ENTRIES = [b"entry %d\n" % number for number in range(13)]


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = re.search(r"<!-- by-hand.*?-->\n```sh\n(.*?)```", PAGE, re.DOTALL)
    assert found
    path = tmp_path_factory.mktemp("by-hand") / "check-proof"
    path.write_text(found[1])
    return path


def accepts(script: Path, entry: bytes, proof: bytes) -> bool:
    (script.parent / "entry").write_bytes(entry)
    (script.parent / "proof").write_bytes(proof)
    command = ["sh", str(script), str(script.parent / "entry"), str(script.parent / "proof")]
    return subprocess.run(command, check=False, capture_output=True).stdout == b"the entry leads to the root\n"


@pytest.mark.parametrize(("index", "size"), [(0, 1), (1, 2), (2, 3), (4, 7), (6, 7), (4, 13), (12, 13)])
def test_the_check_by_hand_agrees_with_ours(script: Path, ana: NoteSigner, index: int, size: int) -> None:
    log = MemoryLog(ENTRIES[:size])
    proof = make_proof(index, make_checkpoint(size, log.read, ana), log.read).encode()
    assert accepts(script, ENTRIES[index], proof)
    assert not accepts(script, b"another\n", proof)


def test_the_check_by_hand_refuses_paths_that_fail(script: Path) -> None:
    cases = json.loads((ROOT / "vectors/ledger/proof.json").read_text(encoding="utf-8"))
    for case in cases:
        if case["expect"] in ("accept", "ledger-proof-fails"):
            judged = accepts(script, case["entry"].encode(), case["data"].encode())
            assert judged == (case["expect"] == "accept"), case["name"]


def test_openssl_accepts_the_signatures_of_a_log_and_of_a_witness(
    tmp_path: Path, ana: NoteSigner, ben: WitnessSigner
) -> None:
    """As the page says: a signature is the last 64 bytes, a cosignature is over two lines more."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    log = MemoryLog(ENTRIES)
    text = parse_note(make_checkpoint(13, log.read, ana)).text
    timed = f"cosignature/v1\ntime {int(NOW.timestamp())}\n".encode() + text
    for key, message, value in ((ana.key, text, ana.sign(text).value), (ben.key, timed, ben.cosign(text, NOW).value)):
        pem = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        for name, data in (("key.pem", pem), ("text", message), ("signature", value[-64:])):
            (tmp_path / name).write_bytes(data)
        command = "openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in text -sigfile signature"
        assert command in PAGE
        subprocess.run(command.split(), cwd=tmp_path, check=True, capture_output=True)


def test_the_page_names_every_kind_every_module_and_only_codes_that_exist() -> None:
    from comity.ledger import entry

    assert all(f"| `{kind}` |" in PAGE for kind in entry.KINDS)
    modules = {path.stem for path in (ROOT / "src/comity/ledger").glob("*.py")} - {"__init__", "wire"}
    assert all(f"`{module}`" in PAGE for module in modules), modules
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src/comity/ledger").glob("*.py"))
    for code in re.findall(r"\| `(ledger-[a-z-]+)`", PAGE):
        assert f'code = "{code}"' in sources
