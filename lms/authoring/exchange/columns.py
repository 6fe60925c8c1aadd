"""What the columns of a table of questions hold, by their headings in either script of Serbian or in English."""

import re
from dataclasses import dataclass
from functools import lru_cache

from lms.authoring.exchange.cells import place_of
from lms.serbian import fold

HEADER_WITHIN = 15  # rows from the top
MOST_COLUMNS = 80
LONGEST_HEADING = 80  # folded characters; what is longer is a sentence

IN_LANGUAGES = ("text", "hint", "options", "option", "explanation", "labels", "cannot judge", "finding")
_SERBIAN = r"sr|srp|srpski|srpskom|srpskog|cirilica|cirilici|cir|rs|latinica|latinici|serbian|cyrillic"
_ENGLISH = r"en|eng|engl|engleski|engleskom|engleskog|english"

# Order matters: the first pattern that fits wins. Compared after folding, without the words for a language.
_COLUMNS: tuple[tuple[str, str], ...] = (
    ("number", r"(r ?b(r|roj)?|redni br\w*|r br|br|no|n|num|number|broj)"),
    ("option keys", r"(oznake|kljucevi) (ponudjenih )?(odgovora|opcija)|(option|answer) keys|keys of the answers"),
    ("right", r".*\b(tac(an|ni|no|na)|ispravn\w+|right|correct)\b.*"),
    ("headline", r"glavni podatak|odgovor koji ide u izvestaj|headline|(the )?(reported answer|answer that is reported)"),
    ("finding", r"(nalaz|recenica uz (glavni )?(podatak|udeo)|finding)"),
    ("quote permission", r"(pita )?za dozvolu( za)?( citat\w*| citiranj\w*)?|quote permission|permission( to quote)?|dozvola( za)? citat\w*"),
    ("quote", r"(sme|moze) (da )?(se )?citira\w*|(za )?citat|(may be )?quoted?"),
    ("cannot judge", r"(ne mogu da procenim|izlaz( iz skale)?|odgovor van skale|cannot judge|way out( of the scale)?)"),
    ("labels", r"(oznake|stepeni|nazivi)( skale| stepeni)?|pet stepeni|(scale )?labels|(five )?steps( of the scale)?"),
    ("scale", r"(oznaka |kljuc )?skal[ae]|(which )?scale( key)?"),
    ("type", r"(tip|vrsta|nacin)( pitanja| odgovora| odgovaranja)?|(question |answer |item )?(type|kind)|kako se odgovara|how it is answered"),
    ("required", r"odgovor je obavezan|it must be answered|(mora|obavezno|obavezan)( da se odgovori| pitanje| odgovor)?|required|mandatory|must be answered"),
    ("min", r"najmanj\w+( broj| vrednost)?|min(imum|imalno)?|(smallest|lowest|least)( number)?"),
    ("max", r"najve[cv]\w+( broj| vrednost)?|najvise|max(imum|imalno)?|(largest|highest|most)( number)?"),
    ("module", r"na koji se modul odnosi|which module it measures|(oblast|tema|modul)( koji meri)?|module|topic"),
    ("sources", r"izvor(i)?|sources?"),
    ("certainty", r"pouzdanost|izvesnost|certainty"),
    ("verified on", r"(datum )?(provere|provereno|proveren)( dana)?|verified( on)?|checked( on)?"),
    ("explanation", r"(objasnjenj|obrazlozenj|povratn)\w*( informacija| odgovora)?|explanation|feedback|why( this is right)?|zasto( je( to)? tacno)?"),
    ("hint", r"(pomoc|napomena|uputstvo)( ispod| uz)?( pitanja| pitanje)?|hint|help( below)?( the question)?"),
    ("option", r"((ponudjeni )?odgovor|opcija|mogucnost|answer|option|choice)( ?\d{1,2}| [a-z]| dj)"),
    ("options", r"(ponudjeni )?odgovori( za izbor)?|opcije|mogucnosti|answers( to choose( from)?)?|options|choices"),
    ("key", r"oznaka( pitanja)?|kljuc( pitanja)?|sifra( pitanja)?|(item |question )?(key|id|code)"),
    ("text", r"kako glasi pitanje|the question|(tekst )?(pitanje|pitanja)|tekst|tvrdnja|formulacija|(question|item)( text)?|text|statement"),
)  # fmt: skip


@dataclass(frozen=True)
class Column:
    """What a column holds: its kind, the language of its texts (empty: not said), the number of an option from 1."""

    kind: str
    language: str = ""
    number: int = 0


@lru_cache(maxsize=4096)
def column_of(heading: str) -> Column | None:
    """The column that a `heading` announces; None when it is not known. A word that only an English heading has tells nothing."""
    if heading.strip() in ("#", "№"):
        return Column("number")
    words = fold(heading)
    if not words or len(words) > LONGEST_HEADING:
        return None
    language = (
        "sr" if re.search(rf"\b({_SERBIAN})\b", words) else "en" if re.search(rf"\b({_ENGLISH})\b", words) else ""
    )
    bare = " ".join(re.sub(rf"\b(na )?({_SERBIAN}|{_ENGLISH})( jezik\w*)?\b", " ", words).split())
    for kind, pattern in _COLUMNS:
        if re.fullmatch(pattern, bare):
            number = place_of(_mark(heading)) if kind == "option" else 0
            return Column(kind, language if kind in IN_LANGUAGES else "", number)
    return None


def _mark(heading: str) -> str:
    """The number or the single letter in the heading of an option, in its own script."""
    return next(iter(re.findall(r"\d{1,2}|(?<![^\W_])[^\W\d_](?![^\W_])", heading)), "")


def find_heading(rows: list[list[str]]) -> tuple[int, list[Column | None]] | None:
    """(number of the heading row from 0, its columns): the row among the first that announces most, a question among it."""
    best: tuple[int, int, list[Column | None]] = (0, 0, [])
    for number, row in enumerate(rows[:HEADER_WITHIN]):
        columns = [column_of(cell) for cell in row[:MOST_COLUMNS]]
        known = {column for column in columns if column}
        if any(column.kind == "text" for column in known) and len(known) > best[0]:
            best = (len(known), number, columns)
    return (best[1], best[2]) if best[0] else None


def settle(columns: list[Column | None], language: str) -> list[Column | None]:
    """Each column once; those that do not say their language get `language` if it is free, else the other one."""
    taken = {column for column in columns if column and (column.language or column.kind not in IN_LANGUAGES)}
    settled: list[Column | None] = []
    for column in columns:
        if column and column.kind in IN_LANGUAGES and not column.language:
            other = "en" if language == "sr" else "sr"
            free = (Column(column.kind, code, column.number) for code in (language, other))
            column = next((one for one in free if one not in taken), None)  # noqa: PLW2901  (what it is taken for)
            taken |= {column} if column else set()
        settled.append(column if column not in settled else None)
    return settled


def letters(number: int) -> str:
    """How a table calls its column `number` from 0: A, Z, AA."""
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name
