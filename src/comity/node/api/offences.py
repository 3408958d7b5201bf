"""Comparisons, gaps and accessions for programs. Asking changes nothing; every call needs a token."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from comity.law.offences.accession import Accession
from comity.law.offences.gap import Gap
from comity.law.offences.report import accession_json, comparison_json, criminality_json, gap_json
from comity.law.offences.saying import accession_sentence, comparison_sentence, criminality_sentence, gap_sentence
from comity.law.question import parse_conduct
from comity.node import clock, law
from comity.node.api.auth import who
from comity.node.api.law import PDF
from comity.node.api.schemas import AccessionIn, CompareIn, GapIn
from comity.node.usecases.compare_law import Compared, compare_law
from comity.node.usecases.find_accession import find_accession
from comity.node.usecases.find_gap import find_gap
from comity.node.usecases.write_offence_memo import write_offence_memo

router = Router(tags=["law"])
Json = dict[str, object]


@router.post("/compare", response=dict[str, object])
def compare(request: HttpRequest, data: CompareIn) -> Json:
    """Compare an offence across states, element by element; with a conduct, say of each state whether it punishes it."""
    return compared_json(_compared(request, data), data.language)


@router.post("/compare/memo", response={200: None}, openapi_extra=PDF)
def compare_memo(request: HttpRequest, data: CompareIn) -> HttpResponse:
    """Take a comparison as a PDF to put on file."""
    return _paper(_compared(request, data), data.language)


@router.post("/gap", response=dict[str, object])
def gap(request: HttpRequest, data: GapIn) -> Json:
    """Say what the law of a state lacks against an instrument, article by article."""
    return gap_answer_json(_gap(request, data), data.language)


@router.post("/gap/memo", response={200: None}, openapi_extra=PDF)
def gap_memo(request: HttpRequest, data: GapIn) -> HttpResponse:
    """Take a gap as a PDF to put on file."""
    return _paper(_gap(request, data), data.language)


@router.post("/accession", response=dict[str, object])
def accession(request: HttpRequest, data: AccessionIn) -> Json:
    """Say what would change if a state became a party: for up to three measures and one side in one call."""
    return accession_answer_json(_accession(request, data), data.language)


@router.post("/accession/memo", response={200: None}, openapi_extra=PDF)
def accession_memo(request: HttpRequest, data: AccessionIn) -> HttpResponse:
    """Take an accession as a PDF to put on file."""
    return _paper(_accession(request, data), data.language)


def compared_json(found: Compared, language: str) -> Json:
    """Return a comparison with its sentence; `criminality` is null where no conduct was described."""
    facts = law.lawbook().facts
    said = (
        comparison_sentence(found.comparison)
        if found.conduct is None
        else criminality_sentence(found.conduct, law.wordbook())
    )
    judged = None if found.conduct is None else criminality_json(found.conduct, facts, language)
    return {
        "sentence": said.say(language),
        **comparison_json(found.comparison, facts, language),
        "criminality": judged,
    }


def gap_answer_json(found: Gap, language: str) -> Json:
    """Return a gap with its sentence."""
    return {
        "sentence": gap_sentence(found, law.wordbook()).say(language),
        **gap_json(found, law.lawbook().facts, language),
    }


def accession_answer_json(found: Accession, language: str) -> Json:
    """Return an accession with its sentence."""
    return {"sentence": accession_sentence(found, law.wordbook()).say(language), **accession_json(found, language)}


def _compared(request: HttpRequest, data: CompareIn) -> Compared:
    conduct = parse_conduct(data.conduct.model_dump(by_alias=True) if data.conduct else None)
    return compare_law(who(request), data.offence, tuple(state.upper() for state in data.states), conduct)


def _gap(request: HttpRequest, data: GapIn) -> Gap:
    return find_gap(who(request), data.state.upper(), data.instrument, data.on or clock.now().date())


def _accession(request: HttpRequest, data: AccessionIn) -> Accession:
    return find_accession(
        who(request),
        data.state.upper(),
        data.instrument,
        data.on or clock.now().date(),
        measures=tuple(data.measures),
        offence=data.offence,
        asks=data.side == "requesting",
    )


def _paper(found: Compared | Gap | Accession, language: str) -> HttpResponse:
    return HttpResponse(write_offence_memo(found, language, clock.now()), content_type="application/pdf")
