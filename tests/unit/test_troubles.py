"""What is told of a fault: where it can be read, when it lasts, once."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.domain.events import DeliveryFailed, PlatformBack, PlatformLost, RoomCreated
from bot.domain.guests import Guest
from bot.domain.ids import CrisisId, PersonId, Platform
from bot.domain.roster import Role
from bot.domain.states import CrisisStatus
from bot.domain.verbs import Verb
from bot.ports import Denied, GatewayError, RateLimited, RoomPlace, Unreachable
from bot.reactions.effects import After, Send
from bot.reactions.react import react
from bot.store import CardKind
from tests.rig import scenes as s
from tests.rig.core import Core

AT = s.at("03:14")


def told(platform: Platform, *, lasting: bool) -> set[str]:
    """The places where the fault of a platform is said."""
    after = After(s.in_its_room(s.just_opened()), s.guide(), list, AT)
    event = DeliveryFailed(at=AT, platform=platform, what=CardKind.PING, code="down", lasting=lasting)
    rows = [e.row for e in react(event, after) if isinstance(e, Send) and e.row.kind is CardKind.TROUBLE]
    return {f"{type(row.place).__name__} {row.platform}" for row in rows}


def test_it_tells_a_short_fault_where_it_does_not_stand() -> None:
    assert told(Platform.SLACK, lasting=False) == {"RoomPlace web", "DirectPlace web"}
    assert told(Platform.WEB, lasting=False) == {"RoomPlace slack"}


@pytest.mark.parametrize("platform", Platform)
def test_it_tells_a_lasting_fault_everywhere(platform: Platform) -> None:
    assert told(platform, lasting=True) == {"RoomPlace web", "RoomPlace slack", "DirectPlace web"}


@pytest.mark.parametrize(
    "event",
    [
        PlatformLost(at=AT, platform=Platform.SLACK, code="down"),
        PlatformBack(at=AT, platform=Platform.SLACK, lost_at=AT),
    ],
)
def test_it_tells_of_a_lost_platform_in_the_rooms_elsewhere_alone(event: PlatformLost | PlatformBack) -> None:
    after = After(s.in_its_room(s.just_opened()), s.guide(), list, AT)
    rows = [e.row for e in react(event, after) if isinstance(e, Send) and e.row.kind is CardKind.NEWS]
    assert [(type(row.place).__name__, row.platform) for row in rows] == [("RoomPlace", Platform.WEB)]


@pytest.mark.parametrize(("status", "called"), [(CrisisStatus.OPEN, True), (CrisisStatus.CLOSED, False)])
def test_it_calls_people_elsewhere_while_the_crisis_is_open(status: CrisisStatus, *, called: bool) -> None:
    crisis = s.in_its_room(s.just_opened())
    crisis.status = status
    after = After(crisis, s.guide(), list, AT)
    lost = react(PlatformLost(at=AT, platform=Platform.SLACK, code="down"), after)
    assert any(isinstance(e, Send) and e.row.kind is CardKind.PING for e in lost) is called


@pytest.mark.parametrize(("minutes", "late"), [(0, False), (16, True)])
def test_it_holds_in_a_late_room_what_was_asked_meanwhile(minutes: int, *, late: bool) -> None:
    """In one that comes at once nobody can have asked anything yet."""
    now = s.at("03:10") + timedelta(minutes=minutes)
    crisis = s.in_its_room(s.just_opened())
    crisis.guests = (Guest(PersonId("yves"), Role.LAWYER, s.LEA, now, "hash"),)
    due = s.follow_up(crisis, 1, now)
    after = After(crisis, s.guide(), lambda: [due], now)
    effects = react(RoomCreated(at=now, platform=Platform.SLACK, name="crise"), after)
    shown = {e.row.kind for e in effects if isinstance(e, Send) and isinstance(e.row.place, RoomPlace)}
    meanwhile = {CardKind.NEWS, CardKind.FOLLOW_UP}
    assert shown & meanwhile == (meanwhile if late else set())
    assert CardKind.GUEST in shown  # the opening itself may have made a link


def fails_with(error: GatewayError) -> Callable[[str], None]:
    def fail(_what: str) -> None:
        raise error

    return fail


def failures(core: Core, crisis: CrisisId, what: CardKind) -> list[bool]:
    """Of each failure of a kind of card in the journal, whether it lasts."""
    with core.store.read() as uow:
        events = [entry.event for entry in uow.journal.of(crisis)]
    return [e.lasting for e in events if isinstance(e, DeliveryFailed) and e.what == what]


def test_it_notes_a_fault_when_it_begins_to_count_and_when_it_lasts() -> None:
    core = Core()
    crisis = core.opens()
    core.chat.before = fails_with(Unreachable("down"))
    core.press("lea", Verb.LIFE_IN_DANGER, crisis)
    noted = []
    for _minute in range(30):
        core.later(minutes=2)
        noted.append(failures(core, crisis, CardKind.EMERGENCY))
    assert noted[3] == []
    assert noted[8] == [False]
    assert noted[-1] == [False, True]


def test_it_notes_a_limit_that_lasts_a_quarter_of_an_hour_once() -> None:
    core = Core()
    crisis = core.opens()
    core.chat.before = fails_with(RateLimited("ratelimited", retry_after=60))
    core.press("lea", Verb.LIFE_IN_DANGER, crisis)
    for _minute in range(12):
        core.later(minutes=1, seconds=1)
    assert failures(core, crisis, CardKind.EMERGENCY) == []
    for _minute in range(30):
        core.later(minutes=1, seconds=1)
    assert failures(core, crisis, CardKind.EMERGENCY) == [True]


def test_it_notes_nothing_of_a_limit_that_an_old_card_meets_once() -> None:
    core = Core()
    crisis = core.opens()
    core.later(hours=1)
    healthy, core.chat.before = core.chat.before, fails_with(RateLimited("ratelimited", retry_after=60))
    core.press("claire", Verb.TAKE_UP, crisis)
    core.deliver()
    core.chat.before = healthy
    core.later(minutes=2)
    assert failures(core, crisis, CardKind.BRIEF) == []


def test_it_tries_a_refused_card_once_for_each_time_that_there_is_more_to_show() -> None:
    core = Core()
    crisis = core.opens()

    def refuse_updates(what: str) -> None:
        if what == "update":
            raise Denied("too_large")

    core.chat.before = refuse_updates
    for person in ("claire", "farid"):
        core.press(person, Verb.TAKE_UP, crisis)
        core.deliver()
    assert failures(core, crisis, CardKind.BRIEF) == [True, True]


def test_it_says_to_the_room_and_its_opener_that_others_may_read_it() -> None:
    core = Core()
    core.chat.lesser = "Chat.Create"
    crisis = core.opens()
    core.deliver()
    told = [said.place for said in core.chat.said.values() if "n'est pas privée" in said.card.summary]
    assert {type(place).__name__ for place in told} == {"RoomPlace", "DirectPlace"}
    with core.store.read() as uow:
        (made,) = [e.event for e in uow.journal.of(crisis) if isinstance(e.event, RoomCreated)]
    assert made.lesser == "Chat.Create"
