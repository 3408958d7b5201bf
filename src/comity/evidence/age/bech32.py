"""Bech32 (BIP 173) without the limit on length, as age writes keys."""

from collections.abc import Iterable

_ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def encode(prefix: str, data: bytes) -> str:
    """Return the text for the bytes, in lower case."""
    values = _regroup(data, 8, 5, pad=True)
    check = _polymod((*_spread(prefix), *values, 0, 0, 0, 0, 0, 0)) ^ 1
    values += [check >> 5 * (5 - place) & 31 for place in range(6)]
    return f"{prefix}1{''.join(_ALPHABET[value] for value in values)}"


def decode(text: str) -> tuple[str, bytes]:
    """Return prefix (in lower case) and bytes.

    Raises:
        ValueError: mixed case, a wrong checksum, or not this encoding; the message does not repeat the text, which may be a secret.
    """
    if text not in (text.lower(), text.upper()):
        raise ValueError("mixed case")
    prefix, one, rest = text.lower().rpartition("1")
    if not one or not prefix or len(rest) < 6 or not set(rest) <= set(_ALPHABET) or not prefix.isascii():
        raise ValueError("not Bech32")
    values = [_ALPHABET.index(character) for character in rest]
    if _polymod((*_spread(prefix), *values)) != 1:
        raise ValueError("the checksum does not fit")
    return prefix, bytes(_regroup(values[:-6], 5, 8, pad=False))


def _spread(prefix: str) -> tuple[int, ...]:
    return (*(ord(character) >> 5 for character in prefix), 0, *(ord(character) & 31 for character in prefix))


def _polymod(values: Iterable[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for place, factor in enumerate(_GENERATOR):
            check ^= factor if top >> place & 1 else 0
    return check


def _regroup(data: Iterable[int], size: int, new_size: int, *, pad: bool) -> list[int]:
    """Cut a row of bits, given in groups of `size`, into groups of `new_size`."""
    kept = bits = 0
    groups = []
    for value in data:
        kept = kept << size | value
        bits += size
        while bits >= new_size:
            bits -= new_size
            groups.append(kept >> bits & ((1 << new_size) - 1))
        kept &= (1 << bits) - 1
    if pad and bits:
        groups.append(kept << (new_size - bits) & ((1 << new_size) - 1))
    elif not pad and (bits >= size or kept):
        raise ValueError("bits are left over")
    return groups
