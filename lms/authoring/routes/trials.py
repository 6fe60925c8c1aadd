"""Trying a case of a draft: a trial is begun, played with the players' own screens, taken back move by move, and begun again."""

from collections.abc import Mapping

import sqlalchemy as sa
from flask import g, make_response, render_template, request, url_for
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from lms import language, ui
from lms.access import allow
from lms.authoring.access import own_trial, writer_of_draft
from lms.authoring.actions import trying as actions
from lms.authoring.models import Trial
from lms.authoring.queries import contacts_of_draft, file_of_draft
from lms.authoring.routes import blueprint
from lms.authoring.screens.trial import TrialScreen, trial_screen, trying_screen
from lms.authoring.trying.beginning import ALL, SOLO, Beginning
from lms.authoring.trying.pressing import as_facilitator, as_player, run_of, state_after
from lms.errors import NotAllowed, Refused
from lms.extensions import db
from lms.simulations.commands import NO_SUCH_BUTTON
from lms.simulations.forms_player import LONGEST_KEY, HandoffSent, no_personal_data, read_handoff
from lms.simulations.moves import Move
from lms.ui import N_

CASE = "/drafts/<int:draft_id>/cases/<key>"
ONE = "/drafts/<int:draft_id>/trials/<int:trial_id>"
WHOLE = "table"  # who plays: all, table, or the key of a role
TRIED = N_("tried while it was written")  # the reason of whatever the facilitator does in a trial
NOTHING_SENT: Mapping[str, HandoffSent] = {}


@blueprint.get(f"{CASE}/play")
@allow(writer_of_draft)
def trying(draft_id: int, key: str) -> ui.Answer:
    """Where a trial is begun: as whom, from which stage (`?stage=`), with which flags."""
    return _beginning_page(key)


@blueprint.post(f"{CASE}/play")
@allow(writer_of_draft)
def begin_trial(draft_id: int, key: str) -> ui.Answer:
    """Begin; without any choice all roles side by side, from the first stage."""
    text = _text(key)
    try:
        trial = actions.begin_trial(g.draft, current_user.id, key, text, _wanted(request.form))
    except Refused as refusal:
        return make_response(_beginning_page(key), refusal.status)
    return ui.to(_address(trial))


def _text(key: str) -> str:
    text = file_of_draft(g.draft, f"cases/{key}.yaml")
    if text is None:
        raise NotAllowed()
    return text


def _beginning_page(key: str) -> str:
    mine = sa.select(Trial).where(
        Trial.draft_id == g.draft.id, Trial.account_id == current_user.id, Trial.case_key == key
    )
    trials = db.session.scalars(mine.order_by(Trial.id.desc()).options(sa.orm.undefer(Trial.text))).all()
    screen = trying_screen(g.draft, key, _text(key), request.args.get("stage", ""), trials)
    return render_template("authoring/trying.html", screen=screen)


def _wanted(form: MultiDict[str, str]) -> Beginning:
    """What was chosen. A flag that is yes/no is sent as 0 and, when it is ticked, 1 after it."""
    who = form.get("who", ALL)
    flags = {name.removeprefix("flag-"): form.getlist(name)[-1] for name in form if name.startswith("flag-")}
    numbers = {key: int(typed) for key, typed in flags.items() if typed.lstrip("-").isdecimal() and len(typed) < 6}
    return Beginning(
        mode=ALL if who == ALL else SOLO, role="" if who in (ALL, WHOLE) else who, stage=form.get("stage", ""), flags=numbers
    )  # fmt: skip


@blueprint.get(ONE)
@allow(own_trial)
def trial(draft_id: int, trial_id: int) -> ui.Answer:
    """The page of a trial."""
    return render_template("authoring/trial.html", screen=_screen())


@blueprint.post(f"{ONE}/as/<role>/<what>")
@allow(own_trial)
def press_as_player(draft_id: int, trial_id: int, role: str, what: str) -> ui.Answer:
    """A button on the screen of `role`."""
    if role not in actions.case_of(g.trial).role:
        raise NotAllowed()
    sent = {name: request.form.get(name, "")[:LONGEST_KEY] for name in ("decision", "option", "phase", "fact", "seen")}
    handoff = read_handoff(request.form)
    try:
        no_personal_data(handoff, contacts_of_draft(g.draft))
        return _carried_out(as_player(run_of(g.trial, ""), role, what, sent, handoff), f"as-{role}")
    except Refused as refusal:
        if request.wants_part:
            raise
        return _refused(refusal, role, handoff)


@blueprint.post(f"{ONE}/moves")
@allow(own_trial)
def press_as_facilitator(draft_id: int, trial_id: int) -> ui.Answer:
    """A button beside the screens; `pass` lets time pass."""
    command = request.form.get("move", "")[:LONGEST_KEY]
    if command == "pass" and g.trial.mode != ALL:
        raise NO_SUCH_BUTTON
    try:
        move = None if command == "pass" else as_facilitator(run_of(g.trial, ""), command, language.gettext(TRIED))
        return _carried_out(move, "state")
    except Refused as refusal:
        if request.wants_part:
            raise
        return _refused(refusal)


@blueprint.post(f"{ONE}/undo")
@allow(own_trial)
def take_move_back(draft_id: int, trial_id: int) -> ui.Answer:
    """Take the last move back."""
    actions.take_back(g.trial)
    return _shown("state")


@blueprint.post(f"{ONE}/again")
@allow(own_trial)
def begin_trial_again(draft_id: int, trial_id: int) -> ui.Answer:
    """Back to the beginning of the trial."""
    actions.begin_again(g.trial)
    return _shown("state")


@blueprint.post(f"{ONE}/renew")
@allow(own_trial)
def renew_trial(draft_id: int, trial_id: int) -> ui.Answer:
    """A new trial of the case as it is written now, from the stage in which this one stands, with what the story remembers."""
    old = g.trial
    state = state_after(actions.case_of(old), old.events)
    wanted = Beginning(old.mode, old.role, state.stage, state.flags)
    try:
        new = actions.begin_trial(g.draft, current_user.id, old.case_key, _text(old.case_key), wanted)
    except Refused:
        return ui.to(url_for(".trying", draft_id=draft_id, key=old.case_key))
    return ui.to(_address(new))


def _carried_out(move: Move | None, place: str) -> ui.Answer:
    actions.press(g.trial, move)
    return _shown(place)


def _shown(place: str) -> ui.Answer:
    if request.wants_part:
        return render_template("authoring/_trial.html", screen=_screen(), focus=place)
    return ui.to(f"{_address(g.trial)}#{place}")


def _refused(refusal: Refused, role: str = "", handoff: HandoffSent | None = None) -> ui.Answer:
    """The page again without JavaScript, with the sentence, and what was filled in as it was."""
    sentence = language.gettext(refusal.message, **refusal.values)
    sent = {}
    if handoff and handoff.handoff:
        handoff.trouble = sentence
        sent[role] = handoff
    page = render_template("authoring/trial.html", screen=_screen(sent), trouble=sentence)
    return make_response(page, refusal.status)


def _screen(sent: Mapping[str, HandoffSent] = NOTHING_SENT) -> TrialScreen:
    text = file_of_draft(g.draft, f"cases/{g.trial.case_key}.yaml")
    return trial_screen(g.draft, g.trial, actions.case_of(g.trial), text, sent)


def _address(one: Trial) -> str:
    return url_for(".trial", draft_id=one.draft_id, trial_id=one.id)
