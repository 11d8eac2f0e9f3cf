"""Guests: people let into one crisis by a link, which is kept as a hash."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "guests",
        sa.Column("crisis_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("token_hash", sa.String()),
        sa.Column("name", sa.LargeBinary()),
        sa.Column("email", sa.LargeBinary()),
        sa.Column("opened_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["crisis_id"],
            ["crises.id"],
            name="fk_guests_crisis_id",
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.PrimaryKeyConstraint("crisis_id", "position", name="pk_guests"),
    )
    op.create_index("ix_guests_token_hash", "guests", ["token_hash"])
