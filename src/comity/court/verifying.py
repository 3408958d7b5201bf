"""Verifies a court package alone and offline: everything in it is checked, nothing in it is trusted.

In order: the files against the manifests, the directory against its root, each act's signature, time stamp and words, the dossier
as a whole, the exhibits against the signed lists, the custody, the proofs of the ledgers, and that nothing else lies in between.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from comity.acts.canonical import digest
from comity.acts.wordbook import Wordbook
from comity.cooperation.procedure import Procedure
from comity.court import bag, layout
from comity.court.bag import check_bag
from comity.court.check_acts import check_acts, check_directory, check_dossier
from comity.court.check_evidence import check_case, check_custody, check_lists
from comity.court.check_ledgers import check_ledgers, check_receipts
from comity.court.findings import Findings, Package
from comity.court.layout import decode_description
from comity.court.tree import UnusablePackageError, open_tree, read_small
from comity.court.verdict import Verdict
from comity.errors import ComityError

SUBJECT = "court-package"
TAG_FILES = {"bagit.txt", "bag-info.txt", bag.MANIFEST, bag.TAG_MANIFEST, layout.PACKAGE_PROOF}
FOLDERS = (
    layout.ACTS,
    layout.LISTS,
    layout.EXHIBITS,
    layout.CUSTODY,
    layout.PROOFS,
    layout.RECEIPTS,
    layout.DIRECTORY,
    layout.CERTIFICATES,
)
SINGLE = {layout.DESCRIPTION, layout.READ_ME, layout.CASE}


def verify_package(
    place: Path,
    wordbook: Wordbook,
    procedures: Mapping[str, Procedure],
    now: datetime,
    trusted_root: bytes | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Verdict:
    """Verify the package in a folder or a ZIP archive.

    Args:
        place: unverified files.
        wordbook: the words with which acts are composed again.
        procedures: the tables by which the dossier is folded.
        now: the time of verification.
        trusted_root: root of the directory from a trusted source; without it the package's own root is used, and the verdict
            leaves open who the offices are.
        progress: called with bytes hashed and bytes in all.

    Raises:
        UnusablePackageError: this is no package at all, so that no verdict on it would mean anything.
    """
    tree = open_tree(place)
    sizes = tree.sizes()
    if "bagit.txt" not in sizes and bag.MANIFEST not in sizes:
        raise UnusablePackageError(
            "This is not a court package.", where=place.name, remedy="Name the folder with bagit.txt."
        )
    findings = Findings()
    files = check_bag(tree, progress)
    findings.failures.extend(files.defects)
    findings.prove("files-unchanged", files=len(files.sizes), bytes=sum(files.sizes.values()))
    try:
        description = decode_description(read_small(tree, layout.DESCRIPTION))
    except (ComityError, OSError, KeyError):
        findings.fail(layout.DESCRIPTION, "description")
        return findings.verdict(SUBJECT)
    package = Package(tree, files, description)
    _check_places(package, findings)
    check_directory(package, findings, trusted_root)
    if package.directory is not None:
        _check_contents(package, findings, wordbook, procedures, now)
    findings.leave_open("lawfulness")
    return findings.verdict(SUBJECT)


def _check_contents(
    package: Package, findings: Findings, wordbook: Wordbook, procedures: Mapping[str, Procedure], now: datetime
) -> None:
    check_acts(package, findings, wordbook, now)
    check_dossier(package, findings, procedures)
    check_lists(package, findings)
    check_custody(package, findings)
    check_case(package, findings)
    check_ledgers(package, findings)
    check_receipts(package, findings)
    _check_helps(package, findings)


def _check_places(package: Package, findings: Findings) -> None:
    """Only files of the known kinds may lie in a package: nothing rides along that nobody checked."""
    for path in sorted(package.bag.sizes):
        if path not in TAG_FILES and path not in SINGLE and not path.startswith(FOLDERS):
            findings.fail(path, "unexpected-file")


def _check_helps(package: Package, findings: Findings) -> None:
    """The certificates for other tools are those of the directory; the page for readers is ours."""
    if package.bag.digests.get(layout.READ_ME) != digest(layout.READ_ME_TEXT.encode()):
        findings.fail(layout.READ_ME, "unexpected-file")
    expected = {layout.certificate_name(office.id): layout.certificates(office) for office in package.offices.values()}
    for path in package.paths(layout.CERTIFICATES):
        if path not in expected or package.bag.digests[path] != digest(expected[path]):
            findings.fail(path, "unexpected-file")
