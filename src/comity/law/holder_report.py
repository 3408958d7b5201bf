"""The answer on holders as plain data for machines: the same on the command line, in the REST interface and on pages."""

from collections.abc import Callable

from comity.law.answer import CLOSED, Answer, Route
from comity.law.facts import Facts
from comity.law.holders import Choice, HolderAnswer

Json = dict[str, object]
Ask = Callable[[Choice], Answer | None]


def holder_json(answer: HolderAnswer, facts: Facts, language: str = "en", ask: Ask | None = None) -> Json:
    """Return the answer as a JSON value; texts are in the language (`zh`, else English), choices are codes.

    Args:
        answer: what was found.
        facts: name the states.
        language: of the texts.
        ask: answers by which routes the state of a choice can be asked; None: no routes are wanted.
    """
    identifier = answer.identifier
    return {
        "identifier": {
            "kind": identifier.kind,
            "value": identifier.value,
            "name": identifier.name or None,
            "chains": [{"id": form.id, "name": form.name.say(language)} for form in identifier.chains],
            "proven": identifier.proven,
        },
        "date": answer.on.isoformat(),
        "as_of": answer.as_of.isoformat(),
        "user_region": answer.user_region,
        "certain": answer.certain,
        "states": [{"state": code, "name": facts.states[code].name.say(language)} for code in answer.states],
        "choices": [_choice(choice, facts, language, ask) for choice in answer.choices],
        "notes": [note.say(language) for note in answer.notes],
        "unknown": list(answer.unknown),
    }


def _choice(choice: Choice, facts: Facts, language: str, ask: Ask | None) -> Json:
    holder, entity = choice.holder, choice.entity
    state = facts.states.get(entity.state or "")
    value: Json = {
        "holder": holder.id,
        "service": holder.name.say(language),
        "kind": holder.kind,
        "role": choice.role,
        "verdict": choice.verdict,
        "reason": choice.reason.say(language),
        "entity": entity.name or None,
        "state": entity.state,
        "state_name": state.name.say(language) if state else None,
        "region": entity.region.say(language),
        "door": holder.door.say(language) or None,
        "accepts": {category: words.say(language) for category, words in choice.accepts.items()},
        "emergency": holder.emergency.say(language) or None,
        "preservation": {"duration": holder.keeps, "note": holder.keeping.say(language)} if holder.keeps else None,
        "user_notice": holder.user_notice.say(language) or None,
        "languages": list(holder.languages),
        "representative_in": holder.representative or None,
        "notes": holder.notes.say(language) or None,
        "confidence": holder.confidence,
        "source": holder.source,
        "as_of": holder.as_of,
    }
    if ask is not None:
        found = ask(choice)
        value["routes"] = None if found is None else routes_json(found, language)
    return value


def routes_json(answer: Answer, language: str) -> list[Json]:
    """Return the routes that are left, in short; `comity route` gives them in full."""
    return [_route(route, rank, language) for rank, route in enumerate(left(answer), 1)]


def left(answer: Answer) -> tuple[Route, ...]:
    """Return the routes that are not closed."""
    return tuple(route for route in answer.routes if route.verdict != CLOSED)


def _route(route: Route, rank: int, language: str) -> Json:
    return {
        "rank": rank,
        "instrument": route.instrument,
        "variant": route.variant,
        "title": route.title.say(language),
        "article": route.article,
        "channel": route.channel,
        "verdict": route.verdict,
        "works_as": route.works_as,
        "settled_by": list(route.settles),
    }
