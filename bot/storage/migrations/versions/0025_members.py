"""Several members: whom a message and a reply are of, and how each member is watched.

The crisis's own columns stay for an older version that still runs; the first member has them from here.
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("members", sa.Column("anchored_at", sa.BigInteger()))
    for name in ("watch_stopped", "watch_silent"):
        op.add_column("members", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("members", sa.Column("unanswered", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("members", sa.Column("excused", sa.LargeBinary()))
    op.add_column("members", sa.Column("own_crisis", sa.String()))
    for table in ("member_messages", "drafts"):
        op.add_column(table, sa.Column("member", sa.String(), nullable=False, server_default="m1"))
    op.add_column("crises", sa.Column("goes_with", sa.String()))
    op.execute(
        """
        UPDATE members SET
            anchored_at = (SELECT anchored_at FROM crises WHERE crises.id = members.crisis_id),
            watch_stopped = (SELECT watch_stopped FROM crises WHERE crises.id = members.crisis_id),
            watch_silent = (SELECT watch_silent FROM crises WHERE crises.id = members.crisis_id),
            unanswered = (SELECT unanswered FROM crises WHERE crises.id = members.crisis_id)
        WHERE position = 0
        """
    )
