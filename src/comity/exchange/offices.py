"""An office as the directory publishes it: canonical JSON, described by `office.schema.json`.

Binary values are base64, instants are whole seconds in UTC. Members that this version does not know are kept in `extra`, so that
an older node never changes what a state published.
"""

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, cast

from cryptography import x509
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from comity.acts.act import parse_instant
from comity.acts.canonical import NotCanonicalError, canonical, parse_canonical
from comity.acts.checks import INSTANT
from comity.acts.office import Office, OfficeCertificate
from comity.errors import LocalError, PeerError
from comity.exchange.advice import AdvisedError

SCHEMA = "comity-office/1"
MAX_BYTES = 256 * 1024
MAX_DEPTH = 8
MEMBERS = frozenset(
    {
        *("schema", "id", "state", "names", "languages", "actors", "measures", "certificates", "time_certificates"),
        *("envelope_keys", "age_recipients", "ledger_key", "witness_key", "url", "contact"),
    }
)


class MalformedOfficeError(AdvisedError, PeerError):
    """A file in the directory does not describe an office."""

    code = "malformed-office"
    advice = "Ask the state that lists the office to correct its entry."


class UnpublishableOfficeError(AdvisedError, LocalError):
    """An office of ours does not have what the directory demands of every office."""

    code = "unpublishable-office"
    advice = "Correct the office's entry and publish it again."


def encode_office(office: Office) -> bytes:
    """Return the office as canonical JSON.

    Raises:
        UnpublishableOfficeError: nobody could read the result, because a member breaks the schema.
    """
    data = canonical(_to_value(office))
    try:
        decode_office(data)
    except MalformedOfficeError as error:
        raise UnpublishableOfficeError(error.message, where=office.id) from error
    return data


def decode_office(data: bytes) -> Office:
    """Return the office that the bytes describe.

    Args:
        data: unverified bytes, at most MAX_BYTES.

    Raises:
        MalformedOfficeError: not canonical JSON, against the schema, or a value that is no certificate, key or instant.
    """
    try:
        value = parse_canonical(data, max_bytes=MAX_BYTES, max_depth=MAX_DEPTH)
    except NotCanonicalError as error:
        raise MalformedOfficeError(f"An office's entry cannot be read. {error.message}") from error
    fault = best_match(_validator().iter_errors(value))
    if fault is not None:
        raise MalformedOfficeError(f"An office's entry breaks the schema at {fault.json_path}: {_short(fault.message)}")
    return _from_value(cast(Mapping[str, Any], value))


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(files(__package__).joinpath("office.schema.json").read_bytes()))


def _short(message: str) -> str:
    return message if len(message) <= 200 else f"{message[:97]} … {message[-97:]}"


def _to_value(office: Office) -> dict[str, object]:
    optional: dict[str, object] = {
        "languages": list(office.languages),
        "actors": list(office.actors),
        "measures": list(office.measures),
        "certificates": [_certificate_value(each) for each in office.certificates],
        "time_certificates": [_certificate_value(each) for each in office.time_certificates],
        "envelope_keys": [_base64(key) for key in office.envelope_keys],
        "age_recipients": list(office.age_recipients),
        "ledger_key": office.ledger_key,
        "witness_key": office.witness_key,
        "url": office.url,
        "contact": dict(office.contact),
    }
    known = {"schema": SCHEMA, "id": office.id, "state": office.state, "names": dict(office.names)}
    return {**office.extra, **known, **{name: value for name, value in optional.items() if value}}


def _certificate_value(certificate: OfficeCertificate) -> dict[str, str]:
    value = {
        "der": _base64(certificate.der),
        "valid_from": _instant(certificate.valid_from),
        "valid_until": _instant(certificate.valid_until),
    }
    if certificate.revoked_at:
        value["revoked_at"] = _instant(certificate.revoked_at)
    return value


def _from_value(value: Mapping[str, Any]) -> Office:
    if value["id"][:2].upper() != value["state"]:
        raise MalformedOfficeError(f"Office {value['id']} says that it belongs to {value['state']}.")
    return Office(
        id=value["id"],
        state=value["state"],
        names=MappingProxyType(dict(value["names"])),
        languages=tuple(value.get("languages", ())),
        actors=tuple(value.get("actors", ())),
        measures=tuple(value.get("measures", ())),
        certificates=_certificates(value.get("certificates", ())),
        time_certificates=_certificates(value.get("time_certificates", ())),
        envelope_keys=tuple(_octets(key) for key in value.get("envelope_keys", ())),
        age_recipients=tuple(value.get("age_recipients", ())),
        ledger_key=value.get("ledger_key", ""),
        witness_key=value.get("witness_key", ""),
        url=value.get("url", ""),
        contact=MappingProxyType(dict(value.get("contact", {}))),
        extra=MappingProxyType({name: member for name, member in value.items() if name not in MEMBERS}),
    )


def _certificates(values: Sequence[Mapping[str, str]]) -> tuple[OfficeCertificate, ...]:
    return tuple(_certificate(value) for value in values)


def _certificate(value: Mapping[str, str]) -> OfficeCertificate:
    der = _octets(value["der"])
    try:
        x509.load_der_x509_certificate(der)
    except (ValueError, x509.InvalidVersion) as error:
        raise MalformedOfficeError("An office's entry holds a certificate that is not X.509.") from error
    revoked_at = value.get("revoked_at")
    return OfficeCertificate(
        der=der,
        valid_from=_parse(value["valid_from"]),
        valid_until=_parse(value["valid_until"]),
        revoked_at=_parse(revoked_at) if revoked_at else None,
    )


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _octets(text: str) -> bytes:
    try:
        data = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise MalformedOfficeError("An office's entry holds base64 that cannot be decoded.") from error
    if _base64(data) != text:
        raise MalformedOfficeError("An office's entry holds base64 with stray bits at its end.")
    return data


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime(INSTANT)


def _parse(text: str) -> datetime:
    try:
        return parse_instant(text)
    except ValueError as error:
        raise MalformedOfficeError(f"'{text}' is not an instant.") from error
