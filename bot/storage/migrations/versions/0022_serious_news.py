"""Serious news: who stopped every message to the member, and when."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("crises", sa.Column("silenced_by", sa.String()))
    op.add_column("crises", sa.Column("silenced_at", sa.BigInteger()))
