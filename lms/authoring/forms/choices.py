"""What may be chosen where a document names something: roles, stages, flags, sources, pages, fixed words."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lms.authoring import documents, words
from lms.authoring.forms.kinds import name_of
from lms.content.case import TRUST
from lms.content.case_build import is_number
from lms.content.checks.cases.document import KINDS
from lms.content.checks.cases.references import NAMED
from lms.content.shapes import OneOf, Shape
from lms.content.vocabulary import SECTORS
from lms.language import gettext, localise
from lms.sectors import sector
from lms.ui import N_

SHORT = 70  # characters of a name in a list

Named = tuple[Any, str]  # what is stored, how it is called


@dataclass(frozen=True)
class Draft:
    """What the choices are taken from: all files of the draft, and the document that is edited."""

    files: documents.Files
    path: str
    document: Any

    def course(self) -> Any:
        """The course document, to look things up in."""
        return documents.look_up(self.files, "course.yaml")

    def in_case(self, name: str, address: str) -> list[Named]:
        """What the field `name` at `address` of a case may name; looked for once, as many fields of a form ask the same."""
        place = address if {"option", "decision"} & {*NAMED[name]} else ""
        if (name, place) not in self._found:
            self._found[name, place] = list(_in_case(self.document, name, place))
        return self._found[name, place]

    @cached_property
    def _found(self) -> dict[tuple[str, str], list[Named]]:
        return {}


def called(record: Any) -> str:
    """The name of a record in the reader's language, shortened."""
    if isinstance(record, dict) and (said := _own_way(record)):
        return said
    text = name_of(record)
    words_ = localise(text) if isinstance(text, dict) else str(text)
    if isinstance(record, dict) and isinstance(record.get("starts"), str):
        words_ = f"{record['starts']} {words_}".strip()  # a line of the programme
    return words_ if len(words_) <= SHORT else words_[: SHORT - 1].rstrip() + "…"


def _own_way(record: Any) -> str:
    """The name of what has no text of its own."""
    if isinstance(record.get("day"), int):
        return gettext(N_("Day %(number)d"), number=record["day"])
    return gettext(N_("trust")) if record.get("key") == TRUST else ""


def fixed(kind: str, name: str, shape: Shape) -> list[Named]:
    """The choices of a field that takes one of some fixed words; empty for any other."""
    if not isinstance(shape, OneOf):
        return []
    if set(shape.choices) == set(SECTORS):
        return [(code, sector(str(code)).name) for code in shape.choices]
    labels = words.CHOICES.get((kind, name)) or words.CHOICES.get(("", name), {})
    return [(choice, gettext(labels[choice]) if choice in labels else str(choice)) for choice in shape.choices]


def named(draft: Draft, kind: str, name: str, address: str) -> list[Named] | None:
    """What a field that names something may name; None when the field is free text."""
    if name == "sources" or (kind, name) == ("hotline", "source"):
        return [
            (one["key"], called(one) or one["key"]) for one in _records(documents.look_up(draft.files, "sources.yaml"))
        ]
    if draft.path.startswith("cases/"):
        return (
            [one for one in draft.in_case(name, address) if not _is_own(name, one, address)] if name in NAMED else None
        )
    lookup = _ELSEWHERE.get((kind, name))
    return lookup(draft) if lookup else None


def _records(value: Any) -> list[Any]:
    return [one for one in value if isinstance(one, dict) and one.get("key")] if isinstance(value, list) else []


def _is_own(name: str, role: Named, address: str) -> bool:
    """Nobody speaks for oneself."""
    return name == "cover" and f"[{role[0]}]" in address


def _in_case(document: Any, name: str, address: str) -> Iterator[Named]:
    for kind in NAMED[name]:
        if kind == "flag" and not _declares_trust(document):
            yield TRUST, gettext(N_("trust"))
        for record in _entries(document, kind, address if kind in ("option", "decision") else ""):
            yield record["key"], called(record) or _unnamed(kind, record["key"])


def _unnamed(kind: str, key: str) -> str:
    """„Улога role-2”: what has no name yet."""
    said = words.KINDS.get(kind.replace("-", ""))
    return f"{gettext(said.one)} {key}" if said else key


def _declares_trust(document: Any) -> bool:
    return any(flag["key"] == TRUST for flag in _records(document.get("flags")))


def _entries(value: Any, kind: str, address: str) -> Iterator[Any]:
    """The records of one kind; options and decisions only those of what stands round `address`."""
    if not isinstance(value, dict):
        return
    for name, members in value.items():
        if name not in KINDS or not isinstance(members, list):
            continue
        for member in _records(members):
            if KINDS[name] == kind:
                yield member
            elif name not in ("stages", "decisions") or not address or f"[{member['key']}]" in address:
                yield from _entries(member, kind, address)


def _listed(folder: str) -> Callable[[Draft], list[Named]]:
    """The documents of a folder, called by their titles."""

    def found(draft: Draft) -> list[Named]:
        keys = [documents.key_of(path) for path in documents.paths_in(draft.files) if path.startswith(f"{folder}/")]
        return [(key, title_of(draft.files, f"{folder}/{key}")) for key in keys]

    return found


_FIXED = {"sources.yaml": N_("Sources"), "certificate.yaml": N_("Wording of the certificate")}


def title_of(files: documents.Files, path: str) -> str:
    """The title of a page, survey or case in the reader's language; its key when it has none."""
    if path.startswith("pages/"):
        titles = {lang: _page_title(files.get(f"{path}.{lang}.md", "")) for lang in ("sr", "en")}
        return localise(titles) if any(titles.values()) else documents.key_of(path)
    if path in _FIXED:
        return gettext(_FIXED[path])
    return called(documents.look_up(files, path if path.endswith(".yaml") else f"{path}.yaml")) or documents.key_of(
        path
    )


def _page_title(text: str) -> str:
    for line in text.split("\n", 8)[:8]:
        if line.startswith("title:"):
            return line.removeprefix("title:").strip().strip('"')
    return ""


def _modules(draft: Draft) -> list[Named]:
    keys = [one["key"] for one in _records(draft.course().get("modules"))]
    return [(key, title_of(draft.files, f"pages/{key}")) for key in keys]


def _scales(draft: Draft) -> list[Named]:
    scales = draft.document.get("scales") if isinstance(draft.document, dict) else None
    return [(name, name) for name in scales or ()]


def _reused(draft: Draft) -> list[Named]:
    survey = (draft.document.get("reuse") or {}).get("survey")
    return [
        (one["key"], called(one))
        for one in _records(documents.look_up(draft.files, f"surveys/{survey}.yaml").get("items"))
    ]


def _figures(draft: Draft) -> list[Named]:
    """The drawings of the course; one in both languages is named with a star in the place of the language."""
    names = {re.sub(r"\.(?:sr|en)\.svg$", ".*.svg", file) for file in draft.files if file.startswith("figures/")}
    return [(name, name.removeprefix("figures/").split(".")[0]) for name in sorted(names)]


_ELSEWHERE: dict[tuple[str, str], Callable[[Draft], list[Named]]] = {
    ("module", "key"): _listed("pages"), ("course", "library"): _listed("pages"), ("course", "surveys"): _listed("surveys"),
    ("course", "cases"): _listed("cases"), ("entry", "page"): _modules, ("entry", "survey"): _listed("surveys"),
    ("question", "module"): _modules, ("question", "scale"): _scales, ("reuse", "survey"): _listed("surveys"),
    ("reuse", "items"): _reused, ("figure", "image"): _figures,
}  # fmt: skip


def numbers(document: Any) -> frozenset[str]:
    """The flags of a case that are numbers; all others are yes or no."""
    flags = _records(document.get("flags")) if isinstance(document, dict) else []
    return frozenset({TRUST, *(flag["key"] for flag in flags if is_number(flag))})
