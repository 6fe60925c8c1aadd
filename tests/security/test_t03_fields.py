"""T3: who sees which private word. Every field that is private holds a canary; every page, fragment and file is searched.

The table says exactly who may see what: a canary that too many see is a leak, one that too few see is a page that lost
what somebody needs. Whoever comes by a personal link stands in the table as its holder, whatever else they are.
"""

import re
from collections import defaultdict

import pytest
from flask import Flask

from tests.security.actors import browser
from tests.security.crawl import Visit, visit
from tests.security.furnished import Furnished
from tests.security.world import World

NOBODY: set[str] = set()
TRAINER, HALL = {"trainer"}, {"trainer", "observer"}
REPORT = {"trainer", "observer", "report reader", "office", "administrator"}
NATIONAL = {"office", "administrator"}
WRITERS = {"author", "trainer", "trainer of another training", "observer"}  # share all drafts
HOLDERS = {
    "/f/": "holder of a follow-up link",
    "/invitation/": "holder of an invitation",
    "/c/": "checker",
    "/join/": "holder of the QR code",
    "/wall/": "the hall",
}
ACCOUNTS = {
    "Тренер А": "trainer", "Посматрач А": "observer", "Донатор А": "report reader", "Админ": "administrator",
    "Тренер Б": "trainer of another training", "Аутор": "author", "Канцеларија": "office",
}  # fmt: skip

# What the canary stands for (1: training A, 2: B, 3: the draft, 4: the closed one) → who sees it.
TABLE: list[tuple[str, set[str]]] = [
    (r"password hash of .*", NOBODY),
    (r"address of (Тренер|Посматрач|Донатор) А", {"administrator", "trainer"}),  # trainers see who runs their training
    (r"address of Позвана", {"administrator", "holder of an invitation"}),
    (r"address of (Тренер|Посматрач|Донатор) Б|address of (Аутор|Канцеларија|Админ.*|Нова)", {"administrator"}),
    (r"join token [134]", TRAINER),
    (r"attendance token .", NOBODY),  # only as a picture on the wall
    (r"(name|institution) of own 1", HALL | {"trainee"}),
    (r"address of own 1|device (own|spare) 1", TRAINER | {"trainee"}),
    (r"(name|institution) of own 4", HALL | {"trainee after the close"}),
    (r"address of own 4|device (own|spare) 4", TRAINER | {"trainee after the close"}),
    (r"(name|institution) of \w+ [134]", HALL),
    (r"address of (own|colleague) [134]|device .* [134]", TRAINER),
    (r"address of \w+ [134]", NOBODY),  # the pages of the others are not among those visited
    (r"(file name|name in an upload) [134]", TRAINER),
    (r"(owner of|note on) a finding( of a series)? [134]", REPORT),
    (r"owner of a finding( of a series)? 2", NATIONAL),
    (r"answer of own 1", {"trainee", "holder of a follow-up link"}),
    (r"answer of .*", NOBODY),
    (r"remark 0 4", REPORT),  # quoted, with its author's permission, after the close
    (r"(redacted )?remark .*4", TRAINER),  # the desk of those who take names out
    (r"(redacted )?remark .*", NOBODY),  # before the close
    (r"name of a group 1", HALL | {"trainee", "the hall"}),
    (r"message in a run 1", {"trainee", "the hall"}),
    (r"(note|reason) (on|in) a run [14]|line of a plan [14]|name of a group 4", HALL),
    (r"note of a hand-off 1", HALL | {"trainee"}),
    (r"note of a hand-off 4", HALL),
    (r"note alone 1", {"trainee"}),
    (r"detail in the audit log", NOBODY),
    (r"(title|text of .*) of a draft 1|text of a draft that was written over 1|title of a draft 2", WRITERS),
    (r"(text of|name in) a pack that waits 1", TRAINER),
    (r"(text of|name in) a pack that waits 4", NOBODY),  # the author's own; its page is not among those visited
    (r".* 2", NOBODY),
]  # fmt: skip


def expected(what: str) -> set[str]:
    found = next((who for pattern, who in TABLE if re.fullmatch(pattern, what)), None)
    assert found is not None, f"Say in the table of this test who may see: {what}"
    if what.startswith("address of ") and (owner := ACCOUNTS.get(what.removeprefix("address of "))):
        return found | {owner}  # on their own account's page
    return found


def who(seen: Visit) -> str:
    return next((holder for start, holder in HOLDERS.items() if seen.address.startswith(start)), seen.actor)


@pytest.fixture(scope="module")
def sightings(furnished: Furnished, visits: list[Visit]) -> dict[str, dict[str, str]]:
    """What a canary stands for → who saw it → where first. An address that is echoed is no news to who typed it."""
    meaning = {word: what for what, word in furnished.world.canaries.items()}
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for seen in visits:
        for word in set(re.findall(r"kz\d{4}zk", seen.text)):
            if word not in seen.address:
                found[meaning[word]].setdefault(who(seen), str(seen))
    return found


def test_t03_every_private_word_is_seen_by_exactly_those_who_may(
    world: World, sightings: dict[str, dict[str, str]]
) -> None:
    leaks, losses = [], []
    for what in world.canaries:
        saw, may = sightings.get(what, {}), expected(what)
        leaks += [f"{what} – {where}" for actor, where in saw.items() if actor not in may]
        losses += [f"{what} – {actor}" for actor in sorted(may - saw.keys())]
    assert not leaks
    assert not losses


def test_t03_no_page_breaks_for_anybody(visits: list[Visit]) -> None:
    assert not [f"{seen} {seen.error}" for seen in visits if seen.status >= 500]


def test_t03_keys_and_codes_are_on_no_page(world: World, visits: list[Visit]) -> None:
    """Seat cards hold theirs as pictures; who conducts or watches an exercise is shown the way to its wall."""
    secrets = {
        f"{kind} {figure}": token.lower()
        for (kind, figure), token in world.tokens.items()
        if not kind.startswith(("join", "code", "spoken", "certificate"))
    }
    secrets |= {"secret key": "a secret for tests only"}
    for actor, cookies in world.cookies.items():
        secrets |= {f"cookie of {actor}": cookie.lower() for cookie in cookies.values()}
    found = [
        f"{what} – {seen}"
        for seen in visits
        for what, secret in secrets.items()
        if secret in seen.text
        and secret not in seen.address.lower()
        and not (what.startswith("wall") and seen.actor in HALL and what.endswith("1"))
    ]
    assert not found


@pytest.mark.parametrize("kind", ["code", "spoken 1", "code of seat health", "code of seat police 926"])
def test_t03_codes_that_open_something_are_seen_by_the_trainer_only(
    world: World, visits: list[Visit], kind: str
) -> None:
    for code in (token.lower() for (known, _figure), token in world.tokens.items() if known == kind):
        saw = {seen.actor for seen in visits if seen.html and code in re.sub(r"\s", "", seen.html.lower())}
        assert saw <= TRAINER, (kind, code)


def test_t03_a_name_on_the_public_check_needs_its_holders_consent(house: Flask, world: World) -> None:
    pages = {
        who: house.test_client().get(f"/c/{world.tokens[f'certificate {who}', 1]}") for who in ("own", "colleague")
    }
    assert world.canaries["name of own 1"] not in pages["own"].text
    assert world.canaries["name of colleague 1"] in pages["colleague"].text
    holder = browser(house, world, "trainee")
    name = {"name": f"Ана {world.canaries['name of own 1']}", "email": ""}
    assert holder.post("/t/1001/me", data=name | {"show_on_certificate": "y"}).status_code == 303
    assert world.canaries["name of own 1"] in house.test_client().get(f"/c/{world.tokens['certificate own', 1]}").text
    assert holder.post("/t/1001/me", data=name).status_code == 303
    assert (
        world.canaries["name of own 1"] not in house.test_client().get(f"/c/{world.tokens['certificate own', 1]}").text
    )


def test_t03_an_error_of_ours_shows_nothing_of_the_inside(house: Flask, world: World) -> None:
    word = "a-word-from-the-inside"
    view = house.view_functions["trainings.help"]

    def broken() -> str:
        raise RuntimeError(word)

    broken.access_rule = view.access_rule  # type: ignore[attr-defined]
    house.view_functions["trainings.help"] = broken
    house.testing, house.config["PROPAGATE_EXCEPTIONS"] = False, False
    try:
        for fragment in (False, True):
            seen = visit(house.test_client(), "anonymous", "trainings.help", "/help", fragment)
            assert seen.status == 500
            for inside in (word, "traceback", "runtimeerror", "/lms/", ".py"):
                assert inside not in seen.text
    finally:
        house.view_functions["trainings.help"] = view
        house.testing, house.config["PROPAGATE_EXCEPTIONS"] = True, None
