"""What was read says when it was read."""

from collections.abc import Iterator

from lms.content.faults import N_, Fault, fault_at
from lms.content.pack import Pack
from lms.content.place import Place

CONFIRMED_UNREAD = N_("This is called confirmed, but none of its sources was read.")
CALL_IT_GENERAL = N_("Call it general knowledge, or read one of the sources.")


def certainty(pack: Pack) -> Iterator[Fault]:
    """Sources that were read without a date of reading; claims that rest on unread texts but call themselves confirmed."""
    place = Place("sources.yaml", 1)
    for number, source in enumerate(pack.sources):
        here = place.inside(pack.sources, number)
        if source["read"] != "none" and not source.get("verified_on"):
            message = N_("This source was read, but it is not said when.")
            yield here.fault(message, N_("Add the day on which it was last compared."), "add `verified_on: …`")
        if source["read"] == "none" and source.get("verified_on"):
            message = N_("This source was not read, but it has a day on which it was compared.")
            yield here.fault(
                message, N_("Remove the day, or say that it was read in part."), "`verified_on`, `read: excerpt`"
            )
    yield from _confirmed_without_reading(pack)


def _confirmed_without_reading(pack: Pack) -> Iterator[Fault]:
    unread = {source["key"] for source in pack.sources if source["read"] == "none"}
    for outline in pack.outlines.values():
        for citation, line, _section in outline.citations:
            if citation.source in unread and citation.certainty == "confirmed":
                message = N_("What stands here as confirmed rests on a source that was not read: %(source)s.")
                advice = N_("Write [@%(source)s|general], or read the source.")
                yield fault_at(outline.page.file, line, message, advice, source=citation.source)
    for name, survey in pack.surveys.items():
        items = survey["items"]
        for number, item in enumerate(items):
            if item.get("certainty") == "confirmed" and item.get("sources") and unread.issuperset(item["sources"]):
                here = Place(f"surveys/{name}.yaml", 1, "items").inside(items, number)
                yield here.fault(CONFIRMED_UNREAD, CALL_IT_GENERAL, "`certainty: general`")
