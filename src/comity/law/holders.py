"""Who holds the data behind an identifier or of a service, and by which routes that state can be asked.

The answer is a list of choices. One is `met` only where the identifier itself, or the region of the user, leaves no other;
where several entities share a service and the region is not stated, each is `unknown`. Nobody is guessed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from comity.law.answer import MET, UNSURE, Answer
from comity.law.binding import eu_member
from comity.law.facts import Facts
from comity.law.holder_rules import Entity, Holder
from comity.law.identifiers import Identifier, UnusableIdentifierError, recognise
from comity.law.question import Question, UnknownStateError
from comity.law.routes import routes
from comity.law.words import NOTHING, Words

EEA_BESIDES = frozenset({"IS", "LI", "NO"})
EEA_SINCE = date(1994, 1, 1)
CATEGORY = {"subscriber": "subscriber", "traffic": "traffic", "content": "content", "domain-registration": "subscriber",
            "realtime-traffic": "traffic", "interception": "content"}  # fmt: skip
HELD_BY = {"registrar": "registrar", "registry": "registrar", "payment": "bank", "exchange": "company"}
SERVICE, REGISTRY, ISSUER = "service", "registry", "issuer"

OF_REGION = Words("It holds the data of users in that region.", "持有该地区用户的数据。")
ONLY = Words("The only entity known for this service.", "该服务已知的唯一实体。")
REGION_OPEN = Words(
    "Which entity holds the data depends on the user’s region: state it.", "由哪一实体持有取决于用户所在地区：请说明。"
)
NOT_NAMED = Words(
    "No entity is known for this region; this one may hold the data.", "未见该地区的实体；可能由此实体持有。"
)
WEAK = Words("The source is weak: check the entity before anything is sent.", "来源不足：发送前须核实实体。")
ZONE = Words(
    "It keeps the zone, not the user: it names the registrar, which knows the registrant.",
    "仅管理域名区，不掌握用户：可查明注册商，注册人信息在注册商处。",
)
BLOCK = Words(
    "It keeps the register of addresses, not the users: it names the network, which knows its customers. Blocks move between "
    "registries: look the address up.",
    "仅管理地址登记，不掌握用户：可查明所属网络，用户信息在该网络处。地址段会在注册机构间转移，须查询。",
)
ISSUES = Words(
    "It holds nothing of the user, but may freeze its token at this address.",
    "不持有用户数据，但可冻结该地址上的自有代币。",
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One entity that holds the data, or may hold them.

    Attributes:
        role: service (it holds the user's data) | registry | issuer (it only points on, or can freeze).
        verdict: met | unknown.
        accepts: category -> what the entity takes for it.
    """

    holder: Holder
    entity: Entity
    role: str
    verdict: str
    reason: Words
    accepts: Mapping[str, Words]


@dataclass(frozen=True, slots=True)
class HolderAnswer:
    """Who holds the data.

    Attributes:
        certain: whether one choice is met that holds the data of the user.
        states: states that the identifier itself points to (numbering plan, IBAN); seldom where the holder is.
        unknown: what would settle it: user_region, service, operator, bank, mail-host, exchange, network, registrar.
        notes: what has to be known about this kind of identifier.
    """

    identifier: Identifier
    on: date
    as_of: date
    user_region: str | None
    choices: tuple[Choice, ...]
    states: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    notes: tuple[Words, ...] = ()
    certain: bool = field(init=False)

    def __post_init__(self) -> None:
        certain = any(choice.role == SERVICE and choice.verdict == MET for choice in self.choices)
        object.__setattr__(self, "certain", certain)


def find_holder(
    facts: Facts, value: str, on: date, *, user_region: str | None = None, service: str | None = None
) -> HolderAnswer:
    """Say who holds the data behind an identifier.

    Args:
        facts: of the lawbook.
        value: a service, e-mail address, name, URL, number, IP address, address on a chain, IBAN or @handle.
        on: the day for which it is asked.
        user_region: state where the user is; None: unknown. The number of a telephone is no proof of it.
        service: the service that the identifier is used with, such as `telegram` for a number.

    Raises:
        UnusableIdentifierError: the identifier is empty or too long, or the service is not known.
        UnknownStateError: the region is no state.
    """
    if user_region is not None and user_region not in facts.states:
        raise UnknownStateError(
            f"'{user_region}' is no state of the lawbook.", remedy="Use a code of two letters, such as NL."
        )
    finder = _Finder(facts, recognise(value, facts.holders), on, user_region)
    if service is not None:
        finder.use_service(service)
    else:
        FINDERS[finder.identifier.kind](finder)
    return HolderAnswer(
        identifier=finder.identifier,
        on=on,
        as_of=facts.as_of,
        user_region=user_region,
        choices=tuple(finder.choices),
        states=finder.states,
        unknown=tuple(dict.fromkeys(finder.unknown)),
        notes=tuple(finder.notes),
    )


class _Finder:
    """Gathers choices, notes and what is unknown for one identifier."""

    def __init__(self, facts: Facts, identifier: Identifier, on: date, user_region: str | None) -> None:
        self.facts = facts
        self.rules = facts.holders
        self.identifier = identifier
        self.on = on
        self.user_region = user_region
        self.choices: list[Choice] = []
        self.states: tuple[str, ...] = ()
        self.unknown: list[str] = []
        self.notes: list[Words] = []

    def use_service(self, service: str) -> None:
        """Take the holder of the named service."""
        name = self.rules.by_alias.get(service.strip().casefold())
        if name is None:
            raise UnusableIdentifierError(
                f"'{service}' is no service of the lawbook.",
                remedy=f"Use one of {', '.join(sorted(self.rules.holders))}.",
            )
        self.of_holder(name)
        if self.identifier.kind == "phone":
            self.states = _states_of_number(self)

    def of_holder(self, name: str, role: str = SERVICE, reason: Words = NOTHING) -> None:
        """Add the entities of a holder."""
        self.choices.extend(self._choices(self.rules.holders[name], role, reason))
        if (
            any(choice.verdict == UNSURE for choice in self.choices if choice.holder.id == name)
            and self.user_region is None
        ):
            several = len([entity for entity in self.rules.holders[name].entities if entity.users_of]) > 1
            self.unknown += ["user_region"] if several and role == SERVICE else []
        if role == SERVICE and self.rules.holders[name].confidence == "low":
            self.unknown.append(f"fact:holder:{name}")

    def _choices(self, holder: Holder, role: str, reason: Words) -> Iterator[Choice]:
        entities = [entity for entity in holder.entities if entity.users_of]
        chosen = self._of_region(entities)
        for entity in [chosen] if chosen else entities:
            sure = holder.confidence != "low" and bool(entity.name and entity.state)
            certain = sure and (chosen is not None or (len(entities) == 1 and entity.users_of == ("world",)))
            why = reason or self._reason(chosen is not None, entity, sure)
            yield Choice(holder, entity, role, MET if certain else UNSURE, why, self._accepts(holder, entity))

    def _reason(self, chosen: bool, entity: Entity, sure: bool) -> Words:
        if not sure:
            return WEAK
        if entity.users_of == ("world",):
            return ONLY
        return OF_REGION if chosen else NOT_NAMED if self.user_region else REGION_OPEN

    def _of_region(self, entities: list[Entity]) -> Entity | None:
        """Return the entity of the user's region: the state itself goes before a group, a group before the rest."""
        region = self.user_region
        if region is None:
            return None
        member = eu_member(self.facts, region, self.on)
        names = [region]
        names += ["eu"] if member else []
        names += ["eea"] if (member or region in EEA_BESIDES) and self.on >= EEA_SINCE else []
        for name in (*names, "rest", "world"):
            for entity in entities:
                if name in entity.users_of:
                    return entity
        return None

    def _accepts(self, holder: Holder, entity: Entity) -> Mapping[str, Words]:
        state = entity.state
        inside = state is not None and (eu_member(self.facts, state, self.on) or state in EEA_BESIDES)
        return holder.accepts_eea if inside and holder.accepts_eea else holder.accepts

    def of_zone(self, name: str) -> None:
        """Add the registry of the zone of a name."""
        zone = self.rules.zones.get(name.rpartition(".")[2])
        self.unknown.append("registrar")
        if zone is not None:
            self.of_holder(zone, REGISTRY, ZONE)

    def service_of_name(self, name: str) -> str | None:
        """Return the holder whose service runs under the name, or under one that it belongs to."""
        labels = name.split(".")
        tails = (".".join(labels[start:]) for start in range(len(labels) - 1))
        return next((self.rules.by_domain[tail] for tail in tails if tail in self.rules.by_domain), None)


def _service(finder: _Finder) -> None:
    finder.of_holder(finder.rules.by_alias[finder.identifier.value.casefold()])


def _named(finder: _Finder) -> None:
    """A name, a URL or an e-mail address."""
    if finder.identifier.address is not None:
        _address(finder)
        return
    name = finder.identifier.name
    known = finder.service_of_name(name)
    if known is not None:
        finder.of_holder(known)
        return
    if finder.identifier.kind == "email":
        finder.unknown.append("mail-host")
        finder.notes.append(
            Words(
                "The name is of no service known here. A mail provider may host it: its MX record says which.",
                "该域名不属于已知服务，可能由某邮件服务商托管：查MX记录可知。",
            )
        )
    else:
        finder.unknown.append("host")
        finder.notes.append(
            Words(
                "Who hosts it is not in the name: its address says which network; a delivery network may stand before the host.",
                "域名本身不表明托管者：其IP地址指向所属网络；托管者之前可能有内容分发网络。",
            )
        )
    finder.of_zone(name)


def _address(finder: _Finder) -> None:
    address = finder.identifier.address
    if address is None:
        return
    if not address.is_global:
        finder.notes.append(
            Words(
                "This is no public address: only the network that uses it can tell whose it is.",
                "非公网地址：仅使用它的网络可查明归属。",
            )
        )
        finder.unknown.append("network")
        return
    finder.unknown.append("network")
    finder.notes.append(
        Words(
            "State the time with its zone and the source port: behind shared addresses they tell the user.",
            "请注明时间、时区与源端口：共享地址须据此确定用户。",
        )
    )
    for block, name in finder.rules.blocks:
        if address.version == block.version and address in block:
            finder.of_holder(name, REGISTRY, BLOCK)
            return
    finder.notes.append(
        Words(
            "Its block was given out before the registries, or is not listed: only a look-up (RDAP) tells the registry.",
            "其地址段早于注册机构分配或未收录：只能通过RDAP查询。",
        )
    )


def _phone(finder: _Finder) -> None:
    finder.states = _states_of_number(finder)
    finder.unknown += ["operator", "service"]
    finder.notes.append(
        Words(
            "The number names a numbering plan, not the operator: numbers move with the customer, and roam. The 24/7 contact "
            "point of the state can name the operator.",
            "号码仅表明编号计划，不表明运营商：可携号转网和漫游。可请该国24/7联络点查明运营商。",
        )
    )
    if not finder.states:
        finder.notes.append(Words("Its calling code is of no state listed here.", "其国家代码未对应所收录的国家。"))


def _states_of_number(finder: _Finder) -> tuple[str, ...]:
    digits, rules = finder.identifier.value.removeprefix("+"), finder.rules
    if digits.startswith("1"):
        state = rules.area_codes.get(digits[1:4])
        return (state,) if state else ()
    for length in (3, 2, 1):
        if digits[:length] in rules.calling_codes:
            return rules.calling_codes[digits[:length]]
    return ()


def _crypto(finder: _Finder) -> None:
    finder.unknown.append("exchange")
    finder.notes.append(
        Words(
            "Nobody holds the data of an address: trace where the value goes; the exchange that it reaches knows its customer.",
            "地址本身无数据持有人：追踪价值流向，所到达的交易所掌握其客户。",
        )
    )
    if not finder.identifier.proven:
        finder.notes.append(
            Words(
                "Only the form speaks for this chain; several chains may share it.",
                "仅格式相符；多条链可能共用该格式。",
            )
        )
    issuers = (name for form in finder.identifier.chains for name in finder.rules.issuers.get(form.id, ()))
    for name in dict.fromkeys(issuers):
        finder.of_holder(name, ISSUER, ISSUES)


def _iban(finder: _Finder) -> None:
    country = finder.identifier.value[:2]
    finder.states = (country,) if country in finder.facts.states else ()
    finder.unknown.append("bank")
    finder.notes.append(
        Words(
            "The account is kept in that state, by the bank whose code follows; the central bank’s list names it.",
            "账户开设于该国，由其后银行代码所示银行持有；可查该国银行代码表。",
        )
    )


def _handle(finder: _Finder) -> None:
    finder.unknown.append("service")
    finder.notes.append(Words("A handle says nothing without its service: name it.", "账号名须与服务一并说明。"))


def _unrecognised(finder: _Finder) -> None:
    finder.unknown.append("service")
    finder.notes.append(
        Words(
            "Neither a service known here nor an identifier of a known form. Name the service, or ask the 24/7 contact point.",
            "既非已知服务，也非已知格式的标识。请说明服务，或询问24/7联络点。",
        )
    )


FINDERS = {
    "service": _service,
    "email": _named,
    "domain": _named,
    "url": _named,
    "ip": _address,
    "phone": _phone,
    "crypto": _crypto,
    "iban": _iban,
    "handle": _handle,
    "unrecognised": _unrecognised,
}


def holder_routes(
    facts: Facts,
    choice: Choice,
    asking: str,
    measure: str,
    on: date,
    offence: str | None = None,
    circumstances: Mapping[str, object] | None = None,
) -> Answer | None:
    """Answer by which routes the state of the entity can be asked; None where it is not known, or is the asking state itself.

    Raises:
        UnusableQuestionError: a code or a circumstance cannot be used.
    """
    state = choice.entity.state
    if state is None or state == asking:
        return None
    known = {"data_holder": HELD_BY.get(choice.holder.kind, "provider"), "provider_state": state}
    return routes(facts, Question(asking, state, measure, offence, on, {**known, **(circumstances or {})}))
