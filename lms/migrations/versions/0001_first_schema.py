"""The first schema."""

# ruff: noqa: PLR0915  (one statement a table)

import sqlalchemy as sa
from alembic import op


revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("totp_secret", sa.String(length=200), nullable=True),
        sa.Column("totp_last_step", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("deactivated_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("email", name=op.f("uq_accounts_email")),
    )
    op.create_table(
        "attempts",
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("window", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", "window", name=op.f("pk_attempts")),
    )
    op.create_table(
        "audit_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("account_name", sa.String(length=160), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entries")),
    )
    op.create_table(
        "course_versions",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("course_key", sa.String(length=60), nullable=False),
        sa.Column("title_sr", sa.String(length=300), nullable=False),
        sa.Column("title_en", sa.String(length=300), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_course_versions")),
    )
    with op.batch_alter_table("course_versions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_course_versions_course_key"), ["course_key"], unique=False)

    op.create_table(
        "municipalities",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name_sr", sa.String(length=80), nullable=False),
        sa.Column("name_en", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("district_code", sa.String(length=40), nullable=False),
        sa.Column("district_sr", sa.String(length=80), nullable=False),
        sa.Column("folded", sa.String(length=80), nullable=False),
        sa.Column("sort_key", sa.String(length=120), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_municipalities")),
    )
    with op.batch_alter_table("municipalities", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_municipalities_folded"), ["folded"], unique=False)

    op.create_table(
        "selections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trainings", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_selections")),
        sa.UniqueConstraint("trainings", name=op.f("uq_selections_trainings")),
    )
    op.create_table(
        "series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title_sr", sa.String(length=300), nullable=False),
        sa.Column("title_en", sa.String(length=300), nullable=False),
        sa.Column("intro_sr", sa.Text(), nullable=False),
        sa.Column("intro_en", sa.Text(), nullable=False),
        sa.Column("credit_sr", sa.Text(), nullable=False),
        sa.Column("credit_en", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
    )
    op.create_table(
        "account_roles",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "name IN ('administrator', 'office', 'trainer', 'author', 'reader')", name=op.f("ck_account_roles_known")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_account_roles_account_id_accounts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "name", name=op.f("pk_account_roles")),
    )
    op.create_table(
        "institutions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("folded", sa.String(length=160), nullable=False),
        sa.Column("sector", sa.String(length=20), nullable=False),
        sa.Column("municipality_code", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_code"],
            ["municipalities.code"],
            name=op.f("fk_institutions_municipality_code_municipalities"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_institutions")),
        sa.UniqueConstraint("folded", "municipality_code", name=op.f("uq_institutions_folded_municipality_code")),
    )
    with op.batch_alter_table("institutions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_institutions_folded"), ["folded"], unique=False)
        batch_op.create_index(batch_op.f("ix_institutions_municipality_code"), ["municipality_code"], unique=False)

    op.create_table(
        "invitations",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=10), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("purpose IN ('invite', 'reset')", name=op.f("ck_invitations_purpose")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_invitations_account_id_accounts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_invitations")),
    )
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitations_account_id"), ["account_id"], unique=False)

    op.create_table(
        "local_teams",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_code", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("founded_year", sa.Integer(), nullable=True),
        sa.Column("founding_act", sa.String(length=200), nullable=False),
        sa.Column("coordinator", sa.String(length=160), nullable=False),
        sa.Column("contact", sa.String(length=200), nullable=False),
        sa.Column("lead_bodies", sa.JSON(), nullable=False),
        sa.Column("tasks", sa.JSON(), nullable=False),
        sa.Column("note_sr", sa.Text(), nullable=False),
        sa.Column("note_en", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "status IN ('active', 'being-founded', 'unconfirmed', 'inactive')", name=op.f("ck_local_teams_status")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_code"], ["municipalities.code"], name=op.f("fk_local_teams_municipality_code_municipalities")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_local_teams")),
        sa.UniqueConstraint("municipality_code", name=op.f("uq_local_teams_municipality_code")),
    )
    op.create_table(
        "published_figures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=60), nullable=False),
        sa.Column("percent", sa.Double(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_published_figures_series_id_series"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_figures")),
        sa.UniqueConstraint("series_id", "item", name=op.f("uq_published_figures_series_id_item")),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_recovery_codes_account_id_accounts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_recovery_codes")),
    )
    with op.batch_alter_table("recovery_codes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recovery_codes_account_id"), ["account_id"], unique=False)

    op.create_table(
        "sign_ins",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("second_step", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_sign_ins_account_id_accounts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sign_ins")),
    )
    with op.batch_alter_table("sign_ins", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_ins_account_id"), ["account_id"], unique=False)

    op.create_table(
        "trainings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_hash", sa.String(length=64), nullable=False),
        sa.Column("title_sr", sa.String(length=300), nullable=False),
        sa.Column("title_en", sa.String(length=300), nullable=False),
        sa.Column("municipality_code", sa.String(length=40), nullable=False),
        sa.Column("venue", sa.String(length=200), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("join_token", sa.String(length=40), nullable=False),
        sa.Column("join_code", sa.String(length=8), nullable=False),
        sa.Column("lobby_opens_at", sa.DateTime(), nullable=True),
        sa.Column("lobby_closes_at", sa.DateTime(), nullable=True),
        sa.Column("attendance_percent", sa.Integer(), nullable=False),
        sa.Column("teaching_hours", sa.Integer(), nullable=False),
        sa.Column("accreditation", sa.String(length=300), nullable=False),
        sa.Column("published_count", sa.Integer(), nullable=True),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("state IN ('draft', 'open', 'closed')", name=op.f("ck_trainings_state")),
        sa.CheckConstraint("attendance_percent BETWEEN 0 AND 100", name=op.f("ck_trainings_attendance")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_trainings_days")),
        sa.ForeignKeyConstraint(
            ["course_hash"], ["course_versions.hash"], name=op.f("fk_trainings_course_hash_course_versions")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_code"], ["municipalities.code"], name=op.f("fk_trainings_municipality_code_municipalities")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trainings")),
        sa.UniqueConstraint("join_code", name=op.f("uq_trainings_join_code")),
        sa.UniqueConstraint("join_token", name=op.f("uq_trainings_join_token")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "findings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("training_id", sa.Integer(), nullable=True),
        sa.Column("series_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text_sr", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("addressee", sa.String(length=200), nullable=False),
        sa.Column("owner", sa.String(length=200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("state_note", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('conclusion', 'recommendation')", name=op.f("ck_findings_kind")),
        sa.CheckConstraint(
            "state IN ('proposed', 'accepted', 'under-way', 'done', 'dropped')", name=op.f("ck_findings_state")
        ),
        sa.CheckConstraint("(training_id IS NULL) <> (series_id IS NULL)", name=op.f("ck_findings_one_home")),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_findings_series_id_series"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["training_id"], ["trainings.id"], name=op.f("fk_findings_training_id_trainings"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findings")),
    )
    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_findings_series_id"), ["series_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_findings_training_id"), ["training_id"], unique=False)

    op.create_table(
        "half_days",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("training_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("token", sa.String(length=40), nullable=False),
        sa.Column("opens_at", sa.DateTime(), nullable=True),
        sa.Column("closes_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["training_id"], ["trainings.id"], name=op.f("fk_half_days_training_id_trainings"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_half_days")),
        sa.UniqueConstraint("token", name=op.f("uq_half_days_token")),
        sa.UniqueConstraint("training_id", "number", name=op.f("uq_half_days_training_id_number")),
    )
    op.create_table(
        "openings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("training_id", sa.Integer(), nullable=False),
        sa.Column("survey", sa.String(length=60), nullable=False),
        sa.Column("moment", sa.String(length=10), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["training_id"], ["trainings.id"], name=op.f("fk_openings_training_id_trainings"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_openings")),
        sa.UniqueConstraint("training_id", "survey", "moment", name=op.f("uq_openings_training_id_survey_moment")),
    )
    op.create_table(
        "participants",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("training_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("folded", sa.String(length=160), nullable=False),
        sa.Column("sort_key", sa.String(length=240), nullable=False),
        sa.Column("sex", sa.String(length=1), nullable=True),
        sa.Column("sector", sa.String(length=20), nullable=False),
        sa.Column("institution", sa.String(length=160), nullable=False),
        sa.Column("municipality_code", sa.String(length=40), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("show_on_certificate", sa.Boolean(), nullable=False),
        sa.Column("joined_at", sa.DateTime(), nullable=True),
        sa.Column("resume_hash", sa.LargeBinary(length=32), nullable=True),
        sa.Column("resume_expires_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("sex IN ('f', 'm') OR sex IS NULL", name=op.f("ck_participants_sex")),
        sa.ForeignKeyConstraint(
            ["municipality_code"],
            ["municipalities.code"],
            name=op.f("fk_participants_municipality_code_municipalities"),
        ),
        sa.ForeignKeyConstraint(
            ["training_id"], ["trainings.id"], name=op.f("fk_participants_training_id_trainings"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participants")),
        sa.UniqueConstraint("training_id", "number", name=op.f("uq_participants_training_id_number")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("participants", schema=None) as batch_op:
        batch_op.create_index("ix_participants_training_folded", ["training_id", "folded"], unique=False)
        batch_op.create_index("ix_participants_training_sort", ["training_id", "sort_key"], unique=False)

    op.create_table(
        "partners",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("training_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name_sr", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("credit_sr", sa.String(length=400), nullable=False),
        sa.Column("credit_en", sa.String(length=400), nullable=False),
        sa.Column("logo", sa.LargeBinary(), nullable=True),
        sa.Column("has_logo", sa.Boolean(), nullable=False),
        sa.CheckConstraint("kind IN ('organiser', 'partner', 'donor')", name=op.f("ck_partners_kind")),
        sa.ForeignKeyConstraint(
            ["training_id"], ["trainings.id"], name=op.f("fk_partners_training_id_trainings"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partners")),
    )
    with op.batch_alter_table("partners", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_partners_training_id"), ["training_id"], unique=False)

    op.create_table(
        "programme_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("training_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("title_sr", sa.String(length=300), nullable=False),
        sa.Column("title_en", sa.String(length=300), nullable=False),
        sa.Column("note_sr", sa.Text(), nullable=False),
        sa.Column("note_en", sa.Text(), nullable=False),
        sa.Column("page", sa.String(length=60), nullable=False),
        sa.Column("survey", sa.String(length=60), nullable=False),
        sa.Column("moment", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["training_id"], ["trainings.id"], name=op.f("fk_programme_items_training_id_trainings"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_items")),
    )
    with op.batch_alter_table("programme_items", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_programme_items_training_id"), ["training_id"], unique=False)

    op.create_table(
        "roster_imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("training_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=160), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["training_id"], ["trainings.id"], name=op.f("fk_roster_imports_training_id_trainings"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_imports")),
    )
    with op.batch_alter_table("roster_imports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_roster_imports_training_id"), ["training_id"], unique=False)

    op.create_table(
        "series_trainings",
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("training_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_series_trainings_series_id_series"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["training_id"],
            ["trainings.id"],
            name=op.f("fk_series_trainings_training_id_trainings"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("series_id", "training_id", name=op.f("pk_series_trainings")),
    )
    with op.batch_alter_table("series_trainings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_series_trainings_training_id"), ["training_id"], unique=False)

    op.create_table(
        "team_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text_sr", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("partner", sa.String(length=200), nullable=False),
        sa.CheckConstraint("kind IN ('activity', 'plan')", name=op.f("ck_team_entries_kind")),
        sa.ForeignKeyConstraint(
            ["team_id"], ["local_teams.id"], name=op.f("fk_team_entries_team_id_local_teams"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_entries")),
    )
    with op.batch_alter_table("team_entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_team_entries_team_id"), ["team_id"], unique=False)

    op.create_table(
        "team_seats",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("institution", sa.String(length=160), nullable=False),
        sa.Column("sector", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["team_id"], ["local_teams.id"], name=op.f("fk_team_seats_team_id_local_teams"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_seats")),
    )
    with op.batch_alter_table("team_seats", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_team_seats_team_id"), ["team_id"], unique=False)

    op.create_table(
        "training_staff",
        sa.Column("training_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.CheckConstraint("role IN ('trainer', 'observer', 'reader')", name=op.f("ck_training_staff_role")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_training_staff_account_id_accounts")),
        sa.ForeignKeyConstraint(
            ["training_id"], ["trainings.id"], name=op.f("fk_training_staff_training_id_trainings"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("training_id", "account_id", name=op.f("pk_training_staff")),
    )
    with op.batch_alter_table("training_staff", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_training_staff_account_id"), ["account_id"], unique=False)

    op.create_table(
        "training_teams",
        sa.Column("training_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["local_teams.id"], name=op.f("fk_training_teams_team_id_local_teams")),
        sa.ForeignKeyConstraint(
            ["training_id"], ["trainings.id"], name=op.f("fk_training_teams_training_id_trainings"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("training_id", "team_id", name=op.f("pk_training_teams")),
    )
    with op.batch_alter_table("training_teams", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_training_teams_team_id"), ["team_id"], unique=False)

    op.create_table(
        "attendance",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("half_day_id", sa.Integer(), nullable=False),
        sa.Column("how", sa.String(length=6), nullable=False),
        sa.CheckConstraint("how IN ('qr', 'code', 'hand', 'sheet', 'join')", name=op.f("ck_attendance_how")),
        sa.ForeignKeyConstraint(
            ["half_day_id"], ["half_days.id"], name=op.f("fk_attendance_half_day_id_half_days"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participants.id"],
            name=op.f("fk_attendance_participant_id_participants"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("participant_id", "half_day_id", name=op.f("pk_attendance")),
    )
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attendance_half_day_id"), ["half_day_id"], unique=False)

    op.create_table(
        "ballots",
        sa.Column("key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["opening_id"], ["openings.id"], name=op.f("fk_ballots_opening_id_openings"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_ballots")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("ballots", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ballots_opening_id"), ["opening_id"], unique=False)

    op.create_table(
        "certificates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("serial", sa.String(length=30), nullable=False),
        sa.Column("training_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=True),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("signature", sa.LargeBinary(length=64), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("issued_at", sa.DateTime(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=True),
        sa.Column("superseded_by", sa.String(length=32), nullable=True),
        sa.Column("show_name", sa.Boolean(), nullable=False),
        sa.CheckConstraint("state IN ('valid', 'superseded', 'revoked')", name=op.f("ck_certificates_state")),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participants.id"],
            name=op.f("fk_certificates_participant_id_participants"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["training_id"], ["trainings.id"], name=op.f("fk_certificates_training_id_trainings")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificates")),
        sa.UniqueConstraint("serial", name=op.f("uq_certificates_serial")),
        sa.UniqueConstraint("token", name=op.f("uq_certificates_token")),
    )
    with op.batch_alter_table("certificates", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_certificates_training_id"), ["training_id"], unique=False)
        batch_op.create_index(
            "uq_certificates_one_valid",
            ["participant_id"],
            unique=True,
            sqlite_where=sa.text("state = 'valid'"),
            postgresql_where=sa.text("state = 'valid'"),
        )

    op.create_table(
        "devices",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participants.id"],
            name=op.f("fk_devices_participant_id_participants"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("token_hash", "participant_id", name=op.f("pk_devices")),
    )
    with op.batch_alter_table("devices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_devices_participant_id"), ["participant_id"], unique=False)

    op.create_table(
        "follow_up_links",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["opening_id"], ["openings.id"], name=op.f("fk_follow_up_links_opening_id_openings"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participants.id"],
            name=op.f("fk_follow_up_links_participant_id_participants"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_follow_up_links")),
    )
    with op.batch_alter_table("follow_up_links", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_follow_up_links_opening_id"), ["opening_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_follow_up_links_participant_id"), ["participant_id"], unique=False)

    op.create_table(
        "receipts",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["opening_id"], ["openings.id"], name=op.f("fk_receipts_opening_id_openings"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participants.id"],
            name=op.f("fk_receipts_participant_id_participants"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("participant_id", "opening_id", name=op.f("pk_receipts")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "remarks",
        sa.Column("key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("may_quote", sa.Boolean(), nullable=False),
        sa.Column("quoted", sa.Boolean(), nullable=False),
        sa.Column("redacted", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["opening_id"], ["openings.id"], name=op.f("fk_remarks_opening_id_openings"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_remarks")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("remarks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_remarks_opening_id"), ["opening_id"], unique=False)

    op.create_table(
        "responses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("pseudonym", sa.LargeBinary(length=16), nullable=False),
        sa.Column("submitted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["opening_id"], ["openings.id"], name=op.f("fk_responses_opening_id_openings"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_responses")),
        sa.UniqueConstraint("opening_id", "pseudonym", name=op.f("uq_responses_opening_id_pseudonym")),
    )
    op.create_table(
        "answers",
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=60), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["response_id"], ["responses.id"], name=op.f("fk_answers_response_id_responses"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("response_id", "item", name=op.f("pk_answers")),
    )


def downgrade() -> None:
    op.drop_table("answers")
    op.drop_table("responses")
    with op.batch_alter_table("remarks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_remarks_opening_id"))

    op.drop_table("remarks")
    op.drop_table("receipts")
    with op.batch_alter_table("follow_up_links", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_follow_up_links_participant_id"))
        batch_op.drop_index(batch_op.f("ix_follow_up_links_opening_id"))

    op.drop_table("follow_up_links")
    with op.batch_alter_table("devices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_devices_participant_id"))

    op.drop_table("devices")
    with op.batch_alter_table("certificates", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_certificates_one_valid",
            sqlite_where=sa.text("state = 'valid'"),
            postgresql_where=sa.text("state = 'valid'"),
        )
        batch_op.drop_index(batch_op.f("ix_certificates_training_id"))

    op.drop_table("certificates")
    with op.batch_alter_table("ballots", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ballots_opening_id"))

    op.drop_table("ballots")
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attendance_half_day_id"))

    op.drop_table("attendance")
    with op.batch_alter_table("training_teams", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_training_teams_team_id"))

    op.drop_table("training_teams")
    with op.batch_alter_table("training_staff", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_training_staff_account_id"))

    op.drop_table("training_staff")
    with op.batch_alter_table("team_seats", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_team_seats_team_id"))

    op.drop_table("team_seats")
    with op.batch_alter_table("team_entries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_team_entries_team_id"))

    op.drop_table("team_entries")
    with op.batch_alter_table("series_trainings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_series_trainings_training_id"))

    op.drop_table("series_trainings")
    with op.batch_alter_table("roster_imports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_roster_imports_training_id"))

    op.drop_table("roster_imports")
    with op.batch_alter_table("programme_items", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_programme_items_training_id"))

    op.drop_table("programme_items")
    with op.batch_alter_table("partners", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_partners_training_id"))

    op.drop_table("partners")
    with op.batch_alter_table("participants", schema=None) as batch_op:
        batch_op.drop_index("ix_participants_training_sort")
        batch_op.drop_index("ix_participants_training_folded")

    op.drop_table("participants")
    op.drop_table("openings")
    op.drop_table("half_days")
    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_findings_training_id"))
        batch_op.drop_index(batch_op.f("ix_findings_series_id"))

    op.drop_table("findings")
    op.drop_table("trainings")
    with op.batch_alter_table("sign_ins", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_ins_account_id"))

    op.drop_table("sign_ins")
    with op.batch_alter_table("recovery_codes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recovery_codes_account_id"))

    op.drop_table("recovery_codes")
    op.drop_table("published_figures")
    op.drop_table("local_teams")
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitations_account_id"))

    op.drop_table("invitations")
    with op.batch_alter_table("institutions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_institutions_municipality_code"))
        batch_op.drop_index(batch_op.f("ix_institutions_folded"))

    op.drop_table("institutions")
    op.drop_table("account_roles")
    op.drop_table("series")
    op.drop_table("selections")
    with op.batch_alter_table("municipalities", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_municipalities_folded"))

    op.drop_table("municipalities")
    with op.batch_alter_table("course_versions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_course_versions_course_key"))

    op.drop_table("course_versions")
    op.drop_table("audit_entries")
    op.drop_table("attempts")
    op.drop_table("accounts")
