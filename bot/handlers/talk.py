"""Messages of a room that are put into the journal; their later edits and deletions follow them."""

from collections.abc import Sequence

from bot.cards import Answer
from bot.domain.crisis import Crisis
from bot.domain.errors import Code, Refused
from bot.domain.events import TalkDeleted, TalkEdited, TalkKept
from bot.domain.verbs import Verb
from bot.handlers.request import Request
from bot.interactions import MessageAction, MessageChange
from bot.views.answers import done_card


def keep(request: Request, action: MessageAction) -> Answer:
    """«Add to the journal»: a note in the words of a message. Raises `absent`, `already_done`."""
    here = request.uow.crises.in_room(request.actor.platform, request.room) if request.room else None
    if here is None:
        raise Refused(Code.ABSENT)
    crisis = request.crisis(Verb.NOTE, here.id)
    kept = _kept(request, crisis)
    if any(event.message == action.message for event in kept):
        raise Refused(Code.ALREADY_DONE)
    crisis.record(
        TalkKept(
            at=request.now,
            by=request.person,
            number=len(kept) + 1,
            platform=request.actor.platform,
            message=action.message,
            author=action.author,
            text=action.text,
        )
    )
    _ = request._
    return Answer(card=done_card(_("It is in the journal of {number}.", number=crisis.number), _))


def changed(request: Request, change: MessageChange) -> Answer:
    """A message was edited or deleted: an entry if it stands in the journal, else nothing."""
    crisis = request.uow.crises.in_room(request.actor.platform, change.room)
    if crisis is None:
        return Answer()
    for event in _kept(request, crisis):
        if event.message == change.message:
            number, now = event.number, request.now
            crisis.record(
                TalkDeleted(at=now, number=number)
                if change.text is None
                else TalkEdited(at=now, number=number, text=change.text)
            )
    return Answer()


def _kept(request: Request, crisis: Crisis) -> Sequence[TalkKept]:
    """The journal itself knows what it holds."""
    entries = request.uow.journal.of(crisis.id)
    return [e.event for e in entries if isinstance(e.event, TalkKept)]
