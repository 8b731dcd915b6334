"""Tool: the plate on a tool's door, and the declaration of the kinds and fields it keeps.

Six steps to a new tool: content under resources/content/<tool>; the package fieldkit/tools/<tool>
with model, rules, operations, report, tool and page; a line in tools/__init__.py; a line in
ui/pages.py; its place in the neighbours contract; tests and a golden report.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from fieldkit.core.op import Kind
from fieldkit.core.register import ASK, LATEST, PRESENT, TEXT3

__all__ = ["ASK", "LATEST", "PRESENT", "TEXT3", "Field", "KindPlate", "Offer", "Schema", "Tool"]


@dataclass(frozen=True, slots=True)
class Field:
    """One declared field: how differences are treated and whether its value is committed.

    `free` marks free text, attachment names, batches and person fields, which enter the chain as a
    salted commitment (decisions 6). `long` stores the text apart. `together` names the group of
    fields that are read as one (a level and its reason). `label` is the source text people see.
    """

    name: str
    label: str
    free: bool = False
    long: bool = False
    member: bool = False
    policy: str = ASK
    together: str = ""

    @property
    def kind(self) -> Kind:
        """The op kind that writes this field."""
        if self.member:
            return Kind.MEMBER
        return Kind.TEXT if self.long else Kind.VALUE


@dataclass(frozen=True, slots=True)
class KindPlate:
    """One declared kind of entity: the scope kind it lives in, its fields and its name.

    `by_nature` kinds have natural ids and are always there: undoing their first value clears it
    instead of deleting them. `day_only` kinds carry no time finer than the day (decisions 7).
    """

    name: str
    scope: str
    label: str
    fields: tuple[Field, ...]
    by_nature: bool = False
    day_only: bool = False

    def field(self, name: str) -> Field | None:
        """Return the declaration of a field, whatever its language tag or element."""
        bare = name.split("@", 1)[0].split("/", 1)[0]
        return next((f for f in self.fields if f.name == bare), None)


@dataclass(frozen=True, slots=True)
class Schema:
    """Every kind the tools declare, by name."""

    kinds: Mapping[str, KindPlate]

    @classmethod
    def of(cls, plates: "tuple[KindPlate, ...]") -> "Schema":
        """Collect plates into a schema."""
        return cls({p.name: p for p in plates})

    def field(self, kind: str, name: str) -> Field | None:
        """Return the declaration of a field, or nothing where kind or field is unknown here."""
        plate = self.kinds.get(kind)
        return plate.field(name) if plate else None


@dataclass(frozen=True, slots=True)
class Offer:
    """What a tool offers on another tool's page: for this kind of subject, a labelled command."""

    subject: str
    label: str
    command: str


@dataclass(frozen=True, slots=True)
class Tool:
    """The plate on a tool's door: id, title and icon, the kinds it keeps, its content pack."""

    id: str
    title: str
    icon: str
    kinds: tuple[KindPlate, ...]
    content: str = ""
    reports: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = field(default_factory=tuple)
