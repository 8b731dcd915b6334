"""Writing: the frame, priorities and actions; each is one commit."""

from dataclasses import replace

from fieldkit.core.changes import Changes
from fieldkit.core.errors import N_, UserError
from fieldkit.core.fractional import placed
from fieldkit.core.ids import EntityId, ScopeId, new_id
from fieldkit.core.op import Value
from fieldkit.core.record import Record, Removal
from fieldkit.tools.strategy.model import (
    ACTION,
    KIND,
    PRIORITY,
    Action,
    Priority,
    frame_id,
)
from fieldkit.tools.strategy.operations.reading import (
    actions,
    check_title,
    moves,
    priorities,
    source_changes,
    written,
)
from fieldkit.workspace.pen import Item
from fieldkit.workspace.workspace import Workspace

TEXTS = frozenset({"title", "problem", "vision", "period"})


def write(
    ws: Workspace, scope: ScopeId, field: str, text: str, *, by: object | None = None
) -> Changes:
    """Write one text of the frame: title, problem, vision or period."""
    if field not in TEXTS:
        raise KeyError(field)
    if field == "title":
        check_title(text)
    row = Record(scope, KIND, frame_id(scope), {field: text})
    return ws.commit([row], by=by, label=N_("Text written"))


def add_priority(
    ws: Workspace, scope: ScopeId, title: str, why: str = "", *, by: object | None = None
) -> tuple[EntityId, Changes]:
    """Add a priority of one's own at the end; it is confirmed, since a person wrote it."""
    check_title(title)
    ent = EntityId(new_id())
    positions = placed([(p.id, p.pos) for p in priorities(ws, scope)], ent)
    made = Priority(title, why, confirmed=True, id=ent, scope=scope, pos=positions.pop(ent))
    items: list[Item] = [written(made), *moves(scope, PRIORITY, positions)]
    return ent, ws.commit(items, by=by, label=N_("Priority added"))


def edit_priority(ws: Workspace, changed: Priority, *, by: object | None = None) -> Changes:
    """Write the title, reason and target that differ; an edited priority is confirmed."""
    check_title(changed.title)
    held = Priority.of(ws.record(changed.scope, PRIORITY, changed.id)).fields()
    now = replace(changed, confirmed=True).fields()
    fields = {n: now[n] for n in ("title", "why", "target", "confirmed") if now[n] != held[n]}
    row = Record(changed.scope, PRIORITY, changed.id, fields)
    return ws.commit([row], by=by, label=N_("Priority changed"))


def confirm_priority(ws: Workspace, priority: Priority, *, by: object | None = None) -> Changes:
    """Confirm the prefilled text of a priority."""
    row = Record(priority.scope, PRIORITY, priority.id, {"confirmed": True})
    return ws.commit([row], by=by, label=N_("Priority confirmed"))


def take_new_level(ws: Workspace, priority: Priority, *, by: object | None = None) -> Changes:
    """Carry the level the answer has now; the text stays as it is and wants confirming again."""
    now = source_changes(ws, priority.scope).get(priority.id)
    level = now if isinstance(now, int) else None
    fields: dict[str, Value] = {"level": level, "confirmed": False}
    row = Record(priority.scope, PRIORITY, priority.id, fields)
    return ws.commit([row], by=by, label=N_("Source looked at again"))


def move_priority(
    ws: Workspace,
    priority: Priority,
    before: EntityId | None = None,
    *,
    by: object | None = None,
) -> Changes:
    """Put a priority before another one, or last."""
    order = [(p.id, p.pos) for p in priorities(ws, priority.scope)]
    items = moves(priority.scope, PRIORITY, placed(order, priority.id, before))
    return ws.commit(items, by=by, label=N_("Priorities put in order"))


def delete_priority(ws: Workspace, priority: Priority, *, by: object | None = None) -> Changes:
    """Delete a priority together with its actions; undo brings both back."""
    gone = [a for a in actions(ws, priority.scope) if a.priority == priority.id]
    items = [Removal(priority.scope, ACTION, a.id) for a in gone]
    items.append(Removal(priority.scope, PRIORITY, priority.id))
    return ws.commit(items, by=by, label=N_("Priority deleted"))


def add_action(
    ws: Workspace, scope: ScopeId, action: Action, *, by: object | None = None
) -> tuple[EntityId, Changes]:
    """Add an action at the end; it needs the problem it solves."""
    _check_action(ws, scope, action)
    ent = EntityId(new_id())
    positions = placed([(a.id, a.pos) for a in actions(ws, scope)], ent)
    made = replace(action, scope=scope, id=ent, pos=positions.pop(ent))
    items: list[Item] = [Record(scope, ACTION, ent, made.fields())]
    items += moves(scope, ACTION, positions)
    return ent, ws.commit(items, by=by, label=N_("Action added"))


def edit_action(ws: Workspace, changed: Action, *, by: object | None = None) -> Changes:
    """Write the fields of an action that differ from what is held."""
    _check_action(ws, changed.scope, changed)
    held = Action.of(ws.record(changed.scope, ACTION, changed.id)).fields()
    fields = {n: v for n, v in changed.fields().items() if n != "pos" and v != held[n]}
    row = Record(changed.scope, ACTION, changed.id, fields)
    return ws.commit([row], by=by, label=N_("Action changed"))


def move_action(
    ws: Workspace, action: Action, before: EntityId | None = None, *, by: object | None = None
) -> Changes:
    """Put an action before another one, or last."""
    order = [(a.id, a.pos) for a in actions(ws, action.scope)]
    items = moves(action.scope, ACTION, placed(order, action.id, before))
    return ws.commit(items, by=by, label=N_("Actions put in order"))


def delete_action(ws: Workspace, action: Action, *, by: object | None = None) -> Changes:
    """Delete an action."""
    removal = Removal(action.scope, ACTION, action.id)
    return ws.commit([removal], by=by, label=N_("Action deleted"))


def _check_action(ws: Workspace, scope: ScopeId, action: Action) -> None:
    check_title(action.title)
    if action.priority not in {p.id for p in priorities(ws, scope)}:
        raise UserError(
            "E_PROBLEM_FIRST",
            N_(
                "An action answers a problem. Choose the priority it belongs to, or write the "
                "problem down first; simple means are often enough. Nothing was changed."
            ),
        )
