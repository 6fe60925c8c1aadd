"""The people who try the doors, and the cookies by which the house knows them."""

from datetime import timedelta
from urllib.parse import unquote

from flask import Flask
from flask.testing import FlaskClient

from tests.security.world import CLOSED, A, B, World, a_sign_in

STAFF = {
    "trainer": 1011,
    "trainer of another training": 2011,
    "observer": 1012,
    "report reader": 1013,
    "author": 3014,
    "office": 3015,
    "administrator": 3016,
}
ACTORS = (
    "anonymous",
    "trainee",
    "trainee of another training",
    "forgotten device",
    *STAFF,
    "before the second step",
    "expired sign-in",
)
MORE = ("trainee after the close", "new member of staff")  # not in the matrix of T1: they differ in what, not in where
OUTSIDERS = {"anonymous", "forgotten device", "before the second step", "expired sign-in"}
OF_OTHER = {"trainee of another training", "trainer of another training"}


def give_cookies(app: Flask, world: World) -> None:
    """Every actor's cookies; kept as text, so that each test starts with fresh browsers."""
    world.cookies = {actor: {} for actor in ACTORS}
    world.cookies["trainee"]["device"] = world.tokens["device own", A]
    world.cookies["trainee of another training"]["device"] = world.tokens["device own", B]
    world.cookies["trainee after the close"] = {"device": world.tokens["device own", CLOSED]}
    world.cookies["forgotten device"]["device"] = "a-token-that-no-table-knows"
    for actor, number in STAFF.items():
        world.cookies[actor]["session"] = session_cookie(app, _user_id=a_sign_in(number))
    half, old = a_sign_in(3017, second_step=False), a_sign_in(3018, age=timedelta(days=2))
    # Both cookies that a half sign-in could try: the one it has, and the one it wants.
    world.cookies["before the second step"]["session"] = session_cookie(app, half=half, _user_id=half)
    world.cookies["expired sign-in"]["session"] = session_cookie(app, half=old, _user_id=old)
    new = a_sign_in(3020, second_step=False)
    world.cookies["new member of staff"] = {"session": session_cookie(app, half=new)}
    world.token("half", A, half)
    world.token("expired", A, old)


def session_cookie(app: Flask, **values: str) -> str:
    """A session cookie as the server would sign it."""
    client = app.test_client()
    with client.session_transaction() as session:
        session.update(values)
    cookie = client.get_cookie("session")
    assert cookie
    return unquote(cookie.value)


def browser(app: Flask, world: World, actor: str) -> FlaskClient:
    """A fresh browser of `actor`."""
    client = app.test_client()
    for name, value in world.cookies[actor].items():
        client.set_cookie(name, value)
    return client
