"""Every event, and what follows from it."""

from collections.abc import Iterable, Sequence
from typing import assert_never

from bot.domain import events as e
from bot.domain.ids import PersonId
from bot.domain.roster import Role
from bot.domain.states import AskedAs, ReminderKind, ReminderStatus
from bot.domain.subjects import draft_subject, guest_subject, ping_subject
from bot.reactions import (
    advice,
    after_call,
    belonging,
    calling,
    client,
    clocks,
    contacts,
    emergency,
    first_message,
    guests,
    handover,
    mail,
    members,
    merging,
    message,
    reaching,
    reply,
    rooms,
    serious_news,
    triage,
    watching,
)
from bot.reactions.effects import After, Cancel, Effect, Refresh, moment
from bot.reactions.texts import as_text
from bot.store import CardKind

QUIET = (
    e.RoomCreated,
    e.PeopleInvited,
    e.PingSent,
    e.ClientContactTold,
    e.DeliveryFailed,
    e.PersonAskedAgain,
    e.MessageRead,
    e.DeadlineNear,
    e.TriageProposed,
    e.TelephonesRead,
    e.ContactsShown,
    e.NoteAdded,
    e.HandoverOffered,
    e.HandoverEnded,
    e.HandoverUnanswered,
    e.ReliefOffered,
    e.CallOutcomeAsked,
    e.SupportOffered,
    e.ReminderSet,
    e.ReminderFired,
    e.ReminderDone,
    e.ReminderSnoozed,
    e.ReminderStopped,
    e.RoomArchived,
    e.GuestLinkMade,
    e.GuestLinkSent,
    e.GuestMailFailed,
    e.GuestCodeAsked,
    e.GuestCodeSpent,
    e.GuestLinkOpened,
    e.TalkKept,
    e.TalkEdited,
    e.TalkDeleted,
)
"""Events that change nothing on the brief card: an edit that shows nothing new costs a call."""


def react(event: e.Event, after: After) -> Sequence[Effect]:
    """What goes out and comes due because of this event."""
    effects = list(_react(event, after))
    if not isinstance(event, QUIET):
        effects += [Refresh(CardKind.BRIEF, after.crisis.id), *reaching.current(after)]
    return effects


def _react(event: e.Event, after: After) -> Sequence[Effect]:  # noqa: PLR0915  (one line an event)
    match event:
        case e.CrisisOpened():
            return [
                *rooms.opened(after),
                *clocks.schedule(after),
                *client.schedule(after),
                *message.schedule(after),
                *watching.schedule(after),
                *triage.schedule(after),
            ]
        case e.ClientContactTold():
            return client.told(event, after)
        case e.RoomCreated():
            return rooms.room_created(event, after, as_text(event))
        case e.RoomDelayed():
            return rooms.room_delayed(event, after)
        case e.PeopleInvited():
            return calling.people_invited(event, after)
        case e.PlatformLost():
            return rooms.platform_lost(event, after, as_text(event))
        case e.PlatformBack():
            return rooms.platform_back(event, after, as_text(event))
        case e.InvitationFailed() | e.DeliveryFailed():
            return rooms.trouble(event, after, as_text(event))
        case e.PersonAsked():
            drafts = [] if event.asked_as is AskedAs.OPENER else reply.asked_to_decide(after, event.person)
            begun = handover.relief(after, event.person)
            called = [*calling.person_asked(event, after), *guests.asked(event, after)]
            return [*called, *drafts, *advice.asked_to_advise(after, event.person), *begun]
        case e.GuestLinkMade():
            return guests.link_made(event, after)
        case e.GuestLinkOpened() | e.GuestLinkSent():
            return guests.refreshed(event, after)
        case e.GuestMailFailed():
            return guests.mail_failed(event, after)
        case e.GuestLinkRevoked():
            answered = calling.answered(event.person, after)
            return [*answered, *guests.refreshed(event, after), *_drafts(after)]
        case e.PersonAskedAgain():
            return calling.asked_again(event, after)
        case e.TakenUp():
            return [*calling.answered(event.person, after), *handover.relief(after, event.person)]
        case e.Declined():
            return [*calling.answered(event.person, after), *_drafts(after)]
        case e.HandoverOffered():
            return handover.offered(event, after)
        case e.HandoverAccepted():
            moved = [*handover.accepted(event, after), *handover.relief(after, event.taker)]
            return [*moved, *reply.asked_to_decide(after, event.taker), *_drafts(after)]
        case e.PersonLeft():
            return [*handover.left(event, after), *_drafts(after)]
        case e.HandoverEnded():
            return handover.ended(event, after)
        case e.HandoverUnanswered():
            return handover.unanswered(event, after)
        case e.ReliefOffered():
            return handover.relief_offered(event, after)
        case e.EmergencyDeclared():
            return [
                *emergency.opened(after),
                *calling.woken(after),
                *clocks.schedule(after),
                *client.schedule(after),
            ]
        case e.EmergencyOnPhone():
            return emergency.held(after)
        case e.EmergencyCalled():
            return [*emergency.settled(after), *after_call.called(after)]
        case e.EmergencyNotNeeded():
            return emergency.settled(after)
        case e.CallOutcomeAsked():
            return after_call.outcome_asked(event, after)
        case e.CallOutcomeRecorded():
            return after_call.outcome_recorded(after, event.result)
        case e.SupportOffered():
            return after_call.support_offered(event, after)
        case e.EmergencyUnrecorded():
            return emergency.unrecorded(event, after)
        case e.AdviceAsked():
            return advice.asked(event, after)
        case e.AdviceGiven():
            return advice.given(event, after)
        case e.AdviceOverdue():
            return advice.overdue(event, after)
        case e.ContactSearchAsked():
            return contacts.asked(event, after)
        case e.ContactSearchOverdue():
            return contacts.overdue(event, after)
        case e.ContactSearchEnded() | e.ContactSearchStopped():
            return contacts.ended(after)
        case e.ContactFound() | e.ContactWrong():
            return contacts.changed(after)
        case e.NoWayKnown():
            return reaching.told(event, after)
        case e.RecourseTaken():
            return []
        case e.DraftProposed() | e.DraftRevised():
            return reply.in_review(after, event.draft)
        case e.HoldingPrepared():
            return reply.prepared(after, event.draft)
        case e.DraftReopened():
            return reply.again_in_review(after, event.draft)
        case e.ApprovalWithdrawn():
            told = _news(event, after, to=reply.releasers(after))
            return [*reply.again_in_review(after, event.draft), *told]
        case e.CheckOverridden():
            refreshed = Refresh(CardKind.DRAFT, draft_subject(after.crisis, event.draft))
            return [refreshed, *_news(event, after, to=reply.others_awaited(event, after))]
        case e.DraftApproved():
            return reply.approved(after, event.draft, complete=event.complete)
        case e.FallbackHolds():
            return [*_news(event, after), *reply.asked_anew(after, event.draft)]
        case e.ApprovalsSuffice():
            return reply.approved(after, event.draft, complete=True)
        case e.DraftRejected():
            return reply.rejected(after, event.draft)
        case e.NoAnswerAsked():
            return reply.no_answer_asked(after, event.draft)
        case e.NoAnswerAgreed():
            return [Refresh(CardKind.DRAFT, draft_subject(after.crisis, event.draft))]
        case e.NoAnswerDecided():
            author = after.crisis.draft(event.draft).author
            told = _news(event, after, to=[author])
            return [*reply.no_answer_decided(after, event.draft), *told, *clocks.judged(after)]
        case e.AnswerWanted():
            return reply.again_in_review(after, event.draft)
        case e.DecisionOverdue():
            return reply.decision_overdue(event, after)
        case e.DraftReleased():
            return reply.released(after, event.draft)
        case e.FirstMessageReleased():
            return first_message.released(after, event.draft)
        case e.RereadingAsked():
            return first_message.rereading_asked(after, event.draft)
        case e.FirstMessageReread():
            return first_message.reread(after, event.draft)
        case e.RouteAdded():
            return reply.route_added(after, event.draft)
        case e.RouteUsed():
            again = watching.schedule(after) if event.first else []
            settled = [*reply.route_settled(after, event.draft), *mail.changed(after, event.draft)]
            return [*settled, *again, *clocks.judged(after)]
        case e.ReceiptSent():
            return [*watching.schedule(after), *clocks.judged(after)]
        case e.RouteExcused():
            return [*reply.route_settled(after, event.draft), *mail.changed(after, event.draft)]
        case e.LetterMade():
            return [Refresh(CardKind.DRAFT, draft_subject(after.crisis, event.draft))]
        case e.MailAsked():
            return mail.asked(event, after)
        case e.MemberWrote():
            return mail.wrote(event, after)
        case e.MemberAdded():
            return members.added(event, after)
        case e.MemberExcused() | e.OwnCrisisOpened():
            return members.let_go(after)
        case e.NobodyConcerned():
            return [*members.let_go(after), *_drafts(after)]
        case e.CrisisLinked():
            return []
        case e.MergedInto():
            return merging.merged_into(event, after)
        case e.MergedFrom():
            return merging.merged_from(event, after)
        case e.MailDelayed() | e.MailNotGone():
            return mail.changed(after, event.draft)
        case e.MailRefused() | e.MailUncertain():
            return mail.needs_somebody(event, after)
        case e.SendingOverdue():
            return reply.sending_overdue(event, after)
        case e.CategoryChanged():
            return [*message.schedule(after), *_judged(after)]
        case e.LevelChanged():
            return _judged(after)
        case e.MessageStandingChanged():
            return message.schedule(after)
        case e.MessageStillOnline():
            return message.still_online(event, after)
        case e.DeadlineNear():
            return clocks.near(event, after)
        case e.CommunityChanged():
            return belonging.community_changed(event, after)
        case e.DetailsCompleted():
            return [*watching.schedule(after), *_drafts(after), *triage.completed(event, after)]
        case e.SeverityChanged():
            raised = event.after > event.before
            told = _news(event, after) if event.by is None else []
            hurried = [*calling.hurried(after), *reply.hurried(after)] if raised else []
            return [*told, *hurried, *clocks.schedule(after), *client.schedule(after), *_drafts(after)]
        case e.TriageProposed():
            return triage.proposed(after)
        case e.TriageDeclined():
            return []
        case e.FollowUpDue():
            return watching.due(event, after)
        case e.FollowUpOverdue():
            return watching.overdue(event, after)
        case e.FollowUpRecorded():
            return watching.recorded(event, after)
        case e.FollowUpPostponed():
            return watching.settled(event, after)
        case e.MemberSilent():
            told = _news(event, after, to=after.guide.chain(after.crisis, Role.MANAGER))
            return [*watching.stopped(after), *told]
        case e.WritingStopped():
            return [*watching.refreshed(after, ReminderStatus.DUE), *_news(event, after)]
        case e.FollowUpStopped():
            return watching.stopped(after)
        case e.SeriousNews():
            return [*serious_news.stopped(after), *_news(event, after, to=_after_serious_news(after))]
        case e.MessagesResumed():
            return [*serious_news.resumed(after), *_news(event, after)]
        case e.ReminderSet():
            return watching.personal_set(event, after)
        case e.ReminderFired():
            return watching.personal_fired(event, after)
        case e.ReminderSnoozed():
            return watching.personal_snoozed(event, after)
        case e.ReminderDone() | e.ReminderStopped():
            return watching.personal_ended(event.reminder)
        case e.ChainExhausted() | e.LoweringAsked() | e.FollowUpStopAsked() | e.FalseAlarmAsked():
            return _news(event, after)
        case e.CloseAsked() | e.CloseRefused():
            return [_closing(after), *_news(event, after)]
        case e.CrisisClosed():
            return [*_closed(after), *(watching.false_alarm(after) if event.false_alarm else [])]
        case e.PublicQuestionKept() | e.PublicQuestionAnswered():
            return []
        case e.MessageRead() | e.TelephonesRead() | e.ContactsShown() | e.PingSent():
            return []
        case e.CrisisReplied() | e.NoteAdded() | e.RoomArchived():
            return []
        case e.TalkKept() | e.TalkEdited() | e.TalkDeleted():
            return []
        case e.GuestCodeAsked() | e.GuestCodeSpent():
            return []
        case _:
            assert_never(event)


def _news(event: e.Event, after: After, *, to: Iterable[PersonId] = ()) -> list[Effect]:
    """A notice in every room and to each of these people, drawn from the event itself."""
    several = f".{event.role}" if isinstance(event, e.ChainExhausted) else ""  # of one moment
    subject, ordinal, text = f"{after.crisis.id}.n.{event.kind}{several}", moment(event), as_text(event)
    return [
        *after.everywhere(CardKind.NEWS, subject, ordinal=ordinal, text=text),
        *after.to(to, CardKind.NEWS, subject, ordinal=ordinal, text=text),
    ]


def _closing(after: After) -> Refresh:
    """What was said of somebody's wish to close."""
    return Refresh(CardKind.NEWS, f"{after.crisis.id}.n.close_asked")


def _after_serious_news(after: After) -> Iterable[PersonId]:
    """The managers and the distress referents are told directly, too."""
    for role in (Role.MANAGER, Role.DISTRESS_REFERENT):
        yield from after.guide.chain(after.crisis, role)


def _judged(after: After) -> list[Effect]:
    schedules = [*clocks.judged(after), *watching.schedule(after)]
    return [*schedules, *_drafts(after), *handover.relief_of_all(after)]


def _drafts(after: After) -> list[Effect]:
    return [Refresh(CardKind.DRAFT, draft_subject(after.crisis, d.number)) for d in after.crisis.drafts]


def _closed(after: After) -> list[Effect]:
    """Nobody is called any more; an emergency without a recorded call stays open all the same."""
    crisis = after.crisis
    effects: list[Effect] = []
    for person in sorted(crisis.people):
        subject = ping_subject(crisis, person)
        effects += [Cancel(ReminderKind.TAKE_UP, subject), Refresh(CardKind.PING, subject)]
        effects.append(Refresh(CardKind.GUEST, guest_subject(crisis, person)))
    if any(room.ref is None for room in crisis.rooms):
        effects.append(Refresh(CardKind.OPENED, crisis.id))
    return [
        *effects,
        *calling.mentions(after),
        _closing(after),
        *clocks.judged(after),
        *client.schedule(after),
        *client.over(after),
        *message.schedule(after),
        Cancel(ReminderKind.TRIAGE, crisis.id),
        *reply.closed(after),
        *advice.closed(after),
        *contacts.ended(after),
        *watching.rest(after),
    ]
