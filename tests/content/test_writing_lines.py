"""Every line of a page's file is known by the value that it says."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.content.addresses import NoSuchPlace, inside, parts, place_of, value_at, within
from lms.content.checks import faults_of
from lms.content.pack import read_pack
from lms.content.page_document import page_document, page_texts
from lms.content.page_lines import addressed, page_lines
from lms.content.page_shapes import BLOCK
from lms.content.shapes import LANGUAGES
from tests.content.documents import documents_of
from tests.content.packs import SMALL

PAGE = """\
---
title: "Наслов"
summary: ""
notice: ""
---
## Одељак

Текст
у два реда

```check
key: own
question: "Шта?"
options:
  - text: "Ово"
    right: true
    feedback: "Да"
```

```callout
kind: info
text: "Пазите"
```

```takeaways
- "Прво"
```
"""


def test_lines_lead_to_values():
    document = page_document(PAGE, "")
    assert page_texts(document)[0] == PAGE
    assert page_lines(document, "sr") == {
        2: "title.sr", 3: "summary.sr", 4: "notice.sr", 6: "blocks[section-1].title.sr",
        8: "blocks[text-1].text.sr", 9: "blocks[text-1].text.sr",
        11: "blocks[own]", 12: "blocks[own].key", 13: "blocks[own].question.sr", 14: "blocks[own].options",
        15: "blocks[own].options[#0].text.sr", 16: "blocks[own].options[#0].right", 17: "blocks[own].options[#0].feedback.sr",
        18: "blocks[own]", 20: "blocks[callout-1]", 21: "blocks[callout-1].tone", 22: "blocks[callout-1].text.sr", 23: "blocks[callout-1]",
        25: "blocks[takeaways-1]", 26: "blocks[takeaways-1].items[#0].sr", 27: "blocks[takeaways-1]",
    }  # fmt: skip


def test_in_a_language_that_is_still_empty_lines_lead_to_what_is_to_be_written():
    document = page_document(PAGE, "")
    english = page_texts(document)[1].split("\n")
    found = page_lines(document, "en")
    assert english[found_line(found, "blocks[own].question.en") - 1] == 'question: ""'
    assert english[found_line(found, "blocks[takeaways-1].items[#0].en") - 1] == '- ""'
    assert "blocks[text-1].text.en" not in found.values()


def found_line(found, address):
    return next(line for line, there in found.items() if there == address)


def told(address, value):
    """The addresses of the faults of a page of the small pack, with one value changed; None takes it out."""
    files = ["pages/m1.sr.md", "pages/m1.en.md"]
    document = page_document(*(SMALL[file] for file in files))
    holder, last = value_at(document, within(address)), parts(address)[-1]
    if isinstance(holder, list):
        last = place_of(holder, last)
    if value is None:
        del holder[last]
    else:
        holder[last] = value
    changed = dict(zip(files, page_texts(document), strict=True))
    found = [fault for fault in faults_of(read_pack(SMALL | changed)) if fault.file in files and not fault.warning]
    return {fault.name for fault in addressed(found, page_document(*changed.values()))}


@pytest.mark.parametrize(
    ("address", "value"),
    [
        ("title.sr", ""),
        ("notice.en", ""),
        ("blocks[section-1].title.sr", ""),
        ("blocks[text-1].text.sr", "Сумња је довољна [@S8]."),
        ("blocks[text-1].text.en", "A suspicion is enough [@S8]."),
        ("blocks[callout-1].tone", "huge"),
        ("blocks[callout-1].text.en", ""),
        ("blocks[figure-1].alt.sr", ""),
        ("blocks[figure-1].image", "figures/none.*.svg"),
        ("blocks[m1-first].options[#0].feedback.en", ""),
        ("blocks[m1-first].key", "Key"),
        ("blocks[takeaways-1].items[#1].sr", ""),
    ],
)
def test_a_fault_of_a_page_is_told_beside_its_field(address, value):
    assert address.replace("[m1-first].key", "[Key].key") in told(address, value)


def test_what_is_missing_is_told_beside_its_field_too():
    assert "blocks[callout-1].tone" in told("blocks[callout-1].tone", None)
    assert "blocks[figure-1].caption.sr" in told("blocks[figure-1].caption", None)
    assert "blocks[m1-first]" in told("blocks[m1-first].options[#1].right", None)


def test_a_fault_of_a_page_as_a_whole_has_no_address():
    assert told("blocks[takeaways-1]", {"key": "x", "kind": "text", "text": {"sr": "а", "en": "a"}}) == {""}


def agrees(document):
    """Each line with words on it says the text at its address; each value of the document has a line."""
    texts = page_texts(document)
    for language, text in zip(LANGUAGES, texts, strict=True):
        found = page_lines(document, language)
        lines = text.split("\n")
        assert set(found) <= set(range(1, len(lines)))
        for line, there in found.items():
            said = value_at(document, there) if holds(document, there) else ""
            if there.endswith((".text.sr", ".text.en")) and lines[line - 1][:1] != " " and isinstance(said, str):
                assert lines[line - 1] in said.split("\n") or '"' in lines[line - 1] or lines[line - 1] == "…"
        wanted = {a for a, value in inside(document) if a.endswith(f".{language}") and isinstance(value, str)}
        assert wanted - set(found.values()) <= {f"{name}.{language}" for name in ("title", "summary", "notice")}


def holds(document, address):
    try:
        value_at(document, address)
    except NoSuchPlace:
        return False
    return True


@pytest.mark.parametrize("page", sorted(Path("courses").glob("*/pages/*.sr.md")), ids=lambda path: path.stem)
def test_every_text_of_the_shipped_pages_has_its_line(page):
    agrees(page_document(page.read_text(), Path(str(page).replace(".sr.", ".en.")).read_text()))


def test_every_text_of_a_page_typed_by_hand_has_its_line_in_the_canonical_form():
    agrees(page_document(SMALL["pages/m1.sr.md"], SMALL["pages/m1.en.md"]))


@settings(deadline=None, max_examples=20, suppress_health_check=list(HealthCheck))
@given(st.lists(documents_of(BLOCK, wide=1), max_size=3))
def test_every_text_of_any_page_has_its_line(blocks):
    agrees(page_document(*page_texts({"blocks": blocks})))
