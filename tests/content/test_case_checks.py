"""A broken copy of a case is told line by line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.content.cases import check_case
from tests.content.cases import SMALL, broken, checked, faults, line_of, warnings

BRANCHES = "      - {to: alone, when: warned}\n      - {to: other-town}\n"
AGAIN = "    next:\n      - {to: other-town}\n"
LAST = "      - {to: found, when: trust >= 2}\n      - {to: lost}\n"

# what stands there, what is written instead, what the fault says, and (if it is not that line) the text that stands where it is told
BROKEN = [
    # keys and values
    ("minutes: 30", "minuts: 30", "“minuts” is not known here"),
    ("pace: 2\n", "", "`pace`: Nothing has been chosen or written here yet", "key: small"),
    ("at: 6", "at: soon", "“soon” is not a number that can stand here"),
    ("set: {warned: true}", "set: {warned: yes}", "“yes” cannot stand here"),
    ("grade: right", "grade: perfect", "“perfect” cannot stand here"),
    ("how: majority", "how: by-vote", "“by-vote” cannot stand here"),
    ('{sr: "Позив", en: "The call"}', '{sr: "Позив"}', "`stages[call].title.en`: This text is only in Serbian"),
    ('en: "She heard somebody knock."', 'en: ""', "only in Serbian; the English is missing"),
    ('notice: {sr: "Помиње се принуда, без описа.", en: "Coercion is mentioned, not described."}\n', "", "`notice`: Nothing has been written here yet", "key: small"),
    ("- key: neighbour", "- key: Neighbour", "“Neighbour” cannot stand here"),
    # references
    ("place: ravnograd\n    cover: [social]", "place: ravno\n    cover: [social]", "“ravno” is named here (place in the case)"),
    ("cover: [social]", "cover: [socal]", "“socal” is named here (role)", "cover: [social]"),
    ("since: van", "since: truck", "“truck” is named here (stage or event)"),
    ("      social: {sr: ", "      city: {sr: ", "“city” is named here (role)"),
    ("      topolje: {sr: ", "      nowhere: {sr: ", "“nowhere” is named here (place in the case)"),
    ("roles: [police]\n", "roles: [polce]\n", "“polce” is named here (role)"),
    ("done: [safety]", "done: [safe]", "“safe” is named here (procedure step)"),
    ("add: {calls: 1}", "add: {cals: 1}", "“cals” is named here (story note)"),
    ("set: {warned: true}", "set: {warmed: true}", "“warmed” is named here (story note)"),
    ("needs: [wish, second-call]", "needs: [wish, call-2]", "“call-2” is named here (fact)"),
    ("opens: {after: first}", "opens: {after: second}", "“second” is named here (decision)"),
    ("go: alone", "go: away", "“away” is named here (stage or ending)"),
    ("{to: lost}", "{to: lots}", "“lots” is named here (stage or ending)"),
    ("to_place: topolje", "to_place: topola", "“topola” is named here (place in the case)"),
    ("solo: police", "solo: judge", "“judge” is named here (role)"),
    ("stage: call", "stage: cal", "“cal” is named here (stage)"),
    ("flag: warned", "flag: warmed", "“warmed” is named here (story note)"),
    ("sources: [S1]", "sources: [S9]", "The source S9 is not in the list of sources"),
    ("sources: [S1]", "sources: [K-practice]", "none of its sources was read", "- key: safety"),
    # keys
    ("- key: neighbour", "- key: van", "“van” already belongs to something else in the case: event. — Give"),
    ("{key: duty, ", "{key: found, ", "“found” already belongs to something else in the case: way of passing on. — Give", "- key: found"),
    ("{key: calls, start", "{key: not, start", "A condition could not ask about something with the short name “not”"),
    # conditions
    ("when: warned\n", "when: warned and\n", "The condition ends too early"),
    ("when: calls >= 1", "when: calls = = 1", "“=” stands where a whole number should"),
    ("when: calls >= 1", "when: call.s >= 1", "“call.s >= 1” cannot stand here"),
    ("when: trust >= 2", "when: trusted", "“trusted” is named here (story note)"),
    ("when: trust >= 2", "when: true", "This must be a text"),
    # flags
    ("{key: calls, start: 0, least: 0, most: 3}", "{key: calls, start: 0}", "its smallest or largest value is missing"),
    ("{key: calls, start: 0, least: 0, most: 3}", "{key: calls, start: 4, least: 0, most: 3}", "This starts at 4, which is outside its bounds"),
    ("{key: calls, start: 0, least: 0, most: 3}", "{key: calls, start: 0, least: 3, most: 3}", "The smallest number, 3, is not below the largest, 3"),
    ("{key: calls, start: 0, least: 0, most: 3}", "{key: calls, start: false, least: 0, most: 3}", "This starts with yes or no, but has a smallest and a largest number"),
    ("{key: trust, start: 1}", "{key: trust, start: 11}", "Trust cannot start at 11"),
    ("{key: trust, start: 1}", "{key: trust, most: 5}", "here it has other bounds"),
    ("set: {warned: true}", "set: {warned: 2}", "“warned” is yes or no and cannot become 2"),
    ("set: {warned: true}", "set: {calls: true}", "“calls” is a number and cannot become yes or no"),
    ("set: {warned: true}", "set: {calls: 4}", "“calls” cannot become 4"),
    ("add: {calls: 1}", "add: {warned: 1}", "added to “warned”, which is not a number"),
    ("add: {calls: 1}", "add: {calls: 0}", "Nothing is added to “calls”"),
    # records
    ("due: {case_minutes: 20, stage: call}", "due: {case_minutes: 20}", "not clear from when this deadline is counted"),
    ("due: {case_minutes: 20, stage: call}", "due: {case_minutes: 20, stage: call, flag: warned}", "not clear from when this deadline is counted"),
    ("otherwise: wait", "otherwise: now", "when time runs out is not an option of this decision"),
    ("otherwise: wait", "otherwise: third-call", "when time runs out is an option that is not always offered"),
    ("roles: [social]\n", "roles: [social, police]\n", "the number of roles chosen: 2"),
    ("        roles: [social]\n", "", "the number of roles chosen: 0", "- key: tell-centre"),
    ("        roles: [police]\n        add", "        roles: [police]\n        place: topolje\n        add", "both single roles and a whole table are chosen"),
    ("        when: warned\n        title", "        when: warned\n        at: 3\n        title", "both a minute and a condition", "        at: 3\n        title"),
    ("opens: {after: first}", "opens: {after: search}", "waits for one of another stage"),
    ("opens: {after: first}", "opens: {after: tell-centre}", "waits for itself"),
    ("opens: {minute: 4}", "opens: {after: each-plan}", "waits for itself"),
    ("need: needed", "need: allowed", "In this hand-off nothing is needed", "        items:\n"),
    (', reason: {sr: "Лекарска тајна.", en: "Medical confidence."}', "", "It is not said why this must not be passed on"),
    # people
    ("required: false", "required: true", "nobody speaks for it when its seat is empty", "- key: health"),
    ("cover: [social]", "cover: [police]", "would cover itself", "cover: [police]"),
    ("place: topolje\n    cover", "place: ravnograd\n    cover", "Nobody sits at the table of this place", "{key: topolje, "),
    # story
    (LAST, "      - {to: found, when: trust >= 2}\n", "so the story may stop here", LAST),
    (BRANCHES, "      - {to: other-town}\n      - {to: alone}\n", "This way on is always taken", BRANCHES),
    (AGAIN, "    next:\n      - {to: alone}\n", "From this stage the story never comes to an ending", "    next:\n      - {to: alone}\n"),
    (LAST, "      - {to: found}\n", "The story never comes to this ending", "- key: lost"),
    ("minutes: 30", "minutes: 26", "The longest way takes 27 minutes, and the case has only 26: call, alone, other-town"),
    # times
    ("at: 6", "at: 24", "arrives in minute 24 of the story, when the stage is already over"),
    ("opens: {minute: 4}", "opens: {minute: 20}", "opens in minute 20 of the story, when the stage is already over"),
    ("due: 20\n", "due: 21\n", "until minute 21 of the story, when the stage is already over"),
    ("    minutes: 12\n", "    minutes: 7\n", "has 7 minutes, but its decisions may take 8"),
    ("    minutes: 10\n", "    minutes: 7\n", "has 7 minutes, but its decisions may take 8"),
    # persons and scripts
    ('en: "You are on duty. The call was noted."', 'en: "Call 064 123 4567."', "`roles[police].briefing.en`: “064 123 4567” looks like a telephone number"),
    ('en: "You are on duty. The call was noted."', 'en: "Write to a.b@example.org."', "`roles[police].briefing.en`: “a.b@example.org” looks like an e-mail address"),
    ('en: "You are on duty. The call was noted."', 'en: "0101990710008"', "`roles[police].briefing.en`: “0101990710008” looks like a citizen’s number"),
    ('en: "You are on duty. The call was noted."', 'en: "NI 123-AB"', "`roles[police].briefing.en`: “NI 123-AB” looks like a licence plate"),
    ('sr: "Дежурате.', 'sr: "Дежурaте.', "mixes letters of both scripts"),
]  # fmt: skip

# the same for what is only advised
ADVISED = [
    ("when: calls >= 1", "when: calls > 1", "never true, so what depends on it never happens: calls > 1"),
    ("when: trust >= 2", "when: trust >= 5", "never true, so what depends on it never happens: trust >= 5"),
    ("when: trust >= 2", "when: trust >= -10", "always true, so nothing depends on it: trust >= -10"),
    ("add: {calls: 1}", "add: {trust: 1}", "Nothing in the story ever changes “calls”", "{key: calls, "),
    ("            when: calls >= 1\n", "", "The story remembers “calls”, but nothing depends on it", "{key: calls, "),
    ("            done: [safety]\n", "", "Nothing in the story does this step", "- key: safety"),
    ("sectors: [police, social]", "sectors: [labour]", "Nobody plays those who owe this step: labour"),
    ("to_place: topolje", "to_place: ravnograd", "the same table at which those who pass it on sit: ravnograd"),
    ("grade: acceptable\n            reason: {sr: \"Брже", "grade: right\n            reason: {sr: \"Брже", "have the same grade: in line with the procedure", "- key: search"),
    ("grade: right\n            reason: {sr: \"Један", "grade: harmful\n            voice: {sr: \"Сам.\", en: \"Alone.\"}\n            reason: {sr: \"Један", "No option of this decision is right", "- key: search"),
    ("grade: acceptable\n            reason: {sr: \"Брзо", "grade: harmful\n            voice: {sr: \"Чекам.\", en: \"I wait.\"}\n            reason: {sr: \"Брзо", "The right option gives itself away", "- key: tell-centre"),
    ('            voice: {sr: "Телефон ћути.", en: "The telephone is silent."}\n', "", "This option harms the person", "- key: nothing"),
]  # fmt: skip


def told(faults, what, where, text):
    """The fault that says `what` stands on the line where `where` first does, and says what to do."""
    found = [fault for fault in faults if what in str(fault)]
    assert found, faults
    assert line_of(where, text) in {fault.line for fault in found}, found
    assert all(fault.advice and fault.file == "small.yaml" for fault in found)


@pytest.mark.parametrize("change", BROKEN, ids=[f"{old.strip()[:24]}: {what}" for old, _new, what, *_ in BROKEN])
def test_one_planted_fault_is_told_where_it_is(change):
    old, new, what, *where = change
    text = broken((old, new))
    told(faults(text), what, where[0] if where else old, text if where and where[0] in text else SMALL)
    assert checked(text).case is None


@pytest.mark.parametrize("change", ADVISED, ids=[f"{old.strip()[:24]}: {what}" for old, _new, what, *_ in ADVISED])
def test_what_could_be_better_is_advised(change):
    old, new, what, *where = change
    text = broken((old, new))
    told(warnings(text), what, where[0] if where else old, text if where else SMALL)
    assert not faults(text)
    assert checked(text).case


def with_fact(role, fact):
    """A change that gives a role one more fact."""
    head = f"  - key: {role}\n    name"
    return head, head.replace("name", f"facts:\n      - {fact}\n    name")


def test_a_fact_that_comes_too_late_for_its_decision():
    late = '{key: seen, since: other-town, text: {sr: "Виђена је.", en: "She was seen."}}'
    text = broken(with_fact("social", late), ("needs: [wish, second-call]", "needs: [seen]"))
    told(
        faults(text),
        "The fact “seen” should be on the table here, but nobody knows it before “other-town”",
        "needs: [seen]",
        text,
    )


def test_a_fact_that_is_held_at_another_table():
    away = '{key: quiet, text: {sr: "Тихо је.", en: "It is quiet."}}'
    text = broken(with_fact("police-topolje", away), ("needs: [wish, second-call]", "needs: [wish, quiet]"))
    told(
        warnings(text),
        "“quiet” should be on the table here, but only another table knows it: police-topolje",
        "needs: [wish, quiet]",
        text,
    )


def test_a_role_that_sits_idle_for_three_stages():
    text = broken(
        ("        place: topolje\n        minutes: 3", "        place: ravnograd\n        minutes: 3"),
        ("        how: individually\n", "        how: majority\n        place: ravnograd\n"),
    )
    told(warnings(text), "nothing to do for several stages: call, alone, other-town", "- key: police-topolje", text)
    private = (
        '    private:\n      police-topolje: {sr: "Чекате.", en: "You wait."}\n    next:\n      - {to: other-town}\n'
    )
    assert not warnings(text.replace(AGAIN, private, 1))


def test_a_breach_of_nothing():
    text = broken(
        ("        consent: true\n", ""),
        ("need: forbidden", "need: allowed"),
        (", safe: false", ""),
    )
    told(warnings(text), "but no rule can be broken", "        breach:", text)


def test_an_option_that_can_be_told_by_its_length():
    longer = ", пошто се прво саслушају сви који су за столом и прочита шта о томе каже процедура"
    changes = [
        (text, text[:-1] + longer + ".") for text in ("уз процену опасности.", "Одмах.", "по договору два града.")
    ]
    told(warnings(broken(*changes)), "it is the longest in 3 of 4 decisions", "stages:\n  - key: call", SMALL)
    assert not warnings(broken(*changes[:1]))


def test_a_decision_that_nobody_talks_about():
    text = broken(('        debrief:\n          - {sr: "Шта нас је задржало?", en: "What held us back?"}\n', ""))
    told(warnings(text), "no question to talk about after the exercise", "- key: tell-centre", text)


def test_decisions_that_exclude_each_other_share_the_time():
    """The second opens only when the first does not; without that both would take 13 minutes of 12."""
    both = (("        alone: 1\n", "        alone: 5\n"), ("opens: {after: first}", "opens: {when: warned}"))
    assert "may take 12" in "".join(map(str, faults(broken(*both, ("    minutes: 12\n", "    minutes: 11\n")))))
    apart = ("        needs: [wish", "        opens: {when: not warned}\n        needs: [wish")
    assert not faults(broken(*both, apart, ("    minutes: 12\n", "    minutes: 9\n")))


def test_a_circle_with_a_way_out_is_no_fault():
    text = broken(
        (AGAIN, "    next:\n      - {to: call, when: not warned}\n      - {to: other-town}\n"),
        ("minutes: 30", "minutes: 60"),
    )
    assert not faults(text)
    assert not [fault for fault in warnings(text) if "true" in str(fault)]


def test_without_the_list_of_sources_none_is_missed():
    assert check_case(broken(("sources: [S1]", "sources: [S9]")), "small.yaml").faults == ()


def test_contacts_of_the_course_may_stand_in_a_case():
    text = broken(('en: "You are on duty. The call was noted."', 'en: "Call 064 123 4567."'))
    assert check_case(text, "small.yaml", contacts=["064/123-45-67"]).case


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(SMALL)), st.integers(0, 60), st.text(max_size=20))
def test_any_damage_leaves_faults_and_never_a_crash(start, length, put):
    found = checked(SMALL[:start] + put + SMALL[start + length :])
    assert found.case or found.faults
    assert all(fault.line >= 1 and fault.advice for fault in found.faults)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_words_exchanged_leave_faults_and_never_a_crash(data):
    lines = SMALL.splitlines(keepends=True)
    one, other = (data.draw(st.integers(0, len(lines) - 1)) for _ in range(2))
    lines[one], lines[other] = lines[other], lines[one]
    words = "".join(lines).split(" ")
    at, source = (data.draw(st.integers(0, len(words) - 1)) for _ in range(2))
    words[at] = words[source]
    found = checked(" ".join(words))
    assert found.case or found.faults
