"""The words of a page of a course and of the blocks it is made of."""

from collections.abc import Mapping

from lms.authoring.words.shown import Choices, FieldTable, FieldWords, KindWords
from lms.ui import N_

PAGE_KINDS: Mapping[str, KindWords] = {
    "page": KindWords(
        N_("Page"), N_("Pages"), N_("Add a page"),
        N_("There is no page yet. A module needs one; others are for looking things up."), "file-text",
    ),
    "section": KindWords(
        N_("Section"), N_("Sections"), N_("Add a section"),
        N_("There is no section yet. Four to six of them make a module easy to follow."), "list-checks",
    ),
    "text": KindWords(
        N_("Paragraphs"), N_("Paragraphs"), N_("Add paragraphs"), N_("There is no text yet."), "file-text",
    ),
    "check": KindWords(
        N_("Question to try oneself"), N_("Questions to try oneself"), N_("Add a question to try oneself"),
        N_("There is no question yet. One a module is enough; nothing of it is stored."), "circle-help",
    ),
    "check-option": KindWords(
        N_("Answer"), N_("Answers"), N_("Add an answer"),
        N_("There is no answer yet. Two to four, each with what follows from it."), "circle-dot",
    ),
    "takeaways": KindWords(
        N_("What we take with us"), N_("What we take with us"), N_("Add what we take with us"),
        N_("There is nothing yet. Three to five short sentences close a module."), "list-checks",
    ),
    "callout": KindWords(
        N_("Note in a frame"), N_("Notes in a frame"), N_("Add a note in a frame"),
        N_("There is no note in a frame yet. Keep them for what must not be overlooked."), "info",
    ),
    "figure": KindWords(
        N_("Figure"), N_("Figures"), N_("Add a figure"),
        N_("There is no figure yet. A drawing explains a way or a circle better than words."), "image",
    ),
    "flow": KindWords(
        N_("Procedure in two lanes"), N_("Procedures in two lanes"), N_("Add a procedure in two lanes"),
        N_("There is no procedure yet. It shows side by side what services do and what the person hears."), "list-checks",
    ),
    "flow-step": KindWords(
        N_("Step"), N_("Steps"), N_("Add a step"),
        N_("There is no step yet. Each has a title, what is done, and what the person hears or feels."), "arrow-down",
    ),
    "fork": KindWords(
        N_("Fork in the way"), N_("Where it can go well or badly"), N_("Add a fork"),
        N_("There is no fork here. Two sides show what a good and a bad step lead to."), "git-branch",
    ),
    "cards": KindWords(
        N_("Cards"), N_("Cards"), N_("Add cards"),
        N_("There are no cards yet. They stand side by side, for example one a sector."), "users-round",
    ),
    "card": KindWords(
        N_("Card"), N_("Cards"), N_("Add a card"),
        N_("There is no card yet. A card says what one sector does and what it avoids."), "user-round",
    ),
}  # fmt: skip

_MARKS = N_("An empty line begins a new paragraph. **Bold**, lines with “- ” for lists, [@S4] for a source.")

PAGE_FIELDS: FieldTable = {
    "page": {
        "title": FieldWords(N_("Title of the page")),
        "summary": FieldWords(
            N_("What the page gives, in one sentence"), N_("It stands in lists and in the search."), lines=2
        ),
        "notice": FieldWords(
            N_("Notice of what it mentions"),
            N_("What is mentioned and how, how long it takes, that anybody may skip a part, and where support is."),
            lines=4,
        ),
        "blocks": FieldWords(
            N_("What the page consists of"), N_("Headings, paragraphs and more, in the order of reading.")
        ),
    },
    "section": {"title": FieldWords(N_("Heading of the section"), N_("It also stands in the contents of the page."))},
    "text": {"text": FieldWords(N_("Text"), _MARKS, lines=10)},
    "check": {
        "question": FieldWords(
            N_("The question"), N_("A small situation: “Her uncle answers for her. What do you do?”"), lines=2
        ),
        "options": FieldWords(N_("Answers"), N_("At least one is right. Nothing of it is stored.")),
    },
    "check-option": {
        "text": FieldWords(N_("The answer"), N_("About as long as the others.")),
        "feedback": FieldWords(
            N_("What it leads to"), N_("What follows from it, and why. A wrong answer is not scolded."), lines=2
        ),
        "right": FieldWords(N_("This is a good answer")),
    },
    "takeaways": {
        "items": FieldWords(N_("What we take with us"), N_("Short sentences, each on its own line."), lines=4)
    },
    "callout": {
        "tone": FieldWords(N_("What kind of note")),
        "title": FieldWords(N_("Title"), N_("Two or three words; may be empty.")),
        "text": FieldWords(N_("Text"), N_("One paragraph, with [@S4] for a source."), lines=3),
    },
    "figure": {
        "image": FieldWords(
            N_("Which figure"), N_("A drawing (SVG) of this course. Words in it need a drawing in each language.")
        ),
        "alt": FieldWords(
            N_("The figure in words"),
            N_("For those who do not see it: everything that the drawing says, as long as it has to be."),
            lines=4,
        ),
        "caption": FieldWords(N_("Below the figure"), N_("One sentence, with [@S4] for a source."), lines=2),
    },
    "flow": {"steps": FieldWords(N_("Steps"))},
    "flow-step": {
        "title": FieldWords(N_("Title of the step"), N_("Two or three words.")),
        "sectors": FieldWords(N_("Which sectors do it")),
        "text": FieldWords(N_("What the services do"), lines=3),
        "person": FieldWords(N_("What the person hears or feels"), N_("One line in her or his own voice."), lines=2),
        "fork": FieldWords(N_("Where it can go well or badly"), rare=True),
    },
    "fork": {
        "kind": FieldWords(N_("Which side")),
        "title": FieldWords(N_("Title"), N_("For example: “If the file is passed on”.")),
        "text": FieldWords(N_("What it leads to"), lines=2),
    },
    "cards": {"cards": FieldWords(N_("Cards"))},
    "card": {
        "sector": FieldWords(N_("Sector"), N_("It gives the card its name and picture. Empty: write a title.")),
        "title": FieldWords(N_("Title"), N_("Instead of the sector, or beside it.")),
        "does": FieldWords(N_("What it does"), N_("Short lines."), lines=3),
        "avoids": FieldWords(N_("What it avoids"), N_("Short lines."), lines=3),
        "text": FieldWords(
            N_("Text"), N_("Instead of the two lists, or beside them. With [@S4] for a source."), lines=4
        ),
    },
}

PAGE_CHOICES: Choices = {
    ("callout", "tone"): {
        "info": N_("Good to know"),
        "warn": N_("Careful"),
        "unsure": N_("Check before use"),
    },
    ("fork", "kind"): {"risk": N_("Where it goes badly"), "ok": N_("Where it goes well")},
}
