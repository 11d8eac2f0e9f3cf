"""Drafts, decisions, the release, the sending."""

from dataclasses import replace
from datetime import timedelta

from bot.domain import sending
from bot.domain.approvals import ApprovalRule
from bot.domain.cell import holders
from bot.domain.drafts import Draft
from bot.domain.events import CheckOverridden, DecisionOverdue, SendingOverdue
from bot.domain.ids import PersonId
from bot.domain.roster import Role
from bot.domain.states import DraftStatus, ReminderKind, ReminderStatus
from bot.domain.subjects import draft_subject, revision_subject
from bot.plan.model import Community
from bot.ports import RoomPlace
from bot.reactions.effects import After, Cancel, Effect, Plan, Refresh
from bot.store import CardKind

DEPUTIES, MANAGERS = 2, 3
"""Steps of an overdue decision after the first, which reminds those asked."""

RELEASED = 100
"""The first attempt to remind of a released text that nobody has sent."""


def in_review(after: After, number: int) -> list[Effect]:
    """A new text stands in the room and goes to each person asked; silence has its steps."""
    draft = after.crisis.draft(number)
    old = revision_subject(after.crisis, number, draft.current.number - 1)
    return [
        Cancel(ReminderKind.DECIDE, old),
        Cancel(ReminderKind.SENDING, draft_subject(after.crisis, number)),
        Refresh(CardKind.DRAFT, draft_subject(after.crisis, number)),
        *after.everywhere(CardKind.DRAFT, draft_subject(after.crisis, number)),
        *_to_read(after, draft, [*_awaited(after, draft), *draft.approved_before]),
        *_decide_steps(after, draft),
    ]


def prepared(after: After, number: int) -> list[Effect]:
    """A text of one press: to be decided on, or, where the client has agreed to it, to be sent."""
    draft = after.crisis.draft(number)
    if draft.status is DraftStatus.IN_REVIEW:
        return in_review(after, number)
    shown = after.everywhere(CardKind.DRAFT, draft_subject(after.crisis, number))
    return [*shown, *approved(after, number, complete=True)]


def drafts_in(after: After, place: RoomPlace) -> list[Effect]:
    """What was written before a room was there stands in it too."""
    drafts = after.crisis.drafts
    return [after.card(CardKind.DRAFT, draft_subject(after.crisis, draft.number), place) for draft in drafts]


def again_in_review(after: After, number: int) -> list[Effect]:
    """The same text is asked about anew; steps that were taken are not taken twice: they count on."""
    draft = after.crisis.draft(number)
    subject = draft_subject(after.crisis, number)
    return [
        Cancel(ReminderKind.SENDING, subject),
        Refresh(CardKind.DRAFT, subject),
        *_to_read(after, draft, list(_awaited(after, draft))),
        *_decide_steps(after, draft, first=_first_free(after, ReminderKind.DECIDE, _current(after, draft))),
    ]


def asked_anew(after: After, number: int) -> list[Effect]:
    """Other people than before may now be awaited."""
    draft = after.crisis.draft(number)
    people = _awaited(after, draft)
    return [
        Refresh(CardKind.DRAFT, draft_subject(after.crisis, number)),
        *_to_read(after, draft, list(people)),
    ]


def asked_to_decide(after: After, person: PersonId) -> list[Effect]:
    """Somebody who joins gets the drafts that wait for them."""
    return [
        effect
        for draft in after.crisis.drafts
        if person in _awaited(after, draft)
        for effect in (
            *_to_read(after, draft, [person]),
            Refresh(CardKind.DRAFT, draft_subject(after.crisis, draft.number)),
        )
    ]


def others_awaited(event: CheckOverridden, after: After) -> list[PersonId]:
    """Those whom an override concerns: they may second it, or approve."""
    people = _awaited(after, after.crisis.draft(event.draft))
    return [person for person in people if person != event.by and not after.asleep(person)]


def approved(after: After, number: int, *, complete: bool) -> list[Effect]:
    """With the last approval those who may release are told."""
    draft = after.crisis.draft(number)
    subject = draft_subject(after.crisis, number)
    effects: list[Effect] = [Refresh(CardKind.DRAFT, subject)]
    if complete:
        effects += [
            *_stop_deciding(after, draft),
            *_to_read(after, draft, releasers(after)),
            sending_reminder(after, number, attempt=_first_free(after, ReminderKind.SENDING, subject)),
        ]
    return effects


def rejected(after: After, number: int) -> list[Effect]:
    """The author reads why; a reason that the room cannot read goes to the communication lead, too."""
    draft = after.crisis.draft(number)
    return [
        Refresh(CardKind.DRAFT, draft_subject(after.crisis, number)),
        *_stop_deciding(after, draft),
        *_to_read(after, draft, _told_why(after, draft)),
    ]


def _told_why(after: After, draft: Draft) -> list[PersonId]:
    """The author; of a reason that the room cannot read also the communication lead."""
    if not any(d.private for d in draft.verdicts):
        return [draft.author]
    return [draft.author, *(a.person for a in holders(after.crisis, Role.COMMUNICATION_LEAD))]


def decision_overdue(event: DecisionOverdue, after: After) -> list[Effect]:
    """Those who are awaited are told again; at the last step the room is, too."""
    draft = after.crisis.draft(event.draft)
    subject = revision_subject(after.crisis, event.draft, event.revision)
    people = _awaited(after, draft)
    effects = after.to(people, CardKind.DECISION_NUDGE, subject, ordinal=event.step)
    if event.step >= MANAGERS:
        managers = after.guide.chain(after.crisis, Role.MANAGER)
        effects += after.to(managers, CardKind.DECISION_NUDGE, subject, ordinal=event.step)
        effects += after.everywhere(CardKind.DECISION_NUDGE, subject, ordinal=event.step)
    return effects


def released(after: After, number: int) -> list[Effect]:
    """The card shows the text to copy; somebody must send it."""
    return [
        Refresh(CardKind.DRAFT, draft_subject(after.crisis, number)),
        Cancel(ReminderKind.SENDING, draft_subject(after.crisis, number)),
        sending_reminder(after, number, attempt=RELEASED),
    ]


def route_settled(after: After, number: int) -> list[Effect]:
    """A route is used or excused."""
    subject = draft_subject(after.crisis, number)
    effects: list[Effect] = [Refresh(CardKind.DRAFT, subject)]
    if not any(d.draft == number for d in sending.waiting(after.crisis)):
        effects.append(Cancel(ReminderKind.SENDING, subject))
    return effects


def route_added(after: After, number: int) -> list[Effect]:
    """One more way to send it by."""
    subject = draft_subject(after.crisis, number)
    attempt = max(RELEASED, _first_free(after, ReminderKind.SENDING, subject))
    return [Refresh(CardKind.DRAFT, subject), sending_reminder(after, number, attempt=attempt)]


def to_send_again(after: After, number: int) -> list[Effect]:
    """What was held may be sent again, or decided on."""
    draft, subject = after.crisis.draft(number), draft_subject(after.crisis, number)
    if draft.status is DraftStatus.IN_REVIEW:
        return again_in_review(after, number)
    if draft.status is DraftStatus.APPROVED:
        attempt = _first_free(after, ReminderKind.SENDING, subject)
        return [Refresh(CardKind.DRAFT, subject), sending_reminder(after, number, attempt=attempt)]
    if any(d.draft == number for d in sending.waiting(after.crisis)):
        return route_added(after, number)
    return [Refresh(CardKind.DRAFT, subject)]


def sending_overdue(event: SendingOverdue, after: After) -> list[Effect]:
    """Those who may send are told again, then the managers too."""
    released_by = after.crisis.draft(event.draft).released_by
    people = [*([released_by] if released_by else []), *releasers(after)]
    if event.attempt % 100 > 1:
        people += after.guide.chain(after.crisis, Role.MANAGER)
    subject = draft_subject(after.crisis, event.draft)
    return [
        *after.to(people, CardKind.DECISION_NUDGE, subject, ordinal=event.attempt),
        sending_reminder(after, event.draft, attempt=event.attempt + 1),
    ]


def releasers(after: After) -> list[PersonId]:
    """Those who may give the word to send, here."""
    return [a.person for a in holders(after.crisis, _rule(after).release)]


def hurried(after: After) -> list[Effect]:
    """It is graver than before: what waited for the end of quiet hours waits no longer."""
    latest = after.due(after.guide.community(after.crisis).decide.manager)
    return [
        Plan(replace(reminder, due_at=latest, since=None))
        for reminder in after.reminders()
        if reminder.kind in {ReminderKind.DECIDE, ReminderKind.SENDING}
        and reminder.status is ReminderStatus.PLANNED
        and reminder.due_at > latest
    ]


def closed(after: After) -> list[Effect]:
    """Nothing is asked about a reply any more."""
    crisis = after.crisis
    effects: list[Effect] = []
    for draft in crisis.drafts:
        effects += [
            Refresh(CardKind.DRAFT, draft_subject(crisis, draft.number)),
            Cancel(ReminderKind.SENDING, draft_subject(crisis, draft.number)),
            *_stop_deciding(after, draft),
        ]
    return effects


def no_answer_asked(after: After, number: int) -> list[Effect]:
    """Whoever must agree is asked, and its author is told why; silence has its steps, as for an approval."""
    draft = after.crisis.draft(number)
    return [
        Cancel(ReminderKind.DECIDE, _current(after, draft)),
        *again_in_review(after, number),
        *_to_read(after, draft, _told_why(after, draft)),
    ]


def no_answer_decided(after: After, number: int) -> list[Effect]:
    """Nothing is asked about this reply any more."""
    draft = after.crisis.draft(number)
    return [
        Refresh(CardKind.DRAFT, draft_subject(after.crisis, number)),
        *_stop_deciding(after, draft),
    ]


def _awaited(after: After, draft: Draft) -> tuple[PersonId, ...]:
    return after.guide.awaited(after.crisis, draft, after.now)


def _rule(after: After) -> ApprovalRule:
    return after.guide.rule(after.crisis, after.now)


def _to_read(after: After, draft: Draft, people: list[PersonId]) -> list[Effect]:
    """One message a person and revision: an edit alone would ring nowhere."""
    subject = draft_subject(after.crisis, draft.number)
    people = [person for person in people if not after.asleep(person)]
    return after.to(people, CardKind.DRAFT, subject, ordinal=draft.current.number)


def _current(after: After, draft: Draft) -> str:
    return revision_subject(after.crisis, draft.number, draft.current.number)


def _first_free(after: After, kind: ReminderKind, subject: str) -> int:
    """The first step of a subject that was not taken yet."""
    taken = (r.ordinal for r in after.reminders() if (r.kind, r.subject) == (kind, subject) and r.fired_at)
    return max(taken, default=0) + 1


def _decide_steps(after: After, draft: Draft, *, first: int = 1) -> list[Effect]:
    steps = after.guide.community(after.crisis).decide
    subject = _current(after, draft)
    delays = enumerate((steps.remind, steps.deputy, steps.manager), start=first)
    return [after.step(ReminderKind.DECIDE, subject, step, delay) for step, delay in delays]


def _stop_deciding(after: After, draft: Draft) -> list[Effect]:
    subject = _current(after, draft)
    return [Cancel(ReminderKind.DECIDE, subject), Refresh(CardKind.DECISION_NUDGE, subject)]


def sending_reminder(after: After, number: int, *, attempt: int) -> Plan:
    """Later and later, a text that has not gone is said again."""
    delay = sending_delay(after.guide.community(after.crisis), attempt)
    return after.step(ReminderKind.SENDING, draft_subject(after.crisis, number), attempt, delay)


def sending_delay(community: Community, attempt: int) -> timedelta:
    """After how long a text that has not gone is said again."""
    return max(community.decide.remind * min(attempt % 100 + 1, 6), timedelta(minutes=5))
