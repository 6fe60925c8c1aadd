"""Who may know what of an exercise, told from the document of the case and the log alone; no screen is asked.

Every answer is a set of places in the document (`marked.Where`) and of words that people typed while they played.
"""

from collections.abc import Iterable, Iterator

from lms.content.case import Case, Decision
from lms.simulations import log
from lms.simulations.log import Event
from lms.simulations.replay import replay
from tests.security.marked import SHAPE, Where

Known = set[Where | str]


def words_in(text: str) -> set[str]:
    """The words with a meaning that somebody typed."""
    return set(SHAPE.findall(text))


def public(case: Case) -> Known:
    """What stands on the cover of a case: anybody of the training may read it."""
    known: Known = {(part,) for part in ("title", "summary", "person", "notice")}
    known |= {("aims", str(number)) for number in range(len(case.aims))}
    known |= {("roles", role.key, "name") for role in case.roles}
    return known | {("places", place.key, "name") for place in case.places}


class Story:
    """A run as its log tells it."""

    def __init__(self, case: Case, events: Iterable[Event]) -> None:
        self.case, self.events = case, list(events)
        self.there: set[str] = set()
        self.told_to_cover: dict[str, str] = {}
        self.started = self.finished = False
        self.stage = self.ending = ""
        self.visit = 0
        self.happened: set[str] = set()
        self.shared: list[str] = []
        self.heard: list[tuple[set[str], Known]] = []  # who may read it, what
        self.open_now: dict[str, bool] = {}  # decisions of this visit to the stage: whether they are open
        self.taken: list[tuple[int, str, str, set[str]]] = []  # visit, decision, option, facts on a table by then
        self.passed: list[log.HandedOver] = []
        for event in self.events:
            self._follow(event)

    def _follow(self, event: Event) -> None:
        match event:
            case log.SeatTaken():
                self.there.add(event.role)
                self.told_to_cover.pop(event.role, None)
            case log.SeatLeft():
                self.there.discard(event.role)
            case log.SeatCovered():
                self.told_to_cover[event.role] = event.by
            case log.RunStarted():
                self.started = True
            case log.RunEnded():
                self.finished, self.ending = True, event.ending
            case log.StageBegan():
                self.stage, self.visit, self.open_now = event.stage, self.visit + 1, {}
                self.happened.add(event.stage)
            case _:
                self._follow_the_table(event)

    def _follow_the_table(self, event: Event) -> None:
        match event:
            case log.InjectSent():
                self._inject(event)
            case log.MessageSent():
                self.heard.append((self.table(event.place), set(words_in(event.text))))
            case log.FactShared():
                self.shared.append(event.fact)
                self.heard.append((self._table_of(event.role), {self._fact(event.fact)}))
            case log.DecisionOpened():
                self.open_now[event.decision] = True
            case log.DecisionClosed() | log.DecisionDropped():
                option = event.option if isinstance(event, log.DecisionClosed) else ""
                self.open_now[event.decision] = False
                self.taken.append((self.visit, event.decision, option, set(self.shared)))
            case log.DecisionReopened():
                self.open_now[event.decision] = True
                self.taken = [one for one in self.taken if one[:2] != (self.visit, event.decision)]
            case log.HandedOver():
                self._passing_on(event)

    def _inject(self, event: log.InjectSent) -> None:
        inject = self.case.inject[event.inject]
        self.happened.add(inject.key)
        readers = set(inject.roles) or self.table(inject.place)
        where = self.place_of("injects", inject.key)
        softer = event.softer and inject.softer is not None
        self.heard.append((readers, {(*where, "title"), (*where, "softer" if softer else "text")}))

    def _passing_on(self, event: log.HandedOver) -> None:
        handoff = self.case.handoff[event.handoff]
        where = self.place_of("handoffs", handoff.key)
        readers = self._table_of(event.role) | (self.table(handoff.to_place) if handoff.to_place else set())
        items: Known = {(*where, "items", item, "text") for item in event.items}
        self.heard.append((readers, {(*where, "to")} | items | words_in(event.note)))
        self.passed.append(event)

    def table(self, place: str) -> set[str]:
        """The roles of a place; all of them without one."""
        return {role.key for role in self.case.roles if not place or role.place == place}

    def _table_of(self, role: str) -> set[str]:
        return self.table(self.case.role[role].place)

    def place_of(self, kind: str, key: str) -> Where:
        """Where an inject, a decision or a hand-off stands."""
        stages = (stage for stage in self.case.stages if any(one.key == key for one in getattr(stage, kind)))
        return ("stages", next(stages).key, kind, key)

    def _fact(self, key: str) -> Where:
        return ("roles", self.case.fact_holder[key].key, "facts", key, "text")

    def voices(self, seat: str) -> set[str]:
        """The roles for which the person in `seat` speaks now: their own, and those that nobody nearer takes over."""
        return {seat} | {role for role in self.case.role if self._speaker(role) == seat}

    def _speaker(self, role: str) -> str:
        if role in self.there:
            return role
        order = (self.told_to_cover.get(role, ""), *self.case.role[role].cover)
        return next((one for one in order if one in self.there), "")

    def _places(self, voices: set[str]) -> set[str]:
        return {self.case.role[role].place for role in voices}

    def _concerns(self, decision: Decision, places: set[str]) -> bool:
        decides = decision.roles or self.table(decision.place)
        return any(self.case.role[role].place in places for role in decides)

    def seat(self, seat: str, alone: bool = False, solo_role: str = "") -> Known:
        """What the screen of the person in `seat` may say now. `alone`: it is practice, in `solo_role` or as the whole table."""
        known = public(self.case)
        if self.finished:
            return known | self._over(seat, set(self.case.role) if alone and not solo_role else set())
        if seat not in self.there:
            return known
        if not self.started:
            return known | self._card(seat)
        voices = set(self.case.role) if alone and not solo_role else self.voices(seat)
        known |= self._scene(voices).union(*(self._card(role) for role in voices))
        known |= self._deciding(voices) | self._offers(voices)
        return known | (self._feedback(self._places(voices)) if alone else set())

    def _over(self, seat: str, whole: set[str]) -> Known:
        cards = (self._card(role) for role in whole or {seat})
        return self._scene(whole or self.voices(seat)).union(*cards)

    def _card(self, role: str) -> Known:
        known: Known = {("roles", role, part) for part in ("briefing", "goal", "powers")}
        known |= {
            self._fact(one.key)
            for one in self.case.role[role].facts
            if not one.since or one.since in self.happened
        }  # fmt: skip
        return known | {("stages", self.stage, "private", role)}

    def _scene(self, voices: set[str]) -> Known:
        """The stage, what the table knows, what was said, what was decided."""
        places = self._places(voices)
        known: Known = {("stages", self.stage, "title"), ("stages", self.stage, "text")}
        known |= {("stages", self.stage, "at_place", place) for place in places}
        known |= {self._fact(key) for key in self.shared if self.case.fact_holder[key].place in places}
        for readers, what in self.heard:
            known |= what if readers & voices else set()
        for _visit, key, option, _facts in self.taken:
            if self._concerns(self.case.decision[key], places):
                known |= self._decision(key, "title") | ({self._option(key, option, "text")} if option else set())
        return known

    def _decision(self, key: str, *parts: str) -> Known:
        return {(*self.place_of("decisions", key), part) for part in parts}

    def _option(self, decision: str, option: str, *more: str) -> Where:
        return (*self.place_of("decisions", decision), "options", option, *more)

    def _deciding(self, voices: set[str]) -> Known:
        known: Known = set()
        offered = {key: voting.offered for key, voting in replay(self.case, self.events).decisions.items()}
        for key in self.open_now:
            if self._concerns(self.case.decision[key], self._places(voices)):
                known |= self._decision(key, "title", "question")
                known |= {self._option(key, option, "text") for option in offered[key]}
        return known

    def _offers(self, voices: set[str]) -> Known:
        known: Known = set()
        flags = replay(self.case, self.events).flags
        for one in self.case.stage[self.stage].handoffs:
            if set(one.roles) & voices and one.when.holds(flags):
                where = self.place_of("handoffs", one.key)
                known |= {(*where, "title"), (*where, "to")}
                known |= {(*where, "items", item.key, "text") for item in one.items}
                known |= {(*where, "channels", channel.key, "text") for channel in one.channels}
        return known

    def _feedback(self, places: set[str]) -> Known:
        """Practice: what stands behind the option that was just taken."""
        known: Known = set()
        for visit, key, option, _facts in self.taken:
            if visit == self.visit and option and self._concerns(self.case.decision[key], places):
                known |= {self._option(key, option, part) for part in ("reason", "cites", "voice")}
        return known

    def review(self, seat: str, alone: bool = False, solo_role: str = "") -> Known:
        """What the person in `seat` may learn when all is over: the decisions and hand-offs of their own table."""
        voices = set(self.case.role) if alone and not solo_role else self.voices(seat)
        places = self._places(voices)
        known = public(self.case) | {("debrief", str(number)) for number in range(len(self.case.debrief))}
        known |= {("endings", self.ending, part) for part in ("title", "text")}
        known |= {one for role in voices for one in self._card(role) if one[0] == "roles" and "facts" in one}
        for _visit, key, option, facts in self.taken:
            if self._concerns(self.case.decision[key], places):
                known |= self._judged(key, option, facts)
        for event in self.passed:
            if self.case.role[event.role].place in places:
                known |= set(self._judged_passing(event))
        return known

    def _judged(self, key: str, option: str, facts: set[str]) -> Known:
        decision = self.case.decision[key]
        known = self._decision(key, "title", "question")
        known |= {self._option(key, one.key, part) for one in decision.options for part in ("text", "reason", "cites")}
        known |= {self._option(key, option, "voice")}
        return known | {self._fact(one) for one in decision.needs if one not in facts}

    def _judged_passing(self, event: log.HandedOver) -> Iterator[Where]:
        handoff, where = self.case.handoff[event.handoff], self.place_of("handoffs", event.handoff)
        yield (*where, "to")
        yield (*where, "channels", event.channel, "text")
        yield from ((*where, "voice"), (*where, "breach", "voice"))
        for item in handoff.items:
            if item.key in event.items or item.need == "needed":
                yield (*where, "items", item.key, "text")
            if item.key in event.items:
                yield (*where, "items", item.key, "reason")

    def wall(self) -> Known:
        """What the hall may read: what every role knows, never more than the question of what all decide."""
        known: Known = {("title",), ("summary",), ("person",)} | {
            ("places", one.key, "name") for one in self.case.places
        }
        if self.stage:
            known |= {("stages", self.stage, "title"), ("stages", self.stage, "text")}
        if self.finished:
            known |= {("endings", self.ending, part) for part in ("title", "text")}
        for readers, what in self.heard:
            among_services = any({"items", "facts"} & set(one) for one in what)  # said at the tables, not in the hall
            known |= what if readers == set(self.case.role) and not among_services else set()
        for key, is_open in self.open_now.items():
            decision = self.case.decision[key]
            everybody = set(decision.roles or self.table(decision.place)) == set(self.case.role)
            known |= self._decision(key, "question") if is_open and (everybody or len(self.case.places) == 1) else set()
        return known
