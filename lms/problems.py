"""What people see when something is refused or fails: a sentence that says what happened and what to do next."""

from urllib.parse import urlencode, urlsplit

from flask import Flask, Response, current_app, make_response, render_template, request, session
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, OperationalError
from werkzeug.exceptions import HTTPException

from lms.errors import NotAllowed, Refused
from lms.extensions import db
from lms.language import gettext
from lms.ui import N_, on_this_site, to

DISK_FULL = 28  # errno


def init_problems(app: Flask) -> None:
    """Give every refusal and every fault its page."""
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(NotAllowed, _not_allowed)
    app.register_error_handler(CSRFError, _token_missing)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _unexpected)


SENTENCES = {
    400: (N_("That did not work"), N_("The server could not read what was sent. Nothing was changed. Go back and try again.")),
    403: (N_("Not allowed"), N_("You do not have access to this.")),
    404: (N_("There is no such page"), N_("The address may be mistyped, or you may not have access. Nothing was changed.")),
    405: (N_("That did not work"), N_("This address does not accept that kind of request. Nothing was changed.")),
    413: (N_("That is too large"), N_("What was sent is larger than this server accepts. Nothing was changed. Send a smaller file.")),
    429: (N_("Too many attempts"), N_("For safety, wait a minute and try again. Nothing you typed is lost.")),
    500: (N_("Something went wrong here"), N_("The error is ours and was noted. What you typed may still be in the form: go back and try again.")),
    503: (N_("Not saved yet"), N_("The server could not save this just now. Nothing is half-written. Keep the page open and try again in a moment.")),
}  # fmt: skip


def error_page(status: int, title: str, message: str, back: str = "/") -> Response:
    """A sentence that says what happened, that nothing is lost, and what to do next."""
    if getattr(request, "wants_part", False):
        page = render_template("ui/_error.html", title=title, message=message, back=back)
    else:
        page = render_template("ui/error.html", status=status, title=title, message=message, back=back)
    return make_response(page, status)


def _refused(error: Refused) -> Response:
    title = N_("Something still has to be put right") if error.status == 422 else N_("This cannot be done now")
    return error_page(error.status, gettext(title), gettext(error.message, **error.values))


def _not_allowed(error: NotAllowed) -> Response:
    if error.sign_in:
        return to("/sign-in?" + urlencode({"next": request.full_path.rstrip("?") if request.method == "GET" else "/"}))
    if error.rejoin:
        if request.method == "GET" and not getattr(request, "wants_part", False):
            session["wanted"] = request.full_path.rstrip("?")  # who has joined goes on to the page they asked for
        return to("/join?again=1")
    if error.hidden:
        return _http_error(HTTPException(response=None), 404)
    return error_page(403, gettext("Not allowed"), gettext("You do not have access to this."))


def _token_missing(_error: CSRFError) -> Response:
    """The page is older than the sign-in or the browser's cookies: what was typed is shown ready to be sent once more."""
    title = gettext("Please send it once more")
    if getattr(request, "wants_part", False) or not _from_our_page():
        message = gettext(
            "The page was open for too long, so for safety nothing was changed. Go back, reload the page and send it again; "
            "what you typed is still in the form."
        )
        return error_page(400, title, message)
    values = [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
    whole = not request.files and not any("password" in name for name, _ in values)  # neither goes into a page
    form = urlsplit(request.referrer or "")
    screen = {
        "title": title,
        "values": values if whole else [],
        "back": on_this_site(form.path + "?" * bool(form.query) + form.query),
    }
    return make_response(render_template("ui/once_more.html", action=request.full_path.rstrip("?"), **screen), 400)


def _from_our_page() -> bool:
    """Only what our own page sent may be offered again: another site must not put words into a form of ours."""
    said = request.headers.get("Sec-Fetch-Site", "same-origin")
    return said == "same-origin" and urlsplit(request.referrer or "").netloc == request.host


def _http_error(error: HTTPException, status: int | None = None) -> Response:
    status = status or error.code or 500
    if 300 <= status < 400:
        return error.get_response()  # type: ignore[return-value]
    title, message = SENTENCES.get(status, SENTENCES[400 if status < 500 else 500])
    response = error_page(status, gettext(title), gettext(message))
    if status in (429, 503):
        response.headers["Retry-After"] = "10"
    return response


def _unexpected(error: Exception) -> Response:
    current_app.logger.exception("unexpected error in %s", request.endpoint)
    if isinstance(error, DataError):  # a NUL, or more than a column holds: PostgreSQL refuses what SQLite would take
        db.session.rollback()
        return _http_error(HTTPException(), 400)
    if isinstance(error, OperationalError) or (isinstance(error, OSError) and error.errno == DISK_FULL):
        return _http_error(HTTPException(), 503)
    if current_app.testing:
        raise error
    return _http_error(HTTPException(), 500)
