"""Writes a YAML document of a pack in the one canonical way: the same document always becomes the same text. Pure.

A line holds one value, so that a line means one address. Keys stand in the order of their shape, names of the author's
choice and unknown keys by the alphabet, the unknown last. A text stands in double quotes on one line, whatever its length;
a word (a key, a choice, a condition) stands plain where that is safe, and a short list of words in brackets. A key of a
record that says null is left out. Comments are not part of a document, but for the one at the head of its file.
"""

import re
from datetime import date, datetime
from typing import Any

from lms.content.kinds import OneOfKind
from lms.content.shapes import Line, Many, Named, OneOf, Record, Shape, Words

LONGEST_LIST = 100  # letters of a list of words that stands on one line
LONGEST_KEY = 500  # letters; a longer one is marked with `?`, without which YAML does not find its end
_PLAIN = re.compile(r"[A-Za-z(][A-Za-z0-9_./()<>=-]*(?: [A-Za-z0-9_./()<>=-]+)*")
_MORE_THAN_WORDS = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}  # here or in other readers of YAML
_ESCAPED = re.compile('["\\\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]')
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}

Entries = list[tuple[str, Any, Shape | None]]


def write_yaml(value: Any, shape: Shape | None = None) -> str:
    """The text of the document `value`, which should have `shape` but need not. `value` is as `read_yaml` gives it."""
    lines: list[str] = []
    if isinstance(value, dict):
        _mapping(value, shape, "", lines)
    elif isinstance(value, list):
        _sequence(value, shape, "", lines)
    else:
        lines.append(_word(value, shape))
    if not lines:
        lines.append("{}" if isinstance(value, dict) else "[]")
    return "\n".join(lines) + "\n"


def head_comment(text: str) -> str:
    """The comment at the head of a file, as lines that end; empty when there is none."""
    found = []
    for line in text.split("\n"):
        if line.strip() and not line.startswith("#"):
            break
        if line.startswith("#"):
            found.append(line.rstrip() + "\n")
    return "".join(found)


def _mapping(value: dict[str, Any], shape: Shape | None, indent: str, lines: list[str]) -> None:
    for name, member, inner in _entries(value, shape):
        key = _word(name, None)
        lead = f"{indent}{key}:" if len(key) <= LONGEST_KEY else f"{indent}? {key}\n{indent}:"
        _put(lead, member, inner, indent + "  ", lines)


def _entries(value: dict[str, Any], shape: Shape | None) -> Entries:
    if isinstance(shape, OneOfKind):
        shape = shape.record_of(value)
    if not isinstance(shape, Record | Words):
        inner = shape.member if isinstance(shape, Named) else None
        return [(name, value[name], inner) for name in sorted(value)]
    known = shape.members
    found: Entries = [(name, value[name], inner) for name, inner in known.items() if value.get(name) is not None]
    if unknown := value.keys() - known.keys():
        found += [(name, value[name], None) for name in sorted(unknown) if value[name] is not None]
    return found


def _put(lead: str, value: Any, shape: Shape | None, indent: str, lines: list[str]) -> None:
    """Write `value` behind its key or dash (`lead`): on the same line, or on the lines below."""
    if not isinstance(value, dict | list):
        lines.append(f"{lead} {_word(value, shape)}")
        return
    start = len(lines)
    lines.append(lead)
    if isinstance(value, dict):
        _mapping(value, shape, indent, lines)
        if len(lines) == start + 1:
            lines[start] = lead + " {}"
    elif words := _in_brackets(value, shape):
        lines[start] = f"{lead} {words}"
    else:
        _sequence(value, shape, indent, lines)


def _sequence(value: list[Any], shape: Shape | None, indent: str, lines: list[str]) -> None:
    inner = shape.member if isinstance(shape, Many) else None
    below = indent + "  "
    for member in value:
        start = len(lines)
        if isinstance(member, dict):
            _mapping(member, inner, below, lines)
        if len(lines) > start:
            lines[start] = f"{indent}- {lines[start][len(below) :]}"
        else:
            _put(indent + "-", member, inner, below, lines)


def _in_brackets(value: list[Any], shape: Shape | None) -> str:
    """A list of words on one line; empty when it has other things in it or is too long for that."""
    if not value:
        return "[]"
    inner = shape.member if isinstance(shape, Many) else None
    if not (isinstance(inner, OneOf) or (isinstance(inner, Line) and inner.pattern)):
        return ""
    if not all(isinstance(member, str) for member in value):
        return ""
    words = f"[{', '.join(_word(member, inner) for member in value)}]"
    return words if len(words) <= LONGEST_LIST else ""


def _word(value: Any, shape: Shape | None) -> str:
    """A value that holds no others."""
    if isinstance(value, str):
        text = isinstance(shape, Line) and not shape.pattern
        if not text and _PLAIN.fullmatch(value) and value.lower() not in _MORE_THAN_WORDS:
            return value
        return f'"{_ESCAPED.sub(_escape, value)}"'
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"a document cannot hold {type(value).__name__}")


def _escape(match: re.Match[str]) -> str:
    letter = match[0]
    number = ord(letter)
    return _ESCAPES.get(letter) or (f"\\x{number:02x}" if number < 256 else f"\\u{number:04x}")
