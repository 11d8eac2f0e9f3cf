"""Who let a draft pass that the gate stopped, for which rules and why, sealed."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("drafts", sa.Column("overrides", sa.LargeBinary()))
