"""What holds for any input."""

import json
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from lms.content.checks import faults_of
from lms.content.faults import PackFaulty
from lms.content.files import canonical, files_of, hash_of
from lms.content.markdown import citations, inline_html, sections
from lms.content.pack import read_pack
from lms.content.yaml import read_yaml
from tests.content.packs import SMALL

names = st.sampled_from(sorted(SMALL))
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-99999, 99999)
    | st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abcdef", min_size=1), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(names, st.text(st.characters(codec="utf-8"))))
def test_files_come_back_from_their_document_byte_for_byte(files):
    document = canonical(files)
    assert files_of(document) == files
    assert canonical(files_of(document)) == document
    assert hash_of(document) == hash_of(canonical(dict(reversed(files.items()))))


@given(values)
def test_yaml_reads_what_json_wrote(value):
    assert read_yaml(json.dumps(value, ensure_ascii=False), "f") == value


@given(st.text())
def test_any_text_is_a_value_or_a_fault(text):
    with suppress(PackFaulty):
        read_yaml(text, "f")


@settings(max_examples=60, deadline=None)
@given(names, st.integers(0, 4000), st.integers(0, 60), st.text(max_size=20))
def test_any_damage_leaves_faults_and_never_a_crash(name, start, length, put):
    text = SMALL[name]
    start %= len(text)
    damaged = SMALL | {name: text[:start] + put + text[start + length :]}
    for fault in faults_of(read_pack(damaged)):
        assert fault.line >= 1
        assert fault.advice


@given(st.text())
def test_any_markdown_prints_without_a_foreign_tag(text):
    html = inline_html(text, {"cite": lambda _citation: Markup("")})
    assert "<script" not in html.lower()
    assert "javascript:" not in html.lower() or "href" not in html
    sections(text)
    citations(text)
