"""Checks the data on warnings, jurisdiction and holders: codes without a rule, names that lead nowhere, unusable tests."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from comity.errors import ComityError
from comity.law.facts import Facts
from comity.law.jurisdiction_rules import Grant, JurisdictionRules
from comity.law.warnings import caution_book


def check_warnings(facts: Facts) -> Iterator[str]:
    """Name codes without a rule, rules without a code, and tests that cannot be asked."""
    rules, codes = facts.cautions, facts.codes
    yield from (f"warnings.yaml: no rule gives the code {code}" for code in codes.warnings if code not in rules.codes)
    yield from (f"warnings.yaml: no code {code} in codes.yaml" for code in sorted(rules.codes - set(codes.warnings)))
    known = {rule.id for law in facts.national.values() for rule in law.blocking}
    yield from (f"warnings.yaml: no blocking rule {name} in states/law" for name in rules.blocking if name not in known)
    for rule in rules.questions:
        yield from (
            f"warnings.yaml: {rule.id} names the measure {code}, which does not exist"
            for code in sorted(rule.measures - set(codes.measures))
        )
    yield from _twice("warnings.yaml", (rule.id for rule in rules.questions))
    try:
        caution_book(facts)
    except ComityError as error:
        yield f"warnings.yaml: {error.message}"


def check_jurisdiction(facts: Facts, folder: Path) -> Iterator[str]:
    """Name links, bases, instruments, states, offences and the procedure that do not exist."""
    rules = facts.jurisdiction
    yield from _twice("jurisdiction.yaml", (grant.id for grant in rules.grants))
    yield from _twice("jurisdiction.yaml", (criterion.id for criterion in rules.criteria))
    for grant in rules.grants:
        yield from (f"jurisdiction.yaml: {grant.id}: {problem}" for problem in _grant(facts, rules, grant))
    for criterion in rules.criteria:
        yield from _missing(f"jurisdiction.yaml: {criterion.id}: no link", criterion.links, rules.links)
    for rule in rules.consultation:
        known = {*facts.instruments, *rules.texts}
        yield from _missing(f"jurisdiction.yaml: {rule.id}: no instrument or text", (rule.between,), known)
        yield from _missing(f"jurisdiction.yaml: {rule.id}: no condition", (rule.condition or "",), _or_none(rules))
    for name, text in rules.texts.items():
        yield from _missing(f"jurisdiction.yaml: {name}: no state", (*(text.states or ()), *text.but_not), facts.states)
    for link, offences in rules.element_links.items():
        yield from _missing("jurisdiction.yaml: element_links: no link", (link,), rules.links)
        yield from _missing(f"jurisdiction.yaml: element_links {link}: no offence", offences, facts.codes.offences)
    if not (folder / f"procedures/{rules.procedure}.yaml").is_file():
        yield f"jurisdiction.yaml: no procedure {rules.procedure}"


def check_holders(facts: Facts) -> Iterator[str]:
    """Name holders, names and domains that are there twice, and states, registries and chains that do not exist."""
    rules = facts.holders
    holders = tuple(rules.holders.values())
    names = (name.casefold() for holder in holders for name in {holder.id, *holder.aliases})
    yield from _twice("holders.yaml: the name", names)
    yield from _twice("holders.yaml: the domain", (domain for holder in holders for domain in holder.domains))
    known = {*facts.states, "eea", "eu", "rest", "world"}
    for holder in holders:
        states = (entity.state for entity in holder.entities if entity.state is not None)
        yield from _missing(f"holders.yaml: {holder.id}: no state", states, facts.states)
        regions = [region for entity in holder.entities for region in entity.users_of]
        yield from _missing(f"holders.yaml: {holder.id}: no region", regions, known)
        yield from _twice(f"holders.yaml: {holder.id}: the region", regions)
    kept = [*rules.zones.values(), *(name for _, name in rules.blocks)]
    kept += [name for names in rules.issuers.values() for name in names]
    yield from _missing("identifiers.yaml: no holder", set(kept), rules.holders)
    places = {state for states in rules.calling_codes.values() for state in states} | set(rules.area_codes.values())
    yield from _missing("identifiers.yaml: no state", places, facts.states)
    yield from _missing("identifiers.yaml: no chain", rules.issuers, {form.id for form in rules.chains})


def _grant(facts: Facts, rules: JurisdictionRules, grant: Grant) -> Iterator[str]:
    yield from _missing("no link", grant.links | grant.perhaps, rules.links)
    yield from _missing("no basis", (grant.basis,), rules.bases)
    yield from _missing("no condition", (grant.condition,), _or_none(rules))
    yield from _missing("no offence", grant.offences or (), facts.codes.offences)
    yield from _missing("no state", (grant.state,), {*facts.states, ""})
    yield from _missing("no instrument or text", (grant.authority,), {*facts.instruments, *rules.texts, ""})


def _or_none(rules: JurisdictionRules) -> frozenset[str]:
    return frozenset([*rules.conditions, ""])


def _missing(problem: str, codes: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    names = set(known)
    yield from (f"{problem} {code}" for code in sorted(codes) if code not in names)


def _twice(where: str, names: Iterable[str]) -> Iterator[str]:
    yield from (f"{where}: {name} twice" for name, count in Counter(names).items() if count > 1)
