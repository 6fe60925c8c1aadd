"""Packs may come from strangers: nothing in them can grow, run, or reach outside."""

import os
import time
from pathlib import Path

import pytest

from lms.content import files as reading
from lms.content import markdown
from lms.content.checks.markup import _CODE, _HTML, _LINK
from lms.content.faults import PackFaulty
from lms.content.files import read_folder, texts_of
from lms.content.svg import inline, problems
from lms.content.yaml import read_yaml
from lms.personal_data import _HANDLE, _PROFILE, _THIRTEEN
from lms.personal_data.streets import _FLAT, _HOUSE, _NUMBER_FIRST, _NUMBER_LAST, _STREET

BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9)
)
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9))
    + ']><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text>&j;</text></svg>'
)


def why(call, *arguments) -> str:
    with pytest.raises(PackFaulty) as refusal:
        call(*arguments)
    return str(refusal.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (BOMB, "no anchors and aliases"),
        ("a: &x 1", "no anchors and aliases"),
        ("a: *x", "no anchors and aliases"),
        ("a: !!python/object/apply:os.system [ls]", "no tags"),
        ("a: !!str 1", "no tags"),
        ("a: 1\nb: 2\na: 3", "f:3: “a” stands here twice; the first time on line 1."),
        ("a: 1\n---\nb: 2", "A second document starts here"),
        ("[" * 5000, "in more than 20 levels"),
        ("? [a]\n: b", "a key must be a word"),
        ("a: 'b", "f:1: From this line on it cannot be read."),
        ("a: b: c", "not YAML: mapping values"),
        ("%YAML 9.9\n---\na", "not YAML: "),
    ],
)
def test_dangerous_or_broken_yaml_is_refused_at_once(text, message):
    started = time.perf_counter()
    assert message in why(read_yaml, text, "f")
    assert time.perf_counter() - started < 1


def test_yaml_means_what_was_typed():
    value = read_yaml('a: yes\nb: 10:30\nc: 2026-11-22\nd: "5"\ne:\nf: 012\ng: 1_000\nh: on\ni: 2026-13-40', "f")
    assert value | {"c": value["c"].isoformat()} == {
        "a": "yes", "b": "10:30", "c": "2026-11-22", "d": "5", "e": None, "f": "012", "g": "1_000", "h": "on",
        "i": "2026-13-40",
    }  # fmt: skip
    assert value.lines["d"] == 4


def test_a_symbolic_link_is_not_followed(tmp_path: Path):
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "course.yaml").write_text("key: secret")
    pack = tmp_path / "pack"
    pack.mkdir()
    os.symlink(secret / "course.yaml", pack / "course.yaml")
    assert "no symbolic links" in why(read_folder, pack)
    (pack / "course.yaml").unlink()
    os.symlink(secret, pack / "pages")
    assert "no symbolic links" in why(read_folder, pack)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path):
    assert "There is no such folder" in why(read_folder, tmp_path / "nothing")


@pytest.mark.parametrize(
    "name",
    [
        "../course.yaml", "/etc/passwd", "pages/../../x.sr.md", "pages/a.sr.md/..", "pages\\a.sr.md", "Course.yaml",
        "pages/M1.sr.md", "pages/m1.de.md", "pages/m1.sr.md\n", "surveys/.yaml", "figures/a.png", "code.py", ".env",
    ],
)  # fmt: skip
def test_files_that_do_not_belong_in_a_pack_are_refused(name):
    assert "This file does not belong in a course" in why(texts_of, {name: b"x"})


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xff\xfe", "(not UTF-8)"),
        (b"a\nb\xc3(", "course.yaml:2: The letters of this file cannot be read."),
        (b"\xef\xbb\xbfkey: a", "U+FEFF"),
        (b"key: a\r\n", "U+000D"),
        (b"a: \x00", "U+0000"),
        ("a: b\u202ec".encode(), "U+202E"),
        (b"x" * (reading.LARGEST_FILE + 1), "larger than 512 KB"),
    ],
)
def test_files_that_are_not_plain_text_are_refused(content, message):
    assert message in why(texts_of, {"course.yaml": content})


def test_a_pack_has_limits(tmp_path: Path):
    many = {f"pages/p{number}.sr.md": b"" for number in range(reading.MOST_FILES + 1)}
    assert "more than 400 files" in why(texts_of, many)
    large = {f"pages/p{number}.sr.md": b"x" * reading.LARGEST_FILE for number in range(17)}
    assert "8 MB" in why(texts_of, large)
    for name, content in large.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    assert "8 MB" in why(read_folder, tmp_path)
    deep = tmp_path / "deep"
    for number in range(2 * reading.MOST_FILES + 1):
        (deep / str(number)).mkdir(parents=True)
    assert "more than 400 files" in why(read_folder, deep)


def test_a_drawing_cannot_unfold_or_speak_to_others():
    started = time.perf_counter()
    assert "starts with a declaration" in str(next(iter(problems(LAUGHS))))
    assert time.perf_counter() - started < 1
    with pytest.raises(ValueError):
        inline(LAUGHS, "alt", "f")
    hidden = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:h="http://www.w3.org/1999/xhtml" viewBox="0 0 9 9">{}</svg>'
    for inside in (
        "<h:script>1</h:script>", "<a href='javascript:1'/>", "<animate/>", "<set/>", "<rect OnLoad='1'/>",
        "<use xmlns:x='http://www.w3.org/1999/xlink' x:href='data:x'/>", "<rect fill='URL(//x)'/>",
        "<rect fill='u\\72l(x)'/>", "<![CDATA[<script>]]>", "<?xml-stylesheet href='x'?>",
    ):  # fmt: skip
        assert list(problems(hidden.format(inside))), inside


def test_names_inside_a_drawing_do_not_meet_those_of_another():
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><defs><marker id="m"/></defs>'
        '<path marker-end="url(#m)"/><use href="#m"/><text>a &lt;b&gt;</text></svg>'
    )
    printed = inline(drawing, 'He said "no" <b>', "fig2")
    assert 'id="fig2-m"' in printed
    assert 'marker-end="url(#fig2-m)"' in printed
    assert 'href="#fig2-m"' in printed
    assert 'aria-label="He said &#34;no&#34; &lt;b&gt;"' in printed
    assert "<text>a &lt;b&gt;</text>" in printed


@pytest.mark.parametrize(
    "piece", ["[x](", "[@", "<a", "[x", "](", "`", "![", "**", "ул. ", "5 Aa ", "@a.", "1 ", "5, стан "]
)
def test_a_text_full_of_brackets_is_checked_in_a_time_that_grows_with_its_length_only(piece: str) -> None:
    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        return min(_processor_time(lambda: [list(pattern.finditer(text)) for pattern in PATTERNS]) for _ in range(3))

    assert seconds(80_000) < 12 * max(seconds(20_000), 0.002)  # four times as long; were it the square: sixteen times


def _processor_time(do) -> float:
    begun = time.process_time()
    do()
    return time.process_time() - begun


PATTERNS = (
    _HTML, _LINK, _CODE, markdown.CITATION, markdown.CITATION_LIKE, _HANDLE, _PROFILE, _THIRTEEN, _FLAT, _HOUSE, _NUMBER_FIRST,
    _NUMBER_LAST, _STREET,
)  # fmt: skip
