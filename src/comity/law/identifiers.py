"""Recognises what an identifier is: a service, an e-mail address, a name, a URL, a number, an address. Nothing is looked up.

The rules are strict on purpose: what does not fit exactly is `unrecognised`, and a form that several chains share stays so.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.utils import parseaddr
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

from comity.law.holder_rules import AddressForm, HolderRules
from comity.law.question import UnusableQuestionError

LONGEST = 2000
NAME = re.compile(r"(?=.{4,253}$)([a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{2,59})")
HANDLE = re.compile(r"@[\w.\-]{2,64}")
PHONE = re.compile(r"(?:\+|00)[1-9][0-9]{6,14}")
IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
BECH32_SUMS = frozenset({1, 0x2BC830A3})


class UnusableIdentifierError(UnusableQuestionError):
    """An identifier is empty or too long, or names a service that the lawbook does not know."""

    code = "unusable-identifier"


@dataclass(frozen=True, slots=True)
class Identifier:
    """What a text was recognised as.

    Attributes:
        kind: service | email | domain | url | phone | ip | crypto | handle | iban | unrecognised.
        value: in its usual writing.
        name: the name in the DNS, for email, domain and url; empty otherwise.
        address: the address, for ip and a url with one.
        chains: the chains whose form it has; `proven` where a check sum confirms the form.
    """

    kind: str
    value: str
    name: str = ""
    address: IPv4Address | IPv6Address | None = None
    chains: tuple[AddressForm, ...] = field(default=())
    proven: bool = False


def recognise(value: str, rules: HolderRules) -> Identifier:
    """Say what the text is.

    Raises:
        UnusableIdentifierError: it is empty or longer than 2000 characters.
    """
    given = value.strip()
    if not given or len(given) > LONGEST:
        raise UnusableIdentifierError("There is no identifier.", remedy="Give a service, address, number, name or URL.")
    if given.casefold() in rules.by_alias:
        return Identifier("service", given)
    if "://" in given:
        return _url(given)
    for recogniser in (_ip, _email, _handle, _phone, _iban):
        found = recogniser(given)
        if found is not None:
            return found
    return _chain(given, rules) or _domain(given) or Identifier("unrecognised", given)


def _url(given: str) -> Identifier:
    try:
        parts = urlsplit(given)
        host = (parts.hostname or "").rstrip(".").casefold()
    except ValueError:
        return Identifier("unrecognised", given)
    address = _ip(host)
    if address is not None:
        return Identifier("url", given, address=address.address)
    name = _domain(host)
    return Identifier("url", given, name.name) if name else Identifier("unrecognised", given)


def _ip(given: str) -> Identifier | None:
    try:
        address = ip_address(given.strip("[]"))
    except ValueError:
        return None
    return Identifier("ip", str(address), address=address)


def _email(given: str) -> Identifier | None:
    _, address = parseaddr(given)
    user, at, host = address.rpartition("@")
    name = _domain(host)
    if not at or not user or address != given or re.search(r"\s", given) or name is None:
        return None
    return Identifier("email", f"{user}@{name.name}", name.name)


def _handle(given: str) -> Identifier | None:
    return Identifier("handle", given) if HANDLE.fullmatch(given) else None


def _phone(given: str) -> Identifier | None:
    digits = re.sub(r"[ ()./-]", "", given)
    if PHONE.fullmatch(digits) is None:
        return None
    return Identifier("phone", "+" + digits.removeprefix("+").removeprefix("00"))


def _iban(given: str) -> Identifier | None:
    """ISO 13616: the check digits, modulo 97."""
    plain = given.replace(" ", "").upper()
    if IBAN.fullmatch(plain) is None:
        return None
    number = "".join(str(int(character, 36)) for character in plain[4:] + plain[:4])
    return Identifier("iban", plain) if int(number) % 97 == 1 else None


def _domain(given: str) -> Identifier | None:
    name = given.rstrip(".").casefold()
    if not name.isascii():
        try:
            name = name.encode("idna").decode("ascii")
        except UnicodeError:
            return None
    return Identifier("domain", name, name) if NAME.fullmatch(name) else None


def _chain(given: str, rules: HolderRules) -> Identifier | None:
    forms = tuple(_forms(given, rules))
    if not forms:
        return None
    return Identifier("crypto", given, chains=forms, proven=all(form.check != "none" for form in forms))


def _forms(given: str, rules: HolderRules) -> Iterator[AddressForm]:
    """Yield the forms that the text has; a check sum that holds excludes the forms that have none."""
    matching = [form for form in rules.chains if re.fullmatch(form.pattern, given)]
    checked = [form for form in matching if form.check != "none" and _holds(form, given)]
    yield from checked or [form for form in matching if form.check == "none"]


def _holds(form: AddressForm, given: str) -> bool:
    return _base58check(given, form.versions) if form.check == "base58check" else _bech32(given)


def _base58check(given: str, versions: frozenset[int]) -> bool:
    number = 0
    for character in given:
        number = number * 58 + BASE58.index(character)
    data = number.to_bytes(max(25, (number.bit_length() + 7) // 8), "big")
    if len(data) != 25:
        return False
    body, check = data[:21], data[21:]
    return body[0] in versions and hashlib.sha256(hashlib.sha256(body).digest()).digest()[:4] == check


def _bech32(given: str) -> bool:
    """BIP 173 and BIP 350."""
    prefix, _, data = given.casefold().rpartition("1")
    values = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix] + [BECH32.index(c) for c in data]
    total = 1
    for value in values:
        top = total >> 25
        total = (total & 0x1FFFFFF) << 5 ^ value
        for bit in range(5):
            total ^= GENERATOR[bit] if (top >> bit) & 1 else 0
    return total in BECH32_SUMS
