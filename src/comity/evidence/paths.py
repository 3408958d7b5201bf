r"""Paths of exhibits: readable on every system, reversible to the name on the disk, never able to leave their folder.

A file name on a seized disk is any row of bytes. What some system would misread (control and direction marks, `\`, `:`, Windows
device names, a dot at the end, bytes that are not UTF-8, and `%` itself) is percent-encoded, byte by byte in UTF-8; everything else
stays as it is. So a list can be unpacked anywhere, and the original name can be had back with `decode_path`.
"""

import os
import re
import unicodedata
from pathlib import Path

from comity.errors import PeerError

MAX_NAME_BYTES = 255
MAX_PATH_BYTES = 3000

_SURROGATES = "\ud800-\udfff"
_CONTROLS = "\x00-\x1f\x7f-\x9f\u2028\u2029"
_DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
_WINDOWS = r'<>:"|?*\\/'
_MISREAD = re.compile(f"[{_CONTROLS}{_DIRECTION}{_SURROGATES}{_WINDOWS}]")
_MISREAD_OR_PERCENT = re.compile(f"[%{_CONTROLS}{_DIRECTION}{_SURROGATES}{_WINDOWS}]")
_DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(\..*)?", re.IGNORECASE | re.DOTALL)
_ESCAPE = re.compile("%([0-9A-F]{2})")


class HostilePathError(PeerError):
    """A path in a list would be misread somewhere, or leave its folder."""

    code = "hostile-path"


def encode_name(raw: bytes) -> str:
    """Return the name of a file or folder (the bytes that the disk holds) as it stands in a list."""
    name = _MISREAD_OR_PERCENT.sub(lambda match: _percent(match[0]), raw.decode("utf-8", "surrogateescape"))
    if name.endswith((".", " ")):
        name = name[:-1] + _percent(name[-1])
    if _DEVICE.fullmatch(name):
        name = _percent(name[0]) + name[1:]
    return name


def encode_path(raw: bytes) -> str:
    """Return a path relative to the source, with `/` between its names, as it stands in a list."""
    return "/".join(encode_name(name) for name in raw.split(b"/"))


def encode_path_fully(raw: bytes) -> str:
    """Return the path with every byte percent-encoded: the form that no other path can be mistaken for."""
    return "/".join("".join(f"%{byte:02X}" for byte in name) for name in raw.split(b"/"))


def source_title(source: Path) -> str:
    """Return the name of a source as it may stand in the title of a list."""
    return encode_name(os.fsencode(source.absolute().name))


def decode_path(path: str) -> bytes:
    """Return the bytes that the disk held, the inverse of `encode_path` and `encode_path_fully`."""
    return _ESCAPE.sub(_unescape, path).encode("utf-8", "surrogateescape")


def _unescape(match: re.Match[str]) -> str:
    return bytes((int(match[1], 16),)).decode("ascii", "surrogateescape")


def sameness(path: str) -> str:
    """Return what two paths have in common when some system (Windows, macOS) takes them for the same."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def is_too_long(path: str) -> bool:
    """Whether a path or one of its names is longer than other systems can take."""
    return len(path.encode()) > MAX_PATH_BYTES or any(len(name.encode()) > MAX_NAME_BYTES for name in path.split("/"))


def check_path(path: str) -> None:
    """Refuse a path that `encode_path` cannot have made.

    Args:
        path: unverified text out of a list.

    Raises:
        HostilePathError: it is absolute, climbs, names a device, holds a character that some system misreads, or is too long.
    """
    if _MISREAD.search(path.replace("/", "")):
        raise HostilePathError("A path holds a character that some system misreads.", where=ascii(path[:200]))
    if is_too_long(path):
        raise HostilePathError("A path is too long.", where=ascii(path[:200]))
    for name in path.split("/"):
        if not _is_harmless(name):
            raise HostilePathError("A path is absolute, climbs, or names a device.", where=ascii(path[:200]))


def _is_harmless(name: str) -> bool:
    if not name or name.endswith((".", " ")) or _DEVICE.fullmatch(name):
        return False
    if "%" in _ESCAPE.sub("", name):
        return False
    raw = decode_path(name)
    return raw not in (b".", b"..") and b"/" not in raw and b"\0" not in raw


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "surrogateescape"))


class PathBook:
    """Gives each file of a source a path of its own, also for systems that take `A` and `a` for the same."""

    def __init__(self) -> None:
        self._files: set[str] = set()
        self._folders: set[str] = set()

    def assign(self, raw: bytes) -> str:
        """Return the path for a file; the fully encoded form when the readable one is taken already."""
        path = encode_path(raw)
        if not self.take(path):
            path = encode_path_fully(raw)
            self.take(path)
        return path

    def take(self, path: str) -> bool:
        """Take a path; False when another file or folder already stands there."""
        key = sameness(path)
        folders = [key[:at] for at, character in enumerate(key) if character == "/"]
        if key in self._files or key in self._folders or not self._files.isdisjoint(folders):
            return False
        self._files.add(key)
        self._folders.update(folders)
        return True
