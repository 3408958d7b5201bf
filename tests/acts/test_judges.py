"""Tools that nobody here wrote look at acts: poppler, OpenSSL, pyHanko. Where one is missing the test fails."""

import asyncio
import io
import os
import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest
from asn1crypto import cms as asn1_cms
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from vectors.acts.generate import OPENED_AT, Bench, vectors
from vectors.acts.samples import BRIEF, NOW, REQUEST, SENDER, WORDS

from comity.acts import cms
from comity.acts.act import encode_act
from comity.acts.canonical import digest
from comity.acts.opening import open_act
from comity.acts.pdf_signature import find_signature
from comity.acts.timestamp import LocalTimeAuthority
from comity.errors import PeerError

SHARED = Path(os.environ.get("COMITY_SHARED_DATA", Path(__file__).parents[3] / "shared/data"))


def judged(*command: str | Path) -> str:
    """Run a judge and return what it says; it must be there and exit with success."""
    tool = shutil.which(str(command[0]))
    assert tool, f"{command[0]} is not installed: run scripts/install-tools"
    done = subprocess.run([tool, *map(str, command[1:])], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def act_pdf(offices: Bench, tmp_path: Path) -> Path:
    path = tmp_path / "act.pdf"
    path.write_bytes(offices.act(REQUEST))
    return path


def pem(certificate: x509.Certificate, path: Path) -> Path:
    path.write_bytes(certificate.public_bytes(Encoding.PEM))
    return path


def test_poppler_finds_the_signature_valid_and_the_whole_document_signed(act_pdf: Path) -> None:
    said = judged("pdfsig", act_pdf)
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said
    assert said.count("Signature #") == 1


def test_poppler_takes_out_exactly_the_canonical_payload(act_pdf: Path, tmp_path: Path) -> None:
    judged("pdfdetach", "-saveall", "-o", tmp_path, act_pdf)
    assert (tmp_path / "act.json").read_bytes() == encode_act(REQUEST)
    assert judged("sha256sum", tmp_path / "act.json").split()[0] == REQUEST.id


def test_poppler_reads_the_same_words(act_pdf: Path) -> None:
    said = "".join(judged("pdftotext", act_pdf, "-").split())
    for words in (
        "快速保全已存储计算机数据的请求",
        "Thesignaturecoversthistextandthedatainsidethefile.",
        "a3@mail.example",
        "60天",
    ):
        assert words in said
    assert REQUEST.id in "".join(said.split())


def test_poppler_finds_a_title_a_language_and_tags(act_pdf: Path) -> None:
    said = judged("pdfinfo", act_pdf)
    assert "Request for expedited preservation" in said
    assert "Tagged:          yes" in said
    assert "JavaScript:      no" in said
    assert "A4" in said


def test_openssl_verifies_the_signature_over_the_bytes(offices: Bench, act_pdf: Path, tmp_path: Path) -> None:
    data = act_pdf.read_bytes()
    begin = data.rindex(b"/Contents<") + len("/Contents")
    end = data.index(b">", begin) + 1
    (tmp_path / "signed").write_bytes(data[:begin] + data[end:])
    placed = find_signature(data)
    assert placed
    (tmp_path / "signature.der").write_bytes(placed.container)
    certificate = pem(offices.offices[SENDER].signer.certificate, tmp_path / "office.pem")
    said = judged(
        "openssl",
        "cms",
        "-verify",
        "-binary",
        "-inform",
        "DER",
        "-in",
        tmp_path / "signature.der",
        "-content",
        tmp_path / "signed",
        "-certfile",
        certificate,
        "-CAfile",
        certificate,
        "-partial_chain",
        "-purpose",
        "any",
        "-attime",
        str(int(NOW.timestamp())),
        "-out",
        tmp_path / "out",
    )
    assert "successful" in said.lower()


def test_openssl_verifies_the_time_stamp(offices: Bench, act_pdf: Path, tmp_path: Path) -> None:
    placed = find_signature(act_pdf.read_bytes())
    assert placed
    signed = cms.parse(placed.container)
    (tmp_path / "token.der").write_bytes(signed.unsigned[cms.TIME_STAMP])
    authority = offices.offices[SENDER].signer.time_authority
    assert isinstance(authority, LocalTimeAuthority)
    certificate = pem(authority.certificate, tmp_path / "time.pem")
    said = judged(
        "openssl",
        "ts",
        "-verify",
        "-token_in",
        "-in",
        tmp_path / "token.der",
        "-digest",
        digest(signed.signature),
        "-CAfile",
        certificate,
        "-partial_chain",
        "-attime",
        str(int(NOW.timestamp())),
    )
    assert "Verification: OK" in said


def test_openssl_gets_an_answer_to_its_own_time_stamp_request(offices: Bench, tmp_path: Path) -> None:
    (tmp_path / "data").write_bytes(b"evidence")
    judged("openssl", "ts", "-query", "-data", tmp_path / "data", "-sha256", "-cert", "-out", tmp_path / "request.tsq")
    authority = offices.offices[SENDER].signer.time_authority
    assert isinstance(authority, LocalTimeAuthority)
    (tmp_path / "answer.tsr").write_bytes(authority.answer((tmp_path / "request.tsq").read_bytes()))
    certificate = pem(authority.certificate, tmp_path / "time.pem")
    said = judged(
        "openssl",
        "ts",
        "-verify",
        "-queryfile",
        tmp_path / "request.tsq",
        "-in",
        tmp_path / "answer.tsr",
        "-CAfile",
        certificate,
        "-partial_chain",
        "-attime",
        str(int(NOW.timestamp())),
    )
    assert "Verification: OK" in said


def pyhanko_trusts(data: bytes, roots: list[x509.Certificate]) -> bool:
    """What pyHanko says of the last signature of a file, with the pinned certificates as its roots."""
    trusted = [asn1_x509.Certificate.load(root.public_bytes(Encoding.DER)) for root in roots]
    context = ValidationContext(trust_roots=trusted, allow_fetching=False, moment=NOW)
    try:
        signature = PdfFileReader(io.BytesIO(data)).embedded_signatures[-1]
        status = asyncio.run(async_validate_pdf_signature(signature, context, context))
    except Exception:  # whatever it stumbles over: it does not trust the file
        return False
    stamp = status.timestamp_validity
    whole = status.coverage.name == "ENTIRE_FILE"
    return bool(status.intact and status.valid and status.trusted and whole and stamp.valid and stamp.trusted)


def test_pyhanko_and_our_verification_agree_about_every_defect_of_a_signature(offices: Bench) -> None:
    signer = offices.offices[SENDER].signer
    assert isinstance(signer.time_authority, LocalTimeAuthority)
    roots = [signer.certificate, signer.time_authority.certificate]
    about_signatures = {
        "good-request",
        "changed-byte",
        "changed-signature",
        "truncated",
        "wrong-key",
        "key-of-another-office",
        "foreign-time",
    }
    for vector in vectors(offices):
        if vector.name in about_signatures:
            assert pyhanko_trusts(vector.data, roots) == (vector.code is None), vector.name


def test_pyhanko_agrees_about_changed_bytes_inside_the_signature(offices: Bench) -> None:
    """Wherever pyHanko refuses, so do we; we are stricter, because pyHanko ignores bytes that nobody signed."""
    good = offices.act(BRIEF)
    signer = offices.offices[SENDER].signer
    assert isinstance(signer.time_authority, LocalTimeAuthority)
    roots = [signer.certificate, signer.time_authority.certificate]
    assert pyhanko_trusts(good, roots)
    begin = good.rindex(b"/Contents<") + 10
    for place in range(begin, begin + 4600, 97):
        changed = good[:place] + (b"0" if good[place : place + 1] != b"0" else b"7") + good[place + 1 :]
        with pytest.raises(PeerError):
            open_act(changed, offices.directory.get, WORDS, OPENED_AT)


def test_asn1crypto_reads_the_same_from_the_signature(offices: Bench) -> None:
    placed = find_signature(offices.act(BRIEF))
    assert placed
    ours = cms.parse(placed.container)
    signed = asn1_cms.ContentInfo.load(placed.container, strict=True)["content"]
    info = signed["signer_infos"][0]
    assert ours.signature == info["signature"].native
    assert ours.signed == b"\x31" + info["signed_attrs"].dump()[1:]
    assert [one.chosen.dump() for one in signed["certificates"]] == list(ours.certificates)


def test_pdfium_opens_an_act_and_finds_one_attachment(act_pdf: Path) -> None:
    document = pypdfium2.PdfDocument(act_pdf.read_bytes())
    try:
        assert document.count_attachments() == 1
        assert document.get_attachment(0).get_name() == "act.json"
        assert len(document) == 2
    finally:
        document.close()


def test_real_signed_documents_get_a_clear_refusal(offices: Bench) -> None:
    folder = SHARED / "signatures"
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()] if folder.is_dir() else []
    for path in files:
        with pytest.raises(PeerError) as refused:
            open_act(path.read_bytes(), offices.directory.get, WORDS, OPENED_AT)
        assert refused.value.code == ("no-payload" if path.suffix == ".pdf" else "not-a-pdf"), path.name
        assert refused.value.remedy
    if not files:
        with pytest.raises(PeerError):
            open_act(b"%PDF-1.4\n%%EOF", offices.directory.get, WORDS, OPENED_AT)
