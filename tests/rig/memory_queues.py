"""The outbox and the reminders of the store in memory."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.domain.ids import CrisisId, MessageRef
from bot.domain.reminders import Reminder
from bot.domain.states import ReminderKind, ReminderStatus
from bot.ports import Place
from bot.store import CardKind, Outgoing, OutgoingStatus, Task


@dataclass(frozen=True, slots=True)
class OutgoingRow:
    """`waits_since` is when it began to have something to show."""

    row: Outgoing
    waits_since: datetime
    leased_until: datetime | None = None

    @property
    def undelivered(self) -> bool:
        return self.row.status is OutgoingStatus.LIVE and self.row.shown < self.row.wanted

    @property
    def age(self) -> tuple[datetime, int]:
        return self.waits_since, self.row.id

    def leased(self, now: datetime) -> bool:
        return self.leased_until is not None and self.leased_until > now

    def due(self, now: datetime) -> bool:
        return self.row.not_before is None or self.row.not_before <= now

    def wanted_once_more(self, at: datetime) -> "OutgoingRow":
        row = replace(self.row, wanted=self.row.wanted + 1, status=OutgoingStatus.LIVE)
        return replace(self, row=row, waits_since=self.waits_since if self.undelivered else at)


class MemoryOutbox:
    def __init__(self, rows: dict[tuple, OutgoingRow], ids: Iterator[int]) -> None:
        self._rows = rows
        self._ids = ids

    def put(self, rows: Sequence[Outgoing]) -> None:
        for row in rows:
            key = (row.task, row.kind, row.subject, row.ordinal, row.platform, row.place)
            known = self._rows.get(key)
            if known is None:
                self._rows[key] = OutgoingRow(replace(row, id=next(self._ids)), waits_since=row.at)
            else:
                self._rows[key] = known.wanted_once_more(row.at)

    def refresh(self, kind: CardKind, subject: str, *, at: datetime) -> None:
        for key, known in self._of(kind, subject):
            self._rows[key] = known.wanted_once_more(at)

    def refresh_crisis(self, crisis: CrisisId, *, at: datetime) -> None:
        for key, known in list(self._rows.items()):
            shown = known.row.task is Task.CARD and known.row.message is not None
            if shown and known.row.crisis == crisis:
                self._rows[key] = known.wanted_once_more(at)

    def claim(self, *, now: datetime, lease_until: datetime, limit: int) -> Sequence[Outgoing]:
        undelivered = sorted((row for row in self._rows.values() if row.undelivered), key=lambda row: row.age)
        busy = {row.row.lane for row in undelivered if row.leased(now)}
        claimed: list[Outgoing] = []
        for known in undelivered:
            lane = known.row.lane
            if known.leased(now) or (lane and lane in busy) or len(claimed) == limit:
                continue
            busy.add(lane)
            if known.due(now):
                claimed.append(replace(known.row, attempts=known.row.attempts + 1))
                self._write(known.row.id, leased_until=lease_until, attempts=known.row.attempts + 1)
        return claimed

    def renew(self, row_ids: Collection[int], *, lease_until: datetime) -> None:
        for row_id in row_ids:
            if self._rows[self._key(row_id)].leased_until is not None:
                self._write(row_id, leased_until=lease_until)

    def delivered(
        self, row_id: int, *, shown: int, message: MessageRef | None, rests_until: datetime | None = None
    ) -> None:
        self._write(
            row_id, leased_until=None, shown=shown, message=message, attempts=0, not_before=rests_until
        )

    def retry(self, row_id: int, *, not_before: datetime) -> None:
        self._write(row_id, leased_until=None, not_before=not_before)

    def postpone(self, row_id: int, *, not_before: datetime) -> None:
        row = self.get(row_id)
        tries = max(0, row.attempts - 1) if row else 0
        self._write(row_id, leased_until=None, not_before=not_before, attempts=tries)

    def fail(self, row_id: int) -> None:
        self._write(row_id, leased_until=None, status=OutgoingStatus.FAILED)

    def forget(self, row_id: int) -> None:
        key = self._key(row_id)
        self._rows[key] = replace(self._rows[key], row=replace(self._rows[key].row, text=""))

    def get(self, row_id: int) -> Outgoing | None:
        return next((known.row for known in self._rows.values() if known.row.id == row_id), None)

    def at(self, place: Place, *, limit: int = 200) -> Sequence[Outgoing]:
        rows = sorted((known.row for known in self._rows.values()), key=lambda row: row.id)
        here = [row for row in rows if row.place == place and row.task is Task.CARD and row.shown]
        return here[-limit:]

    def of_message(self, place: Place, message: MessageRef) -> Outgoing | None:
        return next((row for row in self.at(place, limit=len(self._rows)) if row.message == message), None)

    def oldest_undelivered(self) -> datetime | None:
        return min((known.waits_since for known in self._rows.values() if known.undelivered), default=None)

    def undelivered(self) -> int:
        return sum(known.undelivered for known in self._rows.values())

    def _of(self, kind: CardKind, subject: str) -> list[tuple[tuple, OutgoingRow]]:
        return [
            (key, row)
            for key, row in self._rows.items()
            if (row.row.kind, row.row.subject) == (kind, subject)
        ]

    def _key(self, row_id: int) -> tuple:
        return next(key for key, known in self._rows.items() if known.row.id == row_id)

    def _write(self, row_id: int, *, leased_until: datetime | None, **changes: Any) -> None:
        key = self._key(row_id)
        row = replace(self._rows[key].row, **changes)
        self._rows[key] = replace(self._rows[key], row=row, leased_until=leased_until)


@dataclass(frozen=True, slots=True)
class ReminderRow:
    id: int
    reminder: Reminder


class MemoryReminders:
    def __init__(self, rows: dict[tuple, ReminderRow], ids: Iterator[int]) -> None:
        self._rows = rows
        self._ids = ids

    def plan(self, reminders: Sequence[Reminder]) -> None:
        for reminder in reminders:
            known = self.get(reminder.kind, reminder.subject, reminder.ordinal)
            if known is None or known.status in {ReminderStatus.PLANNED, ReminderStatus.CANCELLED}:
                self.save(reminder)

    def cancel(self, kind: ReminderKind, subject: str) -> None:
        for reminder in self._sorted():
            waiting = reminder.status in {ReminderStatus.PLANNED, ReminderStatus.DUE}
            if (reminder.kind, reminder.subject) == (kind, subject) and waiting:
                self.save(replace(reminder, status=ReminderStatus.CANCELLED))

    def claim_due(self, *, now: datetime, limit: int) -> Sequence[Reminder]:
        due = [r for r in self._sorted() if r.status is ReminderStatus.PLANNED and r.due_at <= now]
        claimed = [replace(r, status=ReminderStatus.DUE, fired_at=now) for r in due[:limit]]
        for reminder in claimed:
            self.save(reminder)
        return claimed

    def get(self, kind: ReminderKind, subject: str, ordinal: int) -> Reminder | None:
        known = self._rows.get((kind, subject, ordinal))
        return known.reminder if known else None

    def of(self, crisis_id: CrisisId) -> Sequence[Reminder]:
        return [reminder for reminder in self._sorted() if reminder.crisis == crisis_id]

    def of_kind(self, *kinds: ReminderKind, statuses: Collection[str]) -> Sequence[Reminder]:
        return [r for r in self._sorted() if r.kind in kinds and r.status in statuses]

    def save(self, reminder: Reminder) -> None:
        key = (reminder.kind, reminder.subject, reminder.ordinal)
        known = self._rows.get(key)
        self._rows[key] = ReminderRow(known.id if known else next(self._ids), reminder)

    def oldest_due(self, now: datetime) -> datetime | None:
        planned = [r for r in self._sorted() if r.status is ReminderStatus.PLANNED and r.due_at <= now]
        return planned[0].due_at if planned else None

    def _sorted(self) -> list[Reminder]:
        rows = sorted(self._rows.values(), key=lambda row: (row.reminder.due_at, row.id))
        return [row.reminder for row in rows]
