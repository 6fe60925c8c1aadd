"""Beginning, writing and taking back. Every step reads what stands there now, inside the transaction, so that nobody is overwritten."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from flask_login import current_user
from sqlalchemy.orm import Session

from lms import clock
from lms.accounts import audit
from lms.authoring import documents
from lms.authoring.editing import CannotTakeBack, Change, Conflict, Edit, take_back, tidy
from lms.authoring.editing import write as write_edits
from lms.authoring.models import Draft, DraftFile, DraftStep
from lms.content.addresses import NoSuchPlace
from lms.database import writing
from lms.errors import Refused
from lms.ui import N_

ONE_STEP = timedelta(minutes=5)  # what one person types in one field within this time is one step to take back
GONE = N_(
    "Somebody has removed this part meanwhile. What you typed is still on your screen; copy it to where it belongs."
)
CHANGED_SINCE = N_("This has been changed again since. Take the newer step back first, or write it by hand.")
WRITTEN_ON = N_("Somebody has gone on writing this draft meanwhile. Look at what would change once more, then decide.")
MANY_STEPS = 2000  # kept of a draft; older ones can no longer be taken back

Apply = Callable[[Any], list[Change]]


@dataclass
class Written:
    """What came of a saving: the draft's version, whether anything changed, and what waits for a choice."""

    version: int
    changes: list[Change] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)


def start_draft(
    course_key: str, files: Mapping[str, str], base_hash: str | None = None, origin_hash: str | None = None
) -> Draft:
    """A new draft of the course `course_key` with `files`. Refused when there is one already."""
    with writing() as session:
        if session.scalar(sa.select(Draft.id).where(Draft.course_key == course_key)):
            raise Refused("A draft of this course is under way already. Open it instead of beginning another.")
        now = clock.now()
        draft = Draft(
            course_key=course_key, owner_id=me(), base_hash=base_hash, origin_hash=origin_hash, created_at=now, changed_at=now
        )  # fmt: skip
        session.add(draft)
        session.flush()
        session.add_all(DraftFile(draft_id=draft.id, path=path, text=text) for path, text in files.items())
        _copy_title(draft, files)
    return draft


def save(draft: Draft, path: str, edits: list[Edit]) -> Written:
    """Write `edits` into the document called `path`; what somebody else has changed meanwhile is left and told."""
    found = Written(draft.version)

    def apply(document: Any) -> list[Change]:
        found.changes, found.conflicts = write_edits(document, edits)
        return found.changes

    found.version = change(draft, path, apply, "write")
    return found


def change(draft: Draft, path: str, apply: Apply, kind: str) -> int:
    """Let `apply` change the document called `path`, as one step; the draft's version after it.

    Refused when what it changes has been removed meanwhile.
    """
    with writing() as session:
        _lock(session, draft)
        before = _texts(session, draft, documents.files_of(path))
        document = documents.read(before, path)
        if document is None:
            raise Refused(GONE)
        try:
            changes = apply(document)
        except NoSuchPlace:
            raise Refused(GONE) from None
        if changes and (told := _written(session, draft, path, document, changes)):
            _step(session, draft, kind, told)
    return draft.version


def write_files(
    draft: Draft, files: Mapping[str, str | None], kind: str = "file", seen: int | None = None, origin_hash: str = ""
) -> int:
    """Replace whole files in one step; None removes one. The draft's version after it.

    Refused when somebody has gone on writing since the version `seen`. `origin_hash`: as far as the original is taken over with this.
    """
    with writing() as session:
        _lock(session, draft)
        if seen not in (None, draft.version):
            raise Refused(WRITTEN_ON)
        draft.origin_hash = origin_hash or draft.origin_hash
        before = _texts(session, draft, files)
        changed = {path: text for path, text in files.items() if before.get(path) != text}
        if changed:
            _store(session, draft, changed)
            _step(session, draft, kind, [_whole(path, before.get(path), text) for path, text in changed.items()])
    return draft.version


def write_file(draft: Draft, path: str, text: str | None, kind: str = "file") -> int:
    """Replace one file; None removes it."""
    return write_files(draft, {path: text}, kind)


def take_back_step(draft: Draft, version: int) -> int:
    """Undo the step `version`, as a step of its own. Refused when what it changed has been changed again."""
    with writing() as session:
        _lock(session, draft)
        step = session.get(DraftStep, (draft.id, version))
        if step is None:
            raise Refused("This step is no longer kept.", status=404)
        try:
            changes = [undone for one in reversed(step.changes) for undone in _undo(session, draft, one)]
        except (CannotTakeBack, NoSuchPlace):
            raise Refused(CHANGED_SINCE) from None
        _step(session, draft, "take-back", changes, takes_back=version)
    return draft.version


def discard(draft: Draft) -> None:
    """Throw a draft away, with its steps. Published versions stay."""
    with writing() as session:
        audit.record(session, "draft.discarded", f"course {draft.course_key}")
        session.delete(draft)


def _written(session: Session, draft: Draft, path: str, document: Any, changes: list[Change]) -> list[Change]:
    """Store a document that was changed; what the step keeps of it, so that it can be taken back.

    Whole files where they read otherwise than they were written: two texts of a page between which nothing stands any more are one.
    """
    what = documents.kind_of(path)
    assert what is not None
    tidy(document, what.shape)
    before = _texts(session, draft, documents.files_of(path))
    after = documents.write(path, document, before)
    _store(session, draft, after)
    if documents.shown(after, path) == document:
        return [{"path": path} | one for one in changes]
    return [_whole(file, before.get(file), text) for file, text in after.items() if before.get(file) != text]


def _undo(session: Session, draft: Draft, one: Change) -> list[Change]:
    path = one["path"]
    if one["do"] == "file":
        now = _texts(session, draft, [path]).get(path)
        if now != one["after"]:
            raise CannotTakeBack(path)
        _store(session, draft, {path: one["before"]})
        return [_whole(path, one["after"], one["before"])]
    before = _texts(session, draft, documents.files_of(path))
    document = documents.read(before, path)
    if document is None:
        raise CannotTakeBack(path)
    undone = take_back(document, one)
    return _written(session, draft, path, document, [undone])


def _whole(path: str, before: str | None, after: str | None) -> Change:
    return {"path": path, "do": "file", "at": "", "before": before, "after": after}


def _lock(session: Session, draft: Draft) -> None:
    """Read the draft anew: what was known before the transaction may be old."""
    session.refresh(draft)


def _texts(session: Session, draft: Draft, paths: Iterable[str]) -> dict[str, str]:
    wanted = sa.select(DraftFile.path, DraftFile.text).where(
        DraftFile.draft_id == draft.id, DraftFile.path.in_(list(paths))
    )
    return {path: text for path, text in session.execute(wanted)}


def _store(session: Session, draft: Draft, files: Mapping[str, str | None]) -> None:
    session.flush()
    for path, text in files.items():
        session.execute(sa.delete(DraftFile).where(DraftFile.draft_id == draft.id, DraftFile.path == path))
        if text is not None:
            session.execute(sa.insert(DraftFile).values(draft_id=draft.id, path=path, text=text))
    _copy_title(draft, {path: text for path, text in files.items() if text is not None})


def _copy_title(draft: Draft, files: Mapping[str, str]) -> None:
    if "course.yaml" in files:
        title = documents.look_up(files, "course.yaml").get("title")
        words = title if isinstance(title, dict) else {}
        draft.title_sr, draft.title_en = (str(words.get(language) or "")[:300] for language in ("sr", "en"))


def _step(session: Session, draft: Draft, kind: str, changes: list[Change], takes_back: int | None = None) -> None:
    """Note what was done. Typing on in the same fields goes on with the step before."""
    now = clock.now()
    last = session.get(DraftStep, (draft.id, draft.version))
    if last and kind == "write" and _goes_on(last, changes, now):
        changes = [one | {"before": old["before"]} for one, old in zip(changes, last.changes, strict=True)]
        session.delete(last)
        session.flush()
    draft.version += 1
    draft.changed_at = now
    session.add(
        DraftStep(
            draft_id=draft.id, version=draft.version, account_id=me(), at=now, kind=kind, changes=changes, takes_back=takes_back,
        )
    )  # fmt: skip
    session.execute(
        sa.delete(DraftStep).where(DraftStep.draft_id == draft.id, DraftStep.version <= draft.version - MANY_STEPS)
    )


def _goes_on(last: DraftStep, changes: list[Change], now: Any) -> bool:
    def places(all_: list[Change]) -> list[tuple[Any, ...]]:
        return [(one["path"], one["do"], one["at"]) for one in all_]

    mine = last.kind == "write" and last.account_id == me() and now - last.at < ONE_STEP
    return mine and places(last.changes) == places(changes)


def me() -> int | None:
    """The account that writes; None at the command line."""
    return current_user.id if current_user and current_user.is_authenticated else None
