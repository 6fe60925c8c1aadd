"""flask cases check"""

import pytest

from lms.content.cases import read_case, read_case_file
from lms.content.faults import PackFaulty
from tests.builders import CASE
from tests.content.cases import broken, line_of
from tests.content.packs import SMALL
from tests.content.test_commands import write


def check(app, *paths):
    return app.test_cli_runner().invoke(args=["cases", "check", *map(str, paths)])


def test_a_case_in_order_is_summed_up(app):
    result = check(app, CASE)
    assert result.exit_code == 0
    assert result.output.startswith(f"{CASE}: in order; 4 roles, 3 stages, 4 decisions, 3 injects, ")
    assert result.output.count("\n") == 1


def test_a_faulty_case_is_told_with_file_and_line_and_the_others_are_checked_too(app, tmp_path):
    faulty = tmp_path / "faulty.yaml"
    faulty.write_text(broken(("{to: lost}", "{to: lots}")))
    result = check(app, faulty, CASE)
    assert result.exit_code == 1
    assert (
        f"{faulty}:{line_of('{to: lost}')}: `stages[other-town].next[2].to`: “lots” is named here (stage or ending), but there is nothing of that name in the case. — Choose another one, or remove it here. (one of: call, alone, other-town, found, lost)\n"
        in result.output
    )
    assert f"{CASE}: in order" in result.output


def test_advice_stops_nothing(app, tmp_path):
    path = tmp_path / "advised.yaml"
    path.write_text(broken(("add: {calls: 1}", "add: {trust: 1}")))
    result = check(app, path)
    assert result.exit_code == 0
    assert "(warning) `flags[calls]`: Nothing in the story ever changes “calls”." in result.output
    assert read_case(path).key == "small"


def test_what_cannot_be_read_is_told(app, tmp_path):
    binary = tmp_path / "binary.yaml"
    binary.write_bytes(b"key: \xff")
    result = check(app, tmp_path / "nothing.yaml", tmp_path, binary)
    assert result.exit_code == 1
    assert "nothing.yaml:1: The file cannot be read" in result.output
    assert (
        "binary.yaml:1: The letters of this file cannot be read. — Save it as a text with the encoding UTF-8. (not UTF-8)"
        in result.output
    )
    with pytest.raises(PackFaulty, match="not UTF-8"):
        read_case(binary)


def test_a_case_in_a_pack_is_asked_about_the_sources_and_hotlines_of_the_pack(tmp_path):
    text = broken(("sources: [S1]", "sources: [S9]"), ("The call was noted.", "The call was noted, 064 123 4567."))
    course = SMALL["course.yaml"].replace('number: "192"', 'number: "064 123 4567"')
    write(tmp_path / "pack", SMALL | {"course.yaml": course, "cases/small.yaml": text})
    (fault,) = read_case_file(tmp_path / "pack" / "cases" / "small.yaml").faults
    assert "The source S9 is not in the list" in str(fault)
    (fault,) = read_case_file(write(tmp_path, {"alone/small.yaml": text}) / "alone" / "small.yaml").faults
    assert "telephone" in str(fault)
