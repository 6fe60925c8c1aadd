"""Looks at a hall with everybody's eyes after every move, and remembers what nobody should have seen."""

import re
from collections.abc import Iterator
from pathlib import Path

from flask import Flask

from lms import clock
from lms.simulations import play
from lms.simulations.models import Run
from lms.simulations.state import FINISHED
from tests.security.hall import Hall, Heard, a_stranger, an_observer, anew, at_its_moment, furnish
from tests.security.knowledge import Known, Story, public, words_in

MOST_MOVES = 600
STREAM = re.compile(r"retry: \d+\n\n(id: \d+\ndata: \d+ \d+\n\n)*")


class Witness:
    """What was said to whom, held against what each may know."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        self.leaks: list[str] = []
        self.seen: set[object] = set()  # what anybody has read: a test that sees nothing proves nothing
        self.stranger, self.observer = a_stranger(hall), an_observer(hall)
        self.keys = {
            key.lower() for run in (hall.run, hall.other) for seat in run.seats for key in (seat.code, seat.token)
        }
        self.keys |= {run.projector_token.lower() for run in (hall.run, hall.other)}

    def judge(self, heard: Heard, may: Known) -> None:
        """What was said may all be known; no key to anything is in it but one that the reader had typed."""
        assert heard.status < 500, heard.address
        read = self.hall.words.read_in(heard.text) - {"a reason", "a note", "a message"}
        read |= {word for word in words_in(heard.text) if isinstance(self.hall.words.meaning.get(word), str)}
        read |= {key for key in self.keys if key in heard.text and key not in heard.address.lower()}
        self.seen |= read & may
        moment = f"{self.hall.run.version} {heard.who}: {heard.address}"
        self.leaks += [
            f"{moment}: {what} {self.hall.words.meaning.get(what, '')}" for what in sorted(read - may, key=str)
        ]

    def everybody(self, thoroughly: bool) -> None:
        """Everybody with a seat looks at the screen, and the hall at the wall; thoroughly: everybody at everything."""
        story = self.story(self.hall.run)
        for person in self.hall.phones:
            seat = self.hall.seat_of(person)
            if seat or thoroughly:
                may = story.seat(seat.role) if seat else set()
                for address in self._screens(thoroughly):
                    self.look(person, address, may)
            if thoroughly:
                self._beside(person, story, seat.role if seat else "")
        self.wall()

    def _screens(self, thoroughly: bool) -> list[str]:
        one = address(self.hall.run)
        return [one, f"{one}/screen", f"{one}/handoffs"] if thoroughly else [f"{one}/screen"]

    def look(self, person: int, where: str, may: Known) -> None:
        """One person asks for one address; their own name they may know."""
        self.judge(self.hall.get(self.hall.phones[person], str(person), where), may | {("name", person)})

    def _beside(self, person: int, story: Story, seat: str) -> None:
        """What is not the screen itself: the review, the stream, the lists, and the other group."""
        hall, training = self.hall, self.hall.run.training_id
        after = story.review(seat) if seat and story.finished else story.seat(seat) if seat else set()
        self.look(person, f"{address(hall.run)}/review", after)
        other = self.story(hall.other)
        seat = next((one.role for one in hall.other.seats if one.participant_id == person), "")
        for part in ("", "/screen", "/handoffs", "/review"):
            self.look(person, f"{address(hall.other)}{part}", other.seat(seat) if seat else set())
        for part in ("/exercises", "", "/me", "/modules", "/search?q=особа", "/exercises/0", "/exercises/9999/review"):
            self.look(person, f"/t/{training}{part}", public(hall.case))
        heard = hall.get(hall.phones[person], str(person), f"/live{address(hall.run)}")
        assert heard.status in (303, 404) or STREAM.search(heard.text), heard.text

    def wall(self) -> None:
        """Anybody who passes by looks at the wall."""
        for run in (self.hall.run, self.hall.other):
            for where in (f"/wall/{run.projector_token}", f"/wall/{run.projector_token}/screen"):
                self.judge(self.hall.get(self.hall.app.test_client(), "the wall", where), self.story(run).wall())

    def doors(self) -> None:
        """People of the hall try the doors of staff, and a stranger every door: nothing is behind them for them."""
        hall, training, run = self.hall, self.hall.run.training_id, self.hall.run.id
        rules = [rule for rule in hall.app.url_map.iter_rules() if rule.endpoint.startswith("simulations.")]
        for rule in rules:
            where = rule.rule.replace("<int:training_id>", str(training)).replace("<int:run_id>", str(run))
            where = re.sub(r"<int:\w+>", "1", re.sub(r"<any\((\w+).*?\):\w+>", r"\1", where))
            where = re.sub(r"<\w+>", hall.case.key, where)
            if "GET" in (rule.methods or ()) and not where.startswith(("/wall/", "/live/wall/", "/s/")):
                who = [(self.stranger, "stranger"), (hall.app.test_client(), "nobody")]
                people = [
                    *list(hall.phones.items())[:2],
                    *list(hall.phones.items())[-1:],
                ]  # of both groups, and of none
                who += [(phone, str(person)) for person, phone in people] if "/trainings/" in where else []
                for client, name in who:
                    heard = hall.get(client, name, where)
                    assert heard.status in (303, 404), f"{name} {where} {heard.status}"
                    self.judge(heard, set())

    def watching(self) -> None:
        """The observer sees the tables and who sits there, but no code to a seat, and changes nothing."""
        base = f"/trainings/{self.hall.run.training_id}/exercises"
        codes = {
            key for run in (self.hall.run, self.hall.other) for seat in run.seats for key in (seat.code, seat.token)
        }
        for where in (base, f"{base}/console", f"{base}/console/screen", f"{base}/{self.hall.run.id}/debrief"):
            heard = self.hall.get(self.observer, "observer", where)
            assert heard.status == 200, where
            assert not [code for code in codes if code.lower() in heard.text], where
        for where in (f"{base}/{self.hall.run.id}/seats", f"{base}/seats.pdf", f"{base}/groups"):
            assert self.hall.get(self.observer, "observer", where).status == 404, where

    def looking_back(self) -> None:
        """The debrief knows services, not people: on no page and no paper of it stands a name."""
        base = f"/trainings/{self.hall.run.training_id}/exercises"
        for part in ("debrief", "debrief?wall=1", "debrief.pdf"):
            heard = self.hall.get(self.hall.trainer, "trainer", f"{base}/{self.hall.run.id}/{part}")
            assert heard.status == 200, part
            self._without_names(heard)
        self._without_names(self.hall.get(self.hall.trainer, "trainer", f"{base}/compare?case={self.hall.case.key}"))

    def _without_names(self, heard: Heard) -> None:
        read = self.hall.words.read_in(heard.text)
        assert read, heard.address
        assert not [one for one in read if one[0] == "name"], heard.address

    def story(self, run: Run) -> Story:
        """What has happened until now. Screens show what time has brought since the last move; here it is stored first."""
        if play.look(anew(run)).version > run.version:
            play.tick(run.id)
        return Story(self.hall.case, play.events_of(anew(run)))

    def answer(self, heard: Heard) -> None:
        """What came back to whoever moved; the trainer may know everything."""
        if heard.who != "trainer":
            seat, story = self.hall.seat_of(int(heard.who)), self.story(self.hall.run)
            self.judge(heard, (story.seat(seat.role) if seat else set()) | {("name", int(heard.who))})


def address(run: Run) -> str:
    """A player's address of a run."""
    return f"/t/{run.training_id}/exercises/{run.id}"


def played(app: Flask, pack: Path, case: Path, seed: int, look: int) -> Iterator[Witness]:
    """A whole run; after every move the screens, after every `look`-th everything. Yields after each move."""
    hall = furnish(app, pack, case, seed)
    witness, begin = Witness(hall), clock.now()
    with at_its_moment(hall, begin):
        _sit_down(hall, witness)
    yield witness
    for number in range(1, MOST_MOVES):
        with at_its_moment(hall, begin):
            hall.wait()
        with at_its_moment(hall, begin):
            for heard in hall.act() if hall.state.phase != FINISHED else []:
                witness.answer(heard)
            over = hall.state.phase == FINISHED
            witness.everybody(thoroughly=over or number % look == 0)
            if over or number == look:
                witness.doors()
                witness.watching()
            if over:
                witness.looking_back()
        yield witness
        if over:
            return
    raise AssertionError("the run does not end")


def _sit_down(hall: Hall, witness: Witness) -> None:
    """Most come in. The other group begins too, is told something, and stays behind."""
    witness.everybody(thoroughly=True)
    for run in (hall.run, hall.other):
        seats = sorted(seat.participant_id for seat in run.seats if seat.participant_id)
        for person in seats[: max(2, len(seats) - 1)]:
            hall.post(hall.phones[person], str(person), f"{address(run)}/present")
        witness.everybody(thoroughly=run is hall.other)
        moves = f"/trainings/{run.training_id}/exercises/{run.id}/moves"
        hall.post(hall.trainer, "trainer", moves, move="start", reason=hall.typed("a reason"))
    for move in ("tell:", "note"):
        hall.post(hall.trainer, "trainer", moves, move=move, reason=hall.typed("a message"))
