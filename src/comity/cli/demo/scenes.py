"""How the kinds of scenes are played: an act that one person drafts and another approves, evidence that moves, a package.

Every scene can be played again after a node was killed in the middle of it: what may have been done already is looked up first.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from comity.cli.demo.client import Desk, RefusedCallError

Values = Mapping[str, Any]
EVIDENCE_SECONDS = 24 * 60 * 60.0
"""How long evidence may take on its way: as long as files of a terabyte need."""


@dataclass(slots=True)
class Tale:
    """How far the story has come.

    Attributes:
        desks: office -> its node.
        evidence: what the provider hands over.
        out: where the court package goes.
        facts: what the scenes leave for those that follow: ids of the case, the dossiers, the holdings, the package.
        progress: shows bytes done out of bytes in all.
    """

    desks: Mapping[str, Desk]
    evidence: Path
    out: Path
    progress: Callable[[int, int], None] = lambda done, total: None
    facts: dict[str, Any] = field(default_factory=dict)


def nothing(tale: Tale) -> Values:
    """Return no answers of one's own: everything is prefilled, or the step has no form."""
    return {}


@dataclass(frozen=True, slots=True)
class Scene:
    """One row of the story.

    Attributes:
        id: names the sentence that is told.
        office: where it happens.
        person: who does it.
        play: how; returns the values of the sentence.
        step: of the procedure, when it is an act.
        dossier: `request` or `order`.
        opens: the procedure, when the act opens the dossier.
        approver: the second person, for acts that bind.
        form: one of the step's forms; the usual one when empty.
        fields: answers that the draft does not know by itself.
        without: a field that is first left empty, to show that the draft is stopped.
        hands_over: whether the evidence goes with it.
    """

    id: str
    office: str
    person: str
    play: "Callable[[Tale, Scene], Values]"
    step: str = ""
    dossier: str = "request"
    opens: str = ""
    approver: str = ""
    form: str = ""
    fields: Callable[[Tale], Values] = nothing
    without: str = ""
    hands_over: bool = False
    measure: str = ""
    more: Values = field(default_factory=lambda: MappingProxyType({}))


def act(tale: Tale, scene: Scene) -> Values:
    """Draft a step, fill in what is missing, submit it, have it approved by a second person where it binds."""
    desk = tale.desks[scene.office]
    if not scene.opens:
        offered(tale, scene)
    draft = desk.settle(
        lambda: _begin(tale, scene), lambda: None
    )  # a second draft beside one whose answer was lost does no harm
    known = len(draft["fields"])
    fields = {**draft["fields"], **scene.fields(tale)}
    stopped = _stopped_without(desk, scene, draft, fields) if scene.without else {}
    draft = _save(desk, scene, draft, fields)
    sent = _send(desk, scene, draft)
    if scene.opens:
        tale.facts[scene.dossier] = sent["act_id"]
    return {"act": sent["act_id"], "known": known, "fields": len(fields), "draft": sent["id"], **stopped}


def offered(tale: Tale, scene: Scene) -> Any:
    """Wait until the dossier has arrived and offers the step."""
    desk, dossier = tale.desks[scene.office], tale.facts[scene.dossier]

    def look() -> Any:
        try:
            found = desk.get(scene.person, f"/api/dossiers/{dossier}")
        except RefusedCallError as error:
            if error.status == 404:
                return None
            raise
        return found if scene.step in [each["step"] for each in found["steps"]] else None

    return desk.wait(look, f"The step {scene.step} in the dossier {dossier[:8]}")


def _begin(tale: Tale, scene: Scene) -> Any:
    body: dict[str, Any] = {"step": scene.step, "form": scene.form}
    if scene.opens:
        body |= {"procedure": scene.opens, **scene.more}
        if scene.dossier == "request":
            body |= {"case": tale.facts["case"], "route": tale.facts[f"route-{scene.measure}"]}
        else:
            body |= {"concerns": [tale.facts["request"]]}
    else:
        body |= {"dossier": tale.facts[scene.dossier]}
    if scene.hands_over:
        body |= {"exhibits": tale.facts["list"]}
    return tale.desks[scene.office].send(scene.person, "POST", "/api/drafts", body)


def _save(desk: Desk, scene: Scene, draft: Values, fields: Values) -> Any:
    """Saving the same answers twice does no harm, so it is simply done again when the answer was lost."""

    def save() -> Any:
        return desk.send(scene.person, "PUT", f"/api/drafts/{draft['id']}", {"fields": fields})

    return desk.settle(save, lambda: None)


def _stopped_without(desk: Desk, scene: Scene, draft: Values, fields: Values) -> Values:
    """Submit the draft with a defect and return what the linter said."""
    _save(desk, scene, draft, {name: value for name, value in fields.items() if name != scene.without})
    remarks = desk.get(scene.person, f"/api/drafts/{draft['id']}/remarks")
    stops = [each for each in remarks if each["severity"] == "stop"]
    try:
        desk.settle(lambda: desk.send(scene.person, "POST", f"/api/drafts/{draft['id']}/submit"), lambda: None)
    except RefusedCallError as error:
        if error.reason != "draft-stops":
            raise
        return {"stop": stops[0]["text"], "article": stops[0]["article"], "stops": len(stops)}
    raise AssertionError("A draft with a defect was not stopped.")


def _send(desk: Desk, scene: Scene, draft: Values) -> Any:
    """Submit the draft and have it approved; each of both once, whatever happens to the answers."""
    path = f"/api/drafts/{draft['id']}"

    def now(*states: str) -> Any:
        found = desk.get(scene.person, path)
        return found if found["state"] in states else None

    desk.settle(lambda: desk.send(scene.person, "POST", f"{path}/submit") or True, lambda: now("submitted", "sent"))
    if scene.approver:
        desk.settle(lambda: desk.send(scene.approver, "POST", f"{path}/approve") or True, lambda: now("sent"))
    sent = now("sent")
    assert sent is not None, f"{scene.id}: the draft was not sent"
    return sent


def attach(tale: Tale, scene: Scene) -> Values:
    """Have the evidence acquired and wait until it is held."""
    desk = tale.desks[scene.office]
    title = f"{tale.evidence.name} {tale.facts['order'][:8]}"
    body = {"source": str(tale.evidence), "title": title, "dossier": tale.facts["order"]}

    def look() -> Any:
        found = [each for each in desk.get(scene.person, "/api/evidence") if each["title"] == title]
        return found[0] if found else None

    holding = desk.settle(lambda: desk.send(scene.person, "POST", "/api/evidence", body), look)
    held = _held(tale, scene, holding["id"])
    tale.facts["list"] = held["list_sha256"]
    return held


def received(tale: Tale, scene: Scene) -> Values:
    """Wait until all of the evidence has arrived and was verified, and look at its custody."""
    return _held(tale, scene, tale.facts["list"])


def _held(tale: Tale, scene: Scene, name: str) -> Values:
    desk = tale.desks[scene.office]

    def look() -> Any:
        try:
            found = desk.get(scene.person, f"/api/evidence/{name}")
        except RefusedCallError as error:
            if error.status == 404:
                return None
            raise
        tale.progress(found["progress_bytes"], found["bytes"])
        if found["state"] == "failed":
            raise AssertionError(f"The evidence cannot be acquired: {found['error']}")
        return found if found["state"] == "held" else None

    held: Values = desk.wait(look, "All of the evidence", EVIDENCE_SECONDS)
    custody = desk.get(scene.person, f"/api/evidence/{name}/custody")
    return {**held, "custody": len(custody), "list": held["list_sha256"]}


def packed(tale: Tale, scene: Scene) -> Values:
    """Have the court package made and wait until it is ready."""
    desk, dossier = tale.desks[scene.office], tale.facts["request"]

    def ask() -> Any:
        return desk.send(scene.person, "POST", f"/api/dossiers/{dossier}/packages")

    package = desk.settle(ask, lambda: None)  # nor does a second package

    def look() -> Any:
        found = desk.get(scene.person, f"/api/packages/{package['id']}")
        tale.progress(found["progress"], 100)
        if found["state"] == "failed":
            raise AssertionError(f"The court package cannot be made: {found['error']}")
        return found if found["state"] == "ready" else None

    ready: Values = desk.wait(look, "The court package", EVIDENCE_SECONDS)
    tale.facts |= {"package": ready["id"], "place": ready["path"]}
    return ready
