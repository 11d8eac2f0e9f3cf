"""Whether others than the cell may read a room."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("rooms", sa.Column("overheard", sa.Boolean(), nullable=False, server_default=sa.false()))
