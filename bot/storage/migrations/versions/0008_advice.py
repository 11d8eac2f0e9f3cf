"""Questions to experts before a reply is written; reasons for the author and the communication lead alone."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "advice",
        sa.Column("crisis_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("question", sa.LargeBinary()),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("said", sa.LargeBinary()),
        sa.Column("given_by", sa.String()),
        sa.Column("given_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["crisis_id"], ["crises.id"], name="fk_advice_crisis_id", initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("crisis_id", "position", name="pk_advice"),
    )
    op.add_column("decisions", sa.Column("private", sa.Boolean(), nullable=False, server_default=sa.false()))
