"""Ledger: what left this computer, to whom, and what came in; it never travels."""

import json
from dataclasses import asdict, dataclass, fields
from typing import Any

from fieldkit.core.ids import ScopeId
from fieldkit.workspace.workspace import Workspace

KEY = "exports"
MOST = 50


@dataclass(frozen=True, slots=True)
class Sent:
    """One bundle that was written: when (minutes since 1970), of what, for whom, as which file."""

    at: int = 0
    engagement: str = ""
    receiver: str = ""
    file: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True)
class Arrival:
    """One bundle that came in; `scopes` are those it brought something new to."""

    number: int
    at: int
    by: str
    brought: int
    scopes: tuple[ScopeId, ...]
    undone: bool


def note_sent(ws: Workspace, sent: Sent) -> None:
    """Keep what left; the oldest lines go when there are too many."""
    lines = [asdict(one) for one in (sent, *sent_list(ws))[:MOST]]
    ws.transact(lambda: ws.store.local.set_meta(KEY, json.dumps(lines)))


def sent_list(ws: Workspace) -> list[Sent]:
    """Return what left, newest first; a line that is not understood is left out."""
    text = ws.run(lambda: ws.store.local.meta(KEY))
    try:
        held = json.loads(text or "[]")
    except ValueError:
        return []
    return [_sent(line) for line in held if isinstance(line, dict)]


def _sent(line: dict[str, Any]) -> Sent:
    kinds = {f.name: type(f.default) for f in fields(Sent)}
    known: dict[str, Any] = {k: v for k, v in line.items() if k in kinds and type(v) is kinds[k]}
    return Sent(**known)


def arrivals(ws: Workspace) -> list[Arrival]:
    """Return what came in, newest first, also what was taken back."""

    def work() -> list[Arrival]:
        found = []
        for row in ws.store.local.imports():
            scopes = dict.fromkeys(s for s, _ in ws.store.records.by_import(row.id))
            found.append(Arrival(row.id, row.at, row.by, row.new_ops, tuple(scopes), row.undone))
        return found

    return ws.run(work)
