"""The member's wish not to be written to, and how often nobody answered."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "crises", sa.Column("watch_silent", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("crises", sa.Column("unanswered", sa.Integer(), nullable=False, server_default="0"))
