"""Players' screens as text."""

from collections.abc import Collection

from flask import url_for
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from lms.content.case import Case
from lms.simulations import play
from lms.simulations.models import Run, RunRow
from lms.simulations.pieces import TOKEN_HERE, Pieces, Ways
from lms.simulations.screens.player.screen import Screen, player_screen
from lms.simulations.state import State

__all__ = ["Ways", "drawn", "focused", "screen_of", "screen_text", "ways_of"]


def screen_of(run: Run | RunRow, state: State, role: str) -> Screen:
    """What the person in the seat `role` may see now."""
    return player_screen(run, play.case_of(run), state, role)


def screen_text(run: Run | RunRow, state: State, role: str, has: Collection[str] = ()) -> Markup:
    """The changing part of the player's page, with gaps for the pieces that the page `has`."""
    return _with_token(_render(run, state, role, has))


def focused(text: Markup, place: str) -> Markup:
    """The same with the focus at the place (an id) to which the reader's own move has led."""
    return Markup(str(text).replace(f'id="{place}"', f'id="{place}" data-focus', 1))  # noqa: S704 - a rendered template


def ways_of(run: Run | RunRow) -> Ways:
    """Where the screen of a run leads."""
    training = run.training_id
    return Ways(
        player=url_for("simulations.player", training_id=training, run_id=run.id),
        exercises=url_for("simulations.exercises", training_id=training),
        numbers=url_for("trainings.modules", training_id=training) + "#lines",
        review=url_for("simulations.review", training_id=training, run_id=run.id),
    )


def drawn(run: Run | RunRow, case: Case, state: State, role: str, ways: Ways) -> Markup:
    """The same of a run that is in no training, as where a case is tried while it is written."""
    return _with_token(Pieces(player_screen(run, case, state, role), role, ways, ()).together())


def _render(run: Run | RunRow, state: State, role: str, has: Collection[str] = ()) -> str:
    return Pieces(screen_of(run, state, role), role, ways_of(run), has).together()


def _with_token(text: str) -> Markup:
    """Each browser has a token of its own; making it costs more than looking whether it is wanted."""
    return Markup(text.replace(TOKEN_HERE, generate_csrf()) if TOKEN_HERE in text else text)  # noqa: S704 - a rendered template
