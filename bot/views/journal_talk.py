"""Lines of the log about messages of the room."""

from typing import assert_never

from bot.domain import events as e
from bot.views.teller import Teller

Talk = e.TalkKept | e.TalkEdited | e.TalkDeleted


def talk_line(event: Talk, teller: Teller) -> str:
    """What was said, and what became of the message that said it."""
    _ = teller._
    match event:
        case e.TalkKept(author=None):
            return _(
                "{who} put message {n} of the room into the log: {text}",
                who=teller.who(event),
                n=event.number,
                text=event.text,
            )
        case e.TalkKept():
            return _(
                "{who} put message {n} of the room, by {author}, into the log: {text}",
                who=teller.who(event),
                n=event.number,
                author=teller.name(event.author),
                text=event.text,
            )
        case e.TalkEdited():
            return _("Message {n} was edited in the room: {text}", n=event.number, text=event.text)
        case e.TalkDeleted():
            return _("Message {n} was deleted in the room.", n=event.number)
        case _:
            assert_never(event)
