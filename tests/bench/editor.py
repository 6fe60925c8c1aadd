"""How fast the editor answers: a keystroke's saving with all checks, and the map. `python -m tests.bench.editor` prints both.

The keystroke is the whole answer of the application to a changed text in the largest shipped case (conflict check, canonical writing,
durable commit, all checks, everything that the page renews), as a browser sends it; the map is a case of 40 stages.
"""

import os
import re
import tempfile
import time
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tests.bench import bars

COURSE = Path(__file__).parent.parent.parent / "courses" / "sop-two-day"
PATH, AT = "cases/night-shift.yaml", "stages[signal].decisions[first-hour]"
FIELD = f"{AT}.question.sr"
TIMES, STAGES = 100, 40


def keystrokes(app: Any) -> list[float]:
    """Milliseconds of each of TIMES savings of one field, one after the other."""
    from lms.authoring.actions.drafting import start_draft
    from lms.content.files import read_folder
    from lms.content.formatting import format_files
    from tests.builders import an_account, sign_in

    draft = start_draft("bench", format_files(read_folder(COURSE)))
    browser = sign_in(app.test_client(), an_account("author"))
    address = f"/drafts/{draft.id}/files/{PATH}?at={quote(AT)}"
    page = unescape(browser.get(address).text)
    was = _print(page)
    found = []
    for number in range(TIMES + 3):
        begin = time.perf_counter()
        answer = browser.post(
            address, data={FIELD: f"Питање број {number}?", f"was:{FIELD}": was}, headers={"HX-Request": "true"}
        )
        found.append((time.perf_counter() - begin) * 1000)
        assert answer.status_code == 200, answer.status_code
        was = _print(unescape(answer.text))
    return found[3:]


def _print(page: str) -> str:
    match = re.search(re.escape(f'name="was:{FIELD}"') + r' value="([^"]*)"', page)
    assert match, "the editor has no such field"
    return match[1]


def drawing() -> float:
    """Milliseconds to read, lay out and draw a case of STAGES stages, the best of five."""
    from lms.authoring.screens.map import map_screen
    from tests.authoring.cases_half_written import a_long_case

    case = a_long_case(STAGES)
    found = []
    for _ in range(5):
        begin = time.perf_counter()
        map_screen(case, "long", "", [], lambda address: address)
        found.append((time.perf_counter() - begin) * 1000)
    return min(found)


def main() -> None:
    """Print both figures against their bars."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DATA_DIR": folder, "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3"}
        from lms.extensions import db
        from wsgi import app  # with the collector of waste set as it is when serving

        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context():
            db.create_all()
            found = sorted(keystrokes(app))
            milliseconds = drawing()
            db.engine.dispose()
    p50, p95 = found[len(found) // 2], found[int(len(found) * 0.95)]
    print(
        f"keystroke: p50 {p50:.0f}, p95 {p95:.0f}, longest {found[-1]:.0f} ms (bar p95 {bars.KEYSTROKE:g}: {bars.verdict(p95 <= bars.KEYSTROKE)})"
    )
    print(f"map of {STAGES} stages: {milliseconds:.0f} ms (bar {bars.MAP:g}: {bars.verdict(milliseconds <= bars.MAP)})")


if __name__ == "__main__":
    main()
