"""Acts, offices and words that the tests share: an invented prosecutor asks an invented contact point to preserve data."""

from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType

from comity.acts.act import Act, Concerns, ExhibitListRef, Person, RefusalRef, RouteRef, Text
from comity.acts.form import Form, parse_form
from comity.acts.office import Office
from comity.acts.wordbook import Wordbook

NOW = datetime(2026, 11, 24, 9, 12, tzinfo=UTC)
SENDER, RECIPIENT = "xa/cybercrime-prosecutor", "xb/contact-point"


def office(office_id: str, **names: str) -> Office:
    """Return an office without keys."""
    return Office(
        id=office_id,
        state=office_id[:2].upper(),
        names=names,
        languages=tuple(names),
        actors=("requesting", "requested"),
    )


OFFICES = {
    SENDER: office(
        SENDER,
        en="Cybercrime Prosecutor’s Office",
        zh="网络犯罪检察院",
        fr="Parquet cybercriminalité",
        ar="نيابة الجرائم السيبرانية",
    ),
    RECIPIENT: office(
        RECIPIENT,
        en="24/7 contact point of Borduria",
        zh="博尔杜里亚24/7联络点",
        fr="Point de contact 24/7 de Bordurie",
        ar="نقطة الاتصال 24/7 في بوردوريا",
    ),
}


def labels(en: str, zh: str, fr: str = "", ar: str = "") -> dict[str, str]:
    """Return labels in those languages that are given."""
    return {language: words for language, words in (("en", en), ("zh", zh), ("fr", fr), ("ar", ar)) if words}


TERMS = {
    "step:budapest-preservation/send": labels(
        "Request for expedited preservation of stored computer data",
        "快速保全已存储计算机数据的请求",
        "Demande de conservation rapide de données informatiques stockées",
        "طلب الحفظ المعجل للبيانات الحاسوبية المخزنة",
    ),
    "step:budapest-preservation/refuse": labels("Refusal", "拒绝", "Refus", "رفض"),
    "instrument:budapest": labels(
        "Convention on Cybercrime (ETS 185)",
        "《网络犯罪公约》",
        "Convention sur la cybercriminalité (STE 185)",
        "اتفاقية الجرائم الإلكترونية (ETS 185)",
    ),
    "measure:preserve": labels(
        "Expedited preservation of stored data",
        "快速保全已存储数据",
        "Conservation rapide de données stockées",
        "الحفظ المعجل للبيانات المخزنة",
    ),
    "channel:network-24-7": labels("24/7 network", "24/7联络网络", "Réseau 24/7", "شبكة 24/7"),
    "ground:sovereignty": labels("Sovereignty", "主权", "Souveraineté", "السيادة"),
    "offence:illegal-access": labels("Illegal access", "非法访问", "Accès illégal", "النفاذ غير المشروع"),
    "state:XA": labels("Arcadia", "阿卡迪亚", "Arcadie", "أركاديا"),
    "state:XB": labels("Borduria", "博尔杜里亚", "Bordurie", "بوردوريا"),
}


def _field(field_id: str, kind: str, label: dict[str, str], **more: object) -> dict[str, object]:
    return {"id": field_id, "type": kind, "label": label, **more}


FORM: Form = parse_form(
    {
        "id": "budapest-29",
        "title": labels(
            "Data preservation request", "数据保全请求", "Demande de conservation de données", "طلب حفظ البيانات"
        ),
        "reference": "ETS 185",
        "sections": [
            {
                "id": "all",
                "title": labels("Request", "请求"),
                "fields": [
                    _field("request_date", "date", labels("Date", "日期", "Date", "التاريخ")),
                    _field(
                        "requested_state",
                        "state",
                        labels("Requested State", "被请求国", "État requis", "الدولة المتلقية للطلب"),
                    ),
                    _field(
                        "offence_code",
                        "code",
                        labels("Offence under investigation", "所侦查的犯罪", "Infraction", "الجريمة موضوع التحقيق"),
                        codes_from="offence",
                    ),
                    _field("facts", "text", labels("Facts", "案件事实", "Faits", "الوقائع")),
                    _field(
                        "data_category",
                        "codes",
                        labels("Category of data", "数据类别", "Catégorie de données", "فئة البيانات"),
                        codes=[
                            {
                                "code": "content",
                                "label": labels("Content data", "内容数据", "Données de contenu", "بيانات المحتوى"),
                            },
                            {
                                "code": "traffic",
                                "label": labels(
                                    "Traffic data", "流量数据", "Données relatives au trafic", "بيانات الحركة"
                                ),
                            },
                        ],
                    ),
                    _field(
                        "identifiers",
                        "table",
                        labels("Identifiers", "标识信息", "Identifiants", "المعرّفات"),
                        columns=[
                            _field(
                                "kind",
                                "code",
                                labels("Kind", "种类", "Type", "النوع"),
                                codes=[
                                    {
                                        "code": "email-address",
                                        "label": labels(
                                            "E-mail address", "电子邮箱", "Adresse électronique", "بريد إلكتروني"
                                        ),
                                    }
                                ],
                            ),
                            _field("value", "identifier", labels("Value", "值", "Valeur", "القيمة")),
                            _field("time", "datetime", labels("Time", "时间", "Heure", "الوقت")),
                        ],
                    ),
                    _field(
                        "service_provider",
                        "text",
                        labels("Holder and place", "持有人与地点", "Détenteur et lieu", "الحائز والمكان"),
                    ),
                    _field("server", "identifier", labels("Server", "服务器", "Serveur", "الخادم")),
                    _field(
                        "necessity",
                        "text",
                        labels(
                            "Link with the offence, necessity",
                            "与犯罪的关联及必要性",
                            "Lien avec l’infraction, nécessité",
                            "الصلة بالجريمة والضرورة",
                        ),
                    ),
                    _field(
                        "keep_for",
                        "duration",
                        labels("Keep for at least", "至少保全", "Conserver au moins", "مدة الحفظ الدنيا"),
                    ),
                    _field(
                        "confidentiality",
                        "boolean",
                        labels("Keep confidential", "要求保密", "Confidentialité demandée", "الإبقاء على السرية"),
                    ),
                    _field(
                        "mailboxes",
                        "number",
                        labels("Mailboxes", "邮箱数量", "Boîtes aux lettres", "عدد صناديق البريد"),
                    ),
                ],
            }
        ],
    }
)
WORDS = Wordbook(terms=TERMS, forms={"budapest-29": FORM})

FACTS = (
    "On 20 November 2026 the mail system of a hospital was entered with stolen credentials; three mailboxes on a rented server "
    "received the copies."
)

REQUEST = Act(
    procedure="budapest-preservation",
    act="send",
    actor="requesting",
    sender=SENDER,
    made_at=NOW,
    subject=Text("Mail system of the hospital of Arcadia City", "en"),
    reference="ARC-2026-0417",
    parties=MappingProxyType({"requesting": SENDER, "requested": RECIPIENT}),
    route=RouteRef("budapest", "29", "preserve", "network-24-7"),
    form="budapest-29",
    fields=MappingProxyType(
        {
            "request_date": "2026-11-24",
            "requested_state": "XB",
            "offence_code": "illegal-access",
            "facts": {"text": FACTS, "language": "en"},
            "data_category": ["content", "traffic"],
            "identifiers": [
                {"kind": "email-address", "value": f"a{n}@mail.example", "time": "2026-11-20T03:14:00Z"}
                for n in (1, 2, 3)
            ],
            "service_provider": {"text": "Example Hosting, Borduria", "language": "en"},
            "server": "192.0.2.44",
            "necessity": {
                "text": "The mailboxes hold the only known copy; the provider deletes after 14 days.",
                "language": "en",
            },
            "keep_for": "P60D",
            "confidentiality": True,
            "mailboxes": 3,
        }
    ),
    drafted_by=Person("A. Ilves", "officer"),
    approved_by=Person("M. Prado", "prosecutor"),
)

BRIEF = replace(
    REQUEST,
    languages=("en",),
    fields=MappingProxyType(
        {name: REQUEST.fields[name] for name in ("request_date", "facts", "identifiers", "keep_for")}
    ),
)

REFUSAL = replace(
    REQUEST,
    act="refuse",
    actor="requested",
    sender=RECIPIENT,
    parties=MappingProxyType({}),
    dossier=REQUEST.id,
    after=(REQUEST.id,),
    form=None,
    fields=MappingProxyType({}),
    refusal=RefusalRef("sovereignty", "27(4)(b)", Text("请求涉及国家安全机构的系统。", "zh")),
    note=Text("We regret.", "en"),
    exhibits=ExhibitListRef("ab" * 32, 1204, 2_147_483_648),
    concerns=(Concerns("cd" * 32, "ef" * 32),),
)


def long_act(languages: tuple[str, ...] = ("en", "zh")) -> Act:
    """An act of about three pages."""
    paragraphs = "\n".join(
        f"{n}. {FACTS} 三个租用服务器上的邮箱收到了副本，其中包含患者记录与内部通信。" for n in range(1, 16)
    )
    fields = {
        **REQUEST.fields,
        "facts": {"text": paragraphs, "language": "en"},
        "identifiers": [
            {"kind": "email-address", "value": f"account-{n}@mail.example", "time": "2026-11-20T03:14:00Z"}
            for n in range(24)
        ],
    }
    return replace(REQUEST, fields=MappingProxyType(fields), languages=languages)
