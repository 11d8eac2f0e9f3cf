"""What the triage aid makes of the member's message, and what people make of that."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot import countries
from bot.cards import Action, Answer
from bot.domain import message, triage, wave
from bot.domain.crisis import Crisis
from bot.domain.errors import Code, Refused
from bot.domain.ids import CrisisId
from bot.domain.levels import Level
from bot.domain.proposal import Proposal, settle
from bot.domain.reminders import Reminder
from bot.domain.states import CrisisStatus, ReminderStatus
from bot.domain.subjects import member_in
from bot.domain.verbs import Verb
from bot.domain.wording import clean
from bot.guide import Guide
from bot.handlers.drafts import settle_or_call
from bot.handlers.opening import call_roles
from bot.handlers.own_crisis import open_own
from bot.handlers.request import Request, choice, value
from bot.store import UnitOfWork
from bot.views.answers import second_person_card
from bot.views.triage import decline_form, triage_card

Judge = Callable[[str, str], Proposal]
"""Takes a text and its member's country, empty where nobody knows it. 15 to 40 ms."""

TRY_AGAIN = timedelta(seconds=5)
TRIES = 12
"""For a minute a message waits for an aid that still has to be loaded; after that there is none."""


@dataclass(frozen=True, slots=True)
class Unjudged:
    """Later `words` of or about a member, none for what opened the crisis; `subject` says where from."""

    crisis: CrisisId
    subject: str
    words: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What was made of a message as it stood, or of later words."""

    of: Unjudged
    text: str
    proposal: Proposal


def wait(uow: UnitOfWork, reminder: Reminder, *, now: datetime) -> None:
    """The aid is not there yet: try again a little later."""
    if reminder.ordinal < TRIES:
        again = replace(reminder, ordinal=reminder.ordinal + 1, due_at=now + TRY_AGAIN, fired_at=None)
        uow.reminders.plan([replace(again, status=ReminderStatus.PLANNED)])


def judged(uow: UnitOfWork, guide: Guide, of: Unjudged, judge: Judge) -> Judged | None:
    """Compute, and write nothing."""
    crisis, whose = uow.crises.get(of.crisis), member_in(of.subject)
    if crisis is None or crisis.message is None:
        return None
    member = next((each for each in crisis.members if each.id == whose), None)
    text, told = of.words or crisis.message.text, member.country if member else ""
    opening = crisis.message.text == text and whose == crisis.message.member
    proposal = replace(
        judge(text, told),
        words="" if opening else text,
        member=whose,
        country=countries.hint(
            text, link=crisis.message.link, country=told or guide.community(crisis).country
        ),
    )
    return Judged(of, text, proposal)


def propose(uow: UnitOfWork, found: Judged, *, now: datetime) -> None:
    """Note it, unless the crisis was closed meanwhile or its message is another. Later words only raise."""
    crisis = uow.crises.get(found.of.crisis)
    if crisis is None or crisis.message is None or crisis.status is CrisisStatus.CLOSED:
        return
    current = bool(found.of.words) or crisis.message.text == found.text
    if current and (not found.proposal.words or triage.raises(crisis, found.proposal)):
        triage.propose(crisis, found.proposal, at=now)


def why(request: Request, action: Action) -> Answer:
    """«See why…»: the member's words, to this person alone; noted where they are shown only on demand."""
    crisis = request.crisis(Verb.TRIAGE, action.subject)
    proposal = request.guide.proposal(crisis) or crisis.proposal
    if proposal is None:
        raise Refused(Code.ALREADY_DONE)
    if request.guide.on_demand(crisis):
        message.read(crisis, member=proposal.member, by=request.person, at=request.now)
    return Answer(card=triage_card(request.scene(crisis), proposal))


def keep(request: Request, action: Action) -> Answer:
    """«Set D4», for the level that the button named; whoever it calls for is called."""
    crisis = request.crisis(Verb.TRIAGE_KEEP, action.subject)
    proposal = _meant(request, crisis, action)
    if int(proposal.level[1]) != action.revision:
        raise Refused(Code.ALREADY_DONE)
    acts = request.guide.category(crisis).level_in_force(crisis.level)
    if wave.needs_their_own(crisis, proposal.member, proposal.level, acts=acts):
        settle(crisis, proposal.member)
        return open_own(request, crisis, proposal.member, proposal.level, category=proposal.category)
    triage.keep(crisis, proposal.level, by=request.person, at=request.now)
    _call_for(request, crisis)
    return Answer()


def ask_decline(request: Request, action: Action) -> Answer:
    """The form for a lower level."""
    crisis = request.crisis(Verb.TRIAGE_DECLINE, action.subject)
    proposal = _meant(request, crisis, action)
    return Answer(form=decline_form(request.scene(crisis), proposal))


def submit_decline(request: Request, action: Action, values: Mapping[str, str]) -> Answer:
    """A lower level, and why."""
    crisis = request.crisis(Verb.TRIAGE_DECLINE, action.subject)
    level, reason = choice(Level, values, "level"), clean(value(values, "reason"))
    proposal = _meant(request, crisis, action)
    done = triage.decline(crisis, level, by=request.person, at=request.now, reason=reason)
    if not done:
        return Answer(card=second_person_card(request._))
    acts = request.guide.category(crisis).level_in_force(crisis.level)
    if wave.needs_their_own(crisis, proposal.member, level, acts=acts):
        return open_own(request, crisis, proposal.member, level, category=proposal.category)
    _call_for(request, crisis)
    return Answer()


def _meant(request: Request, crisis: Crisis, action: Action) -> Proposal:
    """The proposal that stands, if the button was about its member. Raises `already_done`."""
    proposal = request.guide.proposal(crisis)
    if proposal is None or proposal.member != member_in(action.subject):
        raise Refused(Code.ALREADY_DONE)
    return proposal


def _call_for(request: Request, crisis: Crisis) -> None:
    call_roles(request, crisis)
    for draft in crisis.drafts:
        settle_or_call(request.guide, crisis, draft.number, now=request.now)
