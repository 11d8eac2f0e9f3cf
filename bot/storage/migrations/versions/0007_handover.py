"""Parts of a cell that are offered to somebody else."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("assignments", sa.Column("offered_to", sa.String()))
    op.add_column("assignments", sa.Column("offered_at", sa.BigInteger()))
