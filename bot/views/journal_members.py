"""Lines of the log about members who come into a crisis, never with who they are."""

from typing import assert_never

from bot.domain import events as e
from bot.texts import Translator
from bot.views.merging import came
from bot.views.teller import Teller

Members = (
    e.MemberAdded
    | e.MemberExcused
    | e.OwnCrisisOpened
    | e.CrisisLinked
    | e.NobodyConcerned
    | e.MergedInto
    | e.MergedFrom
)


def members_line(event: Members, teller: Teller) -> str:
    """Which member it is stands before the line (`journal.line`)."""
    _, who = teller._, teller.who(event)
    match event:
        case e.MemberAdded():
            return _("{who} added this member and what they wrote.", who=who)
        case e.MemberExcused():
            told = _("{who} noted that this member gets no reply of their own", who=who)
            return teller.because(told, event.reason)
        case e.OwnCrisisOpened():
            return _("{who} opened a crisis of the member's own: {number}.", who=who, number=event.number)
        case e.CrisisLinked():
            return _("{who} noted that this crisis goes with {number}.", who=who, number=event.number)
        case e.NobodyConcerned():
            return _("{who} noted that no member of the community is behind it.", who=who)
        case e.MergedInto():
            told = _("{who} merged this crisis into {number}", who=who, number=event.number)
            return f"{teller.because(told, event.reason)} {_line(event, _)}"
        case e.MergedFrom():
            told = _("{who} merged {number} into this crisis", who=who, number=event.number)
            return f"{teller.because(told, event.reason)} {came(event, _)} {_line(event, _)}"
        case _:
            assert_never(event)


def _line(event: e.MergedInto | e.MergedFrom, _: Translator) -> str:
    """Where the other journal stood: whoever verifies both sees that neither was changed since."""
    return _("Line {n} of the log of {number}: {hash}.", n=event.lines, number=event.number, hash=event.hash)
