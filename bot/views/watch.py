"""Looking after the member once the reply has gone."""

from dataclasses import replace

from bot.cards import Action, Actions, Block, Button, Card, ChoiceField, Form, Style, Text, TextField, Tone
from bot.domain.ids import FIRST
from bot.domain.levels import Level
from bot.domain.reminders import Reminder
from bot.domain.states import CrisisStatus, Outcome, ReminderStatus
from bot.domain.subjects import member_subject
from bot.domain.verbs import Verb
from bot.texts import N_
from bot.views.brief import call_line
from bot.views.buttons import button, life_in_danger
from bot.views.emergency import emergency_sheet
from bot.views.lines import drill_notice, routes, summary, title, when
from bot.views.members import whom_field
from bot.views.noting import noting_form
from bot.views.now import follower
from bot.views.scene import Scene
from bot.views.start_from import note_to_start_from

OUTCOMES = {
    Outcome.BETTER: N_("better"),
    Outcome.WORRYING: N_("worrying"),
    Outcome.NO_ANSWER: N_("no answer"),
    Outcome.UNREACHABLE: N_("cannot be reached"),
    Outcome.IN_CARE: N_("in care"),
    Outcome.ASKS_TO_STOP: N_("asks us to stop"),
    Outcome.SERIOUS_NEWS: N_("serious news"),
}

AFTERWARDS = {
    Outcome.WORRYING: N_("Judge the danger anew now: in doubt, press “Life in danger”."),
    Outcome.NO_ANSWER: N_(
        "Silence says nothing yet: the next follow-up stays. Ask again what came of the call."
    ),
    Outcome.ASKS_TO_STOP: N_("We write no more. The member can come back at any time."),
    Outcome.SERIOUS_NEWS: N_(
        "Write nothing more, to anybody around them either. A manager decides what comes now."
    ),
}


def follow_up_card(scene: Scene, *, reminder: Reminder) -> Card:
    """A check on the member. A recorded one keeps its `Outcome` in the reminder's text."""
    _ = scene._
    match reminder.status:
        case ReminderStatus.DUE:
            what, blocks = _("a follow-up is due"), _due(scene, reminder)
        case ReminderStatus.PLANNED:
            put_off = _("Put off: to be done {when}.", when=when(scene, reminder.due_at))
            what, blocks = (
                _("a follow-up is put off"),
                (Text(put_off), Actions((life_in_danger(scene.crisis.id, _),))),
            )
        case ReminderStatus.DONE:
            what, blocks = _("a follow-up is recorded"), _recorded(scene, reminder)
        case ReminderStatus.CANCELLED:
            stopped = _("The follow-ups are stopped: nobody writes to the member any more.")
            what, blocks = _("the follow-ups are stopped"), (Text(stopped),)
    return Card(
        summary=summary(scene, what),
        title=title(scene, " · ".join([_("follow-up {n}", n=reminder.ordinal), *_named(scene)])),
        blocks=(*drill_notice(scene), *_whom(scene), *blocks),
    )


def _named(scene: Scene) -> tuple[str, ...]:
    return (scene.named,) if scene.named else ()


def _whom(scene: Scene) -> tuple[Text, ...]:
    """By pseudonym in a room; what is sent to one person names nobody."""
    who = scene.member
    if not scene.named or scene.reader is not None or who is None or not who.handle:
        return ()
    return (Text(scene._("About {handle}.", handle=who.handle)),)


def follow_up_nudge_card(scene: Scene, *, reminder: Reminder, step: int) -> Card:
    """Says again that nobody has looked; from `step` 2 on the deputy, from 3 on the managers read it too."""
    _ = scene._
    card = follow_up_card(scene, reminder=reminder)
    if reminder.status is not ReminderStatus.DUE:
        return card
    told = _("Not done yet: it was due {when}.", when=when(scene, reminder.due_at))
    if step > 1:
        told += " " + _("Whoever reads this and can do it, does it now.")
    return Card(
        summary=summary(scene, _("a follow-up is late")),
        title=card.title,
        blocks=(Text(told, Tone.ALERT), *card.blocks),
        tone=Tone.ALERT,
    )


def record_form(scene: Scene, reminder: Reminder) -> Form:
    """How the member is."""
    _ = scene._
    return noting_form(
        scene,
        action=Action(Verb.FOLLOW_UP_RECORD, reminder.subject),
        title=_("How is the member?"),
        question=_("What did you find?"),
        outcomes=OUTCOMES,
    )


def stop_form(scene: Scene) -> Form:
    """Why nobody looks after the member any more."""
    crisis, _ = scene.crisis, scene._
    two = crisis.level is not None and crisis.level >= Level.D2
    asks = _("At this level a second person must ask for the same, unless the member asked us to stop.")
    return Form(
        action=Action(Verb.FOLLOW_UP_STOP, member_subject(crisis, scene.who)),
        title=_("Stop the follow-up"),
        submit=_("Stop"),
        cancel=_("Cancel"),
        intro=(Text(asks),) if two else (),
        fields=(
            *(whom_field(scene, _("Of which member?")) if scene.who == FIRST else ()),
            ChoiceField(
                "asked_by_member",
                _("Did the member ask for it?"),
                (
                    ("look", _("yes: we write no more, and still look how they are")),
                    ("yes", _("yes: we write no more, and look no more")),
                    ("no", _("no")),
                ),
                value="no",
                required=True,
                wide=True,
            ),
            TextField("reason", _("Why?"), required=True, multiline=True),
        ),
    )


def write_word_card(scene: Scene) -> Card:
    """How to write to somebody who may not be well, before the form opens."""
    _ = scene._
    advice = "\n".join(
        (
            _("– 2 to 5 sentences, in your own words."),
            _("– Ask for nothing: no answer, no news, no promise."),
            _("– Say that you think of them, and how to reach us if they want to."),
            _("– Keep what was promised: if a day was given, write on that day."),
        )
    )
    way: list[Block] = []
    if scene.crisis.status is CrisisStatus.CLOSED:
        told = _("The crisis is closed: write as you usually write to members, then record how it is.")
        note = note_to_start_from(scene)
        way = [Text(told), *([note] if note else [])]
    return Card(
        summary=summary(scene, _("a word to the member")),
        title=title(scene, _("a word to the member")),
        blocks=(
            *drill_notice(scene),
            Text(advice),
            *way,
            Text(_("If what you read worries you, press “Life in danger” first."), Tone.STRONG),
            Actions((*_to_a_draft(scene, Style.PRIMARY), life_in_danger(scene.crisis.id, _))),
        ),
    )


def worrying_card(scene: Scene) -> Card:
    """Whom to call, and the form with the level: what worries is judged anew."""
    card = emergency_sheet(scene)
    if scene.crisis.status is CrisisStatus.CLOSED:
        return card
    level = button(Verb.COMPLETE, scene.crisis.id, scene._)
    told = Text(scene._("Judge the level anew: “Complete…”."), Tone.STRONG)
    last = card.blocks[-1]
    buttons = last.buttons if isinstance(last, Actions) else ()
    return replace(card, blocks=(*card.blocks[:-1], told, Actions((*buttons, level))))


def _to_a_draft(scene: Scene, style: Style = Style.PLAIN) -> tuple[Button, ...]:
    """A closed crisis takes no new reply, and nobody writes after serious news."""
    if scene.crisis.status is CrisisStatus.CLOSED or scene.crisis.silenced_at:
        return ()
    return (button(Verb.DRAFT, scene.crisis.id, scene._, style=style),)


def _due(scene: Scene, reminder: Reminder) -> tuple[Block, ...]:
    _ = scene._
    steps = "\n".join(
        (
            _("1. Look whether the member has written since."),
            _("2. Write nothing: they asked us to stop.")
            if scene.watch_silent
            else _("2. Write to them: 2 to 5 sentences, asking for nothing."),
            _("3. Record how it is."),
        )
    )
    sign = " ".join(part for part in (_since_when(scene), call_line(scene)) if part)
    told = _("DO NOW: {name} checks on the member.", name=follower(scene))
    if scene.watch_silent:
        told = _("DO NOW: {name} looks how the member is, without writing.", name=follower(scene))
    return (
        Text(told, Tone.STRONG),
        Text(sign),
        Text(steps),
        Actions(_due_buttons(scene, reminder)),
    )


def _since_when(scene: Scene) -> str:
    crisis, _ = scene.crisis, scene._
    if scene.anchored_at is None:
        return _("No word has reached the member yet.")
    gone = when(scene, scene.anchored_at)
    used = [d.route for d in crisis.dispatches if d.at == scene.anchored_at]
    if not used:  # by themselves, without a draft
        return _("A word went out {when}.", when=gone)
    return _("A word went out {when} by {routes}.", when=gone, routes=routes(used, _))


def _due_buttons(scene: Scene, reminder: Reminder) -> tuple[Button, ...]:
    """Nobody writes to a member who asked us to stop."""
    subject, _ = reminder.subject, scene._
    write = () if scene.watch_silent else (button(Verb.FOLLOW_UP_WRITE, subject, _),)
    return (
        button(Verb.FOLLOW_UP_RECORD, subject, _, style=Style.PRIMARY),
        *write,
        button(Verb.FOLLOW_UP_LATER, subject, _),
        life_in_danger(scene.crisis.id, _),
        button(Verb.FOLLOW_UP_STOP, member_subject(scene.crisis, scene.who), _),
    )


def _recorded(scene: Scene, reminder: Reminder) -> tuple[Block, ...]:
    _ = scene._
    outcome = Outcome(reminder.text) if reminder.text in set(Outcome) else None
    if outcome is None:
        return (Text(_("Recorded. The log tells how it was.")),)
    blocks: list[Block] = [Text(_("Recorded: {outcome}.", outcome=_(OUTCOMES[outcome])), Tone.STRONG)]
    if outcome in AFTERWARDS:
        blocks.append(Text(_(AFTERWARDS[outcome])))
    if outcome is not Outcome.SERIOUS_NEWS:
        blocks.append(Actions((life_in_danger(scene.crisis.id, _), *_to_a_draft(scene))))
    return tuple(blocks)
