"""Search in the pages of a course: in memory, blind to script, accents and, mostly, to the endings of words."""

import html
import re
from dataclasses import dataclass
from functools import lru_cache

from lms.content.course import Course
from lms.content.render import render_page
from lms.serbian import fold

AROUND = 12  # words of an excerpt on either side of the first find
IN_PAGE_TITLE, IN_SECTION_TITLE, MOST_IN_TEXT = 20, 10, 5  # what a find is worth; in the text, one each up to the most
_SILENT = re.compile(r"<(svg|sup)\b.*?</\1>|<[^>]*>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Hit:
    """A section in which everything was found; `key` is its page, `section` its address there."""

    key: str
    section: str
    page_title: str
    section_title: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class _Entry:
    key: str
    section: str
    titles: tuple[str, str]  # of page and section
    folded_titles: tuple[list[str], list[str]]
    words: list[str]
    folded: list[list[str]]  # beside each word; „СМС-ом” folds to two

    def places(self, stem: str) -> list[int]:
        """Where in the text a word begins with `stem`."""
        return [place for place, folded in enumerate(self.folded) if any(part.startswith(stem) for part in folded)]

    def worth(self, stem: str) -> int:
        """How well the section answers to `stem`; 0 is not at all."""
        values = zip((IN_PAGE_TITLE, IN_SECTION_TITLE), self.folded_titles, strict=True)
        titles = sum(value for value, title in values if any(word.startswith(stem) for word in title))
        return titles + min(MOST_IN_TEXT, len(self.places(stem)))


def search(course: Course, query: str, locale: str, limit: int = 20) -> list[Hit]:
    """The sections that have every word of `query`, the best first. Needs an application context."""
    stems = [_stem(word) for word in fold(query).split() if len(word) > 1][:8]
    found = []
    for entry in _index(course, locale) if stems else ():
        worth = [entry.worth(stem) for stem in stems]
        if all(worth):
            found.append((sum(worth), entry))
    best = sorted(found, key=lambda scored: -scored[0])[:limit]
    return [Hit(entry.key, entry.section, *entry.titles, _excerpt(entry, stems)) for _worth, entry in best]


def _stem(word: str) -> str:
    """Without the last letters, where Serbian has its endings: „индикатора” finds „индикатори”."""
    return word[: max(4, len(word) - 2)]


@lru_cache(maxsize=64)
def _index(course: Course, locale: str) -> list[_Entry]:
    entries = []
    for page in (*(module.page for module in course.modules), *course.library):
        rendered = render_page(course, page.key, locale)
        for section in rendered.sections:
            words = html.unescape(_SILENT.sub(" ", section.html)).split()
            titles = (rendered.title, section.title)
            folded_titles = (fold(rendered.title).split(), fold(section.title).split())
            folded = [fold(word).split() for word in words]
            entries.append(_Entry(page.key, section.id, titles, folded_titles, words, folded))
    return entries


def _excerpt(entry: _Entry, stems: list[str]) -> str:
    first = next((place for stem in stems for place in entry.places(stem)), 0)
    start, end = max(0, first - AROUND), first + AROUND
    text = " ".join(entry.words[start:end])
    return ("… " if start else "") + text + (" …" if end < len(entry.words) else "")
