"""Serious news: what stops, who decides, and how it is lifted."""

from bot.cards import Action, Actions, Card, ChoiceField, Form, Style, Text, TextField, Tone
from bot.domain.events import MessagesResumed, SeriousNews
from bot.domain.roster import Role
from bot.domain.states import News
from bot.domain.verbs import Verb
from bot.texts import N_
from bot.views.buttons import button
from bot.views.lines import drill_notice, names, summary, title
from bot.views.scene import Scene

NEWS = {
    News.DEATH: N_("a death"),
    News.HOSPITAL: N_("in hospital"),
    News.FAMILY: N_("a word of the family"),
    News.OTHER: N_("other serious news"),
}


def held(scene: Scene) -> tuple[Text, ...]:
    """On every card of a text that could go."""
    if scene.crisis.silenced_at is None:
        return ()
    told = scene._(
        "STOPPED: serious news. Send nothing. If it has gone already, say so in the room. A manager decides "
        "what comes now."
    )
    return (Text(told, Tone.ALERT),)


def deciders(scene: Scene) -> str:
    """Who decides what comes now."""
    guide, crisis = scene.guide, scene.crisis
    return names(
        scene, [*guide.chain(crisis, Role.MANAGER), *guide.chain(crisis, Role.DISTRESS_REFERENT)[:1]]
    )


def news_form(scene: Scene) -> Form:
    """What was learned."""
    _ = scene._
    stops = _(
        "Every message to the member and those around them stops. A manager and the distress referent are "
        "called now; only a manager lets messages go again."
    )
    return Form(
        action=Action(Verb.SERIOUS_NEWS, scene.crisis.id),
        title=_("Serious news"),
        submit=_("Stop every message"),
        cancel=_("Cancel"),
        intro=(Text(stops, Tone.STRONG),),
        fields=(
            ChoiceField(
                "news",
                _("What was learned?"),
                tuple((news.value, _(label)) for news, label in NEWS.items()),
                required=True,
                wide=True,
            ),
            TextField(
                "note",
                _("From whom, and when?"),
                hint=_("Without the member's name or words"),
                multiline=True,
            ),
        ),
    )


def resume_form(scene: Scene) -> Form:
    """Why messages may go again."""
    _ = scene._
    return Form(
        action=Action(Verb.RESUME_MESSAGES, scene.crisis.id),
        title=_("Let messages go again"),
        submit=_("Let messages go again"),
        cancel=_("Cancel"),
        intro=(Text(_("Planned follow-ups resume. No text leaves by itself: somebody must send it.")),),
        fields=(TextField("reason", _("Why?"), required=True, multiline=True),),
    )


def serious_news_card(scene: Scene, event: SeriousNews) -> Card:
    """To everybody in the cell, and directly to the managers and the distress referents."""
    _ = scene._
    told = _(
        "Serious news, noted by {name}. Write nothing more to the member or those around them. "
        "{deciders} decide together, and look after the cell too.",
        name=scene.guide.name(event.by),
        deciders=deciders(scene),
    )
    lifted = _("A manager has let messages go again since.")
    silenced = scene.crisis.silenced_at is not None
    lift = Actions((button(Verb.RESUME_MESSAGES, scene.crisis.id, _),))
    return Card(
        summary=summary(scene, _("serious news: write nothing more")),
        title=title(scene),
        blocks=(*drill_notice(scene), Text(told if silenced else lifted, Tone.STRONG), *([lift] * silenced)),
        tone=Tone.ALERT if silenced else Tone.NORMAL,
    )


def resumed_card(scene: Scene, event: MessagesResumed) -> Card:
    """To the cell."""
    _ = scene._
    told = _(
        "{name} lets messages to the member go again: {reason}",
        name=scene.guide.name(event.by),
        reason=event.reason,
    )
    draft = button(Verb.DRAFT, scene.crisis.id, _, style=Style.PLAIN)
    return Card(
        summary=summary(scene, _("messages may go again")),
        title=title(scene),
        blocks=(*drill_notice(scene), Text(told, Tone.STRONG), Actions((draft,))),
    )
