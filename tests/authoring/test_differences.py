"""What has changed between two states of a course is said in words: by its parts, with the texts, in the reader's language."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.authoring.differences.marking import marked
from lms.authoring.differences.pieces import differences
from lms.authoring.differences.telling import Part, tell
from lms.language import speaking
from tests.authoring.changed_courses import WHOLE, Files, edited, without

CASE = "cases/small.yaml"


@pytest.fixture(autouse=True)
def _catalogue(whole_app: object) -> None:
    """The Serbian texts, compiled."""


def told(after: Files, locale: str = "sr", before: Files = WHOLE) -> list[Part]:
    """What a reader sees of the change from `before` to `after`."""
    with speaking(locale):
        return tell(differences(before, after), before, after)


def only(after: Files, locale: str = "sr") -> Any:
    """The one change there is."""
    [part] = told(after, locale)
    [change] = part.changes
    return change


def first_stage(case: Any) -> Any:
    return case["stages"][0]


class TestSaying:
    def test_a_part_is_summed_up_in_one_sentence(self) -> None:
        def change(case: Any) -> None:
            stage = first_stage(case)
            stage["text"]["sr"] += " Већ недељу дана."
            stage["title"]["sr"] = "Први позив"
            case["summary"]["sr"] += " Нико не зна."
            options = stage["decisions"][0]["options"]
            options.insert(1, options[0] | {"key": "new"})

        [part] = told(edited(WHOLE, CASE, change))
        assert part.title == "Случај „Мала вежба”"
        assert part.sentence == "Случај „Мала вежба” – измењено: 3 текста; додато: 1 могућност."

    def test_a_place_is_called_by_the_names_of_what_it_is_in_and_by_the_label_of_its_field(self) -> None:
        def change(case: Any) -> None:
            first_stage(case)["decisions"][0]["minutes"] = 6

        change_ = only(edited(WHOLE, CASE, change))
        assert change_.where[:2] == ("Сцена „Позив”", "Одлука „Први корак”")
        assert change_.done == "измењено"
        assert re.sub("<span.*?</span>", "", str(change_.texts[0].text)) == "<del>4</del><ins>6</ins>"

    def test_both_languages_are_shown_when_both_have_changed_and_one_when_only_that_has(self) -> None:
        def both(case: Any) -> None:
            first_stage(case)["text"] = {"sr": "Сасвим друго.", "en": "Something else."}

        def english(case: Any) -> None:
            first_stage(case)["text"]["en"] = "Something else."

        assert [text.lang for text in only(edited(WHOLE, CASE, both)).texts] == ["sr-Cyrl", "en"]
        assert [text.lang for text in only(edited(WHOLE, CASE, both), "en").texts] == ["en", "sr-Cyrl"]
        assert [text.lang for text in only(edited(WHOLE, CASE, english)).texts] == ["en"]

    def test_serbian_latin_is_derived_everywhere(self) -> None:
        change = only(edited(WHOLE, CASE, lambda case: first_stage(case)["text"].update(sr="Нов текст.")), "sr_Latn")
        said = " ".join((*change.where, change.done, str(change.texts[0].text)))
        assert not re.search("[Ѐ-ӿ]", said)
        assert "Nov tekst." in said

    def test_keys_conditions_choices_and_dates_are_said_in_words(self) -> None:
        def change(case: Any) -> None:
            decision = first_stage(case)["decisions"][0]
            decision["how"] = "consensus"
            decision["opens"] = {"after": "tell-centre", "when": "warned and trust >= 2"}

        [part] = told(edited(WHOLE, CASE, change))
        how, opens = (str(change.texts[0].text) for change in part.changes)
        assert "majority" not in how
        assert "consensus" not in how
        assert "Обавештење" in opens
        assert "Послодавац зна" in opens

    def test_something_new_is_shown_with_what_is_in_it_and_a_whole_document_with_its_summary(self) -> None:
        def add(case: Any) -> None:
            first_stage(case)["injects"].append(
                {
                    "key": "new",
                    "title": {"sr": "Порука", "en": "A message"},
                    "text": {"sr": "Стиже порука.", "en": "A message comes."},
                }
            )

        change = only(edited(WHOLE, CASE, add))
        assert (change.kind, change.where[-1]) == ("added", "Догађај „Порука”")
        assert "Стиже порука." in str(change.texts[0].text)
        gone = only(without(WHOLE, CASE))
        assert (gone.kind, gone.where) == ("removed", ())
        assert "Двоје на послу" in str(gone.texts[0].text)

    def test_a_paragraph_is_named_by_its_section(self) -> None:
        def add(page: Any) -> None:
            page["blocks"].insert(
                2, {"kind": "text", "text": {"sr": "Сасвим нов пасус.", "en": "A wholly new paragraph."}}
            )

        change = only(edited(WHOLE, "pages/m1", add))
        assert (change.kind, change.where[-1]) == ("added", "Пасус")
        assert change.where[0].startswith("Одељак „")
        assert "Сасвим нов пасус." in str(change.texts[0].text)

    def test_another_order_names_what_was_moved(self) -> None:
        change = only(edited(WHOLE, CASE, lambda case: case["stages"][2]["decisions"].reverse()))
        assert change.kind == "moved"
        assert "„Свако за своју службу”" in str(change.texts[0].text)

    def test_a_figure_is_told_as_changed_and_nothing_of_its_code_is_shown(self) -> None:
        change = only(WHOLE | {"figures/steps.sr.svg": WHOLE["figures/steps.sr.svg"].replace("Сумња", "Знак")})
        assert (change.kind, change.texts) == ("changed", ())

    def test_parts_stand_in_the_order_in_which_one_thinks_of_a_course(self) -> None:
        after = edited(WHOLE, CASE, lambda case: case["title"].update(sr="А"))
        after = edited(after, "sources.yaml", lambda sources: sources[0]["title"].update(sr="Б"))
        after = edited(after, "course.yaml", lambda course: course["title"].update(sr="В"))
        after = edited(after, "pages/m1", lambda page: page["title"].update(sr="Г"))
        assert [part.path for part in told(after)] == ["course.yaml", "pages/m1", CASE, "sources.yaml"]

    def test_what_an_author_has_typed_is_never_code(self) -> None:
        change = only(edited(WHOLE, CASE, lambda case: case["title"].update(sr='<script>alert("1")</script>')))
        assert "<script" not in str(change.texts[0].text)
        assert "&lt;script&gt;" in str(change.texts[0].text)


class TestMarking:
    @settings(max_examples=200)
    @given(st.text("аб <>&\n.,", max_size=40), st.text("аб <>&\n.,", max_size=40))
    def test_without_what_was_put_in_it_is_the_old_text_and_without_what_was_taken_out_the_new(
        self, old: str, new: str
    ) -> None:
        whole = re.sub('<span class="vh">.*?</span>', "", str(marked(old, new, "-", "+")))
        before = re.sub("<ins>.*?</ins>", "", whole, flags=re.S)
        after = re.sub("<del>.*?</del>", "", whole, flags=re.S)
        assert _plain(before) == old
        assert _plain(after) == new

    def test_only_the_words_that_differ_are_marked(self) -> None:
        whole = str(marked("Позвати комшиницу ујутру.", "Позвати комшиницу одмах.", "-", "+"))
        assert re.sub("<span.*?</span>", "", whole) == "Позвати комшиницу <del>ујутру</del><ins>одмах</ins>."

    def test_two_texts_with_nothing_in_common_stand_one_behind_the_other(self) -> None:
        whole = str(marked("Сасвим друго овде", "Ништа исто нема", "-", "+"))
        assert (whole.count("<del>"), whole.count("<ins>")) == (1, 1)


def _plain(html: str) -> str:
    text = re.sub("</?(?:ins|del)>", "", html)
    for code, sign in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(code, sign)
    return text
