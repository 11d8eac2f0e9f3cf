"""The member's message: hidden, online again, read."""

from datetime import datetime

from bot.cards import Action, Answer
from bot.domain import message
from bot.domain.crisis import Crisis
from bot.domain.states import CrisisStatus, Standing
from bot.domain.subjects import member_in
from bot.domain.verbs import Verb
from bot.guide import Guide
from bot.handlers.request import Request
from bot.store import CardKind, UnitOfWork
from bot.views.message import message_card


def hidden(request: Request, action: Action) -> Answer:
    """«Hidden now»."""
    crisis = request.crisis(Verb.MESSAGE_HIDDEN, action.subject)
    member = member_in(action.subject)
    message.place(crisis, Standing.HIDDEN, member=member, by=request.person, at=request.now)
    return Answer()


def online(request: Request, action: Action) -> Answer:
    """«Online again»."""
    crisis = request.crisis(Verb.MESSAGE_ONLINE, action.subject)
    member = member_in(action.subject)
    message.place(crisis, Standing.ONLINE, member=member, by=request.person, at=request.now)
    return Answer()


def read(request: Request, action: Action) -> Answer:
    """«Read the message»: shown to this person alone, and noted."""
    crisis = request.crisis(Verb.READ_MESSAGE, action.subject)
    scene = request.about(crisis, action.subject)
    message.read(crisis, member=scene.who, by=request.person, at=request.now)
    return Answer(card=message_card(scene))


def look(uow: UnitOfWork, guide: Guide, crisis: Crisis, *, now: datetime) -> None:
    """Some minutes later: still to be hidden, or hidden and still without a word."""
    if crisis.status is CrisisStatus.CLOSED:
        return
    if guide.to_hide(crisis):
        message.remind(crisis, at=now)
    elif ahead := message.next_look(crisis, to_hide=False, now=now):
        uow.outbox.refresh(CardKind.BRIEF, crisis.id, at=now)
        uow.reminders.plan([ahead])
