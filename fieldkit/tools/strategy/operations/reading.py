"""Reading: strategies, their priorities and actions, and what changed at their source."""

from collections.abc import Mapping

from fieldkit.core.errors import N_, UserError
from fieldkit.core.ids import EntityId, ScopeId
from fieldkit.core.record import Record
from fieldkit.tools.assessment.model import (
    DONT_KNOW,
    NOT_APPLICABLE,
    Checklist,
    Recorded,
    Round,
)
from fieldkit.tools.assessment.operations import (
    checklist_of,
    read_scores,
    round_of,
    round_standings,
)
from fieldkit.tools.assessment.rules.consolidate import NA, UNKNOWN
from fieldkit.tools.engagement.operations import children, engagement, groups
from fieldkit.tools.engagement.rules import Standing
from fieldkit.tools.strategy import rules
from fieldkit.tools.strategy.model import (
    ACTION,
    KIND,
    PRIORITY,
    SCOPE,
    Action,
    Priority,
    Strategy,
    frame_id,
)
from fieldkit.workspace.cases import cases
from fieldkit.workspace.pen import Item
from fieldkit.workspace.workspace import Workspace


def strategies(ws: Workspace, parent: ScopeId) -> list[Strategy]:
    """Return the strategies of an engagement, the oldest first."""
    return [strategy(ws, scope) for scope in children(ws, parent, SCOPE)]


def strategy(ws: Workspace, scope: ScopeId) -> Strategy:
    """Return the frame of a strategy."""
    return Strategy.of(ws.record(scope, KIND, frame_id(scope)))


def priorities(ws: Workspace, scope: ScopeId) -> list[Priority]:
    """Return the priorities of a strategy, in their order."""
    return [Priority.of(r) for r in ws.records(scope, PRIORITY)]


def actions(ws: Workspace, scope: ScopeId) -> list[Action]:
    """Return the actions of a strategy, in their order."""
    return [Action.of(r) for r in ws.records(scope, ACTION)]


def source_changes(ws: Workspace, scope: ScopeId) -> dict[EntityId, Recorded]:
    """Return the priorities whose answer changed since, with what it says now."""
    source = strategy(ws, scope).source
    checklist = source_checklist(ws, source)
    if checklist is None:
        return {}
    base = read_scores(ws, source, checklist).base
    words: Mapping[str, Recorded] = {NA: NOT_APPLICABLE, UNKNOWN: DONT_KNOW}
    now = {q: words.get(found.status, found.level) for q, found in base.items()}
    return rules.source_changes(priorities(ws, scope), now)


def source_checklist(ws: Workspace, source: ScopeId) -> Checklist | None:
    """Return the question set a strategy came from; nothing where it is not on this computer."""
    if source not in {row.id for row in ws.scopes("assessment")}:
        return None
    try:
        return checklist_of(ws, source)
    except UserError as error:
        if error.code != "E_MODEL_MISSING":
            raise
        return None


def source_round(ws: Workspace, source: ScopeId) -> Round | None:
    """Return the round a strategy came from; nothing where it is not on this computer."""
    held = source in {row.id for row in ws.scopes("assessment")}
    return round_of(ws, source) if held else None


def draft(ws: Workspace, scope: ScopeId) -> rules.Draft:
    """Return a whole strategy as it stands."""
    return rules.Draft(
        strategy(ws, scope), priorities(ws, scope), actions(ws, scope), source_changes(ws, scope)
    )


def standing(ws: Workspace, parent: ScopeId) -> Standing:
    """Return everything the next step of an engagement depends on."""
    scopes = {parent} | {row.id for row in ws.scopes(parent=parent)}
    return Standing(
        engagement(ws, parent),
        tuple(groups(ws, parent)),
        round_standings(ws, parent),
        tuple(
            rules.standing(s, priorities(ws, s.scope), actions(ws, s.scope))
            for s in strategies(ws, parent)
        ),
        len(cases([d for scope in scopes for d in ws.differences(scope)], ws.schema)),
    )


def written(priority: Priority) -> Record:
    """Return the record that writes a whole priority."""
    return Record(priority.scope, PRIORITY, priority.id, priority.fields())


def moves(scope: ScopeId, kind: str, positions: Mapping[str, str]) -> list[Item]:
    """Return the records that write new positions."""
    return [Record(scope, kind, EntityId(e), {"pos": pos}) for e, pos in positions.items()]


def check_title(title: str) -> None:
    """Refuse an empty title."""
    if not title.strip():
        raise UserError("E_TITLE_NEEDED", N_("Enter a title. Nothing was changed."))
