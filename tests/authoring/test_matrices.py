"""The two tables of a case: nobody's task is left out or made up, and times are reckoned as the exercise runs."""

import pytest
from hypothesis import given, settings

from lms.authoring.pictures.doing import EITHER, IN_TIME, LATE, NOWHERE, UNTIMED, steps_by_stages
from lms.authoring.pictures.knowing import DECISION, FACT, HANDOFF, INJECT, LEARNS, PRIVATE, roles_by_stages
from lms.authoring.pictures.reading import CaseDraft
from lms.authoring.screens.matrices import roles_matrix, steps_matrix
from lms.content.addresses import value_at
from lms.content.case_build import build_case
from lms.content.cases import read_case
from lms.content.checks.cases.people import _idle_way
from lms.content.checks.cases.story import ways
from tests.authoring.cases_half_written import SHIPPED, half_written, shipped
from tests.authoring.world import a_draft, an_author
from tests.builders import CASE


def href(address: str) -> str:
    return f"/form?at={address}"


def row_of(document, key):
    return next(row for row in roles_by_stages(CaseDraft(document)) if row.role.key == key)


def step_of(document, key):
    return next(row for row in steps_by_stages(CaseDraft(document)) if row.step.key == key)


def test_a_cell_holds_what_the_role_learns_and_does_in_that_scene() -> None:
    row = row_of(shipped(CASE), "health")
    assert [(item.kind, item.words) for item in row.cells[0].items if item.kind != "briefing"] == [
        (FACT, "Замолила је да не зовете послодавца."),
        (LEARNS, "Стигао је налаз."),
        (DECISION, "Први корак"),
        ("table-inject", "Комби"),
    ]
    social = row_of(shipped(CASE), "social")
    assert (PRIVATE, "Телефон ваше службе звони.") in [(item.kind, item.words) for item in social.cells[0].items]
    assert [item.kind for item in social.cells[2].items] == [DECISION, HANDOFF]
    assert INJECT in [item.kind for item in row_of(shipped(CASE), "police").cells[0].items]


def with_less_to_do(document):
    """The case with the first role alone deciding from the third stage on, and nothing for anybody by name."""
    for stage in document["stages"][2:]:
        stage |= {"private": {}, "handoffs": []}
        for one in (*stage["decisions"], *stage["injects"]):
            one |= {"roles": [document["roles"][0]["key"]], "place": None}
    return document


@pytest.mark.parametrize("path", [path for path in SHIPPED if path.stem != "first-call"], ids=lambda path: path.stem)
def test_who_has_nothing_to_do_in_three_scenes_is_the_same_as_for_the_checker(path) -> None:
    for document, some in ((shipped(path), False), (with_less_to_do(shipped(path)), True)):
        case = build_case(document)
        told = {role.key: _idle_way(case, role, ways(case)) for role in case.roles}
        rows = roles_by_stages(CaseDraft(document))
        assert [row.role.key for row in rows if row.idle_way] == [key for key, way in told.items() if way]
        assert any(told.values()) == some
        for row in rows:  # of several such ways both name one, not always the same
            idle = {cell.stage.address for cell in row.cells if cell.idle}
            assert set(row.idle_way) | {f"stages[{stage}]" for stage in told[row.role.key]} <= idle


STAGES = [
    {"key": "one", "title": {"sr": "Први"}, "next": [{"to": "two"}]},
    {"key": "two", "decisions": [{"key": "d", "roles": ["busy"], "options": []}], "next": [{"to": "three"}]},
    {"key": "three", "next": [{"to": "good"}]},
]
ROLES = [{"key": "busy", "name": {"sr": "Заузета"}}, {"key": "idle", "name": {"sr": "Беспослена"}}]
IDLE = {"stages": STAGES, "roles": ROLES, "endings": [{"key": "good"}]}


def test_three_scenes_without_anything_to_do_are_a_row_and_two_are_not() -> None:
    assert row_of(IDLE, "idle").idle_way == ("stages[one]", "stages[two]", "stages[three]")
    assert [cell.in_row for cell in row_of(IDLE, "idle").cells] == [True, True, True]
    assert row_of(IDLE, "busy").idle_way == ()
    assert [cell.idle for cell in row_of(IDLE, "busy").cells] == [True, False, True]


def test_sentences_say_who_has_nothing_to_do() -> None:
    assert roles_matrix(IDLE, "x", href).sentences == (
        "2 улоге немају шта да раде у сцени 1: Заузета; Беспослена.",
        "1 улога нема шта да ради у сцени 2: Беспослена.",
        "2 улоге немају шта да раде у сцени 3: Заузета; Беспослена.",
        "Беспослена: нема шта да ради у сценама 1, 2, 3, једној за другом.",
    )
    many = {**IDLE, "roles": [{"key": f"role-{number}"} for number in range(6)]}
    assert roles_matrix(many, "x", href).sentences[1] == "6 улога нема шта да ради у сцени 2."


def test_roles_of_two_places_are_two_tables() -> None:
    tables = roles_matrix(shipped(CASE), "small", href).tables
    assert [(table.place, len(table.rows)) for table in tables] == [("Равноград", 3), ("Топоље", 1)]


def timed(due, **more):
    """A case of two scenes of 10 real minutes, 20 case minutes each: a step may be done in either."""
    first = {"key": "a", "minutes": 10, "next": [{"to": "b"}], "decisions": [{
        "key": "d", "minutes": 3, "opens": {"minute": 5}, "options": [{"key": "o", "done": ["s"]}, {"key": "p"}]}]}  # fmt: skip
    second = {"key": "b", "minutes": 10, "next": [{"to": "end"}], "injects": [{"key": "i", "at": 4, "done": ["s"]}]}
    case = {"pace": 2, "stages": [first, second], "endings": [{"key": "end"}], "procedure": [{"key": "s", "due": due}]}
    return case | more


def chances(document):
    return [(chance.kind, chance.number, chance.when) for chance in step_of(document, "s").chances]


@pytest.mark.parametrize(
    ("minutes", "first", "second"),
    [
        (24, IN_TIME, IN_TIME),  # the event comes 20 + 4 case minutes after the beginning
        (23, IN_TIME, LATE),
        (11, IN_TIME, LATE),  # the decision is over 5 + 2 * 3 after it
        (10, EITHER, LATE),
        (4, LATE, LATE),
    ],
)
def test_in_time_is_reckoned_in_case_minutes_from_what_the_time_begins_with(minutes, first, second) -> None:
    document = timed({"case_minutes": minutes, "stage": "a"})
    assert chances(document) == [("option", 1, first), ("inject", 0, second)]


def test_what_is_done_before_the_time_begins_is_in_time_and_without_a_time_nothing_is_late() -> None:
    assert chances(timed({"case_minutes": 1, "stage": "b"})) == [("option", 1, IN_TIME), ("inject", 0, LATE)]
    assert [when for _kind, _number, when in chances(timed({}))] == [UNTIMED, UNTIMED]
    assert [when for _kind, _number, when in chances(timed({"case_minutes": 9, "flag": "nobody"}))] == [
        UNTIMED,
        UNTIMED,
    ]


def test_a_verdict_is_the_best_that_can_come_of_a_step() -> None:
    assert step_of(timed({"case_minutes": 10, "stage": "a"}), "s").verdict == EITHER
    assert step_of(timed({"case_minutes": 4, "stage": "a"}), "s").verdict == LATE
    assert step_of(timed({}, procedure=[{"key": "s"}, {"key": "t"}]), "t").verdict == NOWHERE


def test_a_way_past_a_step_is_found() -> None:
    assert not step_of(timed({}), "s").missed
    ways = timed({})
    ways["stages"][0] |= {"decisions": [], "next": [{"to": "end", "when": "x"}, {"to": "b"}]}
    assert step_of(ways, "s").missed


def test_sentences_say_which_steps_need_a_look() -> None:
    procedure = [{"key": "s", "short": {"sr": "Први"}, "due": {"case_minutes": 4, "stage": "a"}}, {"key": "t", "short": {"sr": "Други"}}]  # fmt: skip
    assert steps_matrix(timed({}, procedure=procedure), "x", href).sentences == (
        "1 корак нема где да се уради: Други.",
        "1 корак може да се уради само прекасно: Први.",
    )
    assert steps_matrix(timed({}), "x", href).sentences == ("Сваки корак може да се уради, и то на време.",)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_way_to_do_a_step_is_there_once(path) -> None:
    case, rows = read_case(path), steps_by_stages(CaseDraft(shipped(path)))
    options = [option for decision in case.decision.values() for option in decision.options]
    doers = [*options, *case.inject.values(), *case.handoff.values()]
    for row in rows:
        assert len(row.chances) == sum(row.step.key in doer.effect.done for doer in doers)
        assert len({chance.address for chance in row.chances}) == len(row.chances)
        assert row.verdict in (IN_TIME, EITHER, UNTIMED)


@given(half_written)
@settings(max_examples=80, deadline=None)
def test_whatever_is_written_so_far_has_its_tables_and_every_entry_an_address(document) -> None:
    draft = CaseDraft(document)
    rows = roles_by_stages(draft)
    assert len(rows) == len(draft.roles)
    for row in rows:
        assert len(row.cells) == len(draft.stages)
        for item in (item for cell in row.cells for item in cell.items):
            value_at(document, item.address)
    for step in steps_by_stages(draft):
        for chance in step.chances:
            assert step.step.key in value_at(document, chance.address)["done"]
    roles_matrix(document, "x", href), steps_matrix(document, "x", href)


def test_the_pages_are_tables_with_heads_a_caption_and_links_to_the_forms(client) -> None:
    an_author(client)
    draft = a_draft()
    for picture in ("roles", "steps"):
        page = client.get(f"/drafts/{draft.id}/cases/small/matrix/{picture}").text
        assert '<th scope="col">' in page and '<th scope="row">' in page and "<caption>" in page  # noqa: PT018
        assert f"/drafts/{draft.id}/files/cases/small.yaml?at=stages" in page
        assert 'tabindex="0" role="region"' in page
