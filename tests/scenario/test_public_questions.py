"""Questions of the public: kept, counted on the first card, ticked off."""

from pathlib import Path

import pytest

from bot.domain.errors import Code
from bot.domain.ids import CrisisId
from bot.domain.questions import unanswered
from bot.domain.verbs import Verb
from tests.rig.core import Core
from tests.rig.either import CHATS
from tests.rig.plain import plain
from tests.rig.refused import night_at

FIRST, SECOND = "Les colis perdus seront-ils remboursés ?", "Qui répond ce week-end ?"


@pytest.mark.parametrize("where", CHATS)
async def test_it_is_kept_and_ticked_off_in_the_room(tmp_path: Path, where: str) -> None:
    async with night_at(where, tmp_path) as rig:
        lea = CHATS[where](rig, "lea")
        await lea.asks_in_room("Questions du public…")
        await lea.fills({"text": FIRST})
        assert "1 sans réponse" in (await lea.reads_brief()).replace("\xa0", " ")
        await lea.asks_in_room("Questions du public…")
        await lea.fills({"answered": ["1"]})
        assert "sans réponse : «" not in (await lea.reads_brief()).replace("\xa0", " ")


@pytest.fixture
def core() -> Core:
    return Core()


def kept(core: Core, crisis: CrisisId, *questions: str) -> None:
    for question in questions:
        assert core.fill("ines", Verb.QUESTIONS, crisis, text=question).code is None


def brief(core: Core, crisis: CrisisId) -> str:
    card = core.press("ines", Verb.STATUS, crisis).card
    assert card is not None
    return plain(card).replace("\xa0", " ")


def test_it_counts_those_without_an_answer(core: Core) -> None:
    crisis = core.opens("ines", first="anger_or_image")
    assert "Questions du public" not in brief(core, crisis)
    kept(core, crisis, FIRST, SECOND)
    assert "2 sans réponse : « Questions du public… »" in brief(core, crisis)
    assert FIRST not in brief(core, crisis)


def test_it_lists_them_on_a_press_and_ticks_them_off(core: Core) -> None:
    crisis = core.opens("ines", first="anger_or_image")
    kept(core, crisis, FIRST, SECOND)
    form = core.press("noe", Verb.QUESTIONS, crisis).form
    assert form is not None
    assert FIRST in str(form.intro)
    assert core.fill("noe", Verb.QUESTIONS, crisis, answered="1").code is None
    assert [each.text for each in unanswered(core.crisis(crisis))] == [SECOND]
    assert "1 sans réponse" in brief(core, crisis)
    again = core.press("noe", Verb.QUESTIONS, crisis).form
    assert again is not None
    assert FIRST not in str(again.intro)


def test_it_keeps_one_by_a_command(core: Core) -> None:
    crisis = core.opens("ines", first="anger_or_image")
    answer = core.command("ines", f"note ? {FIRST}")
    assert answer.card is not None
    assert "1 question du public attend" in plain(answer.card).replace("\xa0", " ")
    assert [each.text for each in core.crisis(crisis).questions] == [FIRST]


def test_it_is_in_the_log(core: Core) -> None:
    crisis = core.opens("ines", first="anger_or_image")
    kept(core, crisis, FIRST)
    core.fill("noe", Verb.QUESTIONS, crisis, answered="1")
    log = core.log(crisis)
    assert f"Inès a gardé la question 1 du public : {FIRST}" in log
    assert "Noé a noté que la question 1 du public a sa réponse" in log


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({}, Code.TEXT_EMPTY),
        ({"text": "  "}, Code.TEXT_EMPTY),
        ({"answered": "7"}, Code.ABSENT),
        ({"answered": "1,1"}, Code.ALREADY_DONE),
        ({"answered": "x"}, Code.BAD_VALUE),
    ],
)
def test_it_changes_nothing_when_it_refuses(core: Core, values: dict[str, str], code: Code) -> None:
    crisis = core.opens("ines", first="anger_or_image")
    kept(core, crisis, FIRST)
    assert core.fill("ines", Verb.QUESTIONS, crisis, None, **values).code == code
    assert len(unanswered(core.crisis(crisis))) == 1
