"""A checked pack out of a zip. Pure; run by `child` only, never where pages are served."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from lms.authoring.documents import NOT_ALIKE, contacts_of, files_of, paths_in, shown
from lms.authoring.packs import archive
from lms.authoring.packs.archive import Entry, is_junk, unpack_all
from lms.content.checks import faults_of
from lms.content.checks.figures import figures
from lms.content.checks.markup import markup
from lms.content.checks.privacy import personal_data, privacy
from lms.content.faults import N_, Fault, PackFaulty, fault_at
from lms.content.files import Files, texts_of
from lms.content.formatting import format_files
from lms.content.pack import Pack, read_pack
from lms.content.unwritten import can_wait
from lms.errors import Refused

NEVER = (markup, figures, privacy)  # checks whose faults no draft has
FRONT = "course.yaml"  # of every pack; the folder it stands in is the pack


@dataclass(frozen=True, slots=True)
class Reading:
    """What a zip holds, written canonically. No files: it is not taken, and the faults say why.

    An unfinished course is taken with its faults: they can be mended in the editor, and it cannot be published before.
    """

    files: Files
    faults: tuple[Fault, ...] = ()
    ignored: tuple[str, ...] = ()  # files that a computer had added by itself
    course_key: str = ""
    more_faults: int = 0  # that are not listed


def read_zip(content: bytes, entries: Sequence[Entry]) -> Reading:
    """The pack in the zip `content`, checked as every pack is. Raises Refused for a zip that cannot or must not be unpacked."""
    ignored = tuple(archive.shown(entry.name) for entry in entries if is_junk(entry.name) and not entry.is_folder)
    contents = _without_folder(unpack_all(content, (entry for entry in entries if not is_junk(entry.name))))
    try:
        files = texts_of(contents)
        pack = read_pack(files)
        stopping, faults = list(_stopping(pack)), tuple(faults_of(pack))
    except PackFaulty as error:
        return Reading({}, error.faults, ignored)
    if stopping:
        return Reading({}, tuple(sorted(stopping)), ignored)
    return Reading(format_files(files), faults, ignored, shown(files, FRONT)["key"])


def _stopping(pack: Pack) -> Iterator[Fault]:
    """What a draft cannot have: what no form could have made, what acts, and what leads to a person."""
    shapes = chain(pack.faults, *(outline.faults for outline in pack.outlines.values()))
    yield from (fault for fault in shapes if not can_wait(fault))
    yield from (fault for check in NEVER for fault in check(pack) if not fault.warning)
    for path in paths_in(pack.files):
        if path.startswith("cases/"):  # which the check leaves to theirs
            yield from personal_data(path, pack.files[path], contacts_of(pack.files), shown(pack.files, path))
        if shown(pack.files, path) is None:
            yield fault_at(
                files_of(path)[0], 1, NOT_ALIKE, N_("Give both languages the same sections in the same order.")
            )


def _without_folder(contents: dict[str, bytes]) -> dict[str, bytes]:
    """The files named from the folder of the course, which may stand in one other folder in the zip."""
    if FRONT in contents:
        return contents
    folders = {name.partition("/")[0] for name in contents}
    packs = [folder for folder in folders if f"{folder}/{FRONT}" in contents]
    if len(packs) == 1 and len(folders) > 1:
        message = N_("Beside the folder of the course there is something else in this zip: %(names)s. Leave it out.")
        raise Refused(message, 422, names=", ".join(archive.shown(name) for name in sorted(folders - {*packs})[:8]))
    if len(folders) != 1 or f"{(folder := folders.pop())}/{FRONT}" not in contents:
        message = N_(
            "This is not a course that was exported here. Download the course as a zip where it was written, and send that file."
        )
        raise Refused(message, 422)
    return {name.removeprefix(f"{folder}/"): content for name, content in contents.items()}
