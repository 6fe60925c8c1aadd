"""A participant's way into exercises: the list, the code or picture of a seat, and practice alone."""

from flask import Response, g, make_response, render_template, request, url_for

from lms import language, ui
from lms.access import allow
from lms.content.queries import course_of
from lms.errors import Refused
from lms.limits import count_attempt
from lms.simulations import own, seats
from lms.simulations.access import seat_offered
from lms.simulations.forms_player import SeatCodeForm
from lms.simulations.routes import blueprint
from lms.simulations.screens.player.coming_in import exercises_screen, seat_screen
from lms.trainings.access import participant_of

TRIES, MINUTES_5 = 10, 300


@blueprint.route("/t/<int:training_id>/exercises", methods=["GET", "POST"])
@allow(participant_of)
def exercises(training_id: int) -> ui.Answer:
    """One's own seats, a seat by its code, practice alone, and what is over."""
    form = SeatCodeForm()
    if not form.sent():
        return _list(form)
    count_attempt(f"seat:{g.participant.id}", TRIES, MINUTES_5)
    try:
        offered = seats.seat_by_code(training_id, form.code.data)
    except Refused as refusal:
        form.code.errors = [language.gettext(refusal.message)]
        return _list(form)
    return ui.to(url_for(".seat", token=offered.token))


def _list(form: SeatCodeForm) -> Response:
    course = course_of(g.training.course_hash)
    held = own.own_seats(g.training.id, g.participant.id)
    shown = exercises_screen(course, held, g.training.state == "open", g.participant.sector)
    page = render_template("simulations/exercises.html", training=g.training, screen=shown, form=form)
    return make_response(page, form.status)


@blueprint.route("/s/<token>", methods=["GET", "POST"])
@allow(seat_offered)
def seat(token: str) -> ui.Answer:
    """The picture on a seat card: what awaits one there; one press sits down."""
    shown = seat_screen(g.seat, g.run, g.participant.id)
    address = url_for(".player", training_id=g.training.id, run_id=g.run.id)
    if shown.status == "mine":
        return ui.to(address)
    trouble, status = "", 200
    if request.method == "POST":
        try:
            seats.take(g.seat, g.participant)
            return ui.to(address)
        except Refused as refusal:
            trouble, status = language.gettext(refusal.message), refusal.status
            shown = seat_screen(g.seat, g.run, g.participant.id)
    page = render_template("simulations/seat.html", training=g.training, screen=shown, trouble=trouble)
    return make_response(page, status)
