"""Going home while crises go on: who is asked to take over, what passes, what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.cards import Action, Actions, Block, Button, Card, ChoiceField, Form, Style, Text, Tone
from bot.domain.ids import PersonId
from bot.domain.reminders import Reminder
from bot.domain.roster import Role
from bot.domain.states import ReminderKind
from bot.domain.verbs import Verb
from bot.guide import Guide
from bot.texts import Translator
from bot.views.answers import numbered_link
from bot.views.brief import call_line
from bot.views.buttons import button
from bot.views.lines import drill_notice, roles, title, when
from bot.views.now import emergency_open, what_to_do
from bot.views.scene import Scene

MAX_LISTED = 10
MAX_LINKS = 4


@dataclass(frozen=True, slots=True)
class Part:
    """What passes in one crisis.

    `soon`: what comes due there next; `waits`: an act of the giver is awaited.
    """

    scene: Scene
    roles: tuple[Role, ...]
    waits: bool
    soon: Sequence[Reminder]


@dataclass(frozen=True, slots=True)
class Handover:
    """One offer as it stands. `parts` is empty once it was called off; `stays` is what was not offered."""

    giver: PersonId
    taker: PersonId
    taken: bool
    parts: Sequence[Part]
    stays: Sequence[Part]


def handover_card(handover: Handover, *, reader: PersonId, guide: Guide, _: Translator) -> Card:
    """For the giver, the taker and whoever was told of a silence, before the answer and after it."""
    giver, taker = guide.name(handover.giver), guide.name(handover.taker)
    if not handover.parts:
        what, blocks = _("a hand-over is called off"), _called_off(handover, giver, reader, _)
    elif handover.taken:
        what, blocks = _("a hand-over is done"), _taken(handover, taker, reader, _)
    else:
        what, blocks = _("a hand-over waits for an answer"), _waiting(handover, guide, reader, _)
    return Card(
        summary=_("Cellule: {what}", what=what),
        title=_("Hand-over from {giver} to {taker}", giver=giver, taker=taker),
        blocks=blocks,
    )


def handover_form(people: Sequence[tuple[PersonId, str]], _: Translator) -> Form:
    """Who could go on in one's place. `people` are pairs of an id and a name."""
    told = _("Everything stays with you until they say yes. What their roles do not allow stays with you.")
    return Form(
        action=Action(Verb.HANDOVER, ""),
        title=_("Hand over"),
        submit=_("Ask them"),
        cancel=_("Cancel"),
        intro=(Text(told),),
        fields=(ChoiceField("person", _("Who takes over from you?"), tuple(people), required=True),),
    )


def relief_card(scene: Scene) -> Card:
    """After hours in a row: nobody has to hold on alone."""
    _ = scene._
    told = _(
        "You have worked on distress for more than four hours without a pause. Nobody has to do this alone."
    )
    asks = _("Somebody can take over: everything stays with you until they say yes.")
    return Card(
        summary=_("Cellule: {what}", what=_("do you want to be relieved?")),
        title=_("Do you want to be relieved?"),
        blocks=(
            *drill_notice(scene),
            Text(told, Tone.STRONG),
            Text(asks),
            Actions((button(Verb.HANDOVER, "", _, style=Style.PRIMARY),)),
        ),
    )


def _waiting(handover: Handover, guide: Guide, reader: PersonId, _: Translator) -> tuple[Block, ...]:
    subject = handover.parts[0].scene.crisis.id
    if reader == handover.taker:
        told = _(
            "{name} asks you to take this over. Until you answer, you are both called.",
            name=guide.name(handover.giver),
        )
        cannot = Button(_("I can't"), Action(Verb.KEEP, subject))
        answers: tuple[Button, ...] = (button(Verb.TAKE_OVER, subject, _, style=Style.PRIMARY), cannot)
    elif reader != handover.giver:
        return (Text(_silent(handover, guide, _), Tone.STRONG), *_list(handover.parts, _))
    else:
        told = _(
            "{name} is asked to take this over. Until the answer comes it stays with you, and you are "
            "both called.",
            name=guide.name(handover.taker),
        )
        answers = (button(Verb.KEEP, subject, _),)
    return (
        Text(told, Tone.STRONG),
        *_list(handover.parts, _),
        *_stays(handover, reader, _),
        Actions(answers),
    )


def _silent(handover: Handover, guide: Guide, _: Translator) -> str:
    """To a manager: who wants to go home, and who says nothing."""
    return _(
        "{taker} has not answered. Until the answer comes all stays with {giver}, who asks to be relieved: "
        "call {taker} by telephone, or find somebody else.",
        taker=guide.name(handover.taker),
        giver=guide.name(handover.giver),
    )


def _taken(handover: Handover, taker: str, reader: PersonId, _: Translator) -> tuple[Block, ...]:
    numbers = ", ".join(part.scene.crisis.number for part in handover.parts)
    if reader not in {handover.giver, handover.taker}:
        told = _(
            "{name} took over: {numbers}. Nothing more is asked of you here.", name=taker, numbers=numbers
        )
        return (Text(told, Tone.STRONG),)
    if reader != handover.taker:
        thanks = _("{name} took over: {numbers}. Thank you, and rest well.", name=taker, numbers=numbers)
        return (Text(thanks, Tone.STRONG), *_stays(handover, reader, _))
    links = tuple(link for part in handover.parts[:MAX_LINKS] for link in numbered_link(part.scene))
    told = _("You took over: {numbers}. What comes due there now reaches you.", numbers=numbers)
    return (Text(told, Tone.STRONG), Actions(links))


def _called_off(handover: Handover, giver: str, reader: PersonId, _: Translator) -> tuple[Block, ...]:
    told = Text(_("Nothing was handed over: everything stays with {name}.", name=giver), Tone.STRONG)
    if reader != handover.giver:
        return (told,)
    return (told, Actions((button(Verb.HANDOVER, "", _),)))


def _list(parts: Sequence[Part], _: Translator) -> list[Text]:
    blocks = [_part(part) for part in parts[:MAX_LISTED]]
    if more := len(parts) - len(blocks):
        blocks.append(Text(_.n("and {n} more", "and {n} more", more), Tone.MUTED))
    return blocks


def _part(part: Part) -> Text:
    """No word of a member: whoever reads it may have no part in the crisis yet."""
    scene, _ = part.scene, part.scene._
    uncalled = emergency_open(scene.crisis)
    lines = (
        title(scene),
        _("As: {roles}", roles=roles(part.roles, _)),
        call_line(scene) if uncalled else "",
        _("Waits: {what}", what=what_to_do(scene)) if part.waits else "",
        *(_due(scene, reminder) for reminder in part.soon),
    )
    return Text("\n".join(line for line in lines if line), Tone.ALERT if uncalled else Tone.NORMAL)


def _due(scene: Scene, reminder: Reminder) -> str:
    _, at = scene._, when(scene, reminder.due_at)
    if reminder.kind is ReminderKind.PERSONAL:
        return _("A reminder, {when}", when=at)
    return _("Follow-up {n}, {when}", n=reminder.ordinal, when=at)


def _stays(handover: Handover, reader: PersonId, _: Translator) -> tuple[Text, ...]:
    if reader != handover.giver or not handover.stays:
        return ()
    kept = ", ".join(f"{p.scene.crisis.number} ({roles(p.roles, _)})" for p in handover.stays)
    return (Text(_("Stays with you, their roles do not allow it: {what}.", what=kept), Tone.MUTED),)
