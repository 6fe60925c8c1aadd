"""Finds street addresses with a house number, in Serbian of both scripts and in English. Names of people are not looked for.

A number alone, a street alone and what is only counted („на путу 12 минута”, „на тргу Републике 12 људи”) are no address.
"""

import re
from collections.abc import Iterator

from lms.serbian import fold

_SPACE = "[ \u00a0]"
_LETTER = "[абвгдђежАБВГДЂЕЖa-fA-F]"  # of a house: 12а
_CAPITAL = r"[^\W\d_a-zа-џčćžšđ]"
_MOST_NAMES = 6  # words of the name of a street
_STREET = re.compile(
    r"""(?<![\w@])(?:
      (?P<short>(?:ул|ul|бул|bul)\.)
    | (?P<way>пут[ау]?|put[au]?|(?P<by>путем|putem))
    | (?:улиц|ulic)(?:[аеиуо]|[aeiuo]|ом|om|ама|ama) | ул | ul
    | (?:булевар|bulevar)(?:[ауеи]|[auei]|ом|om|има|ima)?
    | (?:трг|trg)(?:[ауе]|[aue]|ом|om|ови|ovi)?
    | (?:кеј|kej)(?:[ауе]|[aue]|ом|om|ем|em)?
    | (?:авениј|avenij)(?:[аеиуо]|[aeiuo]|ом|om)
    | (?:сокак|sokak)(?:[ау]|[au]|ом|om)?
    | (?:шеталишт|[sš]etali[sš]t)(?:[еау]|[eau]|ем|em)
    | (?:венац|venac|вен[цч]|ven[cč])(?:[ауе]|[aue]|ем|em)?
    )(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
_HOUSE = re.compile(
    rf"""{_SPACE}{{0,2}}[„“”"»«']?{_SPACE}{{0,2}}
    (?:,?{_SPACE}{{0,2}}\b(?i:бр\.|br\.|no\.|(?:бр|br|број[ау]?|broj[au]?|no|number)(?!\w)){_SPACE}{{0,2}})?
    (?<!\w)(?:\d{{1,3}}{_LETTER}?(?:[/–-]\d{{1,3}}{_LETTER}?)?|бб|bb|ББ|BB)
    (?![\w%‰])(?![.,:/–-]\w)(?!\.{_SPACE}[a-zа-џčćžšđ\d])(?!{_SPACE}?[%‰°–-]{_SPACE}?\d)(?!{_SPACE}[%‰°])""",
    re.VERBOSE,
)
_NEXT = re.compile(rf"(\.?){_SPACE}{{1,2}}([^\W\d_]{{1,30}})")
_NAME = re.compile(rf"{_SPACE}{{0,2}}[„“”\"»']?(?<!\w)([^\W\d_]{{1,30}}(?:[-’'][^\W\d_]{{1,30}})?)(\.|(?!\w))")
_DAY = re.compile(
    rf"{_SPACE}{{0,2}}[„“”\"»']?(?<!\w)\d{{1,2}}\.{_SPACE}?([^\W\d_]{{2,12}})(?!\w)"
)  # 7. јула, 12. фебруар
_MONTHS = (
    "januar", "februar", "mart", "april", "maj", "jun", "jul", "avgust", "septemb", "oktob", "novemb", "decemb",
)  # fmt: skip
# words of the names of streets that are written with a small letter; all words here are as `fold` gives them
_TITLES = (
    " kralja kraljice kneza kneginje knjeginje cara carice vojvode brace svetog svete svetih despota djenerala generala majora kapetana"
    " pukovnika vozda hajduka heroja patrijarha vladike majke doktora dr prof profesora sv kraljevica ucitelja serdara hadzi "
)
_SMALL = _TITLES + (
    "oslobodjenja oslobodenja oslobodilaca republike slobode pobede fasizma zrtava partizana partizanska proleterskih proletera ustanka mira narodnog narodnih"
    " palih boraca ratnika junaka ujedinjenja ujedinjenih nacija jedinstva bratstva revolucije pionira omladinskih brigada brigade solidarnosti"
    " prvog maja jula i srpskih srpske vladara solunskih dobrovoljaca djaka cvijica umetnosti nauke prijateljstva kosovskih odreda divizije"
    " armije bataljona "
)
_NEVER = (
    " u na za sa s do od kod iz po se je su da ali pa te sto koja koji gde kad in at on and for "  # in no name here
)
_COUNTED = (
    "minut", "sat", "cas", "nedelj", "mesec", "godin", "ljud", "osob", "zen", "muskar", "decak", "devoj", "momak", "momk", "momc", "mladi",
    "polic", "kilom", "metar", "metr", "dinar", "evr", "eur", "procen", "odsto", "stanov", "volont", "ucesn", "zrtv", "sluc", "radni",
    "migran", "korisn", "vozil", "kuc", "lokal", "minute", "hour", "week", "month", "year", "people", "person", "child", "wom", "girl",
    "boy", "victim", "officer", "kilomet", "met", "percent", "time", "worker", "case", "police", "dete", "dece", "putnik", "gradj", "mesta",
)  # fmt: skip
_COUNTED_WHOLE = " dan dana dani day days deca km m h put puta men man rsd am pm "
_ADJECTIVE = re.compile(r"\w{2,}(?:[sc]k|[eo]v|in|n)(?:a|e|i|oj|u|om|og|oga|im|em)?")
_ADJECTIVE_OF_WAY = re.compile(r"\w{3,}[sc]k(?:i|og|oga|om|ome|im)")
_PRONOUN = re.compile(r"(?:ov|on|njegov|njihov|njen|jedn|svak|nasa|vas|nijedn|sredin|strana)\w{0,3}")


def streets(text: str) -> Iterator[tuple[int, int]]:
    """Where in `text` a street and the number of a house stand."""
    for word in _STREET.finditer(text):
        if span := _before_its_name(text, word) or _after_its_name(text, word):
            yield span
    yield from _with_a_flat(text)
    yield from _in_english(text)


def name_of(text: str) -> str:
    """An address without the word for the street, to compare two of them in any case and script."""
    return fold(_STREET.sub(" ", text))


def _house(text: str, at: int) -> int | None:
    """Where the number of a house ends that stands here, or nothing."""
    if not (house := _HOUSE.match(text, at)):
        return None
    following = _NEXT.match(text, house.end())
    if not following:
        return house.end()
    word = fold(following[2])
    if following[1]:  # „3. маја” or the end of a sentence
        return None if word.startswith(_MONTHS) else house.end()
    return None if f" {word} " in _COUNTED_WHOLE or word.startswith(_COUNTED) else house.end()


def _before_its_name(text: str, street: re.Match[str]) -> tuple[int, int] | None:
    """„улици Краља Петра 12”, „Трг 14. октобра 3”, „ул. петра петровића бб”."""
    if street["by"]:  # „путем”: mostly „by means of”
        return None
    at, before, names = street.end(), "", 0
    while names < _MOST_NAMES:
        if names >= (2 if street["way"] else 1) and before != "i" and (end := _house(text, at)):
            return street.start(), end
        day = _DAY.match(text, at)
        if day and fold(day[1]).startswith(_MONTHS):
            at, before = day.end(), "day"
        elif (name := _NAME.match(text, at)) and _may_be_named(name, before, bool(street["short"])):
            at, before = name.end(), fold(name[1])
        else:
            return None
        names += 1
    return (street.start(), end) if (end := _house(text, at)) else None


def _may_be_named(name: re.Match[str], before: str, surely: bool) -> bool:
    """A word of the name of a street: with a capital, or one of those that are often in such names."""
    word = fold(name[1])
    if name[2] and len(word) > 4:  # the end of a sentence
        return False
    if f" {word} " in _NEVER or (word == "i" and not before):
        return False
    return surely or name[1][0].isupper() or f" {word} " in _SMALL or f" {before} " in _TITLES


_LAST_NAME = re.compile(rf"(?<!\w)([^\W\d_]{{4,30}}){_SPACE}$")


def _after_its_name(text: str, street: re.Match[str]) -> tuple[int, int] | None:
    """„Његошева улица 12”, „Зрењанински пут 12”."""
    lead = max(0, street.start() - 32)
    name = _LAST_NAME.search(text[lead : street.start()])
    if not name or not name[1][0].isupper():
        return None
    word, shape = fold(name[1]), _ADJECTIVE_OF_WAY if street["way"] else _ADJECTIVE
    end = _house(text, street.end()) if shape.fullmatch(word) and not _PRONOUN.fullmatch(word) else None
    return (lead + name.start(), end) if end else None


# ---- without the word for a street -----------------------------------------------------------------------------------

_FLOOR = r"(?:стан[ау]?|stan[au]?|спрат[ау]?|sprat[au]?|улаз[ау]?|ulaz[au]?|апартман[ау]?|apartman[au]?|flat|apartment|floor|entrance)"
_WHICH = (
    r"(?:\d{1,2}\.|[IVX]{1,4}\.?|(?:прв|друг|тре[ћ]|четврт|пет|шест|седм|осм|prv|drug|tre[cć]|[cč]etvrt|pet|[sš]est|sedm|osm)\w{1,3}"
    r"|first|second|third|fourth|fifth)"
)
_FLAT = re.compile(
    rf"""(?<![\w.,:/–-])\d{{1,3}}{_LETTER}?(?:[/–-]\d{{1,3}})?,?{_SPACE}(?:[уuнаna]{{1,2}}{_SPACE})?(?:
      {_FLOOR}{_SPACE}(?:(?:бр|br|no)\.?{_SPACE}?|(?:број|broj|number){_SPACE})?(?:\d{{1,3}}|[IVX]{{1,4}})
    | {_WHICH}{_SPACE}{_FLOOR}
    | приземље|prizemlje
    )(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
_NAMES = re.compile(rf"(?:(?<!\w)[^\W\d_]{{1,30}}\.?{_SPACE}){{1,4}}$")
_ROOM = (
    "sal", "sob", "kancelarij", "zgrad", "grup", "tim", "ekip", "ucionic", "clan", "tack", "modul", "radionic", "tabel", "slik", "stran",
    "broj", "blok", "lamel", "sprat", "ulaz", "stan", "faz", "dan", "korak", "room", "floor", "hall", "group", "team", "vagon", "pitanj",
    "sesij", "prostorij", "odeljenj", "paviljon", "objek", "article", "module", "page", "section", "chapter", "step", "table", "figure",
    "ukupno", "ima", "day", "building", "block", "kut", "karton", "primer", "zadat", "scen", "exercise", "case", "slucaj", "vezb",
)  # fmt: skip


def _with_a_flat(text: str) -> Iterator[tuple[int, int]]:
    """„Cara Dušana 5, stan 4”: no word for the street, but one for a part of the house."""
    for house in _FLAT.finditer(text):
        lead = max(0, house.start() - 80)
        if not (names := _NAMES.search(text[lead : house.start()])):
            continue
        start, sure, last = house.start(), False, ""
        for name in reversed(list(re.finditer(r"[^\W\d_]+", names[0]))):
            capital, word = name[0][0].isupper(), fold(name[0])
            if not capital and f" {word} " not in _SMALL:
                break
            last = last or word
            start, sure = lead + names.start() + name.start(), sure or (capital and len(word) > 3)
        if sure and not last.startswith(_ROOM):
            yield start, house.end()


_ENGLISH = r"(?:Street|St|Road|Rd|Avenue|Ave|Boulevard|Blvd|Square|Sq|Lane|Drive|Quay|Embankment)"
_NUMBER_FIRST = re.compile(
    rf"(?<![\w.,:/–-])\d{{1,3}}[a-f]?{_SPACE}(?:{_CAPITAL}[\w'’-]{{1,30}}{_SPACE}){{1,4}}{_ENGLISH}(?!\w)"
)
_NUMBER_LAST = re.compile(
    rf"(?<!\w)(?:{_CAPITAL}[\w'’-]{{1,30}}{_SPACE}){{1,3}}(?:Street|Road|Avenue|Boulevard|Square)(?!\w)"
)
_ENGLISH_MONTHS = (*_MONTHS, "january", "february", "march", "may", "june", "july", "august", "oct")


def _in_english(text: str) -> Iterator[tuple[int, int]]:
    """“12 King Peter Street”, “King Peter Street 12”."""
    for house in _NUMBER_FIRST.finditer(text):
        before = _LAST_NAME.search(text[max(0, house.start() - 32) : house.start()])
        after = _NEXT.match(text, house.end())
        called = (before and fold(before[1]).startswith(_ROOM)) or (after and fold(after[2]).startswith(_COUNTED))
        if not called and not _is_date(house[0]):
            yield house.span()
    for street in _NUMBER_LAST.finditer(text):
        if end := _house(text, street.end()):
            yield street.start(), end


def _is_date(address: str) -> bool:
    """“On 12 May Street workers met”."""
    return fold(address.split()[1]).startswith(_ENGLISH_MONTHS)
