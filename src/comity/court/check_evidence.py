"""Checks of a package: the exhibits are those that signed acts name, and their custody has no gap."""

from comity.acts.canonical import digest
from comity.court import layout
from comity.court.case_uco import case_graph
from comity.court.findings import Findings, Package
from comity.errors import ComityError
from comity.evidence.chain import check_chain
from comity.evidence.custody import CustodyEvent, decode_event
from comity.evidence.exhibit import ExhibitList, decode_list


def check_lists(package: Package, findings: Findings) -> None:
    """Each act's exhibit list is here, and each exhibit of a list is here with the size and digest that the list names."""
    for path in package.paths(layout.LISTS):
        try:
            exhibits = decode_list(package.read(path))
        except ComityError as error:
            findings.refuse(path, error)
            continue
        if path != f"{layout.LISTS}{exhibits.sha256}.json":
            findings.fail(path, "list-malformed")
            continue
        package.lists[exhibits.sha256] = exhibits
    named = {opened.act.exhibits.sha256: path for path, opened in package.acts.items() if opened.act.exhibits}
    for sha256 in sorted(named.keys() - package.lists.keys()):
        findings.fail(named[sha256], "list-missing")
    for sha256 in sorted(package.lists.keys() - named.keys()):
        findings.fail(f"{layout.LISTS}{sha256}.json", "list-unnamed")
    expected: set[str] = set()
    for sha256 in sorted(package.lists.keys() & named.keys()):
        expected |= _check_exhibits(package, findings, package.lists[sha256], named[sha256])
    for path in sorted(set(package.paths(layout.EXHIBITS)) - expected):
        findings.fail(path, "exhibit-unnamed")
    if not named:
        findings.leave_open("no-exhibits")


def _check_exhibits(package: Package, findings: Findings, exhibits: ExhibitList, act_path: str) -> set[str]:
    """Compare with the digests that were computed for the manifest: no byte is read twice."""
    paths = {layout.exhibit_path(exhibits.sha256, each.path): each for each in exhibits.exhibits}
    for path, exhibit in paths.items():
        if path not in package.bag.digests:
            findings.fail(path, "exhibit-missing")
        elif (package.bag.digests[path], package.bag.sizes[path]) != (exhibit.sha256, exhibit.size):
            findings.fail(path, "exhibit-differs")
    opened = package.acts[act_path]
    reference = opened.act.exhibits
    assert reference is not None
    if (reference.count, reference.bytes) != (len(exhibits.exhibits), exhibits.total_bytes):
        findings.fail(act_path, "list-malformed")
    findings.prove(
        "exhibits-named",
        count=len(exhibits.exhibits),
        bytes=exhibits.total_bytes,
        folder=f"{layout.EXHIBITS}{exhibits.sha256[:16]}",
        office=opened.office.name("en"),
        list=exhibits.sha256,
    )
    return set(paths)


def check_custody(package: Package, findings: Findings) -> None:
    """Every list has a chain of custody events without a gap."""
    for path in package.paths(layout.CUSTODY):
        try:
            event = decode_event(package.read(path))
        except ComityError as error:
            findings.refuse(path, error)
            continue
        if path != _path(event) or event.list not in package.lists:
            findings.fail(path, "custody-malformed")
            continue
        package.events[event.sha256] = event
    for sha256 in package.lists:
        _check_chain(package, findings, sha256)


def _check_chain(package: Package, findings: Findings, sha256: str) -> None:
    events = [event for event in package.events.values() if event.list == sha256]
    if len(events) < 2:
        findings.fail(f"{layout.LISTS}{sha256}.json", "custody-gap")
        return
    for gap in check_chain(events, package.lists):
        if gap.code == "not-received":
            findings.leave_open("not-received", to=dict(gap.params).get("to", ""), list=sha256)
        else:
            findings.fail(f"{layout.CUSTODY}{gap.event}.json", "custody-gap", gap.code)
    first, *_, last = sorted(events, key=lambda event: (event.at, _depth(event, package)))
    values = {
        "from": _time(first),
        "until": _time(last),
        "first": _office(package, first),
        "last": _office(package, last),
    }
    findings.prove("custody-unbroken", events=len(events), list=sha256, **values)
    findings.leave_open("before-acquisition", office=_office(package, first), at=_time(first))


def _depth(event: CustodyEvent, package: Package) -> int:
    """Return how many events come before this one; events of one second are told apart by it."""
    depth = 0
    while event.previous in package.events and depth <= len(package.events):
        event = package.events[event.previous]
        depth += 1
    return depth


def check_case(package: Package, findings: Findings) -> None:
    """The CASE description is the one that the lists and custody events make."""
    made = case_graph(package.lists.values(), package.events.values(), package.offices)
    if package.bag.digests.get(layout.CASE) != digest(made):
        findings.fail(layout.CASE, "case-differs")


def _path(event: CustodyEvent) -> str:
    return f"{layout.CUSTODY}{event.sha256}.json"


def _office(package: Package, event: CustodyEvent) -> str:
    office = package.offices.get(event.office)
    return office.name("en") if office else event.office


def _time(event: CustodyEvent) -> str:
    return event.at.strftime("%Y-%m-%d %H:%M:%S UTC")
