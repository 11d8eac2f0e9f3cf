"""Once everybody has answered, nothing in the room asks who comes."""

from pathlib import Path

from bot.domain.cell import unanswered
from bot.domain.verbs import Verb
from tests.rig.acts import offers, press
from tests.rig.reading import in_room
from tests.rig.refused import night, the_crisis
from tests.rig.service import Rig

MENTION = "on a besoin de vous ici"
BRIEF = "À FAIRE MAINTENANT"


def asks(rig: Rig, words: str) -> bool:
    return Verb.TAKE_UP in offers(in_room(rig, "lea", words))


async def test_it_takes_the_buttons_away_with_the_last_answer(tmp_path: Path) -> None:
    async with night(tmp_path) as rig:
        *others, last = sorted(unanswered(the_crisis(rig)))
        assert others
        for person in others:
            await press(rig, person, Verb.TAKE_UP)
        await rig.settle()
        assert asks(rig, MENTION)
        assert asks(rig, BRIEF)
        await press(rig, last, Verb.TAKE_UP)
        await rig.settle()
        assert not asks(rig, MENTION)
        assert not asks(rig, BRIEF)


async def test_it_asks_again_when_somebody_else_is_called(tmp_path: Path) -> None:
    async with night(tmp_path) as rig:
        for person in sorted(unanswered(the_crisis(rig))):
            await press(rig, person, Verb.TAKE_UP)
        await rig.settle()
        await rig.user("lea").command("/crisis ask dpo Qui prévenir ?", channel=rig.slack.rooms[-1].name)
        await rig.settle()
        assert asks(rig, BRIEF)
        assert asks(rig, MENTION)
