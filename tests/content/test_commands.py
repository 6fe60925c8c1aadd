"""flask courses …"""

from pathlib import Path

from lms.content.queries import latest
from tests.builders import COURSE
from tests.content.packs import broken


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def test_a_pack_in_order_is_summed_up(app):
    result = app.test_cli_runner().invoke(args=["courses", "check", str(COURSE)])
    assert result.exit_code == 0
    assert "in order; 3 pages, " in result.output
    assert "11 items, 2 sources" in result.output


def test_a_faulty_pack_is_told_with_file_and_line(app, tmp_path):
    folder = write(tmp_path / "pack", broken("pages/m1.sr.md", "[@S1].", "[@S8]."))
    result = app.test_cli_runner().invoke(args=["courses", "check", str(folder)])
    assert result.exit_code == 1
    assert (
        f"{folder}/pages/m1.sr.md:8: The source S8 is not in the list of sources. — Choose another one, or add it"
        in result.output
    )
    refused = app.test_cli_runner().invoke(args=["courses", "load", str(folder)])
    assert refused.exit_code == 1
    assert "S8" in refused.output


def test_a_folder_of_packs_is_checked_pack_by_pack(app, tmp_path):
    write(tmp_path / "one", broken("course.yaml", "key: small", "key: one"))
    write(tmp_path / "two", broken("course.yaml", "key: small", "key: two"))
    result = app.test_cli_runner().invoke(args=["courses", "check", str(tmp_path)])
    assert result.exit_code == 0
    assert result.output.count("in order") == 2


def test_loading_prints_the_name_of_the_version(app):
    result = app.test_cli_runner().invoke(args=["courses", "load", str(COURSE)])
    assert result.exit_code == 0
    assert result.output.strip() == latest("small").hash
