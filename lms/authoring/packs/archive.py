"""A zip taken apart: what can grow, hide or be read in two ways is refused before anything is unpacked. Pure.

Not with zipfile: it makes an object of every entry before anybody can count them, cuts names at a NUL and forgives what stands before the
archive. Here every number in the zip is held against the bytes that are really there.
"""

import codecs
import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from lms.content.faults import N_
from lms.content.files import LARGEST_PACK, MOST_FILES
from lms.errors import Refused

LARGEST_ZIP = 10 * 1024 * 1024  # bytes
MOST_ENTRIES = 1000  # folders and what computers add by themselves included
MOST_RATIO = 100  # unpacked to packed
_FREE = 10 * 1024  # bytes; so small a file may be packed as tightly as it likes

_END = struct.Struct("<4s4H2LH")
_LISTED = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_STORED, _DEFLATED = 0, 8
_ENCRYPTED = 0x1 | 0x40 | 0x2000  # also with strong encryption, also of the list itself
_UTF8 = 0x800
_KINDS = (0, 0o100000, 0o040000)  # not told, file, folder
_ARCHIVES = (".zip", ".jar", ".7z", ".rar", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".zst")
_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"7z\xbc\xaf", b"Rar!", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")
codecs.lookup("cp437")  # the letters of names without a sign for UTF-8; read now, later nothing can be opened


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list of contents."""

    name: str
    raw: bytes  # the name as it stands in the zip
    flags: int
    method: int
    crc: int
    packed: int  # bytes
    size: int  # bytes, as the list says
    mode: int  # of Unix, 0 when it is not told
    at: int  # where it begins

    @property
    def is_folder(self) -> bool:
        return self.name.endswith("/")


def shown(name: str) -> str:
    """A name out of a zip so that it can be printed: no sign that cannot be seen, not endless."""
    return "".join(sign if sign.isprintable() else "�" for sign in name[:80])


def damaged(name: str = "") -> Refused:
    """The zip contradicts itself."""
    message = N_("The zip file is damaged or was made to mislead (at “%(name)s”). Export or pack the course once more.")
    return Refused(message, 422, name=shown(name) or "…")


def _not_a_zip() -> Refused:
    return Refused("This is not a whole zip file. Export the course once more and send the zip as it is.", 422)


def entries_of(content: bytes) -> list[Entry]:
    """The list of contents, each line held against the zip. Raises Refused."""
    if len(content) > LARGEST_ZIP:
        most = LARGEST_ZIP // 2**20
        raise Refused(
            "The zip is larger than %(most)d MB. Pack the folder of one course and nothing else.", 422, most=most
        )
    start, end, count = _list_of(content)
    if count > MOST_ENTRIES:
        raise _too_many(MOST_ENTRIES)
    found: list[Entry] = []
    while start < end:
        if len(found) == count:
            raise damaged()
        entry, start = _listed(content, start, end)
        found.append(entry)
    if len(found) != count:
        raise damaged()
    for entry in found:
        _judge(entry)
    _names_are_different(found)
    _ratio(sum(entry.size for entry in found), len(content))
    _lie_side_by_side(content, found, end)
    return found


def _too_many(most: int) -> Refused:
    return Refused("The zip holds more than %(most)d files. Keep only what the course needs.", 422, most=most)


def _list_of(content: bytes) -> tuple[int, int, int]:
    """Where the list of contents starts and ends, and how many lines it has."""
    at = content.rfind(b"PK\x05\x06", max(0, len(content) - _END.size - 0xFFFF))
    if at < 0 or at + _END.size > len(content):
        raise _not_a_zip()
    _sign, disk, first_disk, here, count, size, start, comment = _END.unpack_from(content, at)
    if at + _END.size + comment != len(content):
        raise _not_a_zip()
    far = content[max(0, at - 20) : at].startswith(b"PK\x06\x07")
    if far or disk or first_disk or here != count or count == 0xFFFF or 0xFFFFFFFF in (size, start):
        message = N_(
            "The zip is of the kind for very large archives or in several parts. Pack the folder of the course as an ordinary zip."
        )
        raise Refused(message, 422)
    if start + size != at:
        raise damaged()
    return start, at, count


def _listed(content: bytes, at: int, end: int) -> tuple[Entry, int]:
    if at + _LISTED.size > end:
        raise damaged()
    fields = _LISTED.unpack_from(content, at)
    (
        sign,
        _made,
        _need,
        flags,
        method,
        _time,
        _day,
        crc,
        packed,
        size,
        name_size,
        extra,
        comment,
        _disk,
        _inner,
        outer,
        where,
    ) = fields
    name_at = at + _LISTED.size
    after = name_at + name_size + extra + comment
    if sign != b"PK\x01\x02" or after > end or 0xFFFFFFFF in (packed, size, where):
        raise damaged()
    raw = content[name_at : name_at + name_size]
    return Entry(_name(raw, flags), raw, flags, method, crc, packed, size, outer >> 16, where), after


def _name(raw: bytes, flags: int) -> str:
    try:
        return raw.decode(
            "utf-8" if flags & _UTF8 else "cp437"
        )  # files of a pack are named in ASCII; folders need not be
    except UnicodeDecodeError:
        raise _bad_name(raw.decode("cp437")) from None


def _bad_name(name: str) -> Refused:
    message = N_(
        "A file in the zip has a name that could lead out of its folder: “%(name)s”. Pack the folder of the course itself."
    )
    return Refused(message, 422, name=shown(name))


def _judge(entry: Entry) -> None:
    """What one line says about itself."""
    if not _stays_inside(entry.name):
        raise _bad_name(entry.name)
    kind = entry.mode & 0o170000
    if kind not in _KINDS or (kind == 0o040000) > entry.is_folder:
        message = N_(
            "“%(name)s” in the zip is a link or a device. Put the file itself into the folder and pack it again."
        )
        raise Refused(message, 422, name=shown(entry.name))
    if entry.flags & _ENCRYPTED:
        raise Refused("The zip is locked with a password. Pack it without one.", 422)
    if entry.method not in (_STORED, _DEFLATED) or (entry.method == _STORED and entry.packed != entry.size):
        message = N_("“%(name)s” is packed in an unusual way. Pack the folder with the ordinary zip of your computer.")
        raise Refused(message, 422, name=shown(entry.name))
    if entry.name.lower().endswith(_ARCHIVES):
        raise _archive_inside(entry.name)
    if entry.is_folder and entry.size:
        raise damaged(entry.name)
    _ratio(entry.size, max(entry.packed, _FREE // MOST_RATIO))


def _stays_inside(name: str) -> bool:
    """Whether a name is a plain way down, on every computer: no step up, no drive, nothing that is read as something else."""
    if {"\\", ":", "%"} & set(name) or not name.isprintable():
        return False
    return not any(step != step.rstrip(" .").lstrip(" ") or not step for step in name.removesuffix("/").split("/"))


def _archive_inside(name: str) -> Refused:
    message = N_(
        "“%(name)s” is an archive inside the archive. Put its files into the folder of the course and pack that."
    )
    return Refused(message, 422, name=shown(name))


def _ratio(size: int, packed: int) -> None:
    if size > MOST_RATIO * packed:
        message = N_(
            "The zip would unpack to more than %(most)d times its size. Pack the folder of the course and nothing else."
        )
        raise Refused(message, 422, most=MOST_RATIO)


def _names_are_different(found: Iterable[Entry]) -> None:
    seen: set[str] = set()
    for entry in found:
        name = entry.name.casefold().removesuffix("/")
        if name in seen:
            message = N_(
                "Two files in the zip have the same name but for capital letters: “%(name)s”. Keep one of them."
            )
            raise Refused(message, 422, name=shown(entry.name))
        seen.add(name)


def _lie_side_by_side(content: bytes, found: Iterable[Entry], end: int) -> None:
    """Each file says at its own place what the list says of it, and none lies over another."""
    free_from = 0
    for entry in sorted(found, key=lambda one: one.at):
        if entry.at < free_from or entry.at + _LOCAL.size > end:
            raise damaged(entry.name)
        sign, _need, flags, method, _time, _day, _crc, _packed, _size, name, extra = _LOCAL.unpack_from(
            content, entry.at
        )
        begins = entry.at + _LOCAL.size
        same = content[begins : begins + name] == entry.raw and method == entry.method
        if sign != b"PK\x03\x04" or not same or flags & _ENCRYPTED:
            raise damaged(entry.name)
        free_from = begins + name + extra + entry.packed
        if free_from > end:
            raise damaged(entry.name)


def unpack(content: bytes, entry: Entry) -> bytes:
    """The bytes of one file, counted while they come: what the list says of their number is not believed. Raises Refused."""
    name, extra = _LOCAL.unpack_from(content, entry.at)[-2:]
    begins = entry.at + _LOCAL.size + name + extra
    packed = content[begins : begins + entry.packed]
    unpacked = packed if entry.method == _STORED else _inflate(packed, entry)
    if len(unpacked) != entry.size or zlib.crc32(unpacked) != entry.crc:
        raise damaged(entry.name)
    if unpacked.startswith(_MAGIC):
        raise _archive_inside(entry.name)
    return unpacked


def _inflate(packed: bytes, entry: Entry) -> bytes:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        unpacked = inflater.decompress(packed, entry.size + 1)
    except zlib.error:
        raise damaged(entry.name) from None
    if not inflater.eof or inflater.unused_data or inflater.unconsumed_tail:
        raise damaged(entry.name)
    return unpacked


def unpack_all(content: bytes, entries: Iterable[Entry]) -> dict[str, bytes]:
    """The files of `entries` by name. Raises Refused, before anything is unpacked when the list itself says that it is too much."""
    wanted = [entry for entry in entries if not entry.is_folder]
    if sum(entry.size for entry in wanted) > LARGEST_PACK:
        most = LARGEST_PACK // 2**20
        raise Refused("Unpacked, the zip is larger than %(most)d MB. Keep only what the course needs.", 422, most=most)
    if len(wanted) > MOST_FILES:
        raise _too_many(MOST_FILES)
    return {entry.name: unpack(content, entry) for entry in wanted}


def is_junk(name: str) -> bool:
    """Whether a computer added this file by itself."""
    return any(map(_is_junk_name, name.removesuffix("/").split("/")))


def _is_junk_name(step: str) -> bool:
    return step in ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini", ".localized") or step.startswith("._")
