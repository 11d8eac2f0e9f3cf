"""A crisis goes on in another: there everything stands anew, here every card points to it."""

from bot.domain import sending
from bot.domain.advice import find
from bot.domain.events import MergedFrom, MergedInto
from bot.domain.states import DraftStatus
from bot.domain.subjects import advice_subject, draft_subject
from bot.reactions import advice, after_call, clocks, emergency, message, reply, serious_news
from bot.reactions.effects import After, Effect, Refresh, moment
from bot.reactions.texts import as_text
from bot.store import CardKind


def merged_into(event: MergedInto, after: After) -> list[Effect]:
    """Said once in its rooms, and to those whose guests' links end."""
    crisis = after.crisis
    subject, ordinal, text = f"{crisis.id}.n.{event.kind}", moment(event), as_text(event)
    issuers = sorted({guest.made_by for guest in crisis.guests})
    return [
        *after.everywhere(CardKind.NEWS, subject, ordinal=ordinal, text=text),
        *after.to(issuers, CardKind.NEWS, subject, ordinal=ordinal, text=text),
    ]


def merged_from(event: MergedFrom, after: After) -> list[Effect]:
    """What came with it stands in the rooms, and is asked of those it waits for."""
    crisis = after.crisis
    subject, ordinal = f"{crisis.id}.n.{event.kind}", moment(event)
    effects = after.everywhere(CardKind.NEWS, subject, ordinal=ordinal, text=as_text(event))
    if event.call:
        effects += _call(after)
    for draft in crisis.drafts[event.drafts_after :]:
        effects += _draft(after, draft.number)
    asked = {row.subject for row in after.reminders()}
    for question in crisis.advice:
        if question.given_at is None and advice_subject(crisis, question.number) not in asked:
            effects += advice.waits(after, find(crisis, question.number).number)
    if crisis.silenced_at is not None:
        effects += serious_news.stopped(after)
    wished = Refresh(CardKind.NEWS, f"{crisis.id}.n.close_asked")
    return [*effects, wished, *clocks.judged(after), *message.schedule(after)]


def _call(after: After) -> list[Effect]:
    """It waits for its call here, or for what came of it."""
    declared = after.crisis.emergency
    if declared is None or not declared.settled:
        return emergency.opened(after)
    shown = after.everywhere(CardKind.EMERGENCY, after.crisis.id)
    return [*shown, *(after_call.called(after) if declared.calls else [])]


def _draft(after: After, number: int) -> list[Effect]:
    """Whoever is awaited reads it; what has gone is shown to whoever asks for its member."""
    shown = after.everywhere(CardKind.DRAFT, draft_subject(after.crisis, number))
    match after.crisis.draft(number).status:
        case DraftStatus.IN_REVIEW:
            return reply.in_review(after, number)
        case DraftStatus.NO_ANSWER_ASKED:
            return [*shown, *reply.no_answer_asked(after, number)]
        case DraftStatus.APPROVED:
            return [*shown, *reply.approved(after, number, complete=True)]
        case DraftStatus.REJECTED:
            return shown
        case _:
            waits = any(each.draft == number for each in sending.waiting(after.crisis))
            return [*shown, *reply.released(after, number)] if waits else []
