"""Guests' links by e-mail, and the one-time codes at their first use, kept as hashes."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("guests", sa.Column("mail", sa.String()))
    op.add_column("guests", sa.Column("mail_token", sa.String()))
    op.add_column("guests", sa.Column("with_code", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index("ix_guests_mail_token", "guests", ["mail_token"])
    op.create_table(
        "guest_codes",
        sa.Column("crisis_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("mail_token", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["crisis_id"],
            ["crises.id"],
            name="fk_guest_codes_crisis_id",
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.PrimaryKeyConstraint("crisis_id", "position", name="pk_guest_codes"),
    )
    op.create_index("ix_guest_codes_mail_token", "guest_codes", ["mail_token"])
