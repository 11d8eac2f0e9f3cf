"""The brief card keeps up with the hours, though nobody presses anything."""

from pathlib import Path

from bot.cards import Action
from bot.domain.verbs import Verb
from tests.rig.acts import act, offers, press
from tests.rig.reading import dialog, text
from tests.rig.refused import closes, night, the_crisis
from tests.rig.service import Rig

CALLED = ("claire", "farid", "denis", "noe")
LATE = "(dépassé)"


async def gathered(rig: Rig) -> None:
    """Everybody has answered: nobody is called again, and nothing else changes the card."""
    for who in CALLED:
        await press(rig, who, Verb.TAKE_UP)
    await rig.settle()


def brief(rig: Rig) -> str:
    card = next(message for message in rig.slack.rooms[-1].messages if Verb.MORE in offers(message))
    return text(rig, "lea", card)


async def test_it_says_that_a_deadline_has_passed(tmp_path: Path) -> None:
    async with night(tmp_path) as rig:
        await gathered(rig)
        assert brief(rig).count(LATE) == 0
        await rig.later(minutes=3)
        assert brief(rig).count(LATE) == 1
        await rig.later(minutes=8)
        assert brief(rig).count(LATE) == 2


async def test_it_follows_the_deadlines_of_another_kind_of_crisis(tmp_path: Path) -> None:
    async with night(tmp_path) as rig:
        await gathered(rig)
        await rig.later(minutes=3)
        await act(rig, "lea", Action(Verb.COMPLETE, the_crisis(rig).id))
        await rig.user("lea").submit(await dialog(rig, "lea"), {"category": "complaint"})
        await rig.settle()
        assert brief(rig).count(LATE) == 0
        await rig.later(minutes=8)
        assert brief(rig).count(LATE) == 0
        await rig.later(minutes=8)
        assert brief(rig).count(LATE) == 1


async def test_it_says_for_how_long_no_call_was_noted(tmp_path: Path) -> None:
    async with night(tmp_path) as rig:
        await gathered(rig)
        await press(rig, "lea", Verb.LIFE_IN_DANGER)
        await rig.settle()
        assert "AUCUN APPEL NOTÉ depuis" in brief(rig)
        await rig.later(minutes=3)
        assert "AUCUN APPEL NOTÉ depuis 2 min" in brief(rig)


async def test_it_leaves_the_card_of_a_closed_crisis_alone(tmp_path: Path) -> None:
    async with night(tmp_path) as rig:
        await gathered(rig)
        await closes(rig)
        sent = len(rig.slack.calls)
        await rig.later(minutes=12)
        assert len(rig.slack.calls) == sent
