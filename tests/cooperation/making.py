"""Acts for tests: made step by step, by offices that do not exist."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from comity.acts.act import Act, Text
from comity.cooperation.order import Received
from comity.lawbook.procedures import load_procedures

LAWBOOK = Path(__file__).parents[2] / "lawbook"
PROCEDURES = load_procedures(LAWBOOK)
START = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
OFFICES = {"requesting": "gh/prosecutor", "requested": "fr/central-authority", "provider": "fr/hosting"}


class Story:
    """A dossier in the making; each `act` follows the last one unless told otherwise."""

    def __init__(self, procedure: str = "budapest-preservation") -> None:
        self.procedure = PROCEDURES[procedure]
        self.received: list[Received] = []

    @property
    def ids(self) -> list[str]:
        return [item.act.id for item in self.received]

    def act(
        self,
        step: str,
        actor: str,
        *,
        days: float = 0,
        after: tuple[str, ...] | None = None,
        sender: str | None = None,
        form: str | None = None,
        fields: Mapping[str, object] | None = None,
        parties: Mapping[str, str] | None = None,
    ) -> str:
        """Add an act `days` after the start; returns its id."""
        first = not self.received
        at = START + timedelta(days=days, minutes=len(self.received))
        made = Act(
            procedure=self.procedure.id,
            act=step,
            actor=actor,
            sender=sender or OFFICES[actor],
            made_at=at,
            subject=Text("Copied records of Example Hospital", "en"),
            reference=f"EX-{len(self.received)}",
            parties=(parties if parties is not None else self._parties()) if first else {},
            dossier=None if first else self.ids[0],
            after=() if first else (after if after is not None else (self.ids[-1],)),
            form=form,
            fields=fields or {},
        )
        self.received.append(Received(made, at))
        return made.id

    def walk(self, *steps: str, days: float = 0) -> None:
        """Add acts one after the other, each by the actor who may take the step."""
        for step in steps:
            self.act(step, self.procedure.steps[step].by[0], days=days)

    def _parties(self) -> dict[str, str]:
        return {actor: OFFICES[actor] for actor in self.procedure.actors}
