"""create_app: the one place where everything is wired."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

import config as configuration
from lms import language, static, ui
from lms.access import RowNumber, init_access
from lms.accounts import routes as accounts
from lms.accounts.sessions import init_sessions
from lms.authoring import routes as authoring
from lms.certificates import routes as certificates
from lms.cli import init_cli
from lms.database import init_database
from lms.demo import routes as demo
from lms.evaluation import routes as evaluation
from lms.navigation import init_navigation
from lms.overview import routes as overview
from lms.problems import init_problems
from lms.simulations import play, presence
from lms.simulations import routes as simulations
from lms.simulations.seats import forget_names
from lms.simulations.wake import init_wake
from lms.surveys import routes as surveys
from lms.today import routes as today
from lms.trainings import routes as trainings
from lms.trainings.actions.manage import WHEN_CLOSED

ROOT = Path(__file__).resolve().parent.parent
BLUEPRINTS = (
    static.blueprint,
    ui.blueprint,
    accounts.blueprint,
    trainings.blueprint,
    today.blueprint,
    surveys.blueprint,
    simulations.blueprint,
    certificates.blueprint,
    evaluation.blueprint,
    overview.register,
    overview.blueprint,
    authoring.blueprint,
    demo.blueprint,
)


def create_app(changes: Mapping[str, Any] | None = None) -> Flask:
    """The application with settings from the environment, overridden by `changes` (tests)."""
    app = Flask("lms", root_path=str(ROOT), static_folder=None, template_folder="templates")
    app.url_map.converters["int"] = RowNumber
    app.static_folder = "static"  # served by lms.static: with an access rule, kept a year, compressed
    app.config.from_mapping(configuration.settings())
    app.config.from_mapping(changes or {})
    app.config["DATA_DIR"].mkdir(parents=True, exist_ok=True)
    if hops := app.config["TRUSTED_PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    init_database(app)
    language.init_language(app)
    init_sessions(app)
    ui.init_ui(app)
    init_navigation(app)
    init_problems(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    init_access(app)
    init_wake(app, tick=play.tick, present=presence.note)
    app.extensions[WHEN_CLOSED] = (forget_names,)
    init_cli(app)
    return app
