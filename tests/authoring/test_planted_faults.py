"""Ten faults of ten kinds, planted one at a time into a whole case: each is told in words and leads to its place."""

import re
from html import unescape

import pytest
from flask import Flask

from lms.authoring.actions import drafting
from lms.authoring.editing import add, as_written, put, remove
from lms.authoring.forms.drawn import id_of
from lms.content.addresses import value_at
from tests.authoring.world import CASE_PATH, a_draft, address_of, an_author, document_of
from tests.test_personal_data import INVENTED


def first(document, *names):
    """The address of the first record of a list in the first record of a list…"""
    address = ""
    for name in names:
        address = f"{address}.{name}" if address else name
        address += f"[{value_at(document, address)[0]['key']}]"
    return address


def option(document):
    return first(document, "stages", "decisions", "options")


def no_english(document):
    return [put(document, first(document, "roles") + ".briefing.en", "")], first(document, "roles") + ".briefing.en"


def a_dead_end(document):
    address = first(document, "stages") + ".next"
    return [put(document, address, as_written([]))], address


def an_ending_nobody_reaches(document):
    change = add(
        document,
        "endings",
        as_written({"key": "nowhere", "title": {"sr": "Крај", "en": "End"}, "text": {"sr": "Крај.", "en": "End."}}),
    )
    return [change], "endings[nowhere]"


def a_condition_over_nothing(document):
    return [put(document, option(document) + ".when", "nothing-known")], option(document) + ".when"


def a_role_that_was_removed(document):
    role = document["roles"][0]["key"]
    address = first(document, "stages") + f".private.{role}"
    changes = [put(document, address, as_written({"sr": "Само за вас.", "en": "For you only."}))]
    return [*changes, remove(document, f"roles[{role}]")], address


def personal_data(document):
    return [put(document, first(document, "stages") + ".text.sr", f"Зове се Петар, ЈМБГ {INVENTED}.")], first(
        document, "stages"
    ) + ".text.sr"


def a_look_alike_letter(document):
    return [put(document, "title.sr", "Мaла вежба")], "title.sr"  # the first а is Latin


def a_handoff_without_anything_needed(document):
    stage, handoff = next((stage, stage["handoffs"][0]) for stage in document["stages"] if stage.get("handoffs"))
    address = f"stages[{stage['key']}].handoffs[{handoff['key']}]"
    changes = [
        put(document, f"{address}.items[{item['key']}].need", "allowed")
        for item in value_at(document, address)["items"]
    ]
    return changes, f"{address}.items"


def longer_than_its_slot(document):
    return [
        put(document, "minutes", 5),
        *[put(document, f"stages[{stage['key']}].minutes", 60) for stage in document["stages"]],
    ], "minutes"


def only_harmful_options(document):
    address = first(document, "stages", "decisions")
    return [
        put(document, f"{address}.options[{one['key']}].grade", "harmful")
        for one in value_at(document, address)["options"]
    ], address


PLANTED = [
    no_english, a_dead_end, an_ending_nobody_reaches, a_condition_over_nothing, a_role_that_was_removed, personal_data,
    a_look_alike_letter, a_handoff_without_anything_needed, longer_than_its_slot, only_harmful_options,
]  # fmt: skip


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__)
def test_each_planted_fault_is_told_and_leads_to_its_place(app: Flask, client, plant) -> None:
    draft, author = a_draft(), an_author(client)
    place = ""

    def apply(document):
        nonlocal place
        changes, place = plant(document)
        return changes

    assert "в реду" not in (before := checks_on(author, draft)), before
    drafting.change(draft, CASE_PATH, apply, "write")
    told = checks_on(author, draft)
    assert told
    assert told != before
    ways = [unescape(way) for way in re.findall(r'href="([^"]*#f-[^"]*)"', told)]
    there = [way for way in ways if way.endswith(f"#{id_of(place)}")]
    assert there, (place, ways, re.sub("<[^>]*>", " ", told))
    assert f'id="{id_of(place)}"' in author.get(there[0].split("#")[0]).text
    words = re.sub("<[^>]*>", " ", unescape(told))
    assert not re.search(r"\b(yaml|null|key|stages|otherwise|when)\b", words.lower()), words


def checks_on(author, draft) -> str:
    page = author.get(address_of(draft)).text
    return re.search(r'<section id="checks".*?</section>', page, re.DOTALL)[0]


def test_ten_kinds_are_told_in_ten_different_sentences(app: Flask, client) -> None:
    author = an_author(client)
    sentences = set()
    for number, plant in enumerate(PLANTED):
        draft = a_draft(f"small-{number}")
        drafting.change(draft, CASE_PATH, lambda document, plant=plant: plant(document)[0], "write")
        found = re.search(r"<li>.*?<p>(.*?)<a ", checks_on(author, draft), re.DOTALL)
        sentences.add(re.sub("<[^>]*>", "", found[1]))
    assert len(sentences) == len(PLANTED)
    assert document_of(draft)
