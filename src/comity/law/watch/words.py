"""What changes are called, and values as people read them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import cast

from comity.law.words import Words

KINDS = {
    "instrument": Words("instrument", "法律文书"),
    "measure": Words("measure", "措施"),
    "scope": Words("scope", "适用范围"),
    "condition": Words("condition", "条件"),
    "clock": Words("clock", "期限"),
    "particular": Words("particular of the request", "请求事项"),
    "ground": Words("ground of refusal", "拒绝理由"),
    "relation": Words("relation to another instrument", "与其他文书的关系"),
    "offence-list": Words("list of offences", "犯罪清单"),
    "use-limit": Words("limit on use", "使用限制"),
    "safeguard": Words("safeguard", "保障"),
    "party": Words("position of a state", "国家的缔约地位"),
    "coverage": Words("completeness of the list of parties", "缔约方名单的完整程度"),
    "reservation": Words("reservation or declaration", "保留或声明"),
    "bilateral": Words("treaty between two states", "双边条约"),
    "state": Words("state", "国家"),
    "authority": Words("authority", "机关"),
    "national-offence": Words("national offence", "国内罪名"),
    "assistance-law": Words("national law of assistance", "国内司法协助法"),
    "extradition-law": Words("national law of extradition", "国内引渡法"),
    "power": Words("investigative power", "侦查权力"),
    "blocking-rule": Words("blocking rule", "阻断规则"),
    "codes": Words("list of codes", "代码表"),
    "circumstance": Words("circumstance", "情况"),
    "computer-related": Words("whether an offence is computer-related", "是否涉计算机犯罪"),
    "name": Words("name of a code", "代码名称"),
    "implied-elements": Words("elements that follow from another", "由他要素推出的要素"),
    "narrowing-elements": Words("elements that only narrow", "限缩性要素"),
}
ACTIONS = {
    "added": Words("added", "新增"),
    "removed": Words("removed", "移除"),
    "ended": Words("ended", "终止"),
    "changed": Words("changed", "变更"),
}
ASPECTS = {
    "verdict": Words("verdict", "结论"),
    "order": Words("order", "次序"),
    "clock": Words("clock", "期限"),
    "channel": Words("channel", "渠道"),
    "particulars": Words("particulars", "请求事项"),
    "authority": Words("authority", "主管机关"),
}
FIELDS = {
    "addressee": Words("addressee", "收件机关"),
    "applies_if": Words("applies if", "适用前提"),
    "article": Words("article", "条款"),
    "as_of": Words("as of", "核查日期"),
    "between": Words("applies between", "适用于"),
    "bound": Words("states bound by the text", "文本约束的国家"),
    "bound_since": Words("bound since", "受约束起始日"),
    "by_request": Words("fulfilled by the request", "由请求本身满足"),
    "central": Words("central authority", "中央机关"),
    "channels": Words("channels", "渠道"),
    "clocks": Words("clocks", "期限"),
    "complete": Words("list is complete", "名单完整"),
    "conditions": Words("conditions", "条件"),
    "confidence": Words("confidence", "可信度"),
    "contact_24_7": Words("24/7 contact point", "全天候联络点"),
    "counting": Words("counting", "计算方式"),
    "death_penalty": Words("death penalty", "死刑"),
    "dual_criminality": Words("dual criminality", "双重犯罪"),
    "duration": Words("duration", "期间"),
    "effect": Words("effect", "效力"),
    "elements": Words("elements", "要素"),
    "ends_on": Words("ends on", "终止日"),
    "eu_since": Words("in the EU since", "加入欧盟日"),
    "eu_until": Words("in the EU until", "退出欧盟日"),
    "exists": Words("is an offence", "是否犯罪"),
    "extradites_nationals": Words("extradites nationals", "引渡本国国民"),
    "extradition": Words("extradition authority", "引渡机关"),
    "field": Words("field", "字段"),
    "force": Words("force", "效力"),
    "grounds": Words("grounds of refusal", "拒绝理由"),
    "groups": Words("organisations", "所属组织"),
    "holders": Words("holders", "持有人"),
    "in_force": Words("in force", "生效日"),
    "interpol": Words("INTERPOL", "国际刑警组织"),
    "kind": Words("kind", "种类"),
    "languages": Words("languages", "语言"),
    "max_months": Words("maximum penalty in months", "最高刑（月）"),
    "measures": Words("measures", "措施"),
    "missing_is_stated": Words("stated by the request", "由请求说明"),
    "name": Words("name", "名称"),
    "note": Words("note", "备注"),
    "notes": Words("notes", "备注"),
    "offences": Words("offences", "犯罪"),
    "particulars": Words("particulars", "请求事项"),
    "possible": Words("can be bound", "可受约束者"),
    "provision": Words("provision", "条款"),
    "reference": Words("reference", "文号"),
    "required": Words("required", "是否必需"),
    "scope": Words("scope", "适用范围"),
    "senders": Words("may ask", "可请求者"),
    "short": Words("short title", "简称"),
    "signed": Words("signed", "签署日"),
    "source": Words("source", "来源"),
    "stated_if": Words("may be stated if", "可说明的情形"),
    "starts": Words("runs from", "起算"),
    "starts_on": Words("applies from", "适用起始日"),
    "status": Words("status", "地位"),
    "stops": Words("runs to", "截止"),
    "suspended_since": Words("suspended since", "中止日"),
    "test": Words("test", "判断式"),
    "text": Words("text", "文字"),
    "title": Words("title", "标题"),
    "value": Words("value", "值"),
    "what": Words("what", "内容"),
    "works_as": Words("works as", "用途"),
}
NOTHING_SAID = Words("not said", "未载明")


def said(value: object) -> Words:
    """Return a value of a fact as people read it; what is not said is said to be so."""
    if value is None or value == "":
        return NOTHING_SAID
    if isinstance(value, Words):
        return value or NOTHING_SAID
    if isinstance(value, bool):
        return Words("yes", "是") if value else Words("no", "否")
    text = plain(value)
    return Words(text, text) if text else NOTHING_SAID


def plain(value: object) -> str:
    """Return a value as one line, the same for equal values."""
    if isinstance(value, Words):
        return value.en
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return _of_mapping(cast(Mapping[str, object], value))
    if isinstance(value, frozenset):
        return ", ".join(sorted(plain(part) for part in cast(Iterable[object], value)))
    if isinstance(value, list | tuple):
        return ", ".join(plain(part) for part in cast(Iterable[object], value))
    return "" if value is None else str(value)


def _of_mapping(value: Mapping[str, object]) -> str:
    """Write a test of the lawbook as a formula, any other mapping as pairs."""
    match value:
        case {"fact": name, "op": op, "value": other}:
            return f"{name} {op} {plain(other)}"
        case {"not": inner}:
            return f"not ({plain(inner)})"
        case {"all": list() | tuple() as parts}:
            return "(" + " and ".join(plain(part) for part in cast(Iterable[object], parts)) + ")"
        case {"any": list() | tuple() as parts}:
            return "(" + " or ".join(plain(part) for part in cast(Iterable[object], parts)) + ")"
    return ", ".join(f"{key}: {plain(part)}" for key, part in sorted(value.items()))


def field_words(name: str) -> Words:
    """Return what a field is called; its own name where it has no words."""
    return FIELDS.get(name) or Words(name.replace("_", " "), name)
