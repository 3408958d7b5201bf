"""Three offices, a directory, ledgers and vault as values, and the court package of a dossier in which evidence crossed twice."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from comity.acts.act import Act, RouteRef, Text
from comity.acts.making import make_act
from comity.acts.office import Office
from comity.acts.signing import OfficeSigner
from comity.acts.timestamp import LocalTimeAuthority
from comity.court.packing import Contents, PackedAct, PackedEvent, write_package
from comity.evidence.acquire import acquire
from comity.evidence.custody import CustodyEvent
from comity.evidence.exhibit import ExhibitList
from comity.evidence.vault import FolderVault
from comity.exchange.charter import State, found_directory
from comity.exchange.charter import signer as tuf_signer
from comity.exchange.directory import open_directory
from comity.exchange.keys import OfficeKeys
from comity.exchange.publishing import publish
from comity.exchange.receipt import Receipt, ReceivedAct, sign_receipt
from comity.exchange.sources import mapping_source
from comity.lawbook import Lawbook, open_lawbook
from comity.ledger.checkpoint import open_checkpoint
from comity.ledger.cosignature import WitnessSigner
from comity.ledger.entry import entry
from comity.ledger.history import make_checkpoint, make_proof
from comity.ledger.merkle import append_many, leaf_hash
from comity.ledger.note import NoteSigner, NoteVerifier
from comity.node.home import Home, make_home
from comity.node.keys import create_keys, describe_office

NOW = datetime(2026, 11, 24, 9, 12, tzinfo=UTC)
GHANA, FRANCE, HOSTING = "gh/practice-prosecutor", "fr/practice-central-authority", "fr/practice-hosting"


class Log:
    """An office's ledger in memory, cosigned by the others."""

    def __init__(self, office: str, key: Ed25519PrivateKey, witnesses: Sequence[WitnessSigner]) -> None:
        self.signer = NoteSigner(office, key)
        self.witnesses = witnesses
        self.hashes: list[bytes] = []
        self.size = 0

    def read(self, positions: Sequence[int]) -> list[bytes]:
        return [self.hashes[position] for position in positions]

    def enter(self, kind: str, digest: str) -> int:
        self.hashes += append_many(self.size, [leaf_hash(entry(kind, digest))], self.read)
        self.size += 1
        return self.size - 1

    def prove(self, index: int, at: datetime) -> bytes:
        signed = make_checkpoint(self.size, self.read, self.signer)
        text = open_checkpoint(signed, NoteVerifier.parse(self.signer.vkey)).encode()
        cosigned = signed + b"".join(witness.cosign(text, at).encode() for witness in self.witnesses)
        return make_proof(index, cosigned, self.read).encode()


@dataclass
class World:
    """What a court package is made of; change a value of it and write the package to see what the verifier says."""

    root: bytes
    offices: dict[str, Office]
    keys: dict[str, OfficeKeys]
    files: dict[str, bytes]
    logs: dict[str, Log]
    vault: FolderVault
    lawbook: Lawbook
    exhibits: ExhibitList
    contents: Contents
    extra: dict[str, object] = field(default_factory=dict)

    def sign(self, act: Act) -> bytes:
        keys = self.keys[act.sender]
        key, time_key = (load_pem_private_key(pem, None) for pem in (keys.signing_key, keys.time_key))
        assert isinstance(key, ec.EllipticCurvePrivateKey)
        assert isinstance(time_key, ec.EllipticCurvePrivateKey)
        time = LocalTimeAuthority(time_key, x509.load_pem_x509_certificate(keys.time_certificate), lambda: act.made_at)
        signer = OfficeSigner(key, x509.load_pem_x509_certificate(keys.signing_certificate), time)
        return make_act(act, signer, self.lawbook.wordbook, self.offices).pdf

    def pack(self, act: Act) -> PackedAct:
        log = self.logs[GHANA]
        index = log.enter("act", act.id)
        return PackedAct(act, self.sign(act), log.prove(index, act.made_at))

    def hold(self, event: CustodyEvent) -> PackedEvent:
        log = self.logs[event.office]
        index = log.enter("custody", event.sha256)
        return PackedEvent(event, log.prove(index, event.at))

    def log(self, manifest: str) -> bytes:
        log = self.logs[GHANA]
        return log.prove(log.enter("package", manifest), NOW + timedelta(hours=2))

    def write(self, out: Path, contents: Contents | None = None, log: Callable[[str], bytes] | None = None) -> Path:
        return write_package(contents or self.contents, self.vault, out, log or self.log)


def make_world(folder: Path, evidence: dict[str, bytes]) -> World:
    homes = {
        GHANA: Home(folder / "gh", GHANA, "GH", {"en": "Practice Prosecutor", "zh": "演练检察院"}, ("requesting",)),
        FRANCE: Home(
            folder / "fr", FRANCE, "FR", {"en": "Practice Central Authority"}, ("requested", "requesting"), ("fr", "en")
        ),
        HOSTING: Home(folder / "host", HOSTING, "FR", {"en": "Practice Hosting"}, ("provider",)),
    }
    keys = {office: create_keys(make_home(home), NOW) for office, home in homes.items()}
    offices = {office: describe_office(homes[office], keys[office]) for office in homes}
    files = _directory(offices)
    root = files["1.root.json"]
    assert open_directory(mapping_source(files), root, NOW).office(FRANCE) == offices[FRANCE]
    witnesses = {office: WitnessSigner(f"{office}/witness", keys[office].witness_key) for office in homes}
    logs = {
        office: Log(
            office, keys[office].ledger_key, [witness for other, witness in witnesses.items() if other != office]
        )
        for office in homes
    }
    source = folder / "source"
    for name, data in evidence.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_bytes(data)
    vault = FolderVault(folder / "vault")
    exhibits = acquire(source, vault, title="Mailbox").list
    empty = Contents(GHANA, NOW, (), (), (), {}, {}, {})
    world = World(root, offices, keys, files, logs, vault, open_lawbook(), exhibits, empty)
    world.contents = _contents(world)
    return world


def _directory(offices: dict[str, Office]) -> dict[str, bytes]:
    keys = {
        code: (tuf_signer(Ed25519PrivateKey.generate()), tuf_signer(Ed25519PrivateKey.generate()))
        for code in ("gh", "fr")
    }
    operator = tuf_signer(Ed25519PrivateKey.generate())
    states = [State(code, own, root) for code, (own, root) in keys.items()]
    files = found_directory(states, operator, NOW)
    return publish(files, list(offices.values()), {code: own for code, (own, _) in keys.items()}, operator, NOW)


def _contents(world: World) -> Contents:
    acts = dossier_acts(world.exhibits)
    packed = tuple(world.pack(act) for act in acts)
    receipt = Receipt("ab" * 32, FRANCE, NOW + timedelta(minutes=1), (ReceivedAct(acts[0].id, "stored"),))
    return Contents(
        made_by=GHANA,
        made_at=NOW + timedelta(hours=2),
        acts=packed,
        lists=(world.exhibits,),
        custody=tuple(world.hold(event) for event in custody_events(world.exhibits.sha256)),
        receipts={f"{acts[0].id[:16]}.receipt": sign_receipt(receipt, world.logs[FRANCE].signer)},
        directory=world.files,
        offices=world.offices,
    )


def dossier_acts(exhibits: ExhibitList) -> list[Act]:
    opening = Act(
        procedure="budapest-production",
        act="send-production-request",
        actor="requesting",
        sender=GHANA,
        parties={"requesting": GHANA, "requested": FRANCE},
        made_at=NOW,
        reference="PV-1",
        subject=Text("Mailbox of a phishing server", "en"),
        route=RouteRef("budapest", "31", "content", "central-authority"),
    )
    acts = [opening]
    steps = [("acknowledge", FRANCE), ("accept", FRANCE), ("produce", FRANCE), ("confirm-receipt", GHANA)]
    for minute, (step, sender) in enumerate(steps, 1):
        acts.append(
            replace(
                opening,
                act=step,
                actor="requested" if sender == FRANCE else "requesting",
                sender=sender,
                parties={},
                route=None,
                dossier=opening.id,
                after=(acts[-1].id,),
                made_at=NOW + timedelta(minutes=minute),
                exhibits=exhibits.ref() if step == "produce" else None,
            )
        )
    return acts


def custody_events(name: str) -> list[CustodyEvent]:
    steps = [
        ("acquired", HOSTING, None),
        ("handed-over", HOSTING, FRANCE),
        ("received", FRANCE, None),
        ("handed-over", FRANCE, GHANA),
        ("received", GHANA, None),
    ]
    events: list[CustodyEvent] = []
    for minute, (kind, office, to) in enumerate(steps):
        previous = events[-1].sha256 if events else None
        events.append(CustodyEvent(kind, name, office, NOW + timedelta(minutes=minute), "comity test", previous, to=to))
    return events
