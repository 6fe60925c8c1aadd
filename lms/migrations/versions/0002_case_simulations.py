"""case simulations."""

import sqlalchemy as sa
from alembic import op


revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "simulation_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("training_id", sa.Integer(), nullable=False),
        sa.Column("course_hash", sa.String(length=64), nullable=False),
        sa.Column("case_key", sa.String(length=60), nullable=False),
        sa.Column("mode", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("seating", sa.Integer(), nullable=False),
        sa.Column("next_due", sa.DateTime(), nullable=True),
        sa.Column("projector_token", sa.String(length=40), nullable=False),
        sa.Column("solo_role", sa.String(length=60), nullable=False),
        sa.Column("solo_participant_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("mode IN ('live', 'solo', 'paper')", name=op.f("ck_simulation_runs_mode")),
        sa.CheckConstraint("state IN ('preparing', 'running', 'finished')", name=op.f("ck_simulation_runs_state")),
        sa.ForeignKeyConstraint(
            ["course_hash"], ["course_versions.hash"], name=op.f("fk_simulation_runs_course_hash_course_versions")
        ),
        sa.ForeignKeyConstraint(
            ["solo_participant_id"],
            ["participants.id"],
            name=op.f("fk_simulation_runs_solo_participant_id_participants"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["training_id"], ["trainings.id"], name=op.f("fk_simulation_runs_training_id_trainings"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_simulation_runs")),
        sa.UniqueConstraint("projector_token", name=op.f("uq_simulation_runs_projector_token")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("simulation_runs", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_simulation_runs_solo_participant_id"), ["solo_participant_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_simulation_runs_training_id"), ["training_id"], unique=False)

    op.create_table(
        "simulation_events",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["simulation_runs.id"],
            name=op.f("fk_simulation_events_run_id_simulation_runs"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("run_id", "seq", name=op.f("pk_simulation_events")),
    )
    op.create_table(
        "simulation_improvements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=400), nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["simulation_runs.id"],
            name=op.f("fk_simulation_improvements_run_id_simulation_runs"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_simulation_improvements")),
    )
    with op.batch_alter_table("simulation_improvements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_simulation_improvements_run_id"), ["run_id"], unique=False)

    op.create_table(
        "simulation_seats",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=60), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("token", sa.String(length=40), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participants.id"],
            name=op.f("fk_simulation_seats_participant_id_participants"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["simulation_runs.id"],
            name=op.f("fk_simulation_seats_run_id_simulation_runs"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_simulation_seats")),
        sa.UniqueConstraint("code", name=op.f("uq_simulation_seats_code")),
        sa.UniqueConstraint("run_id", "participant_id", name=op.f("uq_simulation_seats_run_id_participant_id")),
        sa.UniqueConstraint("run_id", "role", name=op.f("uq_simulation_seats_run_id_role")),
        sa.UniqueConstraint("token", name=op.f("uq_simulation_seats_token")),
    )
    with op.batch_alter_table("simulation_seats", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_simulation_seats_participant_id"), ["participant_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("simulation_seats", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_simulation_seats_participant_id"))

    op.drop_table("simulation_seats")
    with op.batch_alter_table("simulation_improvements", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_simulation_improvements_run_id"))

    op.drop_table("simulation_improvements")
    op.drop_table("simulation_events")
    with op.batch_alter_table("simulation_runs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_simulation_runs_training_id"))
        batch_op.drop_index(batch_op.f("ix_simulation_runs_solo_participant_id"))

    op.drop_table("simulation_runs")
