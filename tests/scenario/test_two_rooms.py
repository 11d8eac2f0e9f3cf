"""One crisis in two rooms: what one platform misses goes on in the other, and nothing is asked twice."""

from pathlib import Path

from bot.domain.ids import PersonId, Platform
from bot.domain.verbs import Verb
from bot.ports import DirectPlace, Place, RoomPlace
from bot.rendering import card_of
from tests.rig.acts import newest, offers, press
from tests.rig.plain import plain
from tests.rig.reading import text
from tests.rig.service import Rig, slack_rig

CALLS = ("conversations.create", "conversations.invite", "chat.postMessage", "chat.update")
URGENT = "/crisis urgence je ne vais pas bien"


async def opens(rig: Rig) -> None:
    await rig.user("lea").command(URGENT)
    await rig.settle()


def breaks(rig: Rig) -> None:
    for method in CALLS:
        rig.slack.fail_next(method, cut_before=True, times=10_000)


def in_browser(rig: Rig, person: str | None = None) -> list[str]:
    """The cards of the crisis's page, or of a person's own, as they stand now."""
    application = rig.service.application
    with application.store.read() as uow:
        (crisis,) = uow.crises.of(["forum"])
        page = crisis.room_on(Platform.WEB)
        assert page is not None
        assert page.ref is not None
        place: Place = RoomPlace(Platform.WEB, page.ref)
        if person:
            place = DirectPlace(Platform.WEB, PersonId(person))
        guide, now = application.guide(), rig.clock()
        cards = [card_of(row, uow, guide, now=now) for row in uow.outbox.at(place)]
    return [plain(card) for card in cards if card is not None]


def pings(rig: Rig, who: str) -> int:
    return sum(Verb.TAKE_UP in offers(message) for message in rig.user(who).direct_messages())


async def test_it_calls_somebody_first_where_they_are_and_then_everywhere(tmp_path: Path) -> None:
    async with slack_rig(tmp_path) as rig:
        await opens(rig)
        assert pings(rig, "noe") == 1
        assert in_browser(rig, "noe") == []
        await rig.later(minutes=5)
        assert pings(rig, "noe") > 1
        assert any("Noé" in card or "cellule" in card for card in in_browser(rig, "noe"))


async def test_it_goes_on_in_the_other_room_and_says_so(tmp_path: Path) -> None:
    async with slack_rig(tmp_path) as rig:
        await opens(rig)
        breaks(rig)
        await press(rig, "denis", Verb.TAKE_UP, on=newest(rig, "denis", Verb.TAKE_UP))
        await rig.later(minutes=3)
        lost = [card for card in in_browser(rig) if "Slack ne répond plus depuis" in card]
        assert len(lost) == 1
        assert "La crise continue ici" in lost[0]
        rig.slack.heal()
        await rig.later(minutes=2)
        (room,) = rig.slack.rooms
        assert not any("ne répond plus" in text(rig, "lea", message) for message in room.messages)
        assert not any("ne répond plus" in card for card in in_browser(rig))
        assert any("Slack répond à nouveau, après" in card for card in in_browser(rig))


async def test_it_calls_in_the_other_room_whom_the_first_cannot_reach(tmp_path: Path) -> None:
    async with slack_rig(tmp_path) as rig:
        breaks(rig)
        await opens(rig)
        await rig.later(minutes=3)
        assert all(in_browser(rig, who) for who in ("noe", "claire", "farid", "denis"))
        assert rig.slack.rooms == []
