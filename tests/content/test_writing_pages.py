"""A page in both languages is one document and two files: it goes from the one to the other and back without a loss."""

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.content.checks import checked_course
from lms.content.formats import BLOCKS
from lms.content.page_document import NOT_WRITTEN, page_document, page_texts
from lms.content.page_pieces import Piece, pieces
from lms.content.page_shapes import BLOCK, PAGE
from lms.content.render import render_page
from lms.content.shapes import Place
from tests.content.documents import documents_of, texts, typed
from tests.content.packs import SMALL

slow = settings(deadline=None, max_examples=30, suppress_health_check=list(HealthCheck))

SR = """\
---
title: Наслов
summary: Сажетак
notice: Најава
---

Први одељак
-----------
Текст са извором [@S1].
```callout
kind: warn
text: >-
  Пазите:
  ово је важно.
```
```figure
{image: figures/steps.sr.svg, alt: Слика, caption: Натпис}
```
~~~ check
key: own
question: Шта?
options:
- {text: Ово, feedback: Јесте., right: true}
- {text: Оно, feedback: Није.}
~~~
- један
- два
## Други одељак ##
```takeaways
- Прво.
```

"""
EN = (
    SR.replace("Наслов", "Title").replace("Сажетак", "Summary").replace("Најава", "Notice").replace("Први одељак", "First part")
    .replace("Текст са извором", "Text with a source").replace("Пазите", "Beware").replace("ово је важно", "this matters")
    .replace(".sr.svg", ".en.svg").replace("Слика", "Picture").replace("Натпис", "Caption").replace("Шта?", "What?")
    .replace("Ово", "This").replace("Јесте", "It is").replace("Оно", "That").replace("Није", "Is not")
    .replace("један", "one").replace("два", "two").replace("Други одељак", "Second part").replace("Прво", "First")
)  # fmt: skip


def both(sr, en):
    return {"sr": sr, "en": en}


def test_a_page_is_one_document():
    document = page_document(SR, EN)
    assert document == {
        "title": both("Наслов", "Title"),
        "summary": both("Сажетак", "Summary"),
        "notice": both("Најава", "Notice"),
        "blocks": [
            {"key": "section-1", "kind": "section", "title": both("Први одељак", "First part")},
            {"key": "text-1", "kind": "text", "text": both("Текст са извором [@S1].", "Text with a source [@S1].")},
            {
                "key": "callout-1",
                "kind": "callout",
                "tone": "warn",
                "text": both("Пазите: ово је важно.", "Beware: this matters."),
            },
            {
                "key": "figure-1",
                "kind": "figure",
                "image": "figures/steps.*.svg",
                "alt": both("Слика", "Picture"),
                "caption": both("Натпис", "Caption"),
            },
            {
                "key": "own",
                "kind": "check",
                "question": both("Шта?", "What?"),
                "options": [
                    {"text": both("Ово", "This"), "right": True, "feedback": both("Јесте.", "It is.")},
                    {"text": both("Оно", "That"), "feedback": both("Није.", "Is not.")},
                ],
            },
            {"key": "text-2", "kind": "text", "text": both("- један\n- два", "- one\n- two")},
            {"key": "section-2", "kind": "section", "title": both("Други одељак", "Second part")},
            {"key": "takeaways-1", "kind": "takeaways", "items": [both("Прво.", "First.")]},
        ],
    }
    assert not list(PAGE.faults(document, Place("m1", 1)))


def test_it_parts_into_two_files_of_one_form():
    sr, en = page_texts(page_document(SR, EN))
    assert sr == (
        """\
---
title: "Наслов"
summary: "Сажетак"
notice: "Најава"
---
## Први одељак

Текст са извором [@S1].

```callout
kind: warn
text: "Пазите: ово је важно."
```

```figure
image: figures/steps.sr.svg
alt: "Слика"
caption: "Натпис"
```

```check
key: own
question: "Шта?"
options:
  - text: "Ово"
    right: true
    feedback: "Јесте."
  - text: "Оно"
    feedback: "Није."
```

- један
- два

## Други одељак

```takeaways
- "Прво."
```
"""
    )
    assert en.count("\n") == sr.count("\n")
    assert page_document(sr, en) == page_document(SR, EN)


def test_what_is_not_yet_translated_keeps_its_place():
    document = page_document(SR, "")
    sr, en = page_texts(document)
    assert sr == page_texts(page_document(SR, EN))[0]
    assert page_document(sr, en) == document
    assert document["blocks"][4]["options"][0] == {"text": {"sr": "Ово"}, "right": True, "feedback": {"sr": "Јесте."}}
    assert en == (
        """\
---
title: ""
summary: ""
notice: ""
---
##

```callout
kind: warn
text: ""
```

```figure
image: figures/steps.en.svg
alt: ""
caption: ""
```

```check
key: own
question: ""
options:
  - text: ""
    right: true
    feedback: ""
  - text: ""
    feedback: ""
```

##

```takeaways
- ""
```
"""
    )


def test_a_language_without_headings_and_blocks_has_only_begun():
    document = page_document(SR, "---\ntitle: Title\n---\nJust a note.\n")
    assert document["title"] == both("Наслов", "Title")
    assert document["summary"] == {"sr": "Сажетак"}
    assert document["blocks"][0]["text"] == {"en": "Just a note."}
    assert [block["kind"] for block in document["blocks"]][1:4] == ["section", "text", "callout"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("## Second part ##", "Second part"),
        ("```takeaways\n- First.\n```", "```takeaways\n- First.\n- Second.\n```"),
        ("key: own", "key: other"),
        ("kind: warn", "kind: info"),
        ("feedback: Is not.", "feedback: Is not., right: true"),
        ("right: true", "right: 1"),
        ("figures/steps.en.svg", "figures/other.en.svg"),
        ("figures/steps.en.svg", "figures/steps.sr.svg"),
        ("question: What?", "question: [What?]"),
        ("question: What?", "question: 12"),
        ("question: What?", "question: What?\nhint: None"),
        ("question: What?", 'question: "What?'),
        ("title: Title", "title: Title\nsubtitle: More"),
        ("---\ntitle: Title", "title: Title"),
        ("```callout", "```takeaways"),
        ("```takeaways\n- First.", "```takeaways\nFirst."),
    ],
)
def test_languages_that_are_built_differently_are_not_one_document(old, new):
    assert EN.count(old) == 1
    assert page_document(SR, EN) is not None
    assert page_document(SR, EN.replace(old, new)) is None


@pytest.mark.parametrize("side", [0, 1])
def test_not_right_and_not_called_right_are_alike(side):
    typed_out = [
        text.replace("Није.", "Није., right: false").replace("Is not.", "Is not., right: false") for text in (SR, EN)
    ]
    sides = [typed_out[side], (SR, EN)[1 - side]]
    document = page_document(*(sides if side == 0 else sides[::-1]))
    assert page_document(*page_texts(document)) == document
    assert not document["blocks"][4]["options"][1].get("right")


def test_two_checks_of_one_name_are_both_kept():
    twice = SR + SR[SR.index("~~~ check") : SR.index("- један")]
    found = page_document(twice, "")
    assert [block["key"] for block in found["blocks"] if block["kind"] == "check"] == ["own", "own"]
    assert page_texts(found)[1].count("key: own") == 2


@pytest.mark.parametrize("faulty", ["key: [a", "question: 12", "quest: a", "- a", "options: a", "key: {a: b}"])
def test_a_fence_that_cannot_be_read_stays_part_of_the_text(faulty):
    fence = f"```check\n{faulty}\n```"
    found = page_document(f"---\n---\nа\n{fence}", "")
    assert found["blocks"] == [{"key": "text-1", "kind": "text", "text": {"sr": f"а\n{fence}"}}]


def test_a_picture_that_is_no_text_is_kept():
    found = page_document("---\n---\n```figure\nimage: 12\n```", "")
    assert "image: 12" in page_texts(found)[0]


def test_counted_keys_avoid_those_of_the_checks():
    fence = "```check\nkey: check-1\n```\n"
    document = page_document("---\n---\n```check\n```\n" + fence, "")
    assert [block["key"] for block in document["blocks"]] == ["check-2", "check-1"]
    assert "key: check-2" in page_texts(document)[1]


def page(*blocks):
    return {"title": both("а", "a"), "summary": {}, "notice": {}, "blocks": list(blocks)}


def written_again(document):
    sr, en = page_texts(document)
    return page_document(sr, en)["blocks"]


def test_a_text_that_is_still_empty_keeps_its_place():
    empty = {"key": "text-1", "kind": "text", "text": {}}
    assert NOT_WRITTEN in page_texts(page(empty))[0]
    assert written_again(page(empty)) == [empty]


@pytest.mark.parametrize("kind", BLOCK.records)
def test_a_new_block_of_any_kind_keeps_its_place(kind):
    assert [block["kind"] for block in written_again(page({"key": "new", "kind": kind}))] == [kind]


def test_texts_side_by_side_are_one():
    words = ({}, both("а", "a"), {"en": "b"}, {})
    blocks = written_again(page(*({"key": f"text-{n}", "kind": "text", "text": text} for n, text in enumerate(words))))
    assert blocks == [{"key": "text-1", "kind": "text", "text": both("а", "a\n\nb")}]


def test_a_heading_typed_into_a_text_becomes_a_section_that_waits_for_its_translation():
    blocks = written_again(page({"key": "text-1", "kind": "text", "text": both("а\n\n## б\n\nв", "a")}))
    assert blocks == [
        {"key": "text-1", "kind": "text", "text": both("а", "a")},
        {"key": "section-1", "kind": "section", "title": {"sr": "б"}},
        {"key": "text-2", "kind": "text", "text": {"sr": "в"}},
    ]


def test_headings_and_blocks_typed_into_a_text_lose_nothing_when_they_differ():
    blocks = written_again(
        page({"key": "text-1", "kind": "text", "text": both("## б", "```takeaways\n- c\n```\n\n## d\n\ne")})
    )
    assert [block["kind"] for block in blocks] == ["section", "takeaways", "section", "text"]
    assert [block.get("title") for block in blocks] == [{"sr": "б"}, None, {"en": "d"}, None]


def test_a_block_of_code_that_was_not_closed_swallows_nothing():
    text = {"key": "text-1", "kind": "text", "text": both("~~~~\nкод", "~~~~\ncode\n~~~~")}
    section = {"key": "section-1", "kind": "section", "title": both("б", "b")}
    assert [block["kind"] for block in written_again(page(text, section))] == ["text", "section"]
    assert written_again(page(text, section))[0]["text"]["sr"] == "~~~~\nкод\n~~~~"


@pytest.mark.parametrize(
    ("typed_title", "kept"),
    [
        ("C #", "C \\#"),
        ("##", "\\##"),
        (" а \n б ", "а б"),
        ("а [@S1|general]", "а [@S1|general]"),
        ("C#", "C#"),
        ("", None),
    ],
)
def test_a_heading_stays_one_line_with_all_its_signs(typed_title, kept):
    blocks = written_again(page({"key": "section-1", "kind": "section", "title": both(typed_title, "x")}))
    assert blocks[0]["title"].get("sr") == kept


def test_spaces_before_the_first_word_and_lines_between_stay():
    assert list(pieces("\n  \n    код\n\n\nтекст  \nдаље  \n\n")) == [Piece("text", "    код\n\n\nтекст  \nдаље")]


def test_fences_inside_lists_and_quotations_are_part_of_the_text():
    nested = "- a\n\n  ```takeaways\n  - b\n  ```\n\n> ## c"
    assert list(pieces(nested)) == [Piece("text", nested)]


# What holds for any page

SNIPPETS = [
    "## Наслов", "##", "Наслов\n---", "# a", "### b", "```", "~~~", "```check\nkey: a\n```", "```takeaways\n- x\n```", "```python\nx\n```",
    "- a", "  - b", "1. c", "> d", "> ## e", "    код", "| a | b |\n|---|---|\n| [@S1|general] | d |", "[x]: page:m1", "[x]:", "---", "***",
    "текст [@S1|dated:2012]", "a  ", "\\", "<b>", "<!--", "…", "\u00a0", "„навод”", "а¦б", "```flow", "~~~~", "\ta", "", " ", "&amp;", "a\\",
]  # fmt: skip
PRINTABLE = [snippet for snippet in SNIPPETS if "check" not in snippet and snippet.strip("`~#flow\\a ")]
markdown = st.lists(st.sampled_from(SNIPPETS) | st.text("аb#-`~>|[]() \n", max_size=12), max_size=8).map("\n".join)
typed_words = st.fixed_dictionaries({}, optional={"sr": markdown, "en": markdown})
text_blocks = st.fixed_dictionaries({"key": st.just("t"), "kind": st.just("text"), "text": typed_words})
sections = st.fixed_dictionaries({"key": st.just("s"), "kind": st.just("section"), "title": typed_words})
whole_blocks = st.one_of(*(documents_of(BLOCK.records[kind], wide=1) for kind in BLOCKS))
pages = st.fixed_dictionaries(
    {"blocks": st.lists(text_blocks | sections | whole_blocks, max_size=6)},
    optional={
        "title": documents_of(PAGE.required["title"]),
        "notice": st.fixed_dictionaries({}, optional={"sr": texts}),
    },
)


def apart(document):
    """The same with a key of its own for every check, as a page has."""
    checks = (block for block in document["blocks"] if block["kind"] == "check")
    for number, block in enumerate(checks):
        block["key"] = f"k{number}"
    return document


@slow
@given(pages.map(apart))
def test_what_was_written_once_is_written_in_the_same_way_for_ever(document):
    sr, en = page_texts(document)
    again = page_document(sr, en)
    assert page_texts(again) == (sr, en)


@slow
@given(st.lists(st.one_of(sections, whole_blocks), max_size=5).map(lambda blocks: apart({"blocks": blocks})))
def test_blocks_are_read_as_they_were_written(document):
    found = page_document(*page_texts(document))
    assert [block["kind"] for block in found["blocks"]] == [block["kind"] for block in document["blocks"]]
    for block, was in zip(found["blocks"], document["blocks"], strict=True):
        if was["kind"] not in ("section", "figure"):
            assert typed({**block, "key": 0}) == typed({**was, "key": 0})


@slow
@given(markdown, markdown)
def test_any_two_pages_are_one_document_or_none(sr, en):
    document = page_document(f"---\ntitle: а\n---\n{sr}", f"---\ntitle: a\n---\n{en}")
    if document is not None:
        texts_of_it = page_texts(document)
        assert page_texts(page_document(*texts_of_it)) == texts_of_it


@given(st.text(), st.text())
def test_any_two_texts_are_a_document_or_none(sr, en):
    page_document(sr, en)
    page_document(f"---\n{sr}", f"---\n---\n{en}")


@cache
def small():
    return checked_course(SMALL)


@slow
@given(st.lists(st.sampled_from(PRINTABLE), max_size=6).map("\n".join))
def test_a_page_in_canonical_form_prints_as_before(app, body):
    course = small()
    before = replace(course.page("m2"), key="typed", body={"sr": f"## а\n\n{body}", "en": f"## а\n\n{body}"})
    document = page_document(*(f"---\ntitle: а\n---\n{before.body[language]}" for language in ("sr", "en")))
    if document is None:
        return
    sr, en = (text.split("---\n", 2)[2] for text in page_texts(document))
    after = replace(before, body={"sr": sr, "en": en})
    with app.app_context():
        for locale in ("sr", "en"):
            shown = [render_page(replace(course, library=(page,)), "typed", locale) for page in (before, after)]
            assert shown[0].sections == shown[1].sections
            assert shown[0].sections[0].title == "а"


def test_a_block_of_no_known_kind_is_told():
    document = page_document(SR, EN)
    document["blocks"][0]["kind"] = "poem"
    document["blocks"][3]["image"] = "figures/a.*.*.svg"
    assert [fault.name for fault in PAGE.faults(document, Place("m1", 1))] == [
        "blocks[section-1]",
        "blocks[figure-1].image",
    ]
    assert {schema["properties"]["kind"]["enum"][0] for schema in BLOCK.schema()["anyOf"]} == set(BLOCK.records)
