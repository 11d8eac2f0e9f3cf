"""Whether a crisis was closed as a false alarm."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("crises", sa.Column("false_alarm", sa.Boolean(), nullable=False, server_default=sa.false()))
