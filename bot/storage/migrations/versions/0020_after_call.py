"""What came of a call for help."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("emergencies", sa.Column("outcome", sa.String()))
    op.add_column("emergencies", sa.Column("outcome_at", sa.BigInteger()))
    op.add_column("emergencies", sa.Column("outcome_asked", sa.Integer(), nullable=False, server_default="0"))
