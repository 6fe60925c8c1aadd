"""Serbian text in two scripts: Cyrillic to Latin, look-alike letters, folding for search, sorting, names.

Pure functions on strings; no web, no database. Latin is always derived from Cyrillic, never the other way round: „nj” may
be њ or нј (инјекција, Тањуг) and no rule can tell. The one exception is a word that mixes both scripts by mistake.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

AZBUKA = [*"абвгдђежзијклљмнњопрстћуфхцчџш"]
LATIN = [*"abvgdđežzijkl", "lj", *"mn", "nj", *"oprstćufhcč", "dž", "š"]  # in the order of AZBUKA
ABECEDA = [*"abcčćd", "dž", *"đefghijkl", "lj", *"mn", "nj", *"opqrsštuvwxyzž"]

_PAIRS: dict[str, str] = dict(zip(AZBUKA, LATIN, strict=True))
_PAIRS |= {letter.upper(): latin.capitalize() for letter, latin in _PAIRS.items()}
_TO_LATIN = str.maketrans(_PAIRS)
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LATIN = re.compile("[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]")
_WORD = re.compile("(?:[^\\W\\d_][\u0300-\u036f]*)+")

# ---- Cyrillic to Latin -------------------------------------------------------------------------------------------------

_CAPITAL, _SMALL = "[\u0400-\u042f]", "[\u0430-\u045f]"
# followed by a capital; or last after one; or a letter of its own between words in capitals
_CAPITAL_DIGRAPH = re.compile(
    f"[ЉЊЏ](?={_CAPITAL})|(?<={_CAPITAL})[ЉЊЏ](?!{_SMALL})|(?<={_CAPITAL} )[ЉЊЏ](?= {_CAPITAL}(?!{_SMALL}))"
)
_MAYBE_KEPT = re.compile(r"[<{@]|%\(|://|www\.|\.срб")
_KEPT = re.compile(
    r"""(
      <!--.*?--> | </?[A-Za-z][^<>]*>                         # HTML
    | \{\{.*?\}\} | \{%.*?%\} | \{[^\s{}]*\} | %\(\w+\)        # placeholders of templates and messages
    | (?<!\w)(?:\w++://|www\.)[^\s<>"„”]+                     # addresses
    | (?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+               # e-mail
    | (?<![\w.-])[\w.-]+\.срб\b[^\s<>"„”]*                    # a Cyrillic domain without a protocol
    )""",
    re.VERBOSE | re.DOTALL,
)


def to_latin(text: str) -> str:
    """`text` with Serbian Cyrillic letters in Latin; everything else as it is.

    A digraph is wholly upper-case only beside another capital: ЉУБЉАНА → LJUBLJANA, Његош → Njegoš, „др Њ. П.” → „dr Nj. P.”.
    Addresses, e-mails, `{placeholders}`, `%(name)s` and HTML tags are left alone.
    """
    if not _CYRILLIC.search(text):
        return text
    if not _MAYBE_KEPT.search(text):
        return _letters(text)
    return "".join(piece if index % 2 else _letters(piece) for index, piece in enumerate(_KEPT.split(text)))


def _letters(text: str) -> str:
    return _CAPITAL_DIGRAPH.sub(lambda match: _PAIRS[match[0]].upper(), text).translate(_TO_LATIN)


_MARKUP = re.compile(
    r"""<!--.*?--> | <!\[CDATA\[.*?\]\]> | <[!?][^>]*>
    | <(?P<raw>script|style)\b.*?</(?P=raw)\s*>
    | <(?P<close>/?)(?P<name>[A-Za-z][^\s/>]*)(?:[^"'>]++|"[^"]*+"|'[^']*+')*+>""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"""(\s)([^\s"'<>/=]+)(\s*=\s*)("[^"]*"|'[^']*'|[^\s"'=<>`]+)""")
_SPOKEN = {"alt", "title", "aria-label", "placeholder"}
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass
class _Region:
    """An element that says itself whether its text changes, until it is closed."""

    name: str
    changes: bool
    open: int = 1  # how many elements of that name are open


def transliterate_html(html: str) -> str:
    """A finished page, fragment or SVG in Cyrillic as the same in Latin.

    Changed are text and the attributes `alt`, `title`, `aria-label`, `placeholder`; `lang="sr-Cyrl"` becomes `sr-Latn`.
    Untouched are elements in another language (a `lang` that is not `sr…`) or with `translate="no"`, what people have typed
    into a `textarea` or an `input`, and scripts. Elements with a `lang` must be closed, as ours are.
    """
    out: list[str] = []
    regions: list[_Region] = []
    position = 0
    for match in _MARKUP.finditer(html):
        changes = not regions or regions[-1].changes
        text, token = html[position : match.start()], match[0]
        position = match.end()
        out.append(to_latin(text) if changes else text)
        name = (match["name"] or "").lower()
        if name and match["close"]:
            _close(regions, name)
        elif name:
            own = _own_language(token)
            if changes if own is None else own:
                token = _ATTRIBUTE.sub(_attribute, token)
            if name not in _VOID and not token.endswith("/>"):
                _open(regions, name, False if name == "textarea" else own)
        out.append(token)
    rest = html[position:]
    out.append(to_latin(rest) if not regions or regions[-1].changes else rest)
    return "".join(out)


def _own_language(tag: str) -> bool | None:
    """Whether the text of this element changes, or None if the element does not say."""
    if "lang" not in tag and "translate" not in tag:
        return None
    found = {match[2].lower(): match[4].strip("\"'").lower() for match in _ATTRIBUTE.finditer(tag)}
    language = found.get("lang", found.get("xml:lang"))
    if found.get("translate") == "no":
        return False
    return None if language is None else language.split("-")[0] == "sr"


def _attribute(match: re.Match[str]) -> str:
    space, name, equals, value = match.groups()
    if name.lower() in _SPOKEN:
        value = to_latin(value)
    elif name.lower() in {"lang", "xml:lang"}:
        value = re.sub("sr-Cyrl", "sr-Latn", value, flags=re.IGNORECASE)
    return f"{space}{name}{equals}{value}"


def _open(regions: list[_Region], name: str, own: bool | None) -> None:
    if own is not None:
        regions.append(_Region(name, own))
    elif regions and regions[-1].name == name:
        regions[-1].open += 1


def _close(regions: list[_Region], name: str) -> None:
    if regions and regions[-1].name == name:
        regions[-1].open -= 1
        if not regions[-1].open:
            regions.pop()


# ---- Look-alike letters ------------------------------------------------------------------------------------------------

# A wrong letter that nobody noticed looks right: „Cубoтица” has a Latin C for С. So in a word whose wrong letters are all
# look-alikes they are read by their looks, in any other („potпадaju”, a keyboard left in Cyrillic) by their sound.
# Latin x and y are not Serbian letters, hence х and у in a Latin word are always h and u.
_LOOKS_LATIN = str.maketrans("аеојкмтрсхуАЕОЈКМТРСХУВН", "aeojkmtpchuAEOJKMTPCHUBH")
_LOOKS_CYRILLIC = str.maketrans("aeojkmtpcxyAEOJKMTPCXYBH", "аеојкмтрсхуАЕОЈКМТРСХУВН")
_SOUNDS_CYRILLIC: dict[str, str] = {latin: letter for letter, latin in _PAIRS.items()}
_LATIN_LETTER = re.compile("lj|nj|dž|.", re.IGNORECASE)
_FOREIGN_LATIN = re.compile("[^\\W\u0400-\u04ffa-pr-vxyzčćžšđ]", re.IGNORECASE)  # q, w, é: not a word in Cyrillic
_NEARBY = 80  # characters on either side that tell the script of a word which itself does not


def mixed_script_words(text: str) -> list[str]:
    """The words of `text` that mix Cyrillic and Latin letters, each once, in order. Inflected acronyms (SMS-ом) are two words."""
    return list(dict.fromkeys(word for word in _WORD.findall(text) if _is_mixed(word)))


def repair_lookalikes(text: str) -> str:
    """`text` in which no word mixes scripts: „lјudima”, „potпадaju” and „Cубoтица” come out right.

    A word takes the script of its letters that have no look-alike; if both or neither have such letters, that of its
    majority or of the text around it. Words in one script stay, also when they stand in a text of the other.
    """
    if not _is_mixed(text):
        return text

    def repair(match: re.Match[str]) -> str:
        word = match[0]
        if not _is_mixed(word):
            return word
        around = text[max(0, match.start() - _NEARBY) : match.start()] + text[match.end() : match.end() + _NEARBY]
        return _all_cyrillic(word) if _is_rather_cyrillic(word, around) else _all_latin(word)

    return _WORD.sub(repair, text)


def _is_mixed(text: str) -> bool:
    return bool(_CYRILLIC.search(text) and _LATIN.search(text))


def _is_rather_cyrillic(word: str, around: str) -> bool:
    cyrillic, latin = _CYRILLIC.findall(word), _LATIN.findall(word)
    clear_cyrillic = any(ord(letter) not in _LOOKS_LATIN for letter in cyrillic)
    clear_latin = any(ord(letter) not in _LOOKS_CYRILLIC for letter in latin)
    if clear_cyrillic != clear_latin or _FOREIGN_LATIN.search(word):
        return not clear_latin
    majority = len(cyrillic) - len(latin)
    context = len(_CYRILLIC.findall(around)) - len(_LATIN.findall(around))
    return ((majority or context) if clear_latin else (context or majority)) >= 0


def _all_latin(word: str) -> str:
    if all(ord(letter) in _LOOKS_LATIN for letter in _CYRILLIC.findall(word)):
        return word.translate(_LOOKS_LATIN)
    return _letters(word)


def _all_cyrillic(word: str) -> str:
    if all(ord(letter) in _LOOKS_CYRILLIC for letter in _LATIN.findall(word)):
        return word.translate(_LOOKS_CYRILLIC)

    def sound(match: re.Match[str]) -> str:
        letter: str = match[0]
        return _SOUNDS_CYRILLIC.get(letter.capitalize() if letter[0].isupper() else letter.lower(), letter)

    return _LATIN_LETTER.sub(sound, word).translate(_LOOKS_CYRILLIC)  # x and y have looks only


# ---- Search, sorting, names --------------------------------------------------------------------------------------------

_FOLDED = {letter: latin.replace("đ", "dj") for letter, latin in _PAIRS.items()}
_FOLDED = {letter: latin.translate(str.maketrans("čćšž", "ccsz")) for letter, latin in _FOLDED.items()}
_FOLDED |= {"đ": "dj", "ð": "dj", "ł": "l", "ø": "o", "ı": "i"}  # Latin letters that Unicode does not take apart
_FOLDED |= {"щ": "sc", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "ju", "я": "ja", "є": "je", "і": "i", "ѕ": "dz"}
_FOLD = str.maketrans(_FOLDED)


def fold(text: str) -> str:
    """`text` for search and comparison: Latin, lower case, đ as dj, without other marks, one space between words.

    Niš, Nis, NIŠ and Ниш are all „nis”; Ђорђе, Đorđe and DJORDJE are „djordje”. Look-alike letters are repaired first.
    Neighbours' Cyrillic letters (Macedonian, Russian, Ukrainian names) are read as well.
    """
    plain = repair_lookalikes(unicodedata.normalize("NFC", text)).casefold()
    plain = "".join(mark for mark in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(mark))
    return re.sub(r"[\W_]+", " ", plain.translate(_FOLD)).strip()


Script = Literal["cyrillic", "latin"]
_SPACE, _FOREIGN = "00", "98"


def _ranks(letters: list[str]) -> dict[str, str]:
    """Two digits for each figure and letter, in both scripts."""
    ranks = {letter: f"{place:02}" for place, letter in enumerate([*"0123456789", *letters], start=1)}
    return ranks | {letter: ranks[latin] for letter, latin in zip(AZBUKA, LATIN, strict=True)}


_RANKS = {"cyrillic": _ranks([*LATIN, *"qwxy"]), "latin": _ranks(ABECEDA)}
_SORTED_LETTER = re.compile("lj|nj|dž|.", re.DOTALL)


def sort_key(text: str, script: Script = "cyrillic") -> str:
    """A key that sorts `text` by the Serbian alphabet: азбука, or abeceda for a Latin page. The same for both scripts.

    Digits only, two for each letter (lj, nj and dž are one), so it sorts alike bytewise and under any collation of a
    database. Case and punctuation do not count, a space comes before any letter, foreign alphabets come last.
    """
    ranks, key = _RANKS[script], [_SPACE]
    for letter in _SORTED_LETTER.findall(unicodedata.normalize("NFKC", repair_lookalikes(text)).lower()):
        rank = ranks.get(letter) or ranks.get(unicodedata.normalize("NFKD", letter)[0])
        if rank or letter.isalnum():
            key.append(rank or _FOREIGN)
        elif key[-1] != _SPACE and not unicodedata.combining(letter):
            key.append(_SPACE)
    return "".join(key[1:]).removesuffix(_SPACE)


def in_two_scripts(name: str) -> bool:
    """Whether a name has words in Cyrillic and words in Latin, as „Ђокић Marko” has."""
    return bool(_CYRILLIC.search(name) and _LATIN.search(name))


def normalise_name(text: str, limit: int = 120) -> str:
    """A person's or institution's name as typed, made tidy; at most `limit` characters.

    One space between words, no control, bidirectional or zero-width characters, no look-alike letters. The person's own
    script, capitals, hyphens and apostrophes stay; only a name typed wholly in capitals or wholly in small letters gets
    capitals at the start of its words.
    """
    visible = "".join(sign for sign in re.sub(r"\s", " ", text) if unicodedata.category(sign)[0] != "C")
    name = " ".join(unicodedata.normalize("NFC", visible).split())
    name = unicodedata.normalize("NFC", repair_lookalikes(name))[:limit].rstrip()
    if name.isupper() or name.islower():
        name = _WORD.sub(lambda match: match[0].capitalize(), name)[:limit]
    return name
