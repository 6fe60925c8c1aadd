"""Every form of the house, found on its pages: who can send it, where it goes, what is in it. And how to fill it in."""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException

from lms import clock
from lms.authoring.packs.writing import zipped
from tests.authoring.world import small_files
from tests.security.crawl import Visit

WAS = "was:"  # before the name of a field of the editor: the print of what stood in it
TEXTS = {"text", "search", "email", "textarea", "url", "tel", "password"}
# What is sent with a field for a file, by its name.
FILES = {
    "roster": ("spisak.csv", "Име и презиме,Сектор,Општина\nПера Перић,полиција,Ниш\n".encode()),
    "questions": (
        "pitanja.csv",
        "Ознака;Питање (sr);Питање (en);Тип;Одговор 1 (sr);Одговор 1 (en);Одговор 2 (sr);Одговор 2 (en);Тачни одговори;Објашњење (sr);"
        "Објашњење (en);Модул;Извори;Поузданост\nq8;Шта је ново?;What is new?;један одговор;ово;this;оно;that;1;Зато.;Because.;m1;S1;потврђено\n"
        "q1;Шта је довољно?;What is enough?;један одговор;доказ;proof;сумња;a suspicion;2;Зато.;Because.;m1;S1;потврђено\n".encode(),
    ),
    "pack": ("small.zip", zipped(small_files(), "small")),
    "drawing": ("crtez.svg", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="5" height="5"/></svg>'),
}  # fmt: skip


@dataclass
class Field:
    """One field: its kind, what stands in it, what may be chosen."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)
    offered: list[str] = field(default_factory=list)


@dataclass
class Sheet:
    """A form as it was found."""

    actor: str
    page: str
    action: str
    endpoint: str = ""
    fields: dict[str, Field] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.actor}: {self.action} (from {self.page})"

    @property
    def texts(self) -> list[str]:
        """Names of the fields into which people type."""
        return [one.name for one in self.fields.values() if one.kind in TEXTS and one.name != "csrf_token"]

    def filled(self) -> dict[str, Any]:
        """Sensible values for everything: what stands there, or else what somebody might type or choose."""
        written = any(
            name.startswith(WAS) for name in self.fields
        )  # the editor's: what is empty stays so, as when somebody saves
        values = {
            name: "" if written and one.kind in TEXTS and not one.values else _value(one)
            for name, one in self.fields.items()
        }
        return {name: value for name, value in values.items() if value}


def choices(sheets: Iterable[Sheet]) -> list[tuple[Sheet, str]]:
    """The fields into which nothing is typed, with a form that has them: of those that have the same name but for members of lists, one."""
    found: dict[tuple[str, str], tuple[Sheet, str]] = {}
    for sheet in sheets:
        for name in sheet.fields:
            if name not in (*sheet.texts, "csrf_token"):
                found.setdefault((sheet.endpoint, _without_members(name)), (sheet, name))
    return list(found.values())


def _without_members(name: str) -> str:
    return WAS if name.startswith(WAS) else re.sub(r"\[[^]]*\]", "", name)


def _value(one: Field) -> Any:
    if one.kind == "file":
        name, content = FILES.get(one.name, ("", b""))
        return (io.BytesIO(content), name) if name else None
    if one.values:
        return one.values
    if one.offered:
        return [next((value for value in one.offered if value), "")]
    return {
        "email": "neko@example.org",
        "number": "1",
        "date": clock.today().isoformat(),
        "time": "10:00",
        "datetime-local": f"{clock.today()}T10:00",
        "password": "сунце за прозором 7",
        "checkbox": "",
        "radio": "",
        "submit": "",
    }.get(one.kind, "Неки текст")


class _Reader(HTMLParser):
    """Collects the forms of a page that are sent by POST."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, Field]]] = []
        self.called: dict[str, dict[str, Field]] = {}
        self.outside: list[
            tuple[str, str, dict[str, str]]
        ] = []  # fields that stand elsewhere and say to which form they belong
        self.inside: dict[str, Field] | None = None
        self.select: Field | None = None
        self.area: Field | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attributes}
        if tag == "form" and values.get("method", "get").lower() == "post":
            self.inside = {}
            self.forms.append((values.get("action", ""), self.inside))
            self.called[values.get("id", "")] = self.inside
        elif values.get("form") and values.get("name") and "disabled" not in values:
            self.outside.append((values["form"], tag, values))
        elif self.inside is not None and values.get("name") and "disabled" not in values:
            self._field(self.inside, tag, values)
        elif tag == "option" and self.select is not None:
            self.select.offered.append(values.get("value", ""))
            if "selected" in values:
                self.select.values = [values.get("value", "")]

    def close(self) -> None:
        super().close()
        for form, tag, values in self.outside:
            if form in self.called:
                self._field(self.called[form], tag, values)

    def _field(self, form: dict[str, Field], tag: str, values: dict[str, str]) -> None:
        kind = {"input": values.get("type", "text"), "button": "submit"}.get(tag, tag)
        if kind == "submit" and values["name"] in form:
            return  # one of the buttons is pressed
        one = form.setdefault(values["name"], Field(values["name"], kind))
        if kind in ("checkbox", "radio"):
            one.offered.append(values.get("value", "y"))
            one.values += [values.get("value", "y")] if "checked" in values else []
        elif tag in ("input", "button"):
            one.values = [values["value"]] if values.get("value") else []
        self.select = one if tag == "select" else self.select
        self.area = one if tag == "textarea" else None

    def handle_data(self, data: str) -> None:
        if self.area is not None and data.strip():
            self.area.values = [data]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea":
            self.area = None


def distinct(sheets: Iterable[Sheet]) -> list[Sheet]:
    """One form of each kind: the same fields to the same endpoint, whoever sends it."""
    return list({(sheet.endpoint, tuple(sheet.fields)): sheet for sheet in reversed(list(sheets))}.values())


def on_page(app: Flask, actor: str, address: str, html: str) -> Iterator[Sheet]:
    """The forms on one page."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    for action, fields in reader.forms:
        target = urljoin(address, action or address)
        fields.pop("_language", None)
        yield Sheet(actor, address, target, endpoint_of(app, target), fields)


def endpoint_of(app: Flask, address: str) -> str:
    """The endpoint that a POST to `address` reaches."""
    try:
        return app.url_map.bind("localhost").match(urlsplit(address).path, method="POST")[0]
    except HTTPException:
        return ""


def found(app: Flask, visits: Iterable[Visit]) -> list[Sheet]:
    """Every form once: the same fields to the same endpoint by the same actor are the same form."""
    known: dict[tuple[Any, ...], Sheet] = {}
    for seen in visits:
        if seen.html and "<form" in seen.html:
            for sheet in on_page(app, seen.actor, seen.address, seen.html):
                key = (sheet.actor, sheet.endpoint, urlsplit(sheet.action).path, tuple(sheet.fields))
                known.setdefault(key, sheet)
    return list(known.values())
