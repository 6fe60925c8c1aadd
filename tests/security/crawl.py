"""Every address of the house, and what each actor gets there: pages, fragments, downloads, headers."""

import inspect
import io
import itertools
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import Any
from urllib.parse import quote

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from lms import clock
from tests.security.actors import ACTORS, MORE, browser
from tests.security.world import CLOSED, DRAFT, A, World

SITTINGS = (("knowledge", "pre"), ("knowledge", "post"), ("evaluation", "once"), ("follow-up-3", "once"))
# What stands for a part of an address; `{}` is the first figure of the training's ids. The first one is the usual one.
PARTS: dict[str, tuple[str, ...]] = {
    "training_id": ("{}001",),
    "participant_id": ("{}101", "{}102"),
    "partner_id": ("{}301",),
    "item_id": ("{}403",),
    "upload_id": ("{}501",),
    "account_id": ("{}012",),
    "certificate_id": ("{}701", "{}702"),
    "finding_id": ("{}801", "{}803"),
    "series_id": ("{}901",),
    "team_id": ("{}951",),
    "seat_id": ("{}961",),
    "entry_id": ("{}971",),
    "run_id": ("{}981", "{}986"),  # under way, over; see tests/security/exercises.py
    "line_id": ("{}991",),
    "draft_id": ("{}041",),
    "trial_id": ("{}051", "{}052", "{}053"),  # all roles, one role, over; see tests/security/drafts.py
    "pending_id": ("{}061",),
    "case_key": ("small",),
    "number": ("1",),
    "place": ("1",),
    "key": ("m1",),
    "part": ("1",),
    "code": ("en",),
    "name": ("light",),
    "version": ("x",),
    "path": ("css/app.css",),
    "item": ("e1",),
    "language": ("sr", "en"),
    "role": ("trainer",),
    "device": ("fresh",),
}
CASE = "cases/small.yaml"
PARTS_OF = {  # the same word, something else
    "authoring.document": {
        "path": (
            CASE,
            "course.yaml",
            "pages/m1",
            "surveys/knowledge.yaml",
            "surveys/evaluation.yaml",
            "sources.yaml",
            "certificate.yaml",
        )
    },
    "authoring.save_document": {"path": (CASE,)},
    "authoring.take_back": {"version": ("3",)},
    **{f"authoring.{view}": {"version": ("{course}",)} for view in ("fork", "version_pack")},
    **{f"authoring.{view}": {"draft_id": ("{}042",)} for view in ("origin", "take_over")},
    **{
        f"authoring.{view}": {"key": ("small",)}
        for view in (
            "case_map",
            "roles_by_scenes",
            "steps_by_scenes",
            "sees",
            "exploration",
            "exploration_part",
            "explore",
            "trying",
            "begin_trial",
        )
    },
    **{
        f"authoring.{view}": {"key": ("knowledge", "evaluation")}
        for view in ("survey_exchange", "survey_import", "survey_on_phone", "survey_statistics")
    },
    "authoring.exploration": {"draft_id": ("{}041", "{}042"), "key": ("small",)},  # explored, and not yet
    "authoring.survey_export": {"key": ("knowledge", "evaluation"), "form": ("xlsx", "gift", "xml")},
    "authoring.press_as_player": {"role": ("police",), "what": ("votes", "facts", "handoffs", "go-on")},
    "evaluation.chart": {"name": ("participants", "e1")},
    "trainings.course": {"version": ("{course}",)},
    "trainings.course_page": {"version": ("{course}",)},
    "simulations.paper_pdf": {"name": ("script", "role-cards")},
    "simulations.drop_plan_line": {"run_id": ("{}986",)},
    **{f"simulations.{view}": {"run_id": ("{}936",)} for view in ("paper_sheet", "keep_sheet", "take_back_sheet")},
    **{
        f"simulations.{view}": {"run_id": ("{}981", "{}986", "{}926", "{}931")}
        for view in ("player", "screen", "handoffs", "review", "seating")
    },
    "surveys.treat_remark": {"key": ("0{}0200" * 5,)},
}
TOKENS = {  # endpoint → kind of token in its address
    "trainings.come_in": "join",
    "trainings.details": "join",
    "trainings.here_by_picture": "here 1",
    "accounts.invitation": "invitation",
    "simulations.seat": "seat health",
    "simulations.": "wall 981",
    "surveys.": "follow-up own",
    "certificates.": "certificate own",
}
# Query parameters with values that make a view show as much as it can; any other that a view reads is tried as 1.
QUERIES: dict[str, tuple[str, ...]] = {
    "at": ("stages[call]",),
    "empty": ("1",),
    "injects": ("no",),
    "item": ("q1",),
    "map": ("stages",),
    "role": ("social",),
    "stage": ("alone",),
    "again": ("1",),
    "all": ("1",),
    "before": ("99",),
    "by": ("line",),
    "case": ("small",),
    "chosen": ("{}102", "{}103"),
    "count": ("2",),
    "day": ("2",),
    "language": ("en",),
    "line": ("{}991",),
    "name": ("Ана",),
    "next": ("/help",),
    "page": ("1",),
    "paper": ("a3",),
    "q": ("Ана",),
    "run": ("{}981", "{}986"),
    "seen": ("x",),
    "show": ("waiting", "ready"),
}
QUERIES_OF = {
    "overview.export": ("?year={year}", "?year={year}&form=csv"),
    "simulations.group_proposal": ("?case=small", "?case=small&count=2"),
    "teams.index": ("?q=Ниш", "?status=active", "?district=d"),
}
# Parts of documents of a draft that have a form of their own: one of each kind.
FORMS_OF = {
    CASE: ("places", "flags", "roles[police]", "procedure[centre]", "stages[call].injects[van]", "stages[call].decisions[first]",
           "stages[other-town].handoffs[to-topolje]", "endings[found]"),
    "course.yaml": ("modules", "programme[#0]", "hotlines"),
    "pages/m1": ("blocks",),
    "surveys/knowledge.yaml": ("items[q1]",),
    "surveys/evaluation.yaml": ("items[e1]", "scales"),
    "sources.yaml": ("[S1]",),
}  # fmt: skip
AS_THE_TRAINER = {"author", "observer", "trainer of another training"}  # see in the editor what the trainer sees
_READ = re.compile(
    r"""(?:request\.(?:args|values)|asked)\.(?:get|getlist)\(\s*"(\w+)"|"(\w+)" in request\.(?:args|values)"""
)


@dataclass
class Visit:
    """What one actor got at one address."""

    actor: str
    endpoint: str
    address: str
    fragment: bool
    status: int
    headers: list[tuple[str, str]] = field(repr=False)
    body: bytes = field(repr=False)
    kind: str = ""
    error: str = ""

    @cached_property
    def text(self) -> str:
        """Everything that can be read in the answer, headers included, in small letters."""
        return readable(self.kind, self.body, self.headers)

    @property
    def html(self) -> str:
        return self.body.decode() if self.kind == "text/html" else ""

    def __str__(self) -> str:
        return f"{self.actor}: {self.address}{' (fragment)' if self.fragment else ''} → {self.status}"


def rules(app: Flask, method: str) -> list[Rule]:
    """The routes that answer `method`."""
    return [rule for rule in app.url_map.iter_rules() if method in (rule.methods or set())]


def addresses(app: Flask, world: World, rule: Rule, figure: int = A) -> Iterator[str]:
    """The addresses of `rule` with every combination of what its parts may be; the usual one first."""
    names = sorted(rule.arguments - {"survey", "moment", "token"})
    sittings = SITTINGS if "survey" in rule.arguments else (("", ""),)
    if "moment" not in rule.arguments:  # the trainer's pages of a follow-up
        sittings = sittings[-1:]
    known = set()
    for survey, moment in sittings:
        for chosen in itertools.product(*(_choices(rule, name) for name in names)):
            values: dict[str, Any] = {
                name: _filled(value, world, figure) for name, value in zip(names, chosen, strict=True)
            }
            values |= {"survey": survey, "moment": moment, "token": _token(rule, world, figure)}
            address = _build(rule, {name: _typed(rule, name, values[name]) for name in rule.arguments})
            if address and address not in known:
                known.add(address)
                yield address


def _filled(value: str, world: World, figure: int) -> str:
    return value.replace("{}", str(figure)).replace("{course}", world.course)


def address_of(app: Flask, world: World, rule: Rule, figure: int = A) -> str:
    """The usual address of `rule`."""
    return next(addresses(app, world, rule, figure))


def _choices(rule: Rule, name: str) -> tuple[str, ...]:
    offered = getattr(rule._converters[name], "items", None)  # <any(pdf, csv):form>
    choices = PARTS_OF.get(rule.endpoint, {}).get(name) or tuple(sorted(offered or ())) or PARTS.get(name)
    assert choices, f"Say in tests/security/crawl.py what stands for <{name}> in {rule.rule}."
    return choices


def _typed(rule: Rule, name: str, value: str) -> Any:
    return int(value) if "Integer" in type(rule._converters[name]).__name__ else value


def _build(rule: Rule, values: dict[str, Any]) -> str:
    try:
        built = rule.build(values)
    except ValueError:  # the converter does not take this value
        return ""
    return built[1] if built else ""


def _token(rule: Rule, world: World, figure: int) -> str:
    if "token" not in rule.arguments:
        return ""
    kind = next((kind for start, kind in TOKENS.items() if rule.endpoint.startswith(start)), None)
    assert kind, f"Say in tests/security/crawl.py which token opens {rule.rule}."
    return world.tokens.get((kind, figure)) or world.tokens.get((kind, A), "")


@cache
def _source(view: Any) -> str:
    """The source of `view` and of the functions of its file that it calls, and so on."""
    module, found, waiting = inspect.getmodule(view), {}, [view]
    while waiting:
        function = waiting.pop()
        if function.__name__ not in found:
            found[function.__name__] = inspect.getsource(function)
            used = [getattr(module, name, None) for name in re.findall(r"\w+", found[function.__name__])]
            waiting += [one for one in used if inspect.isfunction(one) and one.__module__ == view.__module__]
    return "\n".join(found.values())


def parameters(app: Flask, rule: Rule) -> list[str]:
    """The query parameters that `rule` reads."""
    view = inspect.unwrap(app.view_functions[rule.endpoint])
    return sorted({first or second for first, second in _READ.findall(_source(view))})


def _queries(app: Flask, rule: Rule, figure: int, address: str) -> Iterator[str]:
    yield ""
    if rule.endpoint == "authoring.document":
        yield from (f"?at={quote(at)}" for at in FORMS_OF.get(address.partition("/files/")[2], ()))
    for query in QUERIES_OF.get(rule.endpoint, ()):
        yield query.replace("{year}", str(clock.today().year))
    for name in parameters(app, rule):
        for value in QUERIES.get(name, ("1",)):
            yield f"?{name}={value}".replace("{}", str(figure))


def asked(app: Flask, world: World, rule: Rule, figure: int = A) -> Iterator[str]:
    """Every address of `rule` with every question that it answers."""
    for address in addresses(app, world, rule, figure):
        for query in _queries(app, rule, figure, address):
            yield address + query


def has_fragment(app: Flask, rule: Rule) -> bool:
    """Whether the view may answer with a part of the page."""
    return any(
        word in _source(inspect.unwrap(app.view_functions[rule.endpoint])) for word in ("wants_part", "render_part")
    )


def everywhere(app: Flask, world: World) -> list[Visit]:
    """Every GET address of training A as every actor; those of a draft and of a closed training as those who might."""
    found = []
    for actor in (*ACTORS, *MORE):
        client = browser(app, world, actor)
        for figure in _figures(actor):
            for rule in rules(app, "GET"):
                if figure != A and "training_id" not in rule.arguments:
                    continue
                found += list(_visits(app, world, client, actor, rule, figure))
    return found


def _figures(actor: str) -> tuple[int, ...]:
    if actor in ("trainer", "observer", "report reader", "office", "administrator"):
        return A, DRAFT, CLOSED
    return (A, CLOSED) if actor.startswith("trainee") else (A,)


def _visits(app: Flask, world: World, client: FlaskClient, actor: str, rule: Rule, figure: int) -> Iterator[Visit]:
    once = figure != A or (rule.endpoint.startswith("authoring.") and actor in AS_THE_TRAINER)
    for address in addresses(app, world, rule, figure):
        for query in ("",) if once else _queries(app, rule, figure, address):
            seen = visit(client, actor, rule.endpoint, address + query)
            yield seen
            if seen.status != 200 and rule.endpoint not in QUERIES_OF:
                break  # the gate does not look at the query
            if seen.kind == "text/html" and has_fragment(app, rule) and (not once or figure != A):
                yield visit(client, actor, rule.endpoint, address + query, fragment=True)


def visit(client: FlaskClient, actor: str, endpoint: str, address: str, fragment: bool = False, **more: Any) -> Visit:
    """One request; an exception counts as a 500."""
    headers = {"HX-Request": "true"} if fragment else {}
    kept = dict(client._cookies or {})
    try:
        answer = client.open(address, headers=headers, **more)
    except Exception as error:
        return Visit(actor, endpoint, address, fragment, 500, [], b"", error=repr(error)[:300])
    finally:
        client._cookies = kept
    return Visit(
        actor, endpoint, address, fragment, answer.status_code, list(answer.headers), answer.data, answer.mimetype
    )


def readable(kind: str, body: bytes, headers: list[tuple[str, str]]) -> str:
    """All text in an answer, in small letters; archives are opened, PDFs read (with and without spaces)."""
    head = "\n".join(f"{name}: {value}" for name, value in headers)
    return f"{head}\n{_inside(kind, body)}".lower()


@lru_cache(maxsize=512)
def _inside(kind: str, body: bytes) -> str:
    if body.startswith(b"%PDF"):
        return _pdf(body)
    if body.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return "\n".join(f"{name}\n{_inside('', archive.read(name))}" for name in archive.namelist())
    text = body.decode("utf-8", "replace")
    return re.sub(r"\r?\n[ \t]", "", text) if kind == "text/calendar" else text


def _pdf(body: bytes) -> str:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(body))
    pages = "\n".join(page.extract_text() for page in reader.pages)
    return "\n".join([pages, str(reader.metadata), re.sub(r"[\s-]+", "", pages)])
