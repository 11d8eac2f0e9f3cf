"""Lines of the log about a reply. Its text stays in the draft; the log keeps its fingerprint."""

from datetime import timedelta
from typing import assert_never

from bot.domain import events as e
from bot.views import dates
from bot.views.draft_parts import kept_reason
from bot.views.lines import ROUTES, roles
from bot.views.teller import Teller

SHORT_FINGERPRINT = 12

Texts = (
    e.DraftProposed
    | e.HoldingPrepared
    | e.DraftRevised
    | e.DraftApproved
    | e.DraftRejected
    | e.CheckOverridden
    | e.ApprovalWithdrawn
    | e.DraftReopened
    | e.FallbackHolds
    | e.ApprovalsSuffice
    | e.DecisionOverdue
    | e.DraftReleased
)
FirstMessage = e.FirstMessageReleased | e.RereadingAsked | e.FirstMessageReread
NoAnswers = e.NoAnswerAsked | e.NoAnswerAgreed | e.NoAnswerDecided | e.AnswerWanted
Sendings = e.ReceiptSent | e.RouteAdded | e.RouteUsed | e.RouteExcused | e.SendingOverdue | e.CrisisReplied
Reply = Texts | FirstMessage | NoAnswers | Sendings


def reply_line(event: Reply, teller: Teller) -> str:
    """A text is written and decided on; a released one goes its ways."""
    if isinstance(event, FirstMessage):
        return _first_message(event, teller)
    if isinstance(event, NoAnswers):
        return _no_answer(event, teller)
    return _text(event, teller) if isinstance(event, Texts) else _sending(event, teller)


def _text(event: Texts, teller: Teller) -> str:
    _, who = teller._, teller.who(event)
    revision = 1 if isinstance(event, e.DraftProposed | e.HoldingPrepared) else event.revision
    text = _("revision {revision} of reply {n}", revision=revision, n=event.draft)
    match event:
        case e.DraftProposed() | e.DraftRevised():
            return _("{who} wrote {text} ({mark}).", who=who, text=text, mark=_mark(event.fingerprint))
        case e.HoldingPrepared():
            return _holding(event, teller)
        case e.DraftApproved():
            told = _("{who} approved {text} as {roles}.", who=who, text=text, roles=roles(event.roles, _))
            complete = _("The approvals are complete.")
            return f"{told} {complete}" if event.complete else told
        case e.DraftRejected():
            told = _("{who} rejected {text} as {roles}", who=who, text=text, roles=roles(event.roles, _))
            return teller.because(told, kept_reason(_, wish=False) if event.private else event.reason)
        case e.CheckOverridden():
            rules = ", ".join(event.rules)
            told = _("{who} overrode the check of {text} ({rules})", who=who, text=text, rules=rules)
            return teller.because(told, event.reason)
        case e.ApprovalWithdrawn():
            return _("{who} withdrew their approval of {text}.", who=who, text=text)
        case e.DraftReopened():
            return _("The danger has risen: {text} needs more approvals.", text=text)
        case e.FallbackHolds():
            told = _("Half of the time to reply has passed: for {text} this is enough", text=text)
            return teller.because(told, roles(event.roles, _))
        case e.ApprovalsSuffice():
            return _("The approvals given are enough now: {text} may be sent.", text=text)
        case e.DecisionOverdue():
            return _("A decision still waits: {text}.", text=text)
        case e.DraftReleased():
            mark = _mark(event.fingerprint)
            return _("{who} gave the word to send {text} ({mark}).", who=who, text=text, mark=mark)
        case _:
            assert_never(event)


def _holding(event: e.HoldingPrepared, teller: Teller) -> str:
    """With the minutes since the opening: how long the public waited is what one asks afterwards."""
    _ = teller._
    told = _(
        "{who} made the holding statement, reply {n} ({mark}), {duration} after the opening. "
        "It promises the next word: {when}.",
        who=teller.who(event),
        n=event.draft,
        mark=_mark(event.fingerprint),
        duration=dates.duration(timedelta(seconds=event.since_opening), _),
        when=teller.when(event.promised_at),
    )
    agreed = _("{client} had agreed to its text.", client=teller.name(event.agreed_by))
    return f"{told} {agreed}" if event.agreed_by else told


def _first_message(event: FirstMessage, teller: Teller) -> str:
    _, who = teller._, teller.who(event)
    match event:
        case e.FirstMessageReleased():
            return _(
                "{who} alone gave the word to send the first message ({mark}), "
                "to which {client} had agreed until {date}.",
                who=who,
                mark=_mark(event.fingerprint),
                client=teller.name(event.agreed_by),
                date=dates.date_of(event.until, _),
            )
        case e.RereadingAsked():
            return _("Those who could not be reached are asked to re-read the first message.")
        case e.FirstMessageReread():
            return _("{who} re-read the first message.", who=who)
        case _:
            assert_never(event)


def _no_answer(event: NoAnswers, teller: Teller) -> str:
    _, who = teller._, teller.who(event)
    text = _("revision {revision} of reply {n}", revision=event.revision, n=event.draft)
    match event:
        case e.NoAnswerAsked():
            told = _("{who} asked not to answer ({text})", who=who, text=text)
            return teller.because(told, kept_reason(_, wish=True) if event.private else event.reason)
        case e.NoAnswerAgreed():
            return _("{who} agreed not to answer, as {roles}.", who=who, roles=roles(event.roles, _))
        case e.NoAnswerDecided():
            return _("It was decided not to answer ({text}).", text=text)
        case e.AnswerWanted():
            return _("{who} wants an answer all the same ({text}).", who=who, text=text)
        case _:
            assert_never(event)


def _sending(event: Sendings, teller: Teller) -> str:
    _, who = teller._, teller.who(event)
    match event:
        case e.ReceiptSent():
            route, at = _(ROUTES[event.route]), teller.when(event.sent_at)
            return _("{who} sent the first word by {route}, on {when}.", who=who, route=route, when=at)
        case e.RouteAdded():
            route = _(ROUTES[event.route])
            return _(
                "{who} decided that reply {n} goes by {route}, too.", who=who, n=event.draft, route=route
            )
        case e.RouteUsed():
            route = _(ROUTES[event.route])
            told = _("{who} sent reply {n} by {route}", who=who, n=event.draft, route=route)
            return teller.because(told, event.proof)
        case e.RouteExcused():
            route = _(ROUTES[event.route])
            told = _("{who} noted that reply {n} does not go by {route}", who=who, n=event.draft, route=route)
            return teller.because(told, event.reason)
        case e.SendingOverdue():
            return _("Reply {n} is approved and has not gone yet.", n=event.draft)
        case e.CrisisReplied():
            return _("The member is answered: each known way is used or excused.")
        case _:
            assert_never(event)


def _mark(fingerprint: str) -> str:
    return f"SHA-256 {fingerprint[:SHORT_FINGERPRINT]}"
