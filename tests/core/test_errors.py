"""Errors: told in plain words with a stable code."""

from fieldkit.core.errors import N_, UserError


def test_an_error_says_its_code_and_fills_its_names() -> None:
    error = UserError("E_X", N_("The file {name} is full."), name="a{b}.db")
    assert str(error) == "E_X: The file a{b}.db is full."
    assert error.text == "The file {name} is full."
    assert error.values == {"name": "a{b}.db"}
