"""What a thousand certificates take: `python -m tests.bench.certificates [how many]`. Seconds and megabytes, on this machine."""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

from lms.app import create_app
from lms.certificates import documents, queries
from lms.certificates.actions import is_genuine, issue_all
from lms.extensions import db
from lms.language import speaking
from lms.serbian import fold, sort_key
from lms.trainings.models import Attendance, Participant, Training
from tests.certificates.world import the_last_day

PAGE = 4096  # bytes


def resident() -> float:
    """The memory this process holds, in megabytes (Linux)."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE / 1e6


def measured(what: str, act: Callable[[], object]) -> None:
    """Print how long `act` took and what memory the process held afterwards."""
    started, before = time.perf_counter(), resident()
    result = act()
    took = time.perf_counter() - started
    print(f"{what:<44} {took:7.2f} s   {before:6.0f} → {resident():6.0f} MB   {result}")


def a_full_hall(people: int) -> int:
    """A training in which `people` were present all the time; its id."""
    training = the_last_day()
    names = [f"Јелена Марковић {number}" for number in range(people)]
    values = {"training_id": training.id, "sector": "social", "source": "roster"}
    rows = [
        values | {"number": n, "name": name, "folded": fold(name), "sort_key": sort_key(name)}
        for n, name in enumerate(names)
    ]
    db.session.execute(sa.insert(Participant), rows)
    present = [
        {"participant_id": identity, "half_day_id": half_day.id, "how": "sheet"}
        for identity in db.session.scalars(sa.select(Participant.id))
        for half_day in training.half_days
    ]
    db.session.execute(sa.insert(Attendance), present)
    db.session.commit()
    return training.id


def main(people: int) -> None:
    """Issue, check, print one by one, in parts of one PDF, and as a ZIP."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        settings = {
            "TESTING": True,
            "DATA_DIR": data,
            "KEYS_DIR": data / "keys",
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{data}/b.db",
        }
        app = create_app(settings)
        with app.test_request_context(), speaking("sr"):
            db.create_all()
            identity = a_full_hall(people)
            training = db.session.get_one(Training, identity)
            measured(f"issue {people}", lambda: issue_all(training))
            ours = queries.valid_ones(identity)
            measured(f"check {people} signatures", lambda: sum(map(is_genuine, ours)))
            measured("the first PDF of a process", lambda: len(documents.document(ours[:1], [])))
            measured(
                "100 PDFs, one after the other", lambda: sum(len(documents.document([one], [])) for one in ours[:100])
            )
            size = documents.IN_ONE_FILE
            for start in range(0, people, size):
                measured(
                    f"one PDF of {start + 1}–{min(start + size, people)}",
                    lambda at=start: len(documents.document(ours[at : at + size], [])),
                )  # type: ignore[misc]
            measured(f"a ZIP of {people}", lambda: sum(map(len, documents.archive(ours, []))))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
