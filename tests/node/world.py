"""A partner that exists only as keys and values, and the acts that it exchanges with the node under test."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from comity.acts.act import Act, RouteRef, Text
from comity.acts.making import SignedAct, make_act
from comity.acts.office import Office
from comity.acts.signing import OfficeSigner
from comity.acts.timestamp import LocalTimeAuthority
from comity.acts.wordbook import Wordbook
from comity.exchange.envelope import open_envelope, seal
from comity.exchange.parcel import Item, Parcel
from comity.node import law
from comity.node.home import FILE, Home, read_home
from comity.node.keys import describe_office, load_keys

NOW = datetime.now(UTC).replace(microsecond=0)
GHANA, FRANCE, HOSTING = "gh/practice-prosecutor", "fr/practice-central-authority", "fr/practice-hosting"


@dataclass(frozen=True)
class Partner:
    """An office that exists only as values: it signs, seals and opens, without a database."""

    home: Home

    @property
    def office(self) -> Office:
        return describe_office(self.home, load_keys(self.home))

    def make(self, act: Act, at: datetime = NOW) -> SignedAct:
        offices = {home.office: describe_office(home, load_keys(home)) for home in self.all}
        return make_act(act, signer(self.home, at), words(), offices)

    @property
    def all(self) -> tuple[Home, ...]:
        return tuple(read_home(folder) for folder in self.home.path.parent.iterdir() if (folder / FILE).is_file())

    def send(self, to: Home, *acts: SignedAct, items: tuple[Item, ...] = ()) -> bytes:
        """Return an envelope with acts and other items."""
        parcel = Parcel((*(Item("act", f"{made.act.id[:16]}.pdf", made.pdf) for made in acts), *items))
        return seal(parcel, self.home.office, describe_office(to, load_keys(to)))

    def open(self, envelope: bytes) -> Parcel:
        return open_envelope(envelope, self.home.office, load_keys(self.home).envelope_keys)


def signer(home: Home, at: datetime) -> OfficeSigner:
    keys = load_keys(home)
    key, time_key = (load_pem_private_key(pem, None) for pem in (keys.signing_key, keys.time_key))
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    assert isinstance(time_key, ec.EllipticCurvePrivateKey)
    time = LocalTimeAuthority(time_key, x509.load_pem_x509_certificate(keys.time_certificate), lambda: at)
    return OfficeSigner(key, x509.load_pem_x509_certificate(keys.signing_certificate), time)


@lru_cache
def words() -> Wordbook:
    return law.wordbook()


REQUEST = Act(
    procedure="budapest-preservation",
    act="send",
    actor="requesting",
    sender=GHANA,
    parties={"requesting": GHANA, "requested": FRANCE},
    made_at=NOW,
    reference="PV-1",
    subject=Text("Intrusion at the harbour office", "en"),
    route=RouteRef("budapest", "29", "preserve", "network-24-7"),
    languages=("en", "zh"),
)
"""An opening request, as Ghana sends it."""


def following(opening: Act, step: str, sender: str, actor: str, *after: Act, at: datetime = NOW) -> Act:
    """Return an act that follows others in the dossier that `opening` opened."""
    return replace(
        opening,
        act=step,
        actor=actor,
        sender=sender,
        parties={},
        route=None,
        dossier=opening.id,
        after=tuple(sorted(each.id for each in after)),
        made_at=at,
    )
