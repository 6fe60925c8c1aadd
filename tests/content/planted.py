"""Faults of nearly every kind, planted in the small case and the small pack: what the checker says of them all."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from lms.content.case_formats import CASE
from lms.content.checks import faults_of
from lms.content.faults import Fault, PackFaulty
from lms.content.files import LARGEST_FILE, MOST_FILES, texts_of
from lms.content.formats import DOCUMENTS
from lms.content.pack import read_pack
from lms.content.place import Place
from lms.content.yaml import read_yaml
from tests.content import cases, packs, test_case_checks, test_checks

C, K, E, F = "course.yaml", "surveys/knowledge.yaml", "surveys/evaluation.yaml", "surveys/follow-up-3.yaml"
M1, M2 = "pages/m1.sr.md", "pages/m2.sr.md"
FACT = '{sr: "Виђена је.", en: "She was seen."}'
DEBRIEF = '        debrief:\n          - {sr: "Шта нас је задржало?", en: "What held us back?"}\n'
FACTS = '    facts:\n      - {key: second-call, text: {sr: "Ово је други позив ове недеље.", en: "This is the second call this week."}}\n'
MORE_FACTS = (
    '    facts:\n      - {key: wish, text: {sr: "Замолила је да не зовете послодавца.", en: "She asked you not to call the employer."}}\n'
    '      - {key: result, since: van, text: {sr: "Стигао је налаз.", en: "The result has come."}}\n'
)
LONGER = ", пошто се прво саслушају сви који су за столом и прочита шта о томе каже процедура."

CASES = [  # changes to the small case beside those of test_case_checks
    [("when: warned\n", "when: (warned warned\n")],
    [("when: warned\n", "when: warned warned\n")],
    [("when: warned\n", "when: warned or and\n")],
    [("when: warned\n", "when: warned -\n")],
    [("when: warned\n", f"when: {'not ' * 21}warned\n")],
    [("      - {to: alone, when: warned}\n", ""), ("go: alone", "go: other-town")],
    [(DEBRIEF, "")],
    [(FACTS, ""), (MORE_FACTS, "")],
    [("        consent: true\n", ""), ("need: forbidden", "need: allowed"), (", safe: false", "")],
    [(text, text[:-1] + LONGER) for text in ("уз процену опасности.", "Одмах.", "по договору два града.")],
    [
        ("        place: topolje\n        minutes: 3", "        place: ravnograd\n        minutes: 3"),
        ("        how: individually\n", "        how: majority\n        place: ravnograd\n"),
    ],
    [test_case_checks.with_fact("social", f"{{key: seen, since: other-town, text: {FACT}}}"), ("needs: [wish", "needs: [seen")],
    [test_case_checks.with_fact("police-topolje", f"{{key: quiet, text: {FACT}}}"), ("needs: [wish", "needs: [quiet")],
    [('sr: "Дежурате. Позив', 'sr: "Лична карта 123456789. Позив')],
    [('sr: "Дежурате. Позив', 'sr: "Пише @ana_nis, живи у улици Краља Петра 12, рођена 12.3.1990. Позив')],
    [(
        'sr: "Дежурате. Позив',
        'sr: "064 123 4567, 064 123 4568, ЈМБГ 0101990710001, 0101990710002, BG 123-AB, BG 124-AB, ana@example.org, mia@example.org,'
        " пасоши 123456789 и 123456788, @ana_nis, @mia_nis, ул. Краља Петра 12, ул. Краља Петра 14, рођена 12.3.1990, рођен 13.3.1991. Позив",
    )],
    [('en: "You are on duty.', 'en: "Ви дежурате и чекате позив и ништа друго.')],
]  # fmt: skip

PACKS = [  # changes to the small pack beside those of test_checks
    (C, "kind: module, page: m1", "kind: talk, page: m1"),
    (C, "kind: survey, survey: evaluation", "kind: talk, survey: evaluation"),
    (C, "kind: survey, survey: evaluation", "kind: survey"),
    (C, "survey: evaluation", "survey: evaluation, moment: pre"),
    (C, "survey: evaluation", "survey: follow-up-3"),
    (C, "surveys: [knowledge, evaluation,", "surveys: [knowledge, knowledge,"),
    (C, 'en: "Small course"', 'en: "Мали курс"'),
    ("sources.yaml", "  read: none\n", "  read: none\n  verified_on: 2026-11-22\n"),
    (K, '{key: c, text: {sr: "редован годишњи одмор", en: "regular annual leave"}}', '{key: c, text: {sr: "Одузете исправе", en: "x"}, right: true}'),
    (E, "minutes: 5\n", "minutes: 5\nshuffle: true\n"),
    (E, "    scale: extent\n", '    scale: extent\n    options:\n      - {key: a, text: {sr: "а", en: "a"}, right: true}\n      - {key: b, text: {sr: "б", en: "b"}}\n'),
    (F, "items: [q1]", "items: [q1, q1]"),
    (M1, "## Шта примећујемо\n", "## Шта примећујемо\n\n##\n\nТекст.\n"),
    (M1, "## Шта носимо\n", "## Празно\n\n## Шта носимо\n"),
    (M1, "- туђа контрола", "    туђа контрола\n\n- туђа контрола"),
    (M1, "```takeaways\n- Сумња је довољна.\n- Јављамо се Центру.\n```", "Текст."),
    (M1, "image: figures/steps.sr.svg", "image: steps.png"),
    ("figures/steps.sr.svg", 'viewBox="0 0 360 120"', 'viewBox="0 0 99999 120"'),
    (M1, "```check\nkey: m1-first", "```callout\nkey: m1-first"),
    (M2, "  - sector: social\n    title: Социјална заштита\n    text", "  - text"),
]  # fmt: skip


def broken_cases() -> list[str]:
    """The small case with each fault in turn."""
    single = [[change[:2]] for change in test_case_checks.BROKEN + test_case_checks.ADVISED]
    return [cases.broken(*changes) for changes in [*single, *CASES]]


def broken_packs() -> list[dict[str, str]]:
    """The small pack with each fault in turn, with documents that nobody lists, and without any that can be read."""
    single = [packs.broken(*change[:3]) for change in [*test_checks.BROKEN, *PACKS]]
    header = packs.SMALL[M1].split("---\n")[1]
    more = {"pages/extra.sr.md": f"---\n{header}---\n", "cases/small.yaml": cases.SMALL}
    unreadable = [{}, dict.fromkeys(packs.SMALL, "{["), dict.fromkeys(packs.SMALL, "- 1\n- {}\n")]
    return [*single, packs.SMALL | more, *unreadable]


def refused(call: Any, *arguments: Any) -> set[Fault]:
    """Why something cannot be read at all."""
    with pytest.raises(PackFaulty) as refusal:
        call(*arguments)
    return set(refusal.value.faults)


def unreadable() -> Iterator[Fault]:
    """What is said of texts that are no YAML, and of files that are no texts."""
    for text in ("a: &x 1", "a: !!str 1", "a: 1\nb: 2\na: 3", "a: 1\n---\nb: 2", "[" * 5000, "? [a]\n: b", "a: b: c"):
        yield from refused(read_yaml, text, "f")
    for content in (b"\xff\xfe", b"a: \x00", b"x" * (LARGEST_FILE + 1)):
        yield from refused(texts_of, {"course.yaml": content})
    yield from refused(texts_of, {"code.py": b""})
    yield from refused(texts_of, {f"pages/p{number}.sr.md": b"" for number in range(MOST_FILES + 1)})


def misshapen() -> Iterator[Fault]:
    """What is said when one value of each name in the small documents is replaced by values of other kinds."""
    read = [("case", CASE, read_yaml(cases.SMALL, "small.yaml"))]
    read += [(file, DOCUMENTS["survey"], read_yaml(packs.SMALL[file], file)) for file in (K, E, F)]
    read += [
        (f"{name}.yaml", DOCUMENTS[name], read_yaml(packs.SMALL[f"{name}.yaml"], name))
        for name in ("course", "sources")
    ]
    for file, shape, document in read:
        for container, part in {part: (container, part) for container, part in places(document)}.values():
            kept = container[part]
            for other in (None, True, -7, "", "Ø x", [], {}, ["a"], ["a"] * 600, {"en": "x"}):
                container[part] = read_yaml(json.dumps(other), file)
                yield from shape.faults(document, Place(file, 1))
            container[part] = kept


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every value of a document, as its container and its key or place in it."""
    if isinstance(value, dict | list):
        for part in value if isinstance(value, dict) else range(len(value)):
            yield value, part
            yield from places(value[part])


def everything_said() -> set[Fault]:
    """Every fault and advice of all of these."""
    found = {fault for text in broken_cases() for fault in cases.checked(text).faults}
    found |= {fault for files in broken_packs() for fault in faults_of(read_pack(files))}
    return found | set(unreadable()) | set(misshapen())
