"""The exchange: an envelope around an act of 60 KB, and a directory of 200 offices."""

import hashlib
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from statistics import median

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from benchmarks.result import Result
from comity.acts.office import Office, OfficeCertificate
from comity.exchange.charter import State, found_directory, signer
from comity.exchange.directory import open_directory
from comity.exchange.envelope import open_envelope, seal
from comity.exchange.keys import EnvelopeKey
from comity.exchange.parcel import Item, Parcel
from comity.exchange.publishing import publish
from comity.exchange.sources import mapping_source
from comity.exchange.tuf_names import Signer

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
OFFICES = 200
MANY_STATES, FEW_STATES = 195, 40
ROOTS = 5


def run() -> list[Result]:
    """Measure everything once; medians of repeated calls."""
    return [*envelope(), *directory(FEW_STATES, 50), *directory(MANY_STATES, None)]


def envelope() -> list[Result]:
    """Seal and open, beside hashing the same octets."""
    key = EnvelopeKey.generate()
    office = Office("gh/practice", "GH", {"en": "Practice"}, envelope_keys=(key.public,))
    parcel = Parcel((Item("act", "act.pdf", bytes(range(256)) * 240),))
    sealed = seal(parcel, "fr/liaison", office)
    kilobytes = (len(sealed) - len(parcel.items[0].data)) / 1000
    return [
        Result(
            "envelope around an act of 60 KB: seal", milliseconds(lambda: seal(parcel, "fr/liaison", office)), "ms", 20
        ),
        Result(
            "envelope around an act of 60 KB: open",
            milliseconds(lambda: open_envelope(sealed, office.id, [key])),
            "ms",
            5,
        ),
        Result("envelope around an act of 60 KB: what it adds", kilobytes, "KB", 2),
    ]


def directory(states: int, budget: float | None) -> list[Result]:
    """Open a directory whose offices are spread over so many states."""
    files = founded(states)
    source, root = mapping_source(files), files["1.root.json"]
    opened = open_directory(source, root, NOW)
    opened.offices()
    work = f"directory of {OFFICES} offices in {states} states"
    lookup = milliseconds(lambda: [opened.office("aa/o0") for _ in range(1000)])
    return [
        Result(f"{work}: open", milliseconds(lambda: open_directory(source, root, NOW), 9), "ms", budget),
        Result(f"{work}: look one up", lookup, "µs", 20),
    ]


def milliseconds(work: Callable[[], object], times: int = 51) -> float:
    """Return the median time of a call."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return median(taken) * 1000


def founded(count: int) -> dict[str, bytes]:
    """Found a directory; five of its states hold root keys."""
    codes = [chr(97 + number // 26) + chr(97 + number % 26) for number in range(count)]
    states = [
        State(code, key(code), key(f"{code} root") if number < ROOTS else None) for number, code in enumerate(codes)
    ]
    operator = key("operator")
    offices = [made(f"{codes[number % count]}/o{number // count}") for number in range(OFFICES)]
    empty = found_directory(states, operator, NOW)
    return publish(empty, offices, {state.code: state.offices for state in states}, operator, NOW)


def key(name: str) -> Signer:
    return signer(Ed25519PrivateKey.from_private_bytes(hashlib.sha256(name.encode()).digest()))


def made(office_id: str) -> Office:
    """Make an office with all keys that a real one has."""
    return Office(
        office_id,
        office_id[:2].upper(),
        {"en": f"Office {office_id}", "zh": "练习机关"},
        certificates=(CERTIFICATE,),
        time_certificates=(CERTIFICATE,),
        envelope_keys=(EnvelopeKey(hashlib.sha256(office_id.encode()).digest()).public,),
        age_recipients=("age1pq1" + "q" * 1950,),
    )


def certificate() -> OfficeCertificate:
    """Make a self-signed certificate."""
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "benchmark")])
    builder = x509.CertificateBuilder(name, name, private.public_key(), 7, NOW, NOW + timedelta(days=365))
    der = builder.sign(private, hashes.SHA256()).public_bytes(serialization.Encoding.DER)
    return OfficeCertificate(der, NOW, NOW + timedelta(days=365))


CERTIFICATE = certificate()
