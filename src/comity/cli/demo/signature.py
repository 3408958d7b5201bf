"""Takes the signature of a PDF apart for other programs, without the product's own reader of signatures."""

import re
from dataclasses import dataclass
from pathlib import Path

from asn1crypto import cms, core

BYTE_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]")
TIME_STAMP = "signature_time_stamp_token"


@dataclass(frozen=True, slots=True)
class Signature:
    """The files that a signature was taken apart into.

    Attributes:
        cms: the signature (CMS SignedData, DER).
        content: the bytes that it covers.
        token: the time stamp (RFC 3161 TimeStampToken, DER).
        value: the bytes that the time stamp covers.
    """

    cms: Path
    content: Path
    token: Path
    value: Path


def read_signature(pdf: Path, folder: Path) -> Signature:
    """Write the parts of the one signature of a PDF into a new folder."""
    data = pdf.read_bytes()
    match = BYTE_RANGE.search(data)
    if match is None:
        raise ValueError(f"{pdf.name} is not signed.")
    start, length, second, rest = (int(number) for number in match.groups())
    placed = bytes.fromhex(data[start + length : second].strip(b"<>").decode("ascii"))
    der = core.Sequence.load(placed).dump()  # the place for the signature is larger; zeros follow it
    signer = cms.ContentInfo.load(der)["content"]["signer_infos"][0]
    token = next(each for each in signer["unsigned_attrs"] if each["type"].native == TIME_STAMP)
    folder.mkdir()
    parts = Signature(folder / "cms.der", folder / "content.bin", folder / "token.der", folder / "value.bin")
    parts.cms.write_bytes(der)
    parts.content.write_bytes(data[start : start + length] + data[second : second + rest])
    parts.token.write_bytes(token["values"][0].dump())
    parts.value.write_bytes(signer["signature"].native)
    return parts
