"""The player's own addresses: the seat, the screen, the moves, and looking back. Every move answers with the screen anew."""

from secrets import token_urlsafe

from flask import g, make_response, render_template, request, url_for
from markupsafe import escape

from lms import language, ui
from lms.access import allow, row_number
from lms.content.queries import course_of
from lms.errors import Refused
from lms.simulations import moves, play, seat_moves, wake
from lms.simulations.access import seated
from lms.simulations.forms_player import LONGEST_KEY, HandoffSent, check_note, read_handoff
from lms.simulations.fragments import focused, screen_of, screen_text
from lms.simulations.moves import LONGEST_NOTE, Move
from lms.simulations.routes import blueprint
from lms.simulations.screens.player.review import review_screen
from lms.simulations.state import FINISHED, State

ONE = "/t/<int:training_id>/exercises/<int:run_id>"
JUST_NOW = HandoffSent()


@blueprint.get(ONE)
@allow(seated)
def player(training_id: int, run_id: int) -> ui.Answer:
    """The player's page: what it is, the waiting room, the play, the end."""
    wake.seen(run_id, g.seat.id, arrived=True)
    return _page(play.look(g.run))


@blueprint.get(f"{ONE}/screen")
@allow(seated)
def screen(training_id: int, run_id: int) -> ui.Answer:
    """The part that changes, with gaps for the pieces that the page `has`; 204 while it is the one that was `seen`."""
    wake.seen(run_id, g.seat.id)
    state = play.look(g.run)
    if request.args.get("seen", type=int) == state.version:
        return "", 204
    return screen_text(g.run, state, g.seat.role, has=request.args.get("has", "").split("."))


@blueprint.post(f"{ONE}/present")
@allow(seated)
def present(training_id: int, run_id: int) -> ui.Answer:
    """Enter the exercise, or come back to it."""
    wake.seen(run_id, g.seat.id, arrived=True)
    return _made(seat_moves.enter(g.run, g.seat.role), "scene-h", "wait-h")


@blueprint.post(f"{ONE}/away")
@allow(seated)
def away(training_id: int, run_id: int) -> ui.Answer:
    """Step out, silently."""
    return _made(moves.leave(g.seat.role), "away-h")


@blueprint.post(f"{ONE}/votes")
@allow(seated)
def votes(training_id: int, run_id: int) -> ui.Answer:
    """Choose an option, or change the choice."""
    decision, option = _sent("decision"), _sent("option")
    return _made(seat_moves.vote(g.run, g.seat.role, decision, option, _sent("phase")), f"d-{decision}")


@blueprint.post(f"{ONE}/facts")
@allow(seated)
def facts(training_id: int, run_id: int) -> ui.Answer:
    """Put a fact of one's own card on the table."""
    fact = _sent("fact")
    return _made(seat_moves.share(g.run, g.seat.role, fact), f"f-{fact}")


@blueprint.route(f"{ONE}/handoffs", methods=["GET", "POST"])
@allow(seated)
def handoffs(training_id: int, run_id: int) -> ui.Answer:
    """Tell somebody something; or only the forms for it, when others are offered than the page has."""
    if request.method == "GET":
        return _forms(play.look(g.run), JUST_NOW)
    sent = read_handoff(request.form)
    return _made(seat_moves.hand_over(g.run, g.seat.role, sent), f"handed-{sent.handoff}", "messages-h", sent=sent)


@blueprint.post(f"{ONE}/go-on")
@allow(seated)
def go_on(training_id: int, run_id: int) -> ui.Answer:
    """Practice: on to what comes next."""
    return _made(seat_moves.go_on(g.run, request.form.get("seen", 0, row_number)), "decision", "scene-h")


@blueprint.get(f"{ONE}/review")
@allow(seated)
def review(training_id: int, run_id: int) -> ui.Answer:
    """What was decided, why it was so, and what the person lived through: only when all is over."""
    state = play.look(g.run)
    if state.phase != FINISHED:
        return ui.to(_address())
    shown = review_screen(g.run, play.case_of(g.run), state, g.seat.role)
    return render_template("simulations/review.html", screen=shown)


def _sent(name: str) -> str:
    return request.form.get(name, "")[:LONGEST_KEY]


def _address(place: str = "") -> str:
    address = url_for(".player", training_id=g.run.training_id, run_id=g.run.id)
    return f"{address}#{place}" if place else address


def _made(move: Move, *places: str, sent: HandoffSent = JUST_NOW) -> ui.Answer:
    """Make the move, then show the screen, at the first of `places` that is on it. A refusal stands beside what was sent."""
    try:
        check_note(sent, course_of(g.run.course_hash))
        state = play.move(g.run, move)
    except Refused as refusal:
        if request.wants_part:
            raise
        sent.trouble = language.gettext(refusal.message, **refusal.values)
        return make_response(_page(play.look(g.run), sent, trouble=sent.trouble), refusal.status)
    text = screen_text(g.run, state, g.seat.role)
    place = next((one for one in places if f'id="{escape(one)}"' in text), "")
    return make_response(focused(text, place)) if request.wants_part else ui.to(_address(place))


def _page(state: State, sent: HandoffSent = JUST_NOW, trouble: str = "") -> str:
    return render_template(
        "simulations/player.html",
        seat=f"{g.seat.id}-{g.seat.participant_id}",
        shown=screen_of(g.run, state, g.seat.role),
        screen_text=screen_text(g.run, state, g.seat.role),
        forms=_forms(state, sent),
        trouble="" if sent.handoff else trouble,
    )


def _forms(state: State, sent: HandoffSent) -> str:
    shown = screen_of(g.run, state, g.seat.role)
    return render_template(
        "simulations/_handoffs.html",
        screen=shown,
        sent=sent,
        longest=LONGEST_NOTE,
        new_token=token_urlsafe,
        player=_address(),
    )
