"""What is true of questions and answers."""

from datetime import UTC, date, datetime, timedelta

import pytest

from lms.content.course import Item, Option, Scale, Survey
from lms.errors import Refused
from lms.surveys import rules

T = {"sr": "текст", "en": "text"}


def option(key: str, right: bool = False) -> Option:
    return Option(key, T, right)


def single(key: str = "q1") -> Item:
    return Item(key, "single", T, options=(option("a"), option("b", right=True), option("c")))


def multiple(key: str = "q2") -> Item:
    return Item(key, "multiple", T, options=(option("a", True), option("b"), option("c", True)))


def scale(judge: bool = True) -> Item:
    return Item("e1", "scale", T, scale=Scale((T,) * 5, T if judge else None))


def a_test(count: int = 12, draw: int | None = 10, shuffle: bool = True) -> Survey:
    items = tuple(single(f"q{number:02d}") for number in range(count))
    return Survey("knowledge", "test", T, items, draw=draw, shuffle=shuffle)


def refusal(item: Item, *sent: str) -> str:
    with pytest.raises(Refused) as caught:
        rules.read_value(item, sent)
    assert caught.value.status == 422
    return caught.value.message % caught.value.values


class TestOrder:
    def test_the_same_person_meets_the_same_order_every_time(self):
        survey = a_test()
        assert rules.asked_in_order(survey, b"p" * 16, "pre") == rules.asked_in_order(survey, b"p" * 16, "pre")

    def test_people_and_moments_have_their_own_order_of_items_and_options(self):
        survey = a_test()
        orders = [
            [(item.key, *(o.key for o in item.options)) for item in rules.asked_in_order(survey, person, moment)]
            for person in (b"p" * 16, b"q" * 16)
            for moment in ("pre", "post")
        ]
        assert len({str(order) for order in orders}) == 4
        assert len({str([line[0] for line in order]) for order in orders}) == 4

    def test_before_and_after_the_same_items_are_asked(self):
        survey = a_test()
        sets = {frozenset(i.key for i in rules.asked_in_order(survey, b"x" * 16, m)) for m in ("pre", "post")}
        assert sets == {frozenset(item.key for item in survey.asked)}

    def test_every_place_is_equally_likely(self):
        survey = a_test(draw=None, count=4)
        first = [rules.asked_in_order(survey, n.to_bytes(16), "pre")[0].key for n in range(800)]
        assert all(150 < first.count(item.key) < 250 for item in survey.items)

    def test_a_survey_without_shuffle_keeps_its_order(self):
        survey = a_test(shuffle=False)
        assert rules.asked_in_order(survey, b"x" * 16, "") == survey.asked


class TestValues:
    def test_nothing_sent_is_no_answer(self):
        for item in (single(), multiple(), scale(), Item("t", "long-text", T), Item("n", "number", T)):
            assert rules.read_value(item, []) is None
            assert rules.read_value(item, ["  "]) is None

    def test_a_single_choice_takes_one_of_its_options_or_not_yet(self):
        assert rules.read_value(single(), ["b"]) == "b"
        assert rules.read_value(single(), ["?"]) == rules.NOT_YET
        assert "among those offered" in refusal(single(), "d")
        assert "Only one" in refusal(single(), "a", "b")

    def test_not_yet_belongs_to_questions_with_a_right_answer(self):
        opinion = Item("o", "single", T, options=(option("a"), option("b")))
        assert "among those offered" in refusal(opinion, "?")

    def test_a_multiple_choice_takes_any_of_its_options_in_their_order(self):
        assert rules.read_value(multiple(), ["c", "a"]) == ["a", "c"]
        assert rules.read_value(multiple(), ["?"]) == rules.NOT_YET
        assert rules.read_value(multiple(), ["?", "b"]) == ["b"]
        assert "among those offered" in refusal(multiple(), "a", "x")

    def test_a_scale_takes_one_to_five_and_cannot_judge_only_where_offered(self):
        assert [rules.read_value(scale(), [str(n)]) for n in range(1, 6)] == [1, 2, 3, 4, 5]
        assert rules.read_value(scale(), ["none"]) == "none"
        for wrong in ("0", "6", "3.5", "yes"):
            assert "among those offered" in refusal(scale(), wrong)
        assert "among those offered" in refusal(scale(judge=False), "none")

    def test_yes_or_no(self):
        item = Item("y", "yes-no", T)
        assert rules.read_value(item, ["yes"]) == "yes"
        assert "among those offered" in refusal(item, "da")

    def test_a_number_is_whole_and_within_its_bounds(self):
        item = Item("n", "number", T, min=0, max=20)
        assert rules.read_value(item, [" 7 "]) == 7
        assert "0 or more" in refusal(item, "-1")
        assert "20 at most" in refusal(item, "21")
        for wrong in ("седам", "1.5", "1e3", "9" * 30):
            assert "whole number" in refusal(item, wrong)

    def test_a_text_is_kept_as_written_without_the_blanks_around_it(self):
        assert (
            rules.read_value(Item("t", "long-text", T), ["  Више времена.\r\nЗа вежбу.  "])
            == "Више времена.\nЗа вежбу."
        )

    def test_a_text_that_is_too_long_says_by_how_much(self):
        assert "2001 characters" in refusal(Item("t", "long-text", T), "а" * 2001)
        assert "301 characters" in refusal(Item("t", "short-text", T), "а" * 301)

    @pytest.mark.parametrize(
        "found",
        ["064 123 4567", "petar.petrovic@example.org", "КГ 123-АБ", "0101990710018", "ул. Краља Петра 12", "@ana_nis"],
    )
    def test_personal_data_is_refused_and_said(self, found):
        item = Item("t", "long-text", T)
        if found == "0101990710018":
            weights = (7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
            rest = 11 - sum(w * int(f) for w, f in zip(weights, found, strict=False)) % 11
            found = found[:12] + str(0 if rest > 9 else rest)
        assert f"personal data: {found}." in refusal(item, f"Јавите се на {found}, хвала.")

    def test_published_numbers_may_stand_in_a_text(self):
        item = Item("t", "long-text", T)
        assert rules.read_value(item, ["Број 0800 100 388 да стоји на зиду."], ["0800 100 388"])


class TestScore:
    def test_exactly_the_right_options_are_right(self):
        assert rules.verdict(single(), "b") == "right"
        assert rules.verdict(single(), "a") == "wrong"
        assert rules.verdict(single(), rules.NOT_YET) == "not-yet"
        assert rules.verdict(single(), None) == "no-answer"
        assert rules.verdict(multiple(), ["a", "c"]) == "right"
        assert rules.verdict(multiple(), ["a"]) == "wrong"
        assert rules.verdict(multiple(), ["a", "b", "c"]) == "wrong"

    def test_the_score_counts_tested_items_only(self):
        survey = Survey("s", "test", T, (single("q1"), single("q2"), scale()))
        score = rules.score(survey, {"q1": "b", "q2": "?", "e1": 5})
        assert (score.right, score.asked, score.share) == (1, 2, 0.5)
        assert rules.score(Survey("s", "test", T, (scale(),)), {}).share is None

    def test_not_yet_is_an_answer(self):
        assert rules.unanswered([single("q1"), single("q2")], {"q1": "?", "q2": None}) == [single("q2")]


class TestOpenings:
    NOW = datetime(2026, 5, 14, 8, 0, tzinfo=UTC)

    def test_an_opening_is_not_open_then_open_then_closed(self):
        hour = timedelta(hours=1)
        assert rules.state_of(None, None, self.NOW) == "not-open"
        assert rules.state_of(self.NOW, None, self.NOW) == "open"
        assert rules.state_of(self.NOW - hour, self.NOW + hour, self.NOW) == "open"
        assert rules.state_of(self.NOW - hour, self.NOW, self.NOW) == "closed"

    def test_progress_goes_in_steps_of_five(self):
        assert [rules.in_steps(n) for n in (0, 4, 5, 9, 10, 24)] == [0, 0, 5, 5, 10, 20]

    def test_a_follow_up_is_planned_by_the_number_in_its_key(self):
        three = Survey("follow-up-3", "follow-up", T, ())
        assert rules.months_after(three) == 3
        assert rules.planned_day(three, date(2026, 5, 15)) == date(2026, 8, 15)
        assert rules.planned_day(three, date(2026, 11, 30)) == date(2027, 2, 28)
        assert rules.planned_day(Survey("follow-up-6", "follow-up", T, ()), date(2026, 8, 31)) == date(2027, 2, 28)

    def test_the_key_goes_thirty_days_after_the_last_close(self):
        closed = date(2026, 5, 15)
        assert rules.key_due(closed, {}) == date(2026, 6, 14)
        assert rules.key_due(closed, {date(2026, 8, 15): date(2026, 9, 1)}) == date(2026, 10, 1)
        never_opened = rules.key_due(closed, {date(2026, 8, 15): None})
        assert never_opened == date(2026, 8, 15) + timedelta(days=60)
