"""What is written in which script: Serbian in Cyrillic without look-alike letters, English in Latin."""

import re
from collections.abc import Iterator
from dataclasses import replace

from lms.content.faults import Fault
from lms.content.markdown import CITATION
from lms.content.outline import Outline
from lms.content.pack import Pack, texts_in
from lms.content.shapes import Place
from lms.content.yaml import Map, Seq
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


def words(pack: Pack) -> Iterator[Fault]:
    """Look-alike letters anywhere; warnings for Latin words in Serbian and for English that was not translated."""
    for file, document in pack.documents():
        yield from words_of(document, file)
    for (_key, language), outline in pack.outlines.items():
        yield from _page(outline, language)
    drawings = {file: text for file, text in pack.files.items() if file.startswith("figures/")}
    for file, drawing in drawings.items():
        for number, typed in enumerate(drawing.split("\n"), start=1):
            yield from _mixed(typed, Place(file, number))


def words_of(document: Map | Seq, file: str) -> Iterator[Fault]:
    """The same in the texts of one YAML document."""
    for text, place in texts_in(document, Place(file, 1)):
        yield from _in_serbian(text["sr"], place.inside(text, "sr"))
        yield from _mixed(text["en"], place.inside(text, "en"))
        yield from _in_english(text["en"], place.inside(text, "en"))


def _page(outline: Outline, language: str) -> Iterator[Fault]:
    file = outline.page.file
    for text, line in outline.texts():
        yield from _in_serbian(text, Place(file, line)) if language == "sr" else _mixed(text, Place(file, line))
    if language == "en":  # judged as a whole: a glossary names Serbian words too
        yield from _in_english(" ".join(text for text, _line in outline.texts()), Place(file, 1, "page"))


def _in_serbian(text: str, place: Place) -> Iterator[Fault]:
    yield from _mixed(text, place)
    bare = _AS_IT_IS.sub(" ", CITATION.sub(" ", text))
    if (strange := _LATIN.findall(bare)) and place.file != FULL_OF_NAMES:
        message = f"has Latin words in a Serbian text: {', '.join(dict.fromkeys(strange))[:80]}"
        yield _warning(place.fault(message, "write them in Cyrillic, unless they are names written so"))


def _in_english(text: str, place: Place) -> Iterator[Fault]:
    if len(_CYRILLIC.findall(text)) > len(_LETTER.findall(text)) / 2:
        yield _warning(place.fault("is in Cyrillic, but stands for English", "translate it"))


def _warning(fault: Fault) -> Fault:
    return replace(fault, warning=True)


def _mixed(text: str, place: Place) -> Iterator[Fault]:
    for word in mixed_script_words(text):
        shown = "".join(f"[{letter}]" if letter.isascii() else letter for letter in word)
        yield place.fault(
            f"mixes scripts in the word {word} (Latin letters in brackets: {shown})",
            "type the word anew on one keyboard",
        )
