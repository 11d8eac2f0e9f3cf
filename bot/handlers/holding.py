"""The holding statement: from one press to a reply that waits for its approval, or for its release."""

from bot.cards import Action, Answer
from bot.domain import holding
from bot.domain.errors import Code, Refused
from bot.domain.states import DraftStatus, Route
from bot.domain.templates import holes_left
from bot.domain.verbs import Verb
from bot.domain.wording import revision_text
from bot.handlers import reminding
from bot.handlers.drafts import fill_seats
from bot.handlers.request import Request
from bot.views.holding import agreement_to, holding_for, what_was_promised
from bot.views.prepared import all_holes, filled, handle_of
from bot.views.said import promised_update


def prepare(request: Request, action: Action) -> Answer:
    """A draft at once, and a reminder of the hour that it promises.

    Raises `no_holding`, `already_done` while one waits, `unfilled` where the plan lacks what it needs.
    """
    crisis = request.crisis(Verb.HOLDING, action.subject)
    crisis.check_not_closed()
    scene = request.scene(crisis)
    template = holding_for(scene)
    if template is None:
        raise Refused(Code.NO_HOLDING)
    if holding.is_under_way(crisis):
        raise Refused(Code.ALREADY_DONE)
    text = revision_text(filled(scene, template, {Route.PUBLIC_POST}))
    if left := holes_left(text, all_holes(), handle_of(scene)):
        raise Refused(Code.UNFILLED, holes=", ".join(left))
    promised_at = promised_update(request.now)
    draft = holding.prepare(
        crisis,
        text=text,
        by=request.person,
        at=request.now,
        promised_at=promised_at,
        agreement=agreement_to(scene, template),
    )
    reminding.plan(request, crisis, at=promised_at, text=what_was_promised(scene))
    if draft.status is DraftStatus.IN_REVIEW:
        fill_seats(request.guide, crisis, draft, now=request.now)
    return Answer()
