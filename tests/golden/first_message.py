"""Nobody left to call: the first message leaves, and is re-read in the morning."""

from bot.domain import sending
from bot.domain.states import Route
from bot.views import brief, drafts, first_message
from bot.views.agreed_words import agreed_words
from tests.golden.gallery import shown
from tests.rig import nobody
from tests.rig import scenes as s


@shown
def brief_with_nobody_left(locale):
    return brief.brief_card(s.scene(nobody.nobody_left(), "03:20", locale=locale))


@shown
def first_message_form(locale):
    scene = s.scene(nobody.nobody_left(), "03:20", locale=locale, reader=s.LEA)
    return first_message.first_message_form(scene, agreed_words(scene), routes=tuple(Route))


@shown
def first_message_released(locale):
    crisis = nobody.first_message_released()
    return drafts.draft_card(s.scene(crisis, "03:21", locale=locale), draft=crisis.draft(1))


@shown
def brief_after_the_first_message(locale):
    crisis = nobody.first_message_released()
    sending.use_route(crisis, 1, Route.PRIVATE_MESSAGE, by=s.LEA, proof="messagerie", at=s.at("03:22"))
    return brief.brief_card(s.scene(crisis, "03:23", locale=locale))


@shown
def reread_first_message(locale):
    crisis = nobody.first_message_released()
    scene = s.scene(crisis, "08:30", locale=locale, reader=s.SALOME)
    return first_message.reread_card(scene, draft=crisis.draft(1))


@shown
def first_message_was_reread(locale):
    crisis = nobody.first_message_reread()
    scene = s.scene(crisis, "08:41", locale=locale, reader=s.FARID)
    return first_message.reread_card(scene, draft=crisis.draft(1))


@shown
def first_message_released_and_reread(locale):
    crisis = nobody.first_message_reread()
    return drafts.draft_card(s.scene(crisis, "08:41", locale=locale), draft=crisis.draft(1))
