"""Texts of pages that are written in one language only, or that nobody has written yet."""

from collections.abc import Iterator
from functools import lru_cache

from lms.content.faults import N_, Fault, fault_at
from lms.content.outline import PageFile
from lms.content.pack import Pack
from lms.content.page_document import NOT_WRITTEN
from lms.content.page_pieces import Piece, pieces
from lms.content.page_shapes import TEXT
from lms.content.shapes import NO_ENGLISH, NO_SERBIAN, NOTHING_WRITTEN

Stretch = tuple[str, Piece | None]  # the kind of a heading or fence, and the text below it


def untranslated(pack: Pack) -> Iterator[Fault]:
    """Told where the text stands, or should stand."""
    for key, language in pack.pages:
        if language == "sr" and (key, "en") in pack.pages:
            yield from _one_page(pack.pages[key, "sr"], pack.pages[key, "en"])


def _one_page(serbian: PageFile, english: PageFile) -> Iterator[Fault]:
    ours, theirs = _stretches(serbian.body), _stretches(english.body)
    if [kind for kind, _text in ours] != [kind for kind, _text in theirs]:
        return  # that is told where the languages are compared
    for (_kind, sr), (_same, en) in zip(ours, theirs, strict=True):
        for text, page in ((sr, serbian), (en, english)):
            if text and text.content == NOT_WRITTEN:
                advice = N_("Write it in Serbian Cyrillic and in English.")
                yield fault_at(page.file, page.body_line + text.line, NOTHING_WRITTEN, advice)
        if sr and not en:
            yield fault_at(serbian.file, serbian.body_line + sr.line, NO_ENGLISH, N_("Translate it into English."))
        if en and not sr:
            advice = N_("Write it in Serbian Cyrillic; the Latin is made from it.")
            yield fault_at(english.file, english.body_line + en.line, NO_SERBIAN, advice)


@lru_cache(maxsize=128)
def _stretches(body: str) -> tuple[Stretch, ...]:
    found: list[Stretch] = [("", None)]
    for piece in pieces(body):
        if piece.kind == TEXT:
            found[-1] = (found[-1][0], piece)
        else:
            found.append((piece.kind, None))
    return tuple(found)
