"""Drafts in every state, for the twins of `world`: being written, with trials and an exploration; a fork; a pack that waits.

Authors and trainers share drafts; a trial and a pack that waits are one person's own.
"""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from lms import clock
from lms.authoring.actions import drafting, trying
from lms.authoring.actions.exploring import DONE, digest_of
from lms.authoring.editing import Edit, print_of
from lms.authoring.models import Draft, DraftFile, DraftStep, Exploration, PendingImport, Trial
from lms.authoring.queries import file_of_draft
from lms.authoring.trying.beginning import ALL, SOLO, Beginning
from lms.authoring.trying.exploring import explored
from lms.authoring.trying.pressing import as_facilitator, run_of
from lms.content.actions import store_files
from lms.content.files import canonical
from lms.database import writing
from lms.extensions import db
from tests.authoring.world import CASE_PATH, small_files
from tests.builders import save

WRITTEN, FORK, LEFT = 41, 42, 4041  # last figures of ids of drafts; the last one is a whole id
TRIALS = SIDE_BY_SIDE, AS_ONE, OVER = 51, 52, 53
WAITS = 61
AUTHOR = 3014
LONG_AGO = timedelta(days=90)


def an_older_version() -> str:
    """The hash of what the small course was before: the forks of the twins began from it."""
    files = small_files()
    files["course.yaml"] = files["course.yaml"].replace("Мали курс", "Стари мали курс")
    files["pages/m2.sr.md"] += "\nОвога више нема.\n"
    files["pages/m2.en.md"] += "\nThis is no longer there.\n"
    with clock.stopped_at(clock.now() - LONG_AGO):
        return store_files(files).hash


def furnish_drafts(world: Any, figure: int, older: str) -> None:
    """What the trainer of one training has written: a draft with trials, a fork, and a pack that waits."""
    base, owner = figure * 1000, figure * 1000 + 11
    files = _files(world, figure)
    key = "small" if figure == 1 else f"small-{figure}"
    draft = _draft(base + WRITTEN, key, owner, files, base_hash=world.course if figure == 1 else None)
    for number, wanted in ((SIDE_BY_SIDE, Beginning(ALL)), (AS_ONE, Beginning(SOLO, "police")), (OVER, Beginning(ALL))):
        a_trial(base + number, draft, owner, wanted)
    _written_on(world, figure, draft, owner)
    _explored(draft)
    fork = files | {"course.yaml": files["course.yaml"].replace("Мали курс", "Наш курс")}
    _draft(base + FORK, f"our-{figure}", owner, fork, origin_hash=older)
    _waiting(world, figure, base + WAITS, owner, key)


def furnish_the_author(world: Any) -> None:
    """What others leave and have: a draft whose owner is gone, the author's own trial of A's draft, and a pack of the author."""
    _draft(LEFT, "left", None, small_files())
    draft = db.session.get_one(Draft, 1000 + WRITTEN)
    a_trial(4051, draft, AUTHOR, Beginning(ALL))
    _waiting(world, 4, 4061, AUTHOR, "left")


PRIVATE = {  # what stands only in drafts, and behind which sentence
    "title of a draft": ("course.yaml", "Мали курс"),
    "text of a page of a draft": ("pages/m1.sr.md", "Свака служба види само део."),
    "text of a survey of a draft": ("surveys/knowledge.yaml", "Исти тест радите на почетку и на крају."),
    "text of a role of a draft": (CASE_PATH, "Дежурате."),
}


def _files(world: Any, figure: int) -> dict[str, str]:
    """The small course with words of its own in every kind of document."""
    files = small_files()
    for what, (path, sentence) in PRIVATE.items():
        assert sentence in files[path], sentence
        files[path] = files[path].replace(sentence, f"{sentence} {world.canary(f'{what} {figure}')}", 1)
    return files


def _draft(number: int, key: str, owner: int | None, files: dict[str, str], **more: str | None) -> Draft:
    draft = Draft(
        id=number, course_key=key, owner_id=owner, created_at=clock.now(), changed_at=clock.now(), title_sr="Курс",
        title_en="Course", **more,
    )  # fmt: skip
    files = files | {"course.yaml": called(files["course.yaml"], key)}
    save(draft, *(DraftFile(draft_id=number, path=path, text=text) for path, text in files.items()))
    with writing() as session:
        drafting._copy_title(session.get_one(Draft, number), files)
    return draft


def called(course: str, key: str) -> str:
    """The document of the small course under another key."""
    return course.replace("key: small\n", f"key: {key}\n", 1)


def a_trial(number: int, draft: Draft, account: int, wanted: Beginning) -> Trial:
    """A trial of the small case; the one called OVER has been ended."""
    text = file_of_draft(draft, CASE_PATH) or ""
    trial = trying.begin_trial(draft, account, "small", text, wanted)
    if number % 1000 == OVER:
        trying.press(trial, as_facilitator(run_of(trial, ""), "end", "крај"))
    with writing() as session:
        session.get_one(Trial, trial.id).id = number
    return trial


def _written_on(world: Any, figure: int, draft: Draft, owner: int) -> None:
    """Three steps: the last one has written over what the first one wrote."""
    first = f"Вежба {world.canary(f'text of a draft that was written over {figure}')}"
    drafting.save(draft, CASE_PATH, [Edit("title.sr", first, print_of("Мала вежба"))])
    drafting.save(draft, "course.yaml", [Edit("teaching_hours", 5, print_of(4))])
    drafting.save(draft, CASE_PATH, [Edit("title.sr", "Мала вежба, друга верзија", print_of(first))])
    assert draft.version == 3
    with writing() as session:
        session.execute(sa.update(DraftStep).where(DraftStep.draft_id == draft.id).values(account_id=owner))


def _explored(draft: Draft) -> None:
    text, now = file_of_draft(draft, CASE_PATH) or "", clock.now()
    result: dict[str, Any] = explored(text, lambda _progress: True)
    save(
        Exploration(
            draft_id=draft.id, case_key="small", digest=digest_of(text), state=DONE, progress=9, result=result, begun_at=now,
            touched_at=now,
        )
    )  # fmt: skip


def _waiting(world: Any, figure: int, number: int, owner: int, key: str) -> None:
    files = small_files()
    files["course.yaml"] = called(files["course.yaml"], key)
    files["pages/m2.sr.md"] += f"\nРеч {world.canary(f'text of a pack that waits {figure}')}.\n"
    notes = {"faults": [], "more_faults": 0, "ignored": [f"{world.canary(f'name in a pack that waits {figure}')}.tmp"]}
    save(
        PendingImport(
            id=number, account_id=owner, course_key=key, document=canonical(files).decode(), notes=notes, created_at=clock.now()
        )
    )  # fmt: skip
