"""The words of a case: what it is about, who plays, what the story remembers, the procedure, endings."""

from collections.abc import Mapping

from lms.authoring.words.shown import Choices, FieldTable, FieldWords, KindWords
from lms.ui import N_

CASE_KINDS: Mapping[str, KindWords] = {
    "case": KindWords(
        N_("Case"), N_("Cases"), N_("Add a case"),
        N_("There is no case yet. A case is the story that a team plays, each service from its own chair."), "play",
    ),
    "place": KindWords(
        N_("Place in the case"), N_("Places in the case"), N_("Add a place"),
        N_("There is no place yet. Every role sits in an invented town; one is enough, two make two tables."), "map-pin",
    ),
    "role": KindWords(
        N_("Role"), N_("Roles"), N_("Add a role"),
        N_("There is no role yet. Each service at the table is a role: police, social protection, a clinic."),
        "users-round",
    ),
    "fact": KindWords(
        N_("Fact"), N_("Facts"), N_("Add a fact"),
        N_("There is no fact yet. A fact is known to this role alone until it is shared at the table."), "lightbulb",
    ),
    "flag": KindWords(
        N_("Story note"), N_("What the story remembers"), N_("Add a story note"),
        N_("Nothing is remembered yet but trust. Add a note when a later stage should depend on an earlier choice."),
        "flag",
    ),
    "step": KindWords(
        N_("Procedure step"), N_("Procedure steps"), N_("Add a step"),
        N_("There is no step yet. Steps are what services owe; the debrief shows which were done, late or missed."),
        "list-checks",
    ),
    "due": KindWords(
        N_("Deadline"), N_("Deadlines"), N_("Add a deadline"),
        N_("There is no deadline: the step may be done at any moment until the end."), "timer",
    ),
    "ending": KindWords(
        N_("Ending"), N_("Endings"), N_("Add an ending"),
        N_("There is no ending yet. Every way through the story has to reach one; two or three read well."), "house",
    ),
}  # fmt: skip

CASE_FIELDS: FieldTable = {
    "case": {
        "title": FieldWords(
            N_("Title of the case"),
            N_("Short and calm, for example “Night shift”. It should not give away the ending."),
        ),
        "summary": FieldWords(
            N_("What the case is about"),
            N_("Two sentences for the list of cases: where it happens and how it begins."),
            lines=3,
        ),
        "person": FieldWords(
            N_("How the person in the case is called"),
            N_(
                "Describe, do not name: “The worker who called”. Nobody plays this person, but everybody hears her or him."
            ),
        ),
        "minutes": FieldWords(
            N_("How long the whole exercise takes, in minutes"),
            N_("Reading, talking and deciding. The longest way through the stages has to fit in."),
        ),
        "pace": FieldWords(
            N_("Minutes of the story in one real minute"),
            N_("With 2, half an hour at the table is one hour in the story. With 1, the story runs as fast as life."),
        ),
        "notice": FieldWords(
            N_("Content notice before the exercise"),
            N_("What is mentioned, how long it takes, that anybody may leave without a reason, and where support is."),
            lines=5,
        ),
        "aims": FieldWords(
            N_("What people learn here"),
            N_("Three or four, each beginning with what they will do: “Report a suspicion without waiting for proof.”"),
            lines=2,
        ),
        "places": FieldWords(N_("Places in the case")),
        "roles": FieldWords(N_("Roles")),
        "procedure": FieldWords(N_("Procedure steps")),
        "stages": FieldWords(N_("Stages")),
        "endings": FieldWords(N_("Endings")),
        "flags": FieldWords(N_("What the story remembers")),
        "debrief": FieldWords(
            N_("Questions for the talk at the end"),
            N_("About the whole case, not about one decision: “What will you do differently on Monday?”"),
            lines=2,
        ),
        "solo": FieldWords(
            N_("Role for practising alone"),
            N_("For somebody who practises alone and whose own service has no role here; the system plays the others."),
        ),
    },
    "place": {
        "name": FieldWords(N_("Name of the place"), N_("An invented town, such as Ravnograd. Never a real one.")),
    },
    "role": {
        "name": FieldWords(N_("Name of the role"), N_("The service or duty, not a person: “Labour inspection”.")),
        "sector": FieldWords(
            N_("Sector"), N_("People are seated by sector: whoever comes from it gets this role first.")
        ),
        "place": FieldWords(N_("In which place"), N_("The role sits at the table of this place.")),
        "briefing": FieldWords(
            N_("What only this role is told at the start"),
            N_(
                "Where you stand today, what you have heard, what presses you. Up to about 100 words, in the second person."
            ),
            lines=7,
        ),
        "required": FieldWords(
            N_("The exercise does not start without this role"),
            N_("When its own person is missing, another role covers it; choose below which one."),
        ),
        "cover": FieldWords(
            N_("Who speaks for this role when its seat is empty"),
            N_("Those ticked are asked from the top down. Whoever is ticked newly comes last."),
        ),
        "goal": FieldWords(
            N_("What this service wants to reach"),
            N_("One sentence: “That everybody is safe tonight.” Goals of two services may pull apart, as in life."),
            lines=2,
        ),
        "powers": FieldWords(
            N_("What only this service can do"),
            N_("One sentence: “You can enter the plant without notice.” The table needs it and has to ask for it."),
            lines=2,
        ),
        "facts": FieldWords(
            N_("What only this role knows"),
            N_("Each fact reaches the others only when its role shares it. Two or three a role are enough."),
        ),
    },
    "fact": {
        "text": FieldWords(
            N_("The fact"),
            N_("One or two sentences somebody could say aloud: “Fourteen are registered; there are thirty beds.”"),
            lines=2,
        ),
        "since": FieldWords(
            N_("When the role learns it"),
            N_("From the start, or only with a certain stage or event."),
            rare=True,
        ),
    },
    "flag": {
        "key": FieldWords(
            N_("Short name used in conditions"),
            N_("Small Latin letters, digits and hyphens, for example: warned. Then a condition can say: not warned."),
        ),
        "meaning": FieldWords(
            N_("What it means"),
            N_("As a sentence that is true or not: “The employer knows that the services are coming.”"),
        ),
        "start": FieldWords(
            N_("At the beginning"),
            N_("Most notes begin with “no”, and an option makes them “yes”."),
        ),
        "least": FieldWords(
            N_("Smallest number"), N_("Only for a note that counts, for example kept evidence from 0 to 3."), rare=True
        ),
        "most": FieldWords(N_("Largest number"), N_("It stops here, however much is added."), rare=True),
    },
    "step": {
        "phase": FieldWords(N_("Phase of the procedure"), N_("For example: “Phase 3: report and referral”.")),
        "text": FieldWords(
            N_("What is done"),
            N_(
                "As a fact in the past: “The suspicion was reported to the Centre.” Say the time limit if there is one."
            ),
            lines=2,
        ),
        "short": FieldWords(N_("In three words"), N_("For the facilitator’s screen: “Report to Centre”.")),
        "sectors": FieldWords(
            N_("Who owes it"), N_("The sectors that the debrief asks about when the step was missed.")
        ),
        "due": FieldWords(N_("Deadline"), N_("Without one, the step is never late.")),
    },
    "due": {
        "case_minutes": FieldWords(
            N_("Within how many minutes of the story"),
            N_("Minutes of the story, not of the wall clock: 60 is one hour in the case."),
        ),
        "stage": FieldWords(
            N_("Counted from the start of a stage"), N_("Choose one of the three: a stage, an event or a story note.")
        ),
        "inject": FieldWords(N_("Counted from an event")),
        "flag": FieldWords(N_("Counted from the moment the story remembers something")),
    },
    "ending": {
        "title": FieldWords(N_("Title of the ending"), N_("Calm and without a verdict: “Morning in a safe place”.")),
        "text": FieldWords(
            N_("What everybody reads at the end"),
            N_(
                "What became of the person, and what remains open. Nobody wins or loses; the debrief looks at the choices."
            ),
            lines=6,
        ),
    },
}

CERTAINTY: Mapping[str | int, str] = {
    "confirmed": N_("Confirmed: read in the source"),
    "general": N_("General knowledge: the text was not read"),
    "dated": N_("True on a given day, may have changed"),
    "unclear": N_("Unclear: the sources disagree"),
}

CASE_CHOICES: Choices = {("step", "certainty"): CERTAINTY}
