"""Signing in, one's own account, and the administrators' pages."""

import segno
from flask import Blueprint, current_app, flash, g, render_template, request, session, url_for
from flask_login import current_user

from lms import mail, ui
from lms.access import administrator, allow, anyone, row_number, signed_in
from lms.accounts import actions, audit, queries, screens, secrets, sessions
from lms.accounts.access import half_signed_in, invited
from lms.accounts.browsers import limit_key, remember_browser
from lms.accounts.forms import (
    ROLE_NAMES,
    ChangePasswordForm,
    CodeForm,
    InviteForm,
    NewPasswordForm,
    RolesForm,
    SignInForm,
)
from lms.accounts.rules import check_password
from lms.errors import Refused
from lms.language import gettext
from lms.limits import count_attempt, forget_attempts

blueprint = Blueprint("accounts", __name__)


@blueprint.route("/sign-in", methods=["GET", "POST"])
@allow(anyone)
def sign_in() -> ui.Answer:
    """First step: address and password."""
    form = SignInForm()
    if not form.sent():
        return render_template("accounts/sign_in.html", form=form), form.status
    key = limit_key("sign-in", form.email.data)
    count_attempt(key, limit=10, seconds=900)
    account = queries.account_by_email(form.email.data)
    if not secrets.password_fits(account.password_hash if account else None, form.password.data) or account is None:
        form.password.errors = [gettext("The e-mail address or the password is not right.")]
        return render_template("accounts/sign_in.html", form=form), 422
    forget_attempts(key)
    _begin(actions.begin_sign_in(account), request.args.get("next", ""))
    return ui.to(url_for(".code" if account.totp_secret else ".set_up"))


def _begin(token: str, following: str) -> None:
    session.clear()
    session["half"] = token
    session["next"] = ui.on_this_site(following)


def _finish(account: object, token: str) -> str:
    following = session.get("next") or "/trainings"
    sessions.remember(account, token)
    return following


@blueprint.route("/sign-in/code", methods=["GET", "POST"])
@allow(half_signed_in)
def code() -> ui.Answer:
    """Second step: the code from the authenticator, or a recovery code."""
    form = CodeForm()
    if form.sent():
        key = limit_key("code", g.half.account.email)
        count_attempt(key, limit=10, seconds=900)
        try:
            token = actions.finish_sign_in(g.half, form.code.data)
        except Refused as refusal:
            form.code.errors = [gettext(refusal.message)]
            return render_template("accounts/code.html", form=form), 422
        forget_attempts(key)
        return remember_browser(ui.to(_finish(g.half.account, token)), g.half.account.email)
    return render_template("accounts/code.html", form=form), form.status


@blueprint.route("/sign-in/authenticator", methods=["GET", "POST"])
@allow(half_signed_in)
def set_up() -> ui.Answer:
    """Bind an authenticator app to a new account, then show the recovery codes once."""
    if g.half.account.totp_secret:
        return ui.to(url_for(".code"))
    form = CodeForm()
    secret = session.setdefault("new_secret", secrets.new_totp_secret())
    if form.sent():
        try:
            token, codes = actions.set_up_authenticator(g.half, secret, form.code.data)
        except Refused as refusal:
            form.code.errors = [gettext(refusal.message)]
        else:
            following = _finish(g.half.account, token)
            return render_template("accounts/recovery_codes.html", codes=codes, following=following)
    picture = segno.make(secrets.totp_address(secret, g.half.account.email), error="m")
    svg = picture.svg_inline(scale=5, border=3, dark=None, svgclass="qr", lineclass="qr-fg", omitsize=True)
    return render_template("accounts/authenticator.html", form=form, secret=secret, picture=svg), form.status


@blueprint.post("/sign-out")
@allow(signed_in)
def sign_out() -> ui.Answer:
    """End this browser's sign-in."""
    actions.sign_out(current_user.get_id())
    sessions.forget()
    return ui.to("/")


@blueprint.route("/invitation/<token>", methods=["GET", "POST"])
@allow(invited)
def invitation(token: str) -> ui.Answer:
    """The holder sets a password of their own."""
    form = NewPasswordForm()
    account = g.invitation.account
    if form.sent():
        try:
            check_password(form.password.data, account.name, account.email)
        except Refused as refusal:
            form.password.errors = [gettext(refusal.message, **refusal.values)]
        else:
            _begin(actions.accept_invitation(g.invitation, form.password.data), "")
            return ui.to(url_for(".set_up"))
    return render_template("accounts/invitation.html", form=form, account=account), 422 if form.errors else 200


@blueprint.route("/account", methods=["GET", "POST"])
@allow(signed_in)
def account() -> ui.Answer:
    """One's own account: password, recovery codes, other browsers."""
    form = ChangePasswordForm()
    if form.sent():
        count_attempt(f"password:{current_user.id}", limit=10, seconds=900)
        try:
            if not secrets.password_fits(current_user.account.password_hash, form.present.data):
                form.present.errors = [gettext("The present password is not right.")]
            else:
                check_password(form.password.data, current_user.name, current_user.account.email)
                actions.change_password(current_user.id, form.password.data, current_user.get_id())
                flash(gettext("The password is changed; other browsers were signed out."))
                return ui.to(url_for(".account"))
        except Refused as refusal:
            form.password.errors = [gettext(refusal.message, **refusal.values)]
    screen = {
        "account": current_user.account,
        "codes": queries.unused_recovery_codes(current_user.id),
        "browsers": queries.other_sign_ins(current_user.id),
    }
    return render_template("accounts/account.html", form=form, **screen), 422 if form.errors else 200


@blueprint.post("/account/recovery-codes")
@allow(signed_in)
def recovery_codes() -> ui.Answer:
    """Eight new recovery codes, shown once."""
    codes = actions.renew_recovery_codes(current_user.account)
    return render_template("accounts/recovery_codes.html", codes=codes, following=url_for(".account"))


@blueprint.post("/account/sign-out-elsewhere")
@allow(signed_in)
def sign_out_elsewhere() -> ui.Answer:
    """End every other browser's sign-in."""
    actions.sign_out_elsewhere(current_user.account, current_user.get_id())
    flash(gettext("Other browsers were signed out."))
    return ui.to(url_for(".account"))


@blueprint.route("/staff", methods=["GET", "POST"])
@allow(administrator)
def people() -> ui.Answer:
    """All accounts, and inviting somebody."""
    form = InviteForm()
    if form.sent():
        try:
            account, token = actions.invite(form.name.data, form.email.data, form.roles.data)
        except Refused as refusal:
            form.email.errors = [gettext(refusal.message)]
        else:
            return _show_link(account, token)
    screen = {"accounts": queries.all_accounts(), "role_names": ROLE_NAMES}
    return render_template("accounts/people.html", form=form, **screen), 422 if form.errors else 200


@blueprint.route("/staff/<int:account_id>", methods=["GET", "POST"])
@allow(administrator)
def person(account_id: int) -> ui.Answer:
    """One account: roles, and whether it may sign in."""
    account = queries.account(account_id)
    form = RolesForm(roles=sorted(account.role_names), active=account.deactivated_at is None)
    if form.sent():
        actions.set_roles(account_id, form.roles.data, form.active.data)
        flash(gettext("Saved."))
        return ui.to(url_for(".people"))
    return render_template("accounts/person.html", form=form, account=account), form.status


@blueprint.post("/staff/<int:account_id>/reset")
@allow(administrator)
def reset(account_id: int) -> ui.Answer:
    """A new link for somebody who lost the password or the authenticator."""
    return _show_link(queries.account(account_id), actions.reset_access(account_id))


def _show_link(account: object, token: str) -> ui.Answer:
    """Send the link if there is a mail server; show it either way, once, to hand over."""
    base = current_app.config["PUBLIC_URL"] or request.url_root.rstrip("/")
    link = base + url_for(".invitation", token=token)
    text = gettext(
        "You can set your password for Lokalni timovi with this link. It can be used once, within seven days:"
    )
    sent = mail.send(account.email, gettext("Your access to Lokalni timovi"), f"{text}\n\n{link}\n")
    return render_template("accounts/link.html", account=account, link=link, sent=sent)


@blueprint.get("/staff/audit")
@allow(administrator)
def audit_log() -> ui.Answer:
    """The audit log, newest first, and whether its chain is whole."""
    log = screens.log(request.args.get("kind", ""), request.args.get("before", type=row_number))
    return render_template("accounts/audit.html", log=log, broken=audit.first_broken_entry())
