"""What people write into the cells of a table of questions: kinds of answers, yes and no, marks of right answers, lists, dates."""

import re
from datetime import date

from lms.serbian import AZBUKA, fold

# Compared after folding. „choice” is a question with answers to choose from that does not say how many may be chosen.
_TYPES: tuple[tuple[str, str], ...] = (
    ("single", r"single( choice| answer)?|one( right)?( answer)?( to choose)?|(bira se )?jedan( tacan| ponudjeni)?( odgovor)?|jednostruk\w*( izbor)?|radio"),
    ("multiple", r"multiple( answers?| response)?|several( right)?( answers)?( to choose)?|(bira se )?vise( tacnih| ponudjenih)?( odgovora)?|checkbox(es)?"),
    ("choice", r"multiple choice|multichoice|choice|(visestruki |slozeni )?izbor|ponudjeni odgovori|zaokruzivanje|abc pitalica|mc"),
    ("true-false", r"true( or)? false|tacno( ili)? netacno|truefalse|t f|t n"),
    ("scale", r"(a |five step )?scale( of five steps)?|skala( od (pet|5) stepeni)?|(likertova |petostepena )skala|likert( scale)?|stepen slaganja"),
    ("yes-no", r"yes( or)? no|da( ili)? ne"),
    ("number", r"(a |whole )?number|(ceo )?broj|numeric(al)?|brojcano"),
    ("short-text", r"short( text| answer)|(a )?few words|(a )?word|kratak (tekst|odgovor)|nekoliko reci|rec|jedan red"),
    ("long-text", r"long text|essay|open( text| ended)?|free text|(in )?own words( several lines)?|dug(acak)? (tekst|odgovor)|esej|otvoreno( pitanje)?|otvoren odgovor|slobodan tekst|svojim recima( u vise redova)?"),
)  # fmt: skip
_CERTAINTIES = (
    ("confirmed", r"confirmed.*|potvrdjen\w*.*"), ("general", r"general.*|opst\w*.*"),
    ("dated", r"dated.*|true on a given day.*|vaz\w+ na odredjeni dan.*|datiran\w*"), ("unclear", r"unclear.*|nejasn\w*.*"),
)  # fmt: skip
_YES = {"da", "yes", "y", "x", "1", "true", "tacno", "v", "d", "t"}
_NO = {"ne", "no", "n", "0", "false", "netacno", "f", ""}
_LABEL = re.compile(r"(?:\(?(?:[A-Za-zА-Яа-яЂ-Ћђ-ћ]|\d{1,2})[.)]|[-–—•])\s+")
_STAR = re.compile(r"\*\s*")
_GUARDED = re.compile(r"\\+\*")
MOST_OPTIONS = 20


def read_type(cell: str) -> str | None:
    """The kind of answer that a cell names; `choice` when it does not say how many may be chosen; None: not known."""
    words = fold(cell)
    return next((kind for kind, pattern in _TYPES if re.fullmatch(pattern, words)), None)


def read_certainty(cell: str) -> str | None:
    """The certainty that a cell names, by its key or by its words."""
    words = fold(cell)
    return next((kind for kind, pattern in _CERTAINTIES if re.fullmatch(pattern, words)), None)


def read_truth(cell: str) -> bool | None:
    """„да”, „x”, „1” … as true, „не” or nothing as false; None: neither."""
    if cell.strip() in ("✓", "✔", "+"):
        return True
    if cell.strip() in ("-", "–", "—", "✗"):
        return False
    words = fold(cell)
    return True if words in _YES else False if words in _NO else None


def read_whole(cell: str) -> int | None:
    """A whole number; None: it is none."""
    plain = cell.replace("−", "-").replace(" ", "").removesuffix(",0").removesuffix(".0")
    return int(plain) if re.fullmatch(r"-?\d{1,6}", plain) else None


def read_day(cell: str) -> date | None:
    """A date as a table gives it: 2026-11-22 or 22. 11. 2026."""
    found = re.match(r"(\d{4})-(\d\d)-(\d\d)", cell)
    figures = found.groups() if found else ()
    if not figures and (typed := re.fullmatch(r"(\d{1,2})[./-] ?(\d{1,2})[./-] ?(\d{4})\.?", cell.strip())):
        figures = typed.groups()[::-1]
    try:
        return date(*map(int, figures)) if figures else None
    except ValueError:
        return None


def read_list(cell: str) -> list[str]:
    """Words of a cell that are parted by commas, semicolons, spaces or lines: keys of sources."""
    return [word for word in re.split(r"[\s,;]+", cell.strip().strip("[]")) if word]


def read_lines(cell: str) -> list[str]:
    """The texts of one cell, one a line; in a single line parted by upright strokes or semicolons."""
    lines = [line.strip() for line in cell.split("\n") if line.strip()]
    if len(lines) == 1:
        sign = next((sign for sign in ("|", ";") if sign in lines[0]), None)
        lines = [piece.strip() for piece in lines[0].split(sign) if piece.strip()] if sign else lines
    return lines


def read_options(cell: str) -> list[str]:
    """The options in one cell, without the letters, numbers or dashes that stand before all of them."""
    lines = read_lines(cell)
    labelled = all(_LABEL.match(_STAR.sub("", line, count=1) if line.startswith("*") else line) for line in lines)
    return [_without_label(line) for line in lines] if labelled and len(lines) > 1 else lines


def _without_label(line: str) -> str:
    star = "*" if line.startswith("*") else ""
    return star + _LABEL.sub("", _STAR.sub("", line, count=1) if star else line, count=1)


def read_option(cell: str) -> tuple[str, bool]:
    """(words of an option, whether an asterisk before it marks it as right). `\\*` is an asterisk that belongs to the words."""
    if _GUARDED.match(cell):
        return cell[1:], False
    star = _STAR.match(cell)
    return (cell[star.end() :], True) if star else (cell, False)


def guarded(text: str) -> str:
    """The words of an option so that `read_option` gives them back."""
    return "\\" + text if text.startswith("*") or _GUARDED.match(text) else text


def place_of(mark: str) -> int:
    """Which option a letter or number means, from 1; Cyrillic letters in their own order. 0: none."""
    if re.fullmatch(r"\d{1,2}", mark):
        return int(mark)
    letter = mark.lower()
    if len(letter) == 1 and letter in AZBUKA:
        return AZBUKA.index(letter) + 1
    return ord(letter) - ord("a") + 1 if re.fullmatch("[a-z]", letter) else 0


def read_marks(cell: str, options: list[set[str]]) -> list[int] | None:
    """The places, from 1, of the options that a cell marks as right: by letters, numbers or their own words. None: not understood.

    `options` are the folded words of each option, in every language that the table has.
    """
    marks = [
        mark.strip("().") for mark in re.split(r"[\s,;/+&]+|\b(?:и|i|and)\b(?=\s)", cell) if mark and mark.strip("().")
    ]
    places = [place_of(mark) for mark in marks]
    if places and all(1 <= place <= len(options) for place in places):
        return places
    for pieces in ([cell], cell.split("\n"), cell.split(";")):
        found = [_by_words(piece, options) for piece in pieces if piece.strip()]
        if found and all(found):
            return found
    return None


def _by_words(piece: str, options: list[set[str]]) -> int:
    words = fold(piece)
    return next((place for place, known in enumerate(options, start=1) if words and words in known), 0)
