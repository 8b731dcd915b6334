"""Attachments: files shown as evidence, named by their hash, with their number in the register."""

from collections.abc import Mapping
from dataclasses import dataclass

from fieldkit.core.ids import EntityId, ScopeId
from fieldkit.core.op import Value
from fieldkit.core.record import Record


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file kept with an answer, or the question set kept with its round."""

    scope: ScopeId
    id: EntityId
    parent: EntityId
    question: str
    name: str
    sha: str
    size: int
    media: str
    register_no: str
    pos: str

    @classmethod
    def from_record(cls, record: Record) -> "Attachment":
        """Read an attachment; a file that is not well described has no hash."""
        value = record.get("file")
        file: Mapping[str, Value] = value if isinstance(value, Mapping) else {}
        size = file.get("s")
        return cls(
            record.scope,
            record.id,
            EntityId(record.text("parent")),
            record.text("question"),
            _text(file.get("n")),
            _text(file.get("h")),
            size if isinstance(size, int) and not isinstance(size, bool) else 0,
            _text(file.get("m")),
            record.text("register_no"),
            record.text("pos"),
        )


def _text(value: Value) -> str:
    return value if isinstance(value, str) else ""
