"""The words of a survey: a test, an evaluation, or what is asked months later."""

from collections.abc import Mapping

from lms.authoring.words.case import CERTAINTY
from lms.authoring.words.shown import Choices, FieldTable, FieldWords, KindWords
from lms.ui import N_

SURVEY_KINDS: Mapping[str, KindWords] = {
    "survey": KindWords(
        N_("Survey"), N_("Surveys"), N_("Add a survey"),
        N_("There is no survey yet. A test shows what was learnt; an evaluation shows what people think of the training."),
        "clipboard-check",
    ),
    "question": KindWords(
        N_("Question"), N_("Questions"), N_("Add a question"),
        N_("There is no question yet. Ten good ones tell more than thirty."), "circle-help",
    ),
    "choice": KindWords(
        N_("Answer to choose"), N_("Answers to choose from"), N_("Add an answer"),
        N_("There is no answer to choose yet. Four are usual; all should sound possible."), "circle-dot",
    ),
    "scale": KindWords(
        N_("Scale"), N_("Scales"), N_("Add a scale"),
        N_("There is no scale yet. A scale has five steps, from the least to the most, and serves several questions."),
        "scale",
    ),
    "reuse": KindWords(
        N_("Questions asked again"), N_("Questions asked again"), N_("Ask questions of the test again"),
        N_("Nothing of the test is asked again. Doing so shows what stayed after some months."), "refresh-cw",
    ),
}  # fmt: skip

SURVEY_FIELDS: FieldTable = {
    "survey": {
        "kind": FieldWords(N_("What kind of survey")),
        "title": FieldWords(N_("Title of the survey")),
        "intro": FieldWords(
            N_("What people read before they begin"),
            N_("What it is for, how long it takes, who sees the answers. Say that no question is compulsory."),
            lines=4,
        ),
        "thanks": FieldWords(
            N_("What they read at the end"), N_("A thank-you, and what happens with the answers."), lines=2
        ),
        "minutes": FieldWords(
            N_("About how many minutes it takes"), N_("Count one minute for a question to choose from.")
        ),
        "items": FieldWords(N_("Questions")),
        "draw": FieldWords(
            N_("How many questions a training uses"),
            N_("Only for a test: the first so many of the list. Empty: all."),
            rare=True,
        ),
        "shuffle": FieldWords(
            N_("Everybody gets the questions in another order"),
            N_("Only for a test. Neighbours then do not see the same question."),
        ),
        "scales": FieldWords(N_("Scales"), N_("For questions that are answered on a scale.")),
        "reuse": FieldWords(
            N_("Questions asked again"), N_("Only in a survey after the training: unchanged, at the end."), rare=True
        ),
    },
    "question": {
        "type": FieldWords(N_("How it is answered"), N_("A test only has questions with answers to choose from.")),
        "text": FieldWords(N_("The question"), N_("Ask one thing, and ask it without “not”."), lines=3),
        "hint": FieldWords(
            N_("Help below the question"), N_("For example: “Several answers may be right.”"), lines=2, rare=True
        ),
        "required": FieldWords(
            N_("It must be answered"),
            N_("Better not: nobody should be forced, and forced answers are worth little."),
            rare=True,
        ),
        "module": FieldWords(N_("Which module it measures"), N_("Results are then shown by module.")),
        "options": FieldWords(
            N_("Answers to choose from"), N_("For a test mark the right ones. “I do not know yet” is added by itself.")
        ),
        "scale": FieldWords(N_("Which scale"), N_("Only for a question that is answered on a scale.")),
        "min": FieldWords(N_("Smallest number"), N_("Only for a number."), rare=True),
        "max": FieldWords(N_("Largest number"), N_("Only for a number."), rare=True),
        "headline": FieldWords(
            N_("The answer that is reported"),
            N_("The report prints what share of people gave exactly this answer, with the sentence below."),
            rare=True,
        ),
        "finding": FieldWords(
            N_("Sentence beside the share"),
            N_("It goes on after a number: “… of participants say that they would now recognise a suspicion.”"),
            lines=2,
            rare=True,
        ),
        "explanation": FieldWords(
            N_("Why this is right"),
            N_("Each reads it beside the own result after the post-test. Begin with the rule."),
            lines=3,
        ),
        "sources": FieldWords(N_("Sources"), N_("What the right answer rests on.")),
        "quote": FieldWords(
            N_("This text may be quoted"), N_("Only with the permission that another question asks for."), rare=True
        ),
        "quote_permission": FieldWords(
            N_("This question asks for permission to quote"),
            N_("A yes-or-no question: “May we print your words without your name?”"),
            rare=True,
        ),
    },
    "choice": {
        "text": FieldWords(N_("The answer"), N_("About as long as the others.")),
        "right": FieldWords(N_("This answer is right"), N_("Only in a test.")),
    },
    "scale": {
        "labels": FieldWords(N_("Five steps"), N_("From the least to the most: “not at all” … “fully”.")),
        "cannot_judge": FieldWords(
            N_("A way out"), N_("For those who cannot say: “cannot judge”. It is counted on its own. Empty: none.")
        ),
    },
    "reuse": {
        "survey": FieldWords(N_("Of which test")),
        "items": FieldWords(N_("Which questions")),
    },
}

SURVEY_CHOICES: Choices = {
    ("survey", "kind"): {
        "test": N_("Test: before and after the training"),
        "evaluation": N_("Evaluation: anonymous, at the end"),
        "follow-up": N_("Follow-up: some months later"),
    },
    ("question", "type"): {
        "single": N_("One answer to choose"),
        "multiple": N_("Several answers to choose"),
        "scale": N_("A scale of five steps"),
        "yes-no": N_("Yes or no"),
        "number": N_("A number"),
        "short-text": N_("A few words"),
        "long-text": N_("In own words, several lines"),
    },
    ("question", "headline"): {
        1: N_("1, the least"),
        2: "2",
        3: N_("3, the middle"),
        4: "4",
        5: N_("5, the most"),
        "yes": N_("Yes"),
        "no": N_("No"),
    },
    ("question", "certainty"): CERTAINTY,
}
