"""Reading: what a round holds, as the other operations need it."""

from fieldkit.core.errors import N_, UserError
from fieldkit.core.ids import EntityId, ScopeId, natural_id
from fieldkit.core.op import Value
from fieldkit.core.record import Record
from fieldkit.tools.assessment.model import (
    CLOSED,
    OTHER,
    Answer,
    Ballot,
    Batch,
    Checklist,
    Counts,
    Round,
    answers_by_question,
    total,
)
from fieldkit.tools.assessment.rules.consolidate import responses
from fieldkit.tools.assessment.rules.scores import Scores, score
from fieldkit.workspace.workspace import Workspace

ROOM = "room"
Drafts = dict[tuple[EntityId, str], Value]


def answer_records(ws: Workspace, scope: ScopeId) -> dict[str, Record]:
    """Return the answer records of a round by question."""
    return answers_by_question(ws.records(scope, "answer"))


def answer_of(ws: Workspace, scope: ScopeId, question: str) -> Answer:
    """Return what is recorded for one question."""
    held = ws.record(scope, "answer", Answer.id_in(scope, question))
    found = Answer.from_record(held)
    return found if found.question else Answer(question)


def batches(ws: Workspace, scope: ScopeId, question: str | None = None) -> list[Batch]:
    """Return the live batches of a round, or of one question."""
    found = (Batch.from_record(r) for r in ws.records(scope, "batch"))
    return [b for b in found if question is None or b.question == question]


def read_scores(ws: Workspace, scope: ScopeId, checklist: Checklist) -> Scores:
    """Score a round with the values shown while differences are open."""
    answers = (Answer.from_record(r) for r in answer_records(ws, scope).values())
    return score(checklist, responses(answers, batches(ws, scope)))


def batch_id(scope: ScopeId, room: str, question: str, group: str) -> EntityId:
    """Name a batch by the random name of its room, so that revealing twice writes once."""
    return natural_id(scope, "batch", f"{room} {question} {group}")


def waiting_votes(ws: Workspace, scope: ScopeId, question: str) -> dict[str, Counts]:
    """Return the votes on a question that wait for Reveal, by group."""
    return _waiting(ws, scope, question, ws.drafts(scope))


def waiting_by_question(ws: Workspace, scope: ScopeId) -> dict[str, dict[str, Counts]]:
    """Return all votes that wait for Reveal, by question and group."""
    drafts = ws.drafts(scope)
    ents = {ent for ent, fld in drafts if fld.startswith("ballot/")}
    names = {Answer.id_in(scope, q): q for q in _voted_on(drafts)}
    return {
        names[ent]: votes
        for ent in ents
        if ent in names and (votes := _waiting(ws, scope, names[ent], drafts))
    }


def _voted_on(drafts: Drafts) -> set[str]:
    """Return the questions that drafted votes are on."""
    rooms = (value for (_, fld), value in drafts.items() if fld == ROOM)
    return {str(value["question"]) for value in rooms if isinstance(value, dict)}


def room_name(drafts: Drafts, ent: EntityId) -> str:
    """Return the random name of the room whose votes wait on an answer, empty where none do."""
    value = drafts.get((ent, ROOM))
    return str(value.get("name", "")) if isinstance(value, dict) else ""


def _waiting(ws: Workspace, scope: ScopeId, question: str, drafts: Drafts) -> dict[str, Counts]:
    ent = Answer.id_in(scope, question)
    ballots = (Ballot.from_draft(question, f, v) for (e, f), v in drafts.items() if e == ent)
    found = {b.group: b.counts for b in ballots if b is not None and b.counts}
    # A crash between writing the batches and clearing the draft must not count votes twice.
    room = room_name(drafts, ent)
    written = {b.id for b in batches(ws, scope, question)}
    if any(batch_id(scope, room, question, g) in written for g in (*found, OTHER)):
        return {}
    return found


def votes_on(ws: Workspace, scope: ScopeId, question: str) -> Counts:
    """Return all revealed votes on a question."""
    return total(b.counts for b in batches(ws, scope, question))


def check_open(ws: Workspace, scope: ScopeId) -> None:
    """Refuse to write into a closed round."""
    held = Round.from_record(ws.record(scope, "round", Round.id_in(scope)))
    if held.state == CLOSED:
        raise UserError(
            "E_ROUND_CLOSED",
            N_("This round is closed. Open it again to change answers. Nothing was changed."),
        )
