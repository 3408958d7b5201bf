"""Where things lie in a court package, and the page that tells a reader without Comity how to check them."""

from collections.abc import Mapping
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from comity.acts.act import parse_instant
from comity.acts.canonical import canonical, parse_canonical
from comity.acts.office import Office
from comity.errors import LocalError, PeerError

SCHEMA = "comity-package/1"
DESCRIPTION = "data/package.json"
READ_ME = "data/READ-ME-FIRST.txt"
CASE = "data/case.jsonld"
ACTS, LISTS, EXHIBITS = "data/acts/", "data/lists/", "data/exhibits/"
CUSTODY, PROOFS, RECEIPTS, DIRECTORY = "data/custody/", "data/proofs/", "data/receipts/", "data/directory/"
CERTIFICATES = "data/certificates/"
PACKAGE_PROOF = "package.tlog-proof"


class MalformedPackageError(PeerError):
    """The description of a package is not one."""

    code = "malformed-package"


@dataclass(frozen=True, slots=True)
class Description:
    """What a package says of itself; every word of it is checked against the files.

    Attributes:
        dossier: id of the dossier.
        procedure: id of its procedure.
        made_by: id of the office that packed it.
        made_at: when; also the time at which its directory is judged.
        acts: act id -> file name, in the order of the dossier.
    """

    dossier: str
    procedure: str
    made_by: str
    made_at: str
    acts: Mapping[str, str]

    def encode(self) -> bytes:
        """Return the canonical JSON."""
        return canonical(
            {
                "schema": SCHEMA,
                "dossier": self.dossier,
                "procedure": self.procedure,
                "made_by": self.made_by,
                "made_at": self.made_at,
                "acts": [{"id": act, "file": name} for act, name in self.acts.items()],
            }
        )


def decode_description(data: bytes) -> Description:
    """Parse the description of a package.

    Args:
        data: unverified bytes.

    Raises:
        MalformedPackageError: not canonical JSON of this shape.
    """
    try:
        value = parse_canonical(data)
        assert isinstance(value, dict)
        acts = {str(row["id"]): str(row["file"]) for row in value["acts"]}
        parse_instant(value["made_at"])
        found = Description(value["dossier"], value["procedure"], value["made_by"], value["made_at"], acts)
        if found.encode() != data:
            raise ValueError("members that do not belong here")
    except (AssertionError, KeyError, TypeError, ValueError, PeerError, LocalError) as error:
        raise MalformedPackageError("The description of the package is not readable.", where=DESCRIPTION) from error
    return found


def exhibit_path(list_sha256: str, path: str) -> str:
    """Return where an exhibit of a list lies: under the first 16 digits of the list's digest, at its own path."""
    return f"{EXHIBITS}{list_sha256[:16]}/{path}"


def certificate_name(office: str) -> str:
    """Return the file name of an office's certificate."""
    return f"{CERTIFICATES}{office.replace('/', '-')}.pem"


def certificates(office: Office) -> bytes:
    """Return the office's certificates in PEM, those for acts before those for time stamps."""
    ders = [certificate.der for certificate in (*office.certificates, *office.time_certificates)]
    return b"".join(x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM) for der in ders)


READ_ME_TEXT = """\
HOW TO CHECK THIS PACKAGE WITHOUT COMITY                                       不用Comity核验本证据包

Nothing here needs trust in the program that wrote it.                         核验无需信任制作本包的程序。

1. The files are complete and unchanged / 文件完整且未改动
     sha256sum -c manifest-sha256.txt
     sha256sum -c tagmanifest-sha256.txt
2. Each act (data/acts/*.pdf) is signed and time-stamped / 文书签名与时间戳
     pdfsig data/acts/01-*.pdf            or open it in a PDF reader / 或用PDF阅读器打开
   The certificate must be that of the office in data/certificates/.            证书须与data/certificates/中相应机关的一致。
3. The data in an act / 文书内嵌数据
     pdfdetach -saveall data/acts/01-*.pdf && sha256sum act.json
   The digest is the act's identity, printed at its foot.                       该摘要即文书编号，印于页脚。
4. The exhibits are those that a signed act names / 证据材料即签名文书所列
     sha256sum data/lists/*.json          the act's data names this digest      文书数据列明该摘要
     sha256sum data/exhibits/*/*          the list names these digests          清单列明这些摘要
5. Custody (data/custody/) and ledgers (data/proofs/) / 保管与账本
   Each proof is a C2SP tlog-proof (RFC 6962 inclusion proof with a signed, cosigned checkpoint).
   The logged entry is the line "comity act <SHA-256>", "comity custody <SHA-256>" or "comity package <SHA-256>".
6. The offices (data/directory/) are listed by The Update Framework (TUF); compare the root with one you trust.
   机关名录采用TUF；请与您信任的名录根比对。

With Comity / 使用Comity:   comity verify .
"""
