"""Players' own screens within the page of a trial: the very same as in an exercise, several of them on one page."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from secrets import token_urlsafe

from flask import render_template, url_for
from markupsafe import Markup

from lms.content.case import Case
from lms.content.course import Text
from lms.simulations.forms_player import HandoffSent
from lms.simulations.fragments import Ways, drawn
from lms.simulations.models import RunRow
from lms.simulations.moves import LONGEST_NOTE
from lms.simulations.screens.player.screen import player_screen
from lms.simulations.state import State

# What names places on a page; on a page with several screens each of them gets names of its own.
_NAMED = re.compile(r'( (?:id|for|form|aria-labelledby|aria-describedby|data-waits-for|data-count|data-keep)=")([^"]+)')
_TO_A_PLACE = re.compile(r'( href="#)([^"]+)')
_INSTEAD = (('hx-target="#live"', 'hx-target="#trial"'), ("<section ", '<div role="group" '), ("</section>", "</div>"))
_NAMED_FORM = re.compile(r'(<form [^>]*?) aria-labelledby="[^"]*"')
_HEADING = re.compile(r"(</?h)([1-4])\b")


@dataclass(frozen=True, slots=True)
class Player:
    """One role's screen. `waits`: a choice of this role is awaited. `key` is that of the seat."""

    key: str
    name: Text
    sector: str
    place: Text
    waits: bool
    text: Markup


def players(
    run: RunRow, case: Case, state: State, seats: tuple[str, ...], sent: Mapping[str, HandoffSent]
) -> tuple[Player, ...]:
    """The screens of `seats`; `sent` are hand-offs that were refused, by seat: they come back as they were filled in."""
    names = {place.key: place.name for place in case.places}
    found = []
    for seat in seats:
        role = case.role[seat]
        screen = player_screen(run, case, state, seat)
        ways = _ways(run, seat)
        forms = render_template(
            "simulations/_handoffs.html", screen=screen, sent=sent.get(seat, HandoffSent()), longest=LONGEST_NOTE,
            new_token=token_urlsafe, player=ways.player,
        )  # fmt: skip
        text = placed(drawn(run, case, state, seat, ways) + Markup(forms), seat)  # noqa: S704 - a rendered template
        waits = screen.pending is not None or screen.may_go_on
        found.append(Player(seat, role.name, role.sector, names[role.place], waits, text))
    return tuple(found)


def _ways(run: RunRow, seat: str) -> Ways:
    """Where the screen leads in a trial."""
    begin = url_for("authoring.trying", draft_id=run.training_id, key=run.case_key)
    mine = url_for("authoring.trial", draft_id=run.training_id, trial_id=run.id)
    return Ways(player=f"{mine}/as/{seat}", exercises=begin, numbers=begin, review="#debrief")


def placed(text: str, seat: str) -> Markup:
    """The screen of `seat` as a part of a larger page: its names are its own, its headings lower, its sections no landmarks, and a
    move on it is answered with the whole page."""
    text = _NAMED.sub(lambda found: found[1] + " ".join(f"{seat}--{name}" for name in found[2].split()), text)
    text = _TO_A_PLACE.sub(lambda found: found[0] if found[2] == "debrief" else f"{found[1]}{seat}--{found[2]}", text)
    text = _HEADING.sub(lambda found: f"{found[1]}{int(found[2]) + 2}", text)
    text = _NAMED_FORM.sub(r"\1", text)
    for usual, here in _INSTEAD:
        text = text.replace(usual, here)
    return Markup(text)  # noqa: S704 - a rendered template
