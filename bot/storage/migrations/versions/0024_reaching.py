"""Since when no way to the member is known, and what was done instead, sealed: read with the crisis."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("crises", sa.Column("reaching", sa.LargeBinary()))
