"""What crises are recognised by, as keyed hashes: who reads the database learns no link and no pseudonym."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Select, delete, insert, select

from bot.domain.crisis import Crisis
from bot.domain.likeness import likenesses
from bot.domain.states import CrisisStatus
from bot.storage.tables import crises, crisis_marks
from bot.storage.vault import Vault


def write_marks(connection: Connection, vault: Vault, crisis: Crisis) -> None:
    """Keep the likenesses of a new crisis, under the newest secret."""
    rows = [{"crisis_id": crisis.id, "mark": vault.marks(likeness)[0]} for likeness in likenesses(crisis)]
    if rows:
        connection.execute(insert(crisis_marks), rows)


def rewrite_marks(connection: Connection, vault: Vault, crisis: Crisis, before: Crisis) -> None:
    """Keep those of a crisis in place of earlier ones, when they changed."""
    if likenesses(crisis) != likenesses(before):
        connection.execute(delete(crisis_marks).where(crisis_marks.c.crisis_id == crisis.id))
        write_marks(connection, vault, crisis)


def alike(vault: Vault, wanted: Collection[str]) -> Select[Any]:
    """The crises not closed with one of these likenesses, whichever secret marked them."""
    marks = [mark for likeness in wanted for mark in vault.marks(likeness)]
    marked = select(crisis_marks.c.crisis_id).where(crisis_marks.c.mark.in_(marks))
    return select(crises).where(crises.c.id.in_(marked), crises.c.status != CrisisStatus.CLOSED)
