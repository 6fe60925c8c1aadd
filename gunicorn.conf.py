"""gunicorn reads this file by itself when it is started here. What it does not say stands on the command line."""

from typing import Any


def post_worker_init(worker: Any) -> None:
    """Open streams end when the worker is asked to: without this each would hold it up for the whole graceful timeout."""
    if hub := getattr(worker.wsgi, "extensions", {}).get("live"):
        hub.stopping = lambda: not worker.alive
