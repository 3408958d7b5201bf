"""Whether an identifier can exist at all: addresses, numbers and names that were copied wrong find nobody."""

import ipaddress
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

EMAIL = re.compile(
    r"[^@\s\"(),:;<>\[\]\\]{1,64}@(?=.{4,253}\Z)(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]{0,61}[^\W_]"
)
DOMAIN = re.compile(r"(?=.{4,253}\Z)(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]{0,61}[^\W_]\.?")
PHONE = re.compile(r"\+[\d ()./-]+")
MAC = re.compile(r"[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}")
URL = re.compile(r"(?:https?|ftps?)://[^\s/]+\.[^\s/]+(?:/\S*)?")
WALLET = re.compile(
    r"0x[0-9a-fA-F]{40}|[13][1-9A-HJ-NP-Za-km-z]{25,34}|[a-z]{1,10}1[02-9ac-hj-np-z]{6,90}|[1-9A-HJ-NP-Za-km-z]{32,106}"
)
IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")
BIC = re.compile(r"[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
SHA256 = re.compile(r"[0-9a-fA-F]{64}")
INSIDE = tuple(
    map(
        ipaddress.ip_network,
        ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
    )
) + tuple(map(ipaddress.ip_network, ("fc00::/7", "fe80::/10", "::1/128")))


def is_ip(value: str) -> bool:
    """Return whether the text is an IPv4 or IPv6 address."""
    try:
        ipaddress.ip_address(value.strip())
    except ValueError:
        return False
    return True


def is_inside_address(value: str) -> bool:
    """Return whether an IP address means something inside one network only (RFC 1918, 4193, 6598)."""
    return is_ip(value) and any(ipaddress.ip_address(value.strip()) in network for network in INSIDE)


def is_phone(value: str) -> bool:
    """Return whether the text is a telephone number with country code (E.164: at most 15 digits)."""
    digits = sum(letter.isdigit() for letter in value)
    return PHONE.fullmatch(value.strip()) is not None and 7 <= digits <= 15


def is_imei(value: str) -> bool:
    """Return whether the text is an IMEI whose check digit (Luhn) is right."""
    digits = re.sub(r"[ -]", "", value)
    if not (digits.isascii() and digits.isdigit() and len(digits) == 15):
        return False
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(digits)]
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0


def is_iban(value: str) -> bool:
    """Return whether the text is an IBAN whose check digits (ISO 7064 mod 97-10) are right."""
    text = re.sub(r"\s", "", value).upper()
    if IBAN.fullmatch(text) is None:
        return False
    return int("".join(str(int(letter, 36)) for letter in text[4:] + text[:4])) % 97 == 1


def _matches(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda value: pattern.fullmatch(value.strip()) is not None


WELL_FORMED: Mapping[str, Callable[[str], bool]] = MappingProxyType(
    {
        "ip-address": is_ip,
        "email-address": _matches(EMAIL),
        "phone-number": is_phone,
        "imei": is_imei,
        "mac-address": _matches(MAC),
        "url": _matches(URL),
        "domain-name": _matches(DOMAIN),
        "wallet": _matches(WALLET),
        "iban": is_iban,
        "bic": _matches(BIC),
        "sha-256": _matches(SHA256),
    }
)
# The same id means the same datum in every form, so the kind of an identifier follows from the field's id.
KIND_OF_FIELD: Mapping[str, str] = MappingProxyType(
    {
        "contact_email": "email-address",
        "central_email": "email-address",
        "addressee_email": "email-address",
        "enforcing_email": "email-address",
        "contact_phone": "phone-number",
        "victim_phone": "phone-number",
        "iban": "iban",
        "bic": "bic",
    }
)


def is_well_formed(kind: str, value: str) -> bool:
    """Return whether a value can be an identifier of that kind; a kind that is not known here passes."""
    check = WELL_FORMED.get(kind)
    return check is None or check(value)
