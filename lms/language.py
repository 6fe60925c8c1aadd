"""The three languages: Serbian Cyrillic (default), Serbian Latin (derived from it, never typed twice), English.

`sr`, `sr_Latn` and `en` inside; `sr-Cyrl`, `sr-Latn` and `en` in HTML. Interface texts are gettext messages whose key is
the English sentence; content texts are mappings `{"sr": …, "en": …}`.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Any

from flask import Flask, g, has_request_context, request

from lms import clock
from lms.serbian import sort_key, to_latin

LOCALES = ("sr", "sr_Latn", "en")
HTML_LANG = {"sr": "sr-Cyrl", "sr_Latn": "sr-Latn", "en": "en"}
COOKIE = "language"
CATALOGUES = Path(__file__).parent / "translations"
DECIMAL_COMMA = str.maketrans(",.", ".,")
MONTHS = {
    "sr": "јануара фебруара марта априла маја јуна јула августа септембра октобра новембра децембра".split(),  # noqa: SIM905  (read as a line)
    "en": "January February March April May June July August September October November December".split(),  # noqa: SIM905  (read as a line)
}
WEEKDAYS = {
    "sr": "понедељак уторак среда четвртак петак субота недеља".split(),  # noqa: SIM905  (read as a line)
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),  # noqa: SIM905  (read as a line)
}


def chosen() -> str:
    """The locale of this request's cookie, else Serbian: in Latin when the browser asks for it before anything else, or in Cyrillic.

    Not English: many a telephone in Serbia is set to it.
    """
    if not has_request_context():
        return "sr"
    wished = "sr_Latn" if request.headers.get("Accept-Language", "").lower().startswith("sr-latn") else "sr"
    return _known(request.cookies.get(COOKIE, wished))


def _known(code: str) -> str:
    return code if code in LOCALES else "sr"


_in_force: ContextVar[str] = ContextVar("language", default="")


def current() -> str:
    """The locale in force: the request's, or that of `speaking`. Every text asks for it, so it is decided once."""
    return _in_force.get() or chosen()


def init_language(app: Flask) -> None:
    """Decide each request's language before anything is said in it: what the form asks for, else the cookie."""

    def decide() -> None:
        _in_force.set(chosen())
        if (
            request.method == "POST"
        ):  # a body that is too large is refused here, in words; nobody goes on with half of it
            _in_force.set(_known(request.form.get("_language") or chosen()))

    def forget(_error: BaseException | None) -> None:
        _in_force.set("")

    app.before_request(decide)
    app.teardown_request(forget)


@contextmanager
def speaking(locale: str) -> Iterator[None]:
    """`with speaking("en"): …` prints in English, whatever the request's language."""
    before = _in_force.set(locale)
    try:
        yield
    finally:
        _in_force.reset(before)


@cache
def catalogue(locale: str) -> NullTranslations:
    """The compiled interface texts of `locale`, read once a process; English needs none."""
    compiled = CATALOGUES / locale / "LC_MESSAGES" / "messages.mo"
    if not compiled.exists():
        return NullTranslations()
    with compiled.open("rb") as file:
        return GNUTranslations(file)


def gettext(message: str, **values: Any) -> str:
    """The interface text for `message` (the English sentence), with `%(name)s` places filled."""
    text = catalogue(current()).gettext(message)
    return text % values if values else text


def ngettext(one: str, many: str, number: int, **values: Any) -> str:
    """The interface text in the right plural for `number` (Serbian has three)."""
    text = catalogue(current()).ngettext(one, many, number)
    return text % ({"num": number} | values)


def localise(text: Mapping[str, str] | str | None, locale: str | None = None) -> str:
    """A content text in `locale` (default: the one in force). A plain string is Serbian Cyrillic or a name.

    What has no English yet is given to English readers in Serbian Latin.
    """
    if not text:
        return ""
    locale = locale or current()
    if isinstance(text, str):
        return to_latin_cached(text) if locale == "sr_Latn" else text
    if locale == "en":
        return text.get("en") or to_latin_cached(text.get("sr", ""))
    serbian = text.get("sr") or text.get("en", "")
    return to_latin_cached(serbian) if locale == "sr_Latn" else serbian


to_latin_cached = lru_cache(maxsize=8192)(to_latin)


def in_script(serbian: str) -> str:
    """Serbian Cyrillic data (a municipality, a district) in the script in force; English readers get Latin."""
    return serbian if current() == "sr" else to_latin_cached(serbian)


def alphabet_key(name: str) -> str:
    """Where `name` stands in a list of the page: by азбука, or by abeceda where names are read in Latin."""
    return sort_key(name, "cyrillic" if current() == "sr" else "latin")


def show_date(day: date, year: bool = True, weekday: bool = False) -> str:
    """„14. маја 2026.” / "14 May 2026", optionally with the weekday in front and without the year."""
    locale = current()
    words = "en" if locale == "en" else "sr"
    month = MONTHS[words][day.month - 1]
    if words == "en":
        text = f"{day.day} {month}" + (f" {day.year}" if year else "")
        return f"{WEEKDAYS[words][day.weekday()]}, {text}" if weekday else text
    text = f"{day.day}. {month}" + (f" {day.year}." if year else "")
    text = f"{WEEKDAYS[words][day.weekday()]}, {text}" if weekday else text
    return to_latin_cached(text) if locale == "sr_Latn" else text


def show_dates(first: date, last: date) -> str:
    """A span of days: „14–15. маја 2026.”, „31. маја – 1. јуна 2026.”."""
    if first == last:
        return show_date(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{show_date(last)}"
    return f"{show_date(first, year=first.year != last.year)} – {show_date(last)}"


def show_time(moment: datetime | time) -> str:
    """„09:41”, on a clock in Serbia."""
    if isinstance(moment, datetime):
        moment = clock.local(moment).time()
    return moment.strftime("%H:%M")


def show_moment(moment: datetime) -> str:
    """Date and time on a clock in Serbia: „22. новембра 2026. у 07:00”, "22 November 2026 at 07:00"."""
    at = {"sr": "у", "sr_Latn": "u", "en": "at"}[current()]
    return f"{show_date(clock.local(moment).date())} {at} {show_time(moment)}"


def show_number(number: float, places: int = 0) -> str:
    """A number with the decimal sign of the language, at most `places` decimals, and a true minus: 59,17; −0,4."""
    text = f"{round(number, places) + 0:,.{places}f}".replace("-", "−")  # + 0: nothing has no sign
    text = text.rstrip("0").rstrip(".") if places else text
    return text if current() == "en" else text.translate(DECIMAL_COMMA)


def show_percent(share: float | None, places: int = 2) -> str:
    """A share 0–1 as „59,17%”; nothing to share is „–”."""
    return "–" if share is None else f"{show_number(share * 100, places)}%"


def remember_language(code: str) -> None:
    """Ask for the language cookie to be set with the answer to this request."""
    g.language_to_remember = code
