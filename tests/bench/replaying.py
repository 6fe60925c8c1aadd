"""How long it takes to replay a log of 500 events. `python -m tests.bench.replaying` prints the best of twenty times."""

import time
from pathlib import Path
from random import Random
from typing import Any

from tests.bench import bars

EVENTS = 500
CASE = Path(__file__).parent.parent.parent / "courses" / "sop-two-day" / "cases" / "night-shift.yaml"


def played(case: Any, events: int) -> list[Any]:
    """The log of an exercise that people play badly and slowly: they change their minds until it is long enough."""
    from lms.simulations import facilitation, moves
    from lms.simulations.bots import BEGIN, offers
    from lms.simulations.replay import beginning

    state, log, now, chance = beginning(case), [], BEGIN, Random(500)

    def do(move: Any) -> None:
        nonlocal state
        state, made = moves.made(case, state, now, move)
        log.extend(made)

    for role in case.role:
        do(moves.sit_down(role))
    do(facilitation.start("measuring"))
    while len(log) < events:
        now += 2_000
        do(None)  # what time has brought
        seat = chance.choice(list(case.role))
        if found := offers(case, state, seat, ("vote", "share", "hand-over")):
            do(chance.choice(found).move)
        elif not state.open_decisions:
            do(facilitation.go_on(state.stage, "measuring"))
        if state.phase == "finished":
            break
    return log[:events]


def best(case: Any, log: list[Any], times: int = 20) -> float:
    """Milliseconds of one replay from the beginning."""
    from lms.simulations.replay import replay

    found = []
    for _ in range(times):
        begin = time.perf_counter()
        replay(case, log)
        found.append((time.perf_counter() - begin) * 1000)
    return min(found)


def main() -> None:
    """Print the figure against its bar."""
    from lms.content.cases import read_case

    case = read_case(CASE)
    log = played(case, EVENTS)
    milliseconds = best(case, log)
    print(
        f"{milliseconds:.2f} ms for {len(log)} events (bar {bars.REPLAY:g}: {bars.verdict(milliseconds <= bars.REPLAY)})"
    )


if __name__ == "__main__":
    main()
