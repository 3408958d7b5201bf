"""Making and opening acts: a request in English and Chinese, each act different, the fonts loaded once."""

import asyncio
import io
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from vectors.acts.generate import OPENED_AT, Bench, bench
from vectors.acts.samples import NOW, REQUEST, SENDER, WORDS

from benchmarks.result import Result
from comity.acts.opening import open_act
from comity.acts.timestamp import LocalTimeAuthority

COUNT = 24


def run() -> list[Result]:
    offices = bench()
    acts = [replace(REQUEST, reference=f"ARC-2026-{number:04d}") for number in range(COUNT)]
    arabic = [replace(act, languages=("en", "zh", "ar")) for act in acts]
    made, making = timed(lambda act: offices.act(act), acts)
    opening = timed(lambda pdf: open_act(pdf, offices.directory.get, WORDS, OPENED_AT), made)[1]
    drawing = timed(lambda pdf: open_act(pdf, offices.directory.get, WORDS, OPENED_AT, compare_drawing=True), made)[1]
    peer = timed(lambda pdf: validate(pdf, offices), made)[1]
    made_arabic, _ = timed(lambda act: offices.act(act), arabic)
    opening_arabic = timed(lambda pdf: open_act(pdf, offices.directory.get, WORDS, OPENED_AT), made_arabic)[1]
    return [
        Result("act: compose, typeset, sign, stamp", making, "ms", 200, "median of different acts"),
        Result("act: open and verify", opening, "ms", 30, "median, warm"),
        Result("act: open and verify, right-to-left (typesets again)", opening_arabic, "ms", None, "median, warm"),
        Result("act: open, verify and compare the drawing", drawing, "ms", None, "median, warm"),
        Result("act: open and verify / pyHanko's validation alone", opening / peer, "x", 1, f"pyHanko {peer:.1f} ms"),
        Result("act: opened in a second on one core", 1000 / opening, "acts/s", None, "", at_least=True),
        Result("act: size of the PDF, en + zh, two pages", len(made[0]) / 1000, "KB", 130, "150 KB with its receipt"),
    ]


def timed(work: Callable[[Any], Any], inputs: Sequence[Any]) -> tuple[list[Any], float]:
    """Return results and the median in milliseconds; the first one only warms up."""
    results, times = [], []
    work(inputs[0])
    for one in inputs:
        start = time.perf_counter()
        results.append(work(one))
        times.append(1000 * (time.perf_counter() - start))
    return results, statistics.median(times)


def validate(pdf: bytes, offices: Bench) -> None:
    """What pyHanko does for the signature alone: no payload, no words, no limits."""
    signer = offices.offices[SENDER].signer
    assert isinstance(signer.time_authority, LocalTimeAuthority)
    roots = [
        asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
        for certificate in (signer.certificate, signer.time_authority.certificate)
    ]
    context = ValidationContext(trust_roots=roots, allow_fetching=False, moment=NOW)
    signature = PdfFileReader(io.BytesIO(pdf)).embedded_signatures[0]
    status = asyncio.run(async_validate_pdf_signature(signature, context, context))
    assert status.bottom_line, status.summary()
