"""How long a workbook of 100,000 rows takes and how much memory: `python -m tests.bench.export [rows]`."""

import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from lms.app import create_app
from lms.evaluation.files import xlsx
from lms.evaluation.tables.table import Cell, Column, Percent, Table

COLUMNS = tuple(Column(f"c{number}", f"Column {number}") for number in range(12))


def rows(count: int) -> Iterator[tuple[Cell, ...]]:
    """Rows one by one, as a query would give them: texts, counts, shares."""
    for number in range(count):
        text = f"Ред {number % 977}"
        share = Percent(Decimal(number % 10_000) / 100)
        yield (
            number,
            text,
            share,
            "социјална заштита",
            number % 5,
            "=1+1",
            text,
            number % 7,
            share,
            "Ниш",
            Decimal("4.13"),
            None,
        )


def main(count: int) -> None:
    """Write the workbook to a temporary file and print seconds, peak memory and size."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.xlsx"
        started = time.perf_counter()
        with create_app({"DATA_DIR": Path(folder)}).test_request_context(), path.open("wb") as file:
            loaded = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            xlsx.write({"rows": [Table("rows", "Rows", COLUMNS, rows(count))]}, file)
        seconds = time.perf_counter() - started
        size = path.stat().st_size / 2**20
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{count} rows × {len(COLUMNS)} cells: {seconds:.1f} s, {size:.1f} MB")
    print(f"peak memory {peak:.0f} MB (the application alone {loaded:.0f} MB, the interpreter {before:.0f} MB)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
