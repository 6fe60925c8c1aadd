"""evaluations taken apart."""

import sqlalchemy as sa
from alembic import op


revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "retirements",
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["opening_id"], ["openings.id"], name=op.f("fk_retirements_opening_id_openings"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("opening_id", name=op.f("pk_retirements")),
    )


def downgrade() -> None:
    op.drop_table("retirements")
