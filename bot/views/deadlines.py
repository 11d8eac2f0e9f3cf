"""What the member is owed by an hour, said before it has passed."""

from bot.cards import Actions, Button, Card, Style, Text, Tone
from bot.domain.events import DeadlineNear
from bot.domain.states import CrisisStatus, Deadline, DraftStatus
from bot.domain.verbs import Verb
from bot.texts import N_
from bot.views.buttons import button
from bot.views.lines import drill_notice, summary, title, when
from bot.views.scene import Scene

DEADLINES = {
    Deadline.FIRST_WORD: N_("first word"),
    Deadline.REPLY: N_("reply"),
}


def deadline_card(scene: Scene, event: DeadlineNear) -> Card:
    """Soon or late; once nothing is owed any more, that it is so."""
    _ = scene._
    if scene.guide.deadlines(scene.crisis).get(event.deadline) != event.due_at:
        return Card(
            summary=summary(scene, _("settled")),
            title=title(scene),
            blocks=(*drill_notice(scene), Text(_settled(scene, event.deadline))),
        )
    buttons = _buttons(scene, event.deadline)
    return Card(
        summary=summary(scene, _("a deadline has passed") if event.late else _("a deadline is near")),
        title=title(scene),
        blocks=(
            *drill_notice(scene),
            Text(_told(scene, event), Tone.STRONG),
            *([Actions(buttons)] if buttons else []),
        ),
        tone=Tone.ALERT,
    )


def _told(scene: Scene, event: DeadlineNear) -> str:
    _, at = scene._, when(scene, event.due_at)
    match event.deadline, event.late:
        case Deadline.FIRST_WORD, False:
            return _("The member waits for a first word: due {when}.", when=at)
        case Deadline.FIRST_WORD, True:
            return _("LATE: the member waits for a first word, due {when}.", when=at)
        case _, False:
            return _("The member waits for a reply: due {when}.", when=at)
        case _:
            return _("LATE: the member waits for a reply, due {when}.", when=at)


def _settled(scene: Scene, what: Deadline) -> str:
    crisis, _ = scene.crisis, scene._
    if what is Deadline.FIRST_WORD and crisis.anchored_at:
        return _("First word to the member {when}.", when=when(scene, crisis.anchored_at))
    if what is Deadline.REPLY and crisis.status is CrisisStatus.REPLIED:
        return _("The reply has gone.")
    return _("Nothing is due any more by the hour that stood here.")


def _buttons(scene: Scene, what: Deadline) -> tuple[Button, ...]:
    """The way to the word that is owed; a text that is on its way already has its own card."""
    crisis, _ = scene.crisis, scene._
    if what is Deadline.FIRST_WORD and scene.guide.may_send_first_message(crisis, now=scene.now):
        return (button(Verb.FIRST_MESSAGE, crisis.id, _, style=Style.PRIMARY),)
    if any(d.status is not DraftStatus.REJECTED and d.agreed_by is None for d in crisis.drafts):
        return ()
    return (button(Verb.DRAFT, crisis.id, _, style=Style.PRIMARY),)
