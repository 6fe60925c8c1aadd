"""A broken copy of a case is told line by line."""

import time

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
    ("minutes: 30", "minuts: 30", "`minuts` is an unknown key"),
    ("pace: 2\n", "", "`pace` is missing", "key: small"),
    ("at: 6", "at: soon", "is not such a number"),
    ("set: {warned: true}", "set: {warned: yes}", "cannot be `yes`"),
    ("grade: right", "grade: perfect", "cannot be `perfect`"),
    ("how: majority", "how: by-vote", "cannot be `by-vote`"),
    ('{sr: "Позив", en: "The call"}', '{sr: "Позив"}', "`stages[call].title` has no `en`"),
    ('en: "She heard somebody knock."', 'en: ""', "is empty"),
    ('notice: {sr: "Помиње се принуда, без описа.", en: "Coercion is mentioned, not described."}\n', "", "`notice` is missing", "key: small"),
    ("- key: neighbour", "- key: Neighbour", "is not well formed"),
    # references
    ("place: ravnograd\n    cover: [social]", "place: ravno\n    cover: [social]", "names the place `ravno`"),
    ("cover: [social]", "cover: [socal]", "names the role `socal`", "cover: [social]"),
    ("since: van", "since: truck", "names the stage or inject `truck`"),
    ("      social: {sr: ", "      city: {sr: ", "names the role `city`"),
    ("      topolje: {sr: ", "      nowhere: {sr: ", "names the place `nowhere`"),
    ("roles: [police]\n", "roles: [polce]\n", "names the role `polce`"),
    ("done: [safety]", "done: [safe]", "names the step `safe`"),
    ("add: {calls: 1}", "add: {cals: 1}", "names the flag `cals`"),
    ("set: {warned: true}", "set: {warmed: true}", "names the flag `warmed`"),
    ("needs: [wish, second-call]", "needs: [wish, call-2]", "names the fact `call-2`"),
    ("opens: {after: first}", "opens: {after: second}", "names the decision `second`"),
    ("go: alone", "go: away", "names the stage or ending `away`"),
    ("{to: lost}", "{to: lots}", "names the stage or ending `lots`"),
    ("to_place: topolje", "to_place: topola", "names the place `topola`"),
    ("solo: police", "solo: judge", "names the role `judge`"),
    ("stage: call", "stage: cal", "names the stage `cal`"),
    ("flag: warned", "flag: warmed", "names the flag `warmed`"),
    ("sources: [S1]", "sources: [S9]", "cites the source `S9`"),
    ("sources: [S1]", "sources: [K-practice]", "is confirmed by sources that were not read", "- key: safety"),
    # keys
    ("- key: neighbour", "- key: van", "has the key of the inject"),
    ("{key: duty, ", "{key: found, ", "has the key of the channel on line", "- key: found"),
    ("{key: calls, start", "{key: not, start", "cannot be named in a condition"),
    # conditions
    ("when: warned\n", "when: warned and\n", "cannot be read: it ends too early"),
    ("when: calls >= 1", "when: calls = = 1", "cannot be read"),
    ("when: calls >= 1", "when: call.s >= 1", "is not well formed"),
    ("when: trust >= 2", "when: trusted", "names the flag `trusted`"),
    ("when: trust >= 2", "when: true", "must be a text"),
    # flags
    ("{key: calls, start: 0, least: 0, most: 3}", "{key: calls, start: 0}", "is a number without bounds"),
    ("{key: calls, start: 0, least: 0, most: 3}", "{key: calls, start: 4, least: 0, most: 3}", "starts at 4"),
    ("{key: calls, start: 0, least: 0, most: 3}", "{key: calls, start: 0, least: 3, most: 3}", "goes from 3 to 3"),
    ("{key: calls, start: 0, least: 0, most: 3}", "{key: calls, start: false, least: 0, most: 3}", "has bounds but starts yes/no"),
    ("{key: trust, start: 1}", "{key: trust, start: 11}", "cannot start at 11"),
    ("{key: trust, start: 1}", "{key: trust, most: 5}", "has other bounds"),
    ("set: {warned: true}", "set: {warned: 2}", "sets a yes/no flag to 2"),
    ("set: {warned: true}", "set: {calls: true}", "sets a number to yes/no"),
    ("set: {warned: true}", "set: {calls: 4}", "is out of bounds: 4"),
    ("add: {calls: 1}", "add: {warned: 1}", "adds to a flag that is yes/no"),
    ("add: {calls: 1}", "add: {calls: 0}", "adds nothing"),
    # records
    ("due: {case_minutes: 20, stage: call}", "due: {case_minutes: 20}", "does not say after what"),
    ("due: {case_minutes: 20, stage: call}", "due: {case_minutes: 20, stage: call, flag: warned}", "does not say after what"),
    ("otherwise: wait", "otherwise: now", "is not an option of this decision"),
    ("otherwise: wait", "otherwise: third-call", "not always offered"),
    ("roles: [social]\n", "roles: [social, police]\n", "names 2 roles", "- key: tell-centre"),
    ("        roles: [social]\n", "", "names 0 roles", "- key: tell-centre"),
    ("        roles: [police]\n        add", "        roles: [police]\n        place: topolje\n        add", "has both `roles` and `place`", "- key: neighbour"),
    ("        when: warned\n        title", "        when: warned\n        at: 3\n        title", "has both `at` and `when`", "- key: neighbour"),
    ("opens: {after: first}", "opens: {after: search}", "which is not in this stage", "- key: tell-centre"),
    ("opens: {after: first}", "opens: {after: tell-centre}", "waits for itself", "- key: tell-centre"),
    ("opens: {minute: 4}", "opens: {after: each-plan}", "waits for itself", "- key: search"),
    ("need: needed", "need: allowed", "has no needed item", "- key: to-topolje"),
    (', reason: {sr: "Лекарска тајна.", en: "Medical confidence."}', "", "is forbidden without a reason"),
    # people
    ("required: false", "required: true", "is required, but nobody takes it over", "- key: health"),
    ("cover: [social]", "cover: [police]", "is covered by itself", "- key: police"),
    ("place: topolje\n    cover", "place: ravnograd\n    cover", "has no roles", "{key: topolje, "),
    # story
    (LAST, "      - {to: found, when: trust >= 2}\n", "so the story may stop here", LAST),
    (BRANCHES, "      - {to: other-town}\n      - {to: alone}\n", "is always taken", BRANCHES),
    (AGAIN, "    next:\n      - {to: alone}\n", "never leads to an ending", "- key: alone\n"),
    (LAST, "      - {to: found}\n", "is never reached", "- key: lost"),
    ("minutes: 30", "minutes: 26", "the longest way takes 27: call, alone, other-town"),
    # times
    ("at: 6", "at: 24", "comes at minute 24, when the stage is over", "- key: van"),
    ("opens: {minute: 4}", "opens: {minute: 20}", "opens at minute 20, when the stage is over", "- key: search"),
    ("due: 20\n", "due: 21\n", "is due at minute 21, when the stage is over", "- key: to-topolje"),
    ("    minutes: 12\n", "    minutes: 7\n", "has 7 minutes, but its decisions may take 8", "- key: call"),
    ("    minutes: 10\n", "    minutes: 7\n", "has 7 minutes, but its decisions may take 8", "- key: other-town"),
    # persons and scripts
    ('en: "You are on duty. The call was noted."', 'en: "Call 064 123 4567."', "there is a telephone number"),
    ('en: "You are on duty. The call was noted."', 'en: "Write to a.b@example.org."', "there is an e-mail address"),
    ('en: "You are on duty. The call was noted."', 'en: "0101990710008"', "there is a citizen's number"),
    ('en: "You are on duty. The call was noted."', 'en: "NI 123-AB"', "there is a licence plate"),
    ('sr: "Дежурате.', 'sr: "Дежурaте.', "mixes scripts in the word"),
]  # fmt: skip

# the same for what is only advised
ADVISED = [
    ("when: calls >= 1", "when: calls > 1", "is never true: calls > 1"),
    ("when: trust >= 2", "when: trust >= 5", "is never true: trust >= 5"),
    ("when: trust >= 2", "when: trust >= -10", "is always true: trust >= -10"),
    ("add: {calls: 1}", "add: {trust: 1}", "is never changed", "{key: calls, "),
    ("            when: calls >= 1\n", "", "is never asked about", "{key: calls, "),
    ("            done: [safety]\n", "", "is done by nothing", "- key: safety"),
    ("sectors: [police, social]", "sectors: [labour]", "is owed by sectors nobody plays", "- key: safety"),
    ("to_place: topolje", "to_place: ravnograd", "at which all its roles sit", "- key: to-topolje"),
    ("grade: acceptable\n            reason: {sr: \"Брже", "grade: right\n            reason: {sr: \"Брже", "has only right options", "- key: search"),
    ("grade: right\n            reason: {sr: \"Један", "grade: harmful\n            voice: {sr: \"Сам.\", en: \"Alone.\"}\n            reason: {sr: \"Један", "has no right option", "- key: search"),
    ("grade: acceptable\n            reason: {sr: \"Брзо", "grade: harmful\n            voice: {sr: \"Чекам.\", en: \"I wait.\"}\n            reason: {sr: \"Брзо", "has only one option without harm", "- key: tell-centre"),
    ('            voice: {sr: "Телефон ћути.", en: "The telephone is silent."}\n', "", "is harmful, but the person does not say how", "- key: nothing"),
]  # fmt: skip


def told(faults, what, where, text):
    """The fault that says `what` stands on the line where `where` first does, and says what to do."""
    found = [fault for fault in faults if what in fault.message]
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
    told(faults(text), "needs the fact `seen`, which nobody knows before `other-town`", "- key: first", text)


def test_a_fact_that_is_held_at_another_table():
    away = '{key: quiet, text: {sr: "Тихо је.", en: "It is quiet."}}'
    text = broken(with_fact("police-topolje", away), ("needs: [wish, second-call]", "needs: [wish, quiet]"))
    told(warnings(text), "`quiet`, which police-topolje holds at another table", "- key: first", text)


def test_a_role_that_sits_idle_for_three_stages():
    text = broken(
        ("        place: topolje\n        minutes: 3", "        place: ravnograd\n        minutes: 3"),
        ("        how: individually\n", "        how: majority\n        place: ravnograd\n"),
    )
    told(warnings(text), "has nothing to do in call, alone, other-town", "- key: police-topolje", text)
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
    told(warnings(text), "has a `breach`, but nothing that could be breached", "- key: to-topolje", text)


def test_an_option_that_can_be_told_by_its_length():
    longer = ", пошто се прво саслушају сви који су за столом и прочита шта о томе каже процедура"
    changes = [
        (text, text[:-1] + longer + ".") for text in ("уз процену опасности.", "Одмах.", "по договору два града.")
    ]
    told(warnings(broken(*changes)), "away by its length in 3 of 4 decisions", "stages:\n  - key: call", SMALL)
    assert not warnings(broken(*changes[:1]))


def test_a_decision_that_nobody_talks_about():
    text = broken(('        debrief:\n          - {sr: "Шта нас је задржало?", en: "What held us back?"}\n', ""))
    told(warnings(text), "has no question for the debrief", "- key: tell-centre", text)


def test_decisions_that_exclude_each_other_share_the_time():
    """The second opens only when the first does not; without that both would take 13 minutes of 12."""
    both = (("        alone: 1\n", "        alone: 5\n"), ("opens: {after: first}", "opens: {when: warned}"))
    assert "may take 12" in str(faults(broken(*both, ("    minutes: 12\n", "    minutes: 11\n"))))
    apart = ("        needs: [wish", "        opens: {when: not warned}\n        needs: [wish")
    assert not faults(broken(*both, apart, ("    minutes: 12\n", "    minutes: 9\n")))


def test_a_circle_with_a_way_out_is_no_fault():
    text = broken(
        (AGAIN, "    next:\n      - {to: call, when: not warned}\n      - {to: other-town}\n"),
        ("minutes: 30", "minutes: 60"),
    )
    assert not faults(text)
    assert not [fault for fault in warnings(text) if "true" in fault.message]


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


def test_a_case_is_checked_at_once():
    begun = time.perf_counter()
    checked(SMALL)
    assert time.perf_counter() - begun < 0.5
