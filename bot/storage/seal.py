"""What people wrote is kept encrypted: AES-256-GCM, one key a crisis, wrapped by a key made from the secret.

Erasing a crisis's key erases its words wherever they stand. Decision: `docs/adr/0003-sealing.md`.
"""

import hmac
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Connection, func, insert, select

from bot.storage.tables import key_check

KEY_BYTES = 32
NONCE_BYTES = 12  # NIST SP 800-38D recommends 96 bits


class WrongKey(Exception):
    """`CELLULE_SECRET_KEY` is not the secret that the database was written with."""

    def __init__(self) -> None:
        super().__init__(
            "CELLULE_SECRET_KEY cannot open this database: it was written with another secret. "
            "Put that one back; to change it, write the new one first and keep the old one: new,old. / "
            "CELLULE_SECRET_KEY n'ouvre pas cette base : elle a été écrite avec un autre secret. "
            "Remettez-le ; pour en changer, écrivez le nouveau d'abord et gardez l'ancien : nouveau,ancien."
        )


class Purpose(StrEnum):
    """What a key made from the secret is for; none does two things."""

    CRISIS_DATA_KEY = "crisis-data-key"
    OUTSIDE_A_CRISIS = "outside-a-crisis"
    KEY_CHECK = "key-check"
    LIKENESS = "likeness"


@dataclass(frozen=True)
class Key:
    """Seals with one key. `bound_to` names where a value stands: elsewhere it does not open."""

    raw: bytes = field(repr=False)

    @classmethod
    def new(cls) -> Self:
        """Make a random key."""
        return cls(AESGCM.generate_key(KEY_BYTES * 8))

    @cached_property
    def _cipher(self) -> AESGCM:
        return AESGCM(self.raw)

    def seal(self, value: bytes, *, bound_to: str) -> bytes:
        """Return the nonce, then the encrypted value with its tag."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, value, bound_to.encode())

    def open(self, sealed: bytes, *, bound_to: str) -> bytes:
        """Raises `InvalidTag` when the key is another, or the value was changed or moved."""
        return self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound_to.encode())


class Keyring:
    """The keys made from the secrets of `CELLULE_SECRET_KEY`, of which the first encrypts and all decrypt."""

    def __init__(self, secrets: Sequence[str]) -> None:
        if not secrets or not all(secrets):
            raise ValueError("a secret is missing")
        self._keys = {purpose: [_derived(secret, purpose) for secret in secrets] for purpose in Purpose}

    def seal(self, purpose: Purpose, value: bytes, *, bound_to: str) -> bytes:
        """Seal with the newest secret."""
        return self._keys[purpose][0].seal(value, bound_to=bound_to)

    def open(self, purpose: Purpose, sealed: bytes, *, bound_to: str) -> bytes:
        """Open with whichever secret fits. Raises `WrongKey`."""
        for key in self._keys[purpose]:
            try:
                return key.open(sealed, bound_to=bound_to)
            except InvalidTag:
                continue
        raise WrongKey

    def marks(self, value: bytes) -> Sequence[bytes]:
        """A keyed hash by each secret, the newest first: equal values have equal marks."""
        return [hmac.digest(key.raw, value, "sha256") for key in self._keys[Purpose.LIKENESS]]

    def wrap(self, key: Key, *, crisis: str) -> bytes:
        """Seal the key of a crisis."""
        return self.seal(Purpose.CRISIS_DATA_KEY, key.raw, bound_to=crisis)

    def unwrap(self, wrapped: bytes, *, crisis: str) -> Key:
        """Raises `WrongKey`."""
        return Key(self.open(Purpose.CRISIS_DATA_KEY, wrapped, bound_to=crisis))

    def _newest_opens(self, sealed: bytes) -> bool:
        try:
            self._keys[Purpose.KEY_CHECK][0].open(sealed, bound_to=Purpose.KEY_CHECK)
        except InvalidTag:
            return False
        return True

    def check(self, sealed: Sequence[bytes]) -> bool:
        """Whether the newest secret left one of these marks. Raises `WrongKey` for one that none opens."""
        for mark in sealed:
            self.open(Purpose.KEY_CHECK, mark, bound_to=Purpose.KEY_CHECK)
        return any(map(self._newest_opens, sealed))


def check_key(connection: Connection, keyring: Keyring) -> None:
    """Stop a start with a wrong secret: each that ever encrypted here left a mark, and all must still open.

    Commits the mark of a new secret. Raises `WrongKey`.
    """
    if not has_sealed_here(connection, keyring):
        mark = keyring.seal(Purpose.KEY_CHECK, b"cellule", bound_to=Purpose.KEY_CHECK)
        number = connection.scalar(select(func.count()).select_from(key_check))
        connection.execute(insert(key_check), {"number": number, "mark": mark})
        connection.commit()


def has_sealed_here(connection: Connection, keyring: Keyring) -> bool:
    """Whether the newest secret has encrypted in this database. Raises `WrongKey`."""
    return keyring.check(list(connection.scalars(select(key_check.c.mark))))


def _derived(secret: str, purpose: Purpose) -> Key:
    derivation = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=f"cellule/{purpose}".encode())
    return Key(derivation.derive(secret.encode()))
