"""What changes are called, and values as people read them."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
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
    "warning": Words("rule on warnings", "警示规则"),
    "jurisdiction": Words("rule on jurisdiction", "管辖权规则"),
    "holder": Words("holder of data or rule on identifiers", "数据持有者或标识符规则"),
    "element": Words("word for elements", "要素用语"),
    "obligation": Words("obligation of the parties", "缔约方义务"),
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
    "accepts": Words("takes", "受理内容"),
    "accepts_eea": Words("takes in the EEA", "欧洲经济区内受理内容"),
    "accession": Words("accession", "加入方式"),
    "accession_article": Words("article on accession", "加入条款"),
    "address": Words("address", "地址"),
    "addressee": Words("addressee", "收件机关"),
    "addressee_in": Words("addressee may be in", "收件机关所在"),
    "aggravations": Words("aggravated forms", "加重情形"),
    "aliases": Words("also called", "别名"),
    "applies_if": Words("applies if", "适用前提"),
    "article": Words("article", "条款"),
    "as_of": Words("as of", "核查日期"),
    "authority": Words("authority", "依据"),
    "available": Words("available", "是否可用"),
    "bars": Words("bars", "是否阻断"),
    "basis": Words("basis", "依据"),
    "between": Words("applies between", "适用于"),
    "bound": Words("states bound by the text", "文本约束的国家"),
    "bound_since": Words("bound since", "受约束起始日"),
    "but_not": Words("but not", "除外"),
    "by_request": Words("fulfilled by the request", "由请求本身满足"),
    "called": Words("called", "简称"),
    "central": Words("central authority", "中央机关"),
    "channels": Words("channels", "渠道"),
    "check": Words("check sum", "校验方式"),
    "clocks": Words("clocks", "期限"),
    "code": Words("code", "代码"),
    "complete": Words("list is complete", "名单完整"),
    "condition": Words("condition", "条件"),
    "conditions": Words("conditions", "条件"),
    "confidence": Words("confidence", "可信度"),
    "contact_24_7": Words("24/7 contact point", "全天候联络点"),
    "core_acts": Words("acts that may not be left out", "不得排除的行为"),
    "core_objects": Words("objects that may not be left out", "不得排除的对象"),
    "counting": Words("counting", "计算方式"),
    "data": Words("data", "数据"),
    "death_penalty": Words("death penalty", "死刑"),
    "death_penalty_assurance": Words("assurance against the death penalty", "不判死刑保证"),
    "domains": Words("domains", "域名"),
    "door": Words("door", "受理入口"),
    "dual_criminality": Words("dual criminality", "双重犯罪"),
    "duration": Words("duration", "期间"),
    "each_place": Words("asked for each place", "逐地检查"),
    "effect": Words("effect", "效力"),
    "elements": Words("elements", "要素"),
    "emergency": Words("emergencies", "紧急情况"),
    "ends_on": Words("ends on", "终止日"),
    "entities": Words("entities", "实体"),
    "eu_since": Words("in the EU since", "加入欧盟日"),
    "eu_until": Words("in the EU until", "退出欧盟日"),
    "exception": Words("exception", "例外"),
    "exists": Words("is an offence", "是否犯罪"),
    "extradites_nationals": Words("extradites nationals", "引渡本国国民"),
    "extradition": Words("extradition authority", "引渡机关"),
    "field": Words("field", "字段"),
    "for_measures": Words("for these measures", "所涉措施"),
    "force": Words("force", "效力"),
    "grounds": Words("grounds of refusal", "拒绝理由"),
    "groups": Words("organisations", "所属组织"),
    "holders": Words("holders", "持有人"),
    "identifiers": Words("identifiers", "标识符"),
    "in_force": Words("in force", "生效日"),
    "interpol": Words("INTERPOL", "国际刑警组织"),
    "keeping": Words("on preservation", "关于保全"),
    "keeps": Words("keeps for", "保全期间"),
    "keys": Words("keys", "键"),
    "kind": Words("kind", "种类"),
    "languages": Words("languages", "语言"),
    "limits": Words("limits", "限制"),
    "links": Words("links", "联系因素"),
    "lists": Words("lists", "清单"),
    "max_months": Words("maximum penalty in months", "最高刑（月）"),
    "measures": Words("measures", "措施"),
    "min_penalty_in": Words("minimum looked at in", "最低刑适用法"),
    "min_penalty_months": Words("minimum penalty in months", "最低刑（月）"),
    "missing_is_stated": Words("stated by the request", "由请求说明"),
    "name": Words("name", "名称"),
    "narrows": Words("narrows", "是否限缩"),
    "nationals": Words("own nationals", "本国国民"),
    "note": Words("note", "备注"),
    "notes": Words("notes", "备注"),
    "offence": Words("offence", "犯罪"),
    "offences": Words("offences", "犯罪"),
    "pairs": Words("sides", "双方"),
    "particulars": Words("particulars", "请求事项"),
    "parties_of": Words("parties as of", "缔约方沿用"),
    "pattern": Words("form", "格式"),
    "perhaps": Words("links that may suffice", "可能足够的联系因素"),
    "permitted": Words("narrowing permitted", "允许的限缩"),
    "points": Words("points", "权重"),
    "possible": Words("can be bound", "可受约束者"),
    "provision": Words("provision", "条款"),
    "provisions": Words("provisions", "条款"),
    "reciprocity": Words("reciprocity", "互惠"),
    "reference": Words("reference", "文号"),
    "refusal_note": Words("on refusal", "关于拒绝"),
    "representative": Words("representative in the EU", "欧盟代表"),
    "required": Words("required", "是否必需"),
    "requires": Words("must be a party first to", "须先加入"),
    "reservation": Words("reservation", "保留"),
    "reservations_of": Words("reservations as of", "保留沿用"),
    "said": Words("as written", "原文记载"),
    "scope": Words("scope", "适用范围"),
    "scope_note": Words("on the scope", "关于范围"),
    "senders": Words("may ask", "可请求者"),
    "signed": Words("signed", "签署日"),
    "source": Words("source", "来源"),
    "starts": Words("runs from", "起算"),
    "starts_on": Words("applies from", "适用起始日"),
    "state": Words("state", "国家"),
    "stated_if": Words("may be stated if", "可说明的情形"),
    "states": Words("states", "国家"),
    "status": Words("status", "地位"),
    "stops": Words("runs to", "截止"),
    "strictly_more": Words("strictly more", "须超过"),
    "suspended_since": Words("suspended since", "中止日"),
    "term_ends": Words("term ends on", "期限届满日"),
    "test": Words("test", "判断式"),
    "text": Words("text", "文字"),
    "title": Words("title", "标题"),
    "treaty_required": Words("treaty required", "是否须有条约"),
    "user_notice": Words("notice to the user", "用户告知"),
    "validation": Words("validation", "确认"),
    "value": Words("value", "值"),
    "versions": Words("versions", "版本字节"),
    "warns_if_unknown": Words("warns if unknown", "未知时警示"),
    "what": Words("what", "内容"),
    "when": Words("when", "情形"),
    "why": Words("why", "理由"),
    "words": Words("words", "用语"),
    "works_as": Words("works as", "用途"),
}
FIELDS_OF_WARNINGS = {"stops": Words("stops the question", "是否阻止提问"), "value": Words("text", "文字")}
"""Where a rule on warnings means something else by the word than other entries."""
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
    return _of_record(value)


def _of_record(value: object) -> str:
    """Write a record by its members that say something."""
    if not is_dataclass(value):
        return "" if value is None else str(value)
    members = {each.name: getattr(value, each.name) for each in fields(value)}
    return _of_mapping({name: part for name, part in members.items() if part or isinstance(part, bool | int)})


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


def field_words(name: str, kind: str = "") -> Words:
    """Return what a field of an entry of a kind is called; its own name where it has no words."""
    own = FIELDS_OF_WARNINGS.get(name) if kind == "warning" else None
    return own or FIELDS.get(name) or Words(name.replace("_", " "), name)
