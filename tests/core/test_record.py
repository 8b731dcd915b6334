"""Records: what tools read is typed, whatever was written."""

import pytest

from fieldkit.core.ids import EntityId, ScopeId
from fieldkit.core.op import Value
from fieldkit.core.record import Record

FIELDS: dict[str, Value] = {
    "name": "Rose",
    "height": 3,
    "blooms": True,
    "none": None,
    "tags/red": True,
    "tags/old": False,
    "tagsy": True,
}
ROSE = Record(ScopeId("a" * 32), "plant", EntityId("b" * 32), FIELDS)


def test_a_value_or_its_default() -> None:
    assert ROSE.get("name") == "Rose"
    assert ROSE.get("none", 4) == 4
    assert ROSE.get("missing") is None


@pytest.mark.parametrize(("name", "text"), [("name", "Rose"), ("height", ""), ("missing", "")])
def test_a_text_is_a_text_and_nothing_else(name: str, text: str) -> None:
    assert ROSE.text(name) == text


@pytest.mark.parametrize(("name", "number"), [("height", 3), ("name", 9), ("blooms", 9)])
def test_a_whole_number_is_neither_a_text_nor_a_yes(name: str, number: int) -> None:
    assert ROSE.whole(name, 9) == number


@pytest.mark.parametrize(("name", "flag"), [("blooms", True), ("height", False), ("x", False)])
def test_only_yes_is_yes(name: str, flag: bool) -> None:
    assert ROSE.flag(name) is flag


def test_the_members_of_a_set_are_those_that_are_in() -> None:
    assert ROSE.elements("tags") == frozenset({"red"})
