"""Said once in the room: what did not go out, and what everybody must know at once."""

from typing import assert_never

from bot.cards import Actions, Card, Style, Text, Tone
from bot.domain.events import (
    ApprovalWithdrawn,
    ChainExhausted,
    CheckOverridden,
    CloseAsked,
    CloseRefused,
    CommunityChanged,
    DeadlineNear,
    Event,
    FallbackHolds,
    FalseAlarmAsked,
    FollowUpStopAsked,
    GuestMailFailed,
    LoweringAsked,
    MailRefused,
    MailUncertain,
    MemberSilent,
    MemberWrote,
    MergedFrom,
    MessagesResumed,
    MessageStillOnline,
    NoAnswerDecided,
    NoWayKnown,
    PersonLeft,
    PlatformBack,
    PlatformLost,
    RoomCreated,
    SeriousNews,
    SeverityChanged,
    WritingStopped,
)
from bot.domain.ids import PersonId
from bot.domain.levels import Level
from bot.domain.roster import role_name
from bot.domain.states import DraftStatus
from bot.domain.subjects import draft_subject, member_subject
from bot.domain.verbs import Verb
from bot.store import CardKind, Task
from bot.texts import N_, Translator
from bot.views.belonging import wrong_community_card
from bot.views.buttons import button, quoted
from bot.views.deadlines import deadline_card
from bot.views.guests import mail_failed_card
from bot.views.leaving import left_room_card
from bot.views.lines import drill_notice, roles, summary, title
from bot.views.mail import refused_card, uncertain_card
from bot.views.merging import merged_from_card
from bot.views.message import to_hide
from bot.views.no_way import no_way_card
from bot.views.notices import notice
from bot.views.outage import late_room_card, platform_back_card, platform_lost_card
from bot.views.scene import Scene
from bot.views.serious_news import resumed_card, serious_news_card
from bot.views.triage import raised_card
from bot.views.watch_news import (
    close_asked_card,
    close_refused_card,
    member_silent_card,
    writing_stopped_card,
)
from bot.views.wrote import wrote_card

LOST: dict[str, str] = {
    CardKind.BRIEF: N_("the card of the crisis"),
    CardKind.EMERGENCY: N_("the card of the call for help"),
    CardKind.CALL_OUTCOME: N_("the question what came of the call"),
    CardKind.EMERGENCY_NUDGE: N_("the reminder to call for help"),
    CardKind.PING: N_("the call into the cell"),
    CardKind.MENTION: N_("the mention in the room"),
    CardKind.GUEST: N_("the card of a guest's link"),
    CardKind.DRAFT: N_("the reply to read"),
    CardKind.DECISION_NUDGE: N_("the reminder to decide"),
    CardKind.WAITING: N_("the list of what waits"),
    CardKind.REREAD: N_("the first message to re-read"),
    CardKind.ADVICE: N_("the question to an expert"),
    CardKind.ADVICE_NUDGE: N_("the reminder of a question"),
    CardKind.CONTACTS: N_("the search for the member's contacts"),
    CardKind.FOLLOW_UP: N_("the follow-up"),
    CardKind.FOLLOW_UP_NUDGE: N_("the reminder of the follow-up"),
    CardKind.REMINDER: N_("a reminder"),
    CardKind.HANDOVER: N_("the hand-over"),
    CardKind.CLIENT: N_("the word to the client's contact"),
    CardKind.CLIENT_MAIL: N_("the word to the client's contact"),
    CardKind.LOG: N_("the log"),
    Task.CREATE_ROOM: N_("making the room"),
    Task.INVITE: N_("the invitation into the room"),
    Task.REMOVE: N_("taking somebody out of the room"),
    Task.FILE: N_("the file of the log"),
    Task.MAIL: N_("the e-mail"),
}


def lost_name(what: str, _: Translator) -> str:
    """What did not go out, in plain words. `what` is a card kind or a task."""
    return _(LOST[what]) if what in LOST else _("a message")


def trouble_card(scene: Scene, *, what: str, code: str, person: PersonId | None) -> Card:
    """Something did not go out. `what` is a card kind or a task, `code` the platform's word for the fault."""
    _ = scene._
    lost = lost_name(what, _)
    if person:
        told = _(
            "Did not reach {name}: {what}. Call {name} by telephone, or name somebody else.",
            name=scene.guide.name(person),
            what=lost,
        )
    else:
        told = _("Did not work: {what}. The crisis goes on without it; tell a manager.", what=lost)
    return Card(
        summary=summary(scene, _("something did not work")),
        title=title(scene),
        blocks=(
            *drill_notice(scene),
            Text(told, Tone.STRONG),
            Text(_("Reason given by the platform: {code}", code=code), Tone.MUTED),
            Actions((button(Verb.ROLE, scene.crisis.id, _),)),
        ),
        tone=Tone.ALERT,
    )


def lesser_room_card(scene: Scene, *, code: str) -> Card:
    """The room is not the private one that was asked for. `code` is the platform's word for why."""
    _ = scene._
    told = _(
        "This room is not private: others may read it. Write no name and no contact here; tell a manager."
    )
    return Card(
        summary=summary(scene, _("the room is not private")),
        title=title(scene),
        blocks=(
            *drill_notice(scene),
            Text(told, Tone.STRONG),
            Text(_("Reason given by the platform: {code}", code=code), Tone.MUTED),
        ),
        tone=Tone.ALERT,
    )


def news_card(scene: Scene, *, event: Event) -> Card | None:
    """A notice for the events that ask something of everybody; None for all others."""
    match event:
        case CommunityChanged():
            return wrong_community_card(scene, event)
        case PersonLeft():
            return left_room_card(scene, event)
        case ChainExhausted():
            return _nobody_left(scene, event)
        case RoomCreated():
            return late_room_card(scene, event)
        case PlatformLost():
            return platform_lost_card(scene, event)
        case PlatformBack():
            return platform_back_card(scene, event)
        case ApprovalWithdrawn():
            return _withdrawn(scene, event)
        case CheckOverridden():
            return _overridden(scene, event)
        case FallbackHolds():
            return _fallback_holds(scene, event)
        case NoAnswerDecided():
            return _no_answer(scene, event)
        case LoweringAsked():
            return _lowering_asked(scene, event)
        case FollowUpStopAsked():
            return _stop_asked(scene, event)
        case MessageStillOnline():
            hide = button(Verb.MESSAGE_HIDDEN, scene.crisis.id, scene._, style=Style.PRIMARY)
            return notice(
                scene,
                scene._("a message to hide"),
                to_hide(scene, quoted(Verb.MESSAGE_HIDDEN, scene._)),
                hide,
            )
        case DeadlineNear():
            return deadline_card(scene, event)
        case SeverityChanged():
            return raised_card(scene, event)
        case MergedFrom():
            return merged_from_card(scene, event)
        case MemberWrote():
            return wrote_card(scene, event)
        case MailUncertain() | MailRefused() | GuestMailFailed():
            return _did_not_arrive(scene, event)
        case FalseAlarmAsked():
            return _false_alarm_asked(scene, event)
        case MemberSilent():
            return member_silent_card(scene, event)
        case WritingStopped():
            return writing_stopped_card(scene, event)
        case CloseAsked():
            return close_asked_card(scene, event)
        case CloseRefused():
            return close_refused_card(scene, event)
        case NoWayKnown():
            return no_way_card(scene, event)
        case SeriousNews():
            return serious_news_card(scene, event)
        case MessagesResumed():
            return resumed_card(scene, event)
        case _:
            return None


def _did_not_arrive(scene: Scene, event: MailUncertain | MailRefused | GuestMailFailed) -> Card:
    match event:
        case MailUncertain():
            return uncertain_card(scene, event)
        case MailRefused():
            return refused_card(scene, event)
        case GuestMailFailed():
            return mail_failed_card(scene, event)
        case _:
            assert_never(event)


def _nobody_left(scene: Scene, event: ChainExhausted) -> Card:
    _ = scene._
    role = role_name(event.role, _)
    told = _("Nobody is left to call as {role}. Call somebody by telephone, or name somebody.", role=role)
    name = button(Verb.ROLE, scene.crisis.id, _)
    if not scene.guide.may_send_first_message(scene.crisis, now=scene.now):
        return notice(scene, _("nobody is left to call"), told, name)
    alone = _("The pre-approved first message needs no approval: a moderator sends it alone.")
    send = button(Verb.FIRST_MESSAGE, scene.crisis.id, _, style=Style.PRIMARY)
    return notice(scene, _("nobody is left to call"), f"{told}\n{alone}", send, name)


def _withdrawn(scene: Scene, event: ApprovalWithdrawn) -> Card:
    _ = scene._
    told = _(
        "{name} withdrew their approval of reply {n}, revision {revision}. Do not send it: "
        "the decision is asked anew.",
        name=scene.guide.name(event.by),
        n=event.draft,
        revision=event.revision,
    )
    return notice(scene, _("an approval was withdrawn"), told)


def _overridden(scene: Scene, event: CheckOverridden) -> Card:
    _ = scene._
    told = _(
        "{name} overrode the check of reply {n}, revision {revision}: {reason}",
        name=scene.guide.name(event.by),
        n=event.draft,
        revision=event.revision,
        reason=event.reason,
    )
    if event.complete:
        passes = _("The check stops it no more.")
        if scene.crisis.draft(event.draft).status is DraftStatus.IN_REVIEW:
            passes += " " + _("It still needs its approvals.")
        return notice(scene, _("the check is overridden"), f"{told}\n{passes}")
    second = _("A second person must override it too, or its author mends the text.")
    subject = draft_subject(scene.crisis, event.draft)
    again = button(Verb.OVERRIDE, subject, _, revision=event.revision)
    return notice(scene, _("a second opinion is needed"), f"{told}\n{second}", again)


def _fallback_holds(scene: Scene, event: FallbackHolds) -> Card:
    _ = scene._
    told = _(
        "Half of the time to reply has passed. For reply {n} this approval is enough now: {roles}.",
        n=event.draft,
        roles=roles(event.roles, _),
    )
    return notice(scene, _("fewer approvals are needed"), told)


def _no_answer(scene: Scene, event: NoAnswerDecided) -> Card:
    _ = scene._
    told = _("Reply {n} is not sent: it was decided not to answer. The follow-ups go on.", n=event.draft)
    return notice(scene, _("no answer, by decision"), told)


def _lowering_asked(scene: Scene, event: LoweringAsked) -> Card:
    _ = scene._
    told = _(
        "{name} asks to lower this crisis to {target}: {reason}\nA second person must ask for the same.",
        name=scene.guide.name(event.by),
        target=event.target,
        reason=event.reason,
    )
    lower = Verb.COMPLETE if event.target in set(Level) else Verb.SEVERITY
    return notice(scene, _("a second opinion is needed"), told, button(lower, scene.crisis.id, _))


def _stop_asked(scene: Scene, event: FollowUpStopAsked) -> Card:
    _ = scene._
    told = _(
        "{name} asks to stop following the member: {reason}\nA second person must ask for the same.",
        name=scene.guide.name(event.by),
        reason=event.reason,
    )
    stop = button(Verb.FOLLOW_UP_STOP, member_subject(scene.crisis, event.member), _)
    return notice(scene, _("a second opinion is needed"), told, stop)


def _false_alarm_asked(scene: Scene, event: FalseAlarmAsked) -> Card:
    _ = scene._
    told = _(
        "{name} says that it is a false alarm: {reason}\n"
        "A second person must say so too. Until then everything goes on.",
        name=scene.guide.name(event.by),
        reason=event.reason,
    )
    again = button(Verb.FALSE_ALARM, scene.crisis.id, _)
    return notice(scene, _("a second opinion is needed"), told, again)
