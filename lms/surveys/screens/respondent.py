"""What a respondent's pages show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from lms import clock
from lms.content.course import Item, Text
from lms.language import localise
from lms.surveys.queries.answers import Sheet, own_answers, sheet
from lms.surveys.queries.states import has_sent
from lms.surveys.rules import Score, State, Value, Verdict, score, state_of, unanswered, verdict
from lms.surveys.screens.questions import NO_TROUBLE, Question, Trouble, in_words, questions
from lms.surveys.screens.questions import typed_in_words as words
from lms.surveys.sitting import Sitting


@dataclass(frozen=True)
class Entry:
    """The front page of a survey: what it is, where it stands, the way in."""

    state: State
    closes_at: datetime | None
    submitted: bool
    total: int
    answered: int
    first_open: int  # place of the first question without an answer
    has_result: bool


@dataclass(frozen=True)
class Form:
    """The questions of a test or follow-up: one of them (`place`), or all on a page (`place` 0)."""

    questions: list[Question]
    place: int
    saved_at: datetime | None

    @property
    def total(self) -> int:
        return len(self.questions)

    @property
    def errors(self) -> list[Question]:
        """Those that have to be looked at again."""
        return [question for question in self.questions if question.error or question.conflict]


@dataclass(frozen=True)
class Group:
    """Questions of an evaluation that stand together."""

    first: int
    last: int
    free_text: bool
    questions: list[Question]


@dataclass(frozen=True)
class Evaluation:
    """The anonymous form, or where it stands when it cannot be filled in."""

    state: State
    submitted: bool
    groups: list[Group]
    errors: list[Question]


@dataclass(frozen=True)
class ResultLine:
    """One question of the own result."""

    item: Item
    before: Verdict
    after: Verdict
    said_before: str
    said_after: str
    right: str
    sources: list[Text]


@dataclass(frozen=True)
class Result:
    """A person's own result, for that person."""

    before: Score | None
    after: Score
    lines: list[ResultLine]


def entry(sitting: Sitting) -> Entry:
    """Where the survey stands for this person. One statement."""
    kept = sheet(sitting.place)
    items = sitting.items
    missing = unanswered(items, kept.values)
    ended = kept.submitted or kept.state == "closed"
    return Entry(
        state=kept.state,
        closes_at=kept.closes_at,
        submitted=kept.submitted,
        total=len(items),
        answered=len(items) - len(missing),
        first_open=1 + (items.index(missing[0]) if missing else 0),
        has_result=sitting.moment == "post" and ended and bool(kept.answers),
    )


def form(sitting: Sitting, kept: Sheet, place: int, trouble: Trouble = NO_TROUBLE) -> Form:
    """The questions with what is stored, and what went wrong with the last sending."""
    asked = questions(sitting.items, kept.answers, trouble)
    return Form(asked, place, clock.now() if kept.answers and not trouble.typed else None)


def evaluation(sitting: Sitting, trouble: Trouble = NO_TROUBLE) -> Evaluation:
    """The anonymous form with what was typed, or its state. One statement."""
    opening, sent = has_sent(sitting.training.id, sitting.survey.key, sitting.participant_id)
    state = state_of(opening.opened_at, opening.closed_at, clock.now()) if opening else "not-open"
    asked = questions(sitting.survey.asked, {}, trouble)
    return Evaluation(state, sent, groups(asked), [question for question in asked if question.error])


def groups(asked: Sequence[Question], most: int = 6) -> list[Group]:
    """The closed questions in equal parts of at most `most`; then, in one's own words, everything from the first free text on."""
    closed = next((number for number, question in enumerate(asked) if question.longest), len(asked))
    parts = -(-closed // most)
    size = -(-closed // parts) if parts else most
    runs = [list(asked[start : min(start + size, closed)]) for start in range(0, closed, size)] + [list(asked[closed:])]
    return [Group(run[0].place, run[-1].place, run[0].longest is not None, run) for run in runs if run]


def result(sitting: Sitting) -> Result:
    """Before and after, question by question, with the explanation. One statement."""
    answers = own_answers(sitting.training.id, sitting.survey.key, sitting.place.pseudonym)
    before, after = answers.get("pre", {}), answers.get("post", {})
    tested = [item for item in sitting.survey.asked if item.right]
    return Result(
        before=score(sitting.survey, before) if before else None,
        after=score(sitting.survey, after),
        lines=[_line(sitting, item, before.get(item.key), after.get(item.key)) for item in tested],
    )


def _line(sitting: Sitting, item: Item, before: Value, after: Value) -> ResultLine:
    sources = sitting.course.sources
    return ResultLine(
        item=item,
        before=verdict(item, before),
        after=verdict(item, after),
        said_before=in_words(item, before),
        said_after=in_words(item, after),
        right=in_words(item, [option.key for option in item.options if option.right]),
        sources=[sources[key].title for key in item.sources if key in sources],
    )


def typed_in_words(sitting: Sitting, typed: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """Question and typed answer, in words, for everything that a page had: to be copied when it cannot be stored."""
    pairs = [(item, [text for text in typed.get(item.key, ()) if text.strip()]) for item in sitting.survey.asked]
    return [(localise(item.text), words(item, texts)) for item, texts in pairs if texts]
