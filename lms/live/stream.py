"""The answer that stays open: text/event-stream, without a query while it waits."""

import socket
from collections.abc import Iterator
from random import randrange

from flask import Response, request

from lms import clock
from lms.live.hub import Hub
from lms.live.waiting import Stream

GONE_AFTER = 30_000  # milliseconds without a sign from the other side until the system closes the connection


def stream_response(hub: Hub, stream: Stream) -> Response:
    """The page's stream: a message is the version and the time in ms. An event `surplus` says: too many, come back later."""
    response = Response(_messages(stream), mimetype="text/event-stream")
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"  # nginx would keep the messages until there are enough of them
    response.call_on_close(lambda: hub.waiting.leave(stream))
    _notice_who_vanishes()
    return response


def full() -> Response:
    """The answer when no thread is left: the page asks for its screen every few seconds instead."""
    return Response(status=503, headers={"Retry-After": "30"})


def _messages(stream: Stream) -> Iterator[bytes]:
    yield b"retry: %d\n\n" % randrange(1000, 3000)  # noqa: S311  (after a restart a hall must not come back at once)
    while (version := stream.wait()) is not None:
        now = int(clock.now().timestamp() * 1000)  # the page's countdowns go by the server's clock
        yield b"id: %d\ndata: %d %d\n\n" % (version, version, now)
    if stream.surplus:
        yield b"event: surplus\ndata: 0\n\n"


def _notice_who_vanishes() -> None:
    """A phone that leaves the wi-fi says nothing, and small messages would pile up unanswered for a quarter of an hour."""
    connection = request.environ.get("gunicorn.socket")
    option = getattr(socket, "TCP_USER_TIMEOUT", None)
    if option is not None and connection is not None and connection.family in (socket.AF_INET, socket.AF_INET6):
        connection.setsockopt(socket.IPPROTO_TCP, option, GONE_AFTER)
