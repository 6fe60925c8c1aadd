"""A player's screen put together from pieces, so that a page can be sent those that it does not have.

A piece is a macro and what it is given; nothing else is in its text. So equal makings have equal texts, and what several people see
alike is rendered once. Each says a mark made of its text. A page says which marks it has, and is sent gaps in their places, to be
filled with its own. What stands between the pieces is the frame.
"""

import hashlib
import re
import secrets
from base64 import urlsafe_b64encode
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any, NamedTuple

from flask import current_app
from markupsafe import Markup

from lms import language
from lms.content.course import Text
from lms.simulations.screens.player.deciding import Choice, Feedback
from lms.simulations.screens.player.screen import Screen
from lms.simulations.state import ALONE

TOKEN_HERE = secrets.token_hex(16)  # stands where each browser's own form token goes
_PLACE = secrets.token_hex(16)  # stands in a frame before and after the name of what goes there
_FIRST_TAG = re.compile(r"<\w+")
_RUNS = 100  # whose pieces a process keeps: about 0.4 MB each


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


class Asked(NamedTuple):
    """What the question of a decision is made of: all of a `Ballot` but who has answered and how long is left."""

    key: str
    question: Text
    how: str
    phase: str
    decider: Text | None
    may_choose: bool
    choices: tuple[Choice, ...]
    chosen: Choice | None
    taken: Choice | None
    closed_by: str
    feedback: Feedback | None
    unanswered: bool
    yours: bool


_asked = attrgetter(*Asked._fields)


class Piece(NamedTuple):
    """A text that says its mark, the mark, and the gap for a page that has it."""

    text: str
    mark: str
    gap: str


_Kept = dict[Hashable, tuple[tuple[object, ...], Any]]  # what was made last at each place, and what it was made of
_kept: OrderedDict[tuple[str, str], _Kept] = OrderedDict()  # of each run (its address) in a language


def forget() -> None:
    """Nothing is kept any more; for tests."""
    _kept.clear()


def _kept_of(address: str) -> _Kept:
    run = address, language.current()
    kept = _kept.get(run)
    if kept is None:
        kept = _kept[run] = {}
        while len(_kept) > _RUNS:
            _kept.popitem(last=False)
    return kept


class Pieces:
    """The screen of `role` for a page that `has` some of it."""

    def __init__(self, screen: Screen, role: str, ways: Ways, has: Collection[str]) -> None:
        self._screen, self._role, self._ways, self._has = screen, role, ways, has
        self._table = Table(screen.mode, screen.paused, screen.solo, screen.places)
        self._cards = {card.key: card for card in screen.cards}
        self._ballots = {ballot.key: ballot for ballot in screen.ballots}
        self._macros: Any = current_app.jinja_env.get_template("simulations/_play.html").module
        self._kept = _kept_of(ways.player)

    def together(self) -> str:
        """The frame with every piece, or its gap, in its place."""
        frame = self._lasting_frame() if self._has else _frame(self._screen, self._ways)
        return "".join(self._at(*part.split()) if place % 2 else part for place, part in enumerate(frame))

    def _lasting_frame(self) -> list[str]:
        """For a page whose script writes the times that run: it is made anew when something else has changed."""
        clock = self._screen.clock
        screen = replace(
            self._screen,
            version=0,
            clock=replace(clock, minutes=0) if clock.start else clock,
            ballots=tuple(replace(one, voters=(), left=0 if one.until else one.left) for one in self._screen.ballots),
            taken=(),
            feed=(),
        )
        frame: list[str] = self._keep(("frame", self._role), (screen, self._ways), _frame)
        return frame

    def _at(self, name: str, *key: str) -> str:
        made: str = getattr(self, name)(*key)
        return made

    def version(self) -> str:
        """Where the run stands."""
        return str(self._screen.version)

    def tabs(self) -> str:
        """On a phone, the way to each part of the screen."""
        offers = bool(self._screen.offers)
        return self._piece("tabs", offers, offers)

    def situation(self) -> str:
        """What everybody at the table knows."""
        scene = self._screen.scene
        return self._piece("situation", scene and scene.tables, scene, self._table)

    def card(self, key: str) -> str:
        """One's own card, or that of a role one speaks for."""
        card = self._cards[key]
        return self._piece("card", (key, card.own), card, self._table, self._ways.player, TOKEN_HERE)

    def asking(self, key: str) -> str:
        """What a decision asks and how one answers, or what was taken."""
        ballot = self._ballots[key]
        asked = Asked._make(_asked(ballot))
        which = key, asked.may_choose, asked.chosen and asked.chosen.key
        return self._piece("asking", which, asked, self._table, self._ways.player, TOKEN_HERE)

    def answered(self, key: str) -> str:
        """Who has answered in a decision."""
        ballot = self._ballots[key]
        dots = tuple(
            self._made("dot", (key, place, voter.voted, voter.you), voter) for place, voter in enumerate(ballot.voters)
        )
        one_decides = ballot.decider is not None and ballot.phase != ALONE
        return self._piece("answered", (key, self._role), ballot.voted, dots, one_decides)

    def offers(self) -> str:
        """What can be passed on, and what was."""
        return self._piece("offers", self._role, self._screen.offers)

    def progress(self) -> str:
        """The way so far."""
        scene = self._screen.scene
        return self._piece("progress", scene and scene.tables, scene, self._screen.taken, self._screen.solo)

    def messages(self) -> str:
        """The feed; each of its lines is kept for itself."""
        whole, solo = self._screen.whole, self._screen.solo
        lines = tuple(
            self._made("message", (line.seq, line.alone, line.mine), line, whole, solo) for line in self._screen.feed
        )
        return self._piece("messages", self._role, lines)

    def _piece(self, name: str, which: object, *given: object) -> str:
        macro = getattr(self._macros, name)
        piece: Piece = self._keep((name, which), given, lambda *given: _marked(macro(*given)))
        return piece.gap if piece.mark in self._has else piece.text

    def _made(self, name: str, which: object, *given: object) -> Markup:
        made: Markup = self._keep((name, which), given, getattr(self._macros, name))
        return made

    def _keep(self, place: Hashable, given: tuple[object, ...], make: Callable[..., Any]) -> Any:
        """What `make` makes of what is `given`, now or before. A place holds one: it tells apart what is wanted in turn."""
        kept = self._kept.get(place)
        if kept is None or kept[0] != given:
            kept = self._kept[place] = given, make(*given)
        return kept[1]


def _frame(screen: Screen, ways: Ways) -> list[str]:
    """Text, the name of a piece, text, and so on."""
    page = current_app.jinja_env.get_template("simulations/_screen.html")
    return page.render(screen=screen, ways=ways, token=TOKEN_HERE, piece=_place).split(_PLACE)


def _place(*name: str) -> Markup:
    return Markup(f"{_PLACE}{' '.join(name)}{_PLACE}")  # noqa: S704 - names of ours and keys of a case


def _marked(text: str) -> Piece:
    digest = hashlib.blake2b(text.replace(TOKEN_HERE, "").encode(), digest_size=6).digest()
    mark = urlsafe_b64encode(digest).decode()
    says = _FIRST_TAG.sub(lambda tag: f'{tag[0]} data-piece="{mark}"', text, count=1)
    return Piece(says, mark, f'<i data-same="{mark}"></i>')
