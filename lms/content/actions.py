"""Stores versions of courses. A version is never changed."""

from pathlib import Path

from lms import clock
from lms.content.checks import checked_document
from lms.content.files import Files, canonical, hash_of, read_folder
from lms.content.models import CourseVersion
from lms.database import writing
from lms.extensions import db


def store_pack(path: Path) -> CourseVersion:
    """Check the pack in the folder `path` and store it; the version already stored when it is the same.

    Raises PackFaulty with every fault.
    """
    return store_files(read_folder(path))


def store_files(files: Files) -> CourseVersion:
    """Check the pack in `files` and store it, as `store_pack`."""
    document = canonical(files)
    course = checked_document(document)
    name = hash_of(document)
    stored = db.session.get(CourseVersion, name)
    if stored:
        return stored
    with writing() as session:
        version = session.get(CourseVersion, name) or CourseVersion(
            hash=name,
            course_key=course.key,
            title_sr=course.title["sr"],
            title_en=course.title["en"],
            document=document.decode(),
            published_at=clock.now(),
        )
        session.add(version)
    return version
