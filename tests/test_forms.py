"""Forms speak the reader's language, also in what WTForms itself has to say."""

import pytest
from flask import Flask
from wtforms import SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from lms.ui import Form


class Example(Form):
    """One field of each kind that complains in its own words."""

    name = StringField("Name", [InputRequired(), Length(min=5, max=8)])
    sectors = SelectMultipleField("Roles", choices=[SelectChoice("a", "А")])


@pytest.mark.parametrize(
    ("language", "says"), [("sr", "Између 5 и 8 знакова."), ("sr_Latn", "Između 5 i 8 znakova."), ("en", "between 5 and 8 characters")]
)  # fmt: skip
def test_wtforms_own_sentences_are_translated(app: Flask, language: str, says: str) -> None:
    data = {"name": "abc", "sectors": ["a"]}
    with app.test_request_context("/", method="POST", data=data, headers={"Cookie": f"language={language}"}):
        form = Example()
        assert not form.sent()
        assert says in form.name.errors[0]


def test_a_choice_that_was_not_offered_is_an_error_and_not_a_fault(app: Flask) -> None:
    with app.test_request_context("/", method="POST", data={"name": "abcdef", "sectors": ["a", "z"]}):
        form = Example()
        assert not form.sent()
        assert form.sectors.errors
