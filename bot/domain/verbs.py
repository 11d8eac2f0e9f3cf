"""Every act that a button or a form can ask for.

A verb carries no authority: who presses is looked up anew each time.
"""

from enum import StrEnum


class Verb(StrEnum):
    """What is asked. A press on a verb that needs more words answers with a form of the same verb."""

    OPEN = "open"
    ALERT_OPEN = "alert_open"
    ALERT_DISMISS = "alert_dismiss"
    COMPLETE = "complete"
    MORE = "more"
    CHOOSE = "choose"
    # Calling for help
    LIFE_IN_DANGER = "life_in_danger"
    I_CALLED = "i_called"
    ON_THE_PHONE = "on_the_phone"
    CALL_NOT_NEEDED = "call_not_needed"
    CALL_OUTCOME = "call_outcome"
    # Being called into the cell
    TAKE_UP = "take_up"
    DECLINE = "decline"
    ROLE = "role"
    TELEPHONES = "telephones"
    GUEST = "guest"
    GUEST_LINK = "guest_link"
    GUEST_MAIL = "guest_mail"
    GUEST_REVOKE = "guest_revoke"
    JOIN = "join"
    # Somebody goes on in one's place
    HANDOVER = "handover"
    TAKE_OVER = "take_over"
    KEEP = "keep"
    # Experts, before a reply is written
    ASK = "ask"
    ADVISE = "advise"
    # How the member can be reached
    CONTACTS = "contacts"
    CONTACT_ADD = "contact_add"
    CONTACT_SHOW = "contact_show"
    CONTACT_WRONG = "contact_wrong"
    CONTACT_END = "contact_end"
    # The reply
    FIRST_MESSAGE = "first_message"
    RECEIPT = "receipt"
    HOLDING = "holding"
    QUESTIONS = "questions"
    REREAD = "reread"
    DRAFT = "draft"
    APPROVE = "approve"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    NO_ANSWER = "no_answer"
    ANSWER_AFTER_ALL = "answer_after_all"
    REVISE = "revise"
    FINDINGS = "findings"
    OVERRIDE = "override"
    RELEASE = "release"
    DISPATCH = "dispatch"
    ADD_ROUTE = "add_route"
    EXCUSE_ROUTE = "excuse_route"
    LETTER = "letter"
    MAIL = "mail"
    MAIL_WENT = "mail_went"
    MAIL_NOT_GONE = "mail_not_gone"
    # No known way to the member
    RECOURSE = "recourse"
    PUBLIC_WORD = "public_word"
    # Watching over the member
    FOLLOW_UP_WRITE = "follow_up_write"
    FOLLOW_UP_RECORD = "follow_up_record"
    FOLLOW_UP_LATER = "follow_up_later"
    FOLLOW_UP_STOP = "follow_up_stop"
    WROTE_BACK = "wrote_back"
    SERIOUS_NEWS = "serious_news"
    RESUME_MESSAGES = "resume_messages"
    # Several members
    ADD = "add"
    MEMBERS = "members"
    MEMBER = "member"
    EXCUSE_MEMBER = "excuse_member"
    # Two crises about the same
    MERGE = "merge"
    # Reminders that people set
    REMIND = "remind"
    REMINDER_DONE = "reminder_done"
    SNOOZE = "snooze"
    REMINDER_STOP = "reminder_stop"
    # The member's message
    READ_MESSAGE = "read_message"
    MESSAGE_HIDDEN = "message_hidden"
    MESSAGE_ONLINE = "message_online"
    # What the triage aid proposes
    TRIAGE = "triage"
    TRIAGE_KEEP = "triage_keep"
    TRIAGE_DECLINE = "triage_decline"
    # The crisis as a whole
    NOTE = "note"
    SEVERITY = "severity"
    STATUS = "status"
    LOG = "log"
    CLOSE = "close"
    KEEP_OPEN = "keep_open"
    FALSE_ALARM = "false_alarm"
    # Being away
    BACK = "back"
    # The morning page
    DIGEST_STOP = "digest_stop"
    DIGEST_TIME = "digest_time"


ASKS = frozenset(
    {
        Verb.OPEN,
        Verb.ALERT_OPEN,
        Verb.ALERT_DISMISS,
        Verb.COMPLETE,
        Verb.CHOOSE,
        Verb.I_CALLED,
        Verb.CALL_NOT_NEEDED,
        Verb.CALL_OUTCOME,
        Verb.ROLE,
        Verb.GUEST,
        Verb.HANDOVER,
        Verb.ASK,
        Verb.ADVISE,
        Verb.CONTACT_ADD,
        Verb.CONTACT_WRONG,
        Verb.CONTACT_END,
        Verb.FIRST_MESSAGE,
        Verb.RECEIPT,
        Verb.DRAFT,
        Verb.QUESTIONS,
        Verb.REJECT,
        Verb.REVISE,
        Verb.OVERRIDE,
        Verb.DISPATCH,
        Verb.EXCUSE_ROUTE,
        Verb.LETTER,
        Verb.MAIL,
        Verb.RECOURSE,
        Verb.PUBLIC_WORD,
        Verb.FOLLOW_UP_RECORD,
        Verb.FOLLOW_UP_STOP,
        Verb.WROTE_BACK,
        Verb.ADD,
        Verb.EXCUSE_MEMBER,
        Verb.MERGE,
        Verb.SERIOUS_NEWS,
        Verb.RESUME_MESSAGES,
        Verb.REMIND,
        Verb.TRIAGE_DECLINE,
        Verb.NOTE,
        Verb.SEVERITY,
        Verb.CLOSE,
        Verb.FALSE_ALARM,
        Verb.DIGEST_TIME,
    }
)
"""A press on these is answered by a form."""

TELLS = frozenset(
    {
        Verb.MORE,
        Verb.LIFE_IN_DANGER,
        Verb.TELEPHONES,
        Verb.GUEST_LINK,
        Verb.GUEST_MAIL,
        Verb.JOIN,
        Verb.CONTACTS,
        Verb.CONTACT_SHOW,
        Verb.FOLLOW_UP_WRITE,
        Verb.READ_MESSAGE,
        Verb.MEMBERS,
        Verb.MEMBER,
        Verb.TRIAGE,
        Verb.FINDINGS,
        Verb.STATUS,
        Verb.BACK,
        Verb.DIGEST_STOP,
    }
)
"""A press on these is answered by a card for whoever pressed. The others change what the room shows."""
