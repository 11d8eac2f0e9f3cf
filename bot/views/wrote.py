"""The member wrote back: said at once where the cell is."""

from bot.cards import Action, Actions, Block, Button, Card, Form, Quote, Text, TextField, Tone
from bot.domain.events import MemberWrote
from bot.domain.subjects import member_subject
from bot.domain.verbs import Verb
from bot.views import dates
from bot.views.buttons import button, life_in_danger
from bot.views.lines import drill_notice, summary, title, when
from bot.views.members import whom_field
from bot.views.scene import Scene

LONGEST = 40_000


def wrote_back_form(scene: Scene) -> Form:
    """What they wrote, and when. `written_at` is an hour of the reader's zone."""
    _ = scene._
    return Form(
        action=Action(Verb.WROTE_BACK, scene.crisis.id),
        title=_("The member wrote back"),
        submit=_("Record"),
        cancel=_("Cancel"),
        intro=(Text(_("The follow-ups are counted anew from it, and the triage aid reads it.")),),
        fields=(
            *whom_field(scene, _("Who wrote?")),
            TextField(
                "text", _("What they wrote, copied"), required=True, multiline=True, max_length=LONGEST
            ),
            TextField(
                "written_at",
                _("At what time?"),
                value=dates.hour(scene.now, scene.zone),
                hint=_("Hour and minutes, for example 03:14"),
                max_length=40,
            ),
        ),
    )


def wrote_card(scene: Scene, event: MemberWrote) -> Card:
    """Their words, or the button to read them where the plan wants it so."""
    _ = scene._
    scene = scene.about(event.member)
    told = _("The member wrote back by e-mail, {when}.", when=when(scene, event.at))
    if event.by is not None:
        told = _("{name} noted what the member wrote back.", name=scene.guide.name(event.by))
    then = _("Read it whole before you answer. The follow-ups count anew from here.")
    return Card(
        summary=summary(scene, _("the member wrote back")),
        title=title(scene, scene.named),
        blocks=(
            *drill_notice(scene),
            Text(told, Tone.STRONG),
            *_known(scene, event),
            *_words(scene, event.nth),
            Text(then),
            Actions((*_read(scene), life_in_danger(scene.crisis.id, _))),
        ),
        tone=Tone.ALERT,
    )


def _known(scene: Scene, event: MemberWrote) -> tuple[Text, ...]:
    if event.other_address:
        told = scene._("This e-mail answers ours from an address that is not the member's: who wrote it?")
        return (Text(told),)
    if not event.by_address:
        return ()
    return (Text(scene._("This e-mail answers none of ours: only its address points to the member.")),)


def _words(scene: Scene, nth: int) -> tuple[Block, ...]:
    _, messages = scene._, scene.crisis.messages
    if scene.guide.on_demand(scene.crisis):
        return ()
    if nth > len(messages) or not messages[nth - 1].text:
        return (Text(_("It holds no text that can be read here: look into the mailbox."), Tone.MUTED),)
    return (Quote(messages[nth - 1].text, label=_("The member wrote")),)


def _read(scene: Scene) -> tuple[Button, ...]:
    on_demand = scene.guide.on_demand(scene.crisis)
    return (button(Verb.READ_MESSAGE, member_subject(scene.crisis, scene.who), scene._),) if on_demand else ()
