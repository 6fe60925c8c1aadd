"""T18 and T2, exercises: whatever a button, a telephone or a made-up form says, the answer is one of ours, and it stays in its own run."""

from typing import Any

import pytest
from flask import Flask

from tests.security.actors import browser
from tests.security.stored import contents
from tests.security.test_t02_objects import of_b
from tests.security.test_t18_odd_input import BROKEN, SQL
from tests.security.world import World

WORDS = ("start", "pause", "resume", "next", "end", "send", "send-softer", "hold", "release", "skip", "extend", "decide", "reopen",
         "cover", "excuse", "return", "tell", "note", "undo", "__class__", "read", "")  # fmt: skip
PARTS = (
    "",
    "call",
    "van",
    "first",
    "talk",
    "police",
    "ravnograd",
    "60",
    "-1",
    "9" * 30,
    "🙂",
    "\x00",
    "a" * 5000,
    "__init__",
)
ODD = (*BROKEN.values(), *SQL[:4], "", "::", "first:talk")


def said(first: str) -> list[str]:
    """A button's word with everything that might stand behind it."""
    return [
        first,
        *(f"{first}:{part}" for part in PARTS),
        *(f"{first}:first:{part}" for part in PARTS),
        f"{first}:a:b:c:d",
    ]


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("run", ["1981", "1986", "1926", "1936"])
def test_t18_no_button_of_the_console_breaks(house: Flask, world: World, put_back: Any, run: str, word: str) -> None:
    trainer, wrong = browser(house, world, "trainer"), []
    for move in said(word):
        for address in (f"/trainings/1001/exercises/{run}/moves", "/trainings/1001/exercises/moves"):
            body = {"move": move, "reason": "зашто", "run": run, "why": "x", "chosen": run}
            answer = trainer.post(address, data=body, headers={"HX-Request": "true"} if len(move) % 2 else {})
            wrong += [(move, answer.status_code)] if answer.status_code >= 500 else []
    assert not wrong


@pytest.mark.parametrize("run", ["1981", "1986", "1926", "1931"])
def test_t18_nothing_that_a_telephone_sends_breaks(house: Flask, world: World, anew: Any, run: str) -> None:
    trainee, wrong = browser(house, world, "trainee"), []
    bodies = {
        "votes": ("decision", "option", "phase"), "facts": ("fact",), "go-on": ("seen",), "present": (), "away": (),
        "handoffs": ("handoff", "item", "channel", "consent", "note", "token"),
    }  # fmt: skip
    right = {"decision": "first", "option": "talk", "phase": "alone", "handoff": "to-topolje", "item": "plate", "channel": "duty",
             "consent": "given", "fact": "second-call", "seen": "1", "token": "t", "note": "x"}  # fmt: skip
    for name, fields in bodies.items():
        for number, odd in enumerate(ODD):
            body = {field: right[field] for field in fields} | {
                fields[number % len(fields)]: odd for _ in (1,) if fields
            }
            answer = trainee.post(f"/t/1001/exercises/{run}/{name}", data=body)
            wrong += [(name, body, answer.status_code)] if answer.status_code >= 500 else []
        anew()
    for odd in (*SQL, "9" * 400, "-1", "x", "1e9", "٣"):
        for address in (f"/t/1001/exercises/{run}/screen", "/trainings/1001/exercises/console/screen"):
            client = trainee if address.startswith("/t/") else browser(house, world, "trainer")
            query = {"seen": odd, "run": odd, "count": odd, "case": odd, "line": odd}
            wrong += [(address, odd)] if client.get(address, query_string=query).status_code >= 500 else []
    assert not wrong


OF_OTHERS: list[tuple[str, dict[str, Any]]] = [
    ("exercises/moves", {"move": "pause", "run": "2981"}),
    ("exercises/moves", {"move": "end", "reason": "зашто", "run": ["2981", "2926", "1931", "2931"]}),
    ("exercises/1981/seats", {"role": "health", "person": "2102"}),
    ("exercises/1981/seats", {"role": "health", "person": "1103"}),  # has not joined
    (
        "exercises/groups",
        {"case": "small", "count": "1", "seat-1-police": "2101", "1-police": "2101", "police-1": "2101"},
    ),
    ("exercises/1986/plan", {"line": "2991", "what": "Друго", "who": "Неко"}),
    ("exercises/1986/plan/2991/remove", {}),
    ("exercises/2981/moves", {"move": "pause"}),
    ("exercises/1931/moves", {"move": "end", "reason": "зашто"}),  # practice is nobody else's business
    ("exercises/1931/remove", {}),
    ("exercises/1931/seats", {"role": "police", "person": ""}),
]


@pytest.mark.parametrize(("address", "body"), OF_OTHERS)
def test_t02_no_button_reaches_into_runs_and_seats_of_others(
    house: Flask, world: World, address: str, body: dict[str, Any]
) -> None:
    before, trainer = contents(), browser(house, world, "trainer")
    trainer.post(f"/trainings/1001/{address}", data=body)
    after = contents()
    assert of_b(after) == of_b(before)
    for table in ("simulation_seats", "simulation_events"):
        alone = [row for row in before[table] if 1931 in row]
        assert [row for row in after[table] if 1931 in row] == alone
    assert not [
        row
        for row in after["simulation_seats"]
        if row[3] in (2101, 2102, 1103) and row not in before["simulation_seats"]
    ]


def test_t02_practice_alone_is_seen_by_nobody_else(house: Flask, world: World) -> None:
    for actor in ("trainer", "observer"):
        for part in ("seats", "debrief", "debrief.pdf", "paper"):
            assert browser(house, world, actor).get(f"/trainings/1001/exercises/1931/{part}").status_code == 404
    colleague = house.test_client()
    colleague.set_cookie("device", world.tokens["device colleague", 1])
    for part in ("", "/screen", "/review", "/handoffs"):
        assert colleague.get(f"/t/1001/exercises/1931{part}").status_code == 404
