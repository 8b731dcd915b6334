"""The board: the state of every question of a round, filtered, searched and walked through."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from fieldkit.core.errors import N_
from fieldkit.core.fold import fold
from fieldkit.core.record import Record
from fieldkit.tools.assessment.model import Answer, Batch, Checklist, Counts, Round
from fieldkit.tools.assessment.rules.consolidate import (
    ANSWERED,
    NA,
    NO_RESPONSE,
    UNKNOWN,
    Consolidated,
    consolidate,
    responses,
)
from fieldkit.tools.assessment.rules.votes import (
    DISCUSS,
    RECONCILE,
    RoomView,
    lower_median,
    room_view,
    summarise,
)

STATES = {ANSWERED: "level", NA: "na", UNKNOWN: "dk"}
UNANSWERED = "unanswered"
ALL, MARKED, SPLIT = "all", "marked", "split"
NO_EVIDENCE, COMMENTED, DIFFERING = "no_evidence", "commented", "differing"
FILTERS = {
    ALL: N_("All questions"),
    UNANSWERED: N_("Unanswered"),
    MARKED: N_("Marked for review"),
    SPLIT: N_("The room was split"),
    NO_EVIDENCE: N_("No evidence seen"),
    COMMENTED: N_("With comments"),
    DIFFERING: N_("With differences to settle"),
}


@dataclass(frozen=True, slots=True)
class QuestionState:
    """One question of a round: `state` is unanswered, dk, na or level; `waiting` only counts.

    `agreed` says that a person recorded it, otherwise it comes from the votes. `room` is what may
    be shown of the votes, empty before Reveal.
    """

    id: str
    dimension: str
    answer: Answer
    state: str = UNANSWERED
    level: int | None = None
    agreed: bool = False
    waiting: Mapping[str, int] = field(default_factory=dict)
    room: RoomView = field(default_factory=RoomView)
    median: int | None = None
    flag: str | None = None
    split: bool = False
    attachments: int = 0
    differing: frozenset[str] = frozenset()

    @property
    def waiting_votes(self) -> int:
        """How many votes wait for Reveal, without what they say."""
        return sum(self.waiting.values())

    @property
    def is_commented(self) -> bool:
        """Say whether a comment or a different view is written."""
        return bool(self.answer.comment.strip() or self.answer.dissent.strip())

    @property
    def lacks_evidence(self) -> bool:
        """Say whether a level stands on words alone."""
        return self.state == "level" and not self.answer.evidence and not self.attachments

    def matches(self, chosen: str) -> bool:
        """Say whether a filter keeps the question."""
        checks: dict[str, bool] = {
            ALL: True,
            UNANSWERED: self.state == UNANSWERED,
            MARKED: self.answer.review,
            SPLIT: self.split,
            NO_EVIDENCE: self.lacks_evidence,
            COMMENTED: self.is_commented,
            DIFFERING: bool(self.differing),
        }
        return checks[chosen]

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything people wrote about the question."""
        a = self.answer
        return (a.reason, a.na_reason, a.dissent, a.evidence_text, a.comment)


@dataclass(frozen=True, slots=True)
class DimensionState:
    """How far one dimension is."""

    id: str
    answered: int
    total: int


@dataclass(frozen=True)
class Board:
    """Every question of a round in model order."""

    round: Round
    questions: tuple[QuestionState, ...]

    @cached_property
    def by_id(self) -> Mapping[str, QuestionState]:
        """Every state by question."""
        return {q.id: q for q in self.questions}

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The questions in model order."""
        return tuple(q.id for q in self.questions)

    @cached_property
    def dimensions(self) -> tuple[DimensionState, ...]:
        """How far each dimension is, in model order."""
        held: dict[str, list[QuestionState]] = {}
        for question in self.questions:
            held.setdefault(question.dimension, []).append(question)
        return tuple(
            DimensionState(name, sum(q.state != UNANSWERED for q in mine), len(mine))
            for name, mine in held.items()
        )

    @property
    def answered(self) -> int:
        """How many questions have any answer."""
        return self.count(ALL) - self.count(UNANSWERED)

    @property
    def total(self) -> int:
        """How many questions the round asks."""
        return len(self.questions)

    @property
    def is_quick(self) -> bool:
        """Say whether the round is a quick scan."""
        return self.round.mode == "quick"

    def count(self, chosen: str) -> int:
        """Return how many questions a filter keeps."""
        return sum(q.matches(chosen) for q in self.questions)

    def matching(
        self,
        chosen: str = ALL,
        query: str = "",
        texts: Mapping[str, Sequence[str]] | None = None,
    ) -> tuple[str, ...]:
        """Return the questions a filter keeps that hold every word searched for.

        `texts` gives the texts of each question in the languages on the screen.
        """
        wanted = fold(query).split()
        return tuple(
            q.id
            for q in self.questions
            if q.matches(chosen) and _holds(wanted, (q.id, *q.texts, *(texts or {}).get(q.id, ())))
        )

    def next_unanswered(self, after: str = "") -> str | None:
        """Return the next unanswered question, starting over at the end; nothing if all are."""
        return self._next(lambda q: q.state == UNANSWERED, after)

    def next_matching(self, chosen: str, after: str = "") -> str | None:
        """Return the next question a filter keeps, starting over at the end."""
        return self._next(lambda q: q.matches(chosen), after)

    def _next(self, wanted: Callable[[QuestionState], bool], after: str) -> str | None:
        start = self.order.index(after) + 1 if after in self.by_id else 0
        around = (*self.questions[start:], *self.questions[:start])
        return next((q.id for q in around if wanted(q)), None)

    def following(self, question: str) -> str | None:
        """Return the question after this one."""
        return self._beside(question, 1)

    def preceding(self, question: str) -> str | None:
        """Return the question before this one."""
        return self._beside(question, -1)

    def _beside(self, question: str, by: int) -> str | None:
        at = self.order.index(question) + by
        return self.order[at] if 0 <= at < len(self.order) else None

    @property
    def landing(self) -> str:
        """The question to open: the last one looked at, else the first unanswered."""
        if self.round.last in self.by_id:
            return self.round.last
        return self.next_unanswered() or self.order[0]


def _holds(wanted: Sequence[str], texts: Sequence[str]) -> bool:
    if not wanted:
        return True
    held = fold("\n".join(texts))
    return all(word in held for word in wanted)


@dataclass(frozen=True, slots=True)
class Held:
    """What a round holds, as read: answer records, live batches, counts of waiting votes, files."""

    round: Round
    answers: Mapping[str, Record]
    batches: Sequence[Batch]
    waiting: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    attachments: Mapping[str, int] = field(default_factory=dict)
    limit: int = 3


def board_of(checklist: Checklist, held: Held) -> Board:
    """Return the board of a round."""
    answers = {q: Answer.from_record(record) for q, record in held.answers.items()}
    known = responses(answers.values(), held.batches)
    rooms = rooms_of(held.batches, held.limit)
    states = []
    for question in checklist.questions:
        record = held.answers.get(question.id)
        bare = QuestionState(
            id=question.id,
            dimension=question.dimension,
            answer=answers.get(question.id, Answer(question.id)),
            waiting=held.waiting.get(question.id, {}),
            attachments=held.attachments.get(question.id, 0),
            differing=frozenset(record.differing) if record else frozenset(),
        )
        base = consolidate(question, known.get(question.id, NO_RESPONSE))
        states.append(_judged(bare, base, rooms.get(question.id, RoomView())))
    return Board(held.round, tuple(states))


def rooms_of(batches: Iterable[Batch], limit: int) -> dict[str, RoomView]:
    """Return what may be shown of the votes on each question."""
    voted: dict[str, list[Batch]] = {}
    for batch in batches:
        voted.setdefault(batch.question, []).append(batch)
    return {question: room_view(held, limit) for question, held in voted.items()}


def is_split(counts: Counts | None) -> bool:
    """Say whether the votes lay apart, whatever was agreed afterwards."""
    return counts is not None and summarise(counts).flag in (DISCUSS, RECONCILE)


def _judged(bare: QuestionState, base: Consolidated, room: RoomView) -> QuestionState:
    return replace(
        bare,
        state=STATES.get(base.status, UNANSWERED),
        level=base.level,
        agreed=bare.answer.level is not None,
        room=room,
        median=lower_median(room.counts) if room.counts else None,
        flag=base.votes.flag,
        split=is_split(room.counts),
    )
