"""Results: everything the results page and its paper show of one round, worked out once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from fieldkit.core.record import Record
from fieldkit.tools.assessment.model import Answer, Batch, Checklist, Rating, Round
from fieldkit.tools.assessment.model.attachments import Attachment
from fieldkit.tools.assessment.rules.board import is_split, rooms_of
from fieldkit.tools.assessment.rules.closing import Missing, missing_reasons
from fieldkit.tools.assessment.rules.consolidate import ANSWERED, NA, UNANSWERED, UNKNOWN, responses
from fieldkit.tools.assessment.rules.limits import Limit, evidence_limits, limits
from fieldkit.tools.assessment.rules.priorities import (
    Gap,
    Priority,
    Weakness,
    dimension_targets,
    gap_list,
    priorities,
    to_rate,
    weaknesses,
)
from fieldkit.tools.assessment.rules.ranges import ScoreRange, possible_responses, score_range
from fieldkit.tools.assessment.rules.rounds import Comparison, RoundResult
from fieldkit.tools.assessment.rules.scores import Scores, score
from fieldkit.tools.assessment.rules.votes import (
    RoomView,
    VoteSummary,
    is_perception_gap,
    lower_median,
    summarise,
)

EVIDENCE_SEEN = 2


@dataclass(frozen=True, slots=True)
class Kept:
    """What a round holds, as read; `group_names` gives the names of groups by their ids."""

    round: Round
    answers: Mapping[str, Record]
    batches: Sequence[Record]
    targets: Mapping[str, int | None] = field(default_factory=dict)
    ratings: Mapping[str, Rating] = field(default_factory=dict)
    attachments: Sequence[Attachment] = ()
    group_names: Mapping[str, str] = field(default_factory=dict)
    limit: int = 3


@dataclass(frozen=True, slots=True)
class Agreement:
    """How one room voted on one question, as far as it may be shown."""

    question: str
    room: RoomView
    votes: VoteSummary
    split: bool
    agreed_level: int | None


@dataclass(frozen=True, slots=True)
class Perception:
    """Groups that see a question differently: their middles by group id, and how far apart."""

    question: str
    gap: int
    middles: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts of the summary line."""

    total: int
    levels: int
    unknown: int
    na: int
    unanswered: int
    agreed: int
    split: int
    evidence_seen: int


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier round beside this one: its title, its result and what changed."""

    title: str
    day: str
    result: RoundResult
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Results:
    """The result of one round; `scores` uses the values shown while differences are open."""

    round: Round
    checklist: Checklist
    answers: Mapping[str, Answer]
    scores: Scores
    ranges: ScoreRange
    targets: Mapping[str, int | None]
    ratings: Mapping[str, Rating]
    gaps: Sequence[Gap]
    dimension_targets: Mapping[str, Fraction | None]
    priorities: Sequence[Priority]
    to_rate: Sequence[str]
    limits: Sequence[Limit]
    evidence_limits: Sequence[Limit]
    weaknesses: Sequence[Weakness]
    rooms: Mapping[str, RoomView]
    agreements: Sequence[Agreement]
    perceptions: Sequence[Perception]
    missing_reasons: Sequence[Missing]
    attachments: Mapping[str, Sequence[Attachment]]
    group_names: Mapping[str, str]
    tally: Tally
    limit: int
    earlier: Earlier | None = None

    @property
    def is_indicative(self) -> bool:
        """Say whether this is a quick scan: indicative, without targets."""
        return self.round.mode == "quick"

    @property
    def as_round_result(self) -> RoundResult:
        """Return what a comparison takes."""
        return RoundResult(self.checklist, self.round.mode, self.scores)


def results_of(checklist: Checklist, kept: Kept) -> Results:
    """Work out the results of a round."""
    answers = {q: Answer.from_record(record) for q, record in kept.answers.items()}
    batches = [Batch.from_record(record) for record in kept.batches]
    scores = score(checklist, responses(answers.values(), batches))
    targets = {} if kept.round.mode == "quick" else kept.targets
    rooms = rooms_of(batches, kept.limit)
    agreements = _agreements(checklist, rooms, answers)
    return Results(
        round=kept.round,
        checklist=checklist,
        answers=answers,
        scores=scores,
        ranges=score_range(checklist, possible_responses(kept.answers.values(), kept.batches)),
        targets=targets,
        ratings=kept.ratings,
        gaps=gap_list(scores.evidenced, targets),
        dimension_targets=dimension_targets(checklist, scores.evidenced, targets),
        priorities=priorities(checklist, scores.evidenced, targets, kept.ratings),
        to_rate=to_rate(checklist, scores.evidenced, targets),
        limits=limits(checklist, scores.evidenced),
        evidence_limits=evidence_limits(scores.evidenced),
        weaknesses=weaknesses(checklist, scores.evidenced),
        rooms=rooms,
        agreements=agreements,
        perceptions=_perceptions(checklist, rooms),
        missing_reasons=missing_reasons(checklist, scores, answers),
        attachments=_by_question(kept.attachments),
        group_names=kept.group_names,
        tally=_tally(scores, agreements),
        limit=kept.limit,
    )


def _agreements(
    checklist: Checklist, rooms: Mapping[str, RoomView], answers: Mapping[str, Answer]
) -> list[Agreement]:
    """Return every room that may be shown, the least agreed first, then in model order."""
    found = []
    for question in checklist.questions:
        room = rooms.get(question.id)
        if room is None or room.counts is None:
            continue
        recorded = answers[question.id].level if question.id in answers else None
        level = recorded if isinstance(recorded, int) else None
        votes = summarise(room.counts)
        found.append(Agreement(question.id, room, votes, is_split(room.counts), level))
    return sorted(
        found, key=lambda a: Fraction(1) if a.votes.agreement is None else a.votes.agreement
    )


def _perceptions(checklist: Checklist, rooms: Mapping[str, RoomView]) -> list[Perception]:
    """Return the questions groups see differently, the widest gap first, then in model order."""
    found = []
    for question in checklist.questions:
        room = rooms.get(question.id)
        gap = room.perception_gap if room else None
        if room is None or gap is None or not is_perception_gap(gap):
            continue
        middles = {
            group: middle
            for group, counts in (room.groups or {}).items()
            if (middle := lower_median(counts)) is not None
        }
        found.append(Perception(question.id, gap, middles))
    return sorted(found, key=lambda p: -p.gap)


def _tally(scores: Scores, agreements: Sequence[Agreement]) -> Tally:
    states = [base.status for base in scores.base.values()]
    return Tally(
        total=len(states),
        levels=states.count(ANSWERED),
        unknown=states.count(UNKNOWN),
        na=states.count(NA),
        unanswered=states.count(UNANSWERED),
        agreed=sum(not a.split for a in agreements),
        split=sum(a.split for a in agreements),
        evidence_seen=sum(
            b.status == ANSWERED and b.evidence >= EVIDENCE_SEEN for b in scores.base.values()
        ),
    )


def _by_question(attachments: Sequence[Attachment]) -> dict[str, list[Attachment]]:
    found: dict[str, list[Attachment]] = {}
    for one in attachments:
        found.setdefault(one.question, []).append(one)
    return found
