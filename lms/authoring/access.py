"""Who may write courses: authors and trainers. Who may publish: authors any course, trainers those they began themselves."""

from flask import g
from flask_login import current_user

from lms.access import staff
from lms.authoring.models import Draft, Trial
from lms.authoring.queries import published_before
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
    """Whether the person signed in may publish `draft`: authors any, others a course that they have begun themselves."""
    own = draft.owner_id == current_user.id and not published_before(draft)
    return own or "author" in current_user.role_names


def may_discard(draft: Draft) -> bool:
    """Whether the person signed in may throw `draft` away: who began it, and who may publish it."""
    return draft.owner_id == current_user.id or may_publish(draft)


def own_trial(draft_id: int, trial_id: int, **_arguments: object) -> None:
    """The author who tries a case: nobody else looks into a trial. Loads it into `g.trial`, its draft into `g.draft`."""
    writer_of_draft(draft_id)
    g.trial = db.session.get(Trial, trial_id)
    if g.trial is None or (g.trial.draft_id, g.trial.account_id) != (draft_id, current_user.id):
        raise NotAllowed()
