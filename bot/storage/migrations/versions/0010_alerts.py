"""Alerts: somebody whom the plan does not name asks for a crisis."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "alerts",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("raised_by", sa.LargeBinary()),
        sa.Column("text", sa.LargeBinary()),
        sa.Column("link", sa.LargeBinary()),
        sa.Column("raised_at", sa.BigInteger(), nullable=False),
        sa.Column("decided_by", sa.String()),
        sa.Column("decided_at", sa.BigInteger()),
        sa.Column("opened", sa.String(), nullable=False),
        sa.Column("reason", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("id", name="pk_alerts"),
    )
