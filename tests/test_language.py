"""Which language a page is in before anybody has chosen one."""

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize(
    ("browser", "page"),
    [
        ("", "sr-Cyrl"), ("sr-RS,sr;q=0.9", "sr-Cyrl"), ("sr-Latn-RS,sr-Latn;q=0.9,en;q=0.8", "sr-Latn"), ("en-GB,en;q=0.9", "sr-Cyrl"),
        ("en,sr-Latn;q=0.5", "sr-Cyrl"),
    ],
)  # fmt: skip
def test_the_first_page_is_in_cyrillic_unless_the_browser_asks_for_latin(
    client: FlaskClient, browser: str, page: str
) -> None:
    assert f'<html lang="{page}"' in client.get("/", headers={"Accept-Language": browser}).text


def test_what_was_chosen_counts_more_than_what_the_browser_asks_for(client: FlaskClient) -> None:
    client.set_cookie("language", "sr")
    assert '<html lang="sr-Cyrl"' in client.get("/", headers={"Accept-Language": "sr-Latn-RS"}).text
