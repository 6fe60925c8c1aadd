"""Waking: who waits is told of every change, of nothing else, and no longer than they may hear it."""

import random
import threading
import time
from datetime import timedelta

import pytest
import sqlalchemy as sa

from lms import clock
from lms.extensions import db
from lms.live import hub as hubs
from lms.live import waiting
from lms.live.hub import State
from lms.live.waiting import Full, Stream, Waiting, most_streams
from tests.live_server import METADATA, TOPICS, make, store


def said(stream: Stream, count: int = 1) -> list[int | None]:
    """What a stream says next, `count` times; each within five seconds."""
    heard: list[int | None] = []
    reader = threading.Thread(target=lambda: heard.extend(stream.wait() for _ in range(count)), daemon=True)
    reader.start()
    reader.join(5)
    return heard


def over(stream: Stream) -> bool:
    """True when the stream ends within five seconds."""
    reader = threading.Thread(target=lambda: all(iter(stream.wait, None)), daemon=True)
    reader.start()
    reader.join(5)
    return not reader.is_alive()


def eventually(holds, seconds: float = 5.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.005)
    return False


@pytest.fixture
def quick(monkeypatch):
    """Rights, presence and failed attempts are looked at many times a second."""
    for name in ("RIGHTS", "PRESENCE", "AGAIN"):
        monkeypatch.setattr(hubs, name, 0.05)


@pytest.fixture
def world(database_url):
    """`world(**room)`: a hub of three topics, all at version 1, in a database of their own."""

    def build(**room):
        app = make(database_url, **room)
        with app.app_context():
            METADATA.create_all(db.engine)
            with db.engine.begin() as connection:
                connection.execute(TOPICS.insert(), [{"id": topic, "version": 1} for topic in (1, 2, 3)])
        made.append(app)
        return app.extensions["live"], lambda topic, **values: change(app, topic, **values)

    made = []
    yield build
    for app in made:
        app.extensions["live"].rest()


def change(app, topic, **values):
    with app.app_context():
        store(topic, **values)


# ---- one stream ----


def test_a_stream_says_at_once_where_its_topic_stands_and_then_only_what_is_newer() -> None:
    stream = Stream(1, "anna", 17)
    assert stream.wait() == 17
    stream.tell(16)
    stream.tell(17)
    stream.tell(18)
    assert stream.wait() == 18


def test_of_many_changes_a_slow_page_hears_the_last() -> None:
    stream = Stream(1, "anna", 1)
    for version in range(2, 50):
        stream.tell(version)
    assert stream.wait() == 49
    stream.tell(50)
    stream.end()
    assert stream.wait() is None


def test_a_silent_stream_repeats_itself_and_ends_after_its_life(monkeypatch) -> None:
    monkeypatch.setattr(waiting, "PING", 0.05)
    monkeypatch.setattr(waiting, "LIFE", 0.14)
    assert said(Stream(1, "anna", 7), 4)[:2] == [7, 7]
    assert said(Stream(1, "anna", 7), 5)[-1] is None


def test_t36_with_three_messages_in_ten_lost_every_page_still_arrives_where_the_server_is(monkeypatch) -> None:
    monkeypatch.setattr(waiting, "PING", 0.0)
    chance = random.Random(36)
    for _ in range(10_000):
        version, page = chance.randrange(5), 0
        stream = Stream(1, "anna", version)
        for _ in range(chance.randrange(12)):
            step = chance.random()
            if step < 0.5:
                version += chance.randrange(1, 3)
                stream.tell(version)
            elif step < 0.6:
                stream = Stream(1, "anna", version)  # the connection broke: it is told everything anew
            elif chance.random() > 0.3:
                page = max(page, stream.wait())
            else:
                stream.wait()  # lost on the way
        while chance.random() < 0.3:
            stream.wait()  # lost as well; what is silent says it again
        page = max(page, stream.wait())
        assert page == version


# ---- all streams of a process ----


def test_nobody_has_more_than_their_share_and_the_oldest_page_is_told_why() -> None:
    everyone = Waiting(100)
    first, *_others = [everyone.open(1, "anna", 1, most=3) for _ in range(3)]
    everyone.open(2, "anna", 1, most=3)
    assert len(everyone) == 3
    assert first.wait() is None
    assert first.surplus
    everyone.leave(first)
    assert len(everyone) == 3


def test_when_the_threads_are_used_up_no_stream_is_opened() -> None:
    everyone = Waiting(2)
    kept = everyone.open(1, "anna", 1, most=3)
    everyone.open(1, "boris", 1, most=3)
    with pytest.raises(Full):
        everyone.open(1, "vera", 1, most=3)
    everyone.leave(kept)
    everyone.leave(kept)
    everyone.open(1, "vera", 1, most=3)
    assert everyone.watchers() == {"boris", "vera"}


@pytest.mark.parametrize(("threads", "most"), [(1, 0), (2, 1), (8, 6), (128, 96), (1032, 1000)])
def test_streams_leave_threads_for_pages(threads, most) -> None:
    assert most_streams(threads) == most


def test_streams_end_by_watcher_and_by_topic() -> None:
    everyone = Waiting(9)
    streams = {(topic, who): everyone.open(topic, who, 1, 3) for topic in (1, 2) for who in ("anna", "boris")}
    everyone.end_watchers({"anna"})
    everyone.end_topics({2})
    assert everyone.watchers() == {"boris"}
    assert everyone.topics() == {1}
    assert [key for key, stream in streams.items() if stream.wait() == 1] == [(1, "boris")]


# ---- the hub ----


def test_a_commit_of_anybody_wakes_those_who_wait_for_its_topic_and_nobody_else(world) -> None:
    hub, store = world()
    first, second = hub.open(1, "anna", 1), hub.open(2, "boris", 1)
    assert (first.wait(), second.wait()) == (1, 1)
    store(1, version=2)
    assert said(first) == [2]
    assert second.version == 1


def test_after_our_own_commit_nobody_waits_for_a_look(world) -> None:
    hub, _store = world()
    stream = hub.open(1, "anna", 1)
    stream.wait()
    begin = time.perf_counter()
    hub.touch(1, 2)
    assert said(stream) == [2]
    assert time.perf_counter() - begin < 0.1


def test_what_was_committed_while_the_page_was_on_its_way_is_told(world) -> None:
    hub, store = world()
    hub.open(1, "anna", 1)
    store(1, version=5)
    assert eventually(lambda: hub.open(1, "boris", 1).version == 5)
    vera = hub.open(3, "vera", 0)  # nobody watched this topic before
    assert eventually(lambda: vera.version == 1)


def test_whose_right_ends_hears_nothing_more(world, quick) -> None:
    allowed = {"anna", "boris"}
    hub, _store = world(still_allowed=lambda watchers: allowed & set(watchers))
    anna, boris = hub.open(1, "anna", 1), hub.open(1, "boris", 1)
    allowed.discard("anna")
    assert over(anna)
    assert boris in hub.waiting._of_topic[1]


def test_rights_are_looked_at_within_four_seconds_and_at_once_when_seats_change(world) -> None:
    assert hubs.RIGHTS < 4.5  # a second is left for the look itself
    asked = []
    hub, store = world(still_allowed=lambda watchers: asked.append(time.monotonic()) or watchers)
    hub.open(1, "anna", 1)
    assert eventually(lambda: len(asked) == 1 and 1 in hub._known)
    begin = time.monotonic()
    store(1, rights=1)
    assert eventually(lambda: len(asked) == 2)
    assert asked[1] - begin < 0.5


def test_in_tests_of_other_rooms_a_stream_says_where_it_stands_and_ends(world) -> None:
    hub, _store = world()
    hub.resting = True
    assert said(hub.open(1, "anna", 4), 2) == [4, None]
    assert hub._thread is None


def test_a_topic_that_is_gone_ends_its_streams(world) -> None:
    hub, _store = world()
    assert over(hub.open(99, "anna", 1))
    assert not len(hub.waiting)


def test_the_clock_acts_when_a_moment_has_come_and_again_when_that_failed(world, quick) -> None:
    tries = []

    def tick(topic):
        tries.append(topic)
        if len(tries) == 1:
            raise RuntimeError("locked")
        store(topic, version=2, due=None)

    hub, store = world(tick=tick)
    store(1, due=clock.now() - timedelta(seconds=1))
    store(2, due=clock.now() + timedelta(hours=1))
    stream = hub.open(1, "anna", 1)
    hub.open(2, "anna", 1)
    assert eventually(lambda: stream.version == 2)
    time.sleep(0.2)
    assert tries == [1, 1]


def test_the_clock_acts_for_those_who_only_ask_now_and_then(world) -> None:
    ticked = []
    hub, store = world(tick=lambda topic: ticked.append(topic) or store(topic, due=None))
    store(3, due=clock.now())
    hub.seen(3)
    assert eventually(lambda: ticked == [3])


def test_who_was_seen_is_noted_once_a_round_and_together(world) -> None:
    noted = []
    hub, _store = world(present=noted.append)
    for person in (5, 6, 5):
        hub.seen(1, person)
    assert eventually(lambda: set().union(*noted) == {5, 6})
    assert len(noted) <= 2


def test_who_has_just_come_is_noted_at_once(world) -> None:
    noted = []
    hub, _store = world(present=noted.append)
    hub.seen(1, 5)
    assert eventually(lambda: noted == [{5}])
    hub.seen(1, 6)
    time.sleep(0.5)
    assert noted == [{5}], "the next round is seconds away"
    begin = time.monotonic()
    hub.seen(1, 7, arrived=True)
    assert eventually(lambda: noted == [{5}, {6, 7}])
    assert time.monotonic() - begin < 1.0


def test_a_busy_database_holds_up_neither_waking_nor_rights(world, quick) -> None:
    busy = threading.Event()
    hub, store = world(tick=lambda _topic: busy.wait(5))
    store(1, due=clock.now())
    stream = hub.open(2, "anna", 1)
    hub.seen(1)
    stream.wait()
    time.sleep(0.1)
    store(2, version=2)
    assert said(stream) == [2]
    busy.set()


def test_a_database_that_was_away_for_a_while_breaks_nothing(world, quick) -> None:
    away = []

    def look(topics):
        if len(away) < 3:
            away.append(1)
            raise sa.exc.OperationalError("look", {}, Exception("away"))
        return {topic: State(9, 0, None) for topic in topics}

    hub, _store = world(look=look)
    stream = hub.open(1, "anna", 1)
    assert eventually(lambda: stream.version == 9)


def test_when_the_server_stops_every_stream_ends_at_once(world) -> None:
    hub, _store = world()
    streams = [hub.open(1, who, 1) for who in ("anna", "boris")]
    hub.stopping = lambda: True
    assert all(over(stream) for stream in streams)
