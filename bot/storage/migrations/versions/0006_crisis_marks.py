"""What crises are recognised by: a link, a pseudonym, as keyed hashes."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "crisis_marks",
        sa.Column("crisis_id", sa.String(), nullable=False),
        sa.Column("mark", sa.LargeBinary(), nullable=False, comment="a likeness, as a keyed hash"),
        sa.ForeignKeyConstraint(
            ["crisis_id"],
            ["crises.id"],
            name="fk_crisis_marks_crisis_id",
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.PrimaryKeyConstraint("crisis_id", "mark", name="pk_crisis_marks"),
    )
    op.create_index("ix_crisis_marks_mark", "crisis_marks", ["mark"])
