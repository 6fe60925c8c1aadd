"""The house keeps its own order: sizes, names, one gate, clean templates."""

import ast
import re
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import nodes

from lms.access import access_table

ROOT = Path(__file__).parent.parent
SOURCES = [path for path in (ROOT / "lms").rglob("*.py") if "migrations" not in path.parts]
TEMPLATES = list((ROOT / "templates").rglob("*.html"))
BANNED = {"util", "utils", "helpers", "common", "services", "misc"}
LONGEST_FILE, LONGEST_FUNCTION = 300, 40
PER_REQUEST = {"_", "gettext", "ngettext", "request", "session", "g", "csrf_token", "locale_now", "theme_now", "here"}


def test_no_file_outgrows_a_room() -> None:
    long = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in SOURCES}
    assert not {name: lines for name, lines in long.items() if lines > LONGEST_FILE and name != "lms/icons.py"}


def test_no_function_needs_scrolling() -> None:
    long = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION:
                long.append(f"{path.relative_to(ROOT)}:{node.name}")
    assert not long


def test_no_drawer_called_util() -> None:
    assert not [path for path in (ROOT / "lms").rglob("*") if path.stem in BANNED]


def test_every_file_and_public_function_says_what_it_is_for() -> None:
    silent = []
    for path in SOURCES:
        tree = ast.parse(path.read_text())
        if not ast.get_docstring(tree):
            silent.append(str(path.relative_to(ROOT)))
        for node in tree.body:
            if (
                isinstance(node, ast.FunctionDef | ast.ClassDef)
                and not node.name.startswith("_")
                and not ast.get_docstring(node)
            ):
                silent.append(f"{path.relative_to(ROOT)}:{node.name}")
    assert not silent


@pytest.mark.parametrize(
    "word",
    [r'\sstyle="', r"\son[a-z]+=\"", r"<script(?![^>]*\bsrc=)[^>]*>", r"javascript:", r"https?://(?!www\.w3\.org)"],
)
def test_templates_hold_nothing_that_the_content_security_policy_would_block(word: str) -> None:
    found = [f"{path.relative_to(ROOT)}" for path in TEMPLATES if re.search(word, path.read_text())]
    assert not found


@pytest.mark.parametrize("word", [r"\bsession\[|\bsession\.", r"\bconfig\b", r"\.query\b", r"has_role"])
def test_templates_print_and_python_decides(word: str) -> None:
    code = re.compile(r"\{[{%].*?[%}]\}", re.S)
    found = [
        str(path.relative_to(ROOT))
        for path in TEMPLATES
        if any(re.search(word, part) for part in code.findall(path.read_text()))
    ]
    assert not found


def test_what_is_imported_without_context_keeps_nothing_of_a_request(app: Flask) -> None:
    """Such a file is evaluated once a process: a text outside its macros would stay in the first reader's language."""
    trees = {
        path.relative_to(ROOT / "templates").as_posix(): app.jinja_env.parse(path.read_text()) for path in TEMPLATES
    }
    imports = [node for tree in trees.values() for node in tree.find_all((nodes.Import, nodes.FromImport))]
    shared = {node.template.value for node in imports if not node.with_context}
    kept = [node for name in shared for node in trees[name].body if isinstance(node, nodes.Assign)]
    assert shared
    assert not [name for node in kept for name in node.find_all(nodes.Name) if name.name in PER_REQUEST]


def test_only_the_clock_tells_the_time() -> None:
    naive = re.compile(r"datetime\.(utcnow|now|today)\(|date\.today\(|time\.time\(")
    assert not [str(p.relative_to(ROOT)) for p in SOURCES if p.name != "clock.py" and naive.search(p.read_text())]


def test_the_access_table_in_the_documents_is_the_real_one(app: Flask) -> None:
    written = (ROOT / "docs" / "access.md").read_text()
    for path, methods, endpoint, rule in access_table(app):
        assert f"| `{path}` | {methods} | {endpoint} | {rule} |" in written, "run: flask access-table > docs/access.md"
    assert written.count("\n| `") == len(access_table(app))


def test_the_project_speaks_of_itself_alone() -> None:
    words = re.compile(r"\.\./sh" + "ared|/wo" + "rk/|pypi\\.org/simple|/opt/py" + "pi")
    files = [
        *SOURCES,
        *TEMPLATES,
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / "tests").rglob("*.py"),
        ROOT / "README.md",
        ROOT / "Makefile",
    ]
    assert not [str(path.relative_to(ROOT)) for path in files if path.exists() and words.search(path.read_text())]
