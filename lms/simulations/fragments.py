"""Players' screens as text: rendered once for a version, a seat and a language, and kept for as long as they are asked for.

A new version of the screen is mostly the old one: what has been said at the table is rendered once for all versions.
"""

import secrets
from collections import OrderedDict
from collections.abc import Callable, Hashable

from flask import current_app
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from lms import language
from lms.simulations import play
from lms.simulations.models import Run, RunRow
from lms.simulations.screens.player.feed import Line
from lms.simulations.screens.player.screen import Screen, player_screen
from lms.simulations.state import State

_TOKEN_HERE = secrets.token_hex(16)  # stands where each browser's own form token goes


class Kept:
    """The texts that were asked for last."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._texts: OrderedDict[Hashable, str] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], str], lasting: bool = True) -> str:
        """The text of `key`; `make` is asked for it at most once while it is kept, and it is kept when it is `lasting`."""
        text = self._texts.get(key)
        if text is None:
            text = make()
            if lasting:
                self._texts[key] = text
                while len(self._texts) > self._most:
                    self._texts.popitem(last=False)
        return text

    def clear(self) -> None:
        """Forget everything."""
        self._texts.clear()


_screens = Kept(2000)  # of about 20 KB
_messages = Kept(20_000)  # of about 1 KB


def screen_of(run: Run | RunRow, state: State, role: str) -> Screen:
    """What the person in the seat `role` may see now."""
    return player_screen(run, play.case_of(run), state, role)


def screen_text(run: Run | RunRow, state: State, role: str, focus: str = "") -> Markup:
    """The changing part of the player's page. `focus`: the id of the place to which the reader's own move leads."""
    # what time has brought is not stored yet: somebody's move may still come before it
    stored = state.version == run.version
    key = (run.projector_token, state.version, role, language.current())
    text = _screens.get(key, lambda: _render(run, state, role, stored), lasting=stored)
    text = text.replace(_TOKEN_HERE, generate_csrf())
    if focus:
        text = text.replace(f'id="{focus}"', f'id="{focus}" data-focus', 1)
    return Markup(text)  # noqa: S704 - a rendered template


def _render(run: Run | RunRow, state: State, role: str, stored: bool) -> str:
    screen = screen_of(run, state, role)
    templates = current_app.jinja_env
    macros = templates.get_template("simulations/_play.html").module

    def message(line: Line) -> str:
        """A line that is stored never changes; who may read it was decided before."""
        key = (run.projector_token, line.seq, line.alone, line.mine, language.current())
        return _messages.get(key, lambda: macros.message(line, screen.whole), lasting=stored)  # type: ignore[attr-defined]

    lines = [message(line) for line in screen.feed]
    page = templates.get_template("simulations/_screen.html")  # what render_template adds to every page is not in it
    return page.render(screen=screen, lines=lines, token=_TOKEN_HERE)
