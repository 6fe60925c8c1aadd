"""The public check. Works without cookies and scripts; says nothing that is not on the paper; there is no list of anything."""

from flask import Response, jsonify, make_response, render_template, url_for

from lms import ui
from lms.access import allow, anyone
from lms.accounts.sessions import digest
from lms.certificates import keys, queries, screens
from lms.certificates.forms import CheckForm, MatchForm
from lms.certificates.routes import blueprint
from lms.certificates.rules import check_code, may_be_token, normalise_check_code, normalise_serial, same_name
from lms.errors import Refused
from lms.extensions import csrf
from lms.language import gettext
from lms.limits import address, count_attempt

# A hall is one address and a browser may refuse cookies, so what is limited is the certificate, and the address high above need.
NAMES_PER_CERTIFICATE = (20, 600)  # tries, seconds
CODES_PER_NUMBER = (20, 600)
FROM_ONE_ADDRESS = (600, 60)
MISSES_FROM_ONE_ADDRESS = (60, 60)  # addresses that lead to no certificate: nobody but a guesser makes so many


@blueprint.route("/c", methods=["GET", "POST"])
@csrf.exempt  # type: ignore[untyped-decorator]  # nothing is changed; must work without cookies
@allow(anyone)
def enter() -> ui.Answer:
    """For who has paper and no camera: number and code are typed."""
    form = CheckForm()
    if form.sent():
        serial = normalise_serial(form.serial.data)
        _limit_address()
        if serial:
            count_attempt(f"certificate:code:{serial}", *CODES_PER_NUMBER)
        found = queries.by_serial(serial) if serial else None
        if found and check_code(found.certificate.token) == normalise_check_code(form.code.data):
            return ui.to(url_for(".verify", token=found.certificate.token))
        form.code.errors = [
            gettext("There is no certificate with this number and this code. Check both against the paper.")
        ]
    return _public("certificates/enter.html", form.status, form=form)


@blueprint.route("/c/<path:token>", methods=["GET", "POST"])
@csrf.exempt  # type: ignore[untyped-decorator]  # nothing is changed; must work without cookies
@allow(anyone)
def verify(token: str) -> ui.Answer:
    """What the QR code opens: whether the certificate is valid, and what it says."""
    misses = f"certificate:miss:{_address()}"
    if queries.attempts(misses, MISSES_FROM_ONE_ADDRESS[1]) > MISSES_FROM_ONE_ADDRESS[0]:
        raise Refused("Too many attempts. Wait a few minutes and try again; nothing you typed is lost.", status=429)
    found = queries.by_token(token) if may_be_token(token) else None
    if found is None:
        count_attempt(misses, *MISSES_FROM_ONE_ADDRESS)
        return _public("certificates/unknown.html", 404, form=CheckForm(formdata=None))
    check = screens.check_of(found.certificate, found.show_name)
    form, match = MatchForm(), None
    if form.sent() and check.printed and check.name is None:
        _limit_address()
        count_attempt(f"certificate:name:{found.certificate.id}", *NAMES_PER_CERTIFICATE)
        match = same_name(check.printed.name, form.name.data)
    return _public("certificates/verify.html", form.status, check=check, form=form, match=match)


@blueprint.get("/c/keys")
@allow(anyone)
def public_keys() -> Response:
    """The public keys of all times as a JSON Web Key Set (RFC 7517, RFC 8037), for whoever checks by program."""
    return jsonify(keys=[keys.as_jwk(key) for key in keys.public_keys()])


def _address() -> str:
    return digest(address()).hex()[:16]


def _limit_address() -> None:
    count_attempt(f"certificate:address:{_address()}", *FROM_ONE_ADDRESS)


def _public(template: str, status: int, **screen: object) -> Response:
    response = make_response(render_template(template, **screen), status)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
