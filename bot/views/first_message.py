"""The first message, to which the client agreed beforehand: sent without approval, re-read in the morning."""

from collections.abc import Sequence

from bot.cards import Action, Actions, Block, Card, ChoiceField, Form, Quote, Style, Text, Tone
from bot.domain.drafts import Draft
from bot.domain.first_message import reread_by
from bot.domain.states import Route
from bot.domain.subjects import draft_subject
from bot.domain.verbs import Verb
from bot.domain.wording import fingerprint, revision_text
from bot.plan.model import FirstMessage
from bot.texts import N_
from bot.views import dates
from bot.views.buttons import button
from bot.views.draft_forms import no_call, routes_field
from bot.views.draft_parts import goes_by
from bot.views.lines import drill_notice, room_link, summary, title, when
from bot.views.scene import Scene

LANGUAGES = {"fr": N_("French"), "en": N_("English")}


def first_message_form(scene: Scene, message: FirstMessage, *, routes: Sequence[Route]) -> Form:
    """The whole text in each language, who agreed to it and until when: exactly what is shown is sent."""
    _ = scene._
    texts = {language: revision_text(text) for language, text in message.texts.items()}
    agreed = _(
        "{name} agreed to this text for {community}, until {date}. It needs no other approval, "
        "and is re-read in the morning.",
        name=scene.guide.name(message.agreed_by),
        community=scene.guide.community(scene.crisis).name,
        date=dates.date_of(message.until, _),
    )
    usual = texts.get(scene.guide.community(scene.crisis).locale, next(iter(texts.values())))
    return Form(
        action=Action(Verb.FIRST_MESSAGE, scene.crisis.id),
        title=_("First message"),
        submit=_("Yes, send it"),
        cancel=_("Not yet"),
        intro=(
            *drill_notice(scene),
            Text(agreed, Tone.STRONG),
            *no_call(scene),
            *(Quote(text, label=_(LANGUAGES[language])) for language, text in texts.items()),
        ),
        fields=(
            ChoiceField(
                "message",
                _("In which language?"),
                tuple((fingerprint(text), _(LANGUAGES[language])) for language, text in texts.items()),
                value=fingerprint(usual),
                required=True,
                wide=True,
            ),
            routes_field(scene, routes),
        ),
    )


def reread_card(scene: Scene, *, draft: Draft) -> Card:
    """The next morning, to those who could not be reached: what left without them."""
    _ = scene._
    subject, reread = draft_subject(scene.crisis, draft.number), reread_by(draft)
    told = _(
        "{name} sent the first message alone, {when}. "
        "Read it now; if something is missing, write to the member.",
        name=scene.guide.name(draft.released_by),
        when=when(scene, draft.released_at or scene.now),
    )
    if reread:
        told = _(
            "{name} re-read the first message {when}. Nothing more is asked of you here.",
            name=scene.guide.name(reread.person),
            when=when(scene, reread.at),
        )
    seen = button(Verb.REREAD, subject, _, style=Style.PRIMARY)
    write = button(Verb.DRAFT, scene.crisis.id, _)
    buttons = (*(() if reread else (seen, write)), *room_link(scene))
    blocks: tuple[Block, ...] = (
        *drill_notice(scene),
        Text(told, Tone.STRONG),
        goes_by(scene, draft),
        Quote(draft.current.text, label=_("First message")),
    )
    return Card(
        summary=summary(scene, _("settled") if reread else _("the first message is to be re-read")),
        title=title(scene, _("first message")),
        blocks=(*blocks, *([Actions(buttons)] if buttons else [])),
    )
