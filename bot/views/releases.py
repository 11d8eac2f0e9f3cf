"""A reply that may go: the word to send, the text to copy, the ways it took."""

from bot.cards import Action, Block, Button, Confirm, Fields, Style, Text, Tone
from bot.checking import Check
from bot.domain import sending
from bot.domain.drafts import Draft
from bot.domain.first_message import reread_by
from bot.domain.sending import SETTLED, Dispatch
from bot.domain.states import DispatchStatus, Route
from bot.domain.subjects import draft_subject, route_subject
from bot.domain.verbs import Verb
from bot.views.buttons import ALSO_BY, SENT_BY, button
from bot.views.draft_parts import (
    decisions,
    dispatches,
    goes_by,
    quoted,
    revise_button,
    withdraw_button,
)
from bot.views.findings import findings_blocks, stopped_buttons
from bot.views.letter import can_make, letter_buttons, letter_way
from bot.views.lines import ROUTES, names, routes, when
from bot.views.mail import mail_buttons
from bot.views.mail_state import mail_warning, mail_way
from bot.views.now import releasers
from bot.views.scene import Scene

SHORT_FINGERPRINT = 12
MAX_BUTTONS = 5


def approved_blocks(scene: Scene, draft: Draft, check: Check) -> tuple[Block, ...]:
    _ = scene._
    told = _(
        "Approved, revision {revision}. To be sent by: {names}.",
        revision=draft.current.number,
        names=names(scene, releasers(scene), last="or"),
    )
    if scene.crisis.silenced_at:
        told = _("Approved, revision {revision}. Sending is stopped.", revision=draft.current.number)
    found = findings_blocks(scene, draft, check) if check.stopping else ()
    way = (*_without_approval(scene, draft), goes_by(scene, draft))
    if check.stops(draft):
        head: tuple[Block, ...] = (*found, Text(told), *way)
    else:
        head = (Text(told, Tone.STRONG), *way, *found)
    return (*head, quoted(scene, draft), *decisions(scene, draft))


def release_buttons(scene: Scene, draft: Draft, check: Check) -> tuple[Button, ...]:
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
        Verb.RELEASE,
        draft_subject(scene.crisis, draft.number),
        _,
        style=Style.PRIMARY,
        revision=revision,
        confirm=confirm,
    )
    if check.stops(draft):
        return stopped_buttons(scene, draft, check, *withdraw_button(scene, draft))
    return (release, *withdraw_button(scene, draft), revise_button(scene, draft))


def released_word(scene: Scene, draft: Draft) -> str:
    """The neutral word for a text that may go: which it is, and whether it has."""
    _ = scene._
    if draft.is_first_message:
        waits = still_to_send(scene, draft)
        return _("the first message is to be sent") if waits else _("the first message has gone")
    return _("a reply is to be sent") if still_to_send(scene, draft) else _("a reply has gone")


def not_gone(scene: Scene, draft: Draft) -> tuple[str, str]:
    """Of a text that was released and has not gone: the neutral word, and which ways still wait."""
    _ = scene._
    by = routes(still_to_send(scene, draft), _)
    if draft.is_first_message:
        told = _("The first message has not gone by {routes} yet.", routes=by)
        return _("the first message has not gone yet"), told
    return _("the reply has not gone yet"), _("The reply has not gone by {routes} yet.", routes=by)


def released_blocks(scene: Scene, draft: Draft) -> tuple[Block, ...]:
    _ = scene._
    mark = _(
        "Revision {revision} · SHA-256 {mark}",
        revision=draft.current.number,
        mark=draft.current.fingerprint[:SHORT_FINGERPRINT],
    )
    ways = Fields(tuple((_(ROUTES[d.route]), _way(scene, d)) for d in dispatches(scene, draft)))
    text = quoted(scene, draft)
    return (*_to_do(scene, draft), *_without_approval(scene, draft), ways, text, Text(mark, Tone.MUTED))


def _to_do(scene: Scene, draft: Draft) -> tuple[Text, ...]:
    """What people do with it now; nobody sends by hand what a machine sends, or has perhaps sent."""
    _, waiting = scene._, [d for d in dispatches(scene, draft) if d.status not in SETTLED]
    name, at = scene.guide.name(draft.released_by), when(scene, draft.released_at or scene.now)
    told = _(
        "{name} gave the word to send {when}. Copy the text exactly, send it, then press its button.",
        name=name,
        when=at,
    )
    stopped = _(
        "{name} gave the word to send {when}. Nothing leaves until a manager lifts the stop.",
        name=name,
        when=at,
    )
    if {d.route for d in waiting} == {Route.LETTER} and can_make(scene, draft):
        told = _(
            "{name} gave the word to send {when}. Make the letter, print and post it, then say so here.",
            name=name,
            when=at,
        )
    warnings = [warning for d in waiting if (warning := mail_warning(scene, d))]
    if not waiting:
        told = _("This text has gone, or a reason is noted for each way not used.")
    elif scene.crisis.silenced_at:
        told = stopped
    elif warnings:
        by = routes((d.route for d in waiting if not mail_warning(scene, d)), _)
        then = _("By {routes}: copy the text exactly, send it, then press its button.", routes=by)
        return (Text(warnings[0], Tone.STRONG), *([Text(then)] if by else []))
    return (Text(told, Tone.STRONG),)


def _without_approval(scene: Scene, draft: Draft) -> tuple[Text, ...]:
    """Who had agreed to a first message, and whether it has been re-read since."""
    if draft.agreed_by is None:
        return ()
    _, reread = scene._, reread_by(draft)
    agreed = _(
        "{name} had agreed to this text beforehand: it needed no approval.",
        name=scene.guide.name(draft.agreed_by),
    )
    if draft.is_holding:
        return (Text(agreed),)
    then = _("It is to be re-read in the morning.")
    if reread:
        name = scene.guide.name(reread.person)
        then = _("{name} re-read it {when}.", name=name, when=when(scene, reread.at))
    return (Text(f"{agreed} {then}"),)


def _way(scene: Scene, dispatch: Dispatch) -> str:
    _, name = scene._, scene.guide.name(dispatch.by)
    match dispatch.status:
        case DispatchStatus.WAITING:
            return letter_way(scene, dispatch) if dispatch.route is Route.LETTER else _("to do")
        case DispatchStatus.SENDING | DispatchStatus.UNCERTAIN | DispatchStatus.REFUSED:
            return mail_way(scene, dispatch)
        case DispatchStatus.USED:
            said_at = when(scene, dispatch.at or scene.now)
            return _("sent {when} by {name}: {proof}", when=said_at, name=name, proof=dispatch.note)
        case DispatchStatus.EXCUSED:
            return _("not used ({name}): {reason}", name=name, reason=dispatch.note)


def still_to_send(scene: Scene, draft: Draft) -> tuple[Route, ...]:
    """The ways that are neither used nor excused."""
    return tuple(d.route for d in dispatches(scene, draft) if d.status not in SETTLED)


def sending_buttons(scene: Scene, draft: Draft) -> tuple[Button, ...]:
    """One a way that still waits (two about an e-mail that has perhaps gone); one a way opened since."""
    waiting = [d for d in dispatches(scene, draft) if d.status not in SETTLED]
    waiting.sort(key=lambda dispatch: dispatch.status is not DispatchStatus.UNCERTAIN)
    to_judge = any(dispatch.status is DispatchStatus.UNCERTAIN for dispatch in waiting)
    style = Style.PLAIN if to_judge or scene.crisis.silenced_at else Style.PRIMARY
    sent = [each for dispatch in waiting for each in _sending(scene, draft, dispatch, style)]
    revision = draft.current.number
    more = [
        Button(
            scene._(ALSO_BY[way]),
            Action(Verb.ADD_ROUTE, route_subject(scene.crisis, draft.number, way), revision),
        )
        for way in sending.ways_to_add(scene.crisis, draft.number)
    ]
    if not waiting:
        return tuple(more)
    excuse = button(Verb.EXCUSE_ROUTE, draft_subject(scene.crisis, draft.number), scene._, revision=revision)
    return (*sent, *more, excuse)[:MAX_BUTTONS]


def _sending(scene: Scene, draft: Draft, dispatch: Dispatch, style: Style) -> tuple[Button, ...]:
    way = dispatch.route
    if way is Route.EMAIL and (scene.guide.mail or dispatch.status is not DispatchStatus.WAITING):
        return mail_buttons(scene, dispatch)
    if way is Route.LETTER:
        return letter_buttons(scene, draft, style)
    action = Action(Verb.DISPATCH, route_subject(scene.crisis, draft.number, way), draft.current.number)
    return (Button(scene._(SENT_BY[way]), action, style),)
