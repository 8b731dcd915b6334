"""Ranges: scoring twice while differences are open, all lowest and all highest (decisions 10)."""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from fieldkit.core.errors import N_
from fieldkit.core.record import Record
from fieldkit.tools.assessment.model import (
    LEVELS,
    Batch,
    Checklist,
    Counts,
    Question,
    alternatives,
    answers_by_question,
)
from fieldkit.tools.assessment.rules.consolidate import Response, consolidate
from fieldkit.tools.assessment.rules.explain import Step, step
from fieldkit.tools.assessment.rules.scores import Scores, Track, score
from fieldkit.tools.assessment.rules.votes import by_group


@dataclass(frozen=True, slots=True)
class Range:
    """From where to where a number can lie; `None` is no score."""

    low: Fraction | None
    high: Fraction | None

    @property
    def is_single(self) -> bool:
        """Say whether both runs agree."""
        return self.low == self.high

    def step(self) -> Step:
        """Return the range as a step: "a to b", "a or no score", a single number, no score."""
        known = [value for value in (self.low, self.high) if value is not None]
        if not known:
            return step(N_("no score"))
        if len(known) == 1:
            return step(N_("{score} or no score"), score=known[0])
        if self.is_single:
            return step(N_("{score}"), score=known[0])
        return step(N_("{low} to {high}"), low=known[0], high=known[1])


@dataclass(frozen=True, slots=True)
class ScoreRange:
    """The two runs; equal where no difference is open."""

    lowest: Scores
    highest: Scores
    open_questions: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        """Say whether a difference is still to be settled."""
        return bool(self.open_questions)

    def dimension(self, track: str, name: str) -> Range:
        """Return from where to where a dimension's score lies."""
        return _range(*(t.dimensions[name].score for t in self._tracks(track)))

    def overall(self, track: str) -> Range:
        """Return from where to where the overall number lies."""
        return _range(*(t.overall for t in self._tracks(track)))

    def stage(self, track: str) -> str | None:
        """Return the stage where both runs agree on it, else nothing."""
        low, high = (t.stage for t in self._tracks(track))
        return low if low == high else None

    def _tracks(self, track: str) -> tuple[Track, Track]:
        return self.lowest.track(track), self.highest.track(track)


def score_range(checklist: Checklist, possible: Mapping[str, Sequence[Response]]) -> ScoreRange:
    """Score with the lowest and with the highest of the responses each question may have."""
    lowest: dict[str, Response] = {}
    highest: dict[str, Response] = {}
    for question in checklist.questions:
        several = possible.get(question.id, ())
        if several:
            ranked = _ranked(question, several)
            lowest[question.id], highest[question.id] = ranked[0], ranked[-1]
    low = score(checklist, lowest)
    same = lowest == highest
    opened = tuple(name for name in lowest if lowest[name] != highest[name])
    return ScoreRange(low, low if same else score(checklist, highest), opened)


def possible_responses(
    answers: Iterable[Record], batches: Iterable[Record]
) -> dict[str, list[Response]]:
    """Return, by question, every response the open differences of a round leave possible."""
    lows: dict[str, list[Batch]] = {}
    highs: dict[str, list[Batch]] = {}
    for record in batches:
        low, high = _ends(record)
        lows.setdefault(low.question, []).append(low)
        highs.setdefault(high.question, []).append(high)
    found = {
        name: _distinct(Response(by_group(held)) for held in (lows[name], highs[name]))
        for name in lows
    }
    for name, record in answers_by_question(answers).items():
        voted = found.get(name, [Response()])
        found[name] = _distinct(
            Response(votes.groups, answer.level, answer.evidence or 0)
            for votes, answer in itertools.product(voted, alternatives(record))
        )
    return found


def _range(one: Fraction | None, other: Fraction | None) -> Range:
    if one is not None and other is not None and one > other:
        return Range(other, one)
    return Range(one, other)


def _ranked(question: Question, several: Sequence[Response]) -> list[Response]:
    def rank(response: Response) -> tuple[int, int]:
        return consolidate(question, response).level or 0, response.evidence

    return sorted(several, key=rank)


def _ends(record: Record) -> tuple[Batch, Batch]:
    """Return the batch with the lowest and with the highest of its standing counts."""
    shown = Batch.from_record(record)
    versions = record.differing.get("counts", ())
    standing = [Counts.from_value(v.value) for v in versions if not v.withheld] or [shown.counts]
    ranked = sorted(standing, key=_mean_level)
    low, high = (
        Batch(shown.question, shown.group, counts, shown.pile, shown.day, shown.id)
        for counts in (ranked[0], ranked[-1])
    )
    return low, high


def _mean_level(counts: Counts) -> Fraction:
    points = sum(level * count for level, count in zip(LEVELS, counts.levels, strict=True))
    return Fraction(points, counts.numeric or 1)


def _distinct(several: Iterable[Response]) -> list[Response]:
    found: list[Response] = []
    for one in several:
        if one not in found:
            found.append(one)
    return found
