"""A walk through the demo: every kind of page that a role can reach by links opens."""

import re
from collections import Counter
from urllib.parse import urldefrag

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms.accounts.models import ROLES
from lms.demo.actions import loading
from lms.teams.actions import load_municipalities

LEFT_OUT = re.compile(r"^/(static|language|theme|demo)\b|\.(png|zip|pdf)$|/pdf\b")
A_KIND = 2  # addresses that differ in numbers only: so many of each


def walk(client: FlaskClient, start: str) -> dict[str, int]:
    """Every address reached from `start` by links, with its status."""
    found: dict[str, int] = {}
    kinds: Counter[str] = Counter()
    waiting = [start]
    while waiting:
        address = urldefrag(waiting.pop(0)).url
        kind = re.sub(r"\d+|[0-9a-zA-Z_-]{20,}", "N", address.partition("?")[0])
        if address in found or LEFT_OUT.search(kind) or kinds[kind] >= A_KIND:
            continue
        kinds[kind] += 1
        answer = client.get(address)
        found[address] = answer.status_code
        if answer.status_code in (302, 303):
            waiting.append(answer.location)
        elif answer.mimetype == "text/html":
            waiting += [link.replace("&amp;", "&") for link in re.findall(r'href="(/[^"]*)"', answer.text)]
    return found


@pytest.mark.slow
def test_whatever_a_link_of_the_demo_leads_to_opens(app: Flask) -> None:
    load_municipalities()
    loading.load()
    ways = [f"/demo/sign-in/{role}" for role in ROLES]
    ways += [f"/demo/join/{device}" for device in ("fresh", "halfway", "ready")]
    for way in ways:
        client = app.test_client()
        found = walk(client, client.post(way).location)
        assert len(found) > 5, way
        assert {address: status for address, status in found.items() if status >= 400} == {}, way
