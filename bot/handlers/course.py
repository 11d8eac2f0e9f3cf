"""What is known, how grave it is, notes, where things stand, the end."""

from collections.abc import Mapping
from datetime import datetime

from bot.cards import Action, Answer
from bot.domain import belonging, course, emergency, watch, wave
from bot.domain.crisis import Crisis
from bot.domain.errors import Code, Refused
from bot.domain.ids import MemberId
from bot.domain.levels import Level
from bot.domain.likeness import likenesses, site_of
from bot.domain.past import parse_past
from bot.domain.permissions import MANAGERS
from bot.domain.states import Age, Standing
from bot.domain.verbs import Verb
from bot.domain.wording import clean, storable
from bot.handlers import reminding
from bot.handlers.drafts import settle_or_call
from bot.handlers.opening import call_roles, same_as, take_own_roles
from bot.handlers.request import Request, choice, value
from bot.views.acts import more_card
from bot.views.answers import done_card, second_person_card, status_card
from bot.views.course import NOBODY, close_form, complete_form, note_form, severity_form
from bot.views.duplicates import with_already_open


def more(request: Request, action: Action) -> Answer:
    """The rest of what can be done."""
    crisis = request.crisis(Verb.MORE, action.subject)
    return Answer(card=more_card(request.scene(crisis), page=action.revision or 0))


def ask_complete(request: Request, action: Action) -> Answer:
    """The form with what is known."""
    crisis = request.crisis(Verb.COMPLETE, action.subject)
    return Answer(form=complete_form(request.about(crisis, action.subject)))


def submit_complete(request: Request, action: Action, values: Mapping[str, str]) -> Answer:
    """Fill in what was learned; whoever the category or level calls for is called."""
    crisis = request.crisis(Verb.COMPLETE, action.subject)
    by, at = request.person, request.now
    crisis.check_not_closed()
    before = likenesses(crisis)
    link = storable(value(values, "platform"))
    site = site_of(link)
    member = request.about(crisis, action.subject).who
    if value(values, "concerns") == NOBODY and not value(values, "handle"):
        wave.concerns_nobody(crisis, by=by, at=at)
    elif value(values, "concerns"):
        wave.concerns_a_member(crisis, by=by, at=at)
    course.complete_member(
        crisis,
        member=member,
        handle=storable(value(values, "handle")),
        platform=site or clean(value(values, "platform")),
        age=choice(Age, values, "age") if value(values, "age") else Age.UNKNOWN,
        country=value(values, "country").upper(),
        by=by,
        at=at,
    )
    _place_message(request, crisis, values, member, link=link if site else "")
    _belongs(request, crisis, value(values, "community"))
    settled = _judge(request, crisis, values)
    call_roles(request, crisis)
    for draft in crisis.drafts:
        settle_or_call(request.guide, crisis, draft.number, now=at)
    card = None if settled else second_person_card(request._)
    same = same_as(request, crisis, likenesses(crisis) - before)
    return Answer(card=with_already_open(card, [request.scene(other) for other in same]))


def ask_severity(request: Request, action: Action) -> Answer:
    """The form for the severity."""
    crisis = request.crisis(Verb.SEVERITY, action.subject)
    return Answer(form=severity_form(request.scene(crisis)))


def submit_severity(request: Request, action: Action, values: Mapping[str, str]) -> Answer:
    """Set the severity."""
    crisis = request.crisis(Verb.SEVERITY, action.subject)
    return set_severity(request, crisis, value(values, "severity"), clean(value(values, "reason")))


def set_severity(request: Request, crisis: Crisis, severity: str, reason: str) -> Answer:
    """Raise freely, lower with a reason; under D4 and D5 two people do."""
    number = int(severity) if severity in {"1", "2", "3", "4"} else 0
    done = course.set_severity(crisis, number, by=request.person, at=request.now, reason=reason)
    return Answer() if done else Answer(card=second_person_card(request._))


def ask_note(request: Request, action: Action) -> Answer:
    """The form for a note."""
    crisis = request.crisis(Verb.NOTE, action.subject)
    return Answer(form=note_form(request.scene(crisis)))


def submit_note(request: Request, action: Action, values: Mapping[str, str]) -> Answer:
    """Write a line into the journal."""
    return note(request, request.crisis(Verb.NOTE, action.subject), value(values, "text"))


def note(request: Request, crisis: Crisis, text: str) -> Answer:
    """Write a line into the journal."""
    course.note(crisis, clean(text), by=request.person, at=request.now)
    _ = request._
    return Answer(card=done_card(_("It is in the journal of {number}.", number=crisis.number), _))


def status(request: Request, action: Action) -> Answer:
    """Where the crisis stands, for one person."""
    return Answer(card=status_card(request.scene(request.crisis(Verb.STATUS, action.subject))))


def ask_close(request: Request, action: Action) -> Answer:
    """The form for the reason."""
    crisis = request.crisis(Verb.CLOSE, action.subject)
    _check_may_close(request, crisis)
    crisis.check_not_closed()
    return Answer(form=close_form(request.scene(crisis)))


def submit_close(request: Request, action: Action, values: Mapping[str, str]) -> Answer:
    """End the crisis."""
    crisis = request.crisis(Verb.CLOSE, action.subject)
    return close(request, crisis, clean(value(values, "reason")), clean(value(values, "despite_waiting")))


def close(request: Request, crisis: Crisis, reason: str, despite_waiting: str = "") -> Answer:
    """End the crisis, if the plan lets this person."""
    _check_may_close(request, crisis)
    done = course.close(
        crisis,
        by=request.person,
        reason=reason,
        despite_waiting=despite_waiting,
        two=watch.needs_two_to_close(crisis, request.guide.category(crisis).level_in_force(crisis.level)),
        at=request.now,
    )
    return Answer() if done else Answer(card=second_person_card(request._))


def keep_open(request: Request, action: Action) -> Answer:
    """The second person refuses to close."""
    crisis = request.crisis(Verb.KEEP_OPEN, action.subject)
    course.keep_open(crisis, by=request.person, at=request.now)
    return Answer()


def _check_may_close(request: Request, crisis: Crisis) -> None:
    allowed = {*request.guide.community(crisis).close, *MANAGERS}
    held = {a.role for a in crisis.assignments if a.person == request.person}
    if not allowed & (held | request.community_roles(crisis)):
        raise Refused(Code.NOT_ALLOWED)


def _place_message(
    request: Request, crisis: Crisis, values: Mapping[str, str], member: MemberId, *, link: str
) -> None:
    course.place_message(
        crisis,
        member=member,
        standing=choice(Standing, values, "standing") if value(values, "standing") else Standing.UNKNOWN,
        written_at=_written_at(request, values),
        link=link,
        text=storable(value(values, "text")),
        by=request.person,
        at=request.now,
    )


def _judge(request: Request, crisis: Crisis, values: Mapping[str, str]) -> bool:
    """Category and level, where given. False: a second person must ask for the lower level too."""
    by, at = request.person, request.now
    category, level = value(values, "category"), value(values, "level")
    if category:
        if category not in request.guide.categories:
            raise Refused(Code.BAD_VALUE, field="category")
        course.set_category(crisis, category, by=by, at=at)
    if not level:
        return True
    reason = clean(value(values, "level_reason"))
    try:
        return course.set_level(crisis, choice(Level, values, "level"), by=by, at=at, reason=reason)
    except Refused as refused:
        if refused.code is Code.REASON_NEEDED:
            raise Refused(Code.REASON_NEEDED, field="level_reason") from None
        raise


def _belongs(request: Request, crisis: Crisis, community: str) -> None:
    """The community, where given. Whoever finds that it is another stays in the cell."""
    if not community or community == crisis.community:
        return
    mine = {c.id: c for c in request.guide.plan.communities_of(request.person)}
    if community not in mine:
        raise Refused(Code.BAD_VALUE, field="community")
    new, before, people = mine[community], crisis.community, crisis.people
    belonging.move(crisis, new.id, locale=new.locale, roles_of=new.roles_of)
    take_own_roles(request, crisis)
    call_roles(request, crisis)
    belonging.moved(crisis, before=before, people=people, by=request.person, at=request.now)
    for person in people - crisis.people:
        emergency.pass_on(crisis, person, request.person)
        reminding.pass_on(request.uow, crisis, person, request.person)


def _written_at(request: Request, values: Mapping[str, str]) -> datetime | None:
    """When the member wrote, as a moderator types it; None when the field is empty."""
    text = value(values, "written_at")
    if not text:
        return None
    zone = request.guide.zone_for(request.person)
    return parse_past(text, now=request.now, zone=zone, field="written_at")
