"""A text with what was taken out of it and what was put in. Pure; safe to print."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from markupsafe import Markup

ANOTHER = 0.3  # of the words: below it the two texts are shown one after the other, not word by word
_WORD = re.compile(r"[^\W_]+|\s+|[^\w\s]|_+")


def marked(before: str, after: str, taken_out: str, put_in: str) -> Markup:
    """Both texts in one, with <del> and <ins>. `taken_out` and `put_in` say so to those who cannot see the marks."""
    parts = ((sign, text) for sign, text in _parts(before, after) if text)
    return Markup("").join(_printed(sign, text, taken_out, put_in) for sign, text in parts)


def _printed(sign: str, text: str, taken_out: str, put_in: str) -> Markup:
    if sign == "=":
        return Markup("{}").format(text)
    tag, word = ("del", taken_out) if sign == "-" else ("ins", put_in)
    whole = Markup('<{0}><span class="vh">{1} </span>{2}</{0}>')
    return whole.format(Markup(tag), word, text)  # noqa: S704 - one of two words of ours


def _parts(before: str, after: str) -> Iterator[tuple[str, str]]:
    """Pieces of text in order: "=" in both, "-" only before, "+" only after."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    matcher = SequenceMatcher(
        str.isspace, old, new, autojunk=False
    )  # blanks alone are no sign that two places are the same
    if _in_common(old, new) < ANOTHER:
        yield from (("-", before), ("+", after))
        return
    for what, from_old, to_old, from_new, to_new in matcher.get_opcodes():
        if what == "equal":
            yield "=", "".join(old[from_old:to_old])
        else:
            yield "-", "".join(old[from_old:to_old])
            yield "+", "".join(new[from_new:to_new])


def _in_common(old: list[str], new: list[str]) -> float:
    """The share of words that both have, 0 to 1, whatever their order."""
    words = [{word for word in text if word.isalnum()} for text in (old, new)]
    largest = max(map(len, words))
    return len(words[0] & words[1]) / largest if largest else 1.0
