"""Players' screens as text: rendered once for a version, a seat and a language, and kept for as long as they are asked for."""

import secrets
from collections import OrderedDict

from flask import render_template
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from lms import language
from lms.simulations import play
from lms.simulations.models import Run
from lms.simulations.screens.player.screen import Screen, player_screen
from lms.simulations.state import State

KEPT = 2000  # fragments of about 20 KB
_TOKEN_HERE = secrets.token_hex(16)  # stands where each browser's own form token goes
_rendered: OrderedDict[tuple[str, int, str, str], str] = OrderedDict()


def screen_of(run: Run, state: State, role: str) -> Screen:
    """What the person in the seat `role` may see now."""
    return player_screen(run, play.case_of(run), state, role)


def screen_text(run: Run, state: State, role: str, focus: str = "") -> Markup:
    """The changing part of the player's page. `focus`: the id of the place to which the reader's own move leads."""
    key = (run.projector_token, state.version, role, language.current())
    text = _rendered.get(key)
    if text is None:
        text = render_template("simulations/_screen.html", screen=screen_of(run, state, role), token=_TOKEN_HERE)
        if (
            state.version == run.version
        ):  # what time has brought is not stored yet: somebody's move may still come before it
            _keep(key, text)
    text = text.replace(_TOKEN_HERE, generate_csrf())
    if focus:
        text = text.replace(f'id="{focus}"', f'id="{focus}" data-focus', 1)
    return Markup(text)  # noqa: S704 - a rendered template


def _keep(key: tuple[str, int, str, str], text: str) -> None:
    _rendered[key] = text
    while len(_rendered) > KEPT:
        _rendered.popitem(last=False)
