"""Lines of the log about parts that pass from one person to another."""

from typing import assert_never

from bot.domain import events as e
from bot.views.lines import roles
from bot.views.teller import Teller

Offers = e.HandoverOffered | e.HandoverAccepted | e.HandoverEnded | e.HandoverUnanswered
Handovers = Offers | e.PersonLeft | e.ReliefOffered


def handover_line(event: Handovers, teller: Teller) -> str:
    """Who asked whom, and what came of it."""
    _ = teller._
    if isinstance(event, e.PersonLeft) and event.room is not None:
        name = teller.name(event.person)
        return _("{name} left the room, or was taken out of it: out of the cell.", name=name)
    if isinstance(event, e.PersonLeft):
        return _("{name} is no longer in the plan: out of the cell.", name=teller.name(event.person))
    if isinstance(event, e.ReliefOffered):
        name, since = teller.name(event.person), teller.when(event.since)
        return _("{name}, at work since {when}, is offered relief.", name=name, when=since)
    giver, taker = teller.name(event.giver), teller.name(event.taker)
    match event:
        case e.HandoverOffered():
            named = roles(event.roles, _)
            return _("{giver} asks {taker} to take over as: {roles}.", giver=giver, taker=taker, roles=named)
        case e.HandoverAccepted():
            named = roles(event.roles, _)
            return _("{taker} took over from {giver} as: {roles}.", giver=giver, taker=taker, roles=named)
        case e.HandoverEnded():
            who = teller.who(event)
            return _("{who} ended the hand-over: all stays with {giver}.", who=who, giver=giver)
        case e.HandoverUnanswered():
            return _("{taker} has not answered: the hand-over from {giver} waits.", giver=giver, taker=taker)
        case _:
            assert_never(event)
