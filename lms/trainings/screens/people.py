"""The list of people as data."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from lms.language import alphabet_key, current
from lms.serbian import fold
from lms.trainings.models import Participant
from lms.trainings.roster.entries import name_key


@dataclass(frozen=True)
class People:
    """Who is shown, and who seems to stand twice. `pairs` are never more than ten."""

    rows: Sequence[Participant]
    pairs: Sequence[tuple[Participant, Participant]]
    search: str
    total: int


MOST_PAIRS = 10


def people_screen(everybody: Sequence[Participant], search: str) -> People:
    """The people whose name, institution or municipality has every searched word, under any script."""
    words = fold(search).split()
    shown = [person for person in everybody if all(word in _searched(person) for word in words)]
    return People(in_order(shown), _pairs(everybody), search, len(everybody))


def _searched(person: Participant) -> str:
    place = person.municipality.folded if person.municipality else ""
    return f"{person.folded} {fold(person.institution)} {place}"


def _pairs(everybody: Sequence[Participant]) -> list[tuple[Participant, Participant]]:
    """People with the same name in any script and order; the one that came in from a device first."""
    by_name: dict[str, list[Participant]] = {}
    for person in everybody:
        by_name.setdefault(name_key(person.name), []).append(person)
    pairs = []
    for people in by_name.values():
        ordered = sorted(people, key=lambda person: (person.joined_at is None, person.number))
        pairs += list(combinations(ordered, 2))
    return pairs[:MOST_PAIRS]


def in_order(people: Sequence[Participant]) -> list[Participant]:
    """`people` by the alphabet of the page: азбука, as they come from the database, or abeceda where names are read in Latin."""
    if current() == "sr":
        return list(people)
    return sorted(people, key=lambda person: (alphabet_key(person.name), person.id))
