"""The log is the truth: the same log gives the same state, stored and read again, all at once or bit by bit."""

import json
from dataclasses import MISSING, fields

import pytest

from lms.simulations import log
from lms.simulations.bots import play
from lms.simulations.log import KINDS, Event, from_row, to_row
from lms.simulations.replay import beginning, follow, replay
from lms.simulations.state import State
from tests.simulations.shipped import KEYS, case_called
from tests.simulations.tables import small

VALUES = {str: "van", int: 5, bool: False, tuple[str, ...]: ("a", "b")}


def example(kind: type[Event]) -> Event:
    """An event of that kind with every value given."""
    return kind(**{one.name: 7 if one.name == "at" else VALUES[one.type] for one in fields(kind)})


def test_every_kind_of_event_comes_back_from_its_row_as_it_was():
    assert len(KINDS) == 23
    for kind in KINDS.values():
        event = example(kind)
        name, data = to_row(event)
        read = from_row(7, name, json.loads(json.dumps(data)))
        assert read == event
        assert type(read) is kind is getattr(log, name)


def test_a_kind_that_does_not_exist_is_not_read():
    with pytest.raises(KeyError):
        from_row(7, "RunImagined", {})


@pytest.mark.parametrize("key", KEYS)
def test_following_event_by_event_gives_what_replaying_gives(key):
    case = case_called(key)
    played = play(case, 3)
    state = beginning(case)
    for event in played.log:
        before = state.copy()
        after = follow(case, state, [event])
        assert state == before
        state = after
    assert state == replay(case, played.log) == played.state


def test_a_copy_shares_nothing_that_can_be_changed():
    state = play(small(), 3).state
    copy = state.copy()
    assert copy == state
    containers = [one.name for one in fields(State) if one.default_factory is not MISSING]
    assert containers
    assert not [name for name in containers if getattr(copy, name) is getattr(state, name)]
