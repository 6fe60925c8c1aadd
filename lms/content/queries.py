"""Reads stored versions of courses."""

from functools import lru_cache
from threading import Lock

import sqlalchemy as sa

from lms.content.build import build
from lms.content.course import Course
from lms.content.files import files_of
from lms.content.models import CourseVersion
from lms.content.pack import read_pack
from lms.extensions import db

_reading = Lock()


def course_of(version: str) -> Course:
    """The course stored under the hash `version`, parsed once a process. Raises LookupError."""
    with _reading:  # when a hall comes in at once, one thread reads and the others wait for it
        return _course_of(version)


@lru_cache(maxsize=64)
def _course_of(version: str) -> Course:
    return build(read_pack(files_of_version(version)))


def files_of_version(version: str) -> dict[str, str]:
    """The files of the pack stored under the hash `version`. Raises LookupError."""
    document = db.session.scalar(sa.select(CourseVersion.document).where(CourseVersion.hash == version))
    if document is None:
        raise LookupError(f"There is no course version {version}.")
    return files_of(document)


def latest(course_key: str) -> CourseVersion | None:
    """The version of a course that was stored last."""
    return db.session.scalar(
        sa.select(CourseVersion)
        .where(CourseVersion.course_key == course_key)
        .order_by(CourseVersion.published_at.desc(), CourseVersion.hash)
        .limit(1)
    )


def all_versions() -> list[CourseVersion]:
    """Every stored version: by course, the newest first."""
    newest_first = (CourseVersion.course_key, CourseVersion.published_at.desc(), CourseVersion.hash)
    return list(db.session.scalars(sa.select(CourseVersion).order_by(*newest_first)))
