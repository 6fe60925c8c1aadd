"""T31: two editors save a thousand times into one draft at once. No field is lost, every conflict is shown."""

import random
import threading

from flask import Flask

from lms.authoring.actions.drafting import save
from lms.authoring.editing import Edit, print_of, seen_at
from lms.authoring.models import Draft
from lms.extensions import db
from tests.authoring.world import CASE_PATH, a_draft, document_of, stored

SAVES = 500  # of each editor
FIELDS = ("title.sr", "summary.sr", "person.sr", "notice.sr", "summary.en")


class Editor(threading.Thread):
    """Looks at a field, thinks, and saves it; now and then over something that has changed meanwhile."""

    def __init__(self, app: Flask, draft_id: int, name: str) -> None:
        super().__init__()
        self.app, self.draft_id, self.letter, self.random = app, draft_id, name, random.Random(name)
        self.accepted: list[tuple[int, str, str]] = []  # version, field, text
        self.conflicts: list[tuple[str, str, str]] = []  # field, mine, theirs
        self.faults: list[str] = []
        self.seen: dict[str, str] = {}

    def run(self) -> None:
        with self.app.app_context():
            for number in range(SAVES):
                self._save(number)

    def _save(self, number: int) -> None:
        draft = db.session.get(Draft, self.draft_id)
        field = self.random.choice(FIELDS)
        if self.random.random() < 0.6 or field not in self.seen:
            self.seen[field] = print_of(seen_at(document_of(draft), field))  # a fresh look
        text = f"{self.letter}{number}"
        written = save(draft, CASE_PATH, [Edit(field, text, self.seen[field])])
        if written.conflicts:
            (conflict,) = written.conflicts
            self.conflicts.append((field, conflict.mine, conflict.theirs))
            self.seen[field] = print_of(conflict.theirs)
        elif written.changes:
            self.accepted.append((written.version, field, text))
            self.seen[field] = print_of(text)
        else:
            self.faults.append(f"{field} {text}: neither saved nor a conflict")


def test_t31_a_thousand_saves_by_two_editors_lose_nothing_and_show_every_conflict(app: Flask) -> None:
    draft = a_draft()
    first = {field: stored(draft, field) for field in FIELDS}
    editors = [Editor(app, draft.id, name) for name in "аб"]
    for editor in editors:
        editor.start()
    for editor in editors:
        editor.join()
    assert not [fault for editor in editors for fault in editor.faults]
    accepted = sorted(one for editor in editors for one in editor.accepted)
    conflicts = [one for editor in editors for one in editor.conflicts]
    assert len(accepted) + len(conflicts) == 2 * SAVES
    assert len({version for version, *_ in accepted}) == len(accepted)
    assert len(conflicts) > 20, "the editors hardly met: the test would prove nothing"
    now = dict(first)
    for _version, field, text in accepted:
        now[field] = text
    assert {field: stored(draft, field) for field in FIELDS} == now
    saved = {text for _version, _field, text in accepted}
    for _field, mine, theirs in conflicts:
        assert mine not in saved
        assert theirs in saved or theirs in first.values()
