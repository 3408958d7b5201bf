"""Comparisons, gaps and accessions in words: the question as a heading, the answer in one sentence, a conduct by its elements."""

from collections.abc import Iterable

from comity.law.naming import Labels, day_name, named, state_name
from comity.law.offences.accession import KINDS, LEFT_OPEN, YES, Accession
from comity.law.offences.compare import COVERED, GAP, NOTHING_PUNISHED, UNKNOWN, Comparison
from comity.law.offences.described import Criminality
from comity.law.offences.gap import HAS, LACKS, NARROWER, PARTIAL, STATUSES, Gap
from comity.law.question import Conduct
from comity.law.vocabulary import Vocabulary
from comity.law.words import Words

FOUND = {
    GAP: ("has a gap", "have a gap", "有缺口"),
    UNKNOWN: ("is unknown", "are unknown", "未知"),
    COVERED: ("is covered", "are covered", "涵盖"),
    NOTHING_PUNISHED: ("starts where it is not punished", "start where it is not punished", "以不处罚的国家为起点"),
}
COMPARISON_LIMIT = Words(
    "“Covered” and “gap” speak of the provisions in the lawbook; elements that courts read into them, attempt and participation "
    "are not there.",
    "“涵盖”与“缺口”仅就法律库所收条款而言；法院解释所加要素、未遂和共犯未收录。",
)
GAP_LIMIT = Words(
    "“In part” compares the words of the article with the acts, objects and conditions that the lawbook records; courts may read "
    "the law wider.",
    "“部分具备”系以条文用语与法律库所收行为、对象和条件相比较；法院解释可能更宽。",
)


def comparison_title(comparison: Comparison, labels: Labels) -> Words:
    """Return the question of a comparison."""
    offence, states = named(labels, "offence", comparison.offence), _states(comparison.states, labels)
    return Words(f"{offence.en}: {states.en}", f"{offence.zh}：{states.zh}")


def gap_title(answer: Gap, labels: Labels) -> Words:
    """Return the question of a gap."""
    state = state_name(labels, answer.state)
    return Words(
        f"What does the law of {state.en} lack? {answer.title.en}", f"{state.zh}法律缺少什么？{answer.title.zh}"
    )


def accession_title(answer: Accession, labels: Labels) -> Words:
    """Return the question of an accession."""
    state = state_name(labels, answer.state)
    return Words(
        f"What would joining open for {state.en}? {answer.title.en}", f"加入将为{state.zh}开通什么？{answer.title.zh}"
    )


def accession_asked(answer: Accession, labels: Labels) -> Words:
    """Say what was asked: measures, offences, sides, the day."""
    measures = _listed(named(labels, "measure", code) for code in answer.measures)
    offences = _listed(named(labels, "offence", code) for code in answer.offences)
    state, day = state_name(labels, answer.state), day_name(answer.on)
    sides: dict[tuple[bool, ...], Words] = {
        (True,): Words(f"{state.en} asks", f"{state.zh}为请求国"),
        (False,): Words(f"{state.en} is asked", f"{state.zh}为被请求国"),
    }
    side = sides.get(answer.sides, Words(f"{state.en} asks and is asked", f"{state.zh}为请求国及被请求国"))
    return Words(
        f"Asked: {measures.en}; {offences.en}; {side.en}; as a party from {day.en}; "
        f"{answer.asked} questions, each before and after.",
        f"所问：{measures.zh}；{offences.zh}；{side.zh}；自{day.zh}起为缔约方；共{answer.asked}问，逐一比较前后。",
    )


def conduct_words(conduct: Conduct, elements: Vocabulary) -> Words:
    """Return a conduct in words."""
    text = elements.listed((*conduct.acts, *conduct.objects, *conduct.facts))
    if not conduct.absent:
        return text
    absent = elements.listed(conduct.absent)
    return Words(f"{text.en}; but not: {absent.en}", f"{text.zh}；但无：{absent.zh}")


def comparison_sentence(comparison: Comparison) -> Words:
    """Say in one sentence what the comparison found."""
    punishing = sum(item.exists in {"yes", "partial"} for item in comparison.provisions)
    states, total = len(comparison.states), len(comparison.directions)
    found = [
        Words(f"{count} {one if count == 1 else many}", f"{count}个{zh}")
        for verdict, (one, many, zh) in FOUND.items()
        if (count := sum(item.verdict == verdict for item in comparison.directions))
    ]
    parts = _listed(found)
    return Words(
        f"{punishing} of {states} states punish it; of {total} directions from one state to another {parts.en}.",
        f"{states}国中有{punishing}国处罚；由一国至另一国的{total}个方向中，{parts.zh}。",
    )


def criminality_sentence(answer: Criminality, labels: Labels) -> Words:
    """Say in one sentence whether all states punish the conduct."""
    if answer.met is True:
        return Words("Dual criminality is met: each state punishes this conduct.", "符合双重犯罪：各国均处罚该行为。")
    if answer.met is None:
        return Words("Whether dual criminality is met is unknown.", "是否符合双重犯罪未知。")
    free = _states((item.state for item in answer.judged if item.answer.met is False), labels)
    return Words(
        f"Dual criminality is not met: as described, this conduct is not punishable in {free.en}.",
        f"不符合双重犯罪：{free.zh}不处罚所述行为。",
    )


def gap_sentence(answer: Gap, labels: Labels) -> Words:
    """Say in one sentence what the law has and lacks."""
    state = state_name(labels, answer.state)
    counts = {status: answer.count(status) for status in STATUSES}
    total = len(answer.items)
    return Words(
        f"Of {total} obligations the law of {state.en} has {counts[HAS]}, {counts[NARROWER]} narrower as permitted, "
        f"{counts[PARTIAL]} in part; it lacks {counts[LACKS]}; {counts[UNKNOWN]} are unknown.",
        f"{total}项义务中，{state.zh}法律具备{counts[HAS]}项，较窄但属允许范围{counts[NARROWER]}项，"
        f"部分具备{counts[PARTIAL]}项，缺乏{counts[LACKS]}项，未知{counts[UNKNOWN]}项。",
    )


def accession_sentence(answer: Accession, labels: Labels) -> Words:
    """Say in one sentence what would change."""
    state = state_name(labels, answer.state)
    if answer.possible != YES:
        return answer.reason
    states = {
        kind: len(
            {change.from_state for change in answer.changes if change.kind == kind}
            | {change.to_state for change in answer.changes if change.kind == kind}
        )
        for kind in KINDS
    }
    others = {kind: max(count - 1, 0) for kind, count in states.items()}
    return Words(
        f"As a party, {state.en} would have routes that open with {others['opens']} states, become usable on conditions "
        f"with {others['conditional']}, get faster with {others['faster']}; they are displaced with {others['displaced']} "
        f"and stay unknown with {others[LEFT_OPEN]}.",
        f"{state.zh}成为缔约方后，与{others['opens']}国之间的途径变为可用，与{others['conditional']}国之间变为附条件可用，"
        f"与{others['faster']}国之间更快；与{others['displaced']}国之间的途径被取代，与{others[LEFT_OPEN]}国之间仍未知。",
    )


def _states(codes: Iterable[str], labels: Labels) -> Words:
    return _listed(state_name(labels, code) for code in codes)


def _listed(parts: Iterable[Words]) -> Words:
    found = tuple(parts)
    return Words(", ".join(words.en for words in found), "、".join(words.zh for words in found))
