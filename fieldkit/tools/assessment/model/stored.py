"""Stored: what a stored value may mean; what it cannot mean counts as nothing said."""

from collections.abc import Collection, Mapping

from fieldkit.core.op import Value
from fieldkit.tools.assessment.model.counts import DONT_KNOW, LEVELS, NOT_APPLICABLE

GRADES = (0, 1, 2, 3)

Recorded = int | str | None


def recorded(value: Value) -> Recorded:
    """Return a recorded level, "dk" or "na"; anything else is nothing recorded."""
    return value if value in (DONT_KNOW, NOT_APPLICABLE) else one_to_five(value)


def grade(value: Value) -> int | None:
    """Return an evidence grade from 0 to 3, or nothing."""
    return value if type(value) is int and value in GRADES else None


def one_to_five(value: Value) -> int | None:
    """Return a whole number from 1 to 5, or nothing."""
    return value if type(value) is int and value in LEVELS else None


def chosen(
    held: Mapping[str, Value], fields: Collection[str], question: str | None = None
) -> dict[str, Value]:
    """Return the fields to write: those named, else those that say something."""
    said = {name: held[name] for name in fields} if fields else _said(held)
    return said if question is None else {"question": question, **said}


def _said(held: Mapping[str, Value]) -> dict[str, Value]:
    return {name: v for name, v in held.items() if v is not None and v is not False and v != ""}
