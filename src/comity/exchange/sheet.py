"""The digests of what a medium carries: one file for `sha256sum -c`, one for people to print, sign and compare."""

from collections.abc import Sequence
from dataclasses import dataclass

HEADING = """Comity

What this medium carries. Compare each SHA-256 with the file on the medium; in a shell:  sha256sum -c SHA256SUMS
本介质所载文件。请将下列 SHA-256 值与介质上的文件逐一核对；命令行：sha256sum -c SHA256SUMS
"""
FOOTING = """
Handed over by / 移交人                 Received by / 接收人

_______________________________        _______________________________
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One file on the medium: its path there, its size in octets, its SHA-256 in hexadecimal."""

    path: str
    size: int
    sha256: str


def sums(lines: Sequence[Line]) -> str:
    """Return the digests in the form of coreutils' `sha256sum`."""
    return "".join(f"{line.sha256}  {line.path}\n" for line in lines)


def sheet(lines: Sequence[Line]) -> str:
    """Return the digests in groups of eight digits, which two people can read to each other."""
    return "\n".join((HEADING, *(_entry(line) for line in lines), FOOTING))


def _entry(line: Line) -> str:
    groups = [line.sha256[start : start + 8] for start in range(0, 64, 8)]
    return f"{line.path}\n    {line.size:,} bytes\n    {' '.join(groups[:4])}\n    {' '.join(groups[4:])}\n"
