"""What happened, as a closed union. Each becomes a journal line and, by `bot/reactions.py`, what goes out.

Every event knows who did it (`by`, None for Cellule itself) and when (`at`, UTC). Texts in an event are
sealed with the journal entry that carries it.
"""

from bot.domain.events.advice import AdviceAsked, AdviceGiven, AdviceOverdue
from bot.domain.events.after_call import CallOutcomeAsked, CallOutcomeRecorded, SupportOffered
from bot.domain.events.calling import (
    ChainExhausted,
    ClientContactTold,
    Declined,
    DeliveryFailed,
    EmergencyCalled,
    EmergencyDeclared,
    EmergencyNotNeeded,
    EmergencyOnPhone,
    EmergencyUnrecorded,
    InvitationFailed,
    PeopleInvited,
    PersonAsked,
    PersonAskedAgain,
    PingSent,
    PlatformBack,
    PlatformLost,
    RoomArchived,
    RoomCreated,
    RoomDelayed,
    TakenUp,
    TelephonesRead,
)
from bot.domain.events.contacts import (
    ContactFound,
    ContactSearchAsked,
    ContactSearchEnded,
    ContactSearchOverdue,
    ContactSearchStopped,
    ContactsShown,
    ContactWrong,
)
from bot.domain.events.course import (
    CategoryChanged,
    CloseAsked,
    CloseRefused,
    CommunityChanged,
    CrisisClosed,
    CrisisOpened,
    DetailsCompleted,
    FalseAlarmAsked,
    LevelChanged,
    LoweringAsked,
    NoteAdded,
    SeverityChanged,
)
from bot.domain.events.first_message import FirstMessageReleased, FirstMessageReread, RereadingAsked
from bot.domain.events.guests import (
    GuestCodeAsked,
    GuestCodeSpent,
    GuestLinkMade,
    GuestLinkOpened,
    GuestLinkRevoked,
    GuestLinkSent,
    GuestMailFailed,
)
from bot.domain.events.handover import (
    HandoverAccepted,
    HandoverEnded,
    HandoverOffered,
    HandoverUnanswered,
    PersonLeft,
    ReliefOffered,
)
from bot.domain.events.letters import LetterMade
from bot.domain.events.mail import (
    MailAsked,
    MailDelayed,
    MailNotGone,
    MailRefused,
    MailUncertain,
    MemberWrote,
)
from bot.domain.events.members import (
    CrisisLinked,
    MemberAdded,
    MemberExcused,
    NobodyConcerned,
    OwnCrisisOpened,
)
from bot.domain.events.merging import MergedFrom, MergedInto
from bot.domain.events.message import (
    DeadlineNear,
    MessageRead,
    MessageStandingChanged,
    MessageStillOnline,
)
from bot.domain.events.no_answer import AnswerWanted, NoAnswerAgreed, NoAnswerAsked, NoAnswerDecided
from bot.domain.events.questions import PublicQuestionAnswered, PublicQuestionKept
from bot.domain.events.reaching import NoWayKnown, RecourseTaken
from bot.domain.events.reply import (
    ApprovalsSuffice,
    ApprovalWithdrawn,
    CheckOverridden,
    CrisisReplied,
    DecisionOverdue,
    DraftApproved,
    DraftProposed,
    DraftRejected,
    DraftReleased,
    DraftReopened,
    DraftRevised,
    FallbackHolds,
    HoldingPrepared,
    ReceiptSent,
    RouteAdded,
    RouteExcused,
    RouteUsed,
    SendingOverdue,
)
from bot.domain.events.serious_news import MessagesResumed, SeriousNews
from bot.domain.events.talk import TalkDeleted, TalkEdited, TalkKept
from bot.domain.events.triage import TriageDeclined, TriageProposed
from bot.domain.events.watching import (
    FollowUpDue,
    FollowUpOverdue,
    FollowUpPostponed,
    FollowUpRecorded,
    FollowUpStopAsked,
    FollowUpStopped,
    MemberSilent,
    ReminderDone,
    ReminderFired,
    ReminderSet,
    ReminderSnoozed,
    ReminderStopped,
    WritingStopped,
)

Event = (
    CrisisOpened
    | DetailsCompleted
    | MessageStandingChanged
    | MessageStillOnline
    | DeadlineNear
    | MessageRead
    | LevelChanged
    | LoweringAsked
    | SeverityChanged
    | CategoryChanged
    | TriageProposed
    | TriageDeclined
    | CommunityChanged
    | RoomCreated
    | RoomDelayed
    | PeopleInvited
    | InvitationFailed
    | DeliveryFailed
    | PlatformLost
    | PlatformBack
    | PersonAsked
    | PersonAskedAgain
    | PingSent
    | TakenUp
    | TelephonesRead
    | ClientContactTold
    | Declined
    | ChainExhausted
    | HandoverOffered
    | HandoverAccepted
    | HandoverEnded
    | HandoverUnanswered
    | PersonLeft
    | ReliefOffered
    | EmergencyDeclared
    | EmergencyOnPhone
    | EmergencyCalled
    | EmergencyNotNeeded
    | EmergencyUnrecorded
    | CallOutcomeAsked
    | CallOutcomeRecorded
    | SupportOffered
    | AdviceAsked
    | AdviceGiven
    | AdviceOverdue
    | PublicQuestionKept
    | PublicQuestionAnswered
    | ContactSearchAsked
    | ContactSearchOverdue
    | ContactSearchEnded
    | ContactSearchStopped
    | ContactFound
    | ContactsShown
    | ContactWrong
    | NoWayKnown
    | RecourseTaken
    | DraftProposed
    | HoldingPrepared
    | DraftRevised
    | CheckOverridden
    | DraftApproved
    | DraftRejected
    | ApprovalWithdrawn
    | DraftReopened
    | FallbackHolds
    | ApprovalsSuffice
    | NoAnswerAsked
    | NoAnswerAgreed
    | NoAnswerDecided
    | AnswerWanted
    | DecisionOverdue
    | DraftReleased
    | FirstMessageReleased
    | RereadingAsked
    | FirstMessageReread
    | ReceiptSent
    | RouteAdded
    | RouteUsed
    | RouteExcused
    | SendingOverdue
    | LetterMade
    | MailAsked
    | MailDelayed
    | MailRefused
    | MailUncertain
    | MailNotGone
    | MemberWrote
    | MemberAdded
    | MemberExcused
    | OwnCrisisOpened
    | CrisisLinked
    | NobodyConcerned
    | MergedInto
    | MergedFrom
    | CrisisReplied
    | FollowUpDue
    | FollowUpOverdue
    | FollowUpRecorded
    | FollowUpPostponed
    | FollowUpStopAsked
    | FollowUpStopped
    | WritingStopped
    | MemberSilent
    | SeriousNews
    | MessagesResumed
    | NoteAdded
    | ReminderSet
    | ReminderFired
    | ReminderDone
    | ReminderSnoozed
    | ReminderStopped
    | FalseAlarmAsked
    | CloseAsked
    | CloseRefused
    | CrisisClosed
    | RoomArchived
    | GuestLinkMade
    | GuestLinkSent
    | GuestMailFailed
    | GuestCodeAsked
    | GuestCodeSpent
    | GuestLinkOpened
    | GuestLinkRevoked
    | TalkKept
    | TalkEdited
    | TalkDeleted
)

__all__ = [
    "AdviceAsked",
    "AdviceGiven",
    "AdviceOverdue",
    "AnswerWanted",
    "ApprovalWithdrawn",
    "ApprovalsSuffice",
    "CallOutcomeAsked",
    "CallOutcomeRecorded",
    "CategoryChanged",
    "ChainExhausted",
    "CheckOverridden",
    "ClientContactTold",
    "CloseAsked",
    "CloseRefused",
    "CommunityChanged",
    "ContactFound",
    "ContactSearchAsked",
    "ContactSearchEnded",
    "ContactSearchOverdue",
    "ContactSearchStopped",
    "ContactWrong",
    "ContactsShown",
    "CrisisClosed",
    "CrisisLinked",
    "CrisisOpened",
    "CrisisReplied",
    "DeadlineNear",
    "DecisionOverdue",
    "Declined",
    "DeliveryFailed",
    "DetailsCompleted",
    "DraftApproved",
    "DraftProposed",
    "DraftRejected",
    "DraftReleased",
    "DraftReopened",
    "DraftRevised",
    "EmergencyCalled",
    "EmergencyDeclared",
    "EmergencyNotNeeded",
    "EmergencyOnPhone",
    "EmergencyUnrecorded",
    "Event",
    "FallbackHolds",
    "FalseAlarmAsked",
    "FirstMessageReleased",
    "FirstMessageReread",
    "FollowUpDue",
    "FollowUpOverdue",
    "FollowUpPostponed",
    "FollowUpRecorded",
    "FollowUpStopAsked",
    "FollowUpStopped",
    "GuestCodeAsked",
    "GuestCodeSpent",
    "GuestLinkMade",
    "GuestLinkOpened",
    "GuestLinkRevoked",
    "GuestLinkSent",
    "GuestMailFailed",
    "HandoverAccepted",
    "HandoverEnded",
    "HandoverOffered",
    "HandoverUnanswered",
    "HoldingPrepared",
    "InvitationFailed",
    "LetterMade",
    "LevelChanged",
    "LoweringAsked",
    "MailAsked",
    "MailDelayed",
    "MailNotGone",
    "MailRefused",
    "MailUncertain",
    "MemberAdded",
    "MemberExcused",
    "MemberSilent",
    "MemberWrote",
    "MergedFrom",
    "MergedInto",
    "MessageRead",
    "MessageStandingChanged",
    "MessageStillOnline",
    "MessagesResumed",
    "NoAnswerAgreed",
    "NoAnswerAsked",
    "NoAnswerDecided",
    "NoWayKnown",
    "NobodyConcerned",
    "NoteAdded",
    "OwnCrisisOpened",
    "PeopleInvited",
    "PersonAsked",
    "PersonAskedAgain",
    "PersonLeft",
    "PingSent",
    "PlatformBack",
    "PlatformLost",
    "PublicQuestionAnswered",
    "PublicQuestionKept",
    "ReceiptSent",
    "RecourseTaken",
    "ReliefOffered",
    "ReminderDone",
    "ReminderFired",
    "ReminderSet",
    "ReminderSnoozed",
    "ReminderStopped",
    "RereadingAsked",
    "RoomArchived",
    "RoomCreated",
    "RoomDelayed",
    "RouteAdded",
    "RouteExcused",
    "RouteUsed",
    "SendingOverdue",
    "SeriousNews",
    "SeverityChanged",
    "SupportOffered",
    "TakenUp",
    "TalkDeleted",
    "TalkEdited",
    "TalkKept",
    "TelephonesRead",
    "TriageDeclined",
    "TriageProposed",
    "WritingStopped",
]
