"""Since when a reminder's delay counts: its hour follows a plan that changes."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("reminders", sa.Column("since", sa.BigInteger()))
