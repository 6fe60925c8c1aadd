"""Writes a survey as Moodle XML, in one language. What the format cannot hold stands there as a comment, with the reason."""

from collections.abc import Callable, Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from lms.authoring.exchange.one_language import Asked, LeftOut, asked_in

KINDS = {"single": "multichoice", "multiple": "multichoice", "number": "numerical", "short-text": "shortanswer",
         "long-text": "essay"}  # fmt: skip


def write(survey: Mapping[str, Any], language: str, words: Callable[[str], str] = str) -> str:
    """The file. `words` translates the reasons why something was left out."""
    parts = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>"]
    for one in asked_in(survey, language):
        parts.append(_left_out(one, words) if isinstance(one, LeftOut) else _question(one))
    return "\n".join([*parts, "</quiz>"]) + "\n"


def _left_out(one: LeftOut, words: Callable[[str], str]) -> str:
    """A comment; two hyphens, which would end it, are parted."""
    text = f"{one.key}: {one.text} ({words(one.reason)})"
    return f"<!-- {text.replace('--', '- -').replace('--', '- -')} -->"


def _text(name: str, text: str, **attributes: str) -> str:
    given = "".join(f" {attribute}={quoteattr(value)}" for attribute, value in attributes.items())
    return f"  <{name}{given}><text>{escape(text)}</text></{name}>"


def _question(one: Asked) -> str:
    lines = [
        f'<question type="{KINDS[one.type]}">',
        _text("name", one.key),
        _text("questiontext", one.text, format="plain_text"),
        _text("generalfeedback", one.explanation, format="plain_text"),
        "  <defaultgrade>1</defaultgrade>",
        *_answers(one),
        "</question>",
    ]
    return "\n".join(lines)


def _answers(one: Asked) -> list[str]:
    if one.type == "number":
        middle, reach = (one.min + one.max) / 2, (one.max - one.min) / 2
        return [
            f'  <answer fraction="100" format="plain_text"><text>{middle:.10g}</text><tolerance>{reach:.10g}</tolerance></answer>'
        ]
    if one.type == "short-text":
        return ["  <usecase>0</usecase>", _answer("*", "100")]
    if one.type == "long-text":
        return []
    rights = sum(right for _text, right in one.options)
    single = one.type == "single"
    shares = {True: "100" if single else f"{100 / (rights or 1):.5f}", False: "0"}
    if not single and rights:
        shares[False] = f"-{shares[True]}"
    settings = [f"  <single>{'true' if single else 'false'}</single>", "  <shuffleanswers>true</shuffleanswers>"]
    return [*settings, *(_answer(text, shares[right]) for text, right in one.options)]


def _answer(text: str, share: str) -> str:
    return _text("answer", text, fraction=share, format="plain_text")
