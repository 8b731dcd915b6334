"""Plates: a declared field is found under every spelling of its name."""

import pytest

from fieldkit.core.op import Kind
from fieldkit.core.tool import Offer, Schema, Tool
from tests.world import HARVEST, PLANT, SCHEMA


@pytest.mark.parametrize("name", ["name", "name@sr-Latn", "tags/red"])
def test_a_field_is_found_with_its_language_or_its_element(name: str) -> None:
    found = PLANT.field(name)
    assert found is not None
    assert name.startswith(found.name)


def test_what_nobody_declared_is_not_found() -> None:
    assert PLANT.field("colour") is None
    assert SCHEMA.field("weed", "name") is None
    assert SCHEMA.field("plant", "name") is PLANT.field("name")


@pytest.mark.parametrize(
    ("field", "kind"), [("name", Kind.VALUE), ("story", Kind.TEXT), ("tags", Kind.MEMBER)]
)
def test_a_field_says_which_kind_of_op_writes_it(field: str, kind: Kind) -> None:
    found = PLANT.field(field)
    assert found is not None
    assert found.kind is kind


def test_a_tool_carries_what_its_door_says() -> None:
    tool = Tool("garden", "Garden", "leaf", (PLANT, HARVEST), offers=(Offer("a", "b", "c"),))
    assert set(Schema.of(tool.kinds).kinds) == {"plant", "harvest"}
    assert tool.offers[0].command == "c"
