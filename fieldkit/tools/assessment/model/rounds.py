"""Rounds: one assessment at one time, with its targets, ratings and the facilitator's notes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from fieldkit.core.ids import EntityId, ScopeId, natural_id
from fieldkit.core.op import Value
from fieldkit.core.record import Record
from fieldkit.tools.assessment.model.stored import chosen, one_to_five

FULL, QUICK = "full", "quick"
OPEN, CLOSED = "open", "closed"


@dataclass(frozen=True, slots=True)
class ModelRef:
    """The question set a round was made with: its id, version and hash."""

    id: str = ""
    version: str = ""
    sha256: str = ""

    @classmethod
    def from_value(cls, value: Value) -> "ModelRef":
        """Read the register of a round."""
        held = value if isinstance(value, Mapping) else {}
        texts = (held.get(name) for name in ("id", "version", "sha256"))
        return cls(*(t if isinstance(t, str) else "" for t in texts))

    def as_value(self) -> Value:
        """Return the value of the register."""
        return {"id": self.id, "version": self.version, "sha256": self.sha256}


@dataclass(frozen=True, slots=True)
class Round:
    """One assessment of one agency or unit at one time."""

    title: str = ""
    mode: str = FULL
    unit: str = ""
    state: str = OPEN
    model: ModelRef = field(default_factory=ModelRef)
    day: str = ""
    last: str = ""
    summary: str = ""

    @staticmethod
    def id_in(scope: ScopeId) -> EntityId:
        """Return the id of the round itself in its scope."""
        return natural_id(scope, "round", "")

    @classmethod
    def from_record(cls, record: Record) -> "Round":
        """Read a round; an unknown mode counts as full, an unknown state as open."""
        return cls(
            title=record.text("title"),
            mode=QUICK if record.text("mode") == QUICK else FULL,
            unit=record.text("unit"),
            state=CLOSED if record.text("state") == CLOSED else OPEN,
            model=ModelRef.from_value(record.get("model")),
            day=record.text("day"),
            last=record.text("last"),
            summary=record.text("summary"),
        )

    def as_record(self, scope: ScopeId, fields: Collection[str] = ()) -> Record:
        """Return the record that writes the named fields; with none named, those that say much."""
        held: dict[str, Value] = {
            "title": self.title,
            "mode": self.mode,
            "unit": self.unit,
            "state": self.state,
            "model": self.model.as_value() if self.model.id else None,
            "day": self.day,
            "last": self.last,
            "summary": self.summary,
        }
        return Record(scope, "round", Round.id_in(scope), chosen(held, fields))


@dataclass(frozen=True, slots=True)
class Target:
    """The level a group wants to reach on a question; None means the default."""

    question: str
    level: int | None = None

    @classmethod
    def from_record(cls, record: Record) -> "Target":
        """Read a target; what is no level is the default."""
        return cls(record.text("question"), one_to_five(record.get("level")))

    def as_record(self, scope: ScopeId) -> Record:
        """Return the record that writes the target."""
        ent = natural_id(scope, "target", self.question)
        return Record(scope, "target", ent, {"question": self.question, "level": self.level})


@dataclass(frozen=True, slots=True)
class Rating:
    """How needed, how harmful if left, how feasible: 1 to 5 each; None is not rated."""

    question: str
    need: int | None = None
    harm: int | None = None
    feasibility: int | None = None

    @classmethod
    def from_record(cls, record: Record) -> "Rating":
        """Read a rating; what is no number from 1 to 5 is not rated."""
        return cls(
            record.text("question"),
            one_to_five(record.get("need")),
            one_to_five(record.get("harm")),
            one_to_five(record.get("feasibility")),
        )

    def as_record(self, scope: ScopeId, fields: Collection[str] = ()) -> Record:
        """Return the record that writes the named fields; with none named, those rated."""
        held: dict[str, Value] = {
            "need": self.need,
            "harm": self.harm,
            "feasibility": self.feasibility,
        }
        ent = natural_id(scope, "rating", self.question)
        return Record(scope, "rating", ent, chosen(held, fields, self.question))


@dataclass(frozen=True, slots=True)
class Note:
    """A facilitator's own note on a question of a round; lives in the private scope only."""

    assessment: ScopeId
    question: str
    text: str = ""

    @staticmethod
    def id_in(private: ScopeId, assessment: ScopeId, question: str) -> EntityId:
        """Return the id of the note on a question of a round."""
        return natural_id(private, "note", f"{assessment} {question}")

    def as_record(self, private: ScopeId) -> Record:
        """Return the record that writes the note."""
        ent = Note.id_in(private, self.assessment, self.question)
        return Record(private, "note", ent, {"question": self.question, "text": self.text})
