"""A hall that plays an exercise through the real addresses: phones, a trainer's laptop, the wall, and people who only look on."""

import re
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from lms import clock
from lms.content.actions import store_files
from lms.content.case import Case
from lms.content.files import read_folder
from lms.content.queries import course_of
from lms.extensions import db
from lms.simulations import play
from lms.simulations.clockwork import asked_now, is_complete, next_due
from lms.simulations.models import Run, Seat
from lms.simulations.moves import facts_of
from lms.simulations.state import FINISHED, MINUTE, State, spoken_for
from lms.trainings.models import Participant, TrainingStaff
from tests import builders
from tests.security.crawl import readable
from tests.security.marked import Words, marked

HTMX = {"HX-Request": "true"}
WHY = "бот"


@dataclass
class Heard:
    """One answer: who got it from where, and everything in it that can be read."""

    who: str
    address: str
    status: int
    text: str


@dataclass
class Hall:
    """Everybody, and what they were told."""

    app: Flask
    words: Words
    case: Case
    run: Run
    other: Run  # a second group of the same case
    phones: dict[int, FlaskClient]  # participant → their phone
    trainer: FlaskClient
    random: Random
    now: float = 0.0  # seconds since the beginning

    @property
    def state(self) -> State:
        """Where the run stands, time included."""
        anew(self.run)
        return play.look(self.run)

    def get(self, client: FlaskClient, who: str, address: str) -> Heard:
        """Ask for an address, now in this language and now in that, as a page or as a part."""
        client.set_cookie("language", self.random.choice(("sr", "sr_Latn", "en")))
        answer = client.get(address, headers=self.random.choice(({}, HTMX)))
        return self._note(who, address, answer)

    def post(self, client: FlaskClient, who: str, address: str, **data: object) -> Heard:
        """Send a form; what comes back is read too."""
        answer = client.post(address, data=data, headers=self.random.choice(({}, HTMX)))
        assert answer.status_code in (200, 303, 403, 404, 409, 422), f"{address} {data} {answer.status_code}"
        return self._note(who, address, answer)

    def _note(self, who: str, address: str, answer: TestResponse) -> Heard:
        text = readable(answer.mimetype, answer.data, list(answer.headers))
        answer.close()  # a stream would stay open
        return Heard(who, address, answer.status_code, text)

    def seat_of(self, person: int) -> Seat | None:
        """The seat of a participant in the first group."""
        db.session.rollback()
        return db.session.scalar(db.select(Seat).filter_by(run_id=self.run.id, participant_id=person))

    def wait(self) -> None:
        """Some seconds, now and then until the very moment of a limit."""
        state, due = self.state, next_due(self.case, self.state)
        if due is not None and self.random.random() < 0.15:
            self.now += max(0.0, (due - play.now()) / 1000)
        elif state.phase != FINISHED:
            self.now += self.random.randint(0, 20)

    def act(self) -> list[Heard]:
        """Somebody does something; what they are answered."""
        state = self.state
        over = state.stage and state.clock(play.now()) >= state.stage_clock + self._minutes(state) * MINUTE
        if state.paused and self.random.random() < 0.5:
            return [self.facilitate("resume")]
        if not state.paused and (over or (is_complete(self.case, state) and self.random.random() < 0.4)):
            return [self.facilitate(f"next:{state.stage}")]
        if self.random.random() < 0.1:
            return [self._facilitator(state)]
        return self._player(state)

    def _minutes(self, state: State) -> int:
        return self.case.stage[state.stage].minutes

    def facilitate(self, move: str, reason: str = WHY) -> Heard:
        """A button of the console."""
        address = f"/trainings/{self.run.training_id}/exercises/{self.run.id}/moves"
        return self.post(self.trainer, "trainer", address, move=move, reason=f"{reason} {self.typed('a reason')}")

    def typed(self, what: str) -> str:
        """A word that somebody types."""
        return self.words.new(what)

    def _facilitator(self, state: State) -> Heard:
        if self.random.random() < 0.2:
            return self._seats()
        roles, there = list(state.seats), [role for role, seat in state.seats.items() if seat.present]
        injects = [one.key for one in self.case.stage[state.stage].injects] if state.stage else []
        places = ["", *(place.key for place in self.case.places)]
        moves = ["pause", "note", f"tell:{self.random.choice(places)}", f"excuse:{self.random.choice(roles)}"]
        moves += [
            f"{word}:{self.random.choice(injects)}" for word in ("send", "send-softer", "hold", "skip") if injects
        ]
        moves += [f"cover:{self.random.choice(roles)}:{self.random.choice(there)}"] if there else []
        for voting in state.decisions.values():
            moves += [f"extend:{voting.decision}:60", f"reopen:{voting.decision}"]
            moves += [f"decide:{voting.decision}:{self.random.choice(voting.offered)}"] if voting.offered else []
        return self.facilitate(self.random.choice(moves))

    def _seats(self) -> Heard:
        """A seat is given to somebody else, or freed."""
        seat = self.random.choice(list(self.case.role))
        person = self.random.choice(["", *self.phones])
        address = f"/trainings/{self.run.training_id}/exercises/{self.run.id}/seats"
        return self.post(self.trainer, "trainer", address, role=seat, person=person, reason=self.typed("a reason"))

    def _player(self, state: State) -> list[Heard]:
        taken = [seat for seat in self.run.seats if seat.participant_id]
        if not taken:
            return [self._seats()]
        seat = self.random.choice(taken)
        if not state.seats[seat.role].present:
            return [self._send(seat.participant_id, "present")]
        kind = self.random.choices(("votes", "facts", "handoffs", "odd", "away"), weights=(12, 5, 5, 2, 1))[0]
        if kind == "odd":
            return [self._send(seat.participant_id, *self._odd())]
        if kind == "away" or state.phase != "running" or state.paused:
            return [self._send(seat.participant_id, "away")] if kind == "away" else []
        offered = {"votes": self._votes, "facts": self._facts, "handoffs": self._handoffs}[kind](state, seat.role)
        return [self._send(seat.participant_id, kind, self.random.choice(offered))] if offered else []

    def practise(self, person: int) -> Heard:
        """Something in practice alone: going on, where nothing waits."""
        state = self.state
        seat = self.run.seats[0].role
        if not state.seats[seat].present:
            return self._send(person, "present")
        kinds: list[tuple[str, dict[str, object]]] = [("go-on", {"seen": state.version})]
        kinds += [
            ("votes", {"decision": one.decision, "option": option})
            for one in state.open_decisions
            for option in one.offered
        ]
        kinds += [("facts", one) for one in self._facts(state, seat)] + [
            ("handoffs", one) for one in self._handoffs(state, seat)
        ]
        kind, data = self.random.choice(kinds)
        return self._send(person, kind, data)

    def _odd(self) -> tuple[str, dict[str, object]]:
        """Something that this screen does not offer."""
        if self.random.random() < 0.5:
            return "facts", {"fact": self.random.choice(list(self.case.fact))}
        decision = self.random.choice(list(self.case.decision.values()))
        return "votes", {"decision": decision.key, "option": self.random.choice(decision.options).key}

    def _send(self, person: int | None, kind: str, data: dict[str, object] | None = None) -> Heard:
        assert person
        address = f"/t/{self.run.training_id}/exercises/{self.run.id}/{kind}"
        return self.post(self.phones[person], str(person), address, **(data or {}))

    def _votes(self, state: State, role: str) -> list[dict[str, object]]:
        return [
            {"decision": voting.decision, "option": option, "phase": voting.phase}
            for voting in state.open_decisions
            if role in asked_now(self.case, state, voting)
            for option in voting.offered
        ]

    def _facts(self, state: State, role: str) -> list[dict[str, object]]:
        return [
            {"fact": fact} for voice in spoken_for(self.case, state, role) for fact in facts_of(self.case, state, voice)
        ]

    def _handoffs(self, state: State, role: str) -> list[dict[str, object]]:
        voices = set(spoken_for(self.case, state, role))
        return [
            {
                "handoff": one.key, "item": self.random.sample([item.key for item in one.items], self.random.randint(1, len(one.items))),
                "channel": self.random.choice(one.channels).key, "consent": self.random.choice(("given", "refused", "not-asked")),
                "note": self.typed("a note"), "token": str(self.random.random()),
            }
            for one in self.case.stage[state.stage].handoffs
            if voices & set(one.roles) and one.when.holds(state.flags)
        ]  # fmt: skip


def anew(run: Run) -> Run:
    """The run as it is stored now; requests have changed it meanwhile."""
    db.session.rollback()
    db.session.refresh(run)
    return run


def furnish(app: Flask, pack: Path, file: Path, seed: int) -> Hall:
    """A training whose course holds the marked case; two groups of it, and people without a seat."""
    words = Words()
    files = read_folder(pack)
    files = {name: text for name, text in files.items() if not name.startswith("cases/")}
    files[f"cases/{file.name}"] = marked(file, words)
    files["course.yaml"] = re.sub(r"(?m)^cases:.*\n", "", files["course.yaml"]) + f"\ncases: [{file.stem}]\n"
    trainer = builders.an_account("trainer")
    training = builders.a_training(trainer=trainer, course_hash=store_files(files).hash)
    case = course_of(training.course_hash).cases[file.stem]
    people = [_person(training, words) for _ in range(2 * len(case.roles) + 2)]
    groups = [
        builders.a_run(training, case.key, name, **_holders(case, people[start::2]))
        for start, name in enumerate(("Група 1", "Група 2"))
    ]
    phones = {person.id: builders.as_participant(app.test_client(), person) for person in people}
    laptop = builders.sign_in(app.test_client(), trainer)
    chance = Random(seed)
    return Hall(app, words, case, groups[0], groups[1], phones, laptop, chance)


def _person(training: object, words: Words) -> Participant:
    person = builders.a_participant(training, "Ана")
    person.name = f"Ана {words.new(('name', person.id))}"
    db.session.commit()
    return person


def _holders(case: Case, people: list[Participant]) -> dict[str, Participant]:
    return {role.replace("-", "_"): person for role, person in zip(case.role, people, strict=False)}


def an_observer(hall: Hall) -> FlaskClient:
    """Somebody of staff who only watches the training."""
    account = builders.an_account("trainer", name="Посматрач")
    builders.save(TrainingStaff(training_id=hall.run.training_id, account_id=account.id, role="observer"))
    return builders.sign_in(hall.app.test_client(), account)


def a_stranger(hall: Hall) -> FlaskClient:
    """A participant of another training, which has another course."""
    person = builders.a_participant(builders.a_training(course_hash=builders.a_course()), "Ана Друга")
    return builders.as_participant(hall.app.test_client(), person)


def at_its_moment(hall: Hall, begin: datetime) -> AbstractContextManager[None]:
    """The clock of the hall."""
    return clock.stopped_at(begin + timedelta(seconds=hall.now))
