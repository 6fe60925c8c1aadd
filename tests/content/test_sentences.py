"""What the checker says, in three languages: sentences of people, each leading to its place."""

import json
import random
import re
import time
from pathlib import Path
from typing import Any

import pytest

from lms.cli.translations import read_catalogue, used_messages
from lms.content.addresses import NoSuchPlace, parts, value_at, within
from lms.content.cases import check_case, read_case_file
from lms.content.checks.privacy import NO_REAL_PEOPLE
from lms.content.checks.words import _is_cyrillic, _latin_words, _mixed_words
from lms.content.faults import (
    LONGEST_VALUE,
    MOST_LISTED,
    Fault,
    Title,
    Word,
    fault_at,
)
from lms.content.formats import DOCUMENTS
from lms.content.place import Place
from lms.content.yaml import read_yaml
from lms.language import LOCALES, gettext, localise, speaking
from tests.content import cases, packs, test_case_checks
from tests.content.cases import checked
from tests.content.planted import broken_cases, everything_said, places
from tests.content.test_schemas import PACKS, documents

CASES = sorted(Path(__file__).resolve().parent.parent.parent.glob("courses/*/cases/*.yaml"))
OF_CONTENT = sorted(
    message for message, places in used_messages().items()
    if isinstance(message, str) and any(place.startswith(("lms/content/checks", "lms/content/shapes", "lms/content/faults",
    "lms/content/yaml", "lms/content/files", "lms/content/pack.py", "lms/content/outline", "lms/content/svg",
    "lms/content/conditions", "lms/content/formats", "lms/content/case_formats", "lms/content/kinds")) for place in places)
)  # fmt: skip
PLACE = re.compile(r"%\((\w+)\)s")
# what only those who write files know: no sentence for a trainer has any of it
OF_FILES = re.compile(
    r"`|\b(yaml|key|keys|flag|flags|inject|injects|mapping|null|ascii|otherwise|breach|headline|placeholder"
    r"|alone:|when:|to_place|at_place|verified_on|case_minutes|quote_permission|cannot_judge|sources\.yaml|course\.yaml)\b",
    re.IGNORECASE,
)
AS_TYPED = re.compile(  # what a trainer types as it stands here, and names that are written so in Serbian too
    r"%\(\w+\)s|\{[^}]*\}|\[@[^\]]*\]|\(page:m2\)|figures/procedure\.sr\.svg|not warned and (?:\(trust >= 2 or lawyer\)|trust >= 2)"
    r"|follow-up-3|„not”|\bS4\b|HTML|SVG|UTF-8|KB|MB"
)


def heard(fault: Fault) -> dict[str, str]:
    """The whole of a fault as a trainer reads it, by language."""
    said = {}
    for locale in LOCALES:
        with speaking(locale):
            said[locale] = f"{fault.sentence(gettext, localise)} {fault.what_to_do(gettext, localise)}"
    return said


@pytest.fixture(scope="module")
def planted() -> list[Fault]:
    """Everything that is said of the planted faults."""
    return sorted(everything_said())


# ---- Every sentence


@pytest.mark.parametrize("message", OF_CONTENT)
def test_every_sentence_has_its_serbian_with_the_same_values(message):
    serbian = read_once()[message]
    assert sorted(PLACE.findall(serbian)) == sorted(PLACE.findall(message))
    assert serbian.count("„") == serbian.count("”")
    for text in (message, serbian):
        text % dict.fromkeys(PLACE.findall(message), "x")


@pytest.mark.parametrize("message", OF_CONTENT)
def test_no_sentence_speaks_the_language_of_files(message):
    assert not OF_FILES.search(PLACE.sub("", message))
    assert not re.search("[A-Za-z]", AS_TYPED.sub("", read_once()[message])), "a word that is not Serbian"


_read: dict[str, str] = {}


def read_once() -> dict[str, str]:
    if not _read:
        _read.update({message.id: message.string for message in read_catalogue() if isinstance(message.id, str)})
    return _read


RARE = {  # what the small documents cannot bring about, and what is shown otherwise
    NO_REAL_PEOPLE, "The condition is empty.", "The drawing has too many parts: %(count)s.", "Simplify it to at most %(most)s.",
    "There is no such folder.", "Name the folder of a course.", "The file cannot be read.", "Name a file that is there.",
    "This only points to a file that lies elsewhere.", "Put the file itself here.", "This is of no known kind.",
}  # fmt: skip


def test_every_sentence_is_said_of_some_planted_fault(planted):
    """If this fails, a new check has no planted fault: add one to tests/content/planted.py."""
    said = {text for fault in planted for text in (fault.message, fault.advice)}
    sentences = {one for one in OF_CONTENT if not one[0].islower()}
    assert sentences - said - RARE == set()


def test_every_planted_fault_can_be_said_in_three_languages(planted):
    for fault in planted:
        said = heard(fault)
        assert not [text for text in said.values() if PLACE.search(text)], fault
        assert re.search("[Ѐ-ӿ]", said["sr"]), fault
        assert said["sr"] != said["en"]
        assert fault.sentence(str) in str(fault)
        assert str(fault).startswith(f"{fault.file}:{fault.line}: ")


def test_every_planted_fault_leads_to_a_place(planted):
    for fault in planted:
        if not fault.file.startswith("pages/"):  # there the name is the way into a block
            assert within(fault.name) in ("", fault.name) or parts(within(fault.name)), fault


# ---- Broken copies of what is shipped


def changed(text: str, dice: random.Random) -> str:
    """One line of a document changed as people do: left out, half written, another number, another name."""
    lines = text.splitlines(keepends=True)
    at = dice.choice([number for number, line in enumerate(lines) if ":" in line])
    change = dice.choice(["drop", "empty", "number", "name"])
    if change == "drop":
        del lines[at]
    elif change == "empty":
        lines[at] = re.sub(r'"[^"]*"|(?<=: )[\w-]+\n', '""\n' if '"' not in lines[at] else '""', lines[at], count=1)
    elif change == "number":
        lines[at] = re.sub(r"\d+", "977", lines[at])
    else:
        lines[at] = re.sub(r"(?<=: )[a-z][\w-]*", "elsewhere", lines[at])
    return "".join(lines)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_broken_copies_of_a_shipped_case_are_told_in_words_and_lead_to_their_place(path):
    dice = random.Random(path.stem)
    text = path.read_text()
    for _ in range(8):
        damaged = changed(text, dice)
        faults = check_case(damaged, path.name).faults
        document = read_yaml(damaged, path.name) if any(fault.name for fault in faults) else None
        for fault in faults:
            assert_told(fault)
            assert_leads_there(fault, document)


def assert_told(fault: Fault) -> None:
    assert not OF_FILES.search(PLACE.sub("", fault.message + fault.advice))
    assert not [text for text in heard(fault).values() if PLACE.search(text)]


def assert_leads_there(fault: Fault, document: Any) -> None:
    """The place is there, or the record it should be in is."""
    try:
        value_at(document, fault.name)
    except NoSuchPlace:
        if around := within(fault.name):
            value_at(document, around)


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.name)
def test_any_value_of_a_shipped_document_that_goes_wrong_is_told_in_words(pack):
    dice = random.Random(pack.name)
    for name, document in documents(pack):
        found = [*places(document)]
        for container, part in dice.sample(found, min(len(found), 12)):
            kept = container[part]
            for other in (None, True, -7, "", "Ø x", [], {}):
                container[part] = read_yaml(json.dumps(other), "f")
                for fault in DOCUMENTS[name].faults(document, Place("f", 1)):
                    assert_told(fault)
            container[part] = kept


# ---- What a fault is made of


def test_people_read_names_and_the_command_line_reads_keys():
    told = next(
        fault for fault in test_case_checks.faults(cases.broken(("minutes: 30", "minutes: 26")))
        if "longest way" in fault.message
    )  # fmt: skip
    assert "only 26: call, alone, other-town." in str(told)
    assert "само 26: Позив, Празан стан, Други град." in heard(told)["sr"]
    assert "samo 26: Poziv, " in heard(told)["sr_Latn"]
    assert "only 26: The call, " in heard(told)["en"]


def test_kinds_and_grades_are_words_of_the_reader():
    told = test_case_checks.faults(cases.broken(("{to: lost}", "{to: lots}")))
    assert "„lots” (сцена или завршетак)" in heard(told[0])["sr"]
    fault = fault_at(
        "f",
        1,
        "All options of this decision have the same grade: %(grade)s.",
        "Add it.",
        grade=Word("harms the person"),
    )
    assert "исту оцену: " in heard(fault)["sr"]
    assert "harms" not in heard(fault)["sr"]


def test_members_without_a_key_are_counted_from_one_on_the_command_line():
    fault = Place("f", 3, "aims[#0].sr").fault("A %(what)s.", "Do it.", "`%(what)s: …`", what="text")
    assert str(fault) == "f:3: `aims[1].sr`: A text. — Do it. (`text: …`)"


def test_faults_are_sorted_by_file_and_line_and_are_the_same_when_they_say_the_same(planted):
    assert sorted(set(planted), reverse=True)[::-1] == planted
    assert [(fault.file, fault.line) for fault in planted] == sorted((fault.file, fault.line) for fault in planted)
    told = [Place("f", 1).fault("A %(what)s.", "b", what=what) for what in ("x", "x", ["x", "y"])]
    assert len(set(told)) == 2


def test_what_strangers_typed_makes_no_sentence_long():
    title = Title("t", {"sr": "реч " * 100, "en": "word " * 100})
    fault = fault_at("f", 1, "%(a)s %(b)s %(c)s", "x", a="a" * 9999, b=["b"] * 9999, c=title)
    assert len(fault.sentence(str, lambda text: text["sr"])) < LONGEST_VALUE + 3 * MOST_LISTED + 70
    assert heard(fault)["sr"].split(" x")[0].endswith("реч…")


# ---- Texts that nobody has written yet


def test_a_text_that_is_not_written_yet_hides_nothing_else():
    text = cases.broken(
        ('{sr: "Позив", en: "The call"}', '{sr: "Позив"}'),
        ('notice: {sr: "Помиње се принуда, без описа.", en: "Coercion is mentioned, not described."}\n', ""),
        ("      - {to: found, when: trust >= 2}\n      - {to: lost}\n", "      - {to: found}\n"),
        ("otherwise: wait", "otherwise: third-call"),
    )
    told = {fault.name: fault.sentence(str) for fault in test_case_checks.faults(text)}
    assert told == {
        "stages[call].title.en": "This text is only in Serbian; the English is missing.",
        "notice": "Nothing has been written here yet.",
        "endings[lost]": "The story never comes to this ending.",
        "stages[call].decisions[first].otherwise": "What is taken when time runs out is an option that is not always offered.",
    }
    assert checked(text).case is None


def test_a_text_without_either_language_is_told_once():
    told = test_case_checks.faults(cases.broken(('{sr: "Позив", en: "The call"}', '{sr: "", en: " "}')))
    assert [(fault.name, fault.sentence(str)) for fault in told] == [
        ("stages[call].title", "Nothing has been written here yet.")
    ]


def test_a_course_without_a_translation_is_still_looked_at_as_a_whole():
    files = packs.broken("course.yaml", '{sr: "Мали курс", en: "Small course"}', '{sr: "Мали курс"}')
    files["surveys/knowledge.yaml"] = files["surveys/knowledge.yaml"].replace("module: m1", "module: m9", 1)
    assert {fault.name for fault in packs.faults(files)} == {"title.en", "items[q1].module"}


# ---- Speed


def test_what_was_remembered_changes_nothing():
    remembered = (_latin_words, _is_cyrillic, _mixed_words)
    for text in broken_cases():
        warm = checked(text).faults
        for one in remembered:
            one.cache_clear()
        assert checked(text).faults == warm


def test_after_one_word_has_changed_the_longest_case_is_checked_in_about_the_time_of_reading_it():
    path = max(CASES, key=lambda path: path.stat().st_size)
    text = path.read_text()
    assert read_case_file(path).case
    spent = []
    for number in range(6):
        begun = time.process_time()
        read_yaml(text, path.name)
        read = time.process_time()
        check_case(text.replace("Равноград", f"Равноград{'и' * number}", 1), path.name)
        spent.append((time.process_time() - read) / (read - begun))
    assert sorted(spent)[2] < 6, spent  # usually 3, reading included
