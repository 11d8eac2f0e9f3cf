from datetime import timedelta

from bot.cards import Action
from bot.domain.errors import Code
from bot.domain.verbs import Verb
from bot.interactions import FormSubmission
from tests.rig.core import Core, actor, fresh_key

FILLED = {
    "first_choice": "anger_or_image",
    "community": "forum",
    "text": "mot pour mot",
    "link": "https://forum.example/t/88#m412",
}


def already_open(core: Core, who: str, *, key: str) -> str:
    """The second to open learns of the first; the name of what they had typed."""
    core.ask(FormSubmission(fresh_key(), actor("ines"), Action(Verb.OPEN), FILLED))
    core.now += timedelta(minutes=1)
    answer = core.ask(FormSubmission(key, actor(who), Action(Verb.OPEN), FILLED))
    assert answer.kept["text"] == "mot pour mot"
    return key


def test_it_opens_another_once_however_often_one_presses():
    core = Core()
    kept = already_open(core, "denis", key="k1")
    core.press("denis", Verb.OPEN, kept)
    again = core.press("denis", Verb.OPEN, kept)
    assert len(core.crises()) == 2
    assert again.card is not None
    assert "par Denis" in str(again.card)


def test_it_opens_nothing_with_what_somebody_else_typed():
    core = Core()
    kept = already_open(core, "denis", key="k1")
    answer = core.press("claire", Verb.OPEN, kept)
    assert answer.form is not None
    assert "mot pour mot" not in str(answer)
    assert len(core.crises()) == 1


def test_it_lets_nobody_join_a_crisis_of_another_community():
    core = Core()
    crisis = core.opens("noe", community="club")
    assert core.press("lea", Verb.JOIN, crisis).code == Code.ABSENT
