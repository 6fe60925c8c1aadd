"""The Flask extensions, made once and bound to the application in `lms.app`. Imports nothing of ours."""

import sqlalchemy as sa
from flask_login import LoginManager
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

# Objects stay readable after a commit: a page is printed from what was read, without asking again.
db = SQLAlchemy(metadata=sa.MetaData(naming_convention=NAMING), session_options={"expire_on_commit": False})
login = LoginManager()
csrf = CSRFProtect()
