"""Explain: every number carries the steps that led to it, as translatable texts with values."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from fieldkit.core.i18n import Words

Shown = Fraction | int | str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a sum: a source text with named placeholders, and their exact values.

    A Fraction is shown with decimals, an int without; a text is an id (question, dimension, or
    E0 to E3 for evidence), which the place that shows it may replace by a name.
    """

    text: str
    values: Mapping[str, Shown] = field(default_factory=dict)


def step(text: str, **values: Shown) -> Step:
    """Return a step with its values given by name."""
    return Step(text, values)


def say(one: Step, words: Words, names: Mapping[str, str] | None = None, decimals: int = 2) -> str:
    """Return a step as a sentence in a language, with ids replaced by the given names."""
    known = names or {}
    values = {name: _shown(value, words, known, decimals) for name, value in one.values.items()}
    return words(one.text, **values)


def say_all(
    steps: Iterable[Step],
    words: Words,
    names: Mapping[str, str] | None = None,
    decimals: int = 2,
) -> list[str]:
    """Return all steps as sentences."""
    return [say(one, words, names, decimals) for one in steps]


def rounded(value: Fraction, decimals: int = 2) -> Decimal:
    """Return a number rounded half up, as it is displayed."""
    scale = 10**decimals
    return Decimal(math.floor(value * scale + Fraction(1, 2))).scaleb(-decimals)


def _shown(value: Shown, words: Words, names: Mapping[str, str], decimals: int) -> str:
    if isinstance(value, str):
        return names.get(value, value)
    return words.number(value, decimals if isinstance(value, Fraction) else 0)
