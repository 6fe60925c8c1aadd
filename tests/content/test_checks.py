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
    (C, "licence: CC BY 4.0", "license: CC BY 4.0", "`license` is an unknown key"),
    (C, "teaching_hours: 4", "teaching_hours: four", "`teaching_hours` is not such a number"),
    (C, "verified_on: 2026-11-22", "verified_on: soon", "`verified_on` is not a date"),
    (C, 'starts: "09:00"', "starts: 9:00", "starts` is not well formed"),
    (C, 'number: "192"', "number: 192", "number` must be a text"),
    (C, "kind: break", "kind: nap", "cannot be `nap`"),
    (C, '{sr: "Мали курс", en: "Small course"}', '{sr: "Мали курс"}', "`title` has no `en`"),
    (C, '{sr: "Мали курс", en: "Small course"}', '{sr: "Мали курс", en: ""}', "`title.en` is empty"),
    (C, '{sr: "Мали курс", en: "Small course"}', '{sr: "Мали курс", en: "x", de: "y"}', "`title.de` is not a language"),
    (C, "key: small", "key: Small Course", "`key` is not well formed"),
    # references
    (C, "- {key: m2, minutes: 45}", "- {key: m3, minutes: 45}", "has no page pages/m3.sr.md"),
    (C, "library: [glossary]", "library: [glossary, m1]", "`m1` is listed twice"),
    (C, "surveys: [knowledge, evaluation, follow-up-3]", "surveys: [knowledge, evaluation, follow-up-3, x]", "has no file surveys/x.yaml"),
    (K, "key: knowledge", "key: test", "write `key: knowledge`"),
    (C, "kind: module, page: m1", "kind: module", "has no `page`"),
    (C, "survey: knowledge, moment: pre", "survey: quiz, moment: pre", "names the survey `quiz`"),
    (C, "survey: knowledge, moment: pre", "survey: knowledge", "does not say which moment"),
    (C, "source: S1", "source: S7", "names the source `S7`"),
    (C, "key: break-1", "key: m1", "has a key that was used before"),
    # programme
    (C, 'key: pre-test, starts: "09:15"', 'key: pre-test, starts: "09:10"', "starts at 09:10, but `registration` lasts until 09:15"),
    (C, "- day: 2", "- day: 3", "write `day: 2`"),
    (C, 'starts: "14:30", minutes: 15, kind: certificate', 'starts: "23:50", minutes: 15, kind: certificate', "lasts beyond midnight"),
    # surveys
    (K, 'en: "a founded suspicion"}, right: true}', 'en: "a founded suspicion"}}', "has no right answer"),
    (K, '{key: a, text: {sr: "доказ", en: "proof"}}', '{key: a, text: {sr: "доказ", en: "proof"}, right: true}', "has 2 right answers"),
    (K, '{key: c, text: {sr: "признање"', '{key: a, text: {sr: "признање"', "has a key that was used before"),
    (K, "- key: q2", "- key: q1", "has a key that was used before"),
    (K, "module: m1", "module: m9", "measures `m9`"),
    (K, "sources: [S1]", "sources: [S9]", "cites the source `S9`"),
    (K, "    verified_on: 2026-11-22\n", "", "has no `verified_on`"),
    (K, "minutes: 10", "minutes: 10\ndraw: 5", "is 5, but there are 4 items"),
    (K, "type: single", "type: short-text", "has `options`"),
    (E, "scale: extent", "scale: amount", "names the scale `amount`"),
    (E, "headline: 4", "headline: yes", "has the headline `yes`"),
    (E, "    headline: yes\n", "", "has only one of `headline` and `finding`"),
    (E, "    quote_permission: true\n", "", "a text to quote without a permission"),
    (E, "    quote: true\n", "    quote: yes\n", "must be true or false"),
    (F, "    max: 20\n", "", "has no `max`"),
    (F, "min: 0", "min: 20", "allows numbers from 20 to 20"),
    (F, "items: [q1]", "items: [q9]", "names `q9`, which the test does not ask"),
    (F, "survey: knowledge", "survey: evaluation", "does not take items of a test"),
    # pages
    (M1, "title: Прва сумња", "heading: Прва сумња", "is an unknown key"),
    (M1, "---\ntitle", "title", "the page has no header"),
    (M1, "[@S1].", "[@S8].", "the source `S8` is cited"),
    (M1, "[@S1].", "[@S1|maybe].", "this is not a citation"),
    (M1, "[@S1|dated:2023]", "[@S1|dated]", "only a dated claim has a date"),
    (M1, "[@K-practice|general]\n", "[@K-practice]\n", "rests on K-practice, which was not read"),
    (M1, "Свака служба", "<b>Свака</b> служба", "there is HTML: <b>"),
    (M1, "Свака служба", "Свака ![слика](a.png) служба", "there is a picture in the text"),
    (M1, "(page:glossary)", "(https://example.org)", "there is a link to https://example.org"),
    (M1, "(page:glossary)", "(page:words)", "the link leads to page:words"),
    (M1, "Свака служба", "Свака служба www.example.org", "there is an address of another site"),
    (M1, "## Зашто заједно", "Зашто заједно", "there is text before the first `##`"),
    (M1, "## Шта примећујемо", "# Шта примећујемо", "a heading of the first level"),
    (M1, "```callout", "```box", "there is no block of the kind `box`"),
    (M1, "kind: unsure", "kind: huge", "`callout.kind` cannot be `huge`"),
    (M1, "    right: true\n", "", "has no right answer"),
    (M1, 'alt: "Два оквира спојена линијом: лево сумња, десно Центар."\n', "", "`figure` has no `alt`"),
    (M1, "figures/steps.sr.svg", "figures/other.sr.svg", "names figures/other.sr.svg, which there is not"),
    (M1, "figures/steps.sr.svg", "figures/steps.en.svg", "is the figure of the other language"),
    (M1, "caption: Пут", "caption: Пут: и", "this is not YAML"),
    (M2, "  - sector: police\n    does: [штити особу, прикупља доказе]\n    avoids: [испитује пред другима]\n", "  - sector: police\n", "says nothing"),
    # scripts and people
    (M1, "Довољна је", "Дoвољна је", "mixes scripts in the word Дoвољна"),
    (M1E, "Every service", "Eveгy service", "mixes scripts"),
    (C, "Мали курс", "Maли курс", "mixes scripts"),
    (SVG, "Сумња", "Cумња", "mixes scripts"),
    (M1, "Чекам доказ.", "Чекам доказ, 064 123 45 67.", "there is a telephone number"),
    (M2, "Без одлагања.", "Без одлагања, ana@example.org.", "there is an e-mail address"),
    (K, "Доказе прикупљају", "0101990710008 доказе прикупљају", "there is a citizen's number"),
    (M1, "туђа контрола", "возило BG 123-AB", "there is a licence plate"),
    # certainty and certificate
    ("sources.yaml", "  verified_on: 2026-11-22\n", "", "was read but has no `verified_on`"),
    ("certificate.yaml", "{place}", "{town}", "has the placeholder {town}"),
    ("certificate.yaml", " {percent} %", " 80 %", "has no {percent}"),
    ("certificate.yaml", "{hours}", "{hours", "has a brace that is not closed"),
    ("certificate.yaml", '"Уверење"', '"Уверење {course}"', "has the placeholder {course}"),
    # figures
    (SVG, "<rect", "<script>1</script><rect", "has the element <script>"),
    (SVG, "<rect", "<style>*{}</style><rect", "has the element <style>"),
    (SVG, "<rect", "<foreignObject/><rect", "has the element <foreignObject>"),
    (SVG, "<rect", '<image href="#a"/><rect', "has the element <image>"),
    (SVG, "<rect", "<rect onload='1'", "has the attribute onload"),
    (SVG, "<rect", "<rect style='fill:red'", "has the attribute style"),
    (SVG, "<rect", '<use href="https://example.org/a.svg#b"/><rect', "points outside itself"),
    (SVG, 'fill="#ffffff"', 'fill="url(https://example.org/#a)"', "points outside itself"),
    (SVG, "<svg ", '<!DOCTYPE svg [<!ENTITY a "b">]>\n<svg ', "has a declaration"),
    (SVG, "</svg>", "", "is not well-formed XML"),
    (SVG, 'viewBox="0 0 360 120"', "", "is not an <svg> with a viewBox"),
]  # fmt: skip


def test_the_small_pack_is_in_order():
    assert faults(SMALL) == []
    assert warnings(SMALL) == []


@pytest.mark.parametrize(("file", "old", "new", "message"), BROKEN, ids=[case[3][:50] for case in BROKEN])
def test_a_broken_pack_says_where_and_what_to_do(file, old, new, message):
    files = broken(file, old, new)
    told = [fault for fault in faults(files) if message in f"{fault.message} — {fault.advice}"]
    assert told, "\n".join(map(str, faults(files))) or "no fault at all"
    assert all(fault.advice for fault in told)
    assert file in {fault.file for fault in told}
    with pytest.raises(PackFaulty):
        checked_course(files)


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (C, 'starts: "14:00", minutes: 45', "starts: 14:00h, minutes: 45", "is not well formed"),
        (M1, "[@S1|unclear]", "[@S8|unclear]", "the source `S8` is cited"),
        (M1, "    feedback: Тако је. Центар", "    answer: Тако је. Центар", "is an unknown key"),
        (K, "explanation: {sr: \"Индикатор није доказ.\"", "explanation: {sr: \"Индикaтор није доказ.\"", "mixes scripts"),
        (M2, "Позовите 192.", "Позовите 011 123 4567.", "there is a telephone number"),
    ],
)  # fmt: skip
def test_the_line_is_the_line_of_the_fault(file, old, new, message):
    told = [fault for fault in faults(broken(file, old, new)) if message in fault.message]
    assert [(fault.file, fault.line) for fault in told] == [(file, line_of(file, old))]


def test_the_two_languages_must_say_the_same():
    fewer = broken(M1E, "## What we notice\n", "### What we notice\n")
    assert "3 sections in English and 4 in Serbian" in faults(fewer)[0].message
    cited = broken(M1E, "[@S1|dated:2023]", "[@S1|dated:2022]")
    assert {"[@S1|dated:2023] is cited more often in Serbian", "[@S1|dated:2022] is cited more often in English"} == {
        fault.message.split(", ", 1)[1] for fault in faults(cited)
    }
    block = broken(M2E, "sector: police", "sector: health")
    assert [fault.message for fault in faults(block)] == [
        "the blocks of the section `Roles` are built differently in Serbian"
    ]


@pytest.mark.parametrize("block", ["check", "takeaways"])
def test_a_module_without_its_parts_is_faulty(block):
    files = dict(SMALL)
    for file in (M1, M1E):
        start = files[file].index(f"```{block}")
        end = files[file].index("```\n", start + 3) + 4
        files[file] = files[file][:start] + "Текст.\n" + files[file][end:]
    assert any(block in fault.message for fault in faults(files))


def test_a_module_never_taught_and_a_page_never_listed_are_told():
    untaught = broken(C, "kind: module, page: m2", "kind: module, page: m1")
    assert "`modules[m2]` is not in the programme" in {fault.message for fault in faults(untaught)}
    unlisted = SMALL | {"pages/extra.sr.md": SMALL["pages/glossary.sr.md"]}
    assert "the course does not list this page" in {fault.message for fault in faults(unlisted)}


def test_names_and_abbreviations_in_latin_letters_are_left_alone_and_words_are_doubted():
    assert warnings(broken(M1, "туђа контрола", "SMS-ом, преко IOM, Save the Children")) != []
    assert warnings(broken(M1, "туђа контрола", "SMS-ом, преко IOM и Eurojust, СОС")) == []
    assert (
        "has Latin words in a Serbian text: kontrola"
        in warnings(broken(M1, "туђа контрола", "туђа kontrola"))[0].message
    )


def test_untranslated_english_is_doubted():
    assert "stands for English" in warnings(broken(C, 'en: "Small course"', 'en: "Мали курс"'))[0].message


def test_contacts_of_hotlines_may_stand_anywhere():
    given = broken(C, 'number: ""', 'number: "011 123 4567"')
    assert faults(given | {M1: given[M1].replace("Чекам доказ.", "Зовем 011/123-4567.")}) == []


def test_missing_documents_are_told_one_by_one():
    for file in ("course.yaml", "sources.yaml", "certificate.yaml"):
        files = {name: text for name, text in SMALL.items() if name != file}
        assert (file, "the file is missing") in {(fault.file, fault.message) for fault in faults(files)}


def test_a_pack_of_unreadable_documents_is_a_list_of_faults_not_a_crash():
    assert faults({})
    assert len(faults(dict.fromkeys(SMALL, "{["))) >= 8
    assert faults(dict.fromkeys(SMALL, ""))
    assert faults(dict.fromkeys(SMALL, "- 1\n- {}\n"))
