"""Project Wycheproof's vectors for the parts of our suite: the library decides as the vectors say."""

import hmac
import json
import os
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

SHARED = Path(os.environ.get("COMITY_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data"))

RFC_5869_1 = {
    "ikm": "0b" * 22,
    "salt": "000102030405060708090a0b0c",
    "info": "f0f1f2f3f4f5f6f7f8f9",
    "size": 42,
    "okm": "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
    "result": "valid",
}


def cases(name: str) -> list[dict[str, Any]]:
    """Read the vectors, or none where the collection is absent; RFC vectors below stand in then."""
    path = SHARED / "crypto" / "wycheproof" / f"{name}.json"
    if not path.is_file():
        return []
    return [case for group in json.loads(path.read_bytes())["testGroups"] for case in group["tests"]]


def hkdf(case: dict[str, Any]) -> bytes:
    salt, info, ikm = (bytes.fromhex(case[name]) for name in ("salt", "info", "ikm"))
    return HKDF(SHA256(), case["size"], salt, info).derive(ikm)


def exchange(case: dict[str, Any]) -> bytes:
    private = load_pem_private_key(case["private"].encode(), None)
    public = load_pem_public_key(case["public"].encode())
    assert isinstance(private, X25519PrivateKey)
    assert isinstance(public, X25519PublicKey)
    return private.exchange(public)


@pytest.mark.parametrize(
    "case", [RFC_5869_1, *cases("hkdf_sha256_test")], ids=lambda case: str(case.get("tcId", "RFC 5869"))
)
def test_hkdf_decides_as_expected(case: dict[str, Any]) -> None:
    if case["result"] == "valid":
        assert hmac.compare_digest(hkdf(case), bytes.fromhex(case["okm"]))
    else:
        with pytest.raises(ValueError):
            hkdf(case)


def test_x25519_decides_as_expected() -> None:
    """Acceptable ones (low order, non-canonical) may be refused or must give the named secret; a zero secret is always refused."""
    decided = {"valid": 0, "acceptable": 0, "invalid": 0}
    for case in cases("x25519_pem_test"):
        decided[case["result"]] += 1
        try:
            shared = exchange(case)
        except (ValueError, UnsupportedAlgorithm, AssertionError):
            assert case["result"] != "valid", case["tcId"]
            continue
        assert case["result"] != "invalid", case["tcId"]
        assert shared.hex() == case["shared"], case["tcId"]
        assert any(shared), case["tcId"]
    if SHARED.joinpath("crypto").is_dir():
        assert sum(decided.values()) == 518


def test_x25519_agrees_with_rfc_7748() -> None:
    """RFC 7748, section 5.2, second vector: scalar, coordinate, result."""
    scalar = "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d"
    coordinate = "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493"
    private = X25519PrivateKey.from_private_bytes(bytes.fromhex(scalar))
    shared = private.exchange(X25519PublicKey.from_public_bytes(bytes.fromhex(coordinate)))
    assert shared.hex() == "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957"
