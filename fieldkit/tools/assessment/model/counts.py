"""Counts: how many people chose what on one question; the only form in which a vote is kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from fieldkit.core.op import Value

LEVELS = (1, 2, 3, 4, 5)
DONT_KNOW, NOT_APPLICABLE, BLANK = "dk", "na", "blank"
MOST_VOTES = 100_000

Choice = int | str | None


@dataclass(frozen=True, slots=True)
class Counts:
    """Votes on one question: by level, "do not know", "not applicable", and left blank."""

    levels: tuple[int, ...] = (0, 0, 0, 0, 0)
    dk: int = 0
    na: int = 0
    blank: int = 0

    @classmethod
    def of(cls, choices: Iterable[Choice]) -> "Counts":
        """Count single choices: a level, "dk", "na", or None for a blank."""
        levels, other = [0, 0, 0, 0, 0], {DONT_KNOW: 0, NOT_APPLICABLE: 0, BLANK: 0}
        for choice in choices:
            if isinstance(choice, int):
                levels[choice - 1] += 1
            else:
                other[choice or BLANK] += 1
        return cls(tuple(levels), other[DONT_KNOW], other[NOT_APPLICABLE], other[BLANK])

    @classmethod
    def from_value(cls, value: Value) -> "Counts":
        """Read stored counts; what is no sensible number counts as none."""
        held = value if isinstance(value, Mapping) else {}
        return cls(
            tuple(_count(held.get(str(n))) for n in LEVELS),
            _count(held.get(DONT_KNOW)),
            _count(held.get(NOT_APPLICABLE)),
            _count(held.get(BLANK)),
        )

    def as_value(self) -> dict[str, Value]:
        """Return the counts as they are stored: only what is above nought."""
        named = {str(n): count for n, count in zip(LEVELS, self.levels, strict=True)}
        named |= {DONT_KNOW: self.dk, NOT_APPLICABLE: self.na, BLANK: self.blank}
        return {name: count for name, count in named.items() if count}

    def __add__(self, other: "Counts") -> "Counts":
        """Return both together."""
        return Counts(
            tuple(a + b for a, b in zip(self.levels, other.levels, strict=True)),
            self.dk + other.dk,
            self.na + other.na,
            self.blank + other.blank,
        )

    def count(self, choice: Choice) -> int:
        """Return how many chose this."""
        if isinstance(choice, int):
            return self.levels[choice - 1]
        return {DONT_KNOW: self.dk, NOT_APPLICABLE: self.na}.get(choice or BLANK, self.blank)

    def changed(self, choice: Choice, by: int = 1) -> "Counts":
        """Return the counts with one choice more or fewer, never below nought."""
        now = max(0, min(MOST_VOTES, self.count(choice) + by))
        if isinstance(choice, int):
            return replace(self, levels=(*self.levels[: choice - 1], now, *self.levels[choice:]))
        if choice == DONT_KNOW:
            return replace(self, dk=now)
        return replace(self, na=now) if choice == NOT_APPLICABLE else replace(self, blank=now)

    @property
    def numeric(self) -> int:
        """How many gave a level."""
        return sum(self.levels)

    @property
    def votes(self) -> int:
        """How many said anything at all."""
        return self.numeric + self.dk + self.na

    def __bool__(self) -> bool:
        """Nobody invited and nobody voting is false."""
        return bool(self.votes or self.blank)


NO_COUNTS = Counts()


def total(parts: Iterable[Counts]) -> Counts:
    """Return all counts together."""
    return sum(parts, NO_COUNTS)


def _count(value: Value) -> int:
    is_count = isinstance(value, int) and not isinstance(value, bool)
    return value if is_count and isinstance(value, int) and 0 < value <= MOST_VOTES else 0
