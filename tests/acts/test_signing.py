"""Signing costs the same whatever the lengths of the parts are."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from asn1crypto import core
from cryptography.hazmat.primitives.asymmetric import ec

from comity.acts.certificates import make_office_certificate, make_time_certificate
from comity.acts.signing import OfficeSigner, _cms
from comity.acts.timestamp import LocalTimeAuthority

NOW = datetime(2026, 11, 24, 9, 12, tzinfo=UTC)


def test_no_length_makes_the_library_encode_over_and_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lengths that end in the octet 80 once did: one certificate in some took half a minute for each signature."""
    calls = 0
    encode = core.Sequence._set_contents

    def counted(self: core.Sequence, *args: Any, **kwargs: Any) -> object:
        nonlocal calls
        calls += 1
        return encode(self, *args, **kwargs)

    monkeypatch.setattr(core.Sequence, "_set_contents", counted)
    key = ec.generate_private_key(ec.SECP256R1())
    counts = []
    for length in (*range(1, 65), *(19, 20) * 40):  # at 19 and 20 it depends on the length of the signature
        office = make_office_certificate(key, "gh/x", "x" * length, NOW - timedelta(1), NOW + timedelta(9))
        time = make_time_certificate(key, "gh/x", "x" * length, NOW - timedelta(1), NOW + timedelta(9))
        calls = 0
        _cms(b"\1" * 32, OfficeSigner(key, office, LocalTimeAuthority(key, time, lambda: NOW)))
        counts.append(calls)
    assert max(counts) < 10 * min(counts), counts  # once it was thousands of times
