"""which step of a draft another one has taken back."""

import sqlalchemy as sa
from alembic import op


revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    anew = (
        "always" if op.get_bind().dialect.name == "sqlite" else "never"
    )  # SQLite keeps the statement that made a table
    with op.batch_alter_table("draft_steps", schema=None, recreate=anew) as batch_op:
        batch_op.add_column(sa.Column("takes_back", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("draft_steps", schema=None) as batch_op:
        batch_op.drop_column("takes_back")
