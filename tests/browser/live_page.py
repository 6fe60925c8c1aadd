"""A live page for the browser's tests: one topic, a screen with all that must survive a change, a vote that can be refused."""

import threading
import time
from dataclasses import dataclass, field

from flask import Flask, render_template_string, request
from werkzeug.serving import make_server

from lms.access import allow, anyone
from lms.app import create_app
from lms.errors import Refused
from lms.extensions import db
from lms.live.hub import Hub, Room, State
from lms.live.stream import full, stream_response
from lms.live.waiting import Full

SCREEN = """{% set has = request.args.get("has", "").split(".") %}<div data-version="{{ world.version }}">
<h2 id="scene">Scene {{ world.version }}</h2>
{% if world.news %}<p id="news" data-announce="{{ world.news }}">{{ world.news }}</p>{% endif %}
{% for row in range(world.version) %}<p>Line {{ row }}</p>{% endfor %}
<p><time id="left"{% if world.until %} data-until="{{ world.until }}" data-warn="One minute more"{% endif %}></time>
<time id="case"{% if world.until %} data-case-from="{{ world.until - 400 * 60000 }}" data-case-pace="2"{% endif %}>05:00</time></p>
{% if "card" in has %}<i data-same="{{ world.gap or "card" }}"></i>
{% else %}<details id="card" data-piece="card"><summary>My card</summary><p>Hidden words</p></details>{% endif %}
{% if not world.without_button %}<button id="steady" type="button">Steady</button>{% endif %}
<form id="vote-{{ world.question }}" method="post" action="/vote" hx-post="/vote" hx-target="#live" hx-swap="innerMorph" data-later>
<input type="hidden" name="token" value="{{ world.version }}">
{% if world.question in has %}<i data-same="{{ world.question }}"></i>
{% else %}<fieldset data-piece="{{ world.question }}"><legend>Question {{ world.question }}</legend>{% for option in 'ab' %}
<label><input type="radio" name="{{ world.question }}" value="{{ option }}"> {{ option }}</label>{% endfor %}</fieldset>{% endif %}
<p data-waiting hidden>Waits for the network</p><button id="send">Vote</button></form>
<input id="inside" aria-label="inside"></div>"""
PAGE = (
    """{% extends "ui/base.html" %}{% block title %}Live{% endblock %}
{% block scripts %}<script src="{{ asset('js/live.js') }}" defer></script><script src="{{ asset('js/later.js') }}" defer></script>{% endblock %}
{% block main %}<h1>Live</h1><div id="live" data-stream="/stream" data-screen="/screen?run=1" data-seat="1:2">"""
    + SCREEN
    + "</div>{% endblock %}"
)


@dataclass
class World:
    """What the page shows, and what the server was asked."""

    version: int = 1
    question: str = "first"
    news: str = ""
    until: int = 0
    without_button: bool = False
    gap: str = ""  # a piece that no page has
    closed: bool = False
    down: bool = False
    votes: list[tuple[str, str]] = field(default_factory=list)
    asked: list[float] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
    hub: Hub | None = None

    def change(self, **values) -> None:
        for name, value in values.items():
            setattr(self, name, value)
        self.version += 1
        self.hub.touch(1, self.version)


def live_app(settings: dict, most: int = 50, each: int = 9) -> tuple[Flask, World]:
    """The real application with one more page; its streams tell of every `World.change`."""
    app, world = create_app(settings), World()
    with app.app_context():
        db.create_all()
    room = Room(
        lambda topics: {topic: State(world.version, 0, None) for topic in topics},
        lambda everyone: everyone,
        lambda _: None,
        lambda _: None,
    )
    app.extensions["live"] = world.hub = hub = Hub(app, room, most)
    hub.resting = False

    @allow(anyone)
    def stream():
        try:
            return stream_response(hub, hub.open(1, request.remote_addr, world.version, most=each))
        except Full:
            return full()

    @allow(anyone)
    def screen():
        world.asked.append(time.monotonic())
        if world.down:
            return "", 503
        if request.args.get("seen", type=int) == world.version:
            return "", 204
        world.sent.append(render_template_string(SCREEN, world=world))
        return world.sent[-1]

    @allow(anyone)
    def vote():
        if world.closed:
            raise Refused("You do not have access to this.")
        world.votes.append((request.form.get(world.question, ""), request.form["token"]))
        world.change()
        return render_template_string(SCREEN, world=world)

    @allow(anyone)
    def page():
        return render_template_string(PAGE, world=world)

    for view, method in ((stream, "GET"), (screen, "GET"), (vote, "POST"), (page, "GET")):
        app.add_url_rule(f"/{view.__name__}", f"test_{view.__name__}", view, methods=[method])
    return app, world


class Serving:
    """`with Serving(app) as url:` – threads, a port of its own; `stop` and `start` again on the same port."""

    def __init__(self, app: Flask) -> None:
        self._app, self._port = app, 0

    def __enter__(self) -> "Serving":
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        self._app.extensions["live"].stopping = lambda: False
        self._server = make_server("127.0.0.1", self._port, self._app, threaded=True)
        self._port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self._app.extensions["live"].stopping = lambda: True
        time.sleep(0.3)
        self._server.shutdown()
        self._server.server_close()
