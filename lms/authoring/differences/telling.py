"""Differences in the reader's language: by parts of the course, each with a sentence that sums it up, and every change with both texts."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from markupsafe import Markup, escape

from lms.authoring import documents, words
from lms.authoring.differences.counting import counted
from lms.authoring.differences.marking import marked
from lms.authoring.differences.pieces import Piece, in_order
from lms.authoring.differences.saying import Sayer, Spot, label, titled
from lms.authoring.differences.trees import COMMENT, MISSING, Group, Tree
from lms.authoring.forms.choices import called, title_of
from lms.content.files import Files
from lms.content.page_shapes import TEXT
from lms.language import HTML_LANG, current, gettext
from lms.ui import N_

MOST_LINES = 40  # of something long that is wholly new or gone
DOCUMENTS = ("page", "case", "survey")
DONE = {"added": N_("added"), "removed": N_("removed"), "changed": N_("changed"), "moved": N_("other order")}
ONE_OF_EACH = {
    "course.yaml": N_("The course and its programme"),
    "sources.yaml": N_("Sources"),
    "certificate.yaml": N_("Wording of the certificate"),
}
LANGUAGE_NAMES = {"sr": N_("Serbian"), "sr_Latn": N_("Serbian"), "en": N_("English")}


@dataclass(frozen=True)
class Told:
    """One text of a change, with what was taken out and put in. `language` says which, where both languages have changed."""

    language: str
    lang: str  # of HTML
    text: Markup
    whole: str = ""  # "added" or "removed" when there is nothing but that


@dataclass(frozen=True)
class Change:
    """One change in words: where in its part, what was done, and the texts."""

    id: str
    kind: str  # added, removed, changed, moved
    done: str
    where: tuple[str, ...]
    texts: tuple[Told, ...]


@dataclass(frozen=True)
class Part:
    """A part of the course with its changes; `summed` says how many of what."""

    path: str
    title: str
    summed: str
    changes: tuple[Change, ...]

    @property
    def sentence(self) -> str:
        """The part and its changes in one sentence."""
        return gettext(N_("%(part)s – %(changes)s."), part=self.title, changes=self.summed)


def tell(pieces: Iterable[Piece], before: Files, after: Files) -> list[Part]:
    """The differences between two states of a course, by its parts."""
    found: dict[str, list[Piece]] = {}
    for piece in pieces:
        found.setdefault(piece.path.removesuffix(COMMENT), []).append(piece)
    return [_part(path, found[path], before, after) for path in sorted(found, key=in_order)]


def _part(path: str, pieces: Sequence[Piece], before: Files, after: Files) -> Part:
    teller = Teller(path, before, after)
    changes = tuple(teller.change(piece) for piece in pieces)
    return Part(path, part_title(path, *teller.packs), teller.summed(pieces), changes)


def part_title(path: str, *packs: Files) -> str:
    """A document by its kind and name."""
    kind = documents.kind_of(path)
    if kind is None:
        name = path.rpartition("/")[2]
        return (
            gettext(N_("Figure %(name)s"), name=name)
            if path.startswith("figures/")
            else gettext(N_("File %(name)s"), name=path)
        )
    if path in ONE_OF_EACH:
        return gettext(ONE_OF_EACH[path])
    files = next((files for files in packs if any(file in files for file in documents.files_of(path))), packs[0])
    return gettext(N_("%(kind)s “%(name)s”"), kind=gettext(words.KINDS[kind.name].one), name=title_of(files, path))


class Teller:
    """Says the changes of one document."""

    def __init__(self, path: str, before: Files, after: Files, ours: Files | None = None) -> None:
        self.path = path
        self.packs = (after, before) if ours is None else (after, ours, before)
        self.sayer = Sayer(path, *self.packs)
        kind = documents.kind_of(path)
        plain = "figure" if path.startswith("figures/") else "file"
        self.top = Spot(kind.name, "", kind.shape) if kind else Spot(plain)

    def change(self, piece: Piece, before: Tree = None, after: Tree = None) -> Change:
        """One change in words; between other states of it than `base` and `theirs` when they are given."""
        before, after = (piece.base, piece.theirs) if before is None else (before, after)
        where, spot = self._way(piece)
        texts = self._order(piece, before, after) if piece.kind == "moved" else self._texts(spot, before, after)
        kind = piece.kind if piece.kind == "moved" else _kind_of(before, after)
        return Change(piece.id, kind, gettext(DONE[kind]), tuple(where), tuple(texts))

    def summed(self, pieces: Sequence[Piece]) -> str:
        """How many of what have changed, been added and removed."""
        counts: dict[str, Counter[str]] = {}
        for piece in pieces:
            done, kind = self.counts_as(piece)
            counts.setdefault(done, Counter())[kind] += 1
        said = []
        for done in ("changed", "added", "removed"):
            if kinds := counts.get(done):
                things = ", ".join(counted(kind, number) for kind, number in kinds.items())
                said.append(gettext(N_("%(done)s: %(things)s"), done=gettext(DONE[done]), things=things))
        return "; ".join(said)

    def counts_as(self, piece: Piece) -> tuple[str, str]:
        """What a summary counts a change as: what was done, and to what."""
        spot = self._way(piece)[1]
        if piece.kind == "moved":
            return "changed", "order"
        if not piece.way or piece.way[-1].record is not None:
            return piece.kind, spot.kind
        value = piece.base if piece.theirs is MISSING else piece.theirs
        return "changed", "words" if _has_words(value) else "value"

    def _way(self, piece: Piece) -> tuple[list[str], Spot]:
        """The way to a piece in names, and what stands there."""
        spot, where, heading = self.top, [], None
        if piece.path.endswith(COMMENT):
            return [gettext(N_("Remark at the head of the file"))], Spot("file")
        steps = piece.way
        for number, step in enumerate(steps):
            if step.record is None:
                within = spot
                spot = spot.inside(step.name, None)
                if within.kind == TEXT:
                    continue
                followed = number + 1 < len(steps) and steps[number + 1].record is not None
                if not followed:
                    where.append(label(spot) or self.sayer.names.get(step.name, step.name))
                continue
            spot = spot.member(step.record)
            if step.under is not None and step.under is not step.record.get("title") and step.under != heading:
                where.append(titled("section", {"title": step.under}))
            where.append(gettext(N_("Paragraph")) if spot.kind == TEXT else titled(spot.kind, step.record))
        return where, spot

    def _texts(self, spot: Spot, before: Tree, after: Tree) -> Iterator[Told]:
        """The value before and after in one: in the reader's language, and in the other where that has changed too."""
        if not spot.name and (isinstance(before, str) or isinstance(after, str)):
            return  # a drawing, or a file that cannot be read: there are no words to show
        states = [_front(value, spot) for value in (before, after)]
        first = current()
        said = {language: self._said(spot, states, language) for language in (first, "sr" if first == "en" else "en")}
        shown = [language for language, (old, new) in said.items() if old != new]
        if len(set(said.values())) == 1 or MISSING in states:
            shown = shown[:1]
        for language in shown:
            name = gettext(LANGUAGE_NAMES[language]) if shown != [first] else ""
            yield _told(name, language, *said[language])

    def _said(self, spot: Spot, states: Sequence[Tree], language: str) -> tuple[str, ...]:
        """Both states in words; what is wholly new or gone, and long, is cut."""
        lines = [self.sayer.lines(value, spot, language) for value in states]
        most = None if all(lines) else MOST_LINES
        return tuple("\n".join(one[:most] + ["…"] * (most is not None and len(one) > most)) for one in lines)

    def _order(self, piece: Piece, before: Sequence[str], after: Sequence[str]) -> Iterator[Told]:
        """Where the members that were moved stand now."""
        blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
        stayed = {name for block in blocks for name in before[block.a : block.a + block.size]}
        for number, name in enumerate(after):
            if name in stayed:
                continue
            record = called(piece.records[name])
            if number:
                other = called(piece.records[after[number - 1]])
                text = gettext(N_("“%(name)s” stands behind “%(other)s” now"), name=record, other=other)
            else:
                text = gettext(N_("“%(name)s” stands first now"), name=record)
            yield Told("", "", escape(text))


def _told(name: str, language: str, old: str, new: str) -> Told:
    text = marked(old, new, gettext(N_("taken out:")), gettext(N_("put in:")))
    return Told(name, HTML_LANG[language], text, "" if old and new else "added" if new else "removed")


def _front(value: Tree, spot: Spot) -> Tree:
    """What is shown of a value: of a whole document its first words, of a paragraph the text itself."""
    if spot.name or not isinstance(value, Group):
        return value
    if spot.kind == TEXT:
        return value.get("text", MISSING)
    return value.get("summary", value.get("intro", {})) if spot.kind in DOCUMENTS else value


def _kind_of(before: Tree, after: Tree) -> str:
    if before is MISSING:
        return "added"
    return "removed" if after is MISSING else "changed"


def _has_words(value: Tree) -> bool:
    """Whether a value is a text for people, or has one in it."""
    if isinstance(value, Mapping):
        return value.keys() <= {"sr", "en"} or any(map(_has_words, value.values()))
    return isinstance(value, list) and any(map(_has_words, value))
