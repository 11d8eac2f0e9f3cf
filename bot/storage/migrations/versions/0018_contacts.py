"""How a member can be reached and the search for it, sealed: read with the crisis, in no statement more."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("crises", sa.Column("contacts", sa.LargeBinary()))
