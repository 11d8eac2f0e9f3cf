"""Follow-ups on the member, reminders that people set, the end of a room."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.crisis import Member
from bot.domain.events import (
    FollowUpDue,
    FollowUpOverdue,
    FollowUpPostponed,
    FollowUpRecorded,
    ReminderFired,
    ReminderSet,
    ReminderSnoozed,
)
from bot.domain.follow_up import follow_up_times
from bot.domain.ids import PersonId
from bot.domain.members import is_watched, watched_from
from bot.domain.reminders import Reminder
from bot.domain.roster import Role
from bot.domain.states import CrisisStatus, Outcome, ReminderKind, ReminderStatus
from bot.domain.subjects import follow_up_subject, member_in
from bot.plan.model import Community
from bot.ports import RoomPlace
from bot.reactions import after_call, handover, triage
from bot.reactions.effects import After, Cancel, Effect, Plan, Refresh, moment
from bot.store import CardKind

DEPUTY, MANAGERS = 2, 3
"""Steps of a follow-up not done after the first, which reminds its owner."""

ARCHIVE_AFTER = timedelta(days=1)
"""How long a room rests after its last follow-up before it is archived.

A bot cannot bring it back (Slack).
"""


def schedule(after: After) -> list[Effect]:
    """Each member's follow-ups still to come, planned anew from the anchor.

    It is the member's last sign, else the first sending, or the opening.
    """
    return [effect for who in after.crisis.members for effect in of_member(after, who)]


def of_member(after: After, who: Member) -> list[Effect]:
    """The same of one. A check that was put off, or that should be said by now, stays."""
    planned = _of(after, who, ReminderStatus.PLANNED)
    stays = [r for r in planned if r.fired_at or r.due_at <= after.now]
    return _planned_anew(after, who, [at for at in _times(after, who) if at > after.now], stays)


def rescheduled(after: After) -> list[Effect]:
    """The plan has changed: a check whose new hour has passed is due now. One that was put off stays."""
    return [effect for who in after.crisis.members for effect in _rescheduled(after, who)]


def _rescheduled(after: After, who: Member) -> list[Effect]:
    planned, times = _of(after, who, ReminderStatus.PLANNED), _times(after, who)
    if any(r.fired_at for r in planned):
        return []
    to_come = [at for at in times if at > after.now]
    if len(to_come) < min(len(planned), len(times)):
        to_come.insert(0, after.now)
    return _planned_anew(after, who, to_come)


def _times(after: After, who: Member) -> tuple[datetime, ...]:
    crisis = after.crisis
    community = after.guide.community(crisis)
    return follow_up_times(
        after.guide.schedule,
        level=after.guide.category(crisis).level_in_force(crisis.level),
        anchor=watched_from(crisis, who),
        zone=community.timezone,
        otherwise=community.follow_up.default,
    )


def _planned_anew(
    after: After, who: Member, to_come: list[datetime], stays: Sequence[Reminder] = ()
) -> list[Effect]:
    crisis, planned = after.crisis, _of(after, who, ReminderStatus.PLANNED)
    effects: list[Effect] = [Cancel(ReminderKind.FOLLOW_UP, r.subject) for r in planned if r not in stays]
    if who.watch_stopped or crisis.silenced_at:
        return effects
    said = _of(after, who, ReminderStatus.DUE, ReminderStatus.DONE)
    first = 1 + max((r.ordinal for r in (*said, *stays)), default=0)
    for ordinal, at in enumerate(to_come, start=first):
        subject = follow_up_subject(crisis, ordinal, who.id)
        effects.append(Plan(Reminder(ReminderKind.FOLLOW_UP, subject, ordinal, at, crisis.id)))
    return effects


def stands_in(after: After, place: RoomPlace) -> list[Effect]:
    """The follow-up that is to be done now."""
    due_now = _follow_ups(after, ReminderStatus.DUE)
    return [after.card(CardKind.FOLLOW_UP, row.subject, place) for row in due_now]


def due(event: FollowUpDue, after: After) -> list[Effect]:
    """It stands in the room and goes to its owner; silence has its steps."""
    crisis = after.crisis
    subject = follow_up_subject(crisis, event.ordinal, event.member)
    steps = overdue_delays(after.guide.community(crisis))
    again = _round(after, subject)
    return [
        *after.everywhere(CardKind.FOLLOW_UP, subject),
        *after.to([event.owner] if event.owner else [], CardKind.FOLLOW_UP, subject, ordinal=again + 1),
        *handover.ring(after, [event.owner] if event.owner else [], ordinal=moment(event)),
        *(
            after.step(ReminderKind.FOLLOW_UP_OVERDUE, subject, again * 3 + step, delay)
            for step, delay in enumerate(steps, start=1)
        ),
    ]


def overdue_delays(community: Community) -> tuple[timedelta, ...]:
    """After how long a follow-up not done is said again, goes to the deputy, then to the managers."""
    follow_up = community.follow_up
    return (follow_up.remind, follow_up.escalate, follow_up.remind + follow_up.escalate)


def overdue(event: FollowUpOverdue, after: After) -> list[Effect]:
    """The owner, then the deputy, then the managers; in the room each time."""
    subject = follow_up_subject(after.crisis, event.ordinal, event.member)
    ordinal = _round(after, subject) * 3 + event.step
    return [
        *after.everywhere(CardKind.FOLLOW_UP_NUDGE, subject, ordinal=ordinal),
        *after.to(_told(event.step, after), CardKind.FOLLOW_UP_NUDGE, subject, ordinal=ordinal),
        *handover.ring(after, _told(event.step, after), ordinal=moment(event)),
        Refresh(CardKind.FOLLOW_UP, subject),
    ]


def recorded(event: FollowUpRecorded, after: After) -> list[Effect]:
    """What worries is judged by the triage aid, too."""
    worries = event.outcome is Outcome.WORRYING
    subject = follow_up_subject(after.crisis, event.ordinal, event.member)
    words = triage.judge_words(after, subject, event.note)
    return [*settled(event, after), *(words if worries else [])]


def settled(event: FollowUpRecorded | FollowUpPostponed, after: After) -> list[Effect]:
    """Recorded or put off: nobody is told about it any more."""
    subject = follow_up_subject(after.crisis, event.ordinal, event.member)
    return [
        Cancel(ReminderKind.FOLLOW_UP_OVERDUE, subject),
        Refresh(CardKind.FOLLOW_UP, subject),
        Refresh(CardKind.FOLLOW_UP_NUDGE, subject),
        *rest(after),
    ]


def stopped(after: After) -> list[Effect]:
    """The watch over a member ends, or all of it: what was planned or open falls."""
    crisis = after.crisis
    effects: list[Effect] = []
    for reminder in _follow_ups(after, ReminderStatus.PLANNED, ReminderStatus.DUE):
        if is_watched(crisis, member_in(reminder.subject)) and not crisis.silenced_at:
            continue
        effects += [
            Cancel(ReminderKind.FOLLOW_UP, reminder.subject),
            Cancel(ReminderKind.FOLLOW_UP_OVERDUE, reminder.subject),
            Refresh(CardKind.FOLLOW_UP, reminder.subject),
        ]
    return effects + rest(after)


def refreshed(after: After, *statuses: ReminderStatus) -> list[Effect]:
    """What is asked now, or offered, is so otherwise."""
    return [Refresh(CardKind.FOLLOW_UP, r.subject) for r in _follow_ups(after, *statuses)]


def false_alarm(after: After) -> list[Effect]:
    """Nobody is reminded of anything any more; a member who had a word from us is still checked on."""
    personal = {r.subject for r in after.reminders() if r.kind is ReminderKind.PERSONAL}
    effects = [effect for subject in sorted(personal) for effect in personal_ended(subject)]
    effects += after_call.not_asked_any_more(after)
    return effects + stopped(after)


def rest(after: After) -> list[Effect]:
    """A closed crisis without a follow-up to come lets its room go to rest, a day later."""
    crisis = after.crisis
    if crisis.status is not CrisisStatus.CLOSED:
        return []
    planned = [] if crisis.silenced_at else _follow_ups(after, ReminderStatus.PLANNED)
    planned = [r for r in planned if is_watched(crisis, member_in(r.subject))]
    last = max((r.due_at for r in planned), default=after.now)
    due = max(last, after.now) + ARCHIVE_AFTER
    ordinal = int(due.timestamp())
    return [
        Cancel(ReminderKind.ARCHIVE, crisis.id),
        Plan(Reminder(ReminderKind.ARCHIVE, crisis.id, ordinal, due, crisis.id)),
    ]


def personal_set(event: ReminderSet, after: After) -> list[Effect]:
    """Somebody wants to be reminded of something."""
    return [
        Plan(
            Reminder(
                ReminderKind.PERSONAL, event.reminder, 1, event.due_at, after.crisis.id, event.by, event.text
            )
        )
    ]


def personal_fired(event: ReminderFired, after: After) -> list[Effect]:
    """In the room, and to whoever set it."""
    return [
        *after.everywhere(CardKind.REMINDER, event.reminder, ordinal=event.ordinal),
        *after.to([event.owner], CardKind.REMINDER, event.reminder, ordinal=event.ordinal),
        *handover.ring(after, [event.owner], ordinal=moment(event)),
    ]


def personal_snoozed(event: ReminderSnoozed, after: After) -> list[Effect]:
    """The same again, later."""
    old = next(r for r in after.reminders() if (r.subject, r.ordinal) == (event.reminder, event.ordinal - 1))
    return [
        Plan(
            Reminder(
                ReminderKind.PERSONAL,
                event.reminder,
                event.ordinal,
                event.until,
                after.crisis.id,
                old.owner,
                old.text,
            )
        ),
        Refresh(CardKind.REMINDER, event.reminder),
    ]


def personal_ended(reminder: str) -> list[Effect]:
    """Done or stopped."""
    return [Cancel(ReminderKind.PERSONAL, reminder), Refresh(CardKind.REMINDER, reminder)]


def _told(step: int, after: After) -> list[PersonId]:
    crisis = after.crisis
    people = list(after.guide.followers(crisis)[: 2 if step >= DEPUTY else 1])
    if step >= MANAGERS:
        people += after.guide.chain(crisis, Role.MANAGER)
    return people


def _round(after: After, subject: str) -> int:
    """How often this follow-up was put off: each round has three steps."""
    return sum(
        1
        for r in after.reminders()
        if r.kind is ReminderKind.FOLLOW_UP_OVERDUE
        and r.subject == subject
        and r.ordinal % 3 == 1
        and r.status is not ReminderStatus.PLANNED
    )


def _of(after: After, who: Member, *statuses: ReminderStatus) -> list[Reminder]:
    """One member's."""
    return [r for r in _follow_ups(after, *statuses) if member_in(r.subject) == who.id]


def _follow_ups(after: After, *statuses: ReminderStatus) -> list[Reminder]:
    return [r for r in after.reminders() if r.kind is ReminderKind.FOLLOW_UP and r.status in statuses]
