"""Votes: the middle, the spread and the agreement of a room, and who sees it otherwise."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from fieldkit.core.ids import EntityId
from fieldkit.tools.assessment.model import LEVELS, OTHER, Batch, Counts, total

SMALL_LIMIT = 3
WIDE_SPREAD, SOME_SPREAD = 3, 2
PERCEPTION_GAP = 2
OK, DISCUSS, RECONCILE = "ok", "discuss", "reconcile"
HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class VoteSummary:
    """What the votes on one question say, before any agreed level (rules 2e and 3)."""

    counts: Counts
    median: int | None
    spread: int | None
    agreement: Fraction | None
    known: Fraction
    flag: str | None


def summarise(counts: Counts, agreed: bool = False) -> VoteSummary:
    """Sum up the votes on one question; an agreed level takes the flag away."""
    median, spread, agreement = lower_median(counts), spread_of(counts), agreement_of(counts)
    flag = None if agreed or spread is None or agreement is None else flag_of(spread, agreement)
    return VoteSummary(counts, median, spread, agreement, known_share(counts), flag)


def lower_median(counts: Counts) -> int | None:
    """Return the middle level; between two middle ones the lower (sorted index (n-1) div 2)."""
    index = (counts.numeric - 1) // 2
    for level, count in zip(LEVELS, counts.levels, strict=True):
        if count > index >= 0:
            return level
        index -= count
    return None


def spread_of(counts: Counts) -> int | None:
    """Return the highest level minus the lowest."""
    used = [level for level, count in zip(LEVELS, counts.levels, strict=True) if count]
    return used[-1] - used[0] if used else None


def agreement_of(counts: Counts) -> Fraction | None:
    """Return 1 - mean distance from the middle / 2; one voice alone counts as a half."""
    median = lower_median(counts)
    if median is None:
        return None
    if counts.numeric == 1:
        return HALF
    pairs = zip(LEVELS, counts.levels, strict=True)
    away = sum(abs(level - median) * count for level, count in pairs)
    return 1 - Fraction(away, 2 * counts.numeric)


def known_share(counts: Counts) -> Fraction:
    """Return how many gave a level, of those who could have; nought where nobody could."""
    asked = counts.numeric + counts.dk + counts.blank
    return Fraction(counts.numeric, asked) if asked else Fraction(0)


def flag_of(spread: int, agreement: Fraction) -> str:
    """Say whether the room has to come closer, should talk, or agrees well enough."""
    if spread >= WIDE_SPREAD or agreement < HALF:
        return RECONCILE
    return DISCUSS if spread == SOME_SPREAD else OK


def is_unanimous(counts: Counts) -> bool:
    """Say whether everybody who voted chose the same."""
    return bool(counts.votes) and counts.votes in (*counts.levels, counts.dk, counts.na)


def batches_to_write(ballots: Mapping[str, Counts], limit: int = SMALL_LIMIT) -> dict[str, Counts]:
    """Return what Reveal may write, by group: small groups go into "other" (decisions 12).

    While "other" has fewer votes than the limit the next smallest group joins it; a room under
    the limit writes nothing, and only the agreed level is kept.
    """
    limit = max(limit, SMALL_LIMIT)
    if total(ballots.values()).votes < limit:
        return {}
    groups = {name: c for name, c in ballots.items() if name != OTHER and c.votes >= limit}
    rest = total(c for name, c in ballots.items() if name not in groups)
    while 0 < rest.votes < limit:
        smallest = min(groups, key=lambda name: (groups[name].votes, name))
        rest += groups.pop(smallest)
    return {**groups, OTHER: rest} if rest else groups


def visible_groups(batches: Iterable[Batch], limit: int = SMALL_LIMIT) -> dict[str, Counts]:
    """Return the sums of one question by group as they may be shown, by the same rule."""
    return batches_to_write(by_group(batches), limit)


def by_group(batches: Iterable[Batch]) -> dict[str, Counts]:
    """Return the sums of live batches by group; hidden from no one, so not for showing."""
    sums: dict[str, Counts] = {}
    for batch in batches:
        held = sums.get(batch.group)
        sums[batch.group] = batch.counts if held is None else held + batch.counts
    return sums


@dataclass(frozen=True, slots=True)
class RoomView:
    """What may be shown of the votes on one question; nothing at all for a room too small."""

    counts: Counts | None = None
    agreed: bool = False
    groups: Mapping[str, Counts] | None = None
    perception_gap: int | None = None


def room_view(batches: Iterable[Batch], limit: int = SMALL_LIMIT) -> RoomView:
    """Return what may be shown of one question: a unanimous room as "agreed", without groups."""
    groups = visible_groups(batches, limit)
    if not groups:
        return RoomView()
    counts = total(groups.values())
    if is_unanimous(counts):
        return RoomView(counts, agreed=True, perception_gap=0 if counts.numeric else None)
    return RoomView(counts, groups=groups, perception_gap=perception_gap(groups, limit))


def perception_gap(groups: Mapping[str, Counts], limit: int = SMALL_LIMIT) -> int | None:
    """Return how far apart the middles of the groups lie; only groups with enough levels count."""
    middles = [
        middle
        for counts in groups.values()
        if counts.numeric >= max(limit, SMALL_LIMIT) and (middle := lower_median(counts))
    ]
    return max(middles) - min(middles) if len(middles) > 1 else None


def is_perception_gap(gap: int | None) -> bool:
    """Say whether groups see it so differently that it is pointed out."""
    return gap is not None and gap >= PERCEPTION_GAP


@dataclass(frozen=True, slots=True)
class Excess:
    """More votes than heads on one question: the group ("" for the whole room) and the batches."""

    question: str
    group: str
    votes: int
    heads: int
    batches: tuple[EntityId, ...]


def more_votes_than_heads(batches: Iterable[Batch], heads: Mapping[str, int]) -> list[Excess]:
    """Return where more people voted than there are, naming the batches to look at."""
    found: list[Excess] = []
    for question, held in _by_question(batches).items():
        groups = {b.group for b in held} & heads.keys()
        parts = [(g, heads[g], [b for b in held if b.group == g]) for g in sorted(groups)]
        if all(b.group in heads or b.group == OTHER for b in held):
            parts.append(("", sum(heads.values()), held))
        found.extend(
            Excess(question, group, votes, most, tuple(b.id for b in part))
            for group, most, part in parts
            if (votes := sum(b.counts.votes for b in part)) > most
        )
    return found


def same_pile(batches: Iterable[Batch], question: str, pile: str) -> list[Batch]:
    """Return the batches already written from a pile: typing it again is refused or replaces."""
    label = _label(pile)
    return [b for b in batches if label and b.question == question and _label(b.pile) == label]


def pile_duplicates(batches: Iterable[Batch]) -> list[tuple[Batch, ...]]:
    """Return the batches that hold the same pile of the same group twice, as after an import."""
    found: dict[tuple[str, str, str], list[Batch]] = {}
    for batch in batches:
        if label := _label(batch.pile):
            found.setdefault((batch.question, batch.group, label), []).append(batch)
    return [tuple(held) for held in found.values() if len(held) > 1]


def _label(pile: str) -> str:
    return " ".join(pile.split()).casefold()


def _by_question(batches: Iterable[Batch]) -> dict[str, list[Batch]]:
    found: dict[str, list[Batch]] = {}
    for batch in batches:
        found.setdefault(batch.question, []).append(batch)
    return found
