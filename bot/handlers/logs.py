"""The *main courante*: its last lines in the room, and the whole as a file without the member's words."""

from bot.cards import Action, Answer
from bot.domain.states import RoomStatus
from bot.domain.verbs import Verb
from bot.handlers.request import Request
from bot.ports import RoomPlace
from bot.store import CardKind, Outgoing, Task

LAST = 20


def show(request: Request, action: Action) -> Answer:
    """Put the last lines into the rooms, and the file beside them."""
    crisis = request.crisis(Verb.LOG, action.subject)
    ordinal = int(request.now.timestamp() * 1_000_000)
    rows = [
        Outgoing(
            id=0,
            task=task,
            kind=kind,
            platform=room.platform,
            subject=f"{crisis.id}.l",
            ordinal=ordinal,
            crisis=crisis.id,
            place=RoomPlace(room.platform, room.ref),
            lane=f"log:{crisis.id}:{room.platform}",
            at=request.now,
        )
        for room in crisis.rooms
        if room.ref is not None and room.status is RoomStatus.READY
        for task, kind in ((Task.CARD, CardKind.LOG), (Task.FILE, None))
    ]
    request.uow.outbox.put(rows)
    return Answer()
