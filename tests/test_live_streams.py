"""Streams over real sockets: one gunicorn process with threads, a hundred pages, and commits by another process (this one)."""

import re
import selectors
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from lms.extensions import db
from tests import live_server
from tests.live_server import METADATA, TOPICS, make

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parent.parent
PAGES, TOPIC_COUNT, THREADS, MOST = 100, 8, 140, 108


class Server:
    """gunicorn with the application of `tests.live_server`, started and ended by the test."""

    def __init__(self, url: str) -> None:
        self._url = url
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

    def start(self) -> None:
        command = [Path(sys.executable).parent / "gunicorn", "--config", "python:lms.server", f"tests.live_server:make({self._url!r})", "--bind", f"127.0.0.1:{self.port}", "--worker-class", "gthread", "--threads", str(THREADS), "--no-control-socket", "--log-level", "warning"]  # fmt: skip
        self.process = subprocess.Popen(command, cwd=ROOT)
        for _ in range(100):
            try:
                return socket.create_connection(("127.0.0.1", self.port)).close()
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("the server did not come up")

    def stop(self) -> float:
        """End it as a restart does; how many seconds that took."""
        begin = time.perf_counter()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)
        return time.perf_counter() - begin

    def page(self, topic: int) -> socket.socket:
        """A page that has asked for its stream."""
        page = socket.create_connection(("127.0.0.1", self.port), timeout=5)
        page.sendall(f"GET /{topic} HTTP/1.1\r\nHost: here\r\n\r\n".encode())
        return page


@pytest.fixture
def store(database_url):
    """`store(topic, version)` commits; `store.url` is the database."""
    app = make(database_url)
    with app.app_context():
        METADATA.create_all(db.engine)
        with db.engine.begin() as connection:
            connection.execute(TOPICS.insert(), [{"id": one, "version": 1} for one in range(1, TOPIC_COUNT + 1)])

    def change(topic: int, version: int) -> None:
        with app.app_context():
            live_server.store(topic, version=version)

    change.url = database_url
    return change


@pytest.fixture
def server(store) -> Iterator[Server]:
    server = Server(store.url)
    server.start()
    yield server
    if server.process.poll() is None:
        server.stop()


def heard(pages: list[socket.socket], version: int, within: float = 5.0) -> list[float]:
    """After how many seconds each of `pages` was told `version`; those that were not are missing."""
    begin, times = time.perf_counter(), []
    with selectors.DefaultSelector() as selector:
        for page in pages:
            selector.register(page, selectors.EVENT_READ)
        while len(times) < len(pages) and time.perf_counter() - begin < within:
            for key, _ in selector.select(0.05):
                if re.search(rb"data: %d " % version, key.fileobj.recv(65536)):  # type: ignore[union-attr]
                    times.append(time.perf_counter() - begin)
                    selector.unregister(key.fileobj)
    return times


def test_a_commit_of_another_process_reaches_a_hundred_pages_within_a_tenth_of_a_second(server, store) -> None:
    pages = [server.page(1) for _ in range(PAGES)]
    assert len(heard(pages, 1)) == PAGES
    slowest = []
    for version in range(2, 12):
        time.sleep(0.03 + version / 1000)
        store(1, version)
        times = heard(pages, version)
        assert len(times) == PAGES
        slowest.append(max(times))
    assert sorted(slowest)[len(slowest) // 2] < 0.1, slowest  # the middle one: a busy machine may hold up one of ten


def test_a_restart_is_quick_and_everybody_is_told_the_present_version_at_once(server, store) -> None:
    pages = [server.page(topic % TOPIC_COUNT + 1) for topic in range(PAGES)]
    assert len(heard(pages, 1)) == PAGES
    assert server.stop() < 8
    assert all(b"0\r\n\r\n" in page.recv(65536) for page in pages)  # ended properly, not cut off
    for topic in range(1, TOPIC_COUNT + 1):
        store(topic, 7)
    server.start()
    assert len(heard([server.page(topic % TOPIC_COUNT + 1) for topic in range(PAGES)], 7)) == PAGES


def test_beyond_its_threads_the_server_says_come_later_and_still_serves_pages(server) -> None:
    pages = [server.page(1) for _ in range(MOST)]
    assert len(heard(pages, 1)) == MOST
    refusal = server.page(1).recv(4096)
    assert b" 503 " in refusal.splitlines()[0]
    assert b"Retry-After: 30" in refusal
    front = socket.create_connection(("127.0.0.1", server.port), timeout=5)
    front.sendall(b"GET / HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n")
    assert front.recv(4096).startswith(b"HTTP/1.1 200")


def test_a_stream_is_never_kept_packed_or_buffered(server) -> None:
    head = server.page(1).recv(4096).split(b"\r\n\r\n")[0].lower()
    assert b"content-type: text/event-stream" in head
    assert b"cache-control: no-store" in head
    assert b"x-accel-buffering: no" in head
    assert b"content-encoding" not in head
