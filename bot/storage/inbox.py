"""The interactions that were carried out, and their answers."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select

from bot.cards import Answer
from bot.storage.batch import Batch
from bot.storage.codec import ANSWERS
from bot.storage.tables import inbox
from bot.storage.vault import Vault

_ANSWER = select(inbox.c.answer).where(inbox.c.key == bindparam("key"))
_REMEMBER = insert(inbox)


class SqlInbox:
    """The inbox of one unit of work."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault
        self._batch = Batch(connection)

    def answer_to(self, key: str) -> Answer | None:
        self.flush()
        sealed = self._connection.scalar(_ANSWER, {"key": key})
        opened = sealed and self._vault.open(None, sealed, column=_column(key))
        return ANSWERS.validate_json(opened) if opened else None

    def remember(self, key: str, answer: Answer, *, at: datetime) -> None:
        sealed = self._vault.seal(None, ANSWERS.dump_json(answer), column=_column(key))
        self._batch.add(_REMEMBER, {"key": key, "answer": sealed, "at": at})

    def forget_before(self, at: datetime) -> None:
        self.flush()
        self._connection.execute(delete(inbox).where(inbox.c.at < at))

    def flush(self) -> None:
        """Write what was remembered."""
        self._batch.flush()


def _column(key: str) -> str:
    """An answer opens only under its own key."""
    return f"inbox.answer:{key}"
