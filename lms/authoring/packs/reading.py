"""A checked pack out of a zip. Pure; run by `child` only, never where pages are served."""

from collections.abc import Sequence
from dataclasses import dataclass

from lms.authoring.packs.archive import Entry, is_junk, shown, unpack_all
from lms.content.checks import faults_of
from lms.content.faults import N_, Fault, PackFaulty
from lms.content.files import Files, texts_of
from lms.content.formatting import format_files
from lms.content.pack import read_pack
from lms.errors import Refused

FRONT = "course.yaml"  # of every pack; the folder it stands in is the pack


@dataclass(frozen=True, slots=True)
class Reading:
    """What a zip holds, written canonically. With a fault that is no warning there are no files."""

    files: Files
    faults: tuple[Fault, ...] = ()
    ignored: tuple[str, ...] = ()  # files that a computer had added by itself
    course_key: str = ""
    more_faults: int = 0  # that are not listed


def read_zip(content: bytes, entries: Sequence[Entry]) -> Reading:
    """The pack in the zip `content`, checked as every pack is. Raises Refused for a zip that cannot or must not be unpacked."""
    ignored = tuple(shown(entry.name) for entry in entries if is_junk(entry.name) and not entry.is_folder)
    contents = _without_folder(unpack_all(content, (entry for entry in entries if not is_junk(entry.name))))
    try:
        files = texts_of(contents)
        pack = read_pack(files)
        faults = tuple(faults_of(pack))
    except PackFaulty as error:
        return Reading({}, error.faults, ignored)
    if any(not fault.warning for fault in faults):
        return Reading({}, faults, ignored)
    return Reading(format_files(files), faults, ignored, pack.course["key"])


def _without_folder(contents: dict[str, bytes]) -> dict[str, bytes]:
    """The files named from the folder of the course, which may stand in one other folder in the zip."""
    if FRONT in contents:
        return contents
    folders = {name.partition("/")[0] for name in contents}
    if len(folders) != 1 or f"{(folder := folders.pop())}/{FRONT}" not in contents:
        message = N_(
            "This is not a course that was exported here. Download the course as a zip where it was written, and send that file."
        )
        raise Refused(message, 422)
    return {name.removeprefix(f"{folder}/"): content for name, content in contents.items()}
