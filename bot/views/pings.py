"""Calling people into the cell, and what the opener is told meanwhile."""

from collections.abc import Sequence
from datetime import datetime

from bot.cards import Action, Actions, Block, Button, Card, Mention, Style, Text, Tone
from bot.domain.cell import Assignment, assignments_of, unanswered
from bot.domain.ids import PersonId
from bot.domain.reminders import step_of
from bot.domain.roster import Role
from bot.domain.states import AskedAs, CrisisStatus, Presence, ReminderKind, ReminderStatus
from bot.domain.verbs import Verb
from bot.views.buttons import button, life_in_danger
from bot.views.duty import quiet
from bot.views.false_alarm import false_alarm_card
from bot.views.lines import drill_notice, listed, names, roles, room_link, summary, title, when
from bot.views.now import GRAVEST
from bot.views.scene import Scene

DEPUTY_STEP = 2
"""The step of a silence at which the deputy is called (`bot/reactions/calling.py`)."""


def ping_card(scene: Scene, *, person: PersonId, attempt: int) -> Card:
    """Somebody is called: as what, for what, who comes next if they stay silent. `attempt` counts from 0."""
    _ = scene._
    mine = assignments_of(scene.crisis, person)
    if scene.crisis.status is CrisisStatus.CLOSED:
        return _over(scene)
    if not any(a.held for a in mine):
        return _replaced(scene, mine) if _handed_over(mine) else _declined(scene, mine)
    if all(a.presence is Presence.TAKEN_UP for a in mine if a.held):
        return _here(scene, mine)
    asked = tuple(a for a in mine if a.presence is Presence.ASKED)
    return Card(
        summary=summary(scene, _("you are needed now")),
        title=title(
            scene, _("severity {severity} · call {n}", severity=scene.crisis.severity, n=attempt + 1)
        ),
        blocks=(
            *drill_notice(scene),
            Text(_called_as(scene, asked), Tone.STRONG),
            Text(_("What we need: {what}", what=_wanted(scene, asked))),
            *_not_waiting(scene),
            *_room_delayed(scene),
            *_silence(scene, person, asked),
            Actions((*_answers(scene), *room_link(scene))),
        ),
        tone=Tone.ALERT if scene.crisis.severity == GRAVEST else Tone.NORMAL,
    )


def mention_card(scene: Scene, *, people: Sequence[PersonId]) -> Card:
    """In the room, once they are inside: a mention notifies those whose direct messages are muted.

    Whoever was mentioned is asked no more once all have answered.
    """
    _ = scene._
    asked = scene.crisis.status is not CrisisStatus.CLOSED and not unanswered(scene.crisis).isdisjoint(people)
    return Card(
        summary=summary(scene, _("you are needed here")),
        title=title(scene),
        blocks=(
            Mention(tuple(people), _("you are needed here. The first card says what to do now.")),
            *([Actions(_answers(scene))] if asked else []),
        ),
    )


def ack_card(scene: Scene, *, names: Sequence[str]) -> Card:
    """The first word to the opener, before anything outside was done. `names`: those being called."""
    crisis, _ = scene.crisis, scene._
    called = (
        _("Being called now: {names}.", names=listed(names, _))
        if names
        else _("Nobody is named to be called.")
    )
    return Card(
        summary=_("Cellule {number}: {what}", number=crisis.number, what=_("the crisis is open")),
        title=_("Crisis {number} is open", number=crisis.number),
        blocks=(
            *(quiet(scene) or [Text(called)]),
            Text(_("The room is being made: its link reaches you in a moment.")),
            Text(_("If somebody may die, press “Life in danger” first."), Tone.STRONG),
            Actions((life_in_danger(crisis.id, _),)),
        ),
    )


def opened_card(scene: Scene) -> Card:
    """To the opener: where the room is, or what happens while it cannot be made."""
    crisis, _ = scene.crisis, scene._
    link = room_link(scene)
    if not link and crisis.status is CrisisStatus.CLOSED:
        return _over(scene)
    others = [a.person for a in crisis.assignments if a.person != crisis.opened_by]
    called = _("Called: {names}.", names=names(scene, others)) if others else _("Nobody else is called.")
    more = () if link else (button(Verb.DRAFT, crisis.id, _), button(Verb.MORE, crisis.id, _))
    return Card(
        summary=summary(scene, _("the room is ready") if link else _("the room is late")),
        title=title(scene),
        blocks=(
            *drill_notice(scene),
            Text(_("The room is ready.")) if link else _no_room(scene),
            *(quiet(scene) or [Text(called)]),
            Actions((life_in_danger(crisis.id, _), *link, *more)),
        ),
    )


def _no_room(scene: Scene) -> Text:
    told = scene._(
        "The room cannot be made for the moment; we keep trying. The people below are called directly: "
        "from here you can call for help and write the reply."
    )
    return Text(told, Tone.ALERT)


def _answers(scene: Scene) -> tuple[Button, ...]:
    subject, _ = scene.crisis.id, scene._
    return (button(Verb.TAKE_UP, subject, _, style=Style.PRIMARY), button(Verb.DECLINE, subject, _))


def _called_as(scene: Scene, asked: Sequence[Assignment]) -> str:
    _ = scene._
    as_whom = roles((a.role for a in asked), _)
    instead = [a.instead_of for a in asked if a.instead_of]
    if instead:
        return _(
            "You are called as: {roles}, in place of {names}.", roles=as_whom, names=names(scene, instead)
        )
    if all(a.asked_as is AskedAs.MANAGER for a in asked):
        return _("You are called as manager: nobody has answered yet for a part of the cell.")
    return _("You are called as: {roles}.", roles=as_whom)


def _wanted(scene: Scene, asked: Sequence[Assignment]) -> str:
    """What the gravest of their parts asks of them; a manager sees that somebody acts."""
    _ = scene._
    held = {a.role for a in asked}
    rule = scene.rule
    if Role.MODERATOR in held:
        return _("join the cell and write to the member.")
    if held & set(rule.asked):
        return _("join the cell, then read one reply and decide.")
    if rule.release in held:
        return _("join the cell, then send the reply once it is approved.")
    if Role.MANAGER in held:
        return _("join the cell and see that somebody acts.")
    return _("join the cell and read the message.")


def _not_waiting(scene: Scene) -> tuple[Text, ...]:
    if scene.crisis.severity != GRAVEST:
        return ()
    if scene.guide.may_send_first_message(scene.crisis, now=scene.now):
        return (Text(scene._("The emergency call and the first message do not wait for your approval.")),)
    return (Text(scene._("The call to the emergency services does not wait for you.")),)


def _room_delayed(scene: Scene) -> tuple[Text, ...]:
    if room_link(scene):
        return ()
    return (Text(scene._("The room is still being made: answer here, you will be let in.")),)


def _silence(scene: Scene, person: PersonId, asked: Sequence[Assignment]) -> tuple[Text, ...]:
    """Who is called next, and when, so that staying silent is a choice one understands."""
    _ = scene._
    hours: dict[datetime, list[PersonId]] = {}
    for part in asked:
        following, hour = _next(scene, part.role), _deputy_called(scene, person, part)
        if following is not None and hour is not None:
            hours.setdefault(hour, []).append(following)
    return tuple(
        Text(
            _(
                "No answer from you {when}: {names} will be called too.",
                when=when(scene, hour),
                names=names(scene, following),
            ),
            Tone.MUTED,
        )
        for hour, following in sorted(hours.items())
    )


def _deputy_called(scene: Scene, person: PersonId, part: Assignment) -> datetime | None:
    """When silence about one part leads further: each was asked at an hour of its own."""
    return min(
        (
            r.due_at
            for r in scene.reminders
            if r.kind is ReminderKind.TAKE_UP and r.owner == person and step_of(r.ordinal) == DEPUTY_STEP
            if r.status is ReminderStatus.PLANNED and (r.since is None or r.since >= part.asked_at)
        ),
        default=None,
    )


def _next(scene: Scene, role: Role) -> PersonId | None:
    called = {a.person for a in scene.crisis.assignments if a.role is role}
    return next((p for p in scene.guide.chain(scene.crisis, role) if p not in called), None)


def _here(scene: Scene, mine: Sequence[Assignment]) -> Card:
    _ = scene._
    answered = min((a.answered_at for a in mine if a.answered_at), default=scene.now)
    as_whom = roles((a.role for a in mine if a.presence is Presence.TAKEN_UP), _)
    blocks: tuple[Block, ...] = (
        *drill_notice(scene),
        Text(
            _(
                "You said you are on it {when}, as: {roles}. Thank you.",
                when=when(scene, answered),
                roles=as_whom,
            )
        ),
        *_room_delayed(scene),
        Actions((*room_link(scene), life_in_danger(scene.crisis.id, _))),
    )
    return Card(summary=summary(scene, _("you are in the cell")), title=title(scene), blocks=blocks)


def _declined(scene: Scene, mine: Sequence[Assignment]) -> Card:
    _ = scene._
    instead = [a.person for a in scene.crisis.assignments if a.instead_of in {m.person for m in mine}]
    told = _("You said that you cannot. That is noted, you need do nothing.")
    called = (Text(_("Called in your place: {names}.", names=names(scene, instead))),) if instead else ()
    back = Button(_("I can after all"), Action(Verb.TAKE_UP, scene.crisis.id))
    return Card(
        summary=summary(scene, _("you said that you cannot")),
        title=title(scene),
        blocks=(*drill_notice(scene), Text(told), *called, Actions((back,))),
    )


def _handed_over(mine: Sequence[Assignment]) -> list[PersonId]:
    return [a.offered_to for a in mine if a.presence is Presence.HANDED_OVER and a.offered_to]


def _replaced(scene: Scene, mine: Sequence[Assignment]) -> Card:
    _ = scene._
    told = _("Taken over by {names}. Nothing waits for you here.", names=names(scene, _handed_over(mine)))
    return Card(
        summary=summary(scene, _("your part is handed over")),
        title=title(scene),
        blocks=(
            *drill_notice(scene),
            Text(told),
            Actions((*room_link(scene), life_in_danger(scene.crisis.id, _))),
        ),
    )


def _over(scene: Scene) -> Card:
    crisis, _ = scene.crisis, scene._
    if crisis.false_alarm:
        return false_alarm_card(scene)
    told = _(
        "The crisis was closed {when} by {name}. Nothing is expected of you any more.",
        when=when(scene, crisis.closed_at or scene.now),
        name=scene.guide.name(crisis.closed_by),
    )
    return Card(summary=summary(scene, _("crisis closed")), title=title(scene), blocks=(Text(told),))
