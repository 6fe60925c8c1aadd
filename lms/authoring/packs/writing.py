"""The zip of a course: its documents and drawings in one folder, the same bytes for the same course."""

import io
import zipfile

from lms.content.files import Files, canonical, hash_of

_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first day that a zip can name
_FILE = 0o100644 << 16  # everybody may read it


def zipped(files: Files, course_key: str) -> bytes:
    """`files` as a zip, in a folder called as the course."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in sorted(files.items()):
            entry = zipfile.ZipInfo(f"{course_key}/{path}", _LONG_AGO)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, _FILE
            archive.writestr(entry, text.encode())
    return buffer.getvalue()


def zip_name(files: Files, course_key: str) -> str:
    """What the zip of these files is called: the course and the first characters of the version's name."""
    return f"{course_key}-{hash_of(canonical(files))[:8]}.zip"
