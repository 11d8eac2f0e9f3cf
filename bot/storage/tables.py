"""The tables. Columns of type `Sealed` hold what people wrote; `migrations/` makes what stands here."""

from sqlalchemy import (
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    false,
)

from bot.domain import states
from bot.domain.ids import FIRST, Platform
from bot.domain.levels import Level
from bot.domain.roster import Role
from bot.storage.columns import (
    ManyOf,
    Numbers,
    OneOf,
    Sealed,
    Utc,
    arrival,
    count,
    hour,
    in_order,
    index_where,
    of_crisis,
    one_of,
    ordinal,
    word,
)
from bot.store import OutgoingStatus, Task

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

OUTGOING_IDENTITY = ("task", "kind", "subject", "ordinal", "platform", "place_kind", "place_ref")
REMINDER_IDENTITY = ("kind", "subject", "ordinal")

BEFORE_MEMBERS = (
    Column("anchored_at", Utc),
    Column("watch_stopped", Boolean, nullable=False, default=False),
    Column("watch_silent", Boolean, nullable=False, server_default=false()),
    Column("unanswered", Integer, nullable=False, server_default="0"),
)
"""Facts that each member has now. An older version that still runs reads them; this one does not."""

crises = Table(
    "crises",
    metadata,
    Column("id", String, primary_key=True),
    word("number"),
    word("community"),
    word("locale"),
    word("category"),
    count("severity"),
    Column("level", OneOf(Level)),
    one_of("status", states.CrisisStatus),
    Column("drill", Boolean, nullable=False),
    word("opened_by"),
    hour("opened_at"),
    Column("closed_by", String),
    Column("closed_at", Utc),
    Column("close_reason", Sealed),
    Column("false_alarm", Boolean, nullable=False, server_default=false()),
    Column("pending_act", String),
    Column("pending_by", String),
    Column("pending_at", Utc),
    Column("pending_reason", Sealed),
    Column("pending_target", String),
    Column("proposal", Sealed),
    Column("questions", Sealed),
    Column("contacts", Sealed),
    Column("reaching", Sealed),
    Column("exhausted", ManyOf(Role)),
    Column("goes_with", Numbers),
    Column("merged_into", String),
    *BEFORE_MEMBERS,
    Column("silenced_by", String),
    Column("silenced_at", Utc),
    count("reminders_set"),
    count("version"),
    UniqueConstraint("number"),
    Index(None, "community", "status", "closed_at"),
)

members = Table(
    "members",
    metadata,
    of_crisis(),
    in_order(),
    word("id"),
    Column("handle", Sealed),
    Column("platform", Sealed),
    one_of("age", states.Age),
    Column("country", Sealed),
    Column("anchored_at", Utc),
    Column("watch_stopped", Boolean, nullable=False, server_default=false()),
    Column("watch_silent", Boolean, nullable=False, server_default=false()),
    Column("unanswered", Integer, nullable=False, server_default="0"),
    Column("excused", Sealed),
    Column("own_crisis", String),
)

member_messages = Table(
    "member_messages",
    metadata,
    of_crisis(),
    in_order(),
    word("id"),
    Column("text", Sealed),
    Column("link", Sealed),
    hour("seen_at"),
    Column("written_at", Utc),
    one_of("standing", states.Standing),
    Column("standing_since", Utc),
    Column("member", String, nullable=False, server_default=FIRST),
)

rooms = Table(
    "rooms",
    metadata,
    of_crisis(),
    in_order(),
    one_of("platform", Platform),
    one_of("status", states.RoomStatus),
    Column("ref", String),
    word("name"),
    Column("lost_at", Utc),
    Column("overheard", Boolean, nullable=False, server_default=false()),
    Index(None, "platform", "ref"),
)

assignments = Table(
    "assignments",
    metadata,
    of_crisis(),
    in_order(),
    word("person"),
    one_of("role", Role),
    one_of("asked_as", states.AskedAs),
    hour("asked_at"),
    one_of("presence", states.Presence),
    Column("answered_at", Utc),
    Column("instead_of", String),
    Column("offered_to", String),
    Column("offered_at", Utc),
)

guests = Table(
    "guests",
    metadata,
    of_crisis(),
    in_order(),
    word("person"),
    one_of("role", Role),
    word("made_by"),
    hour("expires_at"),
    Column("token_hash", String),
    Column("name", Sealed),
    Column("email", Sealed),
    Column("opened_at", Utc),
    Column("mail", OneOf(states.MailStatus)),
    Column("mail_token", String),
    Column("with_code", Boolean, nullable=False, server_default=false()),
    Index(None, "token_hash"),
    Index(None, "mail_token"),
)

guest_codes = Table(
    "guest_codes",
    metadata,
    of_crisis(),
    in_order(),
    word("link"),
    word("hash"),
    hour("made_at"),
    word("mail_token"),
    count("tries"),
    Index(None, "mail_token"),
)

emergencies = Table(
    "emergencies",
    metadata,
    of_crisis(),
    word("declared_by"),
    hour("declared_at"),
    Column("settled", Boolean, nullable=False),
    Column("on_phone_by", String),
    Column("on_phone_until", Utc),
    Column("not_needed", Sealed),
    count("reminded"),
    Column("outcome", OneOf(states.CallOutcome)),
    Column("outcome_at", Utc),
    Column("outcome_asked", Integer, nullable=False, server_default="0"),
)

calls = Table(
    "calls",
    metadata,
    of_crisis(),
    in_order(),
    Column("service", Sealed),
    word("by"),
    hour("called_at"),
    Column("said", Sealed),
    Column("reference", Sealed),
    hour("recorded_at"),
)

drafts = Table(
    "drafts",
    metadata,
    of_crisis(),
    in_order("number"),
    one_of("status", states.DraftStatus),
    Column("routes", ManyOf(states.Route), nullable=False),
    hour("proposed_at"),
    Column("released_by", String),
    Column("released_at", Utc),
    Column("agreed_by", String),
    Column("promised_at", Utc),
    Column("overrides", Sealed),
    Column("member", String, nullable=False, server_default=FIRST),
)

revisions = Table(
    "revisions",
    metadata,
    of_crisis(),
    in_order("draft"),
    in_order("number"),
    Column("text", Sealed),
    word("fingerprint"),
    word("by"),
    hour("at"),
)

decisions = Table(
    "decisions",
    metadata,
    of_crisis(),
    in_order("draft"),
    in_order(),
    count("revision"),
    word("person"),
    Column("roles", ManyOf(Role), nullable=False),
    one_of("verdict", states.Verdict),
    hour("at"),
    Column("reason", Sealed),
    Column("private", Boolean, nullable=False, server_default=false()),
)

advice = Table(
    "advice",
    metadata,
    of_crisis(),
    in_order(),
    count("number"),
    one_of("role", Role),
    Column("question", Sealed),
    word("asked_by"),
    hour("asked_at"),
    Column("said", Sealed),
    Column("given_by", String),
    Column("given_at", Utc),
)

dispatches = Table(
    "dispatches",
    metadata,
    of_crisis(),
    in_order(),
    count("draft"),
    one_of("route", states.Route),
    one_of("status", states.DispatchStatus),
    Column("by", String),
    Column("at", Utc),
    Column("note", Sealed),
)

mailings = Table(
    "mailings",
    metadata,
    of_crisis(),
    in_order(),
    count("number"),
    count("draft"),
    Column("address", Sealed),
    Column("subject", Sealed),
    word("token"),
    word("asked_by"),
    hour("asked_at"),
    one_of("status", states.MailStatus),
    count("tries"),
    Column("at", Utc),
    Column("again_at", Utc),
    word("code"),
    Index(None, "token"),
)

crisis_marks = Table(
    "crisis_marks",
    metadata,
    of_crisis(),
    Column("mark", LargeBinary, primary_key=True, comment="a likeness, as a keyed hash"),
    Index(None, "mark"),
)

crisis_keys = Table(
    "crisis_keys",
    metadata,
    of_crisis(),
    Column("wrapped", LargeBinary, comment="NULL: the crisis's words were erased"),
)

journal = Table(
    "journal",
    metadata,
    of_crisis(),
    in_order("seq"),
    word("kind"),
    Column("by", String),
    hour("occurred_at"),
    hour("recorded_at"),
    Column("payload", Sealed, nullable=False),
    Column("hash", LargeBinary, nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    Column("key", String, primary_key=True),
    Column("answer", Sealed, nullable=False),
    hour("at"),
    Index(None, "at"),
)

outgoing = Table(
    "outgoing",
    metadata,
    arrival(),
    one_of("task", Task),
    word("kind"),
    word("subject"),
    ordinal(),
    one_of("platform", Platform),
    word("place_kind"),
    word("place_ref"),
    Column("crisis", String),
    hour("at"),
    word("lane"),
    Column("text", Sealed),
    count("wanted"),
    hour("wanted_at"),
    count("shown"),
    Column("message", String),
    count("attempts"),
    Column("not_before", Utc),
    Column("leased_until", Utc),
    one_of("status", OutgoingStatus),
    UniqueConstraint(*OUTGOING_IDENTITY, name="uq_outgoing_identity"),
    Index(None, "kind", "subject"),
    Index(None, "platform", "place_kind", "place_ref"),
    index_where("status = 'live' AND shown < wanted", "ix_outgoing_undelivered", "wanted_at", "id"),
    index_where("status = 'live' AND shown < wanted", "ix_outgoing_lane", "lane", "wanted_at", "id"),
)

reminders = Table(
    "reminders",
    metadata,
    arrival(),
    one_of("kind", states.ReminderKind),
    word("subject"),
    ordinal(),
    hour("due_at"),
    Column("crisis", String),
    Column("owner", String),
    Column("text", Sealed),
    one_of("status", states.ReminderStatus),
    Column("fired_at", Utc),
    Column("since", Utc),
    UniqueConstraint(*REMINDER_IDENTITY),
    index_where("status = 'planned'", "ix_reminders_planned", "due_at", "id"),
    Index(None, "kind", "status"),
    Index(None, "crisis", "due_at"),
)

links = Table(
    "links",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    word("person"),
    hour("expires_at"),
    Column("used_at", Utc),
)

alerts = Table(
    "alerts",
    metadata,
    Column("id", String, primary_key=True),
    word("community"),
    Column("raised_by", Sealed),
    Column("text", Sealed),
    Column("link", Sealed),
    hour("raised_at"),
    Column("account", Sealed),
    Column("written_at", Utc),
    Column("decided_by", String),
    Column("decided_at", Utc),
    word("opened"),
    Column("reason", Sealed),
)

digest_wishes = Table(
    "digest_wishes",
    metadata,
    Column("person", String, primary_key=True),
    Column("stopped", Boolean, nullable=False),
    Column("at", String),
)

absences = Table(
    "absences",
    metadata,
    Column("person", String, primary_key=True),
    hour("until"),
)

addresses = Table(
    "addresses",
    metadata,
    Column("platform", String, primary_key=True),
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
)

key_check = Table(
    "key_check",
    metadata,
    in_order("number"),
    Column("mark", LargeBinary, nullable=False),
)
