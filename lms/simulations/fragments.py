"""Players' screens as text, in pieces: a page is sent what it does not have, and a new screen is mostly the old one.

A piece is a macro and what it is given; nothing else is in its text. So equal makings have equal texts, and what several people see
alike is rendered once. Each piece carries a mark made of its text. A page says which marks it has, and is sent gaps in their places.
"""

import hashlib
import re
import secrets
from base64 import urlsafe_b64encode
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from flask import current_app, url_for
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from lms import language
from lms.content.case import Case
from lms.simulations import play
from lms.simulations.models import Run, RunRow
from lms.simulations.screens.player.deciding import Ballot
from lms.simulations.screens.player.screen import Screen, player_screen
from lms.simulations.state import ALONE, State

_TOKEN_HERE = secrets.token_hex(16)  # stands where each browser's own form token goes
_FIRST_TAG = re.compile(r"<\w+")
_RUNS = 128  # whose pieces a process keeps: about 0.2 MB each


@dataclass(frozen=True, slots=True)
class Ways:
    """The addresses on a player's screen: the player's own page, under which the moves stand, and where one can go from it."""

    player: str
    exercises: str
    numbers: str  # telephone numbers for help
    review: str


class Table(NamedTuple):
    """What a piece may know of the screen that it stands on."""

    mode: str
    paused: bool
    solo: bool
    places: int


class Piece(NamedTuple):
    """A text that says its mark, the mark, and the gap that a page fills with what it has."""

    text: Markup
    mark: str
    gap: Markup


_Kept = dict[Hashable, tuple[tuple[object, ...], Any]]  # what was made last at each place, and what it was made of
_kept: OrderedDict[tuple[str, str], _Kept] = OrderedDict()  # of each run (its address) in a language


def _kept_of(address: str) -> _Kept:
    run = address, language.current()
    kept = _kept.get(run)
    if kept is None:
        kept = _kept[run] = {}
        while len(_kept) > _RUNS:
            _kept.popitem(last=False)
    return kept


class Pieces:
    """The pieces of the screen of `role`, for its template; gaps for those that the page `has`."""

    def __init__(self, screen: Screen, role: str, ways: Ways, has: Collection[str]) -> None:
        self._screen, self._role, self._address, self._has = screen, role, ways.player, has
        self._table = Table(screen.mode, screen.paused, screen.solo, screen.places)
        self._macros: Any = current_app.jinja_env.get_template("simulations/_play.html").module
        self._kept = _kept_of(ways.player)

    def tabs(self) -> Markup:
        """On a phone, the way to each part of the screen."""
        offers = bool(self._screen.offers)
        return self._piece("tabs", offers, offers)

    def situation(self) -> Markup:
        """What everybody at the table knows."""
        scene = self._screen.scene
        return self._piece("situation", scene and scene.tables, scene, self._table)

    def cards(self) -> list[Markup]:
        """One's own card, and those of roles that one speaks for."""
        return [
            self._piece("card", (one.key, one.own), one, self._table, self._address, _TOKEN_HERE)
            for one in self._screen.cards
        ]

    def asking(self, ballot: Ballot) -> Markup:
        """What a decision asks and how one answers, or what was taken."""
        which = ballot.key, ballot.may_choose, ballot.chosen and ballot.chosen.key
        asked = replace(ballot, voters=(), until=0, left=0)
        return self._piece("asking", which, asked, self._table, self._address, _TOKEN_HERE)

    def answered(self, ballot: Ballot) -> Markup:
        """Who has answered in a decision."""
        dots = tuple(
            self._made("dot", (ballot.key, place, voter.voted, voter.you), voter)
            for place, voter in enumerate(ballot.voters)
        )
        one_decides = ballot.decider is not None and ballot.phase != ALONE
        return self._piece("answered", (ballot.key, self._role), ballot.voted, dots, one_decides)

    def offers(self) -> Markup:
        """What can be passed on, and what was."""
        return self._piece("offers", self._role, self._screen.offers)

    def progress(self) -> Markup:
        """The way so far."""
        scene = self._screen.scene
        return self._piece("progress", scene and scene.tables, scene, self._screen.taken, self._screen.solo)

    def messages(self) -> Markup:
        """The feed; each of its lines is kept for itself."""
        whole, solo = self._screen.whole, self._screen.solo
        lines = tuple(
            self._made("message", (line.seq, line.alone, line.mine), line, whole, solo) for line in self._screen.feed
        )
        return self._piece("messages", self._role, lines)

    def _piece(self, name: str, which: object, *given: object) -> Markup:
        piece: Piece = self._made(name, which, *given, become=_marked)
        return piece.gap if piece.mark in self._has else piece.text

    def _made(self, name: str, which: object, *given: object, become: Callable[[Any], Any] = Markup) -> Any:
        """What the macro `name` makes of what it is `given`. `which` tells apart what is wanted in turn, so that all of it is kept."""
        kept = self._kept.get((name, which))
        if kept is None or kept[0] != given:
            kept = self._kept[name, which] = given, become(getattr(self._macros, name)(*given))
        return kept[1]


def _marked(text: str) -> Piece:
    digest = hashlib.blake2b(text.replace(_TOKEN_HERE, "").encode(), digest_size=6).digest()
    mark = urlsafe_b64encode(digest).decode()
    says = _FIRST_TAG.sub(lambda tag: f'{tag[0]} data-piece="{mark}"', text, count=1)
    return Piece(Markup(says), mark, Markup(f'<i data-same="{mark}"></i>'))  # noqa: S704 - a rendered template


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
    return _with_token(_drawn(player_screen(run, case, state, role), role, ways))


def _render(run: Run | RunRow, state: State, role: str, has: Collection[str] = ()) -> str:
    return _drawn(screen_of(run, state, role), role, ways_of(run), has)


def _drawn(screen: Screen, role: str, ways: Ways, has: Collection[str] = ()) -> str:
    page = current_app.jinja_env.get_template("simulations/_screen.html")
    return page.render(screen=screen, pieces=Pieces(screen, role, ways, has), token=_TOKEN_HERE, ways=ways)


def _with_token(text: str) -> Markup:
    """Each browser has a token of its own; making it costs more than looking whether it is wanted."""
    return Markup(text.replace(_TOKEN_HERE, generate_csrf()) if _TOKEN_HERE in text else text)  # noqa: S704 - a rendered template
