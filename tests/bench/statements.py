"""How many statements a request sends: asked of the house itself, in a process of its own.

`DATA_DIR=… python -m tests.bench.statements` reads the visitor on its standard input and prints name → statements.
"""

import json
import sys
from typing import Any
from urllib.parse import parse_qsl

import sqlalchemy as sa

from tests.bench.visits import Visit, visits


def counted(app: Any, visit: Visit) -> int:
    """Statements of one request. A page is asked for twice: the first also reads the course."""
    from lms.extensions import db

    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            sent.append(statement)

    for _ in range(1 if visit.body else 2):
        sent.clear()
        with app.app_context():
            sa.event.listen(db.engine, "before_cursor_execute", note)
            answer = app.test_client(use_cookies=False).open(
                visit.path, method=visit.method, data=dict(parse_qsl(visit.body)) or None, headers=visit.headers
            )
            sa.event.remove(db.engine, "before_cursor_execute", note)
        if answer.status_code != 200:
            raise RuntimeError(f"{visit.path} answered {answer.status}")
    return len(sent)


def main() -> None:
    """Count every visit."""
    from lms.app import create_app

    app = create_app()
    print(json.dumps({name: counted(app, visit) for name, visit in visits(json.load(sys.stdin)).items()}))


if __name__ == "__main__":
    main()
