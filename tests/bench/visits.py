"""Who asks for what: each page that is measured, with the cookies of somebody who may see it."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

PUBLIC, STAFF = {"start", "check"}, {"report", "series"}
NAMES = {
    "start": "Start page",
    "home": "Trainee's home",
    "module": "Part of a module",
    "whole": "Whole module (41 KB)",
    "question": "Test, all questions (42 KB)",
    "answers": "Saving an answer (POST)",
    "check": "Check of a certificate",
    "report": "Report of a training (staff)",
    "series": "Report of three trainings (staff)",
}


@dataclass(frozen=True)
class Visit:
    """One request."""

    path: str
    cookie: str
    headers: dict[str, str] = field(default_factory=dict)
    body: str = ""

    @property
    def method(self) -> str:
        return "POST" if self.body else "GET"


def visits(visitor: dict[str, Any]) -> dict[str, Visit]:
    """Each page by its short name. An answer is one of the last respondent's, whom no load reaches."""
    found = {}
    for name, path in visitor["pages"].items():
        cookie = visitor["staff"] if name in STAFF else visitor["cookie"]
        if name not in PUBLIC | STAFF:
            person = (
                visitor["first"] if name == "question" else visitor["last"] if name == "answers" else visitor["hall"]
            )
            cookie += visitor["device"] % person
        headers, body = {"Cookie": cookie}, ""
        if name == "answers":
            headers |= {"X-CSRFToken": visitor["token"], "HX-Request": "true"}
            item, value = visitor["items"][0], visitor["choices"][0]
            body = urlencode({"mark": visitor["marks"][-1], "place": 1, f"version.{item}": 0, item: value})
        found[name] = Visit(path, cookie, headers, body)
    return found
