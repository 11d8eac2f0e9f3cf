"""Crises and their parts, their keys and their journals."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "crises",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("level", sa.String()),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("drill", sa.Boolean(), nullable=False),
        sa.Column("opened_by", sa.String(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_by", sa.String()),
        sa.Column("closed_at", sa.BigInteger()),
        sa.Column("close_reason", sa.LargeBinary()),
        sa.Column("pending_act", sa.String()),
        sa.Column("pending_by", sa.String()),
        sa.Column("pending_at", sa.BigInteger()),
        sa.Column("pending_reason", sa.LargeBinary()),
        sa.Column("pending_target", sa.String()),
        sa.Column("anchored_at", sa.BigInteger()),
        sa.Column("watch_stopped", sa.Boolean(), nullable=False),
        sa.Column("reminders_set", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_crises"),
        sa.UniqueConstraint("number", name="uq_crises_number"),
    )
    op.create_index("ix_crises_community_status_closed_at", "crises", ["community", "status", "closed_at"])
    op.create_table(
        "assignments",
        sa.Column("crisis_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("asked_as", sa.String(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("presence", sa.String(), nullable=False),
        sa.Column("answered_at", sa.BigInteger()),
        sa.Column("instead_of", sa.String()),
        sa.ForeignKeyConstraint(
            ["crisis_id"],
            ["crises.id"],
            name="fk_assignments_crisis_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("crisis_id", "position", name="pk_assignments"),
    )
    op.create_table(
        "calls",
        sa.Column("crisis_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("service", sa.LargeBinary()),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("called_at", sa.BigInteger(), nullable=False),
        sa.Column("said", sa.LargeBinary()),
        sa.Column("reference", sa.LargeBinary()),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["crisis_id"], ["crises.id"], name="fk_calls_crisis_id", initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("crisis_id", "position", name="pk_calls"),
    )
    op.create_table(
        "crisis_keys",
        sa.Column("crisis_id", sa.String(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), comment="NULL: the crisis's words were erased"),
        sa.ForeignKeyConstraint(
            ["crisis_id"],
            ["crises.id"],
            name="fk_crisis_keys_crisis_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("crisis_id", name="pk_crisis_keys"),
    )
    op.create_table(
        "decisions",
        sa.Column("crisis_id", sa.String(), nullable=False),
        sa.Column("draft", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("roles", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.LargeBinary()),
        sa.ForeignKeyConstraint(
            ["crisis_id"], ["crises.id"], name="fk_decisions_crisis_id", initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("crisis_id", "draft", "position", name="pk_decisions"),
    )
    op.create_table(
        "dispatches",
        sa.Column("crisis_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("draft", sa.Integer(), nullable=False),
        sa.Column("route", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("by", sa.String()),
        sa.Column("at", sa.BigInteger()),
        sa.Column("note", sa.LargeBinary()),
        sa.ForeignKeyConstraint(
            ["crisis_id"],
            ["crises.id"],
            name="fk_dispatches_crisis_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("crisis_id", "position", name="pk_dispatches"),
    )
    op.create_table(
        "drafts",
        sa.Column("crisis_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("routes", sa.String(), nullable=False),
        sa.Column("proposed_at", sa.BigInteger(), nullable=False),
        sa.Column("released_by", sa.String()),
        sa.Column("released_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["crisis_id"], ["crises.id"], name="fk_drafts_crisis_id", initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("crisis_id", "number", name="pk_drafts"),
    )
    op.create_table(
        "emergencies",
        sa.Column("crisis_id", sa.String(), nullable=False),
        sa.Column("declared_by", sa.String(), nullable=False),
        sa.Column("declared_at", sa.BigInteger(), nullable=False),
        sa.Column("settled", sa.Boolean(), nullable=False),
        sa.Column("on_phone_by", sa.String()),
        sa.Column("on_phone_until", sa.BigInteger()),
        sa.Column("not_needed", sa.LargeBinary()),
        sa.Column("reminded", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["crisis_id"],
            ["crises.id"],
            name="fk_emergencies_crisis_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("crisis_id", name="pk_emergencies"),
    )
    op.create_table(
        "journal",
        sa.Column("crisis_id", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("by", sa.String()),
        sa.Column("occurred_at", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["crisis_id"], ["crises.id"], name="fk_journal_crisis_id", initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("crisis_id", "seq", name="pk_journal"),
    )
    op.create_table(
        "member_messages",
        sa.Column("crisis_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("text", sa.LargeBinary()),
        sa.Column("link", sa.LargeBinary()),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("written_at", sa.BigInteger()),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("standing_since", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["crisis_id"],
            ["crises.id"],
            name="fk_member_messages_crisis_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("crisis_id", "position", name="pk_member_messages"),
    )
    op.create_table(
        "members",
        sa.Column("crisis_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("handle", sa.LargeBinary()),
        sa.Column("platform", sa.LargeBinary()),
        sa.Column("age", sa.String(), nullable=False),
        sa.Column("country", sa.LargeBinary()),
        sa.ForeignKeyConstraint(
            ["crisis_id"], ["crises.id"], name="fk_members_crisis_id", initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("crisis_id", "position", name="pk_members"),
    )
    op.create_table(
        "revisions",
        sa.Column("crisis_id", sa.String(), nullable=False),
        sa.Column("draft", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.LargeBinary()),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["crisis_id"], ["crises.id"], name="fk_revisions_crisis_id", initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("crisis_id", "draft", "number", name="pk_revisions"),
    )
    op.create_table(
        "rooms",
        sa.Column("crisis_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("ref", sa.String()),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["crisis_id"], ["crises.id"], name="fk_rooms_crisis_id", initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("crisis_id", "position", name="pk_rooms"),
    )
    op.create_index("ix_rooms_platform_ref", "rooms", ["platform", "ref"])
