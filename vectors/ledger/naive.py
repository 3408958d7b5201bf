"""The tree as RFC 6962 defines it and notes put together by hand: slow, plain, and nothing of Comity in it."""

import base64
import hashlib
from collections.abc import Sequence

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

LOG, OTHER_LOG = "gh.example/practice-prosecutor", "fr.example/practice-prosecutor"
BEN, CLEO = "pf.example/practice-central", "pv.example/practice-provider"
TIME = 1795510320
Case = dict[str, object]


def sha(data: bytes) -> bytes:
    """Return the SHA-256."""
    return hashlib.sha256(data).digest()


def leaf(entry: bytes) -> bytes:
    """Return the hash of an entry (RFC 6962, 2.1)."""
    return sha(b"\0" + entry)


def half(count: int) -> int:
    """Return the largest power of two below the count."""
    power = 1
    while power * 2 < count:
        power *= 2
    return power


def tree(leaves: Sequence[bytes]) -> bytes:
    """Return MTH of RFC 6962, 2.1."""
    if not leaves:
        return sha(b"")
    if len(leaves) == 1:
        return leaves[0]
    k = half(len(leaves))
    return sha(b"\1" + tree(leaves[:k]) + tree(leaves[k:]))


def path(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """Return PATH of RFC 6962, 2.1.1."""
    if len(leaves) == 1:
        return []
    k = half(len(leaves))
    if index < k:
        return [*path(index, leaves[:k]), tree(leaves[k:])]
    return [*path(index - k, leaves[k:]), tree(leaves[:k])]


def subproof(old: int, leaves: Sequence[bytes], whole: bool) -> list[bytes]:
    """Return SUBPROOF of RFC 6962, 2.1.2."""
    if old == len(leaves):
        return [] if whole else [tree(leaves)]
    k = half(len(leaves))
    if old <= k:
        return [*subproof(old, leaves[:k], whole), tree(leaves[k:])]
    return [*subproof(old - k, leaves[k:], False), tree(leaves[:k])]


def consistency(old: int, leaves: Sequence[bytes]) -> list[bytes]:
    """Return PROOF of RFC 6962, 2.1.2."""
    return subproof(old, leaves, True) if old else []


def flip(data: bytes, bit: int = 0) -> bytes:
    """Return the bytes with one bit changed."""
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def b64(data: bytes) -> str:
    """Return base64."""
    return base64.b64encode(data).decode()


def key(name: str) -> Ed25519PrivateKey:
    """Return the key that a name always has."""
    return Ed25519PrivateKey.from_private_bytes(sha(b"comity vector key " + name.encode()))


def public(name: str) -> bytes:
    """Return the public key of a name."""
    return key(name).public_key().public_bytes_raw()


def key_id(name: str, kind: int, material: bytes) -> bytes:
    """Return the key id of signed-note."""
    return sha(name.encode() + b"\n" + bytes([kind]) + material)[:4]


def vkey(name: str, kind: int = 1, of: str = "") -> str:
    """Return a verifier key; `of` names another one whose key is shown under the name."""
    material = public(of or name)
    return f"{name}+{key_id(name, kind, material).hex()}+{b64(bytes([kind]) + material)}"


def line(name: str, id_and_value: bytes) -> str:
    """Return a signature line."""
    return f"— {name} {b64(id_and_value)}\n"


def signed(name: str, text: str, of: str = "") -> str:
    """Return the signature line of a name over a text; `of` names another one whose key is used under that name."""
    of = of or name
    return line(name, key_id(name, 1, public(of)) + key(of).sign(text.encode()))


def cosigned(
    name: str, text: str, time: int = TIME, head: str = "cosignature/v1", told: int | None = None, of: str = ""
) -> str:
    """Return a cosignature; `told` is the time that the line tells where it is not the signed one."""
    of = of or name
    message = f"{head}\ntime {time}\n{text}".encode()
    stamp = (time if told is None else told).to_bytes(8, "big")
    return line(name, key_id(name, 4, public(of)) + stamp + key(of).sign(message))


def head_text(origin: str, leaves: Sequence[bytes], size: int | None = None) -> str:
    """Return the text of a checkpoint of the first `size` leaves."""
    size = len(leaves) if size is None else size
    return f"{origin}\n{size}\n{b64(tree(leaves[:size]))}\n"


def note(text: str, *lines: str) -> str:
    """Return a text with signature lines."""
    return text + "\n" + "".join(lines)


def log_note(text: str) -> str:
    """Return a text signed by the log."""
    return note(text, signed(LOG, text))


ENTRIES = [f"comity act {sha(f'vector {number}'.encode()).hex()}\n".encode() for number in range(13)]


LEAVES = [leaf(entry) for entry in ENTRIES]


FORK = [*LEAVES[:6], leaf(b"comity act " + b"0" * 64 + b"\n"), *LEAVES[7:]]
