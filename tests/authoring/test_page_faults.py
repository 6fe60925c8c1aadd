"""What is wrong on a page is told at the field of the editor's form, whichever of its two files it stands in."""

from lms.authoring.checking import faults_in
from lms.content.formatting import format_files
from tests.content.packs import SMALL


def test_faults_of_a_page_lead_to_its_fields():
    files = format_files(SMALL)
    files["pages/m1.en.md"] = files["pages/m1.en.md"].replace("[@S1].", "[@S8].")
    files["pages/m1.sr.md"] = files["pages/m1.sr.md"].replace('summary: "', 'summary: "Pаzite. ')  # look-alike letters
    errors = {fault.name for fault in faults_in(files, "pages/m1") if not fault.warning}
    assert {"blocks[text-1].text.en", "summary.sr"} <= errors


def test_a_page_whose_languages_differ_is_told_by_lines():
    files = format_files(SMALL)
    files["pages/m1.en.md"] = files["pages/m1.en.md"].replace("## ", "### ", 1)
    assert any(not fault.warning for fault in faults_in(files, "pages/m1"))
