"""Every card and form as Teams takes it."""

import pytest

from adapters.teams.dialogs import MAX_DIALOG, card_task, form_task
from adapters.teams.render import MAX_MESSAGE, Look, message
from bot.cards import Card
from bot.domain import cell
from bot.domain.ids import PersonId
from bot.domain.roster import Role
from bot.domain.states import AskedAs
from bot.texts import translator
from bot.views.brief import brief_card
from tests.golden.gallery import GALLERY
from tests.golden.test_cards import LOCALES
from tests.rig import scenes
from tests.rig.samples import crisis_with_everything
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


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(
    "words", ["😀" * 3000, "[x](https://e.example) <at>Léa</at> {{DATE(2026-11-24T03:00:00Z)}}"]
)
def test_it_fits_teams_at_its_fullest(locale, words):
    """Everything filled, everybody called, all that people wrote as long as it may be."""
    crisis = crisis_with_everything(words=words)
    for person in (scenes.LEA, scenes.INES, scenes.DENIS, scenes.FARID, scenes.SALOME, scenes.NOE):
        for role in Role:
            cell.ask(crisis, person=person, role=role, asked_as=AskedAs.HOLDER, at=scenes.at("03:10"))
    (attachment,) = message(brief_card(scenes.scene(crisis, "03:18", locale=locale)), look(locale))[
        "attachments"
    ]
    check_card(attachment["content"])
    assert weight(attachment["content"]) <= MAX_MESSAGE
