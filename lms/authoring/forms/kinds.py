"""What the records of a document are called, which have a page of their own, and how one is named in words. Pure."""

from collections.abc import Mapping
from typing import Any

# (kind of a record, field) -> kind of the records inside it
INSIDE: Mapping[tuple[str, str], str] = {
    ("case", "places"): "place", ("case", "roles"): "role", ("role", "facts"): "fact", ("case", "flags"): "flag",
    ("case", "procedure"): "step", ("step", "due"): "due", ("case", "stages"): "stage", ("stage", "next"): "branch",
    ("stage", "injects"): "inject", ("stage", "decisions"): "decision", ("decision", "opens"): "opening",
    ("decision", "options"): "option", ("stage", "handoffs"): "handoff", ("handoff", "items"): "item",
    ("handoff", "channels"): "channel", ("handoff", "breach"): "breach", ("case", "endings"): "ending",
    ("survey", "items"): "question", ("question", "options"): "choice", ("survey", "scales"): "scale",
    ("survey", "reuse"): "reuse", ("course", "modules"): "module", ("course", "programme"): "day", ("day", "items"): "entry",
    ("course", "hotlines"): "hotline", ("sources", ""): "source", ("check", "options"): "check-option",
    ("flow", "steps"): "flow-step", ("flow-step", "fork"): "fork", ("cards", "cards"): "card",
}  # fmt: skip
# Lists whose records have a page of their own; the form of what holds them only links to them.
OWN_PAGE = {
    ("case", "roles"), ("case", "procedure"), ("case", "stages"), ("case", "endings"), ("stage", "injects"), ("stage", "decisions"),
    ("stage", "handoffs"), ("survey", "items"), ("course", "programme"), ("sources", ""),
}  # fmt: skip
# Lists that are a page by themselves, with all their records on it.
LIST_PAGE = {
    ("case", "places"), ("case", "flags"), ("course", "modules"), ("course", "library"),
    ("course", "hotlines"), ("course", "surveys"), ("course", "cases"), ("survey", "scales"), ("page", "blocks"),
}  # fmt: skip
_NAMES = ("title", "name", "short", "text", "question", "meaning", "label")


def kind_inside(kind: str, name: str, value: Any = None) -> str:
    """The kind of the records in a field; blocks of a page say it themselves. Empty when there are none."""
    if (kind, name) == ("page", "blocks"):
        return str(value.get("kind", "")) if isinstance(value, dict) else "block"
    return INSIDE.get((kind, name), "")


def name_of(record: Any) -> Any:
    """The text by which a record is called, in both languages; empty when it has none yet."""
    if not isinstance(record, dict):
        return str(record)
    for name in _NAMES:
        text = record.get(name)
        if isinstance(text, dict) and any(text.values()):
            return text
        if isinstance(text, str) and text:
            return text
    return ""
