"""Encodes CMS values that were built here, each of them once.

asn1crypto takes a length that ends in the octet 80 for an indefinite one and then encodes all that lies below anew. A value that it
built counts as changed for ever, so that happens several times at every level: for one signature in five it took minutes.
"""

from asn1crypto import cms, core
from asn1crypto.parser import emit

SEQUENCE = 16


def encode_signed(signed: cms.ContentInfo) -> bytes:
    """Return the octets of a ContentInfo with SignedData in it (RFC 5652, section 3)."""
    settle(signed["content"])
    return sequence(signed["content_type"].dump(), signed["content"].dump())


def sequence(*parts: bytes) -> bytes:
    """Return a SEQUENCE of values that are encoded already."""
    octets: bytes = emit(0, 1, SEQUENCE, b"".join(parts))
    return octets


def settle(value: core.Sequence | core.SequenceOf) -> None:
    """Encode a value from the leaves upwards and have it keep its octets from then on."""
    for child in value.children or ():
        if isinstance(child, core.Sequence | core.SequenceOf):
            settle(child)
    value._mutated = value.contents is None
