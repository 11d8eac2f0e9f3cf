"""A reply on its way: the text to read, the decisions, the word to send, the ways it took."""

from bot.cards import Action, Actions, Block, Button, Card, Confirm, Fields, Quote, Style, Text, Tone
from bot.domain import review
from bot.domain.approvals import missing
from bot.domain.drafts import Draft
from bot.domain.review import Seat
from bot.domain.roster import role_name
from bot.domain.sending import Dispatch
from bot.domain.states import CrisisStatus, DispatchStatus, DraftStatus, Route, Verdict
from bot.domain.verbs import Verb
from bot.views.brief import call_line
from bot.views.buttons import SENT_BY, button
from bot.views.changes import changes_line
from bot.views.lines import ROUTES, drill_notice, names, roles, routes, summary, title, when
from bot.views.now import releasers
from bot.views.scene import Scene

SHORT_FINGERPRINT = 12
MAX_ROUTE_BUTTONS = 4
DEPUTIES, MANAGERS = 2, 3
"""Steps of a decision that nobody takes: deputies are called, then the managers told."""


def draft_subject(scene: Scene, draft: Draft) -> str:
    """A draft, whatever its revision: `<crisis>.d1`."""
    return f"{scene.crisis.id}.d{draft.number}"


def route_subject(scene: Scene, draft: Draft, route: Route) -> str:
    """One way of one released reply: `<crisis>.d1.email`."""
    return f"{draft_subject(scene, draft)}.{route}"


def draft_card(scene: Scene, *, draft: Draft) -> Card:
    """The reply as it stands. Its whole text is always on the card: nobody approves what they cannot read."""
    _ = scene._
    match draft.status:
        case DraftStatus.IN_REVIEW:
            what, blocks, buttons = (
                _("a reply waits for a decision"),
                _in_review(scene, draft),
                _deciding(scene, draft),
            )
        case DraftStatus.REJECTED:
            what, blocks = _("a reply was rejected"), _rejected(scene, draft)
            buttons = (_revise(scene, draft, Style.PRIMARY),)
        case DraftStatus.APPROVED:
            what, blocks, buttons = (
                _("a reply is approved"),
                _approved(scene, draft),
                _releasing(scene, draft),
            )
        case DraftStatus.RELEASED:
            what, blocks, buttons = (
                _("a reply is to be sent"),
                _released(scene, draft),
                _sending(scene, draft),
            )
    if scene.crisis.status is CrisisStatus.CLOSED:
        buttons = ()
    author = scene.guide.name(draft.author)
    return Card(
        summary=summary(scene, what),
        title=title(
            scene, _("reply, revision {revision}, by {name}", revision=draft.current.number, name=author)
        ),
        blocks=(*drill_notice(scene), *blocks, *([Actions(buttons)] if buttons else [])),
    )


def decision_nudge_card(scene: Scene, *, draft: Draft, step: int) -> Card:
    """Says again that a reply waits, for a decision (then `step` says how far it went) or for its sending."""
    _ = scene._
    what, told = _still(scene, draft, step)
    if not told or scene.crisis.status is CrisisStatus.CLOSED:
        thanks = Text(_("Settled, thank you: nothing more is asked of you here."))
        return Card(summary=summary(scene, _("settled")), title=title(scene), blocks=(thanks,))
    card = draft_card(scene, draft=draft)
    return Card(
        summary=summary(scene, what),
        title=card.title,
        blocks=(Text(told, Tone.STRONG), *card.blocks),
        tone=Tone.ALERT,
    )


def _still(scene: Scene, draft: Draft, step: int) -> tuple[str, str]:
    """What still waits; empty when nothing does."""
    _ = scene._
    ways = [d.route for d in _dispatches(scene, draft) if d.status is DispatchStatus.WAITING]
    if draft.status is DraftStatus.IN_REVIEW:
        told = _("This reply still waits for a decision.")
        if step >= MANAGERS:
            told += " " + _("The managers are told too.")
        elif step >= DEPUTIES:
            told += " " + _("The deputies are called too.")
        return _("a reply still waits for a decision"), told
    if draft.status is DraftStatus.APPROVED:
        told = _(
            "{names}: the reply is approved and still not sent.",
            names=names(scene, releasers(scene), last="or"),
        )
        return _("the approved reply is not sent yet"), told
    if draft.status is DraftStatus.RELEASED and ways:
        told = _(
            "The reply has not gone by {routes} yet. Send it, then press its button.", routes=routes(ways, _)
        )
        return _("the reply has not gone yet"), told
    return "", ""


def _in_review(scene: Scene, draft: Draft) -> tuple[Block, ...]:
    crisis, guide, _ = scene.crisis, scene.guide, scene._
    rule = guide.rule(crisis)
    empty = review.unfillable(crisis, draft, rule, lambda role: guide.chain(crisis, role))
    blocks: list[Block] = [Text(_asked(scene, draft), Tone.STRONG), Text(_goes_by(scene, draft))]
    if empty:
        nobody = _(
            "Nobody is left to approve as {roles}: a manager may name somebody.", roles=roles(empty, _)
        )
        blocks.append(Text(nobody, Tone.ALERT))
    if draft.current.number > 1:
        before, now = draft.revisions[-2:]
        blocks.append(Text(changes_line(before.text, now.text, old_revision=before.number, _=_)))
    return (*blocks, _quoted(scene, draft), *_decisions(scene, draft))


def _asked(scene: Scene, draft: Draft) -> str:
    """Whose decision is needed, how many, and by when."""
    _ = scene._
    rule = scene.guide.rule(scene.crisis)
    waiting = review.awaited(scene.crisis, draft, rule)
    lacking = missing(rule, draft.approved_roles)
    if scene.reader == draft.author:
        asked = _("You wrote this text: others decide.")
    elif scene.reader in waiting:
        asked = _("Your decision is asked.")
    elif waiting:
        asked = _("A decision is asked of: {names}.", names=names(scene, waiting))
    else:
        asked = _("The next person is being called to read it.")
    parts = [asked]
    if lacking.roles:
        parts.append(_("Needed: {roles}.", roles=roles(lacking.roles, _)))
    if lacking.count:
        parts.append(_.n("One approval is enough.", "{n} approvals are needed.", lacking.count))
    due = _due(scene)
    if due:
        parts.append(due)
    return " ".join(parts)


def _due(scene: Scene) -> str:
    crisis, _ = scene.crisis, scene._
    delay = scene.guide.terms(crisis).reply
    if delay is None:
        return ""
    due = (crisis.message.seen_at if crisis.message else crisis.opened_at) + delay
    if due < scene.now:
        return _("The reply is late: it was due {when}.", when=when(scene, due))
    return _("The reply is due {when}.", when=when(scene, due))


def _goes_by(scene: Scene, draft: Draft) -> str:
    way = scene._("Goes by: {routes}.", routes=routes(draft.routes, scene._))
    return " ".join(part for part in (way, call_line(scene)) if part)


def _quoted(scene: Scene, draft: Draft) -> Quote:
    return Quote(
        draft.current.text, label=scene._("Text of revision {revision}", revision=draft.current.number)
    )


def _decisions(scene: Scene, draft: Draft) -> tuple[Fields, ...]:
    seats = review.seats(scene.crisis, draft, scene.guide.rule(scene.crisis))
    if not seats:
        return ()
    return (Fields(tuple((role_name(seat.role, scene._), _seat(scene, seat)) for seat in seats)),)


def _seat(scene: Scene, seat: Seat) -> str:
    _, name = scene._, scene.guide.name(seat.person)
    if seat.decision is None:
        return _("{name}: awaited", name=name)
    said_at = when(scene, seat.decision.at)
    if seat.decision.verdict is Verdict.APPROVED:
        return _("{name}: approved {when}", name=name, when=said_at)
    return _("{name}: rejected {when}", name=name, when=said_at)


def _deciding(scene: Scene, draft: Draft) -> tuple[Button, ...]:
    """The author never decides; where they alone read the card, it offers them no decision."""
    crisis, guide, _ = scene.crisis, scene.guide, scene._
    subject, revision = draft_subject(scene, draft), draft.current.number
    approve = Button(
        _("Approve revision {revision}", revision=revision),
        Action(Verb.APPROVE, subject, revision),
        Style.PRIMARY,
    )
    decide = (
        () if scene.reader == draft.author else (approve, button(Verb.REJECT, subject, _, revision=revision))
    )
    empty = review.unfillable(crisis, draft, guide.rule(crisis), lambda role: guide.chain(crisis, role))
    name = (button(Verb.ROLE, crisis.id, _),) if empty else ()
    return (*decide, _revise(scene, draft), *name)


def _revise(scene: Scene, draft: Draft, style: Style = Style.PLAIN) -> Button:
    revision = draft.current.number
    return button(Verb.REVISE, draft_subject(scene, draft), scene._, style=style, revision=revision)


def _rejected(scene: Scene, draft: Draft) -> tuple[Block, ...]:
    _ = scene._
    reasons = [
        _(
            "Rejected by {name} ({roles}): {reason}",
            name=scene.guide.name(d.person),
            roles=roles(d.roles, _),
            reason=d.reason,
        )
        for d in draft.verdicts
        if d.verdict is Verdict.REJECTED
    ]
    todo = _("{name} corrects the text; a new revision is read anew.", name=scene.guide.name(draft.author))
    return (
        Text("\n".join(reasons), Tone.STRONG),
        Text(todo),
        _quoted(scene, draft),
        *_decisions(scene, draft),
    )


def _approved(scene: Scene, draft: Draft) -> tuple[Block, ...]:
    _ = scene._
    told = _(
        "Approved, revision {revision}. To be sent by: {names}.",
        revision=draft.current.number,
        names=names(scene, releasers(scene), last="or"),
    )
    return (
        Text(told, Tone.STRONG),
        Text(_goes_by(scene, draft)),
        _quoted(scene, draft),
        *_decisions(scene, draft),
    )


def _releasing(scene: Scene, draft: Draft) -> tuple[Button, ...]:
    _, revision = scene._, draft.current.number
    confirm = Confirm(
        title=_("Send revision {revision}?", revision=revision),
        text=_(
            "Only {names} may give the word. The text can no longer be changed. It goes by: {routes}.",
            names=names(scene, releasers(scene), last="or"),
            routes=routes(draft.routes, _),
        ),
        yes=_("Yes, send it"),
        no=_("Not yet"),
    )
    release = button(
        Verb.RELEASE, draft_subject(scene, draft), _, style=Style.PRIMARY, revision=revision, confirm=confirm
    )
    return (release, _revise(scene, draft))


def _released(scene: Scene, draft: Draft) -> tuple[Block, ...]:
    _ = scene._
    told = _(
        "{name} gave the word to send {when}. Copy the text exactly, send it, then press the button of the way used.",
        name=scene.guide.name(draft.released_by),
        when=when(scene, draft.released_at or scene.now),
    )
    if not any(d.status is DispatchStatus.WAITING for d in _dispatches(scene, draft)):
        told = _("This reply has gone, or a reason is noted for each way not used.")
    mark = _(
        "Revision {revision} · SHA-256 {mark}",
        revision=draft.current.number,
        mark=draft.current.fingerprint[:SHORT_FINGERPRINT],
    )
    ways = Fields(tuple((_(ROUTES[d.route]), _way(scene, d)) for d in _dispatches(scene, draft)))
    text = Quote(draft.current.text, label=_("Text to copy"))
    return (Text(told, Tone.STRONG), ways, text, Text(mark, Tone.MUTED))


def _dispatches(scene: Scene, draft: Draft) -> tuple[Dispatch, ...]:
    return tuple(d for d in scene.crisis.dispatches if d.draft == draft.number)


def _way(scene: Scene, dispatch: Dispatch) -> str:
    _, name = scene._, scene.guide.name(dispatch.by)
    match dispatch.status:
        case DispatchStatus.WAITING:
            return _("to do")
        case DispatchStatus.USED:
            said_at = when(scene, dispatch.at or scene.now)
            return _("sent {when} by {name}: {proof}", when=said_at, name=name, proof=dispatch.note)
        case DispatchStatus.EXCUSED:
            return _("not used ({name}): {reason}", name=name, reason=dispatch.note)


def _sending(scene: Scene, draft: Draft) -> tuple[Button, ...]:
    _ = scene._
    waiting = [d.route for d in _dispatches(scene, draft) if d.status is DispatchStatus.WAITING]
    if not waiting:
        return ()
    revision = draft.current.number
    sent = (
        Button(
            _(SENT_BY[route]),
            Action(Verb.DISPATCH, route_subject(scene, draft, route), revision),
            Style.PRIMARY,
        )
        for route in waiting[:MAX_ROUTE_BUTTONS]
    )
    return (*sent, button(Verb.EXCUSE_ROUTE, draft_subject(scene, draft), _, revision=revision))
