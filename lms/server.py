"""How gunicorn serves us: `gunicorn --config python:lms.server wsgi:app`. What it does not say stands on the command line."""

from typing import Any

from lms.live.waiting import most_streams


def post_worker_init(worker: Any) -> None:
    """Open streams leave threads for pages, and end when the worker is asked to end instead of holding it up."""
    if hub := getattr(worker.wsgi, "extensions", {}).get("live"):
        hub.stopping = lambda: not worker.alive
        hub.waiting.most = most_streams(worker.cfg.threads)
