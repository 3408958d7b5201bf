"""The answer on holders in words: who holds the data, where, and by which door."""

from comity.law.answer import MET
from comity.law.facts import Facts
from comity.law.holders import SERVICE, Choice, HolderAnswer
from comity.law.naming import beginning, period_name
from comity.law.words import Words

TITLE = Words("Who holds the data?", "谁持有数据？")
NOBODY = Words("Unknown: the identifier does not tell who holds the data.", "未知：标识本身不表明数据由谁持有。")
UNNAMED = Words("an entity that is not established", "尚未查明的实体")
NO_STATE = Words("a state that is not established", "尚未查明的国家")
NO_DOOR = Words("Its door is not established.", "其受理渠道尚未查明。")
CHOICES = Words("Who holds it, or may", "持有人或可能的持有人")
CHECK = Words(
    "Entities and doors change; check before use. Addresses are left out on purpose: look them up at the provider.",
    "实体与渠道会变更，使用前请核实。有意不列地址：请向服务商查证。",
)
POINTS_TO = Words("The identifier points to", "标识指向")
SETTLES = Words("What would settle it", "补充以下信息可确定")
NOTES = Words("What to know about it", "须知")
QUESTION = Words("What was asked", "所询问题")
RECOGNISED, REGION = Words("Recognised as", "识别为"), Words("User’s region", "用户所在地区")
MEASURE, DAY = Words("Measure", "措施"), Words("Day", "日期")
DOOR, ACCEPTS = Words("Door", "受理渠道"), Words("Takes", "受理条件")
EMERGENCY, KEEPS = Words("Emergency", "紧急情况"), Words("Keeps on request", "应请求保全")
NOTICE, LANGUAGES = Words("Tells the user", "通知用户"), Words("Languages", "语文")
REMARKS, REPRESENTED = (
    Words("Note", "说明"),
    Words("Establishment or representative in the Union", "欧盟境内机构或代表"),
)
AT_HOME = Words(
    "The entity is in the asking state: its own law decides, and no other state is asked.",
    "该实体位于请求国：依本国法办理，无须请求他国。",
)
CATEGORIES = {
    "subscriber": Words("Subscriber data", "用户数据"),
    "traffic": Words("Traffic data", "流量数据"),
    "content": Words("Content data", "内容数据"),
}
ROLES = {
    "service": Words("holds the data", "持有数据"),
    "registry": Words("registry: points on", "登记机构：可继续指引"),
    "issuer": Words("issuer of a token: can freeze", "代币发行人：可冻结"),
}
KINDS = {
    "service": Words("a service", "服务"),
    "email": Words("an e-mail address", "电子邮箱地址"),
    "domain": Words("a domain name", "域名"),
    "url": Words("a URL", "网址"),
    "phone": Words("a telephone number", "电话号码"),
    "ip": Words("an IP address", "IP地址"),
    "crypto": Words("an address on a chain", "链上地址"),
    "handle": Words("a handle", "账号名"),
    "iban": Words("a bank account (IBAN)", "银行账户（IBAN）"),
    "unrecognised": Words("nothing known", "未识别"),
}
MISSING = {
    "user_region": Words("the user’s region", "用户所在地区"),
    "service": Words("the service", "所用服务"),
    "operator": Words("the operator", "运营商"),
    "bank": Words("the bank", "银行"),
    "mail-host": Words("the mail host", "邮件托管商"),
    "exchange": Words("the exchange", "交易所"),
    "network": Words("the network", "所属网络"),
    "host": Words("the host", "托管商"),
    "registrar": Words("the registrar", "注册商"),
}


def holder_sentence(answer: HolderAnswer, facts: Facts) -> Words:
    """Say in one sentence who holds the data, where, and by which door; or that it is not known."""
    holding = [choice for choice in answer.choices if choice.role == SERVICE]
    certain = [choice for choice in holding if choice.verdict == MET]
    if certain:
        choice = certain[0]
        who, door = entity_line(choice, facts), choice.holder.door
        through = (
            Words(f" Its door: {door.en}.", f"受理渠道：{door.zh}。") if door else Words(f" {NO_DOOR.en}", NO_DOOR.zh)
        )
        return Words(f"{beginning(who).en} holds the data.{through.en}", f"数据由{who.zh}持有。{through.zh}")
    if not holding:
        return NOBODY
    names = [entity_line(choice, facts) for choice in holding]
    return Words(
        f"Not certain: {'; or '.join(name.en for name in names)}.",
        f"不确定：可能为{'；或'.join(name.zh for name in names)}。",
    )


def entity_line(choice: Choice, facts: Facts) -> Words:
    """Return an entity with its state."""
    entity = choice.entity
    name = Words(entity.name, entity.name) if entity.name else UNNAMED
    where = facts.said(entity.state) if entity.state else NO_STATE
    return Words(f"{name.en} in {where.en}", f"{name.zh}（{where.zh}）")


def kind_line(answer: HolderAnswer) -> Words:
    """Return as what the text was recognised."""
    kind, chains = KINDS[answer.identifier.kind], answer.identifier.chains
    if not chains:
        return kind
    return Words(
        f"{kind.en} ({', '.join(form.name.en for form in chains)})",
        f"{kind.zh}（{'、'.join(form.name.zh for form in chains)}）",
    )


def missing_line(answer: HolderAnswer) -> Words:
    """Return in words what would settle who holds the data."""
    names = [MISSING.get(key, Words(key, key)) for key in answer.unknown]
    return Words(", ".join(name.en for name in names), "、".join(name.zh for name in names))


def details(choice: Choice) -> tuple[tuple[Words, Words], ...]:
    """Return what is known of how an entity takes requests, as names and values."""
    holder = choice.holder
    kept = period_name(holder.keeps) if holder.keeps else Words("", "")
    keeping = holder.keeping if holder.keeps and holder.keeping.en else kept
    lines = [(DOOR, holder.door or NO_DOOR)]
    lines += [(CATEGORIES.get(key, Words(key, key)), words) for key, words in choice.accepts.items()]
    lines += [(EMERGENCY, holder.emergency), (KEEPS, keeping), (NOTICE, holder.user_notice), (REMARKS, holder.notes)]
    return tuple((name, value) for name, value in lines if value.en)
