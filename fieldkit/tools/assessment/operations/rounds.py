"""Rounds: start one with its question set, read, close, reopen, remember the place."""

import hashlib
import json
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from fieldkit.content import Pack
from fieldkit.core.changes import Changes
from fieldkit.core.errors import N_, UserError
from fieldkit.core.ids import EntityId, ScopeId, new_id
from fieldkit.core.op import Value
from fieldkit.core.record import NewScope, Record
from fieldkit.tools.assessment.model import (
    CLOSED,
    FULL,
    OPEN,
    QUICK,
    Checklist,
    ModelRef,
    Round,
)
from fieldkit.tools.assessment.operations.reading import read_scores, waiting_by_question
from fieldkit.tools.assessment.rules.closing import may_close
from fieldkit.tools.engagement.operations import children, engagement
from fieldkit.tools.engagement.rules import assess_obstacles
from fieldkit.workspace.pen import Item
from fieldkit.workspace.workspace import Workspace

SCOPE, KIND, ATTACHMENT = "assessment", "round", "attachment"


@dataclass(frozen=True, slots=True)
class RoundPlan:
    """What is decided when a round starts."""

    title: str
    mode: str = FULL
    unit: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round and the scope it lives in."""

    scope: ScopeId
    round: Round


def start_round(
    ws: Workspace, parent: ScopeId, pack: Pack, plan: RoundPlan, *, by: object | None = None
) -> tuple[ScopeId, Changes]:
    """Open a round of an engagement and keep the question set with it (decisions 4)."""
    obstacles = assess_obstacles(engagement(ws, parent))
    if obstacles:
        raise UserError("E_MAY_NOT_ASSESS", obstacles[0])
    _check_title(plan.title)
    file = _keep_pack(ws, pack)
    scope = ScopeId(new_id())
    made = Round(
        title=plan.title.strip(),
        mode=QUICK if plan.mode == QUICK else FULL,
        unit=plan.unit.strip(),
        state=OPEN,
        model=ModelRef(pack.id, pack.version, str(file["h"])),
        day=plan.day or ws.store.clock().date().isoformat(),
    )
    fields: dict[str, Value] = {"parent": Round.id_in(scope), "question": "", "file": file}
    items: list[Item] = [
        NewScope(scope, SCOPE, parent),
        made.as_record(scope),
        Record(scope, ATTACHMENT, EntityId(new_id()), fields),
    ]
    return scope, ws.commit(items, by=by, label=N_("Round started"))


def _keep_pack(ws: Workspace, pack: Pack) -> dict[str, Value]:
    staged = ws.paths.staging / f"{pack.id}-{pack.version}.json"
    try:
        staged.write_bytes(pack.canonical)
        return ws.attach(staged)
    finally:
        staged.unlink(missing_ok=True)


def rounds(ws: Workspace, parent: ScopeId) -> list[RoundRow]:
    """Return the rounds of an engagement, the oldest first."""
    held = [RoundRow(s, round_of(ws, s)) for s in children(ws, parent, SCOPE)]
    return sorted(held, key=lambda row: row.round.day)


def round_of(ws: Workspace, scope: ScopeId) -> Round:
    """Return the round of a scope."""
    return Round.from_record(ws.record(scope, KIND, Round.id_in(scope)))


def checklist_of(ws: Workspace, scope: ScopeId) -> Checklist:
    """Return the questions of a round from the set kept with it; a quick scan has its own few."""
    held = round_of(ws, scope)
    path = ws.blob(held.model.sha256) if held.model.sha256 else None
    try:
        if path is not None:
            return _typed(path, held.model.sha256, held.mode == QUICK)
    except (OSError, ValueError):
        pass
    raise UserError(
        "E_MODEL_MISSING",
        N_(
            "The questions of this round ({id} {version}) are missing or damaged on this "
            "computer. Import the bundle it came with again, or restore a backup. "
            "The answers are all here."
        ),
        id=held.model.id or "?",
        version=held.model.version,
    )


@lru_cache(maxsize=8)
def _typed(path: Path, sha: str, quick: bool) -> Checklist:
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != sha:
        raise ValueError(sha)
    whole = Checklist.from_json(json.loads(data))
    return whole.quick() if quick else whole


def change_round(
    ws: Workspace, scope: ScopeId, changed: Round, *, by: object | None = None
) -> Changes:
    """Write the title, unit and summary of a round."""
    _check_title(changed.title)
    fields = ("title", "unit", "summary")
    return ws.commit([changed.as_record(scope, fields)], by=by, label=N_("Round renamed"))


def remember(ws: Workspace, scope: ScopeId, question: str, *, by: object | None = None) -> Changes:
    """Keep the question last looked at, so that reopening lands there."""
    at = replace(round_of(ws, scope), last=question)
    return ws.commit([at.as_record(scope, ("last",))], by=by, label=N_("Place remembered"))


def close_round(ws: Workspace, scope: ScopeId, *, by: object | None = None) -> Changes:
    """Close a round; refused while the room is far apart somewhere or votes wait for Reveal."""
    checklist = checklist_of(ws, scope)
    apart = to_settle(ws, scope, checklist)
    if apart:
        raise UserError(
            "E_RECONCILE",
            N_(
                "The round cannot be closed yet: the room is far apart on {questions}. Talk about "
                "them again and record an agreed level with its reason. Nothing was changed."
            ),
            questions=", ".join(apart),
        )
    waiting = waiting_by_question(ws, scope)
    hidden = [q.id for q in checklist.questions if waiting.get(q.id)]
    if hidden:
        raise UserError(
            "E_VOTES_WAITING",
            N_(
                "The round cannot be closed yet: votes on {questions} are not revealed. "
                "Reveal them, or clear them. Nothing was changed."
            ),
            questions=", ".join(hidden),
        )
    return _set_state(ws, scope, CLOSED, N_("Round closed"), by)


def reopen_round(ws: Workspace, scope: ScopeId, *, by: object | None = None) -> Changes:
    """Open a closed round again."""
    return _set_state(ws, scope, OPEN, N_("Round opened again"), by)


def to_settle(ws: Workspace, scope: ScopeId, checklist: Checklist) -> tuple[str, ...]:
    """Return the questions on which the room is too far apart to close the round."""
    return tuple(may_close(read_scores(ws, scope, checklist)))


def _set_state(ws: Workspace, scope: ScopeId, state: str, label: str, by: object | None) -> Changes:
    changed = replace(round_of(ws, scope), state=state)
    return ws.commit([changed.as_record(scope, ("state",))], by=by, label=label)


def _check_title(title: str) -> None:
    if not title.strip():
        raise UserError(
            "E_TITLE_NEEDED", N_("Give the round a title, for example First round, March 2026.")
        )
