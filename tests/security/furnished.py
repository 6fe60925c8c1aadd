"""The house of this folder with everything in it, and the way in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from flask import Flask

from lms import clock
from lms.extensions import db
from tests.security.actors import give_cookies
from tests.security.stored import Snapshot
from tests.security.world import World, furnish


@dataclass(frozen=True)
class Furnished:
    """An application, what is in its database, and when it was put there."""

    app: Flask
    world: World
    snapshot: Snapshot
    moment: datetime

    @contextmanager
    def entered(self) -> Iterator[tuple[Flask, World]]:
        """Everything is in its place, and it is always the same moment: nobody comes too late for a vote."""
        with self.app.app_context(), clock.stopped_at(self.moment):
            self.snapshot.restore()
            yield self.app, self.world
            db.session.rollback()


def furnished_house(app: Flask) -> Furnished:
    """`app` with the twins in its database, which was empty."""
    world, moment = World(), clock.now()
    with app.app_context(), clock.stopped_at(moment):
        db.create_all()
        furnish(app, world)
        give_cookies(app, world)
        return Furnished(app, world, Snapshot(), moment)
