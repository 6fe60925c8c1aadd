"""Case documents as they are while somebody writes them: anything may be missing, wrong, named twice or lead nowhere."""

from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from lms.content.yaml import read_yaml

ROOT = Path(__file__).parent.parent.parent
SHIPPED = sorted((ROOT / "courses" / "sop-two-day" / "cases").glob("*.yaml"))
KEYS = ["a", "b", "c", "d", "e", "Ђ", "", "lost"]  # of stages, endings, roles and whatever else; used twice, too


def shipped(path: Path) -> Any:
    """One of the cases that are played."""
    return read_yaml(path.read_text(), path.name)


def maybe(**values: Any) -> st.SearchStrategy[dict[str, Any]]:
    """A record of which any part may be missing, or of the wrong kind."""
    wrong = st.sampled_from([None, 3, "", [], {}, ["x"], {"sr": 5}])
    return st.fixed_dictionaries({}, optional={name: value | wrong for name, value in values.items()})


key = st.sampled_from(KEYS)
keys = st.lists(key, max_size=3)
words = st.builds(
    lambda sr, en: {"sr": sr, "en": en},
    st.sampled_from(["", "Позив", "Разговор насамо у дому здравља, без пратиоца", "<b>&\"'", "Непрекиднареч" * 3]),
    st.sampled_from(["", "A call"]),
)
when = st.sampled_from(["warned", "trust >= 2 and not warned", "not (", "", "b or c"])
effect = {"set": st.dictionaries(key, st.booleans(), max_size=2), "add": st.just({"trust": 1}), "done": keys}
option = maybe(key=key, text=words, grade=st.sampled_from(["right", "acceptable", "harmful", "?"]), go=key, when=when, **effect)  # fmt: skip
opens = maybe(minute=st.integers(0, 30), after=key, when=when)
decision = maybe(
    key=key, title=words, question=words, how=st.sampled_from(["majority", "authority", "?"]), minutes=st.integers(0, 9),
    roles=keys, place=key, opens=opens, alone=st.integers(0, 3), options=st.lists(option | st.just("x"), max_size=4),
)  # fmt: skip
inject = maybe(key=key, title=words, text=words, at=st.integers(0, 40), when=when, roles=keys, place=key, **effect)
handoff = maybe(
    key=key, title=words, roles=keys, to=words, to_place=key, when=when, items=st.lists(maybe(key=key, text=words), max_size=2),
    channels=st.lists(maybe(key=key, text=words), max_size=2), breach=maybe(**effect), **effect,
)  # fmt: skip
stage = maybe(
    key=key, title=words, text=words, round=st.integers(1, 3), minutes=st.integers(1, 40),
    next=st.lists(maybe(to=key, when=when), max_size=3), decisions=st.lists(decision, max_size=3),
    injects=st.lists(inject, max_size=4), handoffs=st.lists(handoff, max_size=2),
    private=st.dictionaries(key, words, max_size=2), at_place=st.dictionaries(key, words, max_size=2),
)  # fmt: skip
role = maybe(
    key=key, name=words, sector=st.sampled_from(["health", "?"]), place=key, briefing=words,
    facts=st.lists(maybe(key=key, text=words, since=key), max_size=3),
)  # fmt: skip
step = maybe(
    key=key, text=words, short=words,
    due=maybe(case_minutes=st.integers(1, 90), stage=key, inject=key, flag=key),
)  # fmt: skip
ending = maybe(key=key, title=words)
half_written = maybe(
    key=key, title=words, pace=st.integers(1, 5), places=st.lists(maybe(key=key, name=words), max_size=3),
    roles=st.lists(role, max_size=4), procedure=st.lists(step, max_size=4), stages=st.lists(stage | st.none(), max_size=6),
    endings=st.lists(ending, max_size=3), flags=st.lists(maybe(key=key, meaning=words), max_size=3),
)  # fmt: skip


def a_long_case(stages: int = 40) -> dict[str, Any]:
    """As long a case as one may write, with ways ahead, ways back and ways of single options."""
    return {
        "key": "long",
        "title": {"sr": "Дуга прича"},
        "stages": [_a_stage(number, stages) for number in range(stages)],
        "endings": [{"key": f"end-{number}", "title": {"sr": f"Завршетак {number}"}} for number in range(4)],
        "flags": [{"key": "warned", "meaning": {"sr": "Послодавац зна да се службе распитују."}}],
    }


def _a_stage(number: int, stages: int) -> dict[str, Any]:
    last = number == stages - 1
    branches = [{"to": f"end-{number % 4}", "when": "trust <= -3"}] if number % 7 == 3 or last else []
    branches += (
        [{"to": f"stage-{min(stages - 1, number + 2 + number % 3)}", "when": "warned"}] if number % 3 == 1 else []
    )
    branches += [{"to": f"stage-{number - 5}", "when": "warned"}] if number % 11 == 8 else []
    onward = "end-0" if last else f"stage-{number + 1}"
    return {
        "key": f"stage-{number}", "title": {"sr": f"Састанак служби и договор око смештаја {number}"}, "minutes": 12, "round": 1,
        "decisions": [_a_decision(number, place, stages) for place in range(number % 4)],
        "injects": [
            {"key": f"inject-{number}-{place}", "title": {"sr": "Пратилац куца на врата"}, **how}
            for place, how in enumerate([{"at": 5}, {"when": "warned"}, {}, {"at": 2}][: number % 5])
        ],
        "handoffs": [{"key": f"pass-{number}", "title": {"sr": "Јави Центру"}}] if number % 3 == 0 else [],
        "next": [*branches, {"to": onward}],
    }  # fmt: skip


def _a_decision(number: int, place: int, stages: int) -> dict[str, Any]:
    go = {"go": f"stage-{min(stages - 1, number + 3)}"} if number % 5 == 2 and not place else {}
    options = [
        {"key": f"option-{number}-{place}-{one}", "grade": "right", "text": {"sr": "Разговор"}} for one in range(4)
    ]
    options[1] |= go
    opens = {"after": f"decision-{number}-{place - 1}"} if place else {}
    return {
        "key": f"decision-{number}-{place}",
        "title": {"sr": "Ко и где разговара"},
        "opens": opens,
        "options": options,
    }
