"""What changes in explorations: one is asked for, taken up, followed on its way, and finished."""

import hashlib
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from lms import clock
from lms.authoring.models import Draft, Exploration
from lms.authoring.queries import file_of_draft
from lms.database import writing
from lms.extensions import db

WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"
ALIVE_FOR = timedelta(seconds=30)  # after the last sign of whoever explores


def digest_of(text: str) -> str:
    """What tells whether a case has changed since it was explored."""
    return hashlib.sha256(text.encode()).hexdigest()


def exploration(draft_id: int, case_key: str) -> Exploration | None:
    """What is known of exploring a case."""
    return db.session.get(Exploration, (draft_id, case_key))


def somebody_explores() -> bool:
    """Whether an exploration on any server is alive."""
    alive = Exploration.touched_at > clock.now() - ALIVE_FOR
    return bool(db.session.scalar(sa.select(sa.exists().where(Exploration.state == RUNNING, alive))))


def somebody_waits() -> bool:
    """Whether there is something to explore."""
    return bool(db.session.scalar(sa.select(sa.exists().where(Exploration.state == WAITING))))


def is_dead(found: Exploration) -> bool:
    """Nobody works at it any more, as after a restart of the server: it can be begun anew."""
    if found.touched_at > clock.now() - ALIVE_FOR:
        return False
    return found.state == RUNNING or (found.state == WAITING and not somebody_explores())


def ask_for(draft: Draft, case_key: str, text: str) -> bool:
    """Let the case in `text` be explored; False when it has been, or is being explored as it stands."""
    digest, now = digest_of(text), clock.now()
    with writing() as session:
        found = session.get(Exploration, (draft.id, case_key), populate_existing=True)
        if found and found.digest == digest and found.state != FAILED and not is_dead(found):
            return False
        if found is None:
            found = Exploration(draft_id=draft.id, case_key=case_key)
            session.add(found)
        found.digest, found.state, found.progress, found.result = digest, WAITING, 0, None
        found.begun_at = found.touched_at = now
    return True


def take_up() -> tuple[Exploration, str] | None:
    """The exploration that has waited longest, with its document; None when none waits."""
    with writing() as session:
        oldest = sa.select(Exploration).where(Exploration.state == WAITING).order_by(Exploration.begun_at).limit(1)
        found = session.scalar(oldest.execution_options(populate_existing=True))
        if found is None:
            return None
        draft = session.get_one(Draft, found.draft_id)
        text = file_of_draft(draft, f"cases/{found.case_key}.yaml") or ""
        found.digest, found.state, found.touched_at = digest_of(text), RUNNING, clock.now()
    return found, text


def come_so_far(draft_id: int, case_key: str, digest: str, progress: int) -> bool:
    """Note how far an exploration has come; False when the case has changed since, or the exploration was begun anew."""
    mine = sa.and_(
        Exploration.draft_id == draft_id, Exploration.case_key == case_key, Exploration.digest == digest,
        Exploration.state == RUNNING,
    )  # fmt: skip
    with writing() as session:
        noted = session.execute(sa.update(Exploration).where(mine).values(progress=progress, touched_at=clock.now()))
        draft = session.get(Draft, draft_id)
        text = file_of_draft(draft, f"cases/{case_key}.yaml") if draft else None
    return bool(noted.rowcount) and text is not None and digest_of(text) == digest  # type: ignore[attr-defined]


def finish(draft_id: int, case_key: str, digest: str, state: str, result: dict[str, Any]) -> None:
    """Keep what was found, or why nothing was; an exploration that was begun anew meanwhile is left alone."""
    mine = sa.and_(
        Exploration.draft_id == draft_id, Exploration.case_key == case_key, Exploration.digest == digest,
        Exploration.state == RUNNING,
    )  # fmt: skip
    with writing() as session:
        session.execute(sa.update(Exploration).where(mine).values(state=state, result=result, touched_at=clock.now()))
