"""Cases belong to packs: listed, checked, built, stored and read back with them."""

from lms.content.actions import store_files
from lms.content.checks import checked_course
from lms.content.files import canonical, hash_of
from lms.content.queries import course_of
from tests.content import cases
from tests.content.packs import SMALL, faults

LISTED = SMALL["course.yaml"] + "cases: [small]\n"
WITH_CASE = SMALL | {"course.yaml": LISTED, "cases/small.yaml": cases.SMALL}


def messages(files):
    return [str(fault) for fault in faults(files)]


def test_a_pack_with_a_case_is_in_order():
    assert messages(WITH_CASE) == []
    course = checked_course(WITH_CASE)
    assert list(course.cases) == ["small"]
    assert course.cases["small"].title["en"] == "Small exercise"


def test_a_pack_may_have_none():
    assert checked_course(SMALL).cases == {}
    assert checked_course(SMALL | {"course.yaml": SMALL["course.yaml"] + "cases: null\n"}).cases == {}


def test_a_stored_course_has_its_cases(app):
    version = store_files(WITH_CASE)
    assert version.hash == hash_of(canonical(WITH_CASE))
    assert course_of(version.hash).cases["small"].stages[0].key == "call"


def test_a_case_is_listed_and_a_listed_case_is_there():
    assert (
        "cases/small.yaml:1: `key`: The course does not list this document."
        in messages(WITH_CASE | {"course.yaml": SMALL["course.yaml"]})[0]
    )
    assert "no file cases/small.yaml" in messages(SMALL | {"course.yaml": LISTED})[0]
    twice = LISTED.replace("[small]", "[small, small]")
    assert "is listed twice" in messages(WITH_CASE | {"course.yaml": twice})[0]
    other = cases.SMALL.replace("key: small", "key: large", 1)
    assert (
        "cases/small.yaml:1: `key`: The short name “large” is not the one of the file, “small”."
        in messages(WITH_CASE | {"cases/small.yaml": other})[0]
    )


def test_faults_of_a_case_are_faults_of_its_pack():
    def with_case(*changes):
        return messages(WITH_CASE | {"cases/small.yaml": cases.broken(*changes)})

    (told,) = with_case(("sources: [S1]", "sources: [S9]"))
    assert told.startswith(f"cases/small.yaml:{cases.line_of('sources: [S1]')}: ")
    (told,) = with_case(('en: "You are on duty. The call was noted."', 'en: "Call 064 123 4567."'))
    assert "a telephone number" in told
    (told,) = with_case(('sr: "Дежурате.', 'sr: "Дежурaте.'))
    assert "mixes letters of both scripts" in told
    (told,) = with_case(("{to: lost}", "{to: lots}"))
    assert "“lots” is named here (stage or ending)" in told
    (told,) = with_case(("minutes: 30\n", ""))
    assert "`minutes`: Nothing has been chosen" in told


def test_numbers_of_hotlines_may_stand_in_a_case():
    course = LISTED.replace('number: "192"', 'number: "064 123 4567"')
    text = cases.broken(('en: "You are on duty. The call was noted."', 'en: "Call 064/123-45-67."'))
    assert messages(WITH_CASE | {"course.yaml": course, "cases/small.yaml": text}) == []
