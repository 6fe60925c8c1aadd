"""Surveys for the tests of exchange: generated documents, and what a format with one language keeps of them."""

import re
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from lms import personal_data
from lms.authoring.exchange.comparing import Comparison, carry_out, compare
from lms.authoring.exchange.merging import bare
from lms.authoring.exchange.reading import Reading, tidy
from lms.authoring.exchange.settling import Surroundings
from lms.content.yaml import Map
from lms.serbian import AZBUKA, mixed_script_words, to_latin

MODULES, SOURCES = ("m1", "m2"), ("S1", "S2", "K-law")
SIGNS = "~=#{}:%\\[]<>&\"'-*;|/,.()!?@$^_+ \n\n0123„”–"
KEYS = [*"abcdefgh"]


def words(language: str = "sr") -> st.SearchStrategy[str]:
    """A text full of the signs that formats use, which has a letter in it."""
    letters = "".join(AZBUKA) + "ЉЊЏАБВ" if language == "sr" else "abcdefgxyzLJNj"
    raw = st.text(st.sampled_from(letters + SIGNS), min_size=1, max_size=40)
    return raw.map(lambda text: _safe(tidy(text), letters[0]))


def _safe(text: str, letter: str) -> str:
    """The text with a letter in it and nothing that could be personal data."""
    text = text if is_plain(text) else tidy(re.sub(r"[@\d]", "", text))
    return text if any(sign.isalpha() for sign in text) else tidy(f"{letter} {text}")


def is_plain(text: str) -> bool:
    return not mixed_script_words(text) and not personal_data.find(text) and not personal_data.find(to_latin(text))


@st.composite
def texts(draw: Any, lead: str = "") -> dict[str, str]:
    """A text in both languages; `lead` makes it one of its kind."""
    serbian, english = draw(words("sr")), draw(words("en"))
    return {
        "sr": f"{lead}{'а' if lead else ''} {serbian}".strip(),
        "en": f"{lead}{'q' if lead else ''} {english}".strip(),
    }


@st.composite
def options(draw: Any, rights: tuple[int, int], keys: list[str]) -> list[dict[str, Any]]:
    number = draw(st.integers(2, 6))
    right = draw(st.integers(*rights)) if rights[1] else 0
    right = min(right, number - 1)
    marked = draw(st.permutations(range(number)))[:right]
    made = [
        {"key": key, "text": draw(texts(str(place)))} | ({"right": True} if place in marked else {})
        for place, key in zip(range(number), keys, strict=False)
    ]
    return draw(st.permutations(made)) if keys != KEYS else made


@st.composite
def items(draw: Any, key: str, kind: str, keys: list[str]) -> dict[str, Any]:
    test = kind == "test"
    types = (
        ("single", "multiple")
        if test
        else ("single", "multiple", "scale", "yes-no", "number", "short-text", "long-text")
    )
    item: dict[str, Any] = {"key": key, "type": draw(st.sampled_from(types)), "text": draw(texts(key))}
    if draw(st.booleans()):
        item["hint"] = draw(texts())
    if item["type"] in ("single", "multiple"):
        most = 0 if not test else 1 if item["type"] == "single" else 3
        item["options"] = draw(options((1, most), keys))
    if item["type"] == "scale":
        item["scale"] = draw(st.sampled_from(("extent", "how-often")))
    if item["type"] == "number":
        least = draw(st.integers(-99, 50))
        item |= {"min": least, "max": least + draw(st.integers(1, 99999))}
    if item["type"] in ("scale", "yes-no") and draw(st.booleans()):
        item |= {"headline": 4 if item["type"] == "scale" else "no", "finding": draw(texts())}
    if test:
        item |= {"explanation": draw(texts()), "module": draw(st.sampled_from(MODULES)), "certainty": draw(st.sampled_from(("confirmed", "dated"))),
                 "sources": draw(st.lists(st.sampled_from(SOURCES), min_size=1, max_size=3, unique=True))}  # fmt: skip
    elif draw(st.booleans()):
        item["required"] = True
    return item


def _one_line(text: dict[str, str]) -> dict[str, str]:
    return {code: " ".join(said.split()) for code, said in text.items()}


@st.composite
def surveys(draw: Any, kind: str = "", keys: list[str] = KEYS) -> dict[str, Any]:
    """A survey that a pack could have."""
    kind = kind or draw(st.sampled_from(("test", "evaluation", "follow-up")))
    number = draw(st.integers(1, 4))
    scales = {
        name: {"labels": [_one_line(draw(texts(name + str(step)))) for step in range(5)], "cannot_judge": draw(texts())}
        for name in ("extent", "how-often")
    }
    made = [draw(items(f"item-{place}", kind, keys)) for place in range(number)]
    survey = {"key": "x", "kind": kind, "title": draw(texts()), "items": made}
    used = {item.get("scale") for item in made}
    assume(all(is_plain(text) for text in _strings(survey)))
    return survey | (
        {"scales": {name: scale for name, scale in scales.items() if name in used}} if used - {None} else {}
    )


def _strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for member in value.values() for text in _strings(member)]
    if isinstance(value, list | tuple):
        return [text for member in value for text in _strings(member)]
    return [value] if isinstance(value, str) else []


def compared(reading: Reading, survey: dict[str, Any]) -> Comparison:
    """The reading beside the survey, in a course that has its modules and sources."""
    return compare(reading, Surroundings(survey, MODULES, SOURCES))


def imported(reading: Reading, kind: str) -> Any:
    """An empty survey after the import of everything."""
    survey = Map(0)
    survey["kind"] = kind
    carry_out(survey, compared(reading, {"kind": kind}), {})
    return bare(survey)


def kept_of(item: dict[str, Any], language: str) -> Any:
    """What a format with one language keeps of a question."""
    known = ("key", "type", "text", "options", "explanation", "min", "max")
    return bare(_only({name: item[name] for name in known if name in item}, language))


def _only(value: Any, language: str) -> Any:
    if isinstance(value, dict):
        return {
            name: _only(member, language)
            for name, member in value.items()
            if name not in ("sr", "en") or name == language
        }
    return [_only(member, language) for member in value] if isinstance(value, list) else value
