"""Roles with nobody left to call; the first message, which somebody had agreed to beforehand."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("crises", sa.Column("exhausted", sa.String()))
    op.add_column("drafts", sa.Column("agreed_by", sa.String()))
