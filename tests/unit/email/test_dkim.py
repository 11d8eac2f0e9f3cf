"""E-mails signed by DKIM: a library that is not ours verifies them; the vectors are the standards' own."""

from base64 import b64decode, b64encode
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import dkim
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1
from cryptography.hazmat.primitives.asymmetric.ec import generate_private_key as ec_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key as rsa_key

from adapters.email.carrier import SmtpCarrier
from adapters.email.dkim import SIGNED, Signer, load_signer, relaxed, relaxed_body
from adapters.email.message import message_of
from bot.ports import Email
from bot.postbox import Sender
from bot.settings import SettingsError
from tests.rig.mail_server import MailServer, dkim_key, mail_server, postbox

US = Sender("Forum Exemple, équipe", "aide", "exemple.fr")
MAIL = Email(
    to="tom@ailleurs.example",
    subject="Un mot de l'équipe du forum : ça compte, œuvre après œuvre",
    text="Bonjour,  \n\n.\n..\n\tà très vite, <Léa> & l'équipe \n\n\n",
    token="0123456789abcdef01234567",
    locale="fr",
    at=datetime(2026, 3, 24, 3, 14, tzinfo=UTC),
)
KEYS: dict[str, RSAPrivateKey | Ed25519PrivateKey] = {
    "rsa": rsa_key(65537, 2048),
    "ed25519": Ed25519PrivateKey.generate(),
}
BOTH = pytest.mark.parametrize("kind", KEYS)


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as one:
        yield one


def signer(kind: str) -> Signer:
    return Signer("exemple.fr", "cellule", KEYS[kind])


def verified(raw: bytes, kind: str) -> bool:
    name, value = signer(kind).record
    found = {f"{name}.".encode(): value.encode()}
    return bool(dkim.verify(raw, dnsfunc=lambda asked, timeout=5: found.get(asked)))  # noqa: ARG005


def letter(kind: str = "ed25519") -> bytes:
    return signer(kind).signed(message_of(MAIL, US).as_bytes())


@BOTH
async def test_it_signs_what_the_server_takes(server: MailServer, kind: str) -> None:
    await SmtpCarrier(postbox(server), US, signer(kind)).send(MAIL)
    [taken] = server.taken
    assert verified(taken.raw, kind)
    assert taken.part("plain").strip() == MAIL.text.strip()
    assert max(map(len, taken.raw.split(b"\r\n"))) <= 998  # octets of a line (RFC 5322, 2.1.1)


async def test_it_signs_nothing_without_a_key(server: MailServer) -> None:
    await SmtpCarrier(postbox(server), US).send(MAIL)
    assert "DKIM-Signature" not in server.taken[0].message


@BOTH
def test_it_survives_what_relays_do(kind: str) -> None:
    relayed = letter(kind).replace(b"To: tom", b"TO:\r\n\t tom")
    relayed = relayed.replace(b"\r\n\r\n", b"\r\nX-Seen: 1\r\n\r\n", 1)
    assert verified(b"Received: by relay.example\r\n" + relayed + b"\r\n\r\n", kind)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"Bonjour", b"Bonsoir"),
        (b"tom@", b"zoe@"),
        (b"aide+0123", b"autre+0123"),
        (b"2026 03:14", b"2026 03:15"),
        (b"text/plain", b"text/html"),
        (b"\r\n\r\n", b"\r\nSubject: Autre chose\r\n\r\n"),
        (b"\r\n\r\n", b"\r\nFrom: <autre@ailleurs.example>\r\n\r\n"),
    ],
)
def test_it_shows_what_was_changed_or_added(before: bytes, after: bytes) -> None:
    assert before in letter()
    assert not verified(letter().replace(before, after, 1), "ed25519")


@pytest.mark.parametrize("name", SIGNED)
def test_it_lets_nothing_that_it_signs_stand_twice(name: bytes) -> None:
    assert not verified(name + b": x\r\n" + letter(), "ed25519")


def test_it_signs_all_that_the_message_says_of_itself() -> None:
    assert {name.lower().encode() for name in message_of(MAIL, US)} == set(SIGNED)


def test_it_takes_away_what_relays_may_change() -> None:
    """The example of RFC 6376, 3.4.5."""
    assert [relaxed(line) for line in (b"A: X", b"B : Y\t\tZ  ")] == [(b"a", b"X"), (b"b", b"Y Z")]
    assert relaxed_body(b" C \r\nD \t E\r\n\r\n\r\n") == b" C\r\nD E\r\n"
    assert relaxed_body(b"\r\n\r\n") == b""


def test_it_knows_the_keys_and_the_text_of_rfc_8463() -> None:
    """Appendix A: the private and public key, and what is said of the body (`bh`)."""
    seed = b64decode("nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=")
    one = Signer("football.example.com", "brisbane", Ed25519PrivateKey.from_private_bytes(seed))
    assert one.record == (
        "brisbane._domainkey.football.example.com",
        "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
    )
    body = b"Hi.\r\n\r\nWe lost the game.  Are you hungry yet?\r\n\r\nJoe.\r\n"
    told = b64encode(sha256(relaxed_body(body)).digest())
    assert told == b"2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8="


@BOTH
def test_it_reads_its_key_from_a_file(tmp_path: Path, kind: str) -> None:
    loaded = load_signer(dkim_key(tmp_path, KEYS[kind]), "cellule", "exemple.fr")
    assert loaded.record == signer(kind).record
    assert "key" not in repr(loaded)


def no_key(folder: Path) -> Path:
    file = folder / "none.pem"
    file.write_text("-----BEGIN PRIVATE KEY-----\nbm90aGluZw==\n-----END PRIVATE KEY-----\n", "ascii")
    return file


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (lambda folder: folder / "nowhere.pem", "dkim_unread"),
        (no_key, "dkim_unfit"),
        (lambda folder: dkim_key(folder, rsa_key(65537, 1024)), "dkim_unfit"),
        (lambda folder: dkim_key(folder, ec_key(SECP256R1())), "dkim_unfit"),
        (lambda folder: dkim_key(folder, KEYS["rsa"], password="invented"), "dkim_unfit"),
    ],
)
def test_it_takes_no_key_that_is_away_weak_or_sealed(tmp_path: Path, file, code: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_signer(file(tmp_path), "cellule", "exemple.fr")
    [(found, _params)] = caught.value.problems
    assert found == code
