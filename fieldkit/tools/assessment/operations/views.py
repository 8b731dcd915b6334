"""Views: the board and the results of a round, and rounds side by side."""

from dataclasses import replace

from fieldkit.core.ids import ScopeId
from fieldkit.tools.assessment.model import Checklist
from fieldkit.tools.assessment.operations.evidence import attachments, ratings, targets
from fieldkit.tools.assessment.operations.reading import (
    answer_records,
    batches,
    waiting_by_question,
)
from fieldkit.tools.assessment.operations.rounds import (
    RoundRow,
    checklist_of,
    round_of,
    rounds,
    to_settle,
)
from fieldkit.tools.assessment.rules.board import Board, Held, board_of
from fieldkit.tools.assessment.rules.results import Earlier, Kept, Results, results_of
from fieldkit.tools.assessment.rules.rounds import compare
from fieldkit.tools.engagement.operations import engagement, engagement_of, groups
from fieldkit.tools.engagement.rules import RoundStanding
from fieldkit.workspace.workspace import Workspace


def board(ws: Workspace, scope: ScopeId, checklist: Checklist) -> Board:
    """Return the state of every question of a round."""
    waiting = waiting_by_question(ws, scope)
    counts: dict[str, int] = {}
    for one in attachments(ws, scope):
        counts[one.question] = counts.get(one.question, 0) + 1
    held = Held(
        round=round_of(ws, scope),
        answers=answer_records(ws, scope),
        batches=batches(ws, scope),
        waiting={
            q: {g: c.votes + c.blank for g, c in votes.items()} for q, votes in waiting.items()
        },
        attachments=counts,
        limit=engagement(ws, engagement_of(ws, scope)).small_limit,
    )
    return board_of(checklist, held)


def results(ws: Workspace, scope: ScopeId, checklist: Checklist) -> Results:
    """Return the results of a round, beside the round before it where they can be compared."""
    found = results_alone(ws, scope, checklist)
    before = comparable_rounds(ws, scope)
    return replace(found, earlier=beside(ws, found, before[-1])) if before else found


def results_alone(ws: Workspace, scope: ScopeId, checklist: Checklist) -> Results:
    """Return the results of a round without looking at any other."""
    parent = engagement_of(ws, scope)
    kept = Kept(
        round=round_of(ws, scope),
        answers=answer_records(ws, scope),
        batches=ws.records(scope, "batch"),
        targets=targets(ws, scope),
        ratings=ratings(ws, scope),
        attachments=attachments(ws, scope),
        group_names={str(g.id): g.name for g in groups(ws, parent)},
        limit=engagement(ws, parent).small_limit,
    )
    return results_of(checklist, kept)


def comparable_rounds(ws: Workspace, scope: ScopeId) -> list[RoundRow]:
    """Return the earlier rounds of the same unit, mode and model, the oldest first."""
    now = round_of(ws, scope)
    order = rounds(ws, engagement_of(ws, scope))
    before = order[: next((i for i, r in enumerate(order) if r.scope == scope), 0)]
    return [row for row in before if _key(row) == _key(RoundRow(scope, now))]


def _key(row: RoundRow) -> tuple[str, str, str, str]:
    held = row.round
    return held.unit.strip(), held.mode, held.model.id, held.model.version.split(".", 1)[0]


def beside(ws: Workspace, now: Results, other: RoundRow) -> Earlier:
    """Return another round of the agency beside this one, with what changed; units too."""
    theirs = results_alone(ws, other.scope, checklist_of(ws, other.scope)).as_round_result
    comparison = compare(theirs, now.as_round_result)
    return Earlier(other.round.title, other.round.day, theirs, comparison)


def round_standings(ws: Workspace, parent: ScopeId) -> tuple[RoundStanding, ...]:
    """Return how far the rounds of an engagement are, the oldest first."""
    return tuple(_standing(ws, row) for row in rounds(ws, parent))


def _standing(ws: Workspace, row: RoundRow) -> RoundStanding:
    checklist = checklist_of(ws, row.scope)
    state = board(ws, row.scope, checklist)
    return RoundStanding(
        row.scope,
        row.round.title,
        row.round.state == "open",
        row.round.mode,
        state.answered,
        state.total,
        len(to_settle(ws, row.scope, checklist)),
        row.round.day,
    )
