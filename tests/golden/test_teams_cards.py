"""Every card and form as Teams takes it."""

import pytest

from adapters.teams.dialogs import MAX_DIALOG, card_task, form_task
from adapters.teams.render import MAX_MESSAGE, Look, message
from bot.cards import Card
from bot.domain.ids import PersonId
from bot.texts import translator
from tests.golden.gallery import GALLERY
from tests.golden.test_cards import LOCALES
from tests.rig import scenes
from tests.rig.teams_cards import actions, check_card, lines, weight


def mention(person: PersonId) -> tuple[str | None, str]:
    """Noé is not known on Teams."""
    return (None if person == scenes.NOE else f"aad-{person}"), scenes.guide().name(person)


def look(locale: str) -> Look:
    return Look(translator(locale), mention, lambda link: f"https://teams.example/{link.room}")


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", sorted(GALLERY))
def test_it_fits_teams(name, locale):
    shown = GALLERY[name](locale)
    if isinstance(shown, Card):
        (attachment,) = message(shown, look(locale))["attachments"]
        check_card(attachment["content"])
        assert weight(attachment["content"]) <= MAX_MESSAGE
        assert lines(attachment["content"])
        task = card_task(shown, look(locale), room=None)
    else:
        task = form_task(shown, look(locale), room=None)
    dialog = task["task"]["value"]["card"]["content"]
    check_card(dialog)
    assert weight(dialog) <= MAX_DIALOG
    assert {action["type"] for action in actions(dialog)} <= {"Action.Submit", "Action.OpenUrl"}
