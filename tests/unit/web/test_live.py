import asyncio
import json
from contextlib import aclosing

import pytest

from adapters.web.events import event_lines
from adapters.web.gateway import WebGateway
from adapters.web.hub import MOST_PENDING, Change, Hub
from bot.cards import Card
from bot.domain.ids import PersonId, Platform, RoomRef
from bot.ports import DirectPlace, RoomPlace
from tests.rig.web_board import FARID, LEA, MemoryBoard

CARD = Card("s", "t")
ROOM, OTHER = RoomPlace(Platform.WEB, RoomRef("r1")), RoomPlace(Platform.WEB, RoomRef("r2"))
SOON = 2.0
"""Seconds a test waits for what must come."""


async def upcoming(changes, count):
    async with asyncio.timeout(SOON):
        return [await anext(changes) for _ in range(count)]


@pytest.fixture
def board() -> MemoryBoard:
    return MemoryBoard()


@pytest.fixture
def hub() -> Hub:
    return Hub()


@pytest.fixture
def gateway(hub, board) -> WebGateway:
    return WebGateway(hub=hub, board=board)


async def test_it_says_first_to_look_at_everything(hub):
    async with aclosing(hub.subscribe(LEA)) as changes:
        assert await upcoming(changes, 1) == [Change()]


async def test_it_tells_what_was_posted_and_updated(hub, gateway):
    async with aclosing(hub.subscribe(LEA)) as changes:
        await upcoming(changes, 1)
        message = await gateway.post(ROOM, CARD, mark="m1")
        await gateway.update(ROOM, message, CARD, mark="other")
        await gateway.post(ROOM, CARD, mark="m2")
        assert await upcoming(changes, 2) == [Change(ROOM.room, "m1"), Change(ROOM.room, "m2")]


async def test_it_tells_a_direct_message_to_its_person_alone(hub, gateway):
    async with aclosing(hub.subscribe(LEA)) as hers, aclosing(hub.subscribe(FARID)) as his:
        await upcoming(hers, 1)
        await upcoming(his, 1)
        await gateway.post(DirectPlace(Platform.WEB, LEA), CARD, mark="p1")
        await gateway.post(ROOM, CARD, mark="m1")
        assert await upcoming(hers, 2) == [Change(None, "p1"), Change(ROOM.room, "m1")]
        assert await upcoming(his, 1) == [Change(ROOM.room, "m1")]


async def test_it_tells_those_who_are_brought_into_a_room(hub, gateway):
    async with aclosing(hub.subscribe(LEA)) as changes:
        await upcoming(changes, 1)
        assert await gateway.invite(RoomRef("r1"), [LEA, FARID]) == ()
        assert await upcoming(changes, 1) == [Change()]


async def test_it_sums_up_for_a_page_that_reads_slowly(hub):
    async with aclosing(hub.subscribe(LEA)) as changes:
        await upcoming(changes, 1)
        for n in range(1000):
            hub.changed(ROOM, f"m{n}")
        hub.changed(ROOM, "last")
        told = [await upcoming(changes, 1)]
        while told[-1] != [Change(ROOM.room, "last")]:
            told.append(await upcoming(changes, 1))
        assert [Change()] in told
        assert len(told) <= MOST_PENDING


async def test_it_forgets_a_page_that_was_closed(hub):
    changes = hub.subscribe(LEA)
    await upcoming(changes, 1)
    await changes.aclose()
    assert hub._listeners == set()  # noqa: SLF001  (nobody is left to ask)


async def test_it_ends_the_streams_of_a_server_that_stops(rig):
    lines = event_lines(desk_of(rig), LEA, admitted=always)
    await told(lines, 1)
    rig.web.hub.close()
    async with asyncio.timeout(SOON):
        assert [line async for line in lines] == []


def desk_of(rig):
    """The desk behind a rig's routes, as the event stream gets it."""
    [mount] = rig.web.routes
    return next(route for route in mount.routes if route.path == "/events").endpoint.args[0]


async def always():
    return True


async def told(lines, count):
    """The next changes of an event stream."""
    async with asyncio.timeout(SOON):
        found: list[dict] = []
        while len(found) < count:
            line = await anext(lines)
            if line.startswith("event: change\n"):
                found.append(json.loads(line.partition("data: ")[2]))
        return found


async def test_it_streams_the_changes_of_ones_own_rooms(rig):
    rig.board.open_room("r1", members=[LEA])
    rig.board.open_room("r2", members=[FARID])
    async with aclosing(event_lines(desk_of(rig), LEA, admitted=always)) as lines:
        assert await told(lines, 1) == [{"room": None, "card": None}]
        for place in (OTHER, ROOM):
            await rig.web.gateway.post(place, CARD, mark="m1")
        assert await told(lines, 1) == [{"room": "r1", "card": "m1"}]


async def test_it_lets_a_page_come_back_after_a_second(rig):
    async with aclosing(event_lines(desk_of(rig), LEA, admitted=always)) as lines:
        assert await anext(lines) == "retry: 1000\n\n"


async def test_it_streams_the_room_that_one_is_brought_into(rig):
    async with aclosing(event_lines(desk_of(rig), LEA, admitted=always)) as lines:
        await told(lines, 1)
        rig.board.open_room("r1", members=[LEA])
        await rig.web.gateway.invite(RoomRef("r1"), [LEA])
        await told(lines, 1)
        await rig.web.gateway.post(ROOM, CARD, mark="m1")
        assert await told(lines, 1) == [{"room": "r1", "card": "m1"}]


async def test_it_keeps_a_silent_stream_open(rig):
    async with aclosing(event_lines(desk_of(rig), LEA, admitted=always, heartbeat=0.001)) as lines:
        await told(lines, 1)
        async with asyncio.timeout(SOON):
            assert await anext(lines) == ": still here\n\n"
        await rig.web.gateway.post(DirectPlace(Platform.WEB, LEA), CARD, mark="p1")
        assert await told(lines, 1) == [{"room": None, "card": "p1"}]


async def test_it_ends_the_stream_of_somebody_who_is_out(rig):
    answers = [True, False]

    async def admitted():
        return answers.pop(0)

    lines = event_lines(desk_of(rig), LEA, admitted=admitted, heartbeat=0.001)
    async with asyncio.timeout(SOON):
        assert [line async for line in lines if line.startswith(":")] == [": still here\n\n"]
    assert answers == []


async def test_it_streams_no_room_to_a_guest(rig):
    rig.board.open_room("r1", members=[LEA])
    async with aclosing(event_lines(desk_of(rig), LEA, admitted=always, guest=True)) as lines:
        await told(lines, 1)
        await rig.web.gateway.post(ROOM, CARD, mark="m1")
        await rig.web.gateway.post(DirectPlace(Platform.WEB, LEA), CARD, mark="p1")
        assert await told(lines, 1) == [{"room": None, "card": "p1"}]


async def test_it_draws_rooms_that_cannot_be_guessed(gateway):
    made = [
        await gateway.create_room(
            names=["crise-2026-014-fe", "other"], people=(), mark="k", attempted_before=again
        )
        for again in (False, True)
    ]
    assert {room.name for room in made} == {"crise-2026-014-fe"}
    assert len({room.room for room in made}) == 2
    assert all(len(room.room) >= 22 for room in made)


async def test_it_knows_those_whom_the_plan_names(gateway):
    assert gateway.knows(LEA)
    assert not gateway.knows(PersonId("nobody"))


async def test_it_finds_nothing_that_it_did_not_finish(gateway):
    assert await gateway.find(ROOM, mark="m1") is None


async def test_it_shares_files_without_a_word_to_the_pages(hub, gateway):
    async with aclosing(hub.subscribe(LEA)) as changes:
        await upcoming(changes, 1)
        await gateway.attach(ROOM, name="journal-2026-014.txt", content=b"", comment="")
        await gateway.post(ROOM, CARD, mark="m1")
        assert await upcoming(changes, 1) == [Change(ROOM.room, "m1")]
