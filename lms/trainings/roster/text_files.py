"""Text with commas, semicolons or tabs, in whatever encoding a Serbian Excel has left it."""

import codecs
import csv
import re
from collections import Counter

from lms.serbian import mixed_script_words

LETTERS = set(
    "абвгдђежзијклљмнњопрстћуфхцчџшАБВГДЂЕЖЗИЈКЛЉМНЊОПРСТЋУФХЦЧЏШčćžšđČĆŽŠĐ„”“–—’‘…«»§°№€áéíóöüőűÁÉÍÓÖÜŐŰ\u00a0"
)
OLD_ENCODINGS = ("cp1250", "cp1251", "iso8859-2", "iso8859-5")
DELIMITERS = ";,\t|"


def decode(content: bytes) -> str | None:
    """The text of `content`: UTF-8, UTF-16, windows-1250, windows-1251 or their ISO relatives. None: it is not text."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _text_or_none(content, "utf-16")
    sample = content[:4000]
    if sample.count(0) > len(sample) // 5:
        return _text_or_none(content, "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be")
    text = _text_or_none(content, "utf-8-sig")
    if text is not None or sample.count(0):
        return text
    candidates = [text for name in OLD_ENCODINGS if (text := _text_or_none(content, name)) is not None]
    return min(candidates, key=_strangeness, default=None)


def _text_or_none(content: bytes, encoding: str) -> str | None:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    odd = sum(1 for sign in text[:4000] if ord(sign) < 32 and sign not in "\t\r\n\f\x1a")
    return None if odd > len(text[:4000]) // 100 else text


def _strangeness(text: str) -> int:
    """How little `text` looks like Serbian: letters that are not ours, and words that mix scripts."""
    sample = text[:20_000]
    strange = sum(1 for sign in sample if ord(sign) > 127 and sign not in LETTERS)
    return strange + 3 * len(mixed_script_words(sample))


def split_table(text: str, most: int) -> list[list[str]] | None:
    """The rows of `text`, at most `most`; None when it is broken. The delimiter is the one that the lines agree on."""
    text = text.replace("\x1a", "").lstrip("\ufeff")
    said = re.match(r"sep=(.)\r?\n", text)
    if said:
        text, delimiter = text[said.end() :], said[1]
    else:
        delimiter = _delimiter(text)
    try:
        reader = csv.reader(text.splitlines(), delimiter=delimiter)
        return [row for row, _ in zip(reader, range(most), strict=False)]
    except csv.Error:
        return None


def _delimiter(text: str) -> str:
    lines = [line for line in text.splitlines()[:40] if line.strip()]

    def agreement(sign: str) -> int:
        counts = Counter(line.count(sign) for line in lines)
        counts.pop(0, None)
        return max((count * lines_so for count, lines_so in counts.items()), default=0)

    return max(DELIMITERS, key=agreement)
