"""What every page shares: fragments for htmx, the base form, what templates may call, headers."""

import re
import zlib
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Flask, Response, current_app, g, make_response, redirect, render_template, request
from flask_wtf import FlaskForm
from htmx_flask import Htmx
from htmx_flask.requests import HtmxAwareRequest
from wtforms import IntegerField

from lms import language
from lms.access import allow, anyone, row_number
from lms.extensions import csrf
from lms.icons import icon
from lms.kept import Address, Kept, Templates, remembered
from lms.sectors import Sector, sector, sectors
from lms.serbian import to_latin
from lms.static import asset

blueprint = Blueprint("ui", __name__)
Answer = Response | tuple[str, int] | str
CONTENT_SECURITY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
}
YEAR = 31536000
PLAIN = str.maketrans("čćžšđČĆŽŠĐ", "cczsdCCZSD")


class Request(HtmxAwareRequest):
    """The request, knowing whether htmx asks for a part of the page."""

    @property
    def max_content_length(self) -> int | None:
        """Files may be large; what people type, and what fills the memory at once, may not. In bytes."""
        with_files = self.mimetype == "multipart/form-data"
        return int(current_app.config["MAX_CONTENT_LENGTH" if with_files else "MAX_FORM_MEMORY_SIZE"])

    @property
    def wants_part(self) -> bool:
        """True when only the fragment should be sent (not on a history restore, which needs the page)."""
        return (
            bool(self.htmx) and not self.htmx.history_restore_request and self.headers.get("HX-Request-Type") != "full"
        )


class Messages:
    """WTForms' own messages, through our catalogue; WTForms fills in the values itself."""

    @staticmethod
    def gettext(message: str) -> str:
        return language.gettext(message)

    @staticmethod
    def ngettext(one: str, many: str, number: int) -> str:
        """The Serbian is written for any number; in English the plural differs."""
        text = language.gettext(one)
        return many if text == one and number != 1 else text


class Form(FlaskForm):
    """Parent of all forms; labels are messages (`N_("Name")`), shown in the language in force.

    `form.sent()` instead of validate_on_submit: a switch of language keeps what was typed.
    """

    class Meta(FlaskForm.Meta):
        def get_translations(self, _form: object) -> type[Messages]:
            return Messages

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        for field in self:
            field.label.text = language.gettext(field.label.text) if field.label.text else ""
            field.description = language.gettext(field.description) if field.description else ""

    def sent(self) -> bool:
        """True when the form was posted to be carried out and everything in it is right."""
        if request.form.get("_language") in language.LOCALES:
            language.remember_language(request.form["_language"])
            return False
        right = bool(self.validate_on_submit())
        for field in self:
            field.errors = [language.gettext(error) for error in field.errors]
        return right

    @property
    def status(self) -> int:
        """The HTTP status for showing this form again: 422 when it has errors."""
        return 422 if self.errors else 200


class WholeNumberField(IntegerField):
    """A whole number that a row can hold; any other is told in words, like letters."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            self.data = row_number(valuelist[0]) if valuelist else self.data
        except ValueError:
            self.data = None
            raise ValueError(self.gettext("Not a valid integer value.")) from None


def render_part(page: str, part: str, status: int = 200, **screen: Any) -> Response:
    """`page` for a browser, only its `part` (a `_fragment.html`) for htmx; the same address serves both."""
    template = part if getattr(request, "wants_part", False) else page
    return make_response(render_template(template, **screen), status)


def attachment(name: str) -> str:
    """Content-Disposition for a download called `name`. Headers are ASCII: other letters go into `filename*` (RFC 6266)."""
    plain = re.sub(r"[^A-Za-z0-9._ -]", "", to_latin(name).translate(PLAIN)) or "file"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def to(address: str) -> Response:
    """Go on to `address` after a form (303: the browser asks with GET; htmx follows too)."""
    return redirect(address, 303)  # type: ignore[return-value]


def on_this_site(address: str) -> str:
    """`address` when it is a path on this site, otherwise nothing.

    Browsers drop tabs and line ends and read a backslash as a slash: what has any of them is not a path of ours.
    """
    plain = address.startswith("/") and not address.startswith("//") and address.isprintable() and "\\" not in address
    return address if plain else ""


@blueprint.get("/language/<code>")
@allow(anyone)
def switch_language(code: str) -> Response:
    """Remember the language and go back to `next` (an address on this site)."""
    response = to(on_this_site(request.args.get("next", "/")) or "/")
    if code in language.LOCALES:
        response.set_cookie(
            language.COOKIE, code, max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure
        )
    return response


@blueprint.get("/theme/<name>")
@allow(anyone)
def switch_theme(name: str) -> Response:
    """Remember `light`, `dark` or `auto` and go back."""
    response = to(on_this_site(request.args.get("next", "/")) or "/")
    if name in ("light", "dark"):
        response.set_cookie("theme", name, max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure)
    else:
        response.delete_cookie("theme")
    return response


def init_ui(app: Flask) -> None:
    """Bind everything that pages share to `app`."""
    Htmx(app)
    app.request_class = Request  # after Htmx, which sets its own
    app.ensure_sync = lambda func: func  # type: ignore[method-assign]  # no view is async, and Flask asks twelve times a request
    app.url_for = remembered(app.url_for)  # type: ignore[method-assign]
    app.url_rule_class, app.jinja_environment = Address, Templates
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        _=language.gettext, gettext=language.gettext, ngettext=language.ngettext, icon=icon, asset=asset,
        dates=language.show_dates, SECTORS=Sectors(), locale_now=language.current, theme_now=theme_now, here=here,
        url_for=app.url_for, kept=Kept(language.current, theme_now, here),
    )  # fmt: skip
    app.jinja_env.filters.update(
        text=language.localise, in_script=language.in_script, date=language.show_date, time=language.show_time,
        moment=language.show_moment, number=language.show_number, percent=language.show_percent,
    )  # fmt: skip
    app.context_processor(_page_context)
    app.after_request(_finish)
    csrf.init_app(app)


class Sectors:
    """`SECTORS['police'].name` in templates, in the language in force."""

    def __getitem__(self, code: str) -> Sector:
        return sector(code)

    def __iter__(self) -> Any:
        return iter(sectors().values())


def theme_now() -> str:
    """`light` or `dark` when the reader chose it, else empty: as the device wishes."""
    theme = request.cookies.get("theme", "")
    return theme if theme in ("light", "dark") else ""


def here() -> str:
    """The address of this page, quoted, for a link that comes back to it."""
    return quote(request.full_path.rstrip("?"))


def _page_context() -> dict[str, Any]:
    locale = language.current()
    return {
        "locale": locale,
        "html_lang": language.HTML_LANG[locale],
        "theme": theme_now(),
        "fragment": getattr(request, "wants_part", False),
    }


def _finish(response: Response) -> Response:
    headers = response.headers
    packed = _compress(response)
    if request.endpoint != "files.static_file":
        headers.setdefault("Cache-Control", "no-store")
        _vary(response, "HX-Request", "Cookie", *(["Accept-Encoding"] if packed else []))
    own = {name.lower() for name, _ in headers}
    headers.extend((name, value) for name, value in HEADERS.items() if name.lower() not in own)
    if request.is_secure:
        headers.setdefault("Strict-Transport-Security", f"max-age={YEAR}; includeSubDomains")
    if code := g.get("language_to_remember"):
        response.set_cookie(
            language.COOKIE, code, max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure
        )
    return response


def _vary(response: Response, *names: str) -> None:
    if "Vary" in response.headers:
        response.vary.update(names)
    else:
        response.headers["Vary"] = ", ".join(names)  # a twentieth of the time


def _compress(response: Response) -> bool:
    """gzip for pages: a hall's wi-fi is slower than any laptop. True when it was done."""
    if (
        response.mimetype not in ("text/html", "text/csv", "image/svg+xml")
        or response.direct_passthrough
        or response.is_streamed
        or "Content-Encoding" in response.headers
        or "gzip" not in request.headers.get("Accept-Encoding", "")
    ):
        return False
    body = response.get_data()
    if len(body) <= 1400:
        return False
    packing = zlib.compressobj(
        1, zlib.DEFLATED, 16 + 14, 7
    )  # gzip; half the usual memory, as making that ready takes longest
    response.set_data(packing.compress(body) + packing.flush())
    response.headers["Content-Encoding"] = "gzip"
    return True


def N_(message: str) -> str:
    """Marks a message for the catalogue without translating it yet."""
    return message


WTFORMS_SENTENCES = (
    N_("This field is required."),
    N_("Invalid email address."),
    N_("Not a valid integer value."),
    N_("Not a valid date value."),
    N_("Not a valid time value."),
    N_("Not a valid choice."),
    N_("Field cannot be longer than %(max)d character."),
    N_("Field must be at least %(min)d character long."),
    N_("Field must be between %(min)d and %(max)d characters long."),
    N_("Number must be between %(min)s and %(max)s."),
    N_("Number must be at least %(min)s."),
    N_("Number must be at most %(max)s."),
    N_("'%(value)s' is not a valid choice for this field."),
    N_("Invalid Choice: could not coerce."),
    N_("Invalid choice(s): one or more data inputs could not be coerced."),
)
