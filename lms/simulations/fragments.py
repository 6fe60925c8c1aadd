"""Players' screens as text: rendered once for a version, a seat and a language, and kept for as long as they are asked for.

A new version of a screen is mostly the old one. So its pieces are kept as well, each with what it was made of: a piece is rendered
again when that has changed.
"""

import secrets
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from flask import current_app, url_for
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from lms import language
from lms.content.case import Case
from lms.simulations import play
from lms.simulations.models import Run, RunRow
from lms.simulations.screens.player.deciding import Ballot
from lms.simulations.screens.player.screen import Card, Screen, player_screen
from lms.simulations.state import State

_TOKEN_HERE = secrets.token_hex(16)  # stands where each browser's own form token goes


@dataclass(frozen=True, slots=True)
class Ways:
    """The addresses on a player's screen: the player's own page, under which the moves stand, and where one can go from it."""

    player: str
    exercises: str
    numbers: str  # telephone numbers for help
    review: str


class Kept:
    """The texts that were made last, each under its place with what it was made of."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._texts: OrderedDict[Hashable, tuple[object, str]] = OrderedDict()

    def get(self, place: Hashable, made_of: object, make: Callable[[], str], lasting: bool = True) -> str:
        """The text at `place`, made anew when it is missing or was made of something else; kept when it is `lasting`."""
        kept = self._texts.get(place)
        if kept is not None and kept[0] == made_of:
            return kept[1]
        text = make()
        if lasting:
            self._texts[place] = made_of, text
            while len(self._texts) > self._most:
                self._texts.popitem(last=False)
        return text

    def clear(self) -> None:
        """Forget everything."""
        self._texts.clear()


_screens = Kept(200)  # of about 30 KB in memory
_pieces = Kept(4000)  # of about 2 KB


class Pieces:
    """The pieces of one screen that change seldom, for its template."""

    def __init__(self, run: Run | RunRow, role: str, screen: Screen, ways: Ways) -> None:
        self._screen = screen
        self._macros: Any = current_app.jinja_env.get_template("simulations/_play.html").module
        self._address = ways.player
        self._place = (run.projector_token, role, language.current())

    def situation(self) -> str:
        """What everybody at the table knows."""
        made_of = (self._screen.scene, self._screen.mode)
        return self._kept("situation", made_of, lambda: self._macros.situation(self._screen))

    def card(self, card: Card) -> str:
        """One's own card, or one that is covered."""
        screen = self._screen
        made_of = (card, screen.mode, screen.paused, screen.places)
        return self._kept(
            f"card {card.key}", made_of, lambda: self._macros.card(card, screen, self._address, _TOKEN_HERE)
        )

    def ballot(self, ballot: Ballot) -> str:
        """A decision."""
        screen = self._screen
        made_of = (ballot, screen.paused, screen.solo)
        return self._kept(
            f"ballot {ballot.key}", made_of, lambda: self._macros.ballot(ballot, screen, self._address, _TOKEN_HERE)
        )

    def progress(self) -> str:
        """The way so far."""
        made_of = (self._screen.scene, self._screen.taken)
        return self._kept("progress", made_of, lambda: self._macros.progress(self._screen))

    def messages(self) -> str:
        """The feed; each of its lines for itself."""
        return self._kept("messages", self._screen.feed, lambda: self._macros.messages(self._lines()))

    def _lines(self) -> list[str]:
        whole, solo, message = self._screen.whole, self._screen.solo, self._macros.message
        return [
            self._kept(f"message {line.seq}", line, lambda line=line: message(line, whole, solo))  # type: ignore[misc]
            for line in self._screen.feed
        ]

    def _kept(self, name: str, made_of: object, make: Callable[[], str]) -> str:
        return _pieces.get((*self._place, name), made_of, make)


def screen_of(run: Run | RunRow, state: State, role: str) -> Screen:
    """What the person in the seat `role` may see now."""
    return player_screen(run, play.case_of(run), state, role)


def screen_text(run: Run | RunRow, state: State, role: str, focus: str = "") -> Markup:
    """The changing part of the player's page. `focus`: the id of the place to which the reader's own move leads."""
    # what time has brought is not stored yet: somebody's move may still come before it
    stored = state.version == run.version
    key = (run.projector_token, state.version, role, language.current())
    text = _screens.get(key, None, lambda: _render(run, state, role), lasting=stored)
    text = text.replace(_TOKEN_HERE, generate_csrf())
    if focus:
        text = text.replace(f'id="{focus}"', f'id="{focus}" data-focus', 1)
    return Markup(text)  # noqa: S704 - a rendered template


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
    screen = player_screen(run, case, state, role)
    return Markup(_drawn(run, screen, role, ways).replace(_TOKEN_HERE, generate_csrf()))  # noqa: S704 - a rendered template


def _render(run: Run | RunRow, state: State, role: str) -> str:
    return _drawn(run, screen_of(run, state, role), role, ways_of(run))


def _drawn(run: Run | RunRow, screen: Screen, role: str, ways: Ways) -> str:
    page = current_app.jinja_env.get_template("simulations/_screen.html")
    return page.render(screen=screen, pieces=Pieces(run, role, screen, ways), token=_TOKEN_HERE, ways=ways)
