"""Writes a survey as GIFT, in one language. What the format cannot hold stands there as a comment, with the reason."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from lms.authoring.exchange.one_language import Asked, LeftOut, asked_in, words_in

_SIGNS = re.compile(r"[\\~=#{}:]")
_READ_OTHERWISE = re.compile(r"\[(?:html|markdown|moodle|plain)\]|%-?[\d.]+%")  # the name of a format, or a weight


def write(survey: Mapping[str, Any], language: str, words: Callable[[str], str] = str) -> str:
    """The file. `words` translates the reasons why something was left out."""
    parts = [_comment(words_in(survey.get("title"), language))]
    for one in asked_in(survey, language):
        parts.append(_left_out(one, words) if isinstance(one, LeftOut) else _question(one))
    return "\n\n".join(part for part in parts if part) + "\n"


def _comment(text: str) -> str:
    return "\n".join(f"// {line}" for line in text.split("\n")) if text else ""


def _left_out(one: LeftOut, words: Callable[[str], str]) -> str:
    return _comment(f"{one.key}: {one.text}\n({words(one.reason)})")


def _escaped(text: str) -> str:
    return _SIGNS.sub(lambda match: "\\" + match[0], text).replace("\n", "\\n")


def _inner(text: str) -> str:
    """A text behind a sign; what would be read as something else at its start is guarded by the name of its format."""
    return ("[plain]" if _READ_OTHERWISE.match(text) else "") + _escaped(text)


def _question(one: Asked) -> str:
    lines = [f"::{_escaped(one.key)}::[plain]{_escaped(one.text)} {{{_opening(one)}", *_options(one)]
    if one.explanation:
        lines.append(f"\t####{_inner(one.explanation)}")
    return lines[0] + "}" if len(lines) == 1 else "\n".join([*lines, "}"])


def _opening(one: Asked) -> str:
    if one.type == "number":
        return f"#{one.min}..{one.max}"
    return "=*" if one.type == "short-text" else ""


def _options(one: Asked) -> list[str]:
    """The options, one a line: the right one with =, or, where several may be chosen, each with the share that it counts."""
    rights = sum(right for _text, right in one.options)
    if one.type == "single" and rights <= 1:
        return [f"\t{'=' if right else '~'}{_inner(text)}" for text, right in one.options]
    share = f"{100 / rights:.5f}".rstrip("0").rstrip(".") if rights else "0"
    signs = {True: f"~%{share}%", False: f"~%-{share}%" if rights else "~%0%"}
    return [f"\t{signs[right]}{_inner(text)}" for text, right in one.options]
