"""The two languages of a page say the same: same sections, same blocks, same citations."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from lms.content.faults import N_, Fault, Title, fault_at
from lms.content.outline import Outline
from lms.content.pack import Pack


def twins(pack: Pack) -> Iterator[Fault]:
    """Where the English page differs from the Serbian one; told at the English page."""
    for key, language in pack.outlines:
        if language == "sr" and (key, "en") in pack.outlines:
            yield from _differences(pack.outlines[key, "sr"], pack.outlines[key, "en"])


def _differences(serbian: Outline, english: Outline) -> Iterator[Fault]:
    file = english.page.file
    ours, theirs = len(serbian.sections), len(english.sections)
    if ours != theirs:
        message = N_("The page is not divided alike: %(serbian)s sections in Serbian, %(english)s in English.")
        advice = N_("Give both languages the same sections in the same order.")
        yield fault_at(file, 1, message, advice, serbian=ours, english=theirs)
        return
    for number in range(ours):
        line = english.line(english.sections[number].line)
        titles = {"sr": serbian.sections[number].title, "en": english.sections[number].title}
        title = Title(titles["en"], titles)
        yield from _blocks(serbian, english, number, line, title)
        yield from _citations(serbian, english, number, line, title)


def _blocks(serbian: Outline, english: Outline, number: int, line: int, title: Title) -> Iterator[Fault]:
    ours, theirs = ([_bones(block) for block in page.blocks if block.section == number] for page in (serbian, english))
    if ours != theirs and not (serbian.faults or english.faults):
        message = N_(
            "In the section “%(title)s”, the questions, figures, cards and lists are not the same as in Serbian."
        )
        advice = N_("Give both languages the same ones in the same order, with the same sectors and right answers.")
        yield fault_at(english.page.file, line, message, advice, "the same blocks and keys", title=title)


def _bones(block: Any) -> tuple[str, Any]:
    """What of a block does not depend on the language."""
    value = block.value
    if block.kind == "check":
        return "check", (value["key"], [bool(option.get("right")) for option in value["options"]])
    if block.kind == "flow":
        forks = [[way["kind"] for way in step.get("fork") or ()] for step in value["steps"]]
        return "flow", ([list(step.get("sectors") or ()) for step in value["steps"]], forks)
    if block.kind == "cards":
        return "cards", [
            (card.get("sector"), len(card.get("does") or ()), len(card.get("avoids") or ())) for card in value["cards"]
        ]
    if block.kind == "figure":
        return "figure", value["image"].replace(".sr.svg", "").replace(".en.svg", "")
    return block.kind, value["kind"] if block.kind == "callout" else len(value)


def _citations(serbian: Outline, english: Outline, number: int, line: int, title: Title) -> Iterator[Fault]:
    ours, theirs = (Counter(mark[0] for mark in page.citations if mark[2] == number) for page in (serbian, english))
    for citation in [*(ours - theirs), *(theirs - ours)]:
        more = N_("In the section “%(title)s”, %(mark)s is cited more often in Serbian than in English.")
        fewer = N_("In the section “%(title)s”, %(mark)s is cited more often in English than in Serbian.")
        mark = "|".join(filter(None, (citation.source, citation.certainty.replace("confirmed", "")))) + (
            f":{citation.when}" if citation.when else ""
        )
        message = more if ours[citation] > theirs[citation] else fewer
        advice = N_("Cite the same sources in both languages, and call them equally sure.")
        yield fault_at(english.page.file, line, message, advice, title=title, mark=f"[@{mark}]")
