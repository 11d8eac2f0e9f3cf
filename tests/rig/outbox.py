"""Rows of an outbox, and what a relay does with them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.ids import MessageRef, Platform, RoomRef
from bot.ports import DirectPlace, RoomPlace
from bot.store import CardKind, Outgoing, Store, Task
from tests.rig.samples import CLAIRE, NIGHT

SECOND = timedelta(seconds=1)
LEASE = timedelta(seconds=30)
ROOM = RoomPlace(Platform.SLACK, RoomRef("C1"))
DIRECT = DirectPlace(Platform.SLACK, CLAIRE)
CREATE = Outgoing(id=0, task=Task.CREATE_ROOM, platform=Platform.SLACK, subject="c", at=NIGHT)
BRIEF = replace(CREATE, task=Task.CARD, kind=CardKind.BRIEF, place=ROOM)


def put(store: Store, *rows: Outgoing) -> None:
    with store.write() as uow:
        uow.outbox.put(rows)
        uow.commit()


def claim(store: Store, *, now: datetime = NIGHT, limit: int = 100) -> Sequence[Outgoing]:
    with store.write() as uow:
        rows = uow.outbox.claim(now=now, lease_until=now + LEASE, limit=limit)
        uow.commit()
    return rows


def deliver(store: Store, row: Outgoing) -> None:
    with store.write() as uow:
        uow.outbox.delivered(row.id, shown=row.wanted, message=MessageRef("m"))
        uow.commit()


def refresh(store: Store, *, at: datetime = NIGHT) -> None:
    with store.write() as uow:
        uow.outbox.refresh(CardKind.BRIEF, "c", at=at)
        uow.commit()


def get(store: Store, row_id: int) -> Outgoing:
    with store.read() as uow:
        row = uow.outbox.get(row_id)
    assert row is not None
    return row
