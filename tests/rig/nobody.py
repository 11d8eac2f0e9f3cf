"""The night when nobody can be reached, by the domain's own rules."""

from bot.domain import cell, first_message
from bot.domain.crisis import Crisis
from bot.domain.roster import Role
from bot.domain.states import Route
from tests.rig import scenes as s


def nobody_left() -> Crisis:
    """Help is called; Denis, Noé and both lawyers cannot, and nobody deputises for them."""
    crisis = s.called()
    for person in (s.DENIS, s.NOE, s.FARID, s.SALOME):
        for role in cell.decline(crisis, person=person, at=s.at("03:19")):
            if not cell.holders(crisis, role):
                cell.ask_next(crisis, role=role, chain=s.guide().chain(crisis, role), at=s.at("03:19"))
    cell.decline(crisis, person=s.INES, at=s.at("03:20"))
    cell.ask_next(crisis, role=Role.COMMUNICATION_LEAD, chain=(), at=s.at("03:20"))
    return crisis


def first_message_released() -> Crisis:
    """Léa sends it alone at 03:21."""
    crisis = nobody_left()
    message = s.guide().first_message(crisis, now=s.at("03:20"))
    first_message.release(
        crisis,
        text=message.texts["fr"],
        routes=(Route.PRIVATE_MESSAGE,),
        by=s.LEA,
        agreed_by=message.agreed_by,
        until=message.until,
        at=s.at("03:21"),
    )
    return crisis


def first_message_reread() -> Crisis:
    """Salomé reads it in the morning."""
    crisis = first_message_released()
    first_message.reread(crisis, 1, by=s.SALOME, at=s.at("08:40"))
    return crisis
