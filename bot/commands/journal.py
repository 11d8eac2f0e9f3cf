"""`cellule journal`: is it as it was written, and the whole of it as a text."""

from bot.commands.stopped import Stopped
from bot.domain.crisis import Crisis
from bot.domain.ids import CrisisId, Platform
from bot.main import guide_of, utc_now
from bot.plan.model import Plan
from bot.rendering import scene_for
from bot.store import Store, UnitOfWork
from bot.texts import N_, Translator
from bot.views.log import log_text

SEAL_SHOWN = 12
"""Hexadecimal digits, as many as the exported file shows."""


def verify(store: Store, named: str, _: Translator) -> str:
    """Say that the chain is whole, and how it ends. Raises `Stopped` with the line that breaks it."""
    with store.read() as uow:
        crisis = _crisis(uow, named)
        broken = uow.journal.broken_at(crisis.id)
        if broken is not None:
            raise Stopped(
                N_("The journal of crisis {number} was changed: line {line} is not what was written."),
                number=crisis.number,
                line=str(broken),
            )
        last = uow.journal.of(crisis.id, last=1)
    whole = _("The journal of crisis {number} is whole.", number=crisis.number)
    if not last:
        return whole
    ends = _("It ends with line {line}, seal {seal}.", line=last[0].seq, seal=last[0].hash.hex()[:SEAL_SHOWN])
    return f"{whole} {ends}"


def export(store: Store, plan: Plan, named: str) -> str:
    """The journal in the community's language and time zone. Raises `Stopped`."""
    with store.read() as uow:
        crisis = _crisis(uow, named)
        if crisis.community not in plan.communities:
            raise Stopped(
                N_("The plan no longer names the community “{name}” of this crisis."), name=crisis.community
            )
        guide = guide_of(plan, (Platform.WEB,))()
        scene = scene_for(crisis, uow, guide, now=utc_now(), platform=Platform.WEB)
        return log_text(scene, entries=uow.journal.of(crisis.id))


def _crisis(uow: UnitOfWork, named: str) -> Crisis:
    crisis = uow.crises.numbered(named) or uow.crises.get(CrisisId(named))
    if crisis is None:
        raise Stopped(
            N_("There is no crisis “{named}”. Give its number, such as 2026-014, or its id."), named=named
        )
    return crisis
