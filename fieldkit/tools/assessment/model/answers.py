"""Answers: what was recorded for a question, and its votes as batches and ballots."""

import itertools
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from fieldkit.core.ids import EntityId, ScopeId, natural_id
from fieldkit.core.op import Value
from fieldkit.core.record import Record
from fieldkit.tools.assessment.model.counts import NO_COUNTS, Counts
from fieldkit.tools.assessment.model.stored import Recorded, chosen, grade, recorded

OTHER = "other"
BALLOT = "ballot/"
NO_ID = EntityId("")


@dataclass(frozen=True, slots=True)
class Answer:
    """What the facilitator recorded for one question; the votes stand apart, in batches."""

    question: str
    level: Recorded = None
    reason: str = ""
    na_reason: str = ""
    dissent: str = ""
    evidence: int | None = None
    evidence_text: str = ""
    comment: str = ""
    review: bool = False
    revealed: bool = False

    @staticmethod
    def id_in(scope: ScopeId, question: str) -> EntityId:
        """Return the id of the answer to a question in a round."""
        return natural_id(scope, "answer", question)

    @classmethod
    def from_record(cls, record: Record) -> "Answer":
        """Read an answer; a level or grade that cannot be is no level."""
        return cls(
            question=record.text("question"),
            level=recorded(record.get("level")),
            reason=record.text("reason"),
            na_reason=record.text("na_reason"),
            dissent=record.text("dissent"),
            evidence=grade(record.get("evidence")),
            evidence_text=record.text("evidence_text"),
            comment=record.text("comment"),
            review=record.flag("review"),
            revealed=record.flag("revealed"),
        )

    def as_record(self, scope: ScopeId, fields: Collection[str] = ()) -> Record:
        """Return the record that writes the named fields; with none named, those that say much."""
        held: dict[str, Value] = {
            "level": self.level,
            "reason": self.reason,
            "na_reason": self.na_reason,
            "dissent": self.dissent,
            "evidence": self.evidence,
            "evidence_text": self.evidence_text,
            "comment": self.comment,
            "review": self.review,
            "revealed": self.revealed,
        }
        ent = Answer.id_in(scope, self.question)
        return Record(scope, "answer", ent, chosen(held, fields, self.question))


def alternatives(record: Record) -> tuple[Answer, ...]:
    """Return the answers an open difference leaves possible; a single one where there is none."""
    levels = _standing(record, "level")
    grades = _standing(record, "evidence")
    bare = Answer.from_record(record)
    return tuple(
        replace(bare, level=recorded(level), evidence=grade(one))
        for level, one in itertools.product(levels, grades)
    )


def answers_by_question(records: Iterable[Record]) -> dict[str, Record]:
    """Return the answer records by question; one that claims a question not its own is left out."""
    return {
        r.text("question"): r
        for r in records
        if r.text("question") and r.id == Answer.id_in(r.scope, r.text("question"))
    }


@dataclass(frozen=True, slots=True)
class Batch:
    """How many of one group chose what on one question in one room, at Reveal."""

    question: str
    group: str
    counts: Counts
    pile: str = ""
    day: str = ""
    id: EntityId = NO_ID

    @classmethod
    def from_record(cls, record: Record) -> "Batch":
        """Read a batch."""
        return cls(
            question=record.text("question"),
            group=record.text("group") or OTHER,
            counts=Counts.from_value(record.get("counts")),
            pile=record.text("pile"),
            day=record.text("day"),
            id=record.id,
        )

    def as_record(self, scope: ScopeId) -> Record:
        """Return the record that writes the batch; its id must have been minted."""
        return Record(
            scope,
            "batch",
            self.id,
            {
                "question": self.question,
                "group": self.group,
                "counts": self.counts.as_value(),
                "pile": self.pile,
                "day": self.day,
            },
        )


@dataclass(frozen=True, slots=True)
class Ballot:
    """Votes of one group on one question before Reveal; kept as counts in the local draft only."""

    question: str
    group: str
    counts: Counts = NO_COUNTS

    @property
    def field(self) -> str:
        """The draft field it is kept under, beside the answer."""
        return BALLOT + self.group

    @classmethod
    def from_draft(cls, question: str, fld: str, value: Value) -> "Ballot | None":
        """Read a ballot from a draft field, or nothing where the draft is something else."""
        if not fld.startswith(BALLOT):
            return None
        return cls(question, fld[len(BALLOT) :], Counts.from_value(value))

    def as_draft(self) -> Value:
        """Return the counts to keep as a draft, or None to clear it."""
        return self.counts.as_value() or None


def _standing(record: Record, name: str) -> tuple[Value, ...]:
    versions = record.differing.get(name, ())
    return tuple(v.value for v in versions if not v.withheld) or (record.get(name),)
