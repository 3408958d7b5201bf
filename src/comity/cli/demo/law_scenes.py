"""The scenes before anything is sent: the law is asked, and the authority's own file is opened."""

from datetime import UTC, datetime
from typing import Any

from comity.cli.demo.papers import CASE, case_facts
from comity.cli.demo.scenes import Scene, Tale, Values

ROUTE = ("instrument", "article", "measure", "channel")


def ask(tale: Tale, scene: Scene) -> Values:
    """Ask by which routes France may be asked, and keep the best one."""
    question = {
        "from_state": "GH",
        "to_state": "FR",
        "measure": scene.measure,
        "offence": "illegal-access",
        "circumstances": {"data_located_in": "FR", "data_holder": "provider", "issuing_authority": "prosecutor"},
    }
    desk = tale.desks[scene.office]
    answer = desk.settle(lambda: desk.send(scene.person, "POST", "/api/routes", question), lambda: None)
    best = answer["routes"][0]
    tale.facts[f"route-{scene.measure}"] = {name: best[name] for name in ROUTE}
    usable = [each for each in answer["routes"] if each["verdict"] != "closed"]
    return {**best, "usable": len(usable), "closed": len(answer["routes"]) - len(usable)}


def opened(tale: Tale, scene: Scene) -> Values:
    """Open the case; it keeps what all forms about it are prefilled with."""
    desk = tale.desks[scene.office]
    body = {**CASE, "facts": case_facts(datetime.now(UTC))}

    def look() -> Any:
        found = [each for each in desk.get(scene.person, "/api/cases") if each["reference"] == CASE["reference"]]
        return found[0] if found else None

    case = look() or desk.settle(lambda: desk.send(scene.person, "POST", "/api/cases", body), look)
    tale.facts["case"] = case["id"]
    return {"reference": case["reference"], "title": case["title"]}
