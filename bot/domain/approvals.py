"""Whose approval a reply needs before it may be sent."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Self

from bot.domain.roster import Role


@dataclass(frozen=True, slots=True)
class ApprovalRule:
    """Every role of `roles` must approve, and `count` roles of `any_of`; `release` gives the word to send.

    A role that stands in both is asked for `roles` and does not count again in `any_of`: two approvals
    stay two. Once half of the time to reply has passed, `after_half_the_delay` is enough by itself, the
    fallback; None: there is none, or not yet. Raises `ValueError` for a rule without any approval, or that
    can never be met.
    """

    release: Role
    roles: tuple[Role, ...] = ()
    any_of: tuple[Role, ...] = ()
    count: int = 0
    after_half_the_delay: tuple[Role, ...] | None = None

    def __post_init__(self) -> None:
        if not self.roles and self.count < 1:
            raise ValueError("nobody would approve")
        if self.count > len(set(self.any_of) - set(self.roles)):
            raise ValueError("more approvals are asked than there are roles to give them")

    @property
    def asked(self) -> tuple[Role, ...]:
        """Every role whose approval can count, the compulsory ones first."""
        return tuple(dict.fromkeys((*self.roles, *self.any_of, *(self.after_half_the_delay or ()))))

    def before_half_the_delay(self) -> Self:
        """The rule without its fallback."""
        return replace(self, after_half_the_delay=None)


@dataclass(frozen=True, slots=True)
class Missing:
    """What a revision still lacks: every role of `roles`, and `count` of `any_of`. False: nothing."""

    roles: tuple[Role, ...]
    any_of: tuple[Role, ...]
    count: int

    def __bool__(self) -> bool:
        return bool(self.roles) or self.count > 0


def missing(rule: ApprovalRule, approved: Collection[Role]) -> Missing:
    """Tell what is missing when the holders of the `approved` roles have approved.

    Roles are counted, not people: somebody who holds two roles brings both.
    """
    lacking = _lacking(rule, approved)
    if not lacking or rule.after_half_the_delay is None:
        return lacking
    return Missing(roles=_without(rule.after_half_the_delay, approved), any_of=(), count=0)


def _lacking(rule: ApprovalRule, approved: Collection[Role]) -> Missing:
    choice = _without(rule.any_of, rule.roles)
    left = _without(choice, approved)
    count = max(0, rule.count - (len(choice) - len(left)))
    return Missing(roles=_without(rule.roles, approved), any_of=left if count else (), count=count)


def _without(roles: Collection[Role], others: Collection[Role]) -> tuple[Role, ...]:
    return tuple(role for role in dict.fromkeys(roles) if role not in others)
