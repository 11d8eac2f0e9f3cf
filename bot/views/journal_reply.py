"""Lines of the log about a reply. Its text stays in the draft; the log keeps its fingerprint."""

from typing import assert_never

from bot.domain import events as e
from bot.views.lines import ROUTES, roles
from bot.views.teller import Teller

SHORT_FINGERPRINT = 12

Reply = (
    e.DraftProposed
    | e.DraftRevised
    | e.DraftApproved
    | e.DraftRejected
    | e.DraftReopened
    | e.DecisionOverdue
    | e.DraftReleased
    | e.RouteUsed
    | e.RouteExcused
    | e.SendingOverdue
    | e.CrisisReplied
)


def reply_line(event: Reply, teller: Teller) -> str:
    _, who = teller._, teller.who(event)
    match event:
        case e.DraftProposed():
            return _("{who} wrote reply {n} ({mark}).", who=who, n=event.draft, mark=_mark(event.fingerprint))
        case e.DraftRevised():
            return _(
                "{who} wrote revision {revision} of reply {n} ({mark}).",
                who=who,
                revision=event.revision,
                n=event.draft,
                mark=_mark(event.fingerprint),
            )
        case e.DraftApproved():
            told = _(
                "{who} approved revision {revision} of reply {n} as {roles}.",
                who=who,
                revision=event.revision,
                n=event.draft,
                roles=roles(event.roles, _),
            )
            complete = _("The approvals are complete.")
            return f"{told} {complete}" if event.complete else told
        case e.DraftRejected():
            told = _(
                "{who} rejected revision {revision} of reply {n} as {roles}",
                who=who,
                revision=event.revision,
                n=event.draft,
                roles=roles(event.roles, _),
            )
            return teller.because(told, event.reason)
        case e.DraftReopened():
            return _(
                "The danger has risen: revision {revision} of reply {n} needs more approvals.",
                revision=event.revision,
                n=event.draft,
            )
        case e.DecisionOverdue():
            return _(
                "Revision {revision} of reply {n} still waits for a decision.",
                revision=event.revision,
                n=event.draft,
            )
        case e.DraftReleased():
            return _(
                "{who} gave the word to send revision {revision} of reply {n} ({mark}).",
                who=who,
                revision=event.revision,
                n=event.draft,
                mark=_mark(event.fingerprint),
            )
        case e.RouteUsed():
            told = _("{who} sent reply {n} by {route}", who=who, n=event.draft, route=_(ROUTES[event.route]))
            return teller.because(told, event.proof)
        case e.RouteExcused():
            told = _(
                "{who} noted that reply {n} does not go by {route}",
                who=who,
                n=event.draft,
                route=_(ROUTES[event.route]),
            )
            return teller.because(told, event.reason)
        case e.SendingOverdue():
            return _("Reply {n} is approved and has not gone yet.", n=event.draft)
        case e.CrisisReplied():
            return _("The member is answered: each known way is used or excused.")
        case _:
            assert_never(event)


def _mark(fingerprint: str) -> str:
    return f"SHA-256 {fingerprint[:SHORT_FINGERPRINT]}"
