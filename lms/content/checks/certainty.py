"""What was read says when it was read."""

from collections.abc import Iterator

from lms.content.faults import Fault
from lms.content.pack import Pack
from lms.content.shapes import Place


def certainty(pack: Pack) -> Iterator[Fault]:
    """Sources that were read without a date of reading; claims that rest on unread texts but call themselves confirmed."""
    place = Place("sources.yaml", 1, "sources")
    for number, source in enumerate(pack.sources):
        here = place.inside(pack.sources, number)
        if source["read"] != "none" and not source.get("verified_on"):
            yield here.fault("was read but has no `verified_on`", "add the date on which it was last compared")
        if source["read"] == "none" and source.get("verified_on"):
            yield here.fault("was not read but has `verified_on`", "remove the date, or write `read: excerpt`")
    yield from _confirmed_without_reading(pack)


def _confirmed_without_reading(pack: Pack) -> Iterator[Fault]:
    unread = {source["key"] for source in pack.sources if source["read"] == "none"}
    for outline in pack.outlines.values():
        for citation, line, _section in outline.citations:
            if citation.source in unread and citation.certainty == "confirmed":
                advice = f"write [@{citation.source}|general], or read the source"
                yield Fault(outline.page.file, line, f"rests on {citation.source}, which was not read", advice)
    for name, survey in pack.surveys.items():
        items = survey["items"]
        for number, item in enumerate(items):
            if item.get("certainty") == "confirmed" and item.get("sources") and unread.issuperset(item["sources"]):
                here = Place(f"surveys/{name}.yaml", 1, "items").inside(items, number)
                yield here.fault("is confirmed by sources that were not read", "write `certainty: general`")
