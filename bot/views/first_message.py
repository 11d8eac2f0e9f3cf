"""The first message, to which the client agreed beforehand: sent without approval, re-read in the morning."""

from collections.abc import Sequence

from bot.cards import Action, Actions, Block, Card, ChoiceField, Form, Quote, Style, Text, Tone
from bot.domain.drafts import Draft
from bot.domain.first_message import reread_by
from bot.domain.states import Route
from bot.domain.subjects import draft_subject
from bot.domain.verbs import Verb
from bot.views import dates
from bot.views.agreed_words import AgreedWord
from bot.views.buttons import button
from bot.views.draft_forms import no_call, routes_field
from bot.views.draft_parts import goes_by
from bot.views.lines import drill_notice, room_link, summary, title, when
from bot.views.scene import Scene


def first_message_form(scene: Scene, words: Sequence[AgreedWord], *, routes: Sequence[Route]) -> Form:
    """Each whole text, who agreed to it and until when: exactly what is shown is sent."""
    _ = scene._
    locale = scene.guide.community(scene.crisis).locale
    usual = next((word for word in words if word.language == locale), words[0])
    return Form(
        action=Action(Verb.FIRST_MESSAGE, scene.crisis.id),
        title=_("First message"),
        submit=_("Yes, send it"),
        cancel=_("Not yet"),
        intro=(
            *drill_notice(scene),
            *(Text(told, Tone.STRONG) for told in dict.fromkeys(_agreed(scene, word) for word in words)),
            *no_call(scene),
            *(Quote(word.text, label=word.label) for word in words),
        ),
        fields=(
            ChoiceField(
                "message",
                _("Which text?")
                if len({w.language for w in words}) < len(words)
                else _("In which language?"),
                tuple((word.mark, word.label) for word in words),
                value=usual.mark,
                required=True,
                wide=True,
            ),
            routes_field(scene, routes),
        ),
    )


def _several_in_one(words: Sequence[AgreedWord]) -> bool:
    return len({word.language for word in words}) < len(words)


def _agreed(scene: Scene, word: AgreedWord) -> str:
    return scene._(
        "{name} agreed to this text for {community}, until {date}. It needs no other approval, "
        "and is re-read in the morning.",
        name=scene.guide.name(word.agreed_by),
        community=scene.guide.community(scene.crisis).name,
        date=dates.date_of(word.until, scene._),
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
