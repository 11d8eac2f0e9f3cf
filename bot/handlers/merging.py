"""`/crisis merge`: one crisis goes on in another about the same, in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.cards import Action, Answer
from bot.domain import cell, guests, merging, watch
from bot.domain.crisis import Crisis
from bot.domain.errors import Code, Refused
from bot.domain.events import MergedFrom, MergedInto
from bot.domain.ids import MemberId
from bot.domain.levels import Level
from bot.domain.likeness import likenesses
from bot.domain.members import is_watched
from bot.domain.merging import Moved
from bot.domain.reminders import Reminder
from bot.domain.states import AskedAs, DraftStatus, Presence, ReminderKind, ReminderStatus
from bot.domain.subjects import follow_up_subject, member_in, member_subject
from bot.domain.verbs import Verb
from bot.domain.wording import clean
from bot.handlers.drafts import settle_or_call
from bot.handlers.due import bring_in
from bot.handlers.opening import call_roles
from bot.handlers.request import Request, value
from bot.texts import translator
from bot.views.answers import done_card
from bot.views.merging import OTHERS, SAME, merge_form

WAITS = frozenset({ReminderStatus.PLANNED, ReminderStatus.DUE})


def command(request: Request, text: str) -> Answer:
    """`/crisis merge 2026-014`: the form, for that one or for a choice of those that may be meant."""
    return _form(request, request.crisis_here(Verb.MERGE), text.strip())


def ask(request: Request, action: Action) -> Answer:
    """The form."""
    return _form(request, request.crisis(Verb.MERGE, action.subject), "")


def submit(request: Request, action: Action, values: Mapping[str, str]) -> Answer:
    """Let it go on in the other one. Raises `reason_needed` and what `merging` does."""
    gone = request.crisis(Verb.MERGE, action.subject)
    kept = _other(request, value(values, "into"))
    merging.check(gone, kept)
    same, reason = value(values, "same"), clean(value(values, "reason"))
    if gone.members and same not in {SAME, OTHERS}:
        raise Refused(Code.REQUIRED, field="same")
    if not reason:
        raise Refused(Code.REASON_NEEDED, field="reason")
    _merge(request, gone, kept, same=same == SAME, reason=reason)
    _ = request._
    return Answer(card=done_card(_("Crisis {old} goes on in {new}.", old=gone.number, new=kept.number), _))


def _form(request: Request, gone: Crisis, number: str) -> Answer:
    gone.check_not_closed()
    others = [_other(request, number)] if number else _open_ones(request, gone)
    if not others:
        raise Refused(Code.NOTHING_TO_MERGE)
    for other in others:
        merging.check(gone, other)
    alike = len(others) == 1 and bool(likenesses(gone) & likenesses(others[0]))
    return Answer(form=merge_form(request.scene(gone), [request.scene(o) for o in others], alike=alike))


def _open_ones(request: Request, gone: Crisis) -> list[Crisis]:
    """Those of the same community, of which this person may know."""
    found = request.uow.crises.of([gone.community])
    return [c for c in found if c.id != gone.id and c.drill is gone.drill]


def _other(request: Request, number: str) -> Crisis:
    """Anybody of the community may come into it. Raises `absent`, `left_the_room`."""
    kept = request.uow.crises.numbered(number)
    if kept is None:
        raise Refused(Code.ABSENT)
    request.check(Verb.JOIN, kept)
    if cell.has_left(kept, request.person):
        raise Refused(Code.LEFT_THE_ROOM)
    return kept


def _merge(request: Request, gone: Crisis, kept: Crisis, *, same: bool, reason: str) -> None:
    by, at, uow = request.person, request.now, request.uow
    there, here = _journal_end(request, gone), _journal_end(request, kept)
    opening = gone.message.text if gone.message else ""
    theirs, ours = (_acted_on(request, each) for each in (gone, kept))
    moved = merging.move(gone, kept, same=same, theirs=theirs, ours=ours, by=by, at=at)
    follow_ups = _move_rows(request, gone, kept, moved, opening)
    _bring_people(request, gone, kept)
    for guest in gone.guests:
        if guest.token_hash is not None:
            guests.revoke(gone, guest.person, by=by, at=at)
    merging.end(gone, kept, reason=_closed_because(kept), by=by, at=at)
    gone.record(MergedInto(at=at, by=by, number=kept.number, reason=reason, lines=here[0], hash=here[1]))
    kept.record(
        MergedFrom(
            at=at,
            by=by,
            number=gone.number,
            reason=reason,
            lines=there[0],
            hash=there[1],
            members=len(moved.members),
            messages=moved.messages,
            with_contacts=moved.contacts,
            drafts=moved.drafts,
            drafts_after=moved.drafts_after,
            follow_ups=follow_ups,
            call=moved.call,
        )
    )
    call_roles(request, kept)
    for draft in kept.drafts:
        if draft.status is DraftStatus.IN_REVIEW:
            settle_or_call(request.guide, kept, draft.number, now=at)
    uow.outbox.refresh_crisis(gone.id, at=at)


def _acted_on(request: Request, crisis: Crisis) -> Level:
    return request.guide.category(crisis).level_in_force(crisis.level) or Level.D0


def _closed_because(kept: Crisis) -> str:
    """In the language of the log."""
    _ = translator(kept.locale)
    return _("merged into {number}", number=kept.number)


def _journal_end(request: Request, crisis: Crisis) -> tuple[int, str]:
    """How many lines its journal has before this, and the hash of the last."""
    lines = request.uow.journal.of(crisis.id, last=1)
    return (lines[-1].seq, lines[-1].hash.hex()) if lines else (0, "")


def _bring_people(request: Request, gone: Crisis, kept: Crisis) -> None:
    """Whoever said that they come is there at once; who was silent is called anew, from here."""
    for part in gone.assignments:
        person = part.person
        if not part.held or guests.is_invited(gone, person) or cell.has_left(kept, person):
            continue
        comes = part.presence is Presence.TAKEN_UP
        asked_as = AskedAs.JOINED if comes else part.asked_as
        cell.ask(kept, person=person, role=part.role, asked_as=asked_as, at=request.now)
        if comes and cell.silent(kept, person):
            cell.take_up(kept, person=person, at=request.now)


def _move_rows(request: Request, gone: Crisis, kept: Crisis, moved: Moved, opening: str) -> int:
    """Follow-ups and people's own reminders come along; of the crisis that ends nothing comes due any more.

    Words that wait for the triage aid wait on, `opening` among them. How many follow-ups came.
    """
    uow = request.uow
    rows = [row for row in uow.reminders.of(gone.id) if row.status in WAITS]
    known = [row for row in uow.reminders.of(kept.id) if row.kind is ReminderKind.FOLLOW_UP]
    for nth, row in enumerate(rows):
        uow.reminders.save(replace(row, status=ReminderStatus.CANCELLED))
        if row.kind is ReminderKind.PERSONAL:
            kept.reminders_set += 1
            subject = f"{kept.id}.r{kept.reminders_set}"
            again = replace(row, subject=subject, crisis=kept.id, status=ReminderStatus.PLANNED)
            uow.reminders.plan([again])
        elif row.kind is ReminderKind.TRIAGE and (who := moved.members.get(member_in(row.subject))):
            subject = f"{member_subject(kept, who)}.j{gone.number}.{nth}"
            waits = replace(row, subject=subject, crisis=kept.id, text=row.text or opening)
            uow.reminders.plan([replace(waits, status=ReminderStatus.PLANNED)])
    follow_ups = [row for row in rows if row.kind is ReminderKind.FOLLOW_UP]
    return _move_follow_ups(request, kept, follow_ups, known, moved.members)


def _move_follow_ups(
    request: Request,
    kept: Crisis,
    rows: Sequence[Reminder],
    known: Sequence[Reminder],
    members: Mapping[MemberId, MemberId],
) -> int:
    """A member who is there already has their own to come: only what waits now, or was put off, is added."""
    scheduled = {member_in(row.subject) for row in known if row.status in WAITS}
    last = {member_in(row.subject): row.ordinal for row in sorted(known, key=lambda row: row.ordinal)}
    came = 0
    for row in rows:
        who = members.get(member_in(row.subject))
        to_come = row.status is ReminderStatus.PLANNED and row.fired_at is None
        if who is None or kept.silenced_at or not is_watched(kept, who) or (to_come and who in scheduled):
            continue
        came, last[who] = came + 1, last.get(who, 0) + 1
        subject = follow_up_subject(kept, last[who], who)
        request.uow.reminders.plan([replace(row, subject=subject, ordinal=last[who], crisis=kept.id)])
        if row.status is ReminderStatus.DUE:
            owner = request.guide.follow_up_owner(kept)
            bring_in(request.guide, kept, owner, request.now)
            watch.come_due(kept, member=who, ordinal=last[who], owner=owner, at=request.now)
    return came
