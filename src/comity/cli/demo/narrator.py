"""Tells the story in a terminal: office, person, what was done, the act's digest, the time it took; in English or Chinese."""

import json
import sys
import time
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib import resources

import click

from comity.cli.demo.judges import Judgement
from comity.cli.demo.scenes import Scene, Values
from comity.cli.practice import PEOPLE

WIDTH = 96
INDENT = " " * 6
SHORT = 16
UNITS = ("B", "KB", "MB", "GB", "TB")
SIGNS = {True: "✓", False: "✕", None: "–"}
CODES = {
    "zh": {"open": "可用", "conditional": "附条件", "unknown": "未知", "central-authority": "中央机关",
           "network-24-7": "24/7联络网"},
    "en": {"central-authority": "the central authority", "network-24-7": "the 24/7 network"},
}  # fmt: skip


class Narrator:
    """Prints; knows how to say things but not what happens."""

    def __init__(self, language: str, offices: Mapping[str, str]) -> None:
        self.language = language
        self.offices = offices
        self.number = 0
        self._shown = ""
        self._percent = -1

    def say(self, code: str, **values: object) -> None:
        """Print the sentence of a code."""
        self._wipe()
        click.echo(self.words(code, **values))

    def head(self, code: str) -> None:
        """Print a heading."""
        self._wipe()
        click.secho(f"\n{self.words(code)}", bold=True)

    def words(self, code: str, **values: object) -> str:
        """Return the sentence of a code with its values."""
        return sentences()[code][self.language].format(**values)

    def told(self, scene: Scene, values: Values, seconds: float) -> None:
        """Print what happened in a scene."""
        self._wipe()
        self.number += 1
        sentence = self.words(scene.id, **self._readable(scene, values))
        who = self.person(scene.office, scene.person)
        head = f"{self.number:>4}  {self.offices[scene.office]} · {who}"
        tail = (
            f"{self.words('act', short=str(values['act'])[:SHORT])} · {seconds:.1f} s"
            if "act" in values
            else f"{seconds:.1f} s"
        )
        click.secho(f"{head}{' ' * max(2, WIDTH - columns(head) - columns(tail))}{tail}", bold=True)
        for line in wrap(sentence, WIDTH - len(INDENT)):
            click.echo(f"{INDENT}{line}")

    def person(self, office: str, username: str) -> str:
        """Return a person as the demo names them."""
        name, function = next((row[1], row[2]) for row in PEOPLE[office] if row[0] == username)
        return f"{name}, {function}"

    def judged(self, judgement: Judgement) -> None:
        """Print what a judge found."""
        sentence = self.words(judgement.judge, **judgement.values)
        outcome = {True: sentence, False: f"{self.words('failed')}: {judgement.detail}", None: self.words("absent")}
        click.echo(f"  {SIGNS[judgement.passed]} {judgement.command[: WIDTH - 4]}")
        for line in wrap(outcome[judgement.passed], WIDTH - len(INDENT)):
            click.echo(f"{INDENT}{line}")

    def listed(self, sign: str, sentence: str) -> None:
        """Print one item of a list."""
        first, *rest = wrap(sentence, WIDTH - 4)
        click.echo(f"  {sign} {first}")
        for line in rest:
            click.echo(f"    {line}")

    def progress(self, done: int, total: int) -> None:
        """Show how far something big has come: in place in a terminal, in tenths elsewhere."""
        percent = 100 * done // total if total else 0
        if percent == self._percent or not 0 < percent < 100:
            return
        if sys.stdout.isatty():
            self._wipe()
            self._shown = f"{INDENT}{size_words(done)} / {size_words(total)}  {percent} %"
            click.echo(self._shown, nl=False)
        elif percent // 10 != self._percent // 10:
            click.echo(f"{INDENT}{size_words(done)} / {size_words(total)}")
        self._percent = percent

    def _wipe(self) -> None:
        if self._shown:
            click.echo("\r" + " " * columns(self._shown) + "\r", nl=False)
        self._shown, self._percent = "", -1

    def _readable(self, scene: Scene, values: Values) -> dict[str, object]:
        words = CODES[self.language]
        shown = {name: words.get(value, value) if isinstance(value, str) else value for name, value in values.items()}
        if "title" in values and "instrument" in values:
            shown["instrument"] = values["title"]
        if scene.approver:
            shown["approver"] = self.person(scene.office, scene.approver)
        if "list_sha256" in values:
            shown |= {"list_short": values["list_sha256"][:SHORT], "bytes_words": size_words(values["bytes"])}
        return shown


class Stopwatch:
    """Measures how long something takes."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def seconds(self) -> float:
        """Return the seconds since the beginning."""
        return time.monotonic() - self._began


@cache
def sentences() -> dict[str, dict[str, str]]:
    """Return code -> language -> sentence."""
    found: dict[str, dict[str, str]] = json.loads(
        resources.files("comity.cli.demo").joinpath("words.json").read_text("utf-8")
    )
    return found


def size_words(count: float) -> str:
    """Return a number of bytes as people say it."""
    for unit in UNITS:
        if count < 1000 or unit == UNITS[-1]:
            break
        count /= 1000
    return f"{count:.0f} {unit}" if unit == "B" or count >= 100 else f"{count:.1f} {unit}"


def columns(text: str) -> int:
    """Return how many columns a terminal needs for the text; Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def wrap(text: str, width: int) -> list[str]:
    """Break a text into lines: between words, and in Chinese between any two characters."""
    lines, line = [], ""
    for piece in pieces(text):
        if line and columns(line + piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()]


def pieces(text: str) -> list[str]:
    """Cut a text where a line may end."""
    found, piece = [], ""
    for sign in text:
        piece += sign
        if sign == " " or unicodedata.east_asian_width(sign) in "WF":
            found.append(piece)
            piece = ""
    return [*found, piece] if piece else found
