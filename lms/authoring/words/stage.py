"""The words of a stage of a case: its texts, events, decisions with their options, hand-offs, and where the story goes."""

from collections.abc import Mapping

from lms.authoring.words.shown import Choices, FieldTable, FieldWords, KindWords
from lms.ui import N_

STAGE_KINDS: Mapping[str, KindWords] = {
    "stage": KindWords(
        N_("Stage"), N_("Stages"), N_("Add a stage"),
        N_("There is no stage yet. The story is told in stages: each has a situation, and something to decide in it."),
        "book-open",
    ),
    "branch": KindWords(
        N_("Way on"), N_("Where the story goes"), N_("Add a way on"),
        N_("There is no way on yet. Without one the story stops here and reaches no ending."), "git-branch",
    ),
    "inject": KindWords(
        N_("Event"), N_("Events"), N_("Add an event"),
        N_("There is no event yet. An event brings something new while people talk: a call, a message, a van."), "bell",
    ),
    "decision": KindWords(
        N_("Decision"), N_("Decisions"), N_("Add a decision"),
        N_("There is no decision yet. A stage without one only tells; people learn most where they have to choose."),
        "vote",
    ),
    "opening": KindWords(
        N_("When the decision opens"), N_("When the decision opens"), N_("Let it open later"),
        N_("The decision opens as soon as the stage begins."), "clock",
    ),
    "option": KindWords(
        N_("Option"), N_("Options"), N_("Add an option"),
        N_("There is no option yet. Three or four are best: one right, and some that good people choose under pressure."),
        "list-checks",
    ),
    "handoff": KindWords(
        N_("Hand-off"), N_("Hand-offs"), N_("Add a hand-off"),
        N_("There is no hand-off yet. Add one where a service must tell another: what, how, and with whose consent."),
        "send",
    ),
    "item": KindWords(
        N_("Piece of information"), N_("What can be passed on"), N_("Add a piece of information"),
        N_("There is nothing to pass on yet. Offer what is needed, and also what must stay out."), "file-text",
    ),
    "channel": KindWords(
        N_("Way of passing it on"), N_("Ways of passing it on"), N_("Add a way of passing it on"),
        N_("There is no way yet. Offer a safe one and one that is quick but not safe, such as a group chat."), "phone",
    ),
    "breach": KindWords(
        N_("If it is passed on against the rules"), N_("If it is passed on against the rules"),
        N_("Say what a breach leads to"), N_("A breach changes nothing in the story yet."), "triangle-alert",
    ),
}  # fmt: skip

STAGE_FIELDS: FieldTable = {
    "stage": {
        "title": FieldWords(N_("Title of the stage"), N_("Two or three words on every screen: “The call”.")),
        "round": FieldWords(
            N_("Round of the exercise"), N_("1 before the break, 2 after it. A short case has only one round.")
        ),
        "minutes": FieldWords(
            N_("Real minutes for this stage"), N_("To read, talk and decide. Fifteen to twenty with two decisions.")
        ),
        "text": FieldWords(
            N_("What everybody at the table sees"),
            N_("Where we are, what has happened, what presses. About 80 words are easy to read on a phone."),
            lines=7,
        ),
        "at_place": FieldWords(
            N_("What only one table sees"),
            N_("In a case of two towns: what is known in one of them."),
            lines=4,
            rare=True,
        ),
        "private": FieldWords(
            N_("What only one service sees"),
            N_("A line or two on its own card. It gives the service a reason to speak."),
            lines=3,
        ),
        "injects": FieldWords(N_("Events")),
        "decisions": FieldWords(N_("Decisions")),
        "handoffs": FieldWords(N_("Hand-offs")),
        "next": FieldWords(
            N_("Where the story goes then"),
            N_(
                "The first way whose condition holds is taken; the last one has no condition. An option may lead elsewhere."
            ),
        ),
    },
    "branch": {
        "to": FieldWords(N_("To which stage or ending")),
        "when": FieldWords(
            N_("Only if"),
            N_("A condition over what the story remembers, for example: trust is at least 2. Empty: always."),
        ),
    },
    "inject": {
        "title": FieldWords(N_("Title of the event"), N_("Two or three words: “The van”.")),
        "text": FieldWords(
            N_("What arrives"),
            N_("Two or three sentences, as they would be heard or read: a call, a message, a report."),
            lines=4,
        ),
        "at": FieldWords(
            N_("In which minute of the story it arrives"),
            N_(
                "Counted from the start of the stage. Without a minute and a condition, the facilitator sends it by hand."
            ),
        ),
        "when": FieldWords(
            N_("Or as soon as this is true"),
            N_(
                "A condition over what the story remembers, for example: warned. Use a minute or a condition, not both."
            ),
        ),
        "roles": FieldWords(N_("Who receives it"), N_("None chosen: everybody, or the table chosen below.")),
        "place": FieldWords(
            N_("Or a whole table"), N_("Everybody in this place. Choose roles or a place, not both."), rare=True
        ),
        "softer": FieldWords(
            N_("The same, said more gently"),
            N_("The facilitator can send these words instead, when somebody at the table needs it."),
            lines=3,
            rare=True,
        ),
        "person": FieldWords(N_("The person in the case says this"), N_("It is then printed as her or his own words.")),
    },
    "decision": {
        "title": FieldWords(N_("Title of the decision"), N_("Two or three words: “The first step”.")),
        "question": FieldWords(
            N_("The question"),
            N_("One that can be answered by doing something: “What do you do in the next hour?”"),
            lines=2,
        ),
        "how": FieldWords(N_("How it is decided")),
        "roles": FieldWords(
            N_("Who decides"), N_("None chosen: everybody. When one service decides, choose that one.")
        ),
        "place": FieldWords(
            N_("Or a whole table decides"), N_("Everybody in this place. Choose roles or a place, not both."), rare=True
        ),
        "alone": FieldWords(
            N_("Minutes in which everybody first answers alone"),
            N_(
                "Then the table sees how the answers are spread, never whose they are. 0 or empty: they decide together at once."
            ),
        ),
        "minutes": FieldWords(
            N_("Minutes to decide together"), N_("Real minutes. Four or five are enough for most tables.")
        ),
        "otherwise": FieldWords(
            N_("If time runs out, this is taken"),
            N_("Also when votes are tied. Usually what happens when services wait: not a punishment."),
        ),
        "options": FieldWords(N_("Options")),
        "opens": FieldWords(N_("When the decision opens"), rare=True),
        "needs": FieldWords(
            N_("Facts that should be on the table before"),
            N_("The debrief shows which of them were shared in time, and which never reached the table."),
        ),
        "debrief": FieldWords(
            N_("Questions for the debrief of this decision"),
            N_("One or two open ones: “Who knew what the person wished, and when was it said?”"),
            lines=2,
        ),
    },
    "opening": {
        "minute": FieldWords(
            N_("In which minute of the story"), N_("Counted from the start of the stage. Empty: at once.")
        ),
        "after": FieldWords(
            N_("After which decision"), N_("It opens when that one is closed. Only of the same stage.")
        ),
        "when": FieldWords(
            N_("Only if"),
            N_("A condition over what the story remembers. If it never holds, this decision is left out."),
        ),
    },
    "option": {
        "text": FieldWords(
            N_("The option, as everybody reads it"),
            N_("What the team does, neutrally. Keep all options about equally long, or the right one shows."),
            lines=3,
        ),
        "grade": FieldWords(N_("Grade – hidden until the debrief")),
        "reason": FieldWords(
            N_("Why – read in the debrief"),
            N_("What this choice does for the person and for the work of others. Explain; nobody is blamed."),
            lines=3,
        ),
        "cites": FieldWords(
            N_("The phase or principle it rests on"), N_("For example: “Phase 2: safety first” or “Non-punishment”.")
        ),
        "sources": FieldWords(N_("Sources"), N_("What the reason rests on."), rare=True),
        "go": FieldWords(
            N_("Where this option leads"), N_("Only if it leads elsewhere than the stage itself does."), rare=True
        ),
        "when": FieldWords(
            N_("Offered only if"),
            N_("A condition over what the story remembers, for example: told. Empty: always offered."),
            rare=True,
        ),
    },
    "handoff": {
        "title": FieldWords(N_("Title of the hand-off"), N_("For example: “Report of suspicion to the Centre”.")),
        "roles": FieldWords(N_("Who can do it"), N_("One of these roles is enough.")),
        "to": FieldWords(
            N_("To whom it goes"), N_("The service as players read it: “Centre for Social Work in Topolje”.")
        ),
        "to_place": FieldWords(
            N_("At which table it is then read"),
            N_("Only when the receiver plays too. Empty: a service that is not in the room."),
            rare=True,
        ),
        "items": FieldWords(
            N_("What can be passed on"), N_("What is needed, what may go along, and what must stay out.")
        ),
        "channels": FieldWords(N_("Ways of passing it on"), N_("Which are safe is shown only in the debrief.")),
        "consent": FieldWords(
            N_("The person has to agree"), N_("Whoever hands over is asked whether the person agreed, and can say no.")
        ),
        "due": FieldWords(
            N_("Within how many minutes of the story"),
            N_("Counted from the start of the stage. What comes later counts as late. Empty: no deadline."),
            rare=True,
        ),
        "when": FieldWords(
            N_("Possible only if"),
            N_("A condition over what the story remembers, for example: not told. Empty: always."),
            rare=True,
        ),
        "breach": FieldWords(
            N_("If it is passed on against the rules"),
            N_("A forbidden thing was passed on, the way was not safe, or consent was needed and not given."),
        ),
        "set": FieldWords(N_("What the story remembers from then on"), N_("When everything needed was passed on.")),
    },
    "item": {
        "text": FieldWords(N_("What it is"), N_("Briefly: “Where the plant is, and whether there is danger now”.")),
        "need": FieldWords(N_("Should it be passed on?")),
        "reason": FieldWords(
            N_("Why not – read in the debrief"),
            N_("For what must not be passed on: whom it would hurt, which promise or confidence it breaks."),
            lines=2,
        ),
    },
    "channel": {
        "text": FieldWords(N_("Which way"), N_("For example: “By telephone to the duty officer, then in writing”.")),
        "safe": FieldWords(N_("This way is safe"), N_("Players do not see this before the debrief.")),
    },
}

STAGE_CHOICES: Choices = {
    ("decision", "how"): {
        "authority": N_("One service decides"),
        "majority": N_("More than half decide"),
        "consensus": N_("All have to agree"),
        "individually": N_("Each service answers for itself"),
    },
    ("option", "grade"): {
        "right": N_("Right: in line with the procedure"),
        "acceptable": N_("Acceptable: possible, but there is a better way"),
        "harmful": N_("Harmful: it harms the person"),
    },
    ("item", "need"): {
        "needed": N_("It is needed"),
        "allowed": N_("It may be passed on"),
        "forbidden": N_("It must not be passed on"),
    },
}
