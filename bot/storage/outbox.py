"""What goes out: rows claimed by lease, oldest first, one at a time in each lane."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from functools import cache
from typing import Any, assert_never

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    Select,
    Update,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    or_,
    select,
    tuple_,
    update,
)

from bot.domain.ids import CrisisId, MessageRef, PersonId, Platform, RoomRef
from bot.ports import DirectPlace, Place, RoomPlace
from bot.storage.batch import Batch, Insert, insert_into
from bot.storage.columns import Utc
from bot.storage.tables import OUTGOING_IDENTITY, outgoing
from bot.storage.vault import Vault
from bot.store import CardKind, Outgoing, OutgoingStatus, Task

ROOM, PERSON = "room", "person"


class SqlOutbox:
    """The outbox of one unit of work."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault
        self._batch = Batch(connection)

    def put(self, rows: Sequence[Outgoing]) -> None:
        for row in rows:
            sealed = self._vault.seal_row(outgoing, row.crisis, _columns(row))
            self._batch.add(_put(self._connection.dialect.name), sealed)

    def refresh(self, kind: CardKind, subject: str, *, at: datetime) -> None:
        self._batch.add(_refresh(), {"of_kind": kind, "of_subject": subject, "hour": at})

    def refresh_crisis(self, crisis: CrisisId, *, at: datetime) -> None:
        self._batch.add(_refresh_crisis(), {"of_crisis": crisis, "hour": at})

    def claim(self, *, now: datetime, lease_until: datetime, limit: int) -> Sequence[Outgoing]:
        rows = self._fetch(_claimable(), now=now, limit=limit)
        if not rows:
            return []
        self.flush()
        self._connection.execute(_lease(), {"ids": [row.id for row in rows], "until": lease_until})
        return [replace(row, attempts=row.attempts + 1) for row in rows]

    def renew(self, row_ids: Collection[int], *, lease_until: datetime) -> None:
        if row_ids:
            under_way = outgoing.c.id.in_(row_ids) & outgoing.c.leased_until.is_not(None)
            self._write_where(under_way, leased_until=lease_until)

    def delivered(
        self, row_id: int, *, shown: int, message: MessageRef | None, rests_until: datetime | None = None
    ) -> None:
        told = {"row": row_id, "now_shown": shown, "now_message": message, "rests_until": rests_until}
        self._batch.add(_delivered(), told)

    def retry(self, row_id: int, *, not_before: datetime) -> None:
        self._write_where(outgoing.c.id == row_id, not_before=not_before, leased_until=None)

    def postpone(self, row_id: int, *, not_before: datetime) -> None:
        self._batch.add(_postpone(), {"row": row_id, "hour": not_before})

    def fail(self, row_id: int) -> None:
        self._write_where(outgoing.c.id == row_id, status=OutgoingStatus.FAILED, leased_until=None)

    def forget(self, row_id: int) -> None:
        self._write_where(outgoing.c.id == row_id, text=None)

    def get(self, row_id: int) -> Outgoing | None:
        found = self._fetch(select(outgoing).where(outgoing.c.id == row_id))
        return found[0] if found else None

    def at(self, place: Place, *, limit: int = 200) -> Sequence[Outgoing]:
        """The latest so many."""
        shown = select(outgoing).where(_cards_at(place), outgoing.c.shown > 0)
        return self._fetch(shown.order_by(outgoing.c.id.desc()).limit(limit))[::-1]

    def of_message(self, place: Place, message: MessageRef) -> Outgoing | None:
        """A press on Teams asks for it, and waits."""
        found = self._fetch(
            _of_message(),
            **{f"of_{name}": value for name, value in _where(place).items()},
            of_platform=place.platform,
            of_message=message,
        )
        return found[0] if found else None

    def oldest_undelivered(self) -> datetime | None:
        self.flush()
        earliest = select(func.min(outgoing.c.wanted_at)).where(_undelivered(outgoing))
        found: datetime | None = self._connection.scalar(earliest)
        return found

    def undelivered(self) -> int:
        self.flush()
        number: int = self._connection.scalars(
            select(func.count()).select_from(outgoing).where(_undelivered(outgoing))
        ).one()
        return number

    def flush(self) -> None:
        """Write what was put, refreshed, delivered and postponed."""
        self._batch.flush()

    def _fetch(self, query: Select[Any], **parameters: object) -> list[Outgoing]:
        self.flush()
        rows = self._connection.execute(query, parameters).mappings().all()
        self._vault.meet_all({row["crisis"] for row in rows if row["crisis"] and row["text"]})
        return [_outgoing(self._vault.open_row(outgoing, row["crisis"], row)) for row in rows]

    def _write_where(self, condition: ColumnElement[bool], **values: object) -> None:
        self.flush()
        self._connection.execute(update(outgoing).where(condition).values(values))


def _columns(row: Outgoing) -> dict[str, Any]:
    """A new row; its number comes from the database. `wanted_at` is since when it waits to be shown."""
    return {
        "task": row.task,
        "kind": row.kind or "",
        "subject": row.subject,
        "ordinal": row.ordinal,
        "platform": row.platform,
        **_where(row.place),
        "crisis": row.crisis,
        "at": row.at,
        "lane": row.lane,
        "text": row.text,
        "wanted": row.wanted,
        "wanted_at": row.at,
        "shown": row.shown,
        "message": row.message,
        "attempts": row.attempts,
        "not_before": row.not_before,
        "status": row.status,
    }


def _where(place: Place | None) -> dict[str, str]:
    match place:
        case None:
            return {"place_kind": "", "place_ref": ""}
        case RoomPlace(room=room):
            return {"place_kind": ROOM, "place_ref": room}
        case DirectPlace(person=person):
            return {"place_kind": PERSON, "place_ref": person}
        case _:
            assert_never(place)


def _cards_at(place: Place) -> ColumnElement[bool]:
    here = (outgoing.c[name] == value for name, value in _where(place).items())
    return and_(outgoing.c.platform == place.platform, *here, outgoing.c.task == Task.CARD)


def _place(row: Mapping[str, Any]) -> Place | None:
    platform: Platform = row["platform"]
    kind: str = row["place_kind"]
    if not kind:
        return None
    ref = row["place_ref"]
    return RoomPlace(platform, RoomRef(ref)) if kind == ROOM else DirectPlace(platform, PersonId(ref))


def _outgoing(row: Mapping[str, Any]) -> Outgoing:
    named = {name: row[name] for name in _SAME_NAMES}
    return Outgoing(**named, kind=CardKind(row["kind"]) if row["kind"] else None, place=_place(row))


_SAME_NAMES = [field.name for field in fields(Outgoing) if field.name not in {"kind", "place"}]


def _undelivered(table: FromClause) -> ColumnElement[bool]:
    """As the partial indexes say it: a database uses them only for a literal."""
    return and_(table.c.status == literal_column("'live'"), table.c.shown < table.c.wanted)


@cache
def _of_message() -> Select[Any]:
    names = ("platform", "place_kind", "place_ref", "message")
    same = (outgoing.c[name] == bindparam(f"of_{name}", type_=outgoing.c[name].type) for name in names)
    return select(outgoing).where(*same, outgoing.c.task == Task.CARD)


@cache
def _claimable() -> Select[Any]:
    now = bindparam("now", type_=Utc)
    other = outgoing.alias("other")
    older = tuple_(other.c.wanted_at, other.c.id) < tuple_(outgoing.c.wanted_at, outgoing.c.id)
    goes_first = exists().where(
        other.c.lane == outgoing.c.lane,
        _undelivered(other),
        or_(older, other.c.leased_until > now),
    )
    due = or_(outgoing.c.not_before.is_(None), outgoing.c.not_before <= now)
    free = or_(outgoing.c.leased_until.is_(None), outgoing.c.leased_until <= now)
    first_of_lane = or_(outgoing.c.lane == "", ~goes_first)
    query = select(outgoing).where(_undelivered(outgoing), due, free, first_of_lane)
    oldest_first = query.order_by(outgoing.c.wanted_at, outgoing.c.id).limit(
        bindparam("limit", type_=Integer)
    )
    return oldest_first.with_for_update(skip_locked=True, of=outgoing)


@cache
def _lease() -> Update:
    claimed = outgoing.c.id.in_(bindparam("ids", expanding=True))
    tries = outgoing.c.attempts + 1
    return update(outgoing).where(claimed).values(leased_until=bindparam("until", type_=Utc), attempts=tries)


def _waiting_since(at: ColumnElement[Any]) -> ColumnElement[Any]:
    """What had nothing to show begins to wait now."""
    idle = or_(outgoing.c.shown >= outgoing.c.wanted, outgoing.c.status != OutgoingStatus.LIVE)
    return case((idle, at), else_=outgoing.c.wanted_at)


@cache
def _put(dialect: str) -> Insert:
    statement = insert_into(outgoing, dialect)
    return statement.on_conflict_do_update(
        index_elements=OUTGOING_IDENTITY,
        set_={
            "wanted": outgoing.c.wanted + 1,
            "wanted_at": _waiting_since(statement.excluded.at),
            "status": OutgoingStatus.LIVE,
        },
    )


@cache
def _refresh() -> Update:
    same = (outgoing.c.kind == bindparam("of_kind")) & (outgoing.c.subject == bindparam("of_subject"))
    return _wanted_once_more().where(same)


@cache
def _refresh_crisis() -> Update:
    shown = (outgoing.c.task == Task.CARD) & outgoing.c.message.is_not(None)
    return _wanted_once_more().where(outgoing.c.crisis == bindparam("of_crisis"), shown)


def _wanted_once_more() -> Update:
    return update(outgoing).values(
        wanted=outgoing.c.wanted + 1,
        wanted_at=_waiting_since(bindparam("hour", type_=Utc)),
        status=OutgoingStatus.LIVE,
    )


@cache
def _delivered() -> Update:
    return (
        update(outgoing)
        .where(outgoing.c.id == bindparam("row"))
        .values(
            shown=bindparam("now_shown"),
            message=bindparam("now_message"),
            attempts=0,
            not_before=bindparam("rests_until", type_=Utc),
            leased_until=None,
        )
    )


@cache
def _postpone() -> Update:
    tries = case((outgoing.c.attempts > 0, outgoing.c.attempts - 1), else_=0)
    return (
        update(outgoing)
        .where(outgoing.c.id == bindparam("row"))
        .values(not_before=bindparam("hour"), attempts=tries, leased_until=None)
    )
