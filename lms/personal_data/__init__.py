"""Finds personal data in a text before it is saved or published: JMBG, phone, e-mail, licence plate, document number,
profile on a social network, street address, day of birth.

Names of people are not looked for: no rule can tell them from other words. A helper for people, not a proof: it points at what is surely or very likely personal. Dates, percentages, prices, years
and numbers of decisions are left alone. What is found is never stored or logged here.
"""

import re
from bisect import bisect
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from lms.personal_data.streets import name_of, streets
from lms.serbian import fold

Kind = Literal["jmbg", "phone", "email", "plate", "document", "profile", "street", "birth"]


@dataclass(frozen=True)
class Finding:
    """One piece of personal data: `text[start:end]`."""

    kind: Kind
    start: int
    end: int


def find(text: str, allowed: Collection[str] = ()) -> list[Finding]:
    """Personal data in `text`, in order, without overlaps.

    `allowed` are published numbers and addresses that are no one's own, as „0800 100 388” or „natco@mup.gov.rs”; phone
    numbers are compared without separators and with +381 read as 0, streets in any case and script.
    """
    public = {way(entry) for entry in allowed for way in (_number, str.casefold, name_of)}
    taken: list[Finding] = []
    for finding in _candidates(text):
        at = bisect(taken, finding.start, key=lambda other: other.start)
        free = finding.end <= taken[at].start if at < len(taken) else True
        free = free and (at == 0 or taken[at - 1].end <= finding.start)
        if free and _COMPARED.get(finding.kind, _number)(text[finding.start : finding.end]) not in public:
            taken.insert(at, finding)
    return taken


def _candidates(text: str) -> Iterator[Finding]:
    """The surest kind first: where two overlap, the first one stays."""
    for kind, pattern, is_one in _KINDS:
        for match in pattern.finditer(text):
            if is_one(match):
                yield Finding(kind, match.start(), match.end())
    for start, end in streets(text):
        yield Finding("street", start, end)


def _number(text: str) -> str:
    """A phone number as 0 and the rest; anything else without its letters."""
    figures = re.sub(r"\D", "", text).removeprefix("00")
    return "0" + figures.removeprefix("381").lstrip("0") if figures.startswith("381") else figures


_COMPARED: dict[Kind, Callable[[str], str]] = {
    "email": str.casefold,
    "plate": str.casefold,
    "profile": str.casefold,
    "street": name_of,
}

_JMBG = re.compile(r"(?<!\d)\d{7}[ -]?\d{2}[ -]?\d{3}[ -]?\d(?!\d)")  # DDMMYYY RR BBB K
_THIRTEEN = re.compile(r"(?<!\d)\d(?:[ .-]?\d){12}(?!\d)")
_JMBG_WORD = re.compile(
    r"(?<!\w)(?:ЈМБГ|JMBG|мати[чћ]н\w{1,3} број|mati[cč]n\w{1,3} broj|citizen number|personal number)", re.IGNORECASE
)
_WEIGHTS = (7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def _is_jmbg(match: re.Match[str]) -> bool:
    """Day, month and check figure are right (Law on the unique master citizen number: modulo 11)."""
    figures = [int(figure) for figure in match[0] if figure.isdigit()]
    day, month = figures[0] * 10 + figures[1], figures[2] * 10 + figures[3]
    rest = 11 - sum(weight * figure for weight, figure in zip(_WEIGHTS, figures, strict=False)) % 11
    return 1 <= day <= 31 and 1 <= month <= 12 and figures[12] == (0 if rest > 9 else rest)


def _is_called_jmbg(match: re.Match[str]) -> bool:
    """The word for it stands before thirteen figures: somebody's number, with a slip in it or without."""
    return bool(_JMBG_WORD.search(match.string[max(0, match.start() - _NEARBY) : match.start()]))


_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+")

_GAP = "[ \u00a0./()–-]{0,3}"  # what people put between the figures of a phone number
_PHONE = re.compile(
    rf"""(?<!\d)(?<!\d[.,/-])(?:
      (?:\+|00)[1-9](?:{_GAP}\d){{8,13}}    # with the code of a country: 9 to 14 figures
    | \(?0[1-9]\d(?:{_GAP}\d){{6,8}}        # within Serbia: 0, area or network and number, 9 to 11 figures
    )(?!\d)""",
    re.VERBOSE,
)
_DECISION = re.compile(r"[ -]\d+/(?:19|20)\d\d$")  # 061-1234/2023: the number and year of a decision


def _is_phone(match: re.Match[str]) -> bool:
    return not _DECISION.search(match[0])


_LETTER = "[A-ZČĆŽŠĐЂ-Ш]"
_PLATE = re.compile(rf"(?<![^\W_])({_LETTER}{{2}})[ -]?(\d{{3,5}})([ -]?){_LETTER}{{2}}(?![^\W_])")
_YEAR = re.compile(r"(?:19|20)\d\d")
# Registration areas as `fold` gives them (Č and Ć are c, Đ is dj), of the Rulebook on the registration of vehicles.
_AREAS = (
    " ac al ar bb bc bg bo bp bt bu ca cu de dja gl gm ic in ja ka kg ki kl km ko ks kv kz lb le lo lu ng ni np ns nv"
    " pa pb pe pi pk pn po pp pr pt pz ra ru sa sc sd si sj sm so sp st su sv to ts tt ub ue ur va vb vl vp vr vs za zr "
)


def _is_plate(match: re.Match[str]) -> bool:
    """A known area; „НИ 2024 СУ” in a heading is a year, not a plate."""
    return f" {fold(match[1])} " in _AREAS and not (match[3] == " " and _YEAR.fullmatch(match[2]))


_DOCUMENT = re.compile(r"(?<![\w-])(?:\d{9}|[A-Z]{1,2}\d{6,8})(?![\w-])")
_DOCUMENT_WORD = re.compile(
    r"\b(?:лич\w+ карт|li[cč]\w+ kart|л\.? ?к\b|l\.? ?k\b|пасош|paso[sš]|passport|id card|identity card"
    r"|путн\w+ исправ|putn\w+ isprav)",
    re.IGNORECASE,
)
_NEARBY = 40  # characters on either side of a number in which the word for the document is looked for


def _is_document(match: re.Match[str]) -> bool:
    around = match.string[max(0, match.start() - _NEARBY) : match.end() + _NEARBY]
    return bool(_DOCUMENT_WORD.search(around))


# `[@S4]` on a page cites a source, `@SUM(` is of a table; what stands in an e-mail address or in a link is no handle
_HANDLE = re.compile(r"(?<![\w.+/\[-])@(?!S\d+(?!\w))(?=[\d_.]*[^\W\d_])[\w.]{2,60}(?<=\w)(?<!@\w)(?<!@\w\w)(?![\w(])")
_PROFILE = re.compile(
    r"""(?<![\w.-])(?:https?://)?(?:(?:www|m|web|sr-rs|[a-z]{2}-[a-z]{2})\.)?(?:
      (?:facebook\.com|fb\.com|instagram\.com|instagr\.am)/
        (?!(?:help|safety|policies|privacy|legal|about|business)(?![\w.]))
    | tiktok\.com/@ | youtube\.com/@ | t\.me/ | telegram\.me/ | wa\.me/ | m\.me/ | vk\.com/ | x\.com/ | twitter\.com/
    | linkedin\.com/in/ | snapchat\.com/add/ | threads\.net/@
    )[^\s<>()"„“”»«,;]{1,200}(?<![.!?:]) | (?<!\w)viber://[^\s<>()"„“”»«,;]{1,200}(?<![.!?:])""",
    re.VERBOSE | re.IGNORECASE,
)

_MONTH = r"(?:јан|феб|мар|апр|мај|јун|јул|авг|сеп|окт|нов|дец|jan|feb|mar|apr|maj|may|jun|jul|avg|aug|sep|okt|oct|nov|dec)\w*"
_BIRTH = re.compile(  # „рођена 12. 3. 1990”, „born on 12 March 1990”: the whole day; a year alone leads to nobody
    rf"""(?<!\w)(?:рођ\w*|rođ\w*|rodjen\w*|born|(?:date|day)\ of\ birth)\W{{1,3}}(?:on\W+|је\W+|je\W+)?
    \d{{1,2}}(?:[./ -]{{1,2}}(?:0?[1-9]|1[0-2])[./ -]{{1,2}}|[. ]{{1,2}}{_MONTH}[. ,]{{1,2}})(?:19|20)\d\d(?!\d)""",
    re.VERBOSE | re.IGNORECASE,
)

_KINDS: tuple[tuple[Kind, re.Pattern[str], Callable[[re.Match[str]], bool]], ...] = (
    ("jmbg", _JMBG, _is_jmbg),
    ("jmbg", _THIRTEEN, _is_called_jmbg),
    ("document", _DOCUMENT, _is_document),
    ("email", _EMAIL, bool),
    ("phone", _PHONE, _is_phone),
    ("plate", _PLATE, _is_plate),
    ("profile", _PROFILE, bool),
    ("profile", _HANDLE, bool),
    ("birth", _BIRTH, bool),
)
