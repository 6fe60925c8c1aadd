"""Long work, each in a process of its own: `DATA_DIR=… python -m tests.bench.jobs NAME COUNT` prints seconds and memory."""

import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
TABLE = (
    "number",
    "place",
    "sector",
    "day",
    "hours",
    "attended",
    "before",
    "after",
    "change",
    "share",
    "remark",
    "state",
)


def measured(name: str, count: int, environment: dict[str, str]) -> dict[str, float]:
    """Run a job: `seconds`, and `peak`, the memory in MiB that it needed at most beyond what the house needs idle."""
    command = [sys.executable, "-m", "tests.bench.jobs", name, str(count)]
    output = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)
    if output.returncode:
        raise RuntimeError(f"{name}: {output.stderr[-2000:]}")
    return dict(json.loads(output.stdout))


def certificates(app: Any, count: int) -> Callable[[], object]:
    """The archive of a training with so many certificates, one PDF each."""
    from lms.certificates import documents
    from lms.certificates.actions import issue_all
    from lms.certificates.models import Certificate
    from lms.extensions import db
    from lms.trainings.models import Training
    from tests.bench.world import ANSWERING

    issue_all(db.session.get(Training, ANSWERING))
    wanted = db.select(Certificate).where(Certificate.training_id == ANSWERING).order_by(Certificate.id).limit(count)
    made = list(db.session.scalars(wanted))
    if len(made) < count:
        raise RuntimeError(f"only {len(made)} certificates could be issued")
    documents.document(made[:1], [])  # the first one reads fonts
    return lambda: [len(piece) for piece in documents.archive(made, [])]


def _table(count: int) -> Any:
    from lms.evaluation.tables.table import Column, Percent, Table

    def rows() -> Iterator[tuple[Any, ...]]:
        for number in range(count):
            yield (
                number, "Крагујевац", "Центар за социјални рад", date(2026, 5, 14), 16, number % 5,
                Decimal("55.25"), Decimal("81.50"), Decimal("26.25"), Percent(Decimal("59.17")),
                "Више вежби са примерима из праксе.", "closed",
            )  # fmt: skip

    return Table("rows", "Rows", tuple(Column(name, name) for name in TABLE), rows())


def csv(app: Any, count: int) -> Callable[[], object]:
    """A table of twelve columns as CSV, into a file."""
    from lms.evaluation.files.text import write_table

    def work() -> None:
        with tempfile.TemporaryFile() as file:
            write_table(_table(count), file)

    return work


def xlsx(app: Any, count: int) -> Callable[[], object]:
    """The same as a workbook."""
    from lms.evaluation.files.xlsx import write

    write({"Rows": [_table(1)]}, io.BytesIO())  # the first one reads modules
    with_file = io.BytesIO()
    return lambda: write({"Rows": [_table(count)]}, with_file)


JOBS = {job.__name__: job for job in (certificates, csv, xlsx)}


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024**2


def main() -> None:
    """Do one job and print what it took."""
    from lms.app import create_app

    app = create_app()
    with app.test_request_context(base_url="http://127.0.0.1"):
        work = JOBS[sys.argv[1]](app, int(sys.argv[2]))
        before, begin = _resident(), time.perf_counter()
        work()
        seconds = time.perf_counter() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "peak": max(0.0, peak - before)}))


if __name__ == "__main__":
    main()
