"""What is printed: tagged, in three languages, and nobody's paper tells more than its holder may know."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from lms.language import localise, speaking
from lms.simulations.printing import blocks, seat_cards
from lms.simulations.printing.paper_twin import PAPERS, papers_of
from tests.builders import (
    CASE,
    a_course_with_a_case,
    a_participant,
    a_run,
    a_training,
    an_account,
    sign_in,
)
from tests.simulations.played import a_finished_run
from tests.simulations.tables import small


def words_of(content: bytes, tmp_path: Path) -> str:
    """The text of a PDF, in one line."""
    path = tmp_path / "paper.pdf"
    path.write_bytes(content)
    said = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True, text=True).stdout
    return " ".join(said.split())


@pytest.mark.parametrize("language", ["sr", "sr_Latn", "en"])
@pytest.mark.parametrize("name", PAPERS)
def test_every_paper_is_a_tagged_pdf_in_every_language(app: Flask, name: str, language: str):
    with speaking(language):
        content = PAPERS[name](small())
    assert content.startswith(b"%PDF")
    assert b"/StructTreeRoot" in content


def test_the_script_says_grades_reasons_and_ways_in_words(app: Flask, tmp_path: Path):
    with speaking("en"):
        said = words_of(PAPERS["script"](small()), tmp_path)
    assert "This warns the one who controls." in said
    assert "The employer knows” – yes → The empty flat" in said
    assert "goes to: Found" in said


@pytest.mark.parametrize("name", ["role-cards", "slips", "vote-sheets", "handoff-forms", "result-sheet"])
def test_papers_of_players_say_no_grade_no_reason_and_no_voice(app: Flask, tmp_path: Path, name: str):
    case = small()
    with speaking("sr"):
        said = words_of(PAPERS[name](case), tmp_path)
        for decision in case.decision.values():
            for option in decision.options:
                assert localise(option.reason) not in said
                assert not option.effect.voice or localise(option.effect.voice) not in said
        for handoff in case.handoff.values():
            assert not any(item.reason and localise(item.reason) in said for item in handoff.items)


def test_a_role_card_holds_only_its_own_facts_and_none_that_come_later(app: Flask, tmp_path: Path):
    with speaking("en"):
        said = words_of(PAPERS["role-cards"](small()), tmp_path)
    pages = said.split("Only you read this card.")
    assert sum("This is the second call this week." in page for page in pages) == 1
    assert "The result has come." not in said


def test_a_case_without_hand_offs_has_no_forms_for_them():
    case = replace(small(), stages=tuple(replace(stage, handoffs=()) for stage in small().stages))
    assert "handoff-forms" not in papers_of(case)


def test_the_command_writes_the_papers(app: Flask, tmp_path: Path):
    result = app.test_cli_runner().invoke(args=["cases", "paper", str(CASE), "-o", str(tmp_path / "out")])
    assert result.exit_code == 0, result.output
    assert len(list((tmp_path / "out").glob("small-*.pdf"))) == len(PAPERS)


def test_a_row_of_a_table_is_never_split_between_two_pages(app: Flask, tmp_path: Path):
    cell = {"text": "words of a row " * 9 + "row-text", "small": "its small line row-small"}
    for above in range(4):  # the bottom of the page meets the rows at different heights
        filler = [blocks.paragraph("above") for _ in range(above)]
        content = blocks.document("Title", "", "", [*filler, blocks.table(("A", "B"), [(cell, "b")] * 40, (1, 1))])
        (tmp_path / "rows.pdf").write_bytes(content)
        said = subprocess.run(
            ["pdftotext", "-raw", tmp_path / "rows.pdf", "-"], capture_output=True, check=True, text=True
        )
        pages = said.stdout.split("\f")[:-1]
        assert len(pages) > 1
        assert [page.count("row-text") - page.count("row-small") for page in pages] == [0] * len(pages)


def test_seat_cards_have_codes_and_no_names(app: Flask, tmp_path: Path):
    trainer = an_account("trainer")
    training = a_training(trainer=trainer, course_hash=a_course_with_a_case())
    run = a_run(training, police=a_participant(training, "Љубица Њежић"))
    answer = sign_in(app.test_client(), trainer).get(f"/trainings/{training.id}/exercises/seats.pdf?run={run.id}")
    assert answer.status_code == 200
    said = words_of(answer.data, tmp_path)
    assert all(seat.code in said for seat in run.seats)
    assert "Љубица" not in said
    assert "Усмерите камеру" in said


def test_a_seat_card_says_the_town_once(app: Flask, monkeypatch: pytest.MonkeyPatch):
    run = a_run(a_training(course_hash=a_course_with_a_case()))
    seat = next(one for one in run.seats if one.role == "police")
    case = small()
    town = next(place.name for place in case.places if place.key == case.role["police"].place)
    named = replace(case.role["police"], name={key: f"Тужилац, {town[key]}" for key in ("sr", "en")})
    with app.test_request_context():
        assert seat_cards._card(run, seat, "address")["sub"] == town["sr"]
        monkeypatch.setattr(
            seat_cards,
            "case_of",
            lambda _run: replace(case, roles=tuple(named if one.key == "police" else one for one in case.roles)),
        )
        assert seat_cards._card(run, seat, "address")["sub"] == ""


def test_the_debrief_on_paper_opens_when_the_run_is_over(app: Flask, tmp_path: Path):
    trainer = an_account("trainer")
    training = a_training(trainer=trainer, course_hash=a_course_with_a_case())
    done, waiting = a_finished_run(training), a_run(training, name="Група 2")
    browser = sign_in(app.test_client(), trainer)
    said = words_of(browser.get(f"/trainings/{training.id}/exercises/{done.id}/debrief.pdf").data, tmp_path)
    assert "Мала вежба" in said
    assert "дугују: " in said, "a step that nobody did says whose it was"
    assert browser.get(f"/trainings/{training.id}/exercises/{waiting.id}/debrief.pdf").status_code == 404
