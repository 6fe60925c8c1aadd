"""The two languages of a page say the same: same sections, same blocks, same citations."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from lms.content.faults import Fault
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
        message = f"the page has {theirs} sections in English and {ours} in Serbian"
        yield Fault(file, 1, message, "give both the same sections in the same order")
        return
    for number in range(ours):
        line = english.line(english.sections[number].line)
        title = english.sections[number].title
        yield from _blocks(serbian, english, number, line, title)
        yield from _citations(serbian, english, number, line, title)


def _blocks(serbian: Outline, english: Outline, number: int, line: int, title: str) -> Iterator[Fault]:
    ours, theirs = ([_bones(block) for block in page.blocks if block.section == number] for page in (serbian, english))
    if ours != theirs and not (serbian.faults or english.faults):
        message = f"the blocks of the section `{title}` are built differently in Serbian"
        advice = "give both languages the same blocks, with the same keys, sectors and right answers, in the same order"
        yield Fault(english.page.file, line, message, advice)


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


def _citations(serbian: Outline, english: Outline, number: int, line: int, title: str) -> Iterator[Fault]:
    ours, theirs = (Counter(mark[0] for mark in page.citations if mark[2] == number) for page in (serbian, english))
    for citation in [*(ours - theirs), *(theirs - ours)]:
        where = "Serbian" if ours[citation] > theirs[citation] else "English"
        mark = "|".join(filter(None, (citation.source, citation.certainty.replace("confirmed", "")))) + (
            f":{citation.when}" if citation.when else ""
        )
        message = f"in the section `{title}`, [@{mark}] is cited more often in {where}"
        yield Fault(
            english.page.file, line, message, "cite the same sources, with the same certainty, in both languages"
        )
