"""What a case begins from is a whole case: nothing to mend in it, no path that leads nowhere, and sources that come along."""

import pytest

from lms.authoring.starting import FOLDER, starter_document, starter_sources, starters
from lms.content.case_formats import CASE
from lms.content.cases import check_case
from lms.content.formats import SOURCES
from lms.content.place import Place
from lms.content.writing import write_yaml
from lms.simulations.explore import explore

KEYS = [one.key for one in starters()]
FINDINGS = ("dead_ends", "loops", "never_done", "never_in_time", "outdone", "unpunished")


@pytest.mark.parametrize("key", KEYS)
def test_a_starter_has_no_faults_and_no_advice_under_its_new_name(key: str) -> None:
    document = starter_document(key, "autumn", "Јесењи случај", "The autumn case")
    found = check_case(
        write_yaml(document, CASE), "autumn.yaml", {one["key"]: one["read"] for one in starter_sources()}
    )
    assert found.faults == ()
    assert found.case
    assert (found.case.key, found.case.title) == ("autumn", {"sr": "Јесењи случај", "en": "The autumn case"})


@pytest.mark.parametrize("key", KEYS)
def test_every_path_of_a_starter_was_meant(key: str) -> None:
    case = check_case((FOLDER / f"{key}.yaml").read_text(), f"{key}.yaml").case
    assert case
    found = explore(case)
    assert found.whole
    assert not any(found.unreachable.values())
    assert not {name: keys for name in FINDINGS if (keys := getattr(found, name))}
    assert found.longest <= found.slot


@pytest.mark.parametrize("key", [*KEYS, "sources"])
def test_starters_are_written_in_the_canonical_way(key: str) -> None:
    text = (FOLDER / f"{key}.yaml").read_text()
    document = starter_sources() if key == "sources" else starter_document(key, key, "", "")
    if key != "sources":
        document["title"] = check_case(text, key).document.value["title"]
    assert write_yaml(document, SOURCES if key == "sources" else CASE) == text


def test_the_sources_of_starters_are_in_order() -> None:
    assert list(SOURCES.faults(starter_sources(), Place("sources.yaml", 1))) == []


def test_starters_do_not_share_what_is_written_into_them() -> None:
    starter_document("child", "one", "Један", "One")["roles"].clear()
    assert starter_document("child", "two", "Два", "Two")["roles"]


def test_a_starter_that_there_is_not_is_the_blank_one() -> None:
    assert starter_document("../../secret", "one", "Један", "One")["roles"][0]["key"] == "first-service"
