"""Who raised an alert, so that one person cannot raise many; when the message was written."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("alerts", sa.Column("account", sa.LargeBinary()))
    op.add_column("alerts", sa.Column("written_at", sa.BigInteger()))
