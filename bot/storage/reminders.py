"""Due rows."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Executable,
    Integer,
    RowMapping,
    Select,
    Update,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    update,
)

from bot.domain.ids import CrisisId
from bot.domain.reminders import Reminder
from bot.domain.states import ReminderKind, ReminderStatus
from bot.storage.batch import Batch, Insert, insert_into
from bot.storage.columns import Utc
from bot.storage.tables import REMINDER_IDENTITY, reminders
from bot.storage.vault import Vault

FIELDS = [field.name for field in fields(Reminder)]
MAY_BE_PLANNED_ANEW = (ReminderStatus.PLANNED, ReminderStatus.CANCELLED)
MAY_BE_CANCELLED = (ReminderStatus.PLANNED, ReminderStatus.DUE)


class SqlReminders:
    """The reminders of one unit of work."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault
        self._batch = Batch(connection)
        self._of: dict[CrisisId, list[Reminder]] = {}
        self._of_kind: dict[tuple[str, ...], list[Reminder]] = {}

    def plan(self, reminders: Sequence[Reminder]) -> None:
        for reminder in reminders:
            self._write(_plan(self._connection.dialect.name), self._columns(reminder))

    def cancel(self, kind: ReminderKind, subject: str) -> None:
        self._write(_cancel(), {"of_kind": kind, "of_subject": subject})

    def save(self, reminder: Reminder) -> None:
        self._write(_save(self._connection.dialect.name), self._columns(reminder))

    def claim_due(self, *, now: datetime, limit: int) -> Sequence[Reminder]:
        self.flush()
        self._forget()
        rows = self._connection.execute(_due(), {"now": now, "limit": limit}).mappings().all()
        if not rows:
            return []
        claimed = update(reminders).where(reminders.c.id.in_([row["id"] for row in rows]))
        self._connection.execute(claimed.values(status=ReminderStatus.DUE, fired_at=now))
        return [replace(reminder, status=ReminderStatus.DUE, fired_at=now) for reminder in self._opened(rows)]

    def get(self, kind: ReminderKind, subject: str, ordinal: int) -> Reminder | None:
        found = self._fetch(
            reminders.c.kind == kind, reminders.c.subject == subject, reminders.c.ordinal == ordinal
        )
        return found[0] if found else None

    def of(self, crisis_id: CrisisId) -> Sequence[Reminder]:
        """Every card and every reaction asks: read once until something is written."""
        if crisis_id not in self._of:
            self.flush()
            rows = self._connection.execute(_of_crisis(), {"crisis": crisis_id}).mappings().all()
            self._of[crisis_id] = self._opened(rows)
        return self._of[crisis_id]

    def of_kind(self, *kinds: ReminderKind, statuses: Collection[str]) -> Sequence[Reminder]:
        """Every list of what waits asks: read once until something is written."""
        asked = (*kinds, *statuses)
        if asked not in self._of_kind:
            found = self._fetch(reminders.c.kind.in_(kinds), reminders.c.status.in_(statuses))
            self._of_kind[asked] = found
        return self._of_kind[asked]

    def oldest_due(self, now: datetime) -> datetime | None:
        """The earliest planned row whose hour has come."""
        self.flush()
        due = (_planned(), reminders.c.due_at <= now)
        found: datetime | None = self._connection.scalar(select(func.min(reminders.c.due_at)).where(*due))
        return found

    def flush(self) -> None:
        """Write what was planned, cancelled and saved."""
        self._batch.flush()

    def _forget(self) -> None:
        self._of.clear()
        self._of_kind.clear()

    def _write(self, statement: Executable, parameters: Mapping[str, Any]) -> None:
        self._forget()
        self._batch.add(statement, parameters)

    def _columns(self, reminder: Reminder) -> dict[str, Any]:
        columns = {name: getattr(reminder, name) for name in FIELDS}
        return self._vault.seal_row(reminders, reminder.crisis, columns)

    def _fetch(self, *conditions: ColumnElement[bool]) -> list[Reminder]:
        self.flush()
        query = select(reminders).where(*conditions).order_by(reminders.c.due_at, reminders.c.id)
        return self._opened(self._connection.execute(query).mappings().all())

    def _opened(self, rows: Sequence[RowMapping]) -> list[Reminder]:
        self._vault.meet_all({row["crisis"] for row in rows if row["crisis"] and row["text"]})
        opened = [self._vault.open_row(reminders, row["crisis"], row) for row in rows]
        return [Reminder(**{name: value for name, value in row.items() if name != "id"}) for row in opened]


def _planned() -> ColumnElement[bool]:
    """As the partial index says it: a database uses it only for a literal."""
    return reminders.c.status == literal_column("'planned'")


@cache
def _of_crisis() -> Select[Any]:
    of_crisis = select(reminders).where(reminders.c.crisis == bindparam("crisis"))
    return of_crisis.order_by(reminders.c.due_at, reminders.c.id)


@cache
def _due() -> Select[Any]:
    due = select(reminders).where(_planned(), reminders.c.due_at <= bindparam("now", type_=Utc))
    oldest_first = due.order_by(reminders.c.due_at, reminders.c.id).limit(bindparam("limit", type_=Integer))
    return oldest_first.with_for_update(skip_locked=True)


@cache
def _save(dialect: str) -> Insert:
    return _upsert(dialect)


@cache
def _plan(dialect: str) -> Insert:
    return _upsert(dialect, where=_is_one_of(MAY_BE_PLANNED_ANEW))


def _upsert(dialect: str, *, where: ColumnElement[bool] | None = None) -> Insert:
    statement = insert_into(reminders, dialect)
    names = [column.name for column in reminders.c if column.name not in {"id", *REMINDER_IDENTITY}]
    values = {name: statement.excluded[name] for name in names}
    return statement.on_conflict_do_update(index_elements=REMINDER_IDENTITY, set_=values, where=where)


@cache
def _cancel() -> Update:
    same = (reminders.c.kind == bindparam("of_kind")) & (reminders.c.subject == bindparam("of_subject"))
    open_ones = _is_one_of(MAY_BE_CANCELLED)
    return update(reminders).where(same, open_ones).values(status=ReminderStatus.CANCELLED)


def _is_one_of(statuses: Collection[ReminderStatus]) -> ColumnElement[bool]:
    """`IN` cannot be sent for many rows at once."""
    return or_(*(reminders.c.status == status for status in statuses))
