"""What came in, what goes out, due rows, links and wishes, the check of the secret."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "digest_wishes",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("stopped", sa.Boolean(), nullable=False),
        sa.Column("at", sa.String()),
        sa.PrimaryKeyConstraint("person", name="pk_digest_wishes"),
    )
    op.create_table(
        "inbox",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_inbox"),
    )
    op.create_index("ix_inbox_at", "inbox", ["at"])
    op.create_table(
        "key_check",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("mark", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_key_check"),
    )
    op.create_table(
        "links",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("token_hash", name="pk_links"),
    )
    op.create_table(
        "outgoing",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("task", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("ordinal", sa.BigInteger(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("place_kind", sa.String(), nullable=False),
        sa.Column("place_ref", sa.String(), nullable=False),
        sa.Column("crisis", sa.String()),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("lane", sa.String(), nullable=False),
        sa.Column("text", sa.LargeBinary()),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("wanted_at", sa.BigInteger(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("message", sa.String()),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.BigInteger()),
        sa.Column("leased_until", sa.BigInteger()),
        sa.Column("status", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_outgoing"),
        sa.UniqueConstraint(
            "task",
            "kind",
            "subject",
            "ordinal",
            "platform",
            "place_kind",
            "place_ref",
            name="uq_outgoing_identity",
        ),
    )
    op.create_index("ix_outgoing_kind_subject", "outgoing", ["kind", "subject"])
    op.create_index(
        "ix_outgoing_lane",
        "outgoing",
        ["lane", "wanted_at", "id"],
        sqlite_where=sa.text("status = 'live' AND shown < wanted"),
        postgresql_where=sa.text("status = 'live' AND shown < wanted"),
    )
    op.create_index(
        "ix_outgoing_platform_place_kind_place_ref", "outgoing", ["platform", "place_kind", "place_ref"]
    )
    op.create_index(
        "ix_outgoing_undelivered",
        "outgoing",
        ["wanted_at", "id"],
        sqlite_where=sa.text("status = 'live' AND shown < wanted"),
        postgresql_where=sa.text("status = 'live' AND shown < wanted"),
    )
    op.create_table(
        "reminders",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("ordinal", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("crisis", sa.String()),
        sa.Column("owner", sa.String()),
        sa.Column("text", sa.LargeBinary()),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("fired_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_reminders"),
        sa.UniqueConstraint("kind", "subject", "ordinal", name="uq_reminders_kind_subject_ordinal"),
    )
    op.create_index("ix_reminders_crisis_due_at", "reminders", ["crisis", "due_at"])
    op.create_index("ix_reminders_kind_status", "reminders", ["kind", "status"])
    op.create_index(
        "ix_reminders_planned",
        "reminders",
        ["due_at", "id"],
        sqlite_where=sa.text("status = 'planned'"),
        postgresql_where=sa.text("status = 'planned'"),
    )
