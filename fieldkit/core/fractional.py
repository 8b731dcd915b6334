"""Fractional positions: texts that sort, so moving one row in a list is one write."""

from collections.abc import Sequence

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
MIDDLE = DIGITS[len(DIGITS) // 2]
LAST = DIGITS[-1]


def is_position(text: str) -> bool:
    """Say whether a text is a position one can step in front of: our digits, not ending in 0."""
    return bool(text) and text[-1] != "0" and all(c in DIGITS for c in text)


def between(before: str, after: str) -> str:
    """Return a position after `before` and before `after`; an empty end is open."""
    if not after:
        return _beyond(before)
    if not before:
        return _ahead(after)
    same = 0
    while before[same : same + 1] == after[same]:
        same += 1
    low = DIGITS.index(before[same]) if same < len(before) else 0
    high = DIGITS.index(after[same])
    if high - low > 1:
        return after[:same] + DIGITS[(low + high) // 2]
    if high == low:
        return after[: same + 1] + _ahead(after[same + 1 :])
    return after[:same] + DIGITS[low] + _beyond(before[same + 1 :])


def _beyond(text: str) -> str:
    if not text:
        return MIDDLE
    if text[0] == LAST:
        return LAST + _beyond(text[1:])
    return DIGITS[DIGITS.index(text[0]) + 1]


def _ahead(text: str) -> str:
    if text[0] == "0":
        return "0" + _ahead(text[1:])
    if text[0] == "1":
        return "0" + MIDDLE
    return DIGITS[DIGITS.index(text[0]) - 1]


def spread(count: int) -> tuple[str, ...]:
    """Return as many rising positions as asked for."""
    found: list[str] = []
    for _ in range(count):
        found.append(between(found[-1] if found else "", ""))
    return tuple(found)


def placed(
    rows: Sequence[tuple[str, str]], moving: str, before: str | None = None
) -> dict[str, str]:
    """Return the positions to write so that `moving` stands before another row, or last.

    `rows` are (id, position) in their present order. Where two laptops chose the same position, or
    a position is not one of ours, the whole list is numbered afresh.
    """
    rest = [row for row in rows if row[0] != moving]
    at = next((i for i, row in enumerate(rest) if row[0] == before), len(rest))
    low = rest[at - 1][1] if at else ""
    high = rest[at][1] if at < len(rest) else ""
    if _fits(low, high, at, len(rest)):
        return {moving: between(low, high)}
    order = [*(i for i, _ in rest[:at]), moving, *(i for i, _ in rest[at:])]
    return dict(zip(order, spread(len(order)), strict=True))


def _fits(low: str, high: str, at: int, count: int) -> bool:
    if at and not is_position(low):
        return False
    if at < count and not is_position(high):
        return False
    return not low or not high or low < high
