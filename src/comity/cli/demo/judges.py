"""The judges of a finished package: programs that everybody has, and then the product's own verifier."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from comity.cli.demo.signature import Signature, read_signature

PROGRAM = "from comity.cli import main; main()"
MINUTES = 60


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one judge found.

    Attributes:
        judge: names the sentence that says what it proves.
        command: as somebody would type it.
        passed: None where the program is not on this machine.
        detail: its own last words when it did not pass.
        values: for the sentence.
    """

    judge: str
    command: str
    passed: bool | None
    detail: str = ""
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Ruling:
    """The judgements of all judges, and the verifier's verdict as it prints it with --json."""

    judgements: tuple[Judgement, ...]
    verdict: Mapping[str, Any]

    @property
    def good(self) -> bool:
        """Whether nobody found anything wrong; a program that is not on this machine has found nothing."""
        return all(each.passed is not False for each in self.judgements) and self.verdict["verdict"] == "verified"


def judge(package: Path, root: Path, language: str, tell: Callable[[Judgement], None]) -> Ruling:
    """Have every judge look at the package.

    Args:
        package: folder.
        root: the directory's root, from a source other than the package.
        language: of the verdict.
        tell: called with each judgement as it comes.
    """
    found = []
    for each in _with_tools(package):
        tell(each)
        found.append(each)
    verdict, own = _with_product(package, root, language)
    tell(own)
    return Ruling((*found, own), verdict)


def _with_tools(package: Path) -> Iterator[Judgement]:
    for name in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        files = len((package / name).read_bytes().splitlines())
        yield _run(
            f"sha256sum-{name.split('-')[0]}",
            ["sha256sum", "--check", "--strict", "--quiet", name],
            package,
            files=files,
        )
    acts = sorted((package / "data/acts").glob("*.pdf"))
    yield _all("pdfsig", [(["pdfsig", "-nocert", str(act.relative_to(package))], _is_valid) for act in acts], package)
    with tempfile.TemporaryDirectory(prefix="comity-judges-") as folder:
        signatures = [(act, read_signature(act, Path(folder) / act.stem)) for act in acts]
        anchors = _anchors(package, Path(folder))
        cms = [(_cms(signature, anchors), _exits) for _, signature in signatures]
        yield _all("openssl-cms", cms, package)
        yield _all("openssl-ts", [(_ts(signature, anchors), _exits) for _, signature in signatures], package)


def _anchors(package: Path, folder: Path) -> Path:
    """Put the offices' certificates into one file, as openssl wants it."""
    path = folder / "certificates.pem"
    pems = sorted((package / "data/certificates").glob("*.pem"))
    path.write_bytes(b"".join(pem.read_bytes() for pem in pems))
    return path


def _cms(signature: Signature, anchors: Path) -> list[str]:
    return [
        "openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", str(signature.cms), "-content", str(signature.content),
        "-CAfile", str(anchors), "-partial_chain", "-purpose", "any", "-out", "/dev/null",
    ]  # fmt: skip


def _ts(signature: Signature, anchors: Path) -> list[str]:
    return [
        "openssl", "ts", "-verify", "-token_in", "-in", str(signature.token), "-data", str(signature.value),
        "-CAfile", str(anchors), "-partial_chain",
    ]  # fmt: skip


Done = subprocess.CompletedProcess[str]


def _exits(done: Done) -> bool:
    return done.returncode == 0


def _is_valid(done: Done) -> bool:
    """`pdfsig` says it in words: the signature is right, and nothing in the file lies outside it."""
    return "Signature is Valid" in done.stdout and "Total document signed" in done.stdout


def _all(judge: str, calls: Sequence[tuple[list[str], Callable[[Done], bool]]], package: Path) -> Judgement:
    """Run one program over several files; the first that does not pass decides."""
    for command, passes in calls:
        found = _run(judge, command, package, passes, count=len(calls))
        if found.passed is not True:
            return found
    return found if calls else Judgement(judge, judge, False, "There is no act in the package.")


def _run(
    judge: str, command: list[str], package: Path, passes: Callable[[Done], bool] = _exits, **values: object
) -> Judgement:
    shown = " ".join(Path(word).name if word.startswith("/") and word != "/dev/null" else word for word in command)
    if shutil.which(command[0]) is None:
        return Judgement(judge, shown, None, values=values)
    done = subprocess.run(  # noqa: S603 - fixed programs, and files that we made
        command, cwd=package, capture_output=True, text=True, errors="replace", timeout=MINUTES * 60, check=False
    )
    words = (done.stderr or done.stdout).strip().splitlines()
    return Judgement(judge, shown, passes(done), words[-1] if words else f"status {done.returncode}", values)


def _with_product(package: Path, root: Path, language: str) -> tuple[Mapping[str, Any], Judgement]:
    arguments = ["verify", str(package), "--root", str(root), "--language", language, "--json"]
    done = subprocess.run(  # noqa: S603 - our own interpreter and program
        [sys.executable, "-c", PROGRAM, *arguments], capture_output=True, text=True, timeout=MINUTES * 60, check=False
    )
    try:
        verdict = json.loads(done.stdout)
    except ValueError:
        verdict = {"verdict": "unusable", "proven": [], "not_proven": [], "failures": []}
    detail = "; ".join(f"{each['path']}: {each['text']}" for each in verdict["failures"][:5]) or done.stderr.strip()
    passed = done.returncode == 0 and verdict["verdict"] == "verified"
    return verdict, Judgement("comity", f"comity verify {package.name} --root {root.name}", passed, detail)
