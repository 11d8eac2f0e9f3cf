"""A text that the gate stops is let pass: by two people, at D4 and D5 by one, never by its author."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import drafts
from bot.domain.crisis import Crisis
from bot.domain.drafts import Draft
from bot.domain.errors import Code, Refused
from bot.domain.events import CheckOverridden
from bot.domain.ids import PersonId
from bot.domain.states import DraftStatus

NEEDED, NEEDED_IF_GRAVE = 2, 1


@dataclass(frozen=True, slots=True)
class Override:
    """One person's word on one revision, for the rules that stopped it then."""

    revision: int
    rules: tuple[str, ...]
    person: PersonId
    at: datetime
    reason: str


def given(draft: Draft, rules: Collection[str]) -> tuple[Override, ...]:
    """Those that hold for the current revision and for all of these rules: another rule voids them."""
    return tuple(
        each
        for each in draft.overrides
        if each.revision == draft.current.number and set(rules) <= set(each.rules)
    )


def lacking(draft: Draft, rules: Collection[str], *, grave: bool) -> int:
    """How many people must still override before the text can be approved; 0: it can be."""
    if not rules:
        return 0
    needed = NEEDED_IF_GRAVE if grave else NEEDED
    return max(0, needed - len({each.person for each in given(draft, rules)}))


def check_may_override(
    crisis: Crisis, number: int, *, seen: int, rules: Collection[str], grave: bool, by: PersonId
) -> Draft:
    """Raises `crisis_closed`, `stale_revision`, `own_draft`, `not_in_review`, `already_done`."""
    crisis.check_not_closed()
    draft = crisis.draft(number)
    drafts.check_fresh(draft, seen)
    if by == draft.author:
        raise Refused(Code.OWN_DRAFT)
    if draft.status not in {DraftStatus.IN_REVIEW, DraftStatus.APPROVED}:
        raise Refused(Code.NOT_IN_REVIEW)
    if not lacking(draft, rules, grave=grave) or by in {each.person for each in given(draft, rules)}:
        raise Refused(Code.ALREADY_DONE)
    return draft


def override(
    crisis: Crisis,
    number: int,
    *,
    seen: int,
    rules: Sequence[str],
    grave: bool,
    by: PersonId,
    reason: str,
    at: datetime,
) -> None:
    """Raises `reason_needed`, and what `check_may_override` does."""
    draft = check_may_override(crisis, number, seen=seen, rules=rules, grave=grave, by=by)
    if not reason.strip():
        raise Refused(Code.REASON_NEEDED, field="reason")
    word = Override(seen, tuple(rules), by, at, reason.strip())
    draft = replace(draft, overrides=(*draft.overrides, word))
    drafts.put(crisis, draft)
    crisis.record(
        CheckOverridden(
            at=at,
            by=by,
            draft=number,
            revision=seen,
            rules=tuple(rules),
            reason=reason.strip(),
            complete=not lacking(draft, rules, grave=grave),
        )
    )
