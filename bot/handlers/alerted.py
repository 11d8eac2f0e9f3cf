"""Whom an alert is for."""

from datetime import datetime

from bot.domain.alerts import Alert
from bot.domain.duty import on_duty
from bot.domain.ids import PersonId
from bot.domain.roster import Role
from bot.guide import Guide
from bot.plan.model import Community

EVERY_MODERATOR, MANAGERS = 2, 3
"""The steps of silence at which these are asked too; the first asks those on duty again."""


def communities(guide: Guide, alert: Alert) -> list[Community]:
    """Whose it may be: that of the channel, else any."""
    every = guide.plan.communities
    return [every[alert.community]] if alert.community in every else list(every.values())


def asked(guide: Guide, alert: Alert, *, step: int, now: datetime) -> list[PersonId]:
    """Those of a step of silence; 0 is the alert itself."""
    people = _moderators(guide, alert, everybody=step >= EVERY_MODERATOR, now=now)
    if step >= MANAGERS:
        people += [p for c in communities(guide, alert) for p in c.holders(Role.MANAGER)]
    return list(dict.fromkeys(people))


def waited_for(guide: Guide, alert: Alert, *, now: datetime) -> list[PersonId]:
    """Those who have been asked by now."""
    times = communities(guide, alert)[0].take_up
    silence = now - alert.raised_at
    step = sum(silence >= delay for delay in (times.remind, times.deputy, times.manager))
    return asked(guide, alert, step=step, now=now)


def _moderators(guide: Guide, alert: Alert, *, everybody: bool, now: datetime) -> list[PersonId]:
    """The moderators on duty; where nobody knows whose it is, those among them who have a part everywhere.

    Without any the first listed are asked: an alert reaches somebody.
    """
    named = communities(guide, alert)
    here = [p for c in named for p in on_duty(c, Role.MODERATOR, at=now)]
    listed = [p for c in named for p in c.holders(Role.MODERATOR)[: None if everybody else 1]]
    found = [*here, *listed] if everybody else here or listed
    everywhere = [p for p in found if all(c.roles_of(p) for c in named)]
    return everywhere or found
