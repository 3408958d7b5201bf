"""age files: what the vectors expect, what other implementations read and write, and what a change of any byte does."""

import hashlib
import io
import shutil
import subprocess
import zlib
from dataclasses import dataclass
from pathlib import Path

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.evidence import age
from comity.evidence.age import bech32
from comity.evidence.age.armor import is_armored
from comity.evidence.age.files import ROW
from comity.evidence.age.payload import CHUNK

STAGES = {
    "no match": age.AgeNoMatchError,
    "HMAC failure": age.AgeMacError,
    "header failure": age.AgeHeaderError,
    "payload failure": age.AgePayloadError,
    "armor failure": age.AgeArmorError,
}


@dataclass
class Vector:
    expect: str
    payload: str
    identities: list[str]
    passphrase: bool
    data: bytes


def read_vector(path: Path) -> Vector:
    head, _, data = path.read_bytes().partition(b"\n\n")
    lines = [line.partition(": ")[::2] for line in head.decode().splitlines()]
    values = dict(lines)
    if values.get("compressed") == "zlib":
        data = zlib.decompress(data)
    identities = [value for name, value in lines if name == "identity"]
    return Vector(values["expect"], values.get("payload", ""), identities, "passphrase" in values, data)


def open_all(vector: Vector) -> bytes:
    """Decrypt, and hash what was released also when it ends in an error."""
    released = hashlib.sha256()
    try:
        for chunk in age.decrypt_stream(io.BytesIO(vector.data), vector.identities):
            released.update(chunk)
    except age.AgePayloadError:
        assert released.hexdigest() == vector.payload
        raise
    return released.hexdigest().encode()


def test_every_vector_is_accepted_or_refused_at_the_stage_it_names(shared_data: Path) -> None:
    vectors = {path.name: read_vector(path) for path in sorted((shared_data / "age/testkit").iterdir())}
    assert len(vectors) >= 35
    for name, vector in vectors.items():
        if vector.passphrase:  # Comity has no passphrases: such a file is for nobody here, or malformed
            with pytest.raises((age.AgeNoMatchError, age.AgeHeaderError)):
                open_all(vector)
        elif vector.expect == "success":
            assert open_all(vector).decode() == vector.payload, name
        else:
            with pytest.raises(STAGES[vector.expect]):
                open_all(vector)


def test_the_examples_of_age_itself_open(shared_data: Path) -> None:
    identities = age.read_identities((shared_data / "age/examples/example_keys.txt").read_text())
    for name in ("example.age", "example.zip.age"):
        assert age.decrypt((shared_data / "age/examples" / name).read_bytes(), identities)


SIZES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, ROW, ROW + 1, 2 * ROW]


@pytest.mark.parametrize("size", SIZES)
def test_bytes_and_streams_come_back_as_they_were(size: int, identity: str, recipient: str) -> None:
    data = hashlib.shake_128(b"exhibit").digest(size)
    streamed = io.BytesIO()
    age.encrypt_stream(io.BytesIO(data), streamed, [recipient])
    assert age.decrypt(streamed.getvalue(), [identity]) == data
    assert age.decrypt(age.encrypt(data, [recipient]), [identity]) == data
    assert len(age.encrypt(data, [recipient])) == len(streamed.getvalue())


@given(data=st.binary(max_size=3 * CHUNK))
@settings(max_examples=25, deadline=None)
def test_pyrage_reads_what_we_write_and_we_read_what_it_writes(data: bytes) -> None:
    theirs = pyrage.x25519.Identity.generate()
    assert pyrage.decrypt(age.encrypt(data, [str(theirs.to_public())]), [theirs]) == data
    assert age.decrypt(pyrage.encrypt(data, [theirs.to_public()]), [str(theirs)]) == data


def test_armored_files_of_pyrage_open() -> None:
    theirs = pyrage.x25519.Identity.generate()
    text = pyrage.encrypt(b"exhibit", [theirs.to_public()], armored=True)
    assert is_armored(text)
    assert age.decrypt(text, [str(theirs)]) == b"exhibit"


@pytest.mark.skipif(not shutil.which("age"), reason="the command age is not installed")
def test_the_command_age_reads_what_we_write_and_we_read_what_it_writes(tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    subprocess.run(["age-keygen", "-o", keys], check=True, capture_output=True)
    identities = age.read_identities(keys.read_text())
    data = hashlib.shake_128(b"exhibit").digest(200_000)
    ours = age.encrypt(data, [identities[0].recipient()])
    opened = subprocess.run(["age", "-d", "-i", keys], input=ours, capture_output=True, check=True)
    assert opened.stdout == data
    theirs = subprocess.run(["age", "-r", identities[0].recipient()], input=data, capture_output=True, check=True)
    assert age.decrypt(theirs.stdout, identities) == data


def test_a_file_for_two_offices_opens_for_each_and_for_nobody_else(identity: str, recipient: str) -> None:
    other = age.generate_identity()
    sealed = age.encrypt(b"exhibit", [recipient, age.recipient_of(other)])
    assert age.decrypt(sealed, [identity]) == age.decrypt(sealed, [other]) == b"exhibit"
    with pytest.raises(age.AgeNoMatchError):
        age.decrypt(sealed, [age.generate_identity()])


@pytest.mark.parametrize("size", SIZES)
def test_decrypting_into_given_memory_gives_the_same(size: int, identity: str, recipient: str) -> None:
    data = hashlib.shake_128(b"exhibit").digest(size)
    sealed = memoryview(age.encrypt(data, [recipient]))
    out = memoryview(bytearray(size))
    assert age.decrypt_into(sealed, [identity], out) == size
    assert out == data
    if size:
        with pytest.raises(age.AgePayloadError):
            age.decrypt_into(sealed, [identity], out[:-1])


def both_ways(sealed: bytes, identity: str) -> None:
    """Decrypt in both ways; both must refuse, and in the same way."""
    with pytest.raises(age.AgeError) as one:
        age.decrypt(sealed, [identity])
    with pytest.raises(age.AgeError) as other:
        age.decrypt_into(memoryview(sealed), [identity], memoryview(bytearray(len(sealed))))
    assert type(one.value) is type(other.value)
    raise one.value


def test_any_changed_byte_and_any_cut_is_refused(identity: str, recipient: str) -> None:
    sealed = age.encrypt(b"exhibit" * 100, [recipient])
    for at in (*range(0, 60), *range(60, len(sealed), 37), len(sealed) - 1):
        changed = bytearray(sealed)
        changed[at] ^= 1
        with pytest.raises(age.AgeError):
            both_ways(bytes(changed), identity)
    for end in range(0, len(sealed), 97):
        with pytest.raises(age.AgeError):
            both_ways(sealed[:end], identity)
    with pytest.raises(age.AgePayloadError):
        both_ways(sealed + b"\0", identity)
    two_chunks = age.encrypt(bytes(CHUNK + 1), [recipient])
    for end in (17, 18, 1):  # without the last chunk, without its last byte, and with a tag alone
        with pytest.raises(age.AgePayloadError):
            both_ways(two_chunks[:-end], identity)


def test_a_hybrid_recipient_beside_a_weaker_one_is_refused(recipient: str) -> None:
    weak = str(pyrage.x25519.Identity.generate().to_public())
    with pytest.raises(age.AgeKeyError, match="all of one strength"):
        age.encrypt(b"", [recipient, weak])
    with pytest.raises(age.AgeKeyError):
        age.encrypt(b"", [])


@pytest.mark.parametrize(
    "text", ["", "age1", "ssh-ed25519 AAAA", "age1tag1qt8lw0ual6avlwmwatk888yqnmdamm7xfd0wak53ut6elz5c4swx2yqdj4e"]
)
def test_what_is_no_recipient_is_refused(text: str) -> None:
    with pytest.raises(age.AgeKeyError):
        age.parse_recipient(text)


def test_a_changed_identity_is_refused_without_being_repeated(identity: str) -> None:
    with pytest.raises(age.AgeKeyError) as refused:
        age.parse_identity(identity[:-1] + ("Q" if identity[-1] != "Q" else "P"))
    assert identity[:-1] not in refused.value.diagnostics()
    with pytest.raises(age.AgeKeyError):
        age.parse_identity(identity.lower())


@given(prefix=st.sampled_from(["age", "age1pq", "age-secret-key-pq-"]), data=st.binary(max_size=1300))
@settings(max_examples=50, deadline=None)
def test_bech32_round_trips(prefix: str, data: bytes) -> None:
    text = bech32.encode(prefix, data)
    assert bech32.decode(text) == bech32.decode(text.upper()) == (prefix, data)


def test_the_identity_of_the_specification_gives_its_recipient() -> None:
    identity = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"
    assert age.recipient_of(identity) == "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"
    hybrid = "AGE-SECRET-KEY-PQ-1XX76JRALNLXDMEW0CRK45QMCCH4X06SE84UN3VPM33W6HWDX0H3SK3ZQFR"
    recipient = age.recipient_of(hybrid)
    assert recipient.startswith("age1pq1x34nzsvr0rxjsgdn8zgyhfe8j7ceq5r9rdelkjuh3y235jzxshfg87pzf5z")
    assert recipient.endswith("heyty7saeq0d3fzv49zc0k")  # with the checksum over all of it
