"""A broken copy of a pack is told line by line."""

import pytest

from lms.content.checks import checked_course
from lms.content.faults import PackFaulty
from tests.content.packs import SMALL, broken, faults, line_of, warnings

K, E, F = "surveys/knowledge.yaml", "surveys/evaluation.yaml", "surveys/follow-up-3.yaml"
M1, M1E, M2, M2E = "pages/m1.sr.md", "pages/m1.en.md", "pages/m2.sr.md", "pages/m2.en.md"
SVG, C = "figures/steps.sr.svg", "course.yaml"

# file, what stands there, what is written instead, what the fault says, and (if it is not that file and line) where
BROKEN = [
    # keys and values
    (C, "licence: CC BY 4.0", "license: CC BY 4.0", "“license” is not known here"),
    (C, "teaching_hours: 4", "teaching_hours: four", "`teaching_hours`: “four” is not a number"),
    (C, "verified_on: 2026-11-22", "verified_on: soon", "`verified_on`: “soon” is not a date"),
    (C, 'starts: "09:00"', "starts: 9:00", "starts`: “9:00” cannot stand here"),
    (C, 'number: "192"', "number: 192", "number`: This must be a text"),
    (C, "kind: break", "kind: nap", "“nap” cannot stand here"),
    (C, '{sr: "Мали курс", en: "Small course"}', '{sr: "Мали курс"}', "`title.en`: This text is only in Serbian"),
    (C, '{sr: "Мали курс", en: "Small course"}', '{sr: "Мали курс", en: ""}', "`title.en`: This text is only in Serbian"),
    (C, '{sr: "Мали курс", en: "Small course"}', '{sr: "Мали курс", en: "x", de: "y"}', "`title.de`: “de” is not a language"),
    (C, "key: small", "key: Small Course", "`key`: “Small Course” cannot stand here"),
    # references
    (C, "- {key: m2, minutes: 45}", "- {key: m3, minutes: 45}", "The page “m3” is not written in Serbian. — Write it, or remove it from the course. (no file pages/m3.sr.md)"),
    (C, "library: [glossary]", "library: [glossary, m1]", "“m1” is listed twice"),
    (C, "surveys: [knowledge, evaluation, follow-up-3]", "surveys: [knowledge, evaluation, follow-up-3, x]", "no file surveys/x.yaml"),
    (K, "key: knowledge", "key: test", "write `key: knowledge`"),
    (C, "kind: module, page: m1", "kind: module", "items[m1].page`: It is not said which module is taught"),
    (C, "survey: knowledge, moment: pre", "survey: quiz, moment: pre", "“quiz” is not a survey of the course"),
    (C, "survey: knowledge, moment: pre", "survey: knowledge", "not said whether the test is taken at the start or at the end"),
    (C, "source: S1", "source: S7", "The source S7 is not in the list of sources"),
    (C, "key: break-1", "key: m1", "“m1” was already used as a short name"),
    # programme
    (C, 'key: pre-test, starts: "09:15"', 'key: pre-test, starts: "09:10"', "starts at 09:10, but “registration” lasts until 09:15"),
    (C, "- day: 2", "- day: 3", "write `day: 2`"),
    (C, 'starts: "14:30", minutes: 15, kind: certificate', 'starts: "23:50", minutes: 15, kind: certificate', "lasts beyond midnight"),
    # surveys
    (K, 'en: "a founded suspicion"}, right: true}', 'en: "a founded suspicion"}}', "No answer is marked as right"),
    (K, '{key: a, text: {sr: "доказ", en: "proof"}}', '{key: a, text: {sr: "доказ", en: "proof"}, right: true}', "more are marked as right: 2"),
    (K, '{key: c, text: {sr: "признање"', '{key: a, text: {sr: "признање"', "“a” was already used as a short name"),
    (K, "- key: q2", "- key: q1", "“q1” was already used as a short name"),
    (K, "module: m1", "module: m9", "“m9” is not a module of the course"),
    (K, "sources: [S1]", "sources: [S9]", "The source S9 is not in the list of sources"),
    (K, "    verified_on: 2026-11-22\n", "", "verified_on`: A question of a test has to have this"),
    (K, "minutes: 10", "minutes: 10\ndraw: 5", "More questions are to be drawn (5) than there are (4)"),
    (K, "type: single", "type: short-text", "`items[q1].options`: This does not belong to a question of this type"),
    (E, "scale: extent", "scale: amount", "no scale called “amount”"),
    (E, "headline: 4", "headline: yes", "“yes” is not an answer to this question"),
    (E, "    headline: yes\n", "", "The main figure and the sentence beside it belong together"),
    (E, "    quote_permission: true\n", "", "`quote: true` and `quote_permission: true`"),
    (E, "    quote: true\n", "    quote: yes\n", "quote`: Only yes or no can stand here"),
    (F, "    max: 20\n", "", "max`: A question of this type cannot be asked without it"),
    (F, "min: 0", "min: 20", "The smallest number, 20, is not below the largest, 20"),
    (F, "items: [q1]", "items: [q9]", "The test does not ask the question “q9”"),
    (F, "survey: knowledge", "survey: evaluation", "Only a survey after the training can ask questions of a test again"),
    # pages
    (M1, "title: Прва сумња", "heading: Прва сумња", "“heading” is not known here"),
    (M1, "---\ntitle", "title", "The page has no title, summary and content notice"),
    (M1, "[@S1].", "[@S8].", "The source S8 is not in the list of sources"),
    (M1, "[@S1].", "[@S1|maybe].", "This is not a mark of a source: [@S1|maybe]"),
    (M1, "[@S1|dated:2023]", "[@S1|dated]", "Only what was true at a certain time has a date"),
    (M1, "[@K-practice|general]\n", "[@K-practice]\n", "rests on a source that was not read: K-practice"),
    (M1, "Свака служба", "<b>Свака</b> служба", "in the text: <b>"),
    (M1, "Свака служба", "Свака ![слика](a.png) служба", "There is a picture in the text"),
    (M1, "(page:glossary)", "(https://example.org)", "The link leads out of the course: https://example.org"),
    (M1, "(page:glossary)", "(javascript:alert(1))", "The link leads out of the course: javascript:alert"),
    (M1, "(page:glossary)", "(</staff>)", "The link leads out of the course: /staff"),
    (M1, "](page:glossary)", " [так] зову](/staff)", "The link leads out of the course: /staff"),
    (M1, "](page:glossary)", "][x]\n\n[x]: /staff\n", "The link leads out of the course: /staff"),
    (M1, "(page:glossary)", "(page:words)", "a page that is not in the course: page:words"),
    (M1, "Свака служба", "Свака служба www.example.org", "There is an address of another site"),
    (M1, "## Зашто заједно", "Зашто заједно", "There is text before the first heading"),
    (M1, "## Шта примећујемо", "# Шта примећујемо", "This heading is as large as the title of the page"),
    (M1, "```callout", "```box", "no block called “box”"),
    (M1, "kind: unsure", "kind: huge", "`callout.kind`: “huge” cannot stand here"),
    (M1, "    right: true\n", "", "No answer is marked as right"),
    (M1, 'alt: "Два оквира спојена линијом: лево сумња, десно Центар."\n', "", "`figure.alt`: Nothing has been chosen or written here yet"),
    (M1, "figures/steps.sr.svg", "figures/other.sr.svg", "There is no such drawing: figures/other.sr.svg"),
    (M1, "figures/steps.sr.svg", "figures/steps.en.svg", "This drawing is in the other language"),
    (M1, "caption: Пут", "caption: Пут: и", "From this line on it cannot be read"),
    (M2, "  - sector: police\n    does: [штити особу, прикупља доказе]\n    avoids: [испитује пред другима]\n", "  - sector: police\n", "This card says nothing"),
    # scripts and people
    (M1, "Довољна је", "Дoвољна је", "The word “Дoвољна” mixes letters of both scripts"),
    (M1E, "Every service", "Eveгy service", "mixes letters of both scripts"),
    (C, "Мали курс", "Maли курс", "mixes letters of both scripts"),
    (SVG, "Сумња", "Cумња", "mixes letters of both scripts"),
    (M1, "Чекам доказ.", "Чекам доказ, 064 123 45 67.", "looks like a telephone number"),
    (M2, "Без одлагања.", "Без одлагања, ana@example.org.", "looks like an e-mail address"),
    (K, "Доказе прикупљају", "0101990710008 доказе прикупљају", "looks like a citizen’s number"),
    (M1, "туђа контрола", "возило BG 123-AB", "looks like a licence plate"),
    # certainty and certificate
    ("sources.yaml", "  verified_on: 2026-11-22\n", "", "This source was read, but it is not said when"),
    ("certificate.yaml", "{place}", "{town}", "{town} cannot be filled in here"),
    ("certificate.yaml", " {percent} %", " 80 %", "{percent} is missing"),
    ("certificate.yaml", "{hours}", "{hours", "A curly bracket has no partner"),
    ("certificate.yaml", '"Уверење"', '"Уверење {course}"', "{course} cannot be filled in here"),
    # figures
    (SVG, "<rect", "<script>1</script><rect", "a part that is not allowed: <script>"),
    (SVG, "<rect", "<style>*{}</style><rect", "a part that is not allowed: <style>"),
    (SVG, "<rect", "<foreignObject/><rect", "a part that is not allowed: <foreignObject>"),
    (SVG, "<rect", '<image href="#a"/><rect', "a part that is not allowed: <image>"),
    (SVG, "<rect", "<rect onload='1'", "a property that is not allowed: onload"),
    (SVG, "<rect", "<rect style='fill:red'", "a property that is not allowed: style"),
    (SVG, "<rect", '<use href="https://example.org/a.svg#b"/><rect', "The drawing takes something from outside"),
    (SVG, 'fill="#ffffff"', 'fill="url(https://example.org/#a)"', "The drawing takes something from outside"),
    (SVG, "<svg ", '<!DOCTYPE svg [<!ENTITY a "b">]>\n<svg ', "starts with a declaration"),
    (SVG, "</svg>", "", "The drawing cannot be read. — Save it anew from the drawing program as plain SVG. (not well-formed XML"),
    (SVG, 'viewBox="0 0 360 120"', "", "The drawing does not say how large it is"),
]  # fmt: skip


def test_the_small_pack_is_in_order():
    assert faults(SMALL) == []
    assert warnings(SMALL) == []


@pytest.mark.parametrize(("file", "old", "new", "message"), BROKEN, ids=[case[3][:50] for case in BROKEN])
def test_a_broken_pack_says_where_and_what_to_do(file, old, new, message):
    files = broken(file, old, new)
    told = [fault for fault in faults(files) if message in str(fault)]
    assert told, "\n".join(map(str, faults(files))) or "no fault at all"
    assert all(fault.advice for fault in told)
    assert file in {fault.file for fault in told}
    with pytest.raises(PackFaulty):
        checked_course(files)


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (C, 'starts: "14:00", minutes: 45', "starts: 14:00h, minutes: 45", "“14:00h” cannot stand here"),
        (M1, "[@S1|unclear]", "[@S8|unclear]", "The source S8 is not in the list of sources"),
        (M1, "    feedback: Тако је. Центар", "    answer: Тако је. Центар", "“answer” is not known here"),
        (K, "explanation: {sr: \"Индикатор није доказ.\"", "explanation: {sr: \"Индикaтор није доказ.\"", "mixes letters of both scripts"),
        (M2, "Позовите 192.", "Позовите 011 123 4567.", "looks like a telephone number"),
    ],
)  # fmt: skip
def test_the_line_is_the_line_of_the_fault(file, old, new, message):
    told = [fault for fault in faults(broken(file, old, new)) if message in str(fault)]
    assert [(fault.file, fault.line) for fault in told] == [(file, line_of(file, old))]


def test_the_two_languages_must_say_the_same():
    fewer = broken(M1E, "## What we notice\n", "### What we notice\n")
    assert "4 sections in Serbian, 3 in English" in str(faults(fewer)[0])
    cited = broken(M1E, "[@S1|dated:2023]", "[@S1|dated:2022]")
    assert {
        "[@S1|dated:2023] is cited more often in Serbian than in English.",
        "[@S1|dated:2022] is cited more often in English than in Serbian.",
    } == {fault.sentence(str).split(", ", 1)[1] for fault in faults(cited)}
    block = broken(M2E, "sector: police", "sector: health")
    assert [fault.sentence(str) for fault in faults(block)] == [
        "In the section “Roles”, the questions, figures, cards and lists are not the same as in Serbian."
    ]


@pytest.mark.parametrize("block", ["check", "takeaways"])
def test_a_module_without_its_parts_is_faulty(block):
    files = dict(SMALL)
    for file in (M1, M1E):
        start = files[file].index(f"```{block}")
        end = files[file].index("```\n", start + 3) + 4
        files[file] = files[file][:start] + "Текст.\n" + files[file][end:]
    assert any(f"a `{block}` block" in str(fault) for fault in faults(files))


def test_a_module_never_taught_and_a_page_never_listed_are_told():
    untaught = broken(C, "kind: module, page: m2", "kind: module, page: m1")
    told = {(fault.name, fault.sentence(str)) for fault in faults(untaught)}
    assert ("modules[m2]", "This module is not in the programme.") in told
    unlisted = SMALL | {"pages/extra.sr.md": SMALL["pages/glossary.sr.md"]}
    assert "The course does not list this page." in {fault.sentence(str) for fault in faults(unlisted)}


def test_names_and_abbreviations_in_latin_letters_are_left_alone_and_words_are_doubted():
    assert warnings(broken(M1, "туђа контрола", "SMS-ом, преко IOM, Save the Children")) != []
    assert warnings(broken(M1, "туђа контрола", "SMS-ом, преко IOM и Eurojust, СОС")) == []
    doubted = warnings(broken(M1, "туђа контрола", "туђа kontrola"))[0]
    assert doubted.sentence(str) == "There are words in Latin letters in the Serbian text: kontrola."


def test_untranslated_english_is_doubted():
    told = warnings(broken(C, 'en: "Small course"', 'en: "Мали курс"'))[0]
    assert (told.name, told.sentence(str)) == ("title.en", "The English text is written in Cyrillic.")


def test_contacts_of_hotlines_may_stand_anywhere():
    given = broken(C, 'number: ""', 'number: "011 123 4567"')
    assert faults(given | {M1: given[M1].replace("Чекам доказ.", "Зовем 011/123-4567.")}) == []


def test_missing_documents_are_told_one_by_one():
    for file in ("course.yaml", "sources.yaml", "certificate.yaml"):
        files = {name: text for name, text in SMALL.items() if name != file}
        assert (file, "This document is missing; every course has one.") in {
            (fault.file, fault.sentence(str)) for fault in faults(files)
        }


def test_a_pack_of_unreadable_documents_is_a_list_of_faults_not_a_crash():
    assert faults({})
    assert len(faults(dict.fromkeys(SMALL, "{["))) >= 8
    assert faults(dict.fromkeys(SMALL, ""))
    assert faults(dict.fromkeys(SMALL, "- 1\n- {}\n"))
