"""Who may write courses: authors and trainers. Who may publish: authors any course, trainers those they began themselves."""

from flask import g
from flask_login import current_user

from lms.access import staff
from lms.authoring.models import Draft
from lms.errors import NotAllowed
from lms.extensions import db

writer = staff("author", "trainer")


def writer_of_draft(draft_id: int, **_arguments: object) -> None:
    """Authors and trainers, of a draft that exists; loads it into `g.draft`."""
    writer()
    g.draft = db.session.get(Draft, draft_id)
    if g.draft is None:
        raise NotAllowed()


def may_publish(draft: Draft) -> bool:
    """Whether the person signed in may publish `draft`."""
    return "author" in current_user.role_names or draft.owner_id == current_user.id
