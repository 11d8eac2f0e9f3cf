"""The gate in the rooms: what it finds goes to the author, a text that it stops is let pass or is not."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot import checking
from bot.cards import Action, Answer
from bot.domain import drafts, overrides
from bot.domain.crisis import Crisis
from bot.domain.drafts import Draft
from bot.domain.errors import Code, Refused
from bot.domain.states import DraftStatus
from bot.domain.subjects import override_of
from bot.domain.verbs import Verb
from bot.domain.wording import clean
from bot.guide import Guide
from bot.handlers import seats
from bot.handlers.request import Request, draft_number, value
from bot.views.findings import check_of, findings_card, override_form, said_of

TOLD = 2
"""Findings that a refusal names: the card below it has the others."""


def told(request: Request, crisis: Crisis, draft: Draft) -> Answer:
    """What is found in a new revision, to its author at once; kept nowhere."""
    scene = request.scene(crisis)
    if not check_of(scene, draft).found:
        return Answer()
    return Answer(card=findings_card(scene, draft), secret=True)


def show(request: Request, action: Action) -> Answer:
    """«See all findings»."""
    crisis = request.crisis(Verb.FINDINGS, action.subject)
    return Answer(card=findings_card(request.scene(crisis), crisis.draft(draft_number(action))), secret=True)


def check_lets_pass(request: Request, crisis: Crisis, draft: Draft) -> None:
    """Raises `check_stops`."""
    scene = request.scene(crisis)
    check = check_of(scene, draft)
    if check.stops(draft):
        raise Refused(Code.CHECK_STOPS, how=" ".join(said_of(scene, draft, check)[:TOLD]))


def settle(guide: Guide, crisis: Crisis, number: int, *, now: datetime) -> Draft:
    """A text in review is approved once its approvals are enough, if nothing stops it."""
    draft = crisis.draft(number)
    if draft.status is not DraftStatus.IN_REVIEW or checking.check(guide, crisis, draft, now).stops(draft):
        return draft
    return drafts.settle(crisis, number, rule=guide.rule(crisis, now), at=now)


def ask_override(request: Request, action: Action) -> Answer:
    """The form for the reason; what is already settled is said before anybody types."""
    crisis = request.crisis(Verb.OVERRIDE, action.subject)
    draft = _may_override(request, crisis, action)
    return Answer(form=override_form(request.scene(crisis), draft))


def submit_override(request: Request, action: Action, values: Mapping[str, str]) -> Answer:
    """Let the text pass, with a reason; approvals that were given before may now be enough.

    Raises `check_stops` where a rule stops it that the form did not show.
    """
    crisis = request.crisis(Verb.OVERRIDE, action.subject)
    subject, shown = override_of(action.subject)
    draft = _may_override(request, crisis, replace(action, subject=subject))
    check = checking.check(request.guide, crisis, draft, request.now)
    if not shown >= set(check.rules):
        check_lets_pass(request, crisis, draft)
    overrides.override(
        crisis,
        draft.number,
        seen=action.revision or 0,
        rules=check.rules,
        grave=check.grave,
        by=request.person,
        reason=clean(value(values, "reason")),
        at=request.now,
    )
    settle(request.guide, crisis, draft.number, now=request.now)
    return Answer()


def _may_override(request: Request, crisis: Crisis, action: Action) -> Draft:
    draft = crisis.draft(draft_number(action))
    check = checking.check(request.guide, crisis, draft, request.now)
    overrides.check_may_override(
        crisis,
        draft.number,
        seen=action.revision or 0,
        rules=check.rules,
        grave=check.grave,
        by=request.person,
    )
    asked = request.guide.rule(crisis, request.now).asked
    if not seats.roles_for(request, crisis, draft, asked):
        seats.check_not_too_early(request, crisis, asked)
        raise Refused(Code.NOT_ASKED)
    return draft
