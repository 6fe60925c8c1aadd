"""The files of a pack: read safely, written down as one canonical document, named by its hash."""

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path

from lms.content.faults import N_, Fault, PackFaulty, Value, fault_at

Files = Mapping[str, str]  # path inside the pack, with "/" -> text

MOST_FILES = 400
LARGEST_FILE = 512 * 1024  # bytes
LARGEST_PACK = 8 * 1024 * 1024  # bytes
_KEY = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_ALLOWED = re.compile(
    rf"course\.yaml|sources\.yaml|certificate\.yaml|surveys/{_KEY}\.yaml|cases/{_KEY}\.yaml|pages/{_KEY}\.(?:sr|en)\.md"
    rf"|figures/{_KEY}(?:\.(?:sr|en))?\.svg"
)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_FORMAT = 1  # of the canonical document


def read_folder(folder: Path) -> dict[str, str]:
    """The texts of the pack in `folder`. Raises PackFaulty; follows no symbolic link and reads no more than the limits."""
    if not folder.is_dir():
        message, advice = N_("There is no such folder."), N_("Name the folder of a course.")
        raise PackFaulty([fault_at(".", 1, message, advice, "it has course.yaml in it")])
    contents: dict[str, bytes] = {}
    size = 0
    for path in _walk(folder):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            message = N_("This only points to a file that lies elsewhere.")
            raise PackFaulty([fault_at(name, 1, message, N_("Put the file itself here."), "no symbolic links")])
        if path.is_dir():
            continue
        with path.open("rb") as file:
            contents[name] = file.read(LARGEST_FILE + 1)
        size += len(contents[name])
        if size > LARGEST_PACK or len(contents) > MOST_FILES:
            raise PackFaulty([_too_much(name)])
    return texts_of(contents)


def _walk(folder: Path) -> list[Path]:
    found: list[Path] = []
    waiting = [folder]
    while waiting:
        for path in sorted(waiting.pop().iterdir()):
            found.append(path)
            if path.is_dir() and not path.is_symlink():
                waiting.append(path)
            if len(found) > 2 * MOST_FILES:
                raise PackFaulty([_too_much(path.relative_to(folder).as_posix())])
    return found


def _too_much(name: str) -> Fault:
    message = N_("The course has more than %(files)s files, or they are larger than %(size)s MB together.")
    advice = N_("Keep only what the course needs.")
    return fault_at(name, 1, message, advice, files=MOST_FILES, size=LARGEST_PACK // 2**20)


def texts_of(contents: Mapping[str, bytes]) -> dict[str, str]:
    """The same files as texts. Raises PackFaulty for every file that does not belong in a pack or is not plain text."""
    if len(contents) > MOST_FILES or sum(map(len, contents.values())) > LARGEST_PACK:
        raise PackFaulty([_too_much(next(iter(contents)))])
    faults: list[Fault] = []
    texts: dict[str, str] = {}
    for name, content in sorted(contents.items()):
        try:
            texts[name] = _text_of(name, content)
        except PackFaulty as error:
            faults += error.faults
    if faults:
        raise PackFaulty(faults)
    return texts


def _text_of(name: str, content: bytes) -> str:
    if not _ALLOWED.fullmatch(name):
        message, advice = N_("This file does not belong in a course."), N_("Remove it, or give it the right name.")
        raise PackFaulty([fault_at(name, 1, message, advice, "docs/courses.md lists the files")])
    return _plain_text(name, content)


def text_of(path: Path) -> str:
    """The text of one file by itself, under its own name. Raises PackFaulty as for a file in a pack."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError:
        message, advice = N_("The file cannot be read."), N_("Name a file that is there.")
        raise PackFaulty([fault_at(path.name, 1, message, advice)]) from None
    return _plain_text(path.name, content)


def _plain_text(name: str, content: bytes) -> str:
    def stop(line: int, message: str, advice: str, syntax: str = "", /, **values: Value) -> PackFaulty:
        return PackFaulty([fault_at(name, line, message, advice, syntax, **values)])

    if len(content) > LARGEST_FILE:
        message = N_("The file is larger than %(size)s KB.")
        raise stop(1, message, N_("Shorten it, or divide it in two."), size=LARGEST_FILE // 1024)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message, advice = (
            N_("The letters of this file cannot be read."),
            N_("Save it as a text with the encoding UTF-8."),
        )
        raise stop(line, message, advice, "not UTF-8") from None
    if found := _CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        message = N_("There is an invisible character in this line (%(code)s).")
        advice = N_("Delete it, or type the line anew.")
        syntax = "Unix line ends, no byte order mark"
        raise stop(line, message, advice, syntax, code=f"U+{ord(found[0]):04X}")
    return text


def canonical(files: Files) -> bytes:
    """`files` as one document: the same bytes for the same files, whatever their order."""
    document = {"format": _FORMAT, "files": dict(files)}
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def files_of(document: bytes | str) -> dict[str, str]:
    """The files that `canonical` wrote down; byte for byte what they were."""
    files: dict[str, str] = json.loads(document)["files"]
    return files


def hash_of(document: bytes) -> str:
    """The name of a version: the SHA-256 of its canonical document, hexadecimal."""
    return hashlib.sha256(document).hexdigest()
