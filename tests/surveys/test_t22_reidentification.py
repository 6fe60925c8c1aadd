"""T22, the re-identification game: whoever holds everything that is left after the close still has to guess.

A thousand synthetic trainings of 5 to 30 people. Each person answers differently, so that a match would be certain; the
attacker knows who sent in which order (attendance, progress, logs of the proxy) and gets the tables in every order that the
database can give them, the receipts, the audit log, and two backups made after the close. Pass: of the people, not more
than 1/n + 2 points are matched with their ballot, whichever way is tried.
"""

import os
import random

import sqlalchemy as sa

from lms.database import writing
from lms.extensions import db
from lms.surveys.actions.ballots import mix, put_in, sweep
from lms.surveys.models import Ballot, Opening, Receipt, Remark
from lms.surveys.rules import Spoken
from tests.builders import a_participant, a_training, save

TRAININGS = int(os.environ.get("T22_TRAININGS", "1000"))
MOST_POINTS_ABOVE_CHANCE = 0.02


def a_played_training(session, training_id: int, people: list[int], number: int) -> list[int]:
    """People send in an order of chance; the i-th marks their ballot with who they are, for the count afterwards."""
    session.execute(
        sa.insert(Opening), [{"id": number, "training_id": training_id, "survey": f"e{number}", "moment": ""}]
    )
    order = random.sample(people, len(people))
    for person in order:
        session.execute(sa.insert(Receipt), [{"participant_id": person, "opening_id": number}])
        put_in(session, number, {"e1": person}, [Spoken("add", str(person)), Spoken("quote", str(person), True)])
    return order


def rows_as_the_database_gives_them(number: int) -> dict[str, list[int]]:
    """Whom each ballot and remark really belongs to, in every order that an attacker can ask for."""
    ballots = db.session.execute(sa.select(Ballot.key, Ballot.answers).where(Ballot.opening_id == number)).all()
    texts = db.session.execute(sa.select(Remark.key, Remark.item, Remark.text).where(Remark.opening_id == number)).all()
    return {
        "ballots as stored": [row.answers["e1"] for row in ballots],
        "ballots by key": [row.answers["e1"] for row in sorted(ballots)],
        "ballots backwards": [row.answers["e1"] for row in reversed(ballots)],
        "remarks as stored": [int(row.text) for row in texts if row.item == "add"],
        "remarks by key": [int(row.text) for row in sorted(texts) if row.item == "quote"],
    }


def test_t22_nobody_is_matched_more_often_than_by_chance(app):
    training = a_training()
    people = [a_participant(training, f"Особа {n}").id for n in range(30)]
    orders = {}
    for first in range(1, TRAININGS + 1, 50):  # many in one transaction only to be fast; each is mixed on its own
        with writing() as session:
            for number in range(first, first + 50):
                orders[number] = a_played_training(session, training.id, people[: random.randint(5, 30)], number)
                mix(session, number)
    assert sweep()
    first_backup = {number: rows_as_the_database_gives_them(number) for number in orders}
    second_backup = {number: rows_as_the_database_gives_them(number) for number in range(1, 51)}
    assert second_backup.items() <= first_backup.items()  # two backups after the close tell no more than one

    matched: dict[str, int] = {}
    for number, sent in orders.items():
        receipts = list(db.session.scalars(sa.select(Receipt.participant_id).where(Receipt.opening_id == number)))
        for guess, known in (("in the order of sending", sent), ("in the order of the receipts", receipts)):
            for way, rows in first_backup[number].items():
                hits = sum(person == owner for person, owner in zip(known, rows, strict=True))
                matched[f"{way}, {guess}"] = matched.get(f"{way}, {guess}", 0) + hits
    everybody = sum(map(len, orders.values()))
    by_chance = len(orders) / everybody  # one of n by guessing, in each training
    shares = {way: hits / everybody for way, hits in matched.items()}
    assert max(shares.values()) <= by_chance + MOST_POINTS_ABOVE_CHANCE, shares


def test_t22_remarks_of_two_questions_cannot_be_joined(app):
    """The same game between the questions: whose sentence goes with whose."""
    training = a_training()
    people = [a_participant(training, f"Особа {n}").id for n in range(20)]
    save(*(Opening(id=number, training_id=training.id, survey=f"e{number}") for number in range(1, 101)))
    hits = 0
    for number in range(1, 101):
        with writing() as session:
            for person in people:
                texts = [Spoken("add", str(person)), Spoken("quote", str(person), True)]
                put_in(session, number, {"e1": person}, texts)
            mix(session, number)
        rows = db.session.execute(sa.select(Remark.item, Remark.text).where(Remark.opening_id == number)).all()
        added, quoted = ([row.text for row in rows if row.item == item] for item in ("add", "quote"))
        hits += sum(one == other for one, other in zip(added, quoted, strict=True))
    assert hits / 2000 <= 1 / 20 + MOST_POINTS_ABOVE_CHANCE
