"""The nouns of a strategy: the frame, its priorities with their source, its actions."""

from dataclasses import dataclass

from fieldkit.core.ids import EntityId, ScopeId, natural_id
from fieldkit.core.op import Value
from fieldkit.core.record import Record

SCOPE, KIND, PRIORITY, ACTION = "strategy", "strategy", "priority", "action"
DRAFT = "draft"
NO_SCOPE, NO_ID = ScopeId(""), EntityId("")


@dataclass(frozen=True, slots=True)
class Strategy:
    """The frame of one strategy; `source` is the round it was started from."""

    title: str = ""
    problem: str = ""
    vision: str = ""
    period: str = ""
    source: ScopeId = NO_SCOPE
    state: str = DRAFT
    scope: ScopeId = NO_SCOPE
    differing: frozenset[str] = frozenset()

    @classmethod
    def of(cls, record: Record) -> "Strategy":
        """Read the frame from its record."""
        return cls(
            record.text("title"),
            record.text("problem"),
            record.text("vision"),
            record.text("period"),
            ScopeId(record.text("source")),
            record.text("state") or DRAFT,
            record.scope,
            frozenset(record.differing),
        )


def frame_id(scope: ScopeId) -> EntityId:
    """Return the id of the one frame of a strategy."""
    return natural_id(scope, KIND, "")


@dataclass(frozen=True, slots=True)
class Priority:
    """One problem to solve; `question` and `level` say which answer it came from, and as it was."""

    title: str
    why: str = ""
    question: str = ""
    level: int | None = None
    target: int | None = None
    confirmed: bool = False
    id: EntityId = NO_ID
    scope: ScopeId = NO_SCOPE
    pos: str = ""
    differing: frozenset[str] = frozenset()

    @classmethod
    def of(cls, record: Record) -> "Priority":
        """Read a priority from its record."""
        return cls(
            record.text("title"),
            record.text("why"),
            record.text("question"),
            _level(record.get("level")),
            _level(record.get("target")),
            record.flag("confirmed"),
            record.id,
            record.scope,
            record.text("pos"),
            frozenset(record.differing),
        )

    def fields(self) -> dict[str, Value]:
        """Return every field as it is written."""
        return {
            "title": self.title.strip(),
            "why": self.why,
            "question": self.question,
            "level": self.level,
            "target": self.target,
            "confirmed": self.confirmed,
            "pos": self.pos,
        }


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do about a priority: what, who (a role or unit) and until when."""

    title: str
    priority: EntityId
    text: str = ""
    owner: str = ""
    due: str = ""
    id: EntityId = NO_ID
    scope: ScopeId = NO_SCOPE
    pos: str = ""
    differing: frozenset[str] = frozenset()

    @classmethod
    def of(cls, record: Record) -> "Action":
        """Read an action from its record."""
        return cls(
            record.text("title"),
            EntityId(record.text("priority")),
            record.text("text"),
            record.text("owner"),
            record.text("due"),
            record.id,
            record.scope,
            record.text("pos"),
            frozenset(record.differing),
        )

    def fields(self) -> dict[str, Value]:
        """Return every field as it is written."""
        return {
            "title": self.title.strip(),
            "priority": self.priority,
            "text": self.text,
            "owner": self.owner.strip(),
            "due": self.due.strip(),
            "pos": self.pos,
        }


def _level(value: Value) -> int | None:
    whole = isinstance(value, int) and not isinstance(value, bool)
    return value if whole and isinstance(value, int) and 1 <= value <= 5 else None
