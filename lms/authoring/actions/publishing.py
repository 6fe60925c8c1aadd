"""Publishing: the draft becomes an immutable version. Trainings keep theirs; new ones are made from it."""

from lms import clock
from lms.accounts import audit
from lms.authoring.actions import drafting
from lms.authoring.models import Draft, DraftStep
from lms.authoring.queries import files_of_draft
from lms.content.actions import store_files
from lms.content.faults import PackFaulty
from lms.content.models import CourseVersion
from lms.database import writing
from lms.errors import Refused


def publish(draft: Draft, version: int) -> CourseVersion:
    """Store the draft as it was at its `version`. Refused when somebody has gone on writing, or when it has a fault."""
    files = files_of_draft(draft)
    try:
        stored = store_files(files)
    except PackFaulty:
        raise Refused(
            "The checks have found something that must be mended first. Open the page again to see it."
        ) from None
    with writing() as session:
        session.refresh(draft)
        if draft.version != version or files_of_draft(draft) != files:
            raise Refused("Somebody has gone on writing meanwhile. Look at the changes again before you publish.")
        draft.base_hash = stored.hash
        draft.version += 1
        draft.changed_at = clock.now()
        session.add(
            DraftStep(
                draft_id=draft.id,
                version=draft.version,
                account_id=drafting.me(),
                at=draft.changed_at,
                kind="published",
                changes=[],
            )
        )
        audit.record(session, "course.published", f"course {draft.course_key}", version=stored.hash[:12])
    return stored
