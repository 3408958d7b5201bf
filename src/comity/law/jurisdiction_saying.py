"""The answer on jurisdiction in words: who has it, whether there is a conflict, and what each part of the answer says."""

from collections.abc import Iterable

from comity.law.answer import MET, NOT_MET, UNSURE
from comity.law.chain import Link
from comity.law.facts import Facts
from comity.law.jurisdiction import Claim, ConsultationDuty, JurisdictionAnswer
from comity.law.naming import beginning, together
from comity.law.words import Words

TITLE = Words("Who has jurisdiction over this chain?", "谁对该犯罪链有管辖权？")
CONFLICT = {
    MET: Words("There is a conflict: ", "存在管辖冲突："),
    UNSURE: Words("There may be a conflict: ", "可能存在管辖冲突："),
    NOT_MET: Words("There is no conflict: ", "不存在管辖冲突："),
}
NOBODY = Words(
    "No state is known to have jurisdiction over this chain, so no conflict is known.",
    "未见任何国家对该犯罪链有管辖权，故未见冲突。",
)
CLAIM = {
    MET: Words("has jurisdiction", "有管辖权"),
    UNSURE: Words("may have jurisdiction", "可能有管辖权"),
    NOT_MET: Words("has no jurisdiction", "无管辖权"),
}
OBLIGED = Words(
    "a treaty obliges it to have jurisdiction; its law is not established", "条约要求其确立管辖；其国内法尚未查明"
)
PUNISHED = {
    MET: Words("Its law punishes the offence.", "其法律处罚该犯罪。"),
    UNSURE: Words("Whether its law punishes the offence is not established.", "其法律是否处罚该犯罪未查明。"),
    NOT_MET: Words("Its law does not punish the offence.", "其法律不处罚该犯罪。"),
}
FORCE = {"mandatory": Words("must", "必须"), "optional": Words("may", "可以")}
ORDER = Words("Usually preferred, in this order", "通常的优先顺序")
ORDER_NOTE = Words(
    "A suggestion with its reasons, never a verdict: no instrument forces a result.",
    "仅为附理由的建议，并非裁断：任何文书均不强制结果。",
)
CLAIMS = Words("Claims by state", "各国的管辖依据")
CRITERIA = Words("Criteria", "考量因素")
CRITERIA_HEAD = (
    Words("Criterion", "因素"),
    Words("What the chain says", "犯罪链所示"),
    Words("Article", "条款"),
)
CONSULTATION = Words("Duties to consult", "协商义务")
NO_DUTY = Words("No duty to consult is known for these states.", "未见这些国家间的协商义务。")
WARNINGS = Words("Mind this before anything is sent", "发出前请注意")
MISSING = Words("What is not known", "未知事项")
CHAIN = Words("The chain", "犯罪链")
OFFENCE, DAY, GROUP = (
    Words("Offence", "犯罪"),
    Words("Day of the law", "法律日期"),
    Words("Organised group", "有组织集团"),
)
YES, NO, OPEN = Words("yes", "是"), Words("no", "否"), Words("not stated", "未说明")
NOTHING_SPEAKS = Words("Nothing in the chain speaks for it.", "犯罪链中无有利因素。")
EVEN = Words("Nothing stated separates it from the one before.", "与前者不分高下。")
SAYS_NOTHING = Words("unknown: the chain says nothing on it", "未知：犯罪链未提供信息")
PERHAPS = Words("perhaps also", "或亦包括")


def conflict_sentence(answer: JurisdictionAnswer, facts: Facts) -> Words:
    """Say in one sentence which states have jurisdiction and whether that is a conflict."""
    have = [claim.state for claim in answer.claims if claim.verdict == MET]
    must = [claim.state for claim in answer.claims if claim.verdict == UNSURE and claim.obliged]
    may = [claim.state for claim in answer.claims if claim.verdict == UNSURE and not claim.obliged]
    if not (have or must or may):
        return NOBODY
    english, chinese = [], []
    for states, verb in ((have, ("has", "have")), (may, ("may have", "may have"))):
        if states:
            names = listed(states, facts)
            english.append(f"{names.en} {verb[len(states) > 1]} jurisdiction")
            chinese.append(f"{names.zh}{'有' if states is have else '可能有'}管辖权")
    if must:
        names = listed(must, facts)
        english.insert(
            bool(have), f"a treaty obliges {names.en} to have it" if have else f"{names.en} must have it by treaty"
        )
        chinese.insert(bool(have), f"条约要求{names.zh}确立管辖")
    head = CONFLICT[answer.conflict]
    return Words(f"{head.en}{'; '.join(english)}.", f"{head.zh}{'；'.join(chinese)}。")


def listed(states: Iterable[str], facts: Facts) -> Words:
    """Return states as a list within a sentence."""
    return together(facts.said(state) for state in states)


def link_line(link: Link, facts: Facts) -> tuple[Words, Words]:
    """Return what a link is, and where it is with how much of it."""
    rules, name = facts.jurisdiction, facts.said(link.state)
    if link.weight is None:
        return beginning(rules.links[link.what]), beginning(name)
    unit = rules.units[link.what]
    english = f"{name.en}: {unit.en} {link.weight}" if unit.en == "amount" else f"{name.en}: {link.weight}"
    return beginning(rules.links[link.what]), beginning(Words(english, f"{name.zh}：{link.weight}{unit.zh}"))


def claim_line(claim: Claim) -> Words:
    """Return what is said of a state as a whole."""
    if claim.verdict == UNSURE and claim.obliged:
        return OBLIGED
    return CLAIM[claim.verdict]


def duty_line(duty: ConsultationDuty, facts: Facts) -> Words:
    """Return between which states a duty holds, and what it asks."""
    certain, unsure = listed(duty.states, facts), listed(duty.unknown, facts)
    if not duty.states:
        who = Words(f"perhaps {unsure.en}", f"或为{unsure.zh}")
    elif duty.unknown:
        who = Words(f"{certain.en}, {PERHAPS.en} {unsure.en}", f"{certain.zh}，{PERHAPS.zh}{unsure.zh}")
    else:
        who = certain
    return beginning(Words(f"{who.en}: {duty.rule.text.en}", f"{who.zh}：{duty.rule.text.zh}"))


def missing_lines(answer: JurisdictionAnswer, facts: Facts) -> tuple[Words, ...]:
    """Return in words what the chain or the lawbook does not say."""
    names = {criterion.id: criterion.name for criterion in facts.jurisdiction.criteria}
    silent = [names[name.removeprefix("criterion:")] for name in answer.unknown if name.startswith("criterion:")]
    found = [Words("The offence is not named.", "未指明犯罪。")] if "offence" in answer.unknown else []
    laws = [name.removeprefix("fact:national:") for name in answer.unknown if name.startswith("fact:national:")]
    if laws:
        there = listed(laws, facts)
        found.append(
            Words(
                f"Whether the law of {there.en} punishes the offence is not established.",
                f"{there.zh}的法律是否处罚该犯罪未查明。",
            )
        )
    if silent:
        english, chinese = "; ".join(name.en for name in silent), "；".join(name.zh for name in silent)
        found.append(Words(f"The chain says nothing on: {english}.", f"犯罪链未涉及：{chinese}。"))
    return tuple(found)
