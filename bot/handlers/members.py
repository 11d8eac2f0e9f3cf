"""Several members in one crisis: another message or member, each by themselves, those who get no reply."""

from collections.abc import Mapping

from bot.cards import Action, Answer
from bot.domain import course, members, wave
from bot.domain.crisis import Crisis, Member
from bot.domain.errors import Code, Refused
from bot.domain.levels import Level
from bot.domain.likeness import likenesses, normal_handle, site_of
from bot.domain.states import CrisisStatus, Standing
from bot.domain.verbs import Verb
from bot.domain.wording import clean, storable
from bot.domain.writing_back import write_back
from bot.handlers.drafts import settle_or_call
from bot.handlers.opening import call_roles, same_as
from bot.handlers.own_crisis import open_own, where_kept
from bot.handlers.request import Request, choice, value
from bot.views.answers import done_card
from bot.views.duplicates import with_already_open
from bot.views.member_forms import ANOTHER, add_form, excuse_form
from bot.views.members import member_card, members_card
from bot.views.now import level_in_force


def command(request: Request, text: str) -> Answer:
    """`/crisis add [text]`: the form, with what was typed."""
    return _form(request, request.crisis_here(Verb.ADD), text)


def ask_add(request: Request, action: Action) -> Answer:
    """The form."""
    return _form(request, request.crisis(Verb.ADD, action.subject), "")


def submit_add(request: Request, action: Action, values: Mapping[str, str]) -> Answer:
    """A message of a member who is there already, or another member; from D2 on a crisis of their own.

    Raises `message_or_link`, `crisis_closed`, `bad_value`.
    """
    crisis = request.crisis(Verb.ADD, action.subject)
    before = likenesses(crisis)
    crisis, who = _take(request, crisis, values)
    answer = _judged(request, crisis, who, values)
    same = same_as(request, crisis, likenesses(crisis) - before)
    others = [other for other in same if other.number not in crisis.goes_with]
    card = with_already_open(answer.card, [request.scene(other) for other in others])
    return Answer(card=card)


def show(request: Request, action: Action) -> Answer:
    """«Members…»."""
    crisis = request.crisis(Verb.MEMBERS, action.subject)
    return Answer(card=members_card(request.scene(crisis), page=action.revision or 0))


def show_one(request: Request, action: Action) -> Answer:
    """One of them. Raises `absent`."""
    crisis = request.crisis(Verb.MEMBER, action.subject)
    scene = request.about(crisis, action.subject)
    return Answer(card=member_card(scene, members.find(crisis, scene.who)))


def ask_excuse(request: Request, action: Action) -> Answer:
    """The form for the reason."""
    crisis = request.crisis(Verb.EXCUSE_MEMBER, action.subject)
    return Answer(form=excuse_form(request.about(crisis, action.subject)))


def submit_excuse(request: Request, action: Action, values: Mapping[str, str]) -> Answer:
    """They get no reply of their own."""
    crisis = request.crisis(Verb.EXCUSE_MEMBER, action.subject)
    scene = request.about(crisis, action.subject)
    reason = clean(value(values, "reason"))
    wave.excuse(
        crisis, scene.who, level=level_in_force(scene), reason=reason, by=request.person, at=request.now
    )
    return Answer()


def _form(request: Request, crisis: Crisis, text: str) -> Answer:
    crisis.check_not_closed()
    return Answer(form=add_form(request.scene(crisis), text=text))


def _take(request: Request, crisis: Crisis, values: Mapping[str, str]) -> tuple[Crisis, Member]:
    """Keep the words with whoever wrote them: a pseudonym that is known here is the same member.

    Words of one who has a crisis of their own are kept there while it is open.
    """
    text, link = storable(values.get("text") or ""), storable(value(values, "link"))
    if not text.strip() and not link:
        raise Refused(Code.MESSAGE_OR_LINK, field="text")
    crisis.check_not_closed()
    standing = choice(Standing, values, "standing") if value(values, "standing") else Standing.UNKNOWN
    handle, place = storable(value(values, "handle")), clean(value(values, "platform"))
    known = _known(crisis, value(values, "member"), handle)
    by, at = request.person, request.now
    if known is None:
        added = wave.add(
            crisis,
            text=text,
            link=link,
            handle=handle,
            platform=site_of(place) or place,
            standing=standing,
            by=by,
            at=at,
        )
        return crisis, added
    own, member = where_kept(request.uow, crisis, known.id)
    if own.status is CrisisStatus.CLOSED:
        own, member = crisis, known.id
    write_back(own, text=text, written_at=None, member=member, link=link, standing=standing, by=by, at=at)
    return own, members.find(own, member)


def _known(crisis: Crisis, chosen: str, handle: str) -> Member | None:
    """Raises `bad_value` for a member that is not there."""
    if chosen and chosen != ANOTHER:
        if not any(each.id == chosen for each in crisis.members):
            raise Refused(Code.BAD_VALUE, field="member")
        return members.find(crisis, chosen)
    wanted = normal_handle(handle)
    return next((each for each in crisis.members if wanted and normal_handle(each.handle) == wanted), None)


def _judged(request: Request, crisis: Crisis, who: Member, values: Mapping[str, str]) -> Answer:
    """The level that was chosen, where one was: it only raises."""
    _, level = request._, choice(Level, values, "level") if value(values, "level") else None
    if level is not None and level < wave.OWN_FROM:
        raise Refused(Code.BAD_VALUE, field="level")
    acts = level_in_force(request.scene(crisis))
    if level is not None and wave.needs_their_own(crisis, who.id, level, acts=acts):
        return open_own(request, crisis, who.id, level)
    if level is not None and level > (crisis.level or Level.D0):
        course.set_level(crisis, level, by=request.person, at=request.now)
        call_roles(request, crisis)
        for draft in crisis.drafts:
            settle_or_call(request.guide, crisis, draft.number, now=request.now)
    n = members.number(who.id)
    return Answer(card=done_card(_("Added to {number}: member {n}.", number=crisis.number, n=n), _))
