"""What the overview tells beside the journey: what was sent, received and backed up, and when."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from fieldkit.core.errors import N_
from fieldkit.core.i18n import Words
from fieldkit.core.ids import ScopeId
from fieldkit.store.records import Interval
from fieldkit.workspace.backup import backups
from fieldkit.workspace.transfer import family
from fieldkit.workspace.workspace import Recent, Workspace

DAY = 24 * 60
# Landing where one stopped is written down too, but nobody did anything.
UNTOLD = frozenset({"Place remembered"})


@dataclass(frozen=True, slots=True)
class Carried:
    """What left and what came: minutes since 1970, and how many of our changes wait to be sent."""

    sent: int | None
    unsent: int
    received: int | None
    received_from: str


@dataclass(frozen=True, slots=True)
class Done:
    """One line of what happened lately; the same done several times in a row is one line."""

    at: int
    label: str
    count: int


def carried(ws: Workspace, engagement: ScopeId) -> Carried:
    """Return what of an engagement was sent and received, and what waits."""
    scopes = family(ws, engagement)

    def work() -> Carried:
        last = next((row for row in ws.store.local.imports() if not row.undone), None)
        return Carried(
            ws.store.local.last_sent(),
            sum(_unsent(ws, scope) for scope in scopes),
            last.at if last else None,
            last.by if last else "",
        )

    return ws.run(work)


def _unsent(ws: Workspace, scope: ScopeId) -> int:
    """Return how many of this computer's own changes never left it; runs on the store thread."""
    sent = ws.store.local.sent(scope)
    ours = {w.id for w in ws.store.records.writers().values() if w.install == ws.store.install}
    runs: list[Interval] = [r for r in ws.store.records.intervals(scope) if r.writer in ours]
    return sum(max(run.hi - max(sent.get(run.writer, 0), run.lo - 1), 0) for run in runs)


def last_backup(ws: Workspace) -> int | None:
    """Return the minute of the newest backup, or nothing where there is none."""
    held = backups(ws.paths.backups)
    return int(held[0].path.stat().st_mtime) // 60 if held else None


def lately(ws: Workspace, engagement: ScopeId, most: int) -> list[Done]:
    """Return what was done lately in an engagement, newest first, equal neighbours as one."""
    scopes = {engagement, *(row.id for row in ws.scopes(parent=engagement))}
    told = [r for r in ws.recent(most * 12) if _is_told(r, scopes)]
    found: list[Done] = []
    for one in told:
        last = found[-1] if found else None
        if last and last.label == one.label and last.at // DAY == one.at // DAY:
            found[-1] = Done(last.at, last.label, last.count + 1)
        elif len(found) < most:
            found.append(Done(one.at, one.label, 1))
        else:
            break
    return found


def _is_told(one: Recent, scopes: set[ScopeId]) -> bool:
    return one.scope in scopes and one.label not in UNTOLD


def said_when(at: int, now: dt.datetime, words: Words) -> str:
    """Return a minute as people say it: the time today, "Yesterday", else the date."""
    here = now.astimezone().tzinfo
    moment = dt.datetime.fromtimestamp(at * 60, here)
    days = (now.astimezone().date() - moment.date()).days
    if at % DAY == 0:
        days = (now.date() - dt.datetime.fromtimestamp(at * 60, dt.UTC).date()).days
    if days == 0:
        return words(N_("Today")) if at % DAY == 0 else words.time(moment)
    if days == 1:
        return words(N_("Yesterday"))
    return words.date(moment.date(), "medium")


def listed(parts: Sequence[str]) -> str:
    """Return sentences one after the other."""
    return " ".join(part for part in parts if part)
