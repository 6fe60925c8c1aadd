"""A published course is made one's own, and later takes over what its original has become."""

from collections.abc import Collection, Mapping
from typing import Any

from lms.authoring import documents
from lms.authoring.actions.drafting import start_draft, write_files
from lms.authoring.differences.pieces import taken
from lms.authoring.models import Draft
from lms.authoring.queries import draft_of_course, files_of_draft
from lms.content.formatting import format_files
from lms.content.models import CourseVersion
from lms.content.queries import files_of_version, latest
from lms.serbian import to_latin
from lms.teams.models import Municipality

LONGEST_KEY = 60


def fork(origin: CourseVersion, title: Mapping[str, str], suffix: str) -> Draft:
    """A draft of a course of one's own, which begins as `origin` and remembers it. `suffix` tells its key from the original's."""
    files = format_files(files_of_version(origin.hash))
    course: Any = documents.read(files, "course.yaml")
    course["key"], course["title"] = _free_key(origin.course_key, suffix), dict(title)
    files |= documents.write("course.yaml", course, files)
    return start_draft(course["key"], files, origin_hash=origin.hash)


def told_apart(title: Mapping[str, str], origin: CourseVersion, place: Municipality | None) -> dict[str, str]:
    """A title with the name of the place where it would be that of the original."""
    was = {"sr": origin.title_sr, "en": origin.title_en}
    names = {"sr": place.name_sr, "en": place.name_en or to_latin(place.name_sr)} if place else {}
    return {
        language: f"{text} – {names[language]}" if names and text == was[language] else text
        for language, text in title.items()
    }


def _free_key(course_key: str, suffix: str) -> str:
    wish = f"{course_key[: LONGEST_KEY - len(suffix) - 4]}-{suffix}"
    key, number = wish, 1
    while draft_of_course(key) or latest(key):
        number += 1
        key = f"{wish}-{number}"
    return key


def take_over(draft: Draft, since: CourseVersion, towards: CourseVersion, chosen: Collection[str], seen: int) -> None:
    """Take over the pieces that changed in the original from `since` to `towards` and were chosen, as one step.

    The others are not offered again. Refused when somebody has gone on writing the draft since its version `seen`.
    """
    base, theirs = states_of_origin(since, towards)
    changed = taken(base, theirs, files_of_draft(draft), chosen)
    write_files(draft, changed, "taken", seen, origin_hash=towards.hash)


def states_of_origin(*versions: CourseVersion) -> tuple[dict[str, str], ...]:
    """Versions of the original as they would stand in a draft."""
    return tuple(format_files(files_of_version(version.hash)) for version in versions)
