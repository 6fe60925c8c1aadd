"""What is written in which script: Serbian in Cyrillic without look-alike letters, English in Latin."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from lms.content.faults import N_, Fault
from lms.content.markdown import CITATION
from lms.content.outline import Outline
from lms.content.pack import Pack, texts_in
from lms.content.place import Place
from lms.content.yaml import Map
from lms.serbian import mixed_script_words

# Addresses, e-mails, files, placeholders, links' targets and code are written as they are.
_AS_IT_IS = re.compile(
    r"https?://\S+|www\.\S+|\S+@\S+|\b[\w-]+\.(?:rs|com|org|net|eu|int|svg)\b\S*|\{\w*\}|\]\([^)]*\)|`[^`]*`"
)
_LATIN = re.compile(
    r"(?<![A-Za-zÀ-ɏ])[a-zà-öø-ɏ][A-Za-zÀ-ɏ]+"
)  # a word in small letters: names and abbreviations are not
_CYRILLIC, _LETTER = re.compile("[Ѐ-ӿ]"), re.compile(r"[^\W\d_]")
FULL_OF_NAMES = "sources.yaml"  # of sites, publishers and titles
MOST_SHOWN = 8  # words in a sentence
TEXTS_REMEMBERED = 8192  # a long case has about 2,000; between two checks of a draft nearly all stay as they were


def words(pack: Pack) -> Iterator[Fault]:
    """Look-alike letters anywhere; warnings for Latin words in Serbian and for English that was not translated."""
    for file, document in pack.documents():
        yield from words_of(texts_in(document, Place(file, 1)))
    for (_key, language), outline in pack.outlines.items():
        yield from _page(outline, language)
    drawings = {file: text for file, text in pack.files.items() if file.startswith("figures/")}
    for file, drawing in drawings.items():
        for number, typed in enumerate(drawing.split("\n"), start=1):
            yield from _mixed(typed, Place(file, number))


def words_of(texts: Iterable[tuple[Map, Place]]) -> Iterator[Fault]:
    """The same in texts in both languages."""
    for text, place in texts:
        yield from _in_serbian(text["sr"], place.inside(text, "sr"))
        yield from _mixed(text["en"], place.inside(text, "en"))
        yield from _in_english(text["en"], place.inside(text, "en"))


def _page(outline: Outline, language: str) -> Iterator[Fault]:
    file = outline.page.file
    for text, line in outline.texts():
        yield from _in_serbian(text, Place(file, line)) if language == "sr" else _mixed(text, Place(file, line))
    if language == "en":  # judged as a whole: a glossary names Serbian words too
        yield from _in_english(" ".join(text for text, _line in outline.texts()), Place(file, 1))


def _in_serbian(text: str, place: Place) -> Iterator[Fault]:
    yield from _mixed(text, place)
    if (strange := _latin_words(text)) and place.file != FULL_OF_NAMES:
        message = N_("There are words in Latin letters in the Serbian text: %(words)s")
        advice = N_("Write them in Cyrillic, unless they are names that are written so.")
        yield place.fault(message, advice, words=strange).as_warning()


@lru_cache(maxsize=TEXTS_REMEMBERED)
def _latin_words(text: str) -> tuple[str, ...]:
    bare = _AS_IT_IS.sub(" ", CITATION.sub(" ", text))
    return tuple(dict.fromkeys(_LATIN.findall(bare)))[:MOST_SHOWN]


def _in_english(text: str, place: Place) -> Iterator[Fault]:
    if _is_cyrillic(text):
        message = N_("The English text is written in Cyrillic.")
        yield place.fault(message, N_("Translate it into English.")).as_warning()


@lru_cache(maxsize=TEXTS_REMEMBERED)
def _is_cyrillic(text: str) -> bool:
    return len(_CYRILLIC.findall(text)) > len(_LETTER.findall(text)) / 2


def _mixed(text: str, place: Place) -> Iterator[Fault]:
    for word in _mixed_words(text):
        shown = "".join(f"[{letter}]" if letter.isascii() else letter for letter in word)
        message = N_(
            "The word “%(word)s” mixes letters of both scripts that look alike; the Latin ones are in brackets: %(shown)s"
        )
        yield place.fault(message, N_("Type the whole word again on one keyboard."), word=word, shown=shown)


@lru_cache(maxsize=TEXTS_REMEMBERED)
def _mixed_words(text: str) -> tuple[str, ...]:
    return tuple(mixed_script_words(text))
