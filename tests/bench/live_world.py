"""A database in which exercises are under way. `DATA_DIR=… python -m tests.bench.live_world [history]`

prints as JSON what the players of each hall need. Every seat of every group is taken, the clock runs, and each town has a decision
to make, extended by the facilitator so that it stays open. With `history` the database also holds 500 trainings, 20,000 people and
1,000 exercises that are over.
"""

import json
import sys
from datetime import timedelta
from typing import Any

from tests.bench import world

CASE = "night-shift"  # eleven roles in two towns
TABLE, FOURS = "table", "fours"
FOUR_ROLES = ("labour", "police", "prosecution", "social")  # of one town; other roles are covered
HALLS = {  # name: players, roles of a group
    **{f"{TABLE}-{players}": (players, 11) for players in (40, 100, 200, 425, 1000)},
    **{f"{FOURS}-{players}": (players, 4) for players in (8, 100, 200, 400, 800)},
}
FIRST_TRAINING, RUNS_A_TRAINING = 3001, 300
OPEN_AFTER = 3 * 60_000  # milliseconds after the beginning: both towns have a decision to make
BEGUN_BEFORE = 13 * 60_000  # milliseconds: every message that comes by the clock has come
PAST_RUNS, EVENTS_EACH = 1000, 150


def build(app: Any, history: bool) -> dict[str, Any]:
    """Fill the empty database and say who may play what."""
    from lms.cli.database import upgrade_database
    from lms.content.actions import store_pack
    from lms.content.queries import course_of

    upgrade_database()
    course_hash = store_pack(app.config["COURSES_DIR"] / "sop-two-day").hash
    course, staff = course_of(course_hash), world.add_staff()
    if history:
        for number in range(2001, 2001 + world.PAST_TRAININGS):
            world.add_past(course_hash, course, number, staff)
        _past_runs(course_hash, course.cases[CASE])
    halls = {}
    for number, (name, (players, roles)) in enumerate(HALLS.items(), FIRST_TRAINING):
        world.add_training(number, course_hash, course, players, staff)
        halls[name] = _groups(number, course_hash, course.cases[CASE], players, roles)
    cookie, token = world.session_of(app, None)
    device = f"; {app.config['DEVICE_COOKIE_NAME']}={world.DEVICE}"
    return {"cookie": cookie, "token": token, "device": device, "halls": halls}


def _groups(training: int, course_hash: str, case: Any, players: int, size: int) -> list[dict[str, Any]]:
    """The groups of a hall, all as large as one another; a role too few is the last one of the case."""
    roles = FOUR_ROLES if size == 4 else tuple(role.key for role in case.roles)
    count = -(-players // size)
    people = iter(range(training * world.PER_TRAINING, training * world.PER_TRAINING + players))
    groups = []
    for place in range(count):
        seated = roles[: players // count + (place < players % count)]
        run = (training - FIRST_TRAINING) * RUNS_A_TRAINING + place + 1
        groups.append(_group(run, training, course_hash, case, dict(zip(seated, people, strict=False))))
    return groups


def _group(run: int, training: int, course_hash: str, case: Any, holders: dict[str, int]) -> dict[str, Any]:
    """One exercise under way; for each player the two options between which they change for ever."""
    from lms.simulations.clockwork import asked_now

    state, events = _under_way(case, tuple(holders))
    _store(run, training, course_hash, case, (state, events), holders)
    seats = []
    for voting in state.open_decisions:
        asked = sorted(asked_now(case, state, voting))
        for place, role in enumerate(asked):  # two halves that never agree: no decision is ever taken
            options = voting.offered[:2] if place < len(asked) // 2 else voting.offered[2:4]
            vote = {"decision": voting.decision, "phase": voting.phase, "options": options}
            seats.append({"person": holders[role]} | vote)
    return {"training": training, "run": run, "version": state.version, "seats": seats}


def _under_way(case: Any, present: tuple[str, ...]) -> tuple[Any, list[Any]]:
    """A run that began a while ago: its state and its log."""
    from lms.simulations import facilitation, moves, play
    from lms.simulations.replay import beginning

    state, log, begin = beginning(case), [], play.now() - BEGUN_BEFORE

    def at(moment: int, *what: Any) -> None:
        nonlocal state
        for one in what:
            state, events = moves.made(case, state, moment, one)
            log.extend(events)

    at(begin, *(moves.sit_down(role) for role in present), facilitation.start("measuring"))
    at(begin + OPEN_AFTER, None)
    at(begin + OPEN_AFTER, *(facilitation.extend(one.decision, 3600, "measuring") for one in state.open_decisions))
    at(begin + BEGUN_BEFORE, None)
    return state, log


def _store(run: int, training: int, course_hash: str, case: Any, played: Any, holders: dict[str, int]) -> None:
    from lms import clock
    from lms.simulations import play
    from lms.simulations.clockwork import next_due

    state, log = played
    seen = clock.now() + timedelta(hours=1)  # nobody is taken for gone before their pages are open
    due = next_due(case, state) if state.phase == "running" else None
    world.insert("simulation_runs", [{
        "id": run, "training_id": training, "course_hash": course_hash, "case_key": case.key, "mode": "live", "name": f"Група {run}",
        "state": state.phase, "version": state.version, "seating": 0, "next_due": play.to_datetime(due) if due else None,
        "projector_token": f"measuring-{run:06d}", "solo_role": "", "created_at": play.to_datetime(log[0].at),
        "finished_at": play.to_datetime(state.at) if state.phase == "finished" else None,
    }])  # fmt: skip
    world.insert("simulation_seats", [
        {"id": run * 20 + place, "run_id": run, "role": role, "participant_id": holders.get(role), "code": f"{run:05d}{place:02d}",
         "token": f"seat-{run}-{place}", "seen_at": seen if role in holders else None} for place, role in enumerate(case.role)
    ])  # fmt: skip
    world.insert("simulation_events", list(_rows(run, log)))


def _rows(run: int, log: list[Any]) -> Any:
    from lms.simulations.log import to_row
    from lms.simulations.play import to_datetime

    for seq, event in enumerate(log, 1):
        kind, data = to_row(event)
        yield {"run_id": run, "seq": seq, "at": to_datetime(event.at), "kind": kind, "data": data}


def _past_runs(course_hash: str, case: Any) -> None:
    """Exercises that are over, two in each training of the past, with as many votes as people make."""
    from lms.simulations import facilitation, moves

    state, log = _under_way(case, tuple(case.role))
    open_now = state.open_decisions[0]
    while len(log) < EVENTS_EACH:
        vote = moves.vote("police", open_now.decision, open_now.offered[len(log) % 2], open_now.phase)
        state, events = moves.made(case, state, state.at + 5000, vote)
        log += events
    state, events = moves.made(case, state, state.at + 1000, facilitation.end("measuring"))
    for number in range(PAST_RUNS):
        training = 2001 + number % world.PAST_TRAININGS
        first = training * world.PER_TRAINING + number // world.PAST_TRAININGS * len(case.role)
        holders = {role: first + place for place, role in enumerate(case.role)}
        _store(10_001 + number, training, course_hash, case, (state, log + events), holders)


def main() -> None:
    """Build the world that `world.environment` describes and print what players need."""
    from lms.app import create_app

    app = create_app()
    with app.app_context():
        print(json.dumps(build(app, "history" in sys.argv)))


if __name__ == "__main__":
    main()
