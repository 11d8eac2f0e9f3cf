"""What the member is owed by an hour, said before it has passed."""

from bot.cards import Action, Actions, Button, Card, ChoiceField, Form, Style, Text, TextField, Tone
from bot.domain.events import DeadlineNear
from bot.domain.members import several
from bot.domain.sending import waiting
from bot.domain.states import CrisisStatus, Deadline, DraftStatus, Route
from bot.domain.verbs import Verb
from bot.texts import N_
from bot.views import dates
from bot.views.buttons import button
from bot.views.lines import ROUTES, drill_notice, summary, title, when
from bot.views.members import whom_field
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


def owes_a_receipt(scene: Scene) -> bool:
    """Whether the member still waits for a first word, and none is on its way."""
    crisis = scene.crisis
    owed = Deadline.FIRST_WORD in scene.guide.deadlines(crisis)
    return bool(crisis.members) and owed and not waiting(crisis)


def receipt_form(scene: Scene) -> Form:
    """How and when somebody told the member that we read them. `sent_at` is an hour of the reader's zone."""
    _ = scene._
    told = _(
        "For a word that has gone already: that we read them, and will write again. "
        "A reply needs its approvals."
    )
    return Form(
        action=Action(Verb.RECEIPT, scene.crisis.id),
        title=_("First word sent"),
        submit=_("Record"),
        cancel=_("Cancel"),
        intro=(*drill_notice(scene), Text(told)),
        fields=(
            *whom_field(scene, _("To whom?")),
            ChoiceField(
                "route",
                _("How did it reach the member?"),
                tuple((route.value, _(name)) for route, name in ROUTES.items()),
                value=Route.PRIVATE_MESSAGE,
                required=True,
            ),
            TextField(
                "sent_at",
                _("At what time?"),
                value=dates.hour(scene.now, scene.zone),
                hint=_("Hour and minutes, for example 03:14"),
                required=True,
                max_length=40,
            ),
        ),
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
    if what is Deadline.FIRST_WORD and crisis.anchored_at and not several(crisis):
        return _("First word to the member {when}.", when=when(scene, crisis.anchored_at))
    if what is Deadline.REPLY and crisis.status is CrisisStatus.REPLIED:
        return _("The reply has gone.")
    return _("Nothing is due any more by the hour that stood here.")


def _buttons(scene: Scene, what: Deadline) -> tuple[Button, ...]:
    """The way to the word that is owed; a text that is on its way already has its own card."""
    crisis, _ = scene.crisis, scene._
    begun = any(
        d.status is not DraftStatus.REJECTED and not (d.is_first_message or d.is_holding)
        for d in crisis.drafts
    )
    verbs = () if begun else (Verb.DRAFT,)
    if what is Deadline.FIRST_WORD:
        may_send = scene.guide.may_send_first_message(crisis, now=scene.now)
        written = (Verb.RECEIPT,) if owes_a_receipt(scene) else ()
        verbs = (Verb.FIRST_MESSAGE, *written) if may_send else written
    styles = (Style.PRIMARY, Style.PLAIN)
    return tuple(button(verb, crisis.id, _, style=style) for verb, style in zip(verbs, styles, strict=False))
