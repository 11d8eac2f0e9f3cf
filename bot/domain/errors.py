"""Refusals: what Cellule will not do, each with a code that never changes.

The sentence for each code, in both languages, stands in `bot/views/refusals.py`.
"""

from enum import StrEnum


class Code(StrEnum):
    """Why something was refused."""

    ABSENT = "absent"  # «absent» and «not yours» read the same: nobody learns that a crisis exists
    STRANGER = "stranger"
    NOT_ALLOWED = "not_allowed"
    CRISIS_CLOSED = "crisis_closed"
    CRISIS_MERGED = "crisis_merged"
    OTHER_COMMUNITY = "other_community"
    DRILL_APART = "drill_apart"
    MAIL_UNDER_WAY = "mail_under_way"
    NOTHING_TO_MERGE = "nothing_to_merge"
    DISTRESS_APART = "distress_apart"
    ALREADY_DONE = "already_done"
    UNKNOWN_COMMAND = "unknown_command"
    UNKNOWN_ACTION = "unknown_action"
    NO_COMMUNITY = "no_community"
    REQUIRED = "required"
    BAD_VALUE = "bad_value"
    MESSAGE_OR_LINK = "message_or_link"
    TEXT_EMPTY = "text_empty"
    TEXT_TOO_LONG = "text_too_long"
    UNFILLED = "unfilled"
    WHEN_PAST = "when_past"
    WHEN_UNCLEAR = "when_unclear"
    WHEN_TOO_FAR = "when_too_far"
    REASON_NEEDED = "reason_needed"
    STALE_REVISION = "stale_revision"
    OWN_DRAFT = "own_draft"
    ALREADY_DECIDED = "already_decided"
    NOTHING_TO_WITHDRAW = "nothing_to_withdraw"
    ALREADY_RELEASED = "already_released"
    NOT_IN_REVIEW = "not_in_review"
    NOT_ASKED = "not_asked"
    DEPUTY_TOO_EARLY = "deputy_too_early"
    UNCHANGED = "unchanged"
    CHECK_STOPS = "check_stops"
    NOT_APPROVED = "not_approved"
    OWN_CRISIS = "own_crisis"
    NOT_RELEASER = "not_releaser"
    NO_DISTRESS = "no_distress"
    NO_HOLDING = "no_holding"
    FIRST_MESSAGE_ABSENT = "first_message_absent"
    FIRST_MESSAGE_EXPIRED = "first_message_expired"
    FIRST_MESSAGE_CHANGED = "first_message_changed"
    SILENCED = "silenced"
    ASKED_TO_STOP = "asked_to_stop"
    DISPATCH_WAITS = "dispatch_waits"
    PERSON_UNKNOWN = "person_unknown"
    NOTHING_TO_HAND_OVER = "nothing_to_hand_over"
    CANNOT_TAKE_OVER = "cannot_take_over"
    NOBODY_FOR_ROLE = "nobody_for_role"
    ROLE_UNKNOWN = "role_unknown"
    SEVERITY_UNKNOWN = "severity_unknown"
    GUEST_ONLY = "guest_only"
    TOO_MANY_CODES = "too_many_codes"
    CANNOT_BE_MAILED = "cannot_be_mailed"
    EMAIL_UNCLEAR = "email_unclear"
    HAS_A_SEAT = "has_a_seat"
    PHONE_UNCLEAR = "phone_unclear"
    ADDRESS_LINES = "address_lines"
    ADDRESS_LINE_LONG = "address_line_long"
    ADDRESS_MARKS = "address_marks"
    ADDRESS_END = "address_end"
    CONTACT_KNOWN = "contact_known"
    CONTACT_ABSENT = "contact_absent"
    NO_SOURCE = "no_source"
    PUBLIC_ONLY = "public_only"
    TOO_MANY_ALERTS = "too_many_alerts"
    LEFT_THE_ROOM = "left_the_room"
    BUSY = "busy"


class Refused(Exception):
    """Something was asked that may not be done.

    `params` fill the placeholders of the sentence; `field` names the form field to mark, if there is one.
    """

    def __init__(self, code: Code, *, field: str | None = None, **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.params = params
