"""Changes: the kinds, scopes and entities one commit touched, and who asked."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from fieldkit.core.ids import EntityId, ScopeId


@dataclass(frozen=True, slots=True)
class Changes:
    """What one commit, undo or import touched; pages that show none of it stay as they are."""

    kinds: frozenset[str]
    entities: frozenset[EntityId] = frozenset()
    scopes: frozenset[ScopeId] = frozenset()
    by: object | None = field(default=None, compare=False)

    def touched(self, kinds: Iterable[str]) -> bool:
        """Say whether any of these kinds was touched."""
        return not self.kinds.isdisjoint(kinds)

    def __bool__(self) -> bool:
        """Nothing touched is false."""
        return bool(self.kinds)


NOTHING = Changes(frozenset())
