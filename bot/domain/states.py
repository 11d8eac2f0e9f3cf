"""The closed sets of words that describe where things stand. Their values are stored: they never change."""

from enum import StrEnum


class CrisisStatus(StrEnum):
    """`replied`: every known route of a released reply is used or excused; `no_answer`: by decision."""

    OPEN = "open"
    REPLIED = "replied"
    NO_ANSWER = "no_answer"
    CLOSED = "closed"


class Standing(StrEnum):
    """Where the member's message stands; `held` waits for publication (moderation before publication)."""

    UNKNOWN = "unknown"
    ONLINE = "online"
    HIDDEN = "hidden"
    HELD = "held"


class Age(StrEnum):
    """What the member or the client said. Asked, never guessed."""

    UNKNOWN = "unknown"
    UNDER_15 = "under_15"
    UNDER_18 = "under_18"
    ADULT = "adult"


class RoomStatus(StrEnum):
    """`delayed`: the platform could not make it yet; it is still being tried."""

    ASKED = "asked"
    DELAYED = "delayed"
    READY = "ready"
    ARCHIVED = "archived"


class AskedAs(StrEnum):
    """Why somebody is in the cell; those who opened or joined came by themselves, the others are called."""

    HOLDER = "holder"
    DEPUTY = "deputy"
    MANAGER = "manager"
    NAMED = "named"
    OPENER = "opener"
    JOINED = "joined"
    TAKES_OVER = "takes_over"


class Presence(StrEnum):
    """What the person answered; `handed_over`: somebody else has taken their part since.

    `left`: they are out of the room, and have no part until somebody names them again.
    """

    ASKED = "asked"
    TAKEN_UP = "taken_up"
    DECLINED = "declined"
    HANDED_OVER = "handed_over"
    LEFT = "left"


class DraftStatus(StrEnum):
    """Where a draft stands. `no_answer_asked` waits for an agreement; `no_answer`: closed by it."""

    IN_REVIEW = "in_review"
    REJECTED = "rejected"
    NO_ANSWER_ASKED = "no_answer_asked"
    NO_ANSWER = "no_answer"
    APPROVED = "approved"
    RELEASED = "released"


class Verdict(StrEnum):
    """One person's word on one revision; a first message, which needed no approval, is re-read."""

    APPROVED = "approved"
    REJECTED = "rejected"
    REREAD = "reread"
    NO_ANSWER = "no_answer"


class Rejecting(StrEnum):
    """What shall become of a text that somebody rejects."""

    CORRECT = "correct"
    NO_ANSWER = "no_answer"


class Route(StrEnum):
    """How a reply reaches the member."""

    PRIVATE_MESSAGE = "private_message"
    EMAIL = "email"
    LETTER = "letter"
    PUBLIC_POST = "public_post"


class Means(StrEnum):
    """By what a member can be reached; `account`: one that they have on another platform."""

    EMAIL = "email"
    ADDRESS = "address"
    PHONE = "phone"
    ACCOUNT = "account"


class Source(StrEnum):
    """Where a contact may be looked for, if the plan names it; nowhere else."""

    CLIENT_FILE = "client_file"
    PROFILE = "profile"
    PLATFORM = "platform"


class Confidence(StrEnum):
    """How sure somebody is that a contact is the member's own, the surest first."""

    SURE = "sure"
    LIKELY = "likely"
    DOUBTFUL = "doubtful"


class Recourse(StrEnum):
    """What is done where no way to the member is known; `nothing`: nothing can be, and somebody says why."""

    PLATFORM = "platform"
    PHAROS = "pharos"
    NOTHING = "nothing"


class DispatchStatus(StrEnum):
    """Where one reply on one route stands.

    `sending`: the mail server has not taken it yet; `uncertain`: perhaps gone; `refused`: it did not go.
    """

    WAITING = "waiting"
    SENDING = "sending"
    UNCERTAIN = "uncertain"
    REFUSED = "refused"
    USED = "used"
    EXCUSED = "excused"


class MailStatus(StrEnum):
    """Where one e-mail stands. `stopped`: somebody said meanwhile that it shall not go."""

    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    REFUSED = "refused"
    STOPPED = "stopped"


class Deadline(StrEnum):
    """What a member is owed by an hour: the first word that we read them, then a reply."""

    FIRST_WORD = "first_word"
    REPLY = "reply"


class Outcome(StrEnum):
    """What a follow-up found."""

    BETTER = "better"
    WORRYING = "worrying"
    NO_ANSWER = "no_answer"
    UNREACHABLE = "unreachable"
    IN_CARE = "in_care"
    ASKS_TO_STOP = "asks_to_stop"
    SERIOUS_NEWS = "serious_news"


class News(StrEnum):
    """What stops every message."""

    DEATH = "death"
    HOSPITAL = "hospital"
    FAMILY = "family"
    OTHER = "other"


class CallOutcome(StrEnum):
    """What came of a call for help."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    CALL_BACK = "call_back"
    REFUSED = "refused"
    SERIOUS_NEWS = "serious_news"


class ReminderKind(StrEnum):
    """What comes due."""

    TAKE_UP = "take_up"
    EMERGENCY = "emergency"
    CALL_OUTCOME = "call_outcome"
    SUPPORT = "support"
    DECIDE = "decide"
    FALLBACK = "fallback"
    ADVICE = "advice"
    SENDING = "sending"
    CONTACTS = "contacts"
    REREAD = "reread"
    FOLLOW_UP = "follow_up"
    FOLLOW_UP_OVERDUE = "follow_up_overdue"
    PERSONAL = "personal"
    CLOCK = "clock"
    DEADLINE = "deadline"
    CLIENT = "client"
    HANDOVER = "handover"
    RELIEF = "relief"
    STANDING = "standing"
    TRIAGE = "triage"
    ARCHIVE = "archive"
    ALERT = "alert"
    DIGEST = "digest"


class ReminderStatus(StrEnum):
    """`due`: it was said and waits for a person; `done`: nothing more is expected."""

    PLANNED = "planned"
    DUE = "due"
    DONE = "done"
    CANCELLED = "cancelled"
