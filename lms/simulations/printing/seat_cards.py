"""Seat cards: what one holds in the hand to sit down. Role, place, group, picture and code; no name."""

from collections.abc import Callable, Sequence

from lms import pdf
from lms.language import gettext as _
from lms.language import localise
from lms.simulations.models import Run, Seat
from lms.simulations.play import case_of
from lms.simulations.printing.blocks import Block, card, cards


def seat_cards(runs: Sequence[Run], address: Callable[[Seat], str]) -> bytes:
    """The cards of all seats of `runs`, eight to a page; `address` is what the picture opens."""
    made = [_card(run, seat, address(seat)) for run in runs for seat in run.seats]
    return cards(_("Seat cards"), made, per_page=8)


def _card(run: Run, seat: Seat, address: str) -> Block:
    case = case_of(run)
    role = case.role[seat.role]
    place = next(one.name for one in case.places if one.key == role.place)
    title, name, town = localise(case.title), localise(role.name), localise(place)
    where = "" if town in name or len(case.places) == 1 else town
    made = card(_("Exercise “%(title)s”", title=title), name, where, corner=run.name)
    return made | {"code": seat.code, "qr": pdf.qr_svg(address)}
