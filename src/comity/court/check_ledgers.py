"""Checks of a package: acts, custody events, receipts and the package itself stand in ledgers, and who witnessed these."""

from collections import defaultdict

from comity.court import bag, layout
from comity.court.findings import Findings, Package
from comity.errors import ComityError
from comity.exchange.receipt import verify_receipt
from comity.ledger.entry import entry
from comity.ledger.proof import Proof, verify_proof


class _Ledger:
    """What the proofs of one office's ledger show together."""

    def __init__(self) -> None:
        self.entries = 0
        self.witnesses: set[str] = set()
        self.unwitnessed = 0
        self.missing = 0


def check_ledgers(package: Package, findings: Findings) -> None:
    """Every proof verifies with its office's ledger key; acts must have one, custody events should."""
    ledgers: dict[str, _Ledger] = defaultdict(_Ledger)
    maker = package.description.made_by
    wanted = {f"{layout.PROOFS}{opened.id}.tlog-proof": ("act", opened.id, maker) for opened in package.acts.values()}
    for event in package.events.values():
        wanted[f"{layout.PROOFS}{event.sha256}.tlog-proof"] = ("custody", event.sha256, event.office)
    for path in sorted(set(package.paths(layout.PROOFS)) - wanted.keys()):
        findings.fail(path, "unexpected-file")
    for path, (kind, digest, office) in wanted.items():
        if path in package.bag.sizes:
            _check(package, findings, path, kind, digest, office, ledgers[office])
        elif kind == "act":
            findings.fail(path, "proof-missing")
        else:
            ledgers[office].missing += 1
    _check_package(package, findings, ledgers[maker])
    for office, ledger in sorted(ledgers.items()):
        _conclude(package, findings, office, ledger)


def _check(
    package: Package, findings: Findings, path: str, kind: str, digest: str, office: str, ledger: _Ledger
) -> bool:
    known = package.offices.get(office)
    if known is None:
        findings.fail(path, "proof", f"{office} is not in the directory.")
        return False
    others = [each.witness_key for each in package.offices.values() if each.witness_key and each.id != office]
    try:
        proven = verify_proof(entry(kind, digest), Proof.parse(package.read(path)), known.ledger_key, others)
    except ComityError as error:
        findings.fail(path, "proof", error.message)
        return False
    if proven.unknown_signatures:
        findings.fail(path, "proof", "A signature on the checkpoint is by nobody in the directory.")
    ledger.entries += 1
    ledger.witnesses |= proven.witnessed_by.keys()
    ledger.unwitnessed += not proven.witnessed_by
    return True


def _check_package(package: Package, findings: Findings, ledger: _Ledger) -> None:
    maker = package.description.made_by
    manifest = package.bag.digests.get(bag.MANIFEST, "0" * 64)
    if layout.PACKAGE_PROOF not in package.bag.sizes:
        findings.fail(layout.PACKAGE_PROOF, "manifest-not-logged")
    elif _check(package, findings, layout.PACKAGE_PROOF, "package", manifest, maker, ledger):
        office = package.offices[maker].name("en")
        findings.prove("package-logged", office=office, at=package.description.made_at)


def _conclude(package: Package, findings: Findings, office: str, ledger: _Ledger) -> None:
    name = package.offices[office].name("en") if office in package.offices else office
    if ledger.entries:
        findings.prove("logged", entries=ledger.entries, office=name)
    if ledger.witnesses:
        names = {each.witness_key.split("+")[0]: each.name("en") for each in package.offices.values()}
        witnesses = ", ".join(sorted(names.get(witness, witness) for witness in ledger.witnesses))
        findings.prove("witnessed", office=name, witnesses=witnesses)
    if ledger.unwitnessed:
        findings.leave_open("not-witnessed", office=name)
    if ledger.missing:
        findings.leave_open("not-logged", entries=ledger.missing, office=name)


def check_receipts(package: Package, findings: Findings) -> None:
    """Every receipt is signed by an office of the directory; it says which acts arrived there, and when."""
    for path in package.paths(layout.RECEIPTS):
        data = package.read(path)
        claimed = next((line for line in data.decode("utf-8", "replace").split("\n") if line.startswith("office ")), "")
        office = package.offices.get(claimed.removeprefix("office "))
        if office is None:
            findings.fail(path, "unreadable")
            continue
        try:
            receipt = verify_receipt(data, office, witness_vkeys=package.witness_keys()).receipt
        except ComityError as error:
            findings.refuse(path, error)
            continue
        at = receipt.received_at.strftime("%Y-%m-%d %H:%M:%S UTC")
        findings.prove("delivered", office=office.name("en"), at=at, acts=[act.id for act in receipt.acts])
