"""Review: what a bundle would change here, as the preview page shows it."""

import datetime as dt
from dataclasses import dataclass

from fieldkit.core.ids import ScopeId

UNSIGNED = "unsigned"


@dataclass(frozen=True, slots=True)
class ScopeReview:
    """What one scope of the bundle would bring; `refused` is the code why it cannot come in.

    `new_kinds` and `changed_kinds` count the same entries by kind.
    """

    scope: ScopeId
    kind: str
    title: str
    new: int = 0
    changed: int = 0
    deleted: int = 0
    differences: int = 0
    gaps: int = 0
    ops_new: int = 0
    ops_known: int = 0
    unknown: int = 0
    refused: str = ""
    new_kinds: tuple[tuple[str, int], ...] = ()
    changed_kinds: tuple[tuple[str, int], ...] = ()

    @property
    def changes_nothing(self) -> bool:
        """Say whether everything in this scope is held already."""
        return self.ops_new == 0


@dataclass(frozen=True, slots=True)
class Review:
    """What the whole bundle would bring, and what is known about the file itself."""

    bundle: str
    by_label: str
    created: dt.datetime
    size: int
    scopes: tuple[ScopeReview, ...]
    signed: str = UNSIGNED
    already_imported: bool = False
    older: bool = False
    attachments_in: int = 0
    attachments_missing: int = 0
    clocks_off: tuple[str, ...] = ()

    @property
    def ops_new(self) -> int:
        """How many ops are not held yet, in scopes that can come in."""
        return sum(s.ops_new for s in self.scopes if not s.refused)

    @property
    def differences(self) -> int:
        """How many differences to settle the import would open."""
        return sum(s.differences for s in self.scopes if not s.refused)
