"""What pages ask for again and again, made once a process: addresses, and pieces that many readers see alike."""

from collections.abc import Callable, Hashable, MutableMapping
from functools import cache, lru_cache, partial
from typing import Any

from flask.templating import Environment
from markupsafe import Markup
from werkzeug.routing import Rule

ADDRESSES = 8192
PIECES = 2000  # of about 3 KB

Macro = Callable[..., Markup]


class Templates(Environment):
    """Flask's own, with the globals of a template in one plain dictionary: each import compares all of their names."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **(d or {})}


class Address(Rule):
    """A route whose addresses are built by a function that is compiled when the first is asked for: all 250 are a seventh of the start."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        compiled = cache(partial(super()._compile_builder, append_unknown))

        def build(rule: Rule, **values: Any) -> tuple[str, str]:
            return compiled()(rule, **values)

        return build


def remembered(build: Callable[..., str]) -> Callable[..., str]:
    """`url_for` that builds an address of this site once: a page asks for about twenty, nearly always the same."""
    known = lru_cache(maxsize=ADDRESSES, typed=True)(build)

    def url_for(endpoint: str, **values: Any) -> str:
        if values.get("_external") or endpoint.startswith("."):
            return build(endpoint, **values)
        try:
            return known(endpoint, **values)
        except TypeError:  # a list among the values
            return build(endpoint, **values)

    return url_for


class Kept:
    """`kept(macro, …)` for templates: what a macro makes of what it is given, rendered once for each answer of `of_request`. That is
    all that it may know of a request; whatever else its text depends on must be given."""

    def __init__(self, *of_request: Callable[[], str]) -> None:
        self._of_request = of_request
        self._made = lru_cache(maxsize=PIECES)(_make)

    def __call__(self, macro: Macro, *given: Hashable) -> Markup:
        return self._made(macro, given, tuple([one() for one in self._of_request]))

    def forget(self) -> None:
        """Nothing is kept any more; for tests."""
        self._made.cache_clear()


def _make(macro: Macro, given: tuple[Hashable, ...], _request: tuple[str, ...]) -> Markup:
    return macro(*given)
