"""The morning page of the managers: when it comes due, for whom, and what they want of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from bot.cards import Action, Answer
from bot.domain.errors import Code, Refused
from bot.domain.ids import PersonId, Platform
from bot.domain.reminders import Reminder
from bot.domain.roster import Role
from bot.domain.states import ReminderKind, ReminderStatus
from bot.guide import Guide
from bot.handlers.request import Request, value
from bot.ports import DirectPlace
from bot.store import CardKind, DigestWish, Outgoing, Task, UnitOfWork
from bot.views.answers import done_card
from bot.views.digest import digest_time_form


def readers(guide: Guide) -> tuple[PersonId, ...]:
    """Everyone who is a manager of some community, in the plan's order."""
    communities = guide.plan.communities.values()
    return tuple(dict.fromkeys(p for c in communities for p in c.holders(Role.MANAGER)))


def plan_next(uow: UnitOfWork, guide: Guide, *, now: datetime) -> None:
    """See that each reader's next page is planned: one a person and date of their own calendar.

    A clock that was ahead has planned a later one: it stays the next.
    """
    wishes = uow.digest_wishes.all()
    planned = uow.reminders.of_kind(ReminderKind.DIGEST, statuses=[ReminderStatus.PLANNED])
    latest = {PersonId(row.subject): row.ordinal for row in planned}  # by hour
    for person in readers(guide):
        wish = wishes.get(person, DigestWish(person))
        page = _next(uow, guide, wish, now)
        if not wish.stopped and page.ordinal >= latest.get(person, 0):
            uow.reminders.plan([page])


def fire(uow: UnitOfWork, guide: Guide, reminder: Reminder, *, now: datetime) -> None:
    """Say today's page.

    Days that went by while the service was down are told in it, never sent one by one.
    """
    person = PersonId(reminder.subject)
    if person not in readers(guide):
        return
    today = now.astimezone(guide.zone_for(person)).date()
    since = reminder.text or day_of(reminder).isoformat()
    uow.reminders.save(replace(reminder, status=ReminderStatus.DONE, fired_at=now))
    if day_of(reminder) < today:
        wish = uow.digest_wishes.all().get(person, DigestWish(person))
        due = _at(guide, wish, today)
        row = Reminder(ReminderKind.DIGEST, person, today.toordinal(), due, owner=person, text=since)
        uow.reminders.plan([row])
        return
    place = place_of(guide, person)
    uow.outbox.put(
        [
            Outgoing(
                id=0,
                task=Task.CARD,
                kind=CardKind.DIGEST,
                platform=place.platform,
                subject=person,
                ordinal=reminder.ordinal,
                place=place,
                lane=f"digest:{person}",
                text=f"{reminder.due_at.isoformat()} {since}",
                at=now,
            )
        ]
    )
    plan_next(uow, guide, now=now)


def read_text(text: str) -> tuple[datetime, date]:
    """When a page was planned for, and the first day that it stands for."""
    due, _blank, since = text.partition(" ")
    return datetime.fromisoformat(due), date.fromisoformat(since)


def place_of(guide: Guide, person: PersonId) -> DirectPlace:
    """Where a person is written to outside any crisis."""
    platform = next((p for p in guide.platforms if guide.meets_on(p, person)), Platform.WEB)
    return DirectPlace(platform, person)


def stop(request: Request, _action: Action) -> Answer:
    """No page any more."""
    person = request.person
    request.uow.digest_wishes.save(DigestWish(person, stopped=True))
    request.uow.reminders.cancel(ReminderKind.DIGEST, person)
    _ = request._
    return Answer(card=done_card(_("You will not get the morning page any more."), _))


def ask_time(request: Request, _action: Action) -> Answer:
    """The form for the hour."""
    wish = request.uow.digest_wishes.all().get(request.person, DigestWish(request.person))
    hour = wish.at or usual_hour(request.guide, request.person).strftime("%H:%M")
    return Answer(form=digest_time_form(request._, at=hour))


def submit_time(request: Request, _action: Action, values: Mapping[str, str]) -> Answer:
    """Another hour, in the person's own zone."""
    person = request.person
    try:
        at = time.fromisoformat(value(values, "at").lower().replace("h", ":").rjust(5, "0"))
    except ValueError:
        raise Refused(Code.BAD_VALUE, field="at") from None
    wish = DigestWish(person, at=at.strftime("%H:%M"))
    request.uow.digest_wishes.save(wish)
    request.uow.reminders.cancel(ReminderKind.DIGEST, person)
    request.uow.reminders.plan([_next(request.uow, request.guide, wish, request.now)])
    _ = request._
    return Answer(card=done_card(_("Your morning page comes at {hour} from now on.", hour=wish.at or ""), _))


def day_of(reminder: Reminder) -> date:
    """The date that a digest is for."""
    return date.fromordinal(reminder.ordinal)


def usual_hour(guide: Guide, person: PersonId) -> time:
    """The earliest hour among the communities that the person manages; half past eight for anybody else."""
    communities = guide.plan.communities_of(person, Role.MANAGER)
    return min((c.digest for c in communities), default=time(8, 30))


def _next(uow: UnitOfWork, guide: Guide, wish: DigestWish, now: datetime) -> Reminder:
    day = now.astimezone(guide.zone_for(wish.person)).date()
    said = uow.reminders.get(ReminderKind.DIGEST, wish.person, day.toordinal())
    done = said is not None and said.status in {ReminderStatus.DUE, ReminderStatus.DONE}
    if done or _at(guide, wish, day) <= now:
        day += timedelta(days=1)
    due = _at(guide, wish, day)
    return Reminder(ReminderKind.DIGEST, wish.person, day.toordinal(), due, owner=wish.person)


def _at(guide: Guide, wish: DigestWish, day: date) -> datetime:
    """The wished hour of a day, else the usual one; in UTC."""
    hour = time.fromisoformat(wish.at) if wish.at else usual_hour(guide, wish.person)
    return datetime.combine(day, hour, guide.zone_for(wish.person)).astimezone(UTC)
