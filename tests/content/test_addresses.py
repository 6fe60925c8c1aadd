"""Addresses: what is given one is found again, and nothing else is."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.content.addresses import (
    Member,
    NoSuchPlace,
    by_line,
    inside,
    joined,
    leaves,
    member_of,
    parts,
    place_of,
    value_at,
    within,
)
from lms.content.formats import CASE, SURVEY
from lms.content.yaml import read_yaml
from tests.content.documents import anything, documents_of, texts

PLAN = read_yaml(
    """\
title: {sr: а, en: a}
aims:
  - {sr: б, en: b}
stages:
  - key: first
    decisions:
      - key: where
        options:
          - {key: a, text: {sr: в, en: c}}
          - {key: a, text: {sr: г, en: d}}
    roles: [police, ngo]
  - {key: two words}
  - {key: 7}
""",
    "f",
)


def test_an_address_leads_to_one_value():
    assert value_at(PLAN, "title.sr") == "а"
    assert value_at(PLAN, "aims[#0].en") == "b"
    assert value_at(PLAN, "stages[first].decisions[where].options[a].text.sr") == "в"
    assert value_at(PLAN, "stages[first].decisions[where].options[#1].text.sr") == "г"
    assert value_at(PLAN, "") is PLAN


def test_everything_has_an_address_of_its_own():
    found = dict(inside(PLAN))
    assert len(found) == len(list(inside(PLAN)))
    assert "stages[first].decisions[where].options[#1].text.en" in found  # its key is that of the one before it
    assert found["stages[#1].key"] == "two words"  # not a key, so it is named by its place
    assert found["stages[#2].key"] == 7


def test_a_list_of_words_is_one_leaf():
    found = dict(leaves(PLAN))
    assert found["stages[first].roles"] == ["police", "ngo"]
    assert "stages[first].roles[#0]" not in found
    assert "stages[first]" not in found
    assert dict(leaves({"a": {}, "b": [], "c": [{}]})) == {"a": {}, "b": [], "c[#0]": {}}


@given(anything)
def test_every_address_that_is_given_is_found_again(document):
    for address, value in inside(document):
        assert value_at(document, address) is value
        assert joined(within(address), parts(address)[-1]) == address


@settings(deadline=None, max_examples=10, suppress_health_check=list(HealthCheck))
@given(documents_of(SURVEY, unfinished=True, wide=1))
def test_also_in_unfinished_documents(document):
    addresses = [address for address, _value in inside(document)]
    assert len(set(addresses)) == len(addresses)
    for address, value in inside(document):
        assert value_at(document, address) is value


@given(texts)
def test_any_name_can_be_addressed(name):
    assert value_at({name: {name: 1}}, joined(joined("", name), name)) == 1
    assert parts(joined("a", name)) == ("a", name)


@given(st.text(max_size=30) | st.text('ab.[]#"\\0-9', max_size=12))
def test_any_other_address_leads_nowhere_and_never_fails_otherwise(address):
    document = {"a": [{"key": "b", "a": 1}], "b": {"0": 2}}
    try:
        value = value_at(document, address)
    except NoSuchPlace:
        return
    assert address == "" or any(found is value for _address, found in inside(document))


@pytest.mark.parametrize(
    "address",
    [
        ".", "..", ".title", "title.", "title..sr", "[", "]", "[]", "[#]", "[#-1]", "[#9999999]", "aims[#1]", "aims[0]", "aims.0", "aims.#0",
        "aims[#0]sr", "title[sr]", "title[#0]", "[title]", "[#0]", "title sr", "title.sr.x", "title.sr[#0]", "stages[#99]", "stages[nobody]",
        "stages.first", "stages[two words]", "stages[[first]]", "aims[#٠]", "тitle", "__class__", "title.__len__", '"', '"title', '"title"x',
        '"\\x"', "title\n", "aims[#0].\n", "a" * 100_000, "[#0]" * 50_000,
    ],
)  # fmt: skip
def test_hostile_addresses_lead_nowhere(address):
    with pytest.raises(NoSuchPlace):
        value_at(PLAN, address)


def test_a_member_is_looked_for_among_as_many_as_a_list_may_have():
    many = [{"key": f"k{number}"} for number in range(600)]
    assert member_of(many, 499) == Member("k499")
    assert member_of(many, 500) == 500
    assert not isinstance(member_of(many, 500), Member)
    with pytest.raises(NoSuchPlace):
        place_of(many, Member("k500"))
    assert place_of(many, 599) == 599


def test_each_line_of_a_document_has_the_innermost_address_that_begins_there():
    found = by_line(PLAN)
    assert found[1] == "title.en"
    assert found[5] == "stages[first].key"
    assert found[9] == "stages[first].decisions[where].options[a].text.en"
    assert found[11] == "stages[first].roles"
    assert max(found) == 13


def test_a_document_that_is_a_list_has_addresses_too():
    sources = read_yaml("- key: S4\n  title: {sr: а, en: a}\n- key: S5\n", "f")
    assert value_at(sources, "[S4].title.en") == "a"
    assert by_line(sources) == {1: "[S4].key", 2: "[S4].title.en", 3: "[S5].key"}
    assert within("[S4]") == ""


def test_the_largest_case_is_walked_in_an_instant():
    case = read_yaml(Path("courses/sop-two-day/cases/night-shift.yaml").read_text(), "f")
    addresses = {address for address, _value in inside(case)}
    assert len(addresses) > 3000
    assert {address for address in by_line(case).values()} <= addresses
    assert CASE.members.keys() >= {parts(address)[0] for address in addresses}
