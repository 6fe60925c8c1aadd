"""Exercises in every state, for the twins of `world`: under way, over, in preparation, alone, and on paper."""

from collections.abc import Iterable, Mapping
from typing import Any

from lms import clock
from lms.content.actions import store_files
from lms.content.files import read_folder
from lms.database import writing
from lms.extensions import db
from lms.simulations import facilitation, moves, paper, play, seat_moves
from lms.simulations.forms_player import HandoffSent
from lms.simulations.models import Improvement, Run, Seat
from lms.simulations.moves import Move
from lms.simulations.play import case_of, to_moment
from lms.simulations.state import State
from tests.builders import CASE, COURSE, save

UNDER_WAY, OVER, PREPARING, ALONE, ON_PAPER = RUNS = (981, 986, 926, 931, 936)  # last figures of ids
FIRST_SEAT = {UNDER_WAY: 982, OVER: 921, PREPARING: 927, ALONE: 932}
ROLES = ("police", "social", "health", "police-topolje")


def a_course_with_two_cases() -> str:
    """The hash of the small course with the small case and its twin, which no group plays."""
    files, text = read_folder(COURSE), CASE.read_text()
    files |= {"cases/small.yaml": text, "cases/twin.yaml": text.replace("key: small\n", "key: twin\n", 1)}
    files["course.yaml"] += "\ncases: [small, twin]\n"
    return store_files(files).hash


def furnish_exercises(world: Any, figure: int, state: str) -> None:
    """The exercises of one training: none of a draft, only a finished one of a closed one."""
    base = figure * 1000
    if state == "draft":
        return
    holders = {"police": base + 101, "social": base + 102}
    _over(world, figure, holders if state == "open" else {})
    if state != "open":
        return
    _play(
        _run(world, figure, UNDER_WAY, holders),
        [moves.sit_down("police"), moves.sit_down("social"), facilitation.start(_reason(world, figure)),
         facilitation.note(f"Белешка {world.canary(f'note on a run {figure}')}"),
         facilitation.tell(f"Порука {world.canary(f'message in a run {figure}')}")],
    )  # fmt: skip
    _run(world, figure, PREPARING, holders)
    _alone(world, figure)
    _on_paper(world, figure)


def _run(world: Any, figure: int, number: int, holders: Mapping[str, int], **more: Any) -> Run:
    base, name = figure * 1000, f"Група {world.canary(f'name of a group {figure}')}"
    token = world.token(f"wall {number}", figure, f"wall-{figure}{number}-" + "w" * 24)
    run = Run(
        id=base + number, training_id=base + 1, course_hash=world.course, case_key="small", name=name,
        created_at=clock.now(), projector_token=token, **more,
    )  # fmt: skip
    if number in FIRST_SEAT:
        run.seats = list(_seats(world, figure, number, holders))
    return save(run)


def _seats(world: Any, figure: int, number: int, holders: Mapping[str, int]) -> Iterable[Seat]:
    for place, role in enumerate(ROLES if number != ALONE else ROLES[:1]):
        kind = role if number == UNDER_WAY else f"{role} {number}"
        yield Seat(
            id=figure * 1000 + FIRST_SEAT[number] + place, role=role, participant_id=holders.get(role),
            code=world.token(f"code of seat {kind}", figure, f"K{number}{figure}{place}"),
            token=world.token(f"seat {kind}", figure, f"seat-{kind}-{figure}-".ljust(40, "s")),
        )  # fmt: skip


def _reason(world: Any, figure: int) -> str:
    return f"нема других {world.canary(f'reason in a run {figure}')}"


def _play(run: Run, made: Iterable[Move]) -> State:
    for move in made:
        state = play.move(run, move)
    return state


def _over(world: Any, figure: int, holders: Mapping[str, int]) -> None:
    """A finished run with a hand-off and a plan; when the training has closed, nobody knows who sat there."""
    run = _run(world, figure, OVER, holders)
    note = f"Белешка {world.canary(f'note of a hand-off {figure}')}"
    passed = {"items": ("plate", "diagnosis"), "channel": "group", "consent": "refused", "note": note}
    _play(
        run,
        [moves.sit_down("police"), moves.sit_down("social"), facilitation.start(_reason(world, figure)),
         moves.share("police", "second-call"), moves.vote("police", "first", "talk"),
         facilitation.decide("first", "employer", _reason(world, figure)), facilitation.go_on("call", "време"),
         facilitation.go_on("alone", ""), moves.hand_over("police", "to-topolje", **passed), facilitation.end("крај")],
    )  # fmt: skip
    line = f"Позвати {world.canary(f'line of a plan {figure}')}"
    save(Improvement(id=figure * 1000 + 991, run_id=run.id, what=line, who="Центар за социјални рад"))


def _alone(world: Any, figure: int) -> None:
    """Practice of the trainee, where something can be passed on and nothing waits."""
    person = figure * 1000 + 101
    run = _run(world, figure, ALONE, {"police": person}, mode="solo", solo_role="police", solo_participant_id=person)
    _play(run, [seat_moves.enter(run, "police"), facilitation.resume(), facilitation.go_on("call", "за пробу"),
                facilitation.pause()])  # fmt: skip
    sent = HandoffSent("to-topolje", ("plate",), "duty", "given", f"Белешка {world.canary(f'note alone {figure}')}")
    play.move(run, seat_moves.hand_over(run, "police", sent))


def _on_paper(world: Any, figure: int) -> None:
    run = _run(world, figure, ON_PAPER, {}, mode="paper")
    with writing() as session:
        run = session.get_one(Run, run.id)
        case = case_of(run)
        state, events = paper.begun(case, to_moment(run.created_at), ["police", "social"], "на папиру")
        play.append(session, run, case, state, events)
        run.next_due = None
    db.session.commit()
