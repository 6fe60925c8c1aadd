"""The files of a pack: read safely, written down as one canonical document, named by its hash."""

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path

from lms.content.faults import Fault, PackFaulty

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
        raise PackFaulty([Fault(".", 1, "there is no such folder", "name the folder that has course.yaml in it")])
    contents: dict[str, bytes] = {}
    size = 0
    for path in _walk(folder):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            raise PackFaulty([Fault(name, 1, "this is a symbolic link", "put the file itself here")])
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
    message = f"the pack has more than {MOST_FILES} files or {LARGEST_PACK // 2**20} MB"
    return Fault(name, 1, message, "keep only what the course needs")


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
        advice = "remove or rename it; docs/courses.md lists the files"
        raise PackFaulty([Fault(name, 1, "this file is not part of a pack", advice)])
    return _plain_text(name, content)


def text_of(path: Path) -> str:
    """The text of one file by itself, under its own name. Raises PackFaulty as for a file in a pack."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError:
        raise PackFaulty([Fault(path.name, 1, "the file cannot be read", "name a file that is there")]) from None
    return _plain_text(path.name, content)


def _plain_text(name: str, content: bytes) -> str:
    def stop(message: str, advice: str, line: int = 1) -> PackFaulty:
        return PackFaulty([Fault(name, line, message, advice)])

    if len(content) > LARGEST_FILE:
        raise stop(f"the file is larger than {LARGEST_FILE // 1024} KB", "shorten or divide it")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise stop("the file is not UTF-8", "save it as UTF-8", line) from None
    if found := _CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        message = f"there is an invisible character here (U+{ord(found[0]):04X})"
        raise stop(message, "delete it; save the file with Unix line ends and without a byte order mark", line)
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
