"""What a reminder does when its hour has come. The crisis is looked at anew: much may have happened since."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import assert_never

from bot.domain import (
    advice,
    after_call,
    cell,
    drafts,
    emergency,
    handover,
    no_answer,
    review,
    sending,
    watch,
)
from bot.domain.crisis import Crisis
from bot.domain.drafts import Draft
from bot.domain.events import ClientContactTold, DeadlineNear, ReminderFired
from bot.domain.ids import PersonId
from bot.domain.members import is_watched
from bot.domain.reminders import Reminder, step_of
from bot.domain.roster import Role
from bot.domain.states import (
    AskedAs,
    CrisisStatus,
    Deadline,
    DraftStatus,
    ReminderKind,
    ReminderStatus,
    RoomStatus,
)
from bot.domain.subjects import member_in
from bot.guide import Guide
from bot.handlers import after_call as after_calls
from bot.handlers import alerts, contacts, digest, message, relief, triage
from bot.handlers import first_message as first_messages
from bot.handlers.advice import call_next
from bot.handlers.drafts import settle_or_call
from bot.reactions.calling import take_up_delays
from bot.store import CardKind, Outgoing, Task, UnitOfWork

REMIND, DEPUTY, MANAGER = 1, 2, 3
UNDECIDED = frozenset({DraftStatus.IN_REVIEW, DraftStatus.NO_ANSWER_ASKED})
STEPS = 3
"""Steps of an escalation; a follow-up put off counts on from there."""


def last_steps(claimed: Sequence[Reminder]) -> list[Reminder]:
    """Of the overdue steps of one subject the last alone is said.

    It does what the earlier ones would have done.
    """
    last = {(r.kind, r.subject): r for r in sorted(claimed, key=lambda r: r.ordinal)}
    return sorted(last.values(), key=lambda r: r.due_at)


def fire(  # noqa: PLR0915  (one line a kind)
    uow: UnitOfWork,
    guide: Guide,
    reminder: Reminder,
    *,
    now: datetime,
    rung: set[PersonId],
    can_judge: bool,
) -> None:
    """Do what has come due. `rung` are those whom another call rings for at this moment.

    `can_judge`: the triage aid is there, and judges afterwards.
    """
    if reminder.kind is ReminderKind.DIGEST:
        digest.fire(uow, guide, reminder, now=now)
        return
    if reminder.kind is ReminderKind.ALERT:
        alerts.remind(uow, guide, reminder, now=now)
        return
    crisis = uow.crises.get(reminder.crisis) if reminder.crisis else None
    if crisis is None:
        return
    if reminder.kind in {ReminderKind.FOLLOW_UP, ReminderKind.PERSONAL}:
        _say(uow, guide, crisis, reminder, now)
        return
    uow.reminders.save(replace(reminder, status=ReminderStatus.DONE, fired_at=now))
    match reminder.kind:
        case ReminderKind.TAKE_UP:
            _take_up(guide, crisis, reminder, now, rung)
        case ReminderKind.EMERGENCY:
            emergency.remind(crisis, at=now)
        case ReminderKind.CALL_OUTCOME:
            after_call.ask_outcome(crisis, at=now)
        case ReminderKind.SUPPORT:
            after_calls.offer_support(guide, crisis, now=now)
        case ReminderKind.DECIDE:
            _decide(guide, crisis, reminder, now)
        case ReminderKind.FALLBACK:
            _fall_back(guide, crisis, now)
        case ReminderKind.ADVICE:
            _advice(guide, crisis, reminder, now)
        case ReminderKind.SENDING:
            _sending(crisis, reminder, now)
        case ReminderKind.CONTACTS:
            contacts.remind(guide, crisis, reminder, now=now)
        case ReminderKind.REREAD:
            first_messages.ask_rereading(guide, crisis, reminder, now=now)
        case ReminderKind.FOLLOW_UP_OVERDUE:
            _follow_up_overdue(uow, guide, crisis, reminder, now)
        case ReminderKind.CLOCK:
            _keep_up(uow, crisis, now)
        case ReminderKind.DEADLINE:
            _deadline(guide, crisis, reminder, now)
        case ReminderKind.CLIENT:
            _client(guide, crisis, now)
        case ReminderKind.HANDOVER:
            _handover(crisis, reminder, now)
        case ReminderKind.RELIEF:
            relief.fire(uow, guide, crisis, reminder, now=now)
        case ReminderKind.STANDING:
            message.look(uow, guide, crisis, now=now)
        case ReminderKind.TRIAGE:
            if not can_judge:
                triage.wait(uow, reminder, now=now)
        case ReminderKind.ARCHIVE:
            _archive(uow, crisis, now)
        case _:
            assert_never(reminder.kind)


def _say(uow: UnitOfWork, guide: Guide, crisis: Crisis, reminder: Reminder, now: datetime) -> None:
    """These wait for a person: they stay due until somebody says so."""
    if reminder.kind is ReminderKind.PERSONAL:
        owner = reminder.owner or crisis.opened_by
        crisis.record(ReminderFired(at=now, reminder=reminder.subject, ordinal=reminder.ordinal, owner=owner))
    elif crisis.silenced_at or not is_watched(crisis, member_in(reminder.subject)):
        uow.reminders.save(replace(reminder, status=ReminderStatus.CANCELLED))
    else:
        owner, member = guide.follow_up_owner(crisis), member_in(reminder.subject)
        bring_in(guide, crisis, owner, now)
        watch.come_due(crisis, member=member, ordinal=reminder.ordinal, owner=owner, at=now)


def _take_up(guide: Guide, crisis: Crisis, reminder: Reminder, now: datetime, rung: set[PersonId]) -> None:
    """Still silent: called again; then the deputy of each role whose time has passed; then the managers.

    Whatever step was missed. Once others do their part, nobody is woken any more.
    """
    person = reminder.owner
    if person is None or crisis.status is CrisisStatus.CLOSED or not cell.silent(crisis, person):
        return
    if all(cell.filled(crisis, role) for role in cell.roles_of(crisis, person)):
        return
    listed = person in rung and not guide.rings_always(crisis)
    cell.ask_again(crisis, person=person, attempt=reminder.ordinal, at=now, listed=listed)
    if guide.rings_at(crisis, now) == now:
        rung.add(person)
    _again, deputy, _managers = take_up_delays(guide, crisis)
    for part in cell.assignments_of(crisis, person):
        since = max(part.asked_at, reminder.since or part.asked_at)
        silent_for_long = part.held and guide.due(crisis, since, deputy) <= now
        if silent_for_long and _last_called(crisis, part.role) == person:
            chain = guide.chain(crisis, part.role)
            cell.ask_next(crisis, role=part.role, chain=chain, at=now, instead_of=person)
    if step_of(reminder.ordinal) >= MANAGER:
        _call_managers(guide, crisis, now)


def _last_called(crisis: Crisis, role: Role) -> PersonId | None:
    """Who was called last for a role that nobody has taken up."""
    return None if cell.filled(crisis, role) else cell.holders(crisis, role)[-1].person


def _call_managers(guide: Guide, crisis: Crisis, now: datetime) -> None:
    for manager in guide.chain(crisis, Role.MANAGER):
        cell.ask(crisis, person=manager, role=Role.MANAGER, asked_as=AskedAs.MANAGER, at=now)


def _decide(guide: Guide, crisis: Crisis, reminder: Reminder, now: datetime) -> None:
    """A revision still in review: those asked, then deputies, then the managers. Its subject is `….d1.r2`.

    Whoever went off duty meanwhile is not waited for.
    """
    number, revision = (int(part[1:]) for part in reminder.subject.split(".")[1:])
    draft = crisis.draft(number)
    current = draft.status in UNDECIDED and draft.current.number == revision
    if not current or crisis.silenced_at or crisis.status is CrisisStatus.CLOSED:
        return
    if reminder.ordinal < DEPUTY:
        settle_or_call(guide, crisis, number, now=now)
    else:
        for role in _undecided(guide, crisis, draft, now):
            chain = [p for p in guide.chain(crisis, role) if p != draft.author]
            asked = {a.person for a in crisis.assignments if a.role is role}
            if any(p not in asked for p in chain):
                cell.ask_next(crisis, role=role, chain=chain, at=now)
    if reminder.ordinal >= MANAGER:
        _call_managers(guide, crisis, now)
    if crisis.draft(number).status in UNDECIDED:
        drafts.overdue(crisis, number, step=reminder.ordinal, at=now)


def _undecided(guide: Guide, crisis: Crisis, draft: Draft, now: datetime) -> Sequence[Role]:
    """The roles of which somebody was asked and has not decided."""
    if draft.status is DraftStatus.NO_ANSWER_ASKED:
        return no_answer.lacking(draft, guide.agreeing(crisis))
    rule = guide.rule(crisis, now)
    waiting = {s.role for s in review.seats(crisis, draft, rule) if s.decision is None}
    return [role for role in rule.asked if role in waiting]


def _fall_back(guide: Guide, crisis: Crisis, now: datetime) -> None:
    """Half of the time to reply has passed; whoever is enough now and was not asked yet is called."""
    roles = guide.rule(crisis, now).after_half_the_delay
    if roles is None or crisis.status is CrisisStatus.CLOSED:
        return
    for draft in crisis.drafts:
        if draft.status is DraftStatus.IN_REVIEW:
            drafts.fall_back(crisis, draft.number, roles=roles, at=now)
            settle_or_call(guide, crisis, draft.number, now=now)


def _advice(guide: Guide, crisis: Crisis, reminder: Reminder, now: datetime) -> None:
    """A question to an expert that nobody has answered. Its subject is `….a1`."""
    asked = advice.find(crisis, int(reminder.subject.rpartition(".a")[2]))
    if asked.given_at is not None or crisis.status is CrisisStatus.CLOSED:
        return
    if reminder.ordinal >= DEPUTY:
        call_next(guide, crisis, asked, now=now)
    if reminder.ordinal >= MANAGER:
        _call_managers(guide, crisis, now)
    advice.overdue(crisis, asked.number, step=reminder.ordinal, at=now)


def _sending(crisis: Crisis, reminder: Reminder, now: datetime) -> None:
    """An approved text that nobody releases, or a released one that nobody sends. Its subject is `….d1`."""
    number = int(reminder.subject.rpartition(".d")[2])
    approved = crisis.draft(number).status is DraftStatus.APPROVED
    unsent = any(d.draft == number for d in sending.waiting(crisis))
    if (approved or unsent) and crisis.status is not CrisisStatus.CLOSED:
        sending.overdue(crisis, number, attempt=reminder.ordinal, at=now)


def _handover(crisis: Crisis, reminder: Reminder, now: datetime) -> None:
    """Somebody asked to take over stays silent. Its subject is `….h.` and the hour of the offer."""
    since = int(reminder.subject.rpartition(".h.")[2])
    if reminder.owner is not None:
        handover.still_waits(crisis, giver=reminder.owner, since=since, step=reminder.ordinal, at=now)


def _follow_up_overdue(
    uow: UnitOfWork, guide: Guide, crisis: Crisis, reminder: Reminder, now: datetime
) -> None:
    """Nobody recorded the follow-up. Its subject is `….f2`."""
    ordinal = int(reminder.subject.rpartition(".f")[2])
    follow_up = uow.reminders.get(ReminderKind.FOLLOW_UP, reminder.subject, ordinal)
    if follow_up is None or follow_up.status is not ReminderStatus.DUE:
        return
    step = (reminder.ordinal - 1) % STEPS + 1
    for person in guide.followers(crisis)[: 2 if step >= DEPUTY else 1]:
        bring_in(guide, crisis, person, now)
    watch.overdue(crisis, member=member_in(reminder.subject), ordinal=ordinal, step=step, at=now)


def bring_in(guide: Guide, crisis: Crisis, person: PersonId, now: datetime) -> None:
    """Whoever is to look after the member has a part: without one they could not write down how it went."""
    if cell.roles_of(crisis, person):
        return
    moderates = person in guide.chain(crisis, Role.MODERATOR)
    role, asked_as = (Role.MODERATOR, AskedAs.DEPUTY) if moderates else (Role.MANAGER, AskedAs.MANAGER)
    cell.ask(crisis, person=person, role=role, asked_as=asked_as, at=now)


def _keep_up(uow: UnitOfWork, crisis: Crisis, now: datetime) -> None:
    """A first word or a reply is late: the brief card says so while there are clocks on it."""
    if crisis.status is CrisisStatus.OPEN:
        uow.outbox.refresh(CardKind.BRIEF, crisis.id, at=now)


def _deadline(guide: Guide, crisis: Crisis, reminder: Reminder, now: datetime) -> None:
    """A first word or a reply is owed soon, or late. Its subject is `….w.` and which of them."""
    what = Deadline(reminder.subject.rpartition(".w.")[2])
    if due_at := guide.deadlines(crisis).get(what):
        crisis.record(DeadlineNear(at=now, deadline=what, due_at=due_at))


def _client(guide: Guide, crisis: Crisis, now: datetime) -> None:
    """The client's contact is told, unless they have come into the cell since."""
    if contact := guide.contact_to_tell(crisis):
        crisis.record(ClientContactTold(at=now, person=contact))


def _archive(uow: UnitOfWork, crisis: Crisis, now: datetime) -> None:
    """The rooms of a closed crisis go to rest when no follow-up is left."""
    left = {ReminderStatus.PLANNED, ReminderStatus.DUE}
    rows = uow.reminders.of(crisis.id)
    waiting = any(r.kind is ReminderKind.FOLLOW_UP and r.status in left for r in rows)
    if waiting or crisis.status is not CrisisStatus.CLOSED:
        return
    uow.outbox.put(
        [
            Outgoing(
                id=0,
                task=Task.ARCHIVE,
                platform=room.platform,
                subject=crisis.id,
                crisis=crisis.id,
                lane=f"room:{crisis.id}:{room.platform}",
                at=now,
            )
            for room in crisis.rooms
            if room.status is RoomStatus.READY
        ]
    )
