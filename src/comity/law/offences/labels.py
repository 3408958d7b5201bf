"""The words for the codes of comparisons, gaps and accessions."""

from collections.abc import Mapping

from comity.law.national import LIFE
from comity.law.words import Words

EXISTS: Mapping[str, Words] = {
    "yes": Words("punished", "处罚"),
    "partial": Words("in part", "部分处罚"),
    "no": Words("not punished", "不处罚"),
    "unknown": Words("unknown", "未知"),
}
PARTS: Mapping[str, Words] = {
    "act": Words("act", "行为"),
    "object": Words("object", "对象"),
    "circumstance": Words("circumstance", "情节"),
    "mens-rea": Words("state of mind", "主观要件"),
    "result": Words("result", "结果"),
    "threshold": Words("threshold", "数额标准"),
    "aggravator": Words("aggravating", "加重情节"),
}
CELLS: Mapping[str, Words] = {
    "listed": Words("●", "●"),
    "any": Words("any", "任何"),
    "all": Words("asked", "要求"),
    "some": Words("some", "部分"),
    "or": Words("or", "择一"),
    "-": Words("-", "-"),
    "?": Words("?", "?"),
}
CELL_KEY = Words(
    "● covered; any: every object; asked: by each provision; some: by some provisions only; or: one of several is enough; "
    "?: unknown.",
    "●：涵盖；任何：任何对象；要求：每一条款均要求；部分：仅部分条款要求；择一：数项中具备一项即可；?：未知。",
)
VERDICTS: Mapping[str, Words] = {
    "covered": Words("covered", "涵盖"),
    "gap": Words("GAP", "有缺口"),
    "unknown": Words("unknown", "未知"),
    "nothing-punished": Words("not punished", "不处罚"),
}
STATUSES: Mapping[str, Words] = {
    "has": Words("has it", "具备"),
    "narrower-as-permitted": Words("narrower, as permitted", "较窄（允许）"),
    "partial": Words("in part", "部分具备"),
    "lacks": Words("LACKS", "缺乏"),
    "unknown": Words("unknown", "未知"),
}
KINDS: Mapping[str, Words] = {
    "opens": Words("opens", "可用"),
    "conditional": Words("on conditions", "附条件可用"),
    "faster": Words("faster", "更快"),
    "another": Words("one more way", "增加一途"),
    "displaced": Words("displaced", "被取代"),
    "unknown": Words("unknown", "未知"),
}
FLAGS: Mapping[str, Words] = {
    "protected-elsewhere": Words("protected expression in many states", "在许多国家属受保护的表达"),
    "licensed-elsewhere": Words("lawful with a licence in many states", "在许多国家持牌即合法"),
}
MET: Mapping[bool | None, Words] = {
    True: Words("punishable", "可处罚"),
    False: Words("NOT punishable", "不可处罚"),
    None: Words("unknown", "未知"),
}
CONFIDENCE: Mapping[str, Words] = {
    "high": Words("high", "高"),
    "medium": Words("medium", "中"),
    "low": Words("low", "低"),
}


def months(value: int | None) -> Words:
    """Return a maximum of imprisonment in words; None is unknown, 0 no imprisonment."""
    if value is None:
        return Words("?", "?")
    if value == 0:
        return Words("no imprisonment", "无监禁刑")
    if value >= LIFE:
        return Words("life or death", "终身监禁或死刑")
    return Words(f"{value} months", f"{value}个月")
