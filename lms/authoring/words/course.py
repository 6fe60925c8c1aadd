"""The words of a course: what it is, its modules, programme and hotlines; its sources; its certificate."""

from collections.abc import Mapping

from lms.authoring.words.case import CERTAINTY
from lms.authoring.words.shown import Choices, FieldTable, FieldWords, KindWords
from lms.ui import N_

COURSE_KINDS: Mapping[str, KindWords] = {
    "course": KindWords(
        N_("Course"), N_("Courses"), N_("Add a course"),
        N_("There is no course yet. Begin with a starter, or take over a course that exists and change it."), "book-open",
    ),
    "module": KindWords(
        N_("Module"), N_("Modules"), N_("Add a module"),
        N_("There is no module yet. A module is a page that is taught, with its planned minutes."), "book-open",
    ),
    "day": KindWords(
        N_("Day"), N_("Days"), N_("Add a day"),
        N_("There is no day yet. The programme tells people when they come, when there is a break and when it ends."),
        "calendar-days",
    ),
    "entry": KindWords(
        N_("Line of the programme"), N_("Programme of the day"), N_("Add a line to the programme"),
        N_("This day is still empty. Begin with the registration, and do not forget the breaks."), "clock",
    ),
    "hotline": KindWords(
        N_("Telephone for help"), N_("Telephones for help"), N_("Add a telephone for help"),
        N_("There is no number yet. Whoever is reminded of something real needs to know whom to call."), "phone",
    ),
    "source": KindWords(
        N_("Source"), N_("Sources"), N_("Add a source"),
        N_("There is no source yet. What a course says of law and procedure has to rest on something that can be read."),
        "file-text",
    ),
    "certificate": KindWords(
        N_("Certificate"), N_("Certificates"), N_("Add a certificate"),
        N_("There is no certificate yet. It says what somebody took part in and what they can do now."), "award",
    ),
}  # fmt: skip

COURSE_FIELDS: FieldTable = {
    "course": {
        "title": FieldWords(N_("Title of the course")),
        "summary": FieldWords(
            N_("What the course is about"), N_("Two or three sentences: what is learnt, and how."), lines=4
        ),
        "audience": FieldWords(
            N_("For whom it is"), N_("Sectors and duties, not levels: “Members of local teams”."), lines=3
        ),
        "licence": FieldWords(
            N_("Licence"),
            N_("Under what terms others may use it. CC BY 4.0: freely, if they say who wrote it."),
            rare=True,
        ),
        "verified_on": FieldWords(
            N_("Last compared with the sources"),
            N_("The day on which the whole course was last checked: law, deadlines, telephone numbers."),
        ),
        "teaching_hours": FieldWords(
            N_("Teaching hours"), N_("Of 45 minutes each, without breaks. They are printed on the certificate.")
        ),
        "caveat": FieldWords(
            N_("What readers should know first"),
            N_("Stands beside the modules, for example that the law is about to change. Empty: nothing."),
            lines=4,
            rare=True,
        ),
        "modules": FieldWords(N_("Modules")),
        "library": FieldWords(
            N_("Pages to look things up in"), N_("Not taught in the programme: the procedure, indicators, a glossary.")
        ),
        "surveys": FieldWords(N_("Surveys"), N_("The test, the evaluation, and what is asked months later.")),
        "cases": FieldWords(N_("Cases"), N_("In the order in which they are offered.")),
        "programme": FieldWords(N_("Programme"), N_("Each training takes it over and can shift it.")),
        "hotlines": FieldWords(
            N_("Telephones for help"), N_("For real situations; they stand beside the modules of a training.")
        ),
    },
    "module": {
        "key": FieldWords(N_("Which page")),
        "minutes": FieldWords(N_("Planned minutes"), N_("How long it takes to teach it, with talk and questions.")),
    },
    "day": {
        "day": FieldWords(N_("Which day"), N_("1 is the first day of the training.")),
        "items": FieldWords(N_("Programme of the day")),
    },
    "entry": {
        "kind": FieldWords(N_("What it is")),
        "title": FieldWords(N_("Title in the programme"), N_("As it is printed: “First contact with a person”.")),
        "starts": FieldWords(N_("Begins at"), N_("Hours and minutes: 09:30.")),
        "minutes": FieldWords(N_("Minutes"), N_("Lines of a day may not overlap.")),
        "note": FieldWords(
            N_("Note under the title"), N_("One or two sentences that people see under the title."), lines=2, rare=True
        ),
        "page": FieldWords(N_("Which module"), N_("Only for a line that is a module.")),
        "survey": FieldWords(N_("Which survey"), N_("Only for a line that is a survey.")),
        "moment": FieldWords(
            N_("Before or after"), N_("Only for a test: it is taken at the start and once more at the end.")
        ),
    },
    "hotline": {
        "name": FieldWords(N_("Whose number it is"), N_("The office or association: “Police”, never a person.")),
        "number": FieldWords(
            N_("Telephone number"),
            N_("Leave it empty if you are not sure: the organiser fills it in before a training."),
        ),
        "hours": FieldWords(
            N_("When somebody answers"), N_("For example: “day and night” or “on working days, 8 to 16”.")
        ),
        "checked_on": FieldWords(
            N_("Last checked"), N_("The day on which somebody called the number or read it in the source.")
        ),
        "source": FieldWords(N_("Source of the number")),
        "note": FieldWords(
            N_("Note"), N_("For example which languages are spoken, or that the call is free."), lines=2
        ),
    },
    "source": {
        "key": FieldWords(
            N_("Mark used in texts"),
            N_("Letters and digits, for example S4. In a text you then write [@S4] after what rests on it."),
        ),
        "title": FieldWords(N_("Title of the source"), N_("As it stands on the document.")),
        "publisher": FieldWords(N_("Who published it")),
        "date": FieldWords(
            N_("Date of the source"), N_("As far as it is known: “2012” or “March 2019”. A dash if there is none.")
        ),
        "read": FieldWords(N_("How much of it was read"), N_("What was not read cannot be called confirmed.")),
        "verified_on": FieldWords(
            N_("Last read"), N_("The day on which somebody last had it in hand. Empty if nobody read it.")
        ),
        "note": FieldWords(N_("Note"), N_("For example what could not be found, or what has changed since."), lines=2),
    },
    "certificate": {
        "title": FieldWords(N_("Title of the certificate"), N_("In large letters at the top.")),
        "statement": FieldWords(
            N_("What is certified"),
            N_("One sentence with {course}, {place}, {dates} and {hours} in it; they are filled in for each training."),
            lines=3,
        ),
        "conditions": FieldWords(
            N_("What had to be fulfilled"),
            N_("With {percent} in it, which is filled in: how much of the programme one had to attend."),
            lines=3,
        ),
        "competencies": FieldWords(
            N_("What the holder can do now"),
            N_("One line each, beginning with a verb: “recognises indicators in own work”."),
            lines=2,
        ),
        "footer": FieldWords(
            N_("At the foot"), N_("Who issues it, and how anybody can check that it is valid."), lines=2
        ),
        "accreditation": FieldWords(
            N_("Accreditation"),
            N_("Only when a body has accredited the course: which one, and under what number."),
            lines=2,
            rare=True,
        ),
    },
}

COURSE_CHOICES: Choices = {
    ("entry", "kind"): {
        "registration": N_("registration"),
        "talk": N_("talk"),
        "module": N_("module"),
        "exercise": N_("exercise"),
        "simulation": N_("simulation"),
        "survey": N_("survey"),
        "certificate": N_("certificates"),
        "break": N_("break"),
    },
    ("entry", "moment"): {"pre": N_("Before: pre-test"), "post": N_("After: post-test")},
    ("hotline", "certainty"): CERTAINTY,
    ("source", "read"): {
        "full": N_("All of it"),
        "excerpt": N_("A part of it"),
        "none": N_("Nothing: known only in general"),
    },
}
