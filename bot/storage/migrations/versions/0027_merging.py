"""The crisis that another one goes on in."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("crises", sa.Column("merged_into", sa.String()))
