"""Record: one entity as tools read it and write it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from fieldkit.core.ids import EntityId, ScopeId
from fieldkit.core.op import Dot, Value


@dataclass(frozen=True, slots=True)
class Version:
    """One standing value of a field, with who wrote it and when (display only, never ordering)."""

    value: Value
    dot: Dot
    lam: int
    wall: int
    writer_label: str
    ours: bool
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """One entity: its kind, where it lives and its fields; to write, give only what is set.

    A field name is bare ("level"), with a language tag ("title@sr-Latn") for text in several
    languages, or with an element ("tags/urgent") for a set. `differing` lists the fields with an
    open difference; `fields` then holds the value that lists and papers show meanwhile.
    """

    scope: ScopeId
    kind: str
    id: EntityId
    fields: Mapping[str, Value] = field(default_factory=dict)
    differing: Mapping[str, tuple[Version, ...]] = field(default_factory=dict)
    deleted: bool = False
    contested: bool = False
    unknown: tuple[str, ...] = ()

    def get(self, name: str, default: Value = None) -> Value:
        """Return a field's value, or the default where nothing was written."""
        value = self.fields.get(name)
        return default if value is None else value

    def text(self, name: str) -> str:
        """Return a text field, empty where nothing was written."""
        value = self.fields.get(name)
        return value if isinstance(value, str) else ""

    def whole(self, name: str, default: int = 0) -> int:
        """Return an integer field, or the default."""
        value = self.fields.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else default

    def flag(self, name: str) -> bool:
        """Return a yes/no field, false where nothing was written."""
        return self.fields.get(name) is True

    def elements(self, name: str) -> frozenset[str]:
        """Return the members of a set field."""
        prefix = name + "/"
        return frozenset(
            k[len(prefix) :] for k, v in self.fields.items() if k.startswith(prefix) and v is True
        )


@dataclass(frozen=True, slots=True)
class Removal:
    """An order to delete one entity; what the deleter saw is recorded with it."""

    scope: ScopeId
    kind: str
    id: EntityId


@dataclass(frozen=True, slots=True)
class NewScope:
    """An order to open a scope: its kind and its parent scope, if it is somebody's child."""

    scope: ScopeId
    kind: str
    parent: ScopeId | None = None
