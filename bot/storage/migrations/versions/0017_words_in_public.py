"""When a holding statement promises the next word; the public's questions without an answer, sealed."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("drafts", sa.Column("promised_at", sa.BigInteger()))
    op.add_column("crises", sa.Column("questions", sa.LargeBinary()))
