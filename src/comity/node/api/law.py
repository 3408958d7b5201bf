"""The law for programs: the codes with their words, the routes with their reasons, and the memo for the file.

Asking changes nothing and touches no case; every call needs a token like all others.
"""

from collections.abc import Iterable, Mapping
from typing import Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from comity.law.atlas import saying as atlas_saying
from comity.law.atlas.report import measures_json, reach_json
from comity.law.chain import Chain, Link
from comity.law.holder_report import holder_json
from comity.law.holder_saying import holder_sentence
from comity.law.jurisdiction_report import jurisdiction_json
from comity.law.jurisdiction_saying import conflict_sentence
from comity.law.naming import named
from comity.law.question import Question, parse_conduct
from comity.law.report import as_json
from comity.law.saying import sentence
from comity.law.warnings_report import warnings_json
from comity.law.watch.report import watch_json
from comity.node import clock, law
from comity.node.api.auth import who
from comity.node.api.schemas import (
    AtlasAsked,
    AtlasIn,
    ChainIn,
    CircumstanceOut,
    CodeOut,
    HolderIn,
    LawbookOut,
    QuestionIn,
)
from comity.node.usecases.ask_atlas import AtlasQuestion, ask_reach, ask_reach_by_measure
from comity.node.usecases.ask_holder import HolderQuestion, ask_holder, asker, write_holder_memo
from comity.node.usecases.ask_jurisdiction import ask_jurisdiction, write_jurisdiction_memo
from comity.node.usecases.ask_routes import ask_routes
from comity.node.usecases.watch_law import known_editions, watch_law
from comity.node.usecases.write_routes_memo import write_routes_memo

router = Router(tags=["law"])
PAPER = {"schema": {"type": "string", "format": "binary"}}
PDF = {
    "responses": {
        200: {"description": "A tagged PDF (PDF/A-3a, PDF/UA-1)", "content": {"application/pdf": PAPER}},
    }
}


@router.get("", response=LawbookOut)
def lawbook(request: HttpRequest) -> LawbookOut:
    """Say which edition of the lawbook answers, and how old its facts are."""
    book = law.lawbook()
    return LawbookOut(edition=book.edition, as_of=book.facts.as_of)


@router.get("/states", response=list[CodeOut])
def states(request: HttpRequest) -> list[CodeOut]:
    """List the states of the lawbook."""
    return _codes("state", law.lawbook().facts.states)


@router.get("/measures", response=list[CodeOut])
def measures(request: HttpRequest) -> list[CodeOut]:
    """List what one authority may ask of another."""
    return _codes("measure", law.lawbook().facts.codes.measures)


@router.get("/offences", response=list[CodeOut])
def offences(request: HttpRequest) -> list[CodeOut]:
    """List the offences that a question may name."""
    return _codes("offence", law.lawbook().facts.codes.offences)


@router.get("/circumstances", response=list[CircumstanceOut])
def circumstances(request: HttpRequest) -> list[CircumstanceOut]:
    """List the circumstances that a question may state, with their types, and the values of those that have a fixed set."""
    book = law.lawbook()
    return [
        CircumstanceOut(
            code=key,
            en=book.wordbook.label("question", key, "en"),
            zh=book.wordbook.label("question", key, "zh"),
            type=str(rule["type"]),
            values=_codes("answer", _values(rule)),
        )
        for key, rule in book.facts.codes.circumstances.items()
    ]


@router.get("/changes", response=dict[str, object])
def changes(
    request: HttpRequest,
    since: str = "",
    until: str = "",
    measure: str = "preserve",
    language: Literal["en", "zh"] = "en",
) -> dict[str, object]:
    """Compare two editions kept here, the two newest unless others are named; routes of the own state for one measure."""
    earlier, later = (name.replace(" ", "+") for name in (since, until))  # a plus in an address means a space
    found = watch_law(who(request), clock.now(), earlier, [measure], later)
    return {"editions": list(known_editions()), **watch_json(found, language)}


@router.post("/routes", response=dict[str, object])
def routes(request: HttpRequest, data: QuestionIn) -> dict[str, object]:
    """Ask which routes there are: the answer in one sentence, then every route with its findings, conditions, clocks, sources."""
    answer = ask_routes(who(request), question_of(data))
    said = sentence(answer, law.wordbook()).say(data.language)
    return {"sentence": said, **as_json(answer, data.language)}


@router.post("/routes/memo", response={200: None}, openapi_extra=PDF)
def routes_memo(request: HttpRequest, data: QuestionIn) -> HttpResponse:
    """Ask for routes and take the answer as a PDF to put on file."""
    pdf = write_routes_memo(who(request), question_of(data), data.language, clock.now())
    return HttpResponse(pdf, content_type="application/pdf")


@router.post("/warnings", response=dict[str, object])
def warnings(request: HttpRequest, data: QuestionIn) -> dict[str, object]:
    """Ask what to heed before a question is sent: what in it cannot hold together, and every warning with its article."""
    answer = ask_routes(who(request), question_of(data))
    return warnings_json(answer, law.lawbook().facts, data.language)


@router.post("/jurisdiction", response=dict[str, object])
def jurisdiction(request: HttpRequest, data: ChainIn) -> dict[str, object]:
    """Ask who has jurisdiction over a crime chain: one sentence, then claims, criteria, suggestion, duties to consult."""
    answer, facts = ask_jurisdiction(who(request), chain_of(data)), law.lawbook().facts
    said = conflict_sentence(answer, facts).say(data.language)
    return {"sentence": said, **jurisdiction_json(answer, facts, data.language)}


@router.post("/jurisdiction/memo", response={200: None}, openapi_extra=PDF)
def jurisdiction_memo(request: HttpRequest, data: ChainIn) -> HttpResponse:
    """Ask who has jurisdiction and take the answer as a PDF to put on file."""
    pdf = write_jurisdiction_memo(who(request), chain_of(data), data.language, clock.now())
    return HttpResponse(pdf, content_type="application/pdf")


@router.post("/holder", response=dict[str, object])
def holder(request: HttpRequest, data: HolderIn) -> dict[str, object]:
    """Ask who holds the data behind an identifier or of a service. What is asked is neither stored nor logged."""
    question, facts = holder_question(data), law.lawbook().facts
    answer = ask_holder(who(request), question)
    said = holder_sentence(answer, facts).say(data.language)
    return {"sentence": said, **holder_json(answer, facts, data.language, asker(question))}


@router.post("/holder/memo", response={200: None}, openapi_extra=PDF)
def holder_memo(request: HttpRequest, data: HolderIn) -> HttpResponse:
    """Ask who holds the data and take the answer as a PDF to put on file."""
    pdf = write_holder_memo(who(request), holder_question(data), data.language, clock.now())
    return HttpResponse(pdf, content_type="application/pdf")


def chain_of(data: ChainIn) -> Chain:
    """Return the chain that a request holds; a day that is not said is today."""
    links = tuple(Link(link.what, link.state.upper(), link.weight, link.on) for link in data.links)
    return Chain(data.offence, data.on or clock.now().date(), links, data.organised_group)


def holder_question(data: HolderIn) -> HolderQuestion:
    """Return the question on a holder that a request holds; a day that is not said is today."""
    return HolderQuestion(
        data.identifier,
        data.on or clock.now().date(),
        data.user_region.upper() if data.user_region else None,
        data.service or None,
        data.from_state.upper() if data.from_state else None,
        data.measure,
        data.offence,
    )


@router.get("/atlas", response=dict[str, object])
def atlas_of(request: HttpRequest, data: Query[AtlasAsked]) -> dict[str, object]:
    """Ask how far a state reaches: the answer in one sentence, then the best route to each other state."""
    return _reach(request, data, {})


@router.post("/atlas", response=dict[str, object])
def atlas(request: HttpRequest, data: AtlasIn) -> dict[str, object]:
    """Ask how far a state reaches in circumstances that are the same everywhere."""
    return _reach(request, data, data.circumstances)


def _reach(request: HttpRequest, data: AtlasAsked, circumstances: Mapping[str, object]) -> dict[str, object]:
    on = data.on or clock.now().date()
    question = AtlasQuestion(data.state.upper(), data.direction, data.measure, data.offence, on, circumstances)
    found = ask_reach(who(request), question)
    said = atlas_saying.sentence(found, law.wordbook()).say(data.language)
    answer = {"sentence": said, **reach_json(found, data.language)}
    if data.all:
        answer["measures"] = measures_json(ask_reach_by_measure(who(request), question))
    return answer


def question_of(data: QuestionIn) -> Question:
    """Return the question that a request holds; a day that is not said is today."""
    return Question(
        data.from_state.upper(),
        data.to_state.upper(),
        data.measure,
        data.offence,
        data.on or clock.now().date(),
        data.circumstances,
        parse_conduct(data.conduct.model_dump(by_alias=True) if data.conduct else None),
    )


def _codes(kind: str, codes: Iterable[str]) -> list[CodeOut]:
    words = [(code, named(law.wordbook(), kind, code)) for code in codes]
    return [CodeOut(code=code, en=word.en, zh=word.zh) for code, word in words]


def _values(rule: Mapping[str, object]) -> Iterable[str]:
    values = rule.get("values")
    return map(str, values) if isinstance(values, list | tuple) else ()
