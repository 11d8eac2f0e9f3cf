"""What the triage aid makes of the member's message, sealed."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("crises", sa.Column("proposal", sa.LargeBinary()))
