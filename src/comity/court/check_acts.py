"""Checks of a package: the directory, the acts with their signatures, and that they form one whole dossier."""

from collections.abc import Mapping
from datetime import datetime

from comity.acts.act import parse_instant
from comity.acts.canonical import digest
from comity.acts.opening import OpenedAct, open_act
from comity.acts.refusals import TextDiffersError
from comity.acts.wordbook import Wordbook
from comity.cooperation.dossier import OUTSIDERS, Received, fold
from comity.cooperation.procedure import Procedure
from comity.court import layout
from comity.court.findings import Findings, Package
from comity.errors import ComityError
from comity.exchange.directory import open_directory
from comity.exchange.directory_errors import ExpiredDirectoryError
from comity.exchange.sources import mapping_source


def check_directory(package: Package, findings: Findings, trusted_root: bytes | None) -> None:
    """Open the directory as of the time of packing, from a root that the reader trusts or else from the one that came with it."""
    names = package.paths(layout.DIRECTORY)
    files = {path.removeprefix(layout.DIRECTORY): package.read(path) for path in names}
    root = trusted_root or files.get(_first_root(files), b"")
    made_at = parse_instant(package.description.made_at)
    try:
        directory = open_directory(mapping_source(files), root, made_at)
    except ComityError as error:
        findings.fail(layout.DIRECTORY, "other-root" if trusted_root else "directory", error.message)
        if isinstance(error, ExpiredDirectoryError):  # the time that the description states decides, so it may be that
            findings.fail(layout.DESCRIPTION, "directory", error.message)
        return
    for name in sorted(files.keys() - directory.files.keys()):
        findings.fail(layout.DIRECTORY + name, "unexpected-file")
    package.directory = directory
    package.offices = {office.id: office for office in directory.offices()}
    fingerprint = digest(root)
    findings.prove("offices-known", version=directory.version, fingerprint=fingerprint)
    if trusted_root is None:
        findings.leave_open("compare-root", fingerprint=fingerprint)


def _first_root(files: Mapping[str, bytes]) -> str:
    roots = [name for name in files if name.endswith(".root.json") and name.split(".")[0].isdigit()]
    return min(roots, key=lambda name: int(name.split(".")[0]), default="")


def check_acts(package: Package, findings: Findings, wordbook: Wordbook, now: datetime) -> None:
    """Open every act: signature, time, certificate, one payload, and that paper and data say the same."""
    expected = {layout.ACTS + name: act for act, name in package.description.acts.items()}
    for path in sorted(set(package.paths(layout.ACTS)) ^ expected.keys()):
        findings.fail(path, "description")
    for path, name in expected.items():
        if path not in package.bag.sizes:
            continue
        try:
            opened = _open(package, path, findings, wordbook, now)
        except ComityError as error:
            findings.refuse(path, error)
            continue
        if opened.id != name:
            findings.fail(path, "description")
            continue
        package.acts[path] = opened
        step = wordbook.label("step", f"{opened.act.procedure}/{opened.act.act}", "en")
        findings.prove(
            "act-signed",
            step=step,
            office=opened.office.name("en"),
            at=_time(opened.signed_at),
            act=opened.id,
            path=path,
        )


def _open(package: Package, path: str, findings: Findings, wordbook: Wordbook, now: datetime) -> OpenedAct:
    """Open an act and draw it again; a later typesetter may draw otherwise, so a difference of drawing alone is left open."""
    pdf = package.read(path)
    try:
        return open_act(pdf, package.offices.get, wordbook, now, compare_drawing=True)
    except TextDiffersError:
        opened = open_act(pdf, package.offices.get, wordbook, now)
    findings.leave_open("drawn-otherwise", path=path)
    return opened


def check_dossier(package: Package, findings: Findings, procedures: Mapping[str, Procedure]) -> None:
    """Fold the acts: each belongs to the dossier, and none answers an act that is missing."""
    procedure = procedures.get(package.description.procedure)
    opened = {each.id: path for path, each in package.acts.items()}
    if procedure is None or package.description.dossier not in opened:
        findings.fail(layout.DESCRIPTION, "description")
        return
    received = [Received(each.act, each.signed_at) for each in package.acts.values()]
    dossier = fold(procedure, received, dossier=package.description.dossier)
    for act in dossier.waiting:
        findings.fail(opened[act], "predecessor-missing")
    for event in dossier.history:
        if event.reason in OUTSIDERS:
            findings.fail(opened[event.id], "not-in-procedure", str(event.reason))
    findings.prove("dossier-whole", acts=len(opened), state=dossier.state, procedure=procedure.id)
    latest = max(each.signed_at for each in package.acts.values())
    findings.leave_open("after-last-act", at=_time(latest))


def _time(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M:%S UTC")
