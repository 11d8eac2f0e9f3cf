"""What every way out to a chat platform must do.

A rig wraps one gateway with its platform's double and says what people see there. Another platform joins by
adding its rig to `RIGS`.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from typing import Any, Protocol

import pytest

from adapters.web.gateway import WebGateway
from adapters.web.hub import Hub
from bot.cards import Action, Actions, Button, Card, Mention, Quote, Text
from bot.domain.ids import MessageRef, PersonId, RoomRef
from bot.domain.verbs import Verb
from bot.ports import (
    Ambiguous,
    ChatGateway,
    Denied,
    DirectPlace,
    Gone,
    Place,
    RateLimited,
    RoomPlace,
)
from tests.rig.slack.double import SlackDouble
from tests.rig.slack.service import ScriptedCore, double, served
from tests.rig.slack.waiting import eventually
from tests.rig.teams.double import TeamsDouble
from tests.rig.teams.service import people
from tests.rig.teams.service import served as teams_served
from tests.rig.web_board import MemoryBoard

LEA, DENIS, SALOME, NOE, YVES = (PersonId(name) for name in ("lea", "denis", "salome", "noe", "yves"))
OTHERS = ("crise-2026-014-cm", "crise-2026-014-cm-2")
NAMES = ("crise-2026-014-fe", "crise-2026-014-fe-2")
GO = Actions((Button("Go", Action(Verb.TAKE_UP, "c1.p1")),))
CARD = Card("Cellule 2026-014", "FORUM", (Text("first words"), GO))


class Rig(Protocol):
    """A gateway and its platform, as people see it."""

    gateway: ChatGateway

    def reads(self, place: Place) -> list[str]:
        """What stands at a place, oldest first."""

    def inside(self, room: RoomRef) -> set[str]:
        """Who of the plan is in a room."""

    def notified(self, person: PersonId) -> list[str]:
        """What a person's devices showed."""

    def vanish(self, message: MessageRef) -> None:
        """Let somebody delete a message."""

    def cut(self, what: str, *, after: bool) -> None:
        """Cut the connection at the next `create`, `invite`, `post` or `update`, before or after it acts."""

    def too_many(self, what: str, seconds: int) -> None:
        """Refuse the next one, to be tried after so many seconds."""


class SlackRig:
    METHODS = {  # noqa: RUF012
        "create": "conversations.create",
        "invite": "conversations.invite",
        "rename": "conversations.rename",
        "post": "chat.postMessage",
        "update": "chat.update",
    }
    USERS = {"lea": "U01LEA", "denis": "U02DENIS", "salome": "U03SALOME"}  # noqa: RUF012

    def __init__(self, slack: SlackDouble, gateway: ChatGateway) -> None:
        self.slack = slack
        self.gateway = gateway

    def reads(self, place: Place) -> list[str]:
        if isinstance(place, DirectPlace):
            person = self.slack.user(self.USERS[place.person])
            return [person.reads(message) for message in person.direct_messages()]
        anybody = self.slack.user("U01LEA")
        return [anybody.reads(message) for message in self.slack.channel(place.room).messages]

    def inside(self, room: RoomRef) -> set[str]:
        members = self.slack.channel(room).members
        return {name for name, user in self.USERS.items() if user in members}

    def notified(self, person: PersonId) -> list[str]:
        return self.slack.user(self.USERS[person]).notified()

    def vanish(self, message: MessageRef) -> None:
        channel = self.slack.channel(message.partition(":")[0])
        channel.messages = [said for said in channel.messages if said.ts != message.partition(":")[2]]

    def cut(self, what: str, *, after: bool) -> None:
        self.slack.fail_next(self.METHODS[what], cut_after=after, cut_before=not after)

    def too_many(self, what: str, seconds: int) -> None:
        self.slack.fail_next(self.METHODS[what], ratelimited=seconds)


@asynccontextmanager
async def slack_rig() -> AsyncIterator[SlackRig]:
    with double() as slack:
        async with served(slack, ScriptedCore()) as adapter:
            yield SlackRig(slack, adapter.gateway)


@asynccontextmanager
async def slack_gateway() -> AsyncIterator[ChatGateway]:
    async with slack_rig() as running:
        yield running.gateway


@asynccontextmanager
async def web_gateway() -> AsyncIterator[ChatGateway]:
    yield WebGateway(hub=Hub(), board=MemoryBoard())


@asynccontextmanager
async def teams_gateway() -> AsyncIterator[ChatGateway]:
    async with teams_rig("group_chat") as rig:
        yield rig.gateway


GATEWAYS: dict[str, Callable[[], AbstractAsyncContextManager[ChatGateway]]] = {
    "slack": slack_gateway,
    "teams": teams_gateway,
    "web": web_gateway,
}
"""What needs no eyes of a platform is proved of each."""


class TeamsRig:
    CREATES = {"group_chat": "create_chat", "channel": "create_channel", "thread": "create_conversation"}  # noqa: RUF012

    def __init__(self, teams: TeamsDouble, gateway: ChatGateway, kind: str) -> None:
        self.teams = teams
        self.gateway = gateway
        self.calls = {
            "create": self.CREATES[kind],
            "invite": "add_to_chat",
            "post": "send",
            "update": "update",
        }

    def reads(self, place: Place) -> list[str]:
        if isinstance(place, DirectPlace):
            person = self.teams.user(place.person)
            return [person.reads(message) for message in person.direct_messages()]
        anybody, root = self.teams.user("lea"), place.room.partition(";messageid=")[2]
        said = [one for one in anybody.sees_in(place.room) if one.root == root]
        return [anybody.reads(message) for message in said]

    def inside(self, room: RoomRef) -> set[str]:
        members = self.teams.world.members(self.teams.conversation(room))
        return {one.handle for one in members}

    def notified(self, person: PersonId) -> list[str]:
        return self.teams.user(person).notified()

    def vanish(self, message: MessageRef) -> None:
        conversation, _, activity = message.rpartition("|")
        for said in self.teams.conversation(conversation).messages:
            said.deleted = said.deleted or said.id == activity

    def cut(self, what: str, *, after: bool) -> None:
        self.teams.fail_next(self.calls[what], cut_after=after, cut_before=not after)

    def too_many(self, what: str, seconds: int) -> None:
        self.teams.fail_next(self.calls[what], status=429, retry_after=seconds)


@asynccontextmanager
async def teams_rig(kind: str) -> AsyncIterator[TeamsRig]:
    with TeamsDouble() as teams:
        people(teams)
        team = teams.add_team("cells", members=["lea", "salome"], channels=("crises",))
        where: dict[str, Any] = {"room_kind": kind, "team": team.id, "channel": team.channels[1].id}
        async with teams_served(teams, ScriptedCore(), **where) as adapter:
            yield TeamsRig(teams, adapter.gateway, kind)
            await teams.told()


RIGS: dict[str, Callable[[], AbstractAsyncContextManager[Rig]]] = {
    "slack": slack_rig,
    "group_chat": partial(teams_rig, "group_chat"),
    "channel": partial(teams_rig, "channel"),
    "thread": partial(teams_rig, "thread"),
}
SHUT = pytest.mark.parametrize("rig", ["slack", "group_chat"], indirect=True)
"""Only those are inside who were invited."""
QUIET = pytest.mark.parametrize("rig", ["slack", "channel", "thread"], indirect=True)
"""What is said there rings for those alone who are called by name."""


@pytest.fixture(params=RIGS)
async def rig(request):
    async with RIGS[request.param]() as running:
        yield running


@pytest.fixture
async def room(rig):
    made = await rig.gateway.create_room(names=NAMES, people=(LEA,), mark="r1", attempted_before=False)
    return made.room


def at(rig: Rig, where: str) -> Place:
    platform = rig.gateway.platform
    if where in (LEA, DENIS, YVES):
        return DirectPlace(platform, PersonId(where))
    return RoomPlace(platform, RoomRef(where))


async def create(rig: Rig, *, before: bool, names: Sequence[str] = NAMES):
    return await rig.gateway.create_room(names=names, people=(LEA,), mark="r1", attempted_before=before)


# Rooms


async def test_it_gives_a_room_the_first_name(rig):
    assert (await create(rig, before=False)).name == NAMES[0]


@SHUT
async def test_it_lets_nobody_else_into_a_new_room(rig, room):
    assert rig.inside(room) <= {"lea"}


@SHUT
async def test_it_brings_people_in_once_or_twice_alike(rig, room):
    assert list(await rig.gateway.invite(room, [LEA, DENIS])) == []
    assert list(await rig.gateway.invite(room, [LEA, DENIS, SALOME])) == []
    assert rig.inside(room) == {"lea", "denis", "salome"}


async def test_it_knows_whom_it_can_reach(rig):
    assert rig.gateway.knows(LEA)
    assert not rig.gateway.knows(PersonId("nobody"))


@pytest.mark.parametrize("kind", GATEWAYS)
async def test_it_gives_a_room_another_name_once_or_twice_alike(kind):
    async with GATEWAYS[kind]() as gateway:
        made = await gateway.create_room(names=NAMES, people=(LEA, DENIS), mark="r1", attempted_before=False)
        for _again in range(2):
            renamed = await gateway.rename(made.room, names=OTHERS)
            assert (renamed.room, renamed.name) == (made.room, OTHERS[0])


async def test_it_archives_once_or_twice_alike(rig, room):
    await rig.gateway.archive(room)
    await rig.gateway.archive(room)


# Messages


@pytest.mark.parametrize("where", ["room", "direct"])
async def test_it_shows_a_card_and_keeps_it_current(rig, room, where):
    place = at(rig, room if where == "room" else DENIS)
    message = await rig.gateway.post(place, CARD, mark="m1")
    assert "first words" in rig.reads(place)[0]
    later = Card("Cellule 2026-014", "FORUM", (Quote("other words", label="Message"),))
    await rig.gateway.update(place, message, later, mark="m1")
    (said,) = rig.reads(place)
    assert "other words" in said
    assert "first words" not in said


async def test_it_notifies_nobody_of_an_update(rig):
    message = await rig.gateway.post(at(rig, LEA), CARD, mark="m1")
    before = rig.notified(LEA)
    await rig.gateway.update(at(rig, LEA), message, Card("Later", "Later"), mark="m1")
    assert rig.notified(LEA) == before


async def test_it_shows_neither_words_nor_names_in_a_notification(rig, room):
    await rig.gateway.invite(room, [LEA])
    words = Card("Cellule 2026-014", "FORUM", (Quote("their words"), Mention((LEA,), "look")))
    await rig.gateway.post(at(rig, LEA), words, mark="m1")
    await rig.gateway.post(at(rig, room), words, mark="m2")
    shown = rig.notified(LEA)
    assert shown
    assert not [text for text in shown if "their words" in text]


@QUIET
async def test_it_calls_those_inside_by_a_mention(rig, room):
    await rig.gateway.invite(room, [LEA])
    await rig.gateway.post(at(rig, room), Card("Needed", "FORUM", (Mention((LEA, DENIS), "now"),)), mark="m1")
    assert rig.notified(LEA)
    assert not rig.notified(DENIS)


@QUIET
@pytest.mark.parametrize("words", ["<!channel>", "<@U01LEA>", "@everyone", "<b>*x*</b> &amp; `y`"])
async def test_it_shows_hostile_words_and_calls_nobody_by_them(rig, room, words):
    await rig.gateway.invite(room, [LEA, DENIS])
    await rig.gateway.post(at(rig, room), Card("Cellule", "FORUM", (Quote(words), Text(words))), mark="m1")
    assert rig.reads(at(rig, room))[0].count(words) == 2
    assert rig.notified(LEA) == []


async def test_it_cuts_a_very_long_text_and_shows_it(rig):
    await rig.gateway.post(at(rig, LEA), Card("Cellule", "FORUM", (Quote("long " * 5000),)), mark="m1")
    assert "long long" in rig.reads(at(rig, LEA))[0]


# What only a platform beyond the network can do wrong

NETWORKED: dict[str, Callable[[], AbstractAsyncContextManager[SlackRig]]] = {"slack": slack_rig}


@pytest.fixture(params=NETWORKED)
async def far(request):
    async with NETWORKED[request.param]() as running:
        yield running


@pytest.fixture
async def far_room(far):
    return (await create(far, before=False)).room


async def test_it_takes_the_next_name_when_one_is_taken(far):
    first, second = [await create(far, before=False) for _ in range(2)]
    assert second.name == NAMES[1]
    assert second.room != first.room
    with pytest.raises(Denied):
        await create(far, before=False)


@pytest.mark.parametrize("after", [True, False])
async def test_it_takes_up_again_a_creation_that_was_cut(far, after):
    far.cut("create", after=after)
    with pytest.raises(Ambiguous):
        await create(far, before=False)
    made = await create(far, before=True)
    assert made.name == NAMES[0]
    assert len(far.slack.rooms) == 1


async def test_it_gives_the_next_name_when_the_other_is_taken(far, far_room):
    far.slack.world.add_channel(OTHERS[0], creator="U01LEA", members=["U01LEA"], is_private=True)
    assert (await far.gateway.rename(far_room, names=OTHERS)).name == OTHERS[1]
    far.slack.world.add_channel(NAMES[0], creator="U01LEA", members=["U01LEA"], is_private=True)
    with pytest.raises(Denied):
        await far.gateway.rename(far_room, names=[NAMES[0]])


@pytest.mark.parametrize("after", [True, False])
async def test_it_takes_up_again_a_new_name_that_was_cut(far, far_room, after):
    far.cut("rename", after=after)
    with pytest.raises(Ambiguous):
        await far.gateway.rename(far_room, names=OTHERS)
    assert (await far.gateway.rename(far_room, names=OTHERS)).name == OTHERS[0]
    assert far.slack.channel(far_room).name == OTHERS[0]


async def test_it_takes_over_no_room_with_people_in_it(far, far_room):
    await far.gateway.invite(far_room, [LEA])
    assert (await create(far, before=True)).name == NAMES[1]


@pytest.mark.parametrize(
    "flags", [{"created": 0}, {"creator": "U01LEA"}, {"is_ext_shared": True}, {"is_archived": True}]
)
async def test_it_takes_over_no_room_that_is_not_of_this_attempt(far, far_room, flags):
    for name, value in flags.items():
        setattr(far.slack.channel(far_room), name, value)
    assert (await create(far, before=True)).name == NAMES[1]


async def test_it_finds_the_left_room_among_many(far):
    for number in range(450):
        far.slack.world.add_channel(f"r{number}", creator="U0BOT", members=["U0BOT"], is_private=True)
    far.cut("create", after=True)
    with pytest.raises(Ambiguous):
        await create(far, before=False)
    assert (await create(far, before=True)).name == NAMES[0]


async def test_it_brings_in_the_others_when_one_cannot_come(far, far_room):
    far.slack.world.accounts["U03SALOME"].is_ultra_restricted = True
    far.slack.add_channel("elsewhere", members=["U03SALOME"])
    problems = await far.gateway.invite(far_room, [SALOME, LEA, YVES, DENIS])
    assert {(problem.person, problem.code) for problem in problems} == {
        (YVES, "not_on_slack"),
        (SALOME, "ura_max_channels"),
    }
    assert far.inside(far_room) == {"lea", "denis"}


async def test_it_invites_one_by_one_when_slack_refuses_all_for_one(far, far_room):
    far.slack.fail_next("conversations.invite", error="cant_invite")
    assert list(await far.gateway.invite(far_room, [LEA, DENIS])) == []
    assert far.inside(far_room) == {"lea", "denis"}


async def test_it_invites_all_by_one_call(far, far_room):
    await far.gateway.invite(far_room, [LEA, DENIS, SALOME])
    assert [call.method for call in far.slack.calls].count("conversations.invite") == 1


async def test_it_tries_again_whom_slack_cannot_look_up_now(far, far_room):
    problems = await far.gateway.invite(far_room, [LEA, NOE])
    assert [(problem.person, problem.code) for problem in problems] == [(NOE, "users_not_found")]
    await eventually(lambda: [call.method for call in far.slack.calls].count("users.info") == 3)
    far.slack.fail_next("users.lookupByEmail", ratelimited=5)
    with pytest.raises(RateLimited):
        await far.gateway.invite(far_room, [DENIS, NOE])
    assert far.inside(far_room) == {"lea", "denis"}


@SHUT
async def test_it_takes_people_out_once_or_twice_alike(rig, room):
    await rig.gateway.invite(room, [LEA, DENIS])
    for _again in range(2):
        await rig.gateway.remove(room, [DENIS])
        assert rig.inside(room) == {"lea"}


async def test_it_takes_out_whom_the_plan_does_not_name(far, far_room):
    """Whoever has left the plan has no name there to be found by."""
    await far.gateway.invite(far_room, [LEA])
    far.slack.add_user("UGONE", "gone", email="gone@cellule.example")
    far.slack.channel(far_room).members.append("UGONE")
    await far.gateway.remove(far_room, [PersonId("gone")])
    assert set(far.slack.channel(far_room).members) == {"U0BOT", "U01LEA"}


async def test_it_refuses_a_shared_room(far, far_room):
    far.slack.channel(far_room).is_ext_shared = True
    with pytest.raises(Denied, match="room_is_shared"):
        await far.gateway.invite(far_room, [LEA])


@pytest.mark.parametrize("where", ["room", "direct"])
@pytest.mark.parametrize("after", [True, False])
async def test_it_finds_a_post_that_was_cut_if_it_was_done(far, far_room, where, after):
    place = at(far, far_room if where == "room" else LEA)
    other = await far.gateway.post(place, CARD, mark="m0")
    far.cut("post", after=after)
    with pytest.raises(Ambiguous):
        await far.gateway.post(place, CARD, mark="m1")
    found = await far.gateway.find(place, mark="m1")
    assert (found is not None) is after
    assert found != other


async def test_it_is_denied_a_look_without_the_scope(far, far_room):
    far.slack.world.scopes -= {"groups:history", "im:history"}
    for place in (at(far, far_room), at(far, LEA)):
        with pytest.raises(Denied):
            await far.gateway.find(place, mark="m1")


async def test_it_says_that_a_vanished_message_is_gone(rig, room):
    message = await rig.gateway.post(at(rig, room), CARD, mark="m1")
    rig.vanish(message)
    with pytest.raises(Gone):
        await rig.gateway.update(at(rig, room), message, CARD, mark="m1")


async def test_it_says_that_an_archived_room_is_gone(far, far_room):
    await far.gateway.archive(far_room)
    with pytest.raises(Gone):
        await far.gateway.post(at(far, far_room), CARD, mark="m1")


async def test_it_calls_somebody_who_left_denied_not_gone(far):
    far.slack.world.accounts["U01LEA"].deleted = True
    with pytest.raises(Denied):
        await far.gateway.post(at(far, LEA), CARD, mark="m1")


async def test_it_is_denied_a_post_to_somebody_without_a_seat(rig):
    with pytest.raises(Denied):
        await rig.gateway.post(at(rig, YVES), CARD, mark="m1")


@SHUT
@pytest.mark.parametrize("what", ["create", "invite", "post", "update"])
async def test_it_says_when_to_try_again_after_too_many_calls(rig, room, what):
    message = await rig.gateway.post(at(rig, LEA), CARD, mark="m1")
    rig.too_many(what, 9)
    calls = {
        "create": lambda: create(rig, before=False),
        "invite": lambda: rig.gateway.invite(room, [LEA]),
        "post": lambda: rig.gateway.post(at(rig, LEA), CARD, mark="m2"),
        "update": lambda: rig.gateway.update(at(rig, LEA), message, CARD, mark="m1"),
    }
    with pytest.raises(RateLimited) as raised:
        await calls[what]()
    assert raised.value.retry_after == 9


@pytest.mark.parametrize("where", ["room", "direct"])
async def test_it_shares_a_file(far, far_room, where):
    place = at(far, far_room if where == "room" else LEA)
    await far.gateway.attach(place, name="journal-2026-014.txt", content=b"log", comment="<!channel> the log")
    channel = far.slack.channel(far_room) if where == "room" else far.slack.world.direct_channel("U01LEA")
    (said,) = channel.messages
    assert said.files[0]["content"] == b"log"
    assert far.reads(place) == ["<!channel> the log"]
    assert far.notified(DENIS) == []


async def test_it_puts_no_argument_in_an_address(far, far_room):
    await far.gateway.invite(far_room, [LEA, DENIS])
    await far.gateway.post(at(far, LEA), CARD, mark="m1")
    await far.gateway.find(at(far, LEA), mark="m1")
    assert {call.query for call in far.slack.calls} == {""}


async def test_it_writes_to_a_person_in_their_language(rig):
    for person in (LEA, DENIS):
        await rig.gateway.post(at(rig, person), Card("s", "t", (Quote("x" * 40_000),)), mark="m1")
    assert "Coupé ici" in rig.reads(at(rig, LEA))[0]
    assert "Cut: the whole text" in rig.reads(at(rig, DENIS))[0]


@pytest.mark.parametrize("what", ["post", "create"])
@pytest.mark.parametrize("after", [True, False])
async def test_it_does_not_know_whether_a_cut_call_was_done(rig, what, after):
    rig.cut(what, after=after)
    with pytest.raises(Ambiguous):
        await (
            create(rig, before=False) if what == "create" else rig.gateway.post(at(rig, LEA), CARD, mark="m1")
        )
