"""Votes: typed as counts into the local draft, revealed as batches nobody can be found in."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from fieldkit.core.changes import Changes
from fieldkit.core.errors import N_, UserError
from fieldkit.core.ids import ScopeId, new_id
from fieldkit.core.record import Record, Removal
from fieldkit.tools.assessment.model import (
    DONT_KNOW,
    LEVELS,
    NO_COUNTS,
    NOT_APPLICABLE,
    OTHER,
    Answer,
    Ballot,
    Batch,
    Choice,
    Counts,
    total,
)
from fieldkit.tools.assessment.operations.reading import (
    ROOM,
    answer_of,
    batch_id,
    batches,
    check_open,
    room_name,
    waiting_by_question,
    waiting_votes,
)
from fieldkit.tools.assessment.rules.votes import (
    batches_to_write,
    more_votes_than_heads,
    same_pile,
)
from fieldkit.tools.engagement.operations import engagement, engagement_of, groups
from fieldkit.workspace.pen import Item
from fieldkit.workspace.workspace import Workspace

KEYS: Mapping[str, Choice] = {
    **{str(level): level for level in LEVELS}, "d": DONT_KNOW, "n": NOT_APPLICABLE, "b": None,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pile:
    """The name of a pile of papers; a pile typed before is refused unless it replaces."""

    label: str = ""
    replaces: bool = False


NO_PILE = Pile()


def add_vote(ws: Workspace, scope: ScopeId, question: str, group: str, choice: Choice) -> Counts:
    """Count one vote more: a level, "dk", "na" or None for left blank; hidden until Reveal."""
    check_open(ws, scope)
    held = waiting_votes(ws, scope, question)
    now = held.get(group, NO_COUNTS).changed(choice)
    _check_heads(ws, scope, question, {**held, group: now})
    _keep(ws, scope, held, Ballot(question, group, now))
    return now


def remove_vote(ws: Workspace, scope: ScopeId, question: str, group: str, choice: Choice) -> Counts:
    """Count one vote fewer."""
    check_open(ws, scope)
    held = waiting_votes(ws, scope, question)
    before = held.get(group, NO_COUNTS)
    if not before.count(choice):
        raise UserError("E_NO_SUCH_VOTE", N_("There is no such vote to take away."))
    now = before.changed(choice, -1)
    _keep(ws, scope, held, Ballot(question, group, now))
    return now


def type_ballot(ws: Workspace, scope: ScopeId, question: str, group: str, key: str) -> Counts:
    """Count one ballot typed with one key: 1 to 5, d, n, or b for blank."""
    if key.casefold() not in KEYS:
        raise UserError(
            "E_BALLOT_KEY",
            N_("Type 1 to 5, D for don't know, N for not applicable, B for blank."),
        )
    return add_vote(ws, scope, question, group, KEYS[key.casefold()])


def clear_votes(ws: Workspace, scope: ScopeId, question: str) -> None:
    """Forget the votes on a question that wait for Reveal."""
    ent = Answer.id_in(scope, question)
    for held, fld in ws.drafts(scope):
        if held == ent and (fld == ROOM or fld.startswith("ballot/")):
            ws.set_draft(scope, ent, fld, None)


def _keep(ws: Workspace, scope: ScopeId, held: Mapping[str, Counts], ballot: Ballot) -> None:
    ent = Answer.id_in(scope, ballot.question)
    if not held:
        clear_votes(ws, scope, ballot.question)
        ws.set_draft(scope, ent, ROOM, {"name": new_id(), "question": ballot.question})
    ws.set_draft(scope, ent, ballot.field, ballot.as_draft())


def _check_heads(
    ws: Workspace, scope: ScopeId, question: str, waiting: Mapping[str, Counts]
) -> None:
    known = groups(ws, engagement_of(ws, scope))
    names = {str(g.id): g.name for g in known}
    heads = {str(g.id): g.heads for g in known if g.heads}
    written = batches(ws, scope, question)
    typed = [Batch(question, group, counts) for group, counts in waiting.items()]
    found = more_votes_than_heads([*written, *typed], heads)
    # Where one group's heads are not entered, the whole room cannot be counted.
    for excess in (e for e in found if e.group or len(heads) == len(known) > 0):
        piles = {b.pile or b.day for b in written if b.id in excess.batches}
        raise UserError(
            "E_MORE_VOTES_THAN_HEADS",
            N_(
                "{question}: {votes} votes, but {group} has {heads} people. Correct the head count "
                "or the votes. Already revealed: {piles}. Nothing was changed."
            ),
            question=question,
            votes=excess.votes,
            heads=excess.heads,
            group=names.get(excess.group, "") or ", ".join(names.values()),
            piles=", ".join(sorted(p for p in piles if p)) or "0",
        )


def is_room_too_small(ws: Workspace, scope: ScopeId, question: str) -> bool:
    """Say whether Reveal would keep no votes at all, only the agreed level."""
    waiting = waiting_votes(ws, scope, question)
    return bool(waiting) and not batches_to_write(waiting, _limit(ws, scope))


def reveal(
    ws: Workspace,
    scope: ScopeId,
    question: str,
    *,
    pile: Pile = NO_PILE,
    by: object | None = None,
) -> Changes:
    """Write the votes on a question as batches and show them; small groups are merged."""
    return reveal_block(ws, scope, (question,), pile=pile, by=by)


def reveal_block(
    ws: Workspace,
    scope: ScopeId,
    questions: Sequence[str],
    *,
    pile: Pile = NO_PILE,
    by: object | None = None,
) -> Changes:
    """Reveal several questions in one command, in shuffled order and without a time of day."""
    check_open(ws, scope)
    waiting = waiting_by_question(ws, scope)
    voted = [q for q in dict.fromkeys(questions) if total(waiting.get(q, {}).values()).votes]
    if not voted:
        raise UserError(
            "E_NO_VOTES", N_("No votes are waiting here. Count votes first, then reveal.")
        )
    drafts = ws.drafts(scope)
    rooms = [_Room(q, room_name(drafts, Answer.id_in(scope, q)), waiting[q]) for q in voted]
    changes = _write_rooms(ws, scope, rooms, pile, by)
    for question in voted:
        clear_votes(ws, scope, question)
    return changes


def enter_votes(
    ws: Workspace,
    scope: ScopeId,
    votes: Mapping[str, Mapping[str, Counts]],
    *,
    pile: Pile = NO_PILE,
    by: object | None = None,
) -> Changes:
    """Write votes counted elsewhere, on paper or in a file, as one command and show them."""
    check_open(ws, scope)
    for question, counts in votes.items():
        _check_heads(ws, scope, question, counts)
    rooms = [_Room(question, new_id(), counts) for question, counts in votes.items()]
    return _write_rooms(ws, scope, rooms, pile, by)


@dataclass(frozen=True, slots=True)
class _Room:
    """The votes of one room on one question, by group, and the room's random name."""

    question: str
    name: str
    votes: Mapping[str, Counts]


def _write_rooms(
    ws: Workspace, scope: ScopeId, rooms: list[_Room], pile: Pile, by: object | None
) -> Changes:
    secrets.SystemRandom().shuffle(rooms)
    removed = [item for room in rooms for item in _replaced(ws, scope, room.question, pile)]
    written = [item for room in rooms for item in _batches(ws, scope, room, pile)]
    shown = [_shown(ws, scope, room.question) for room in rooms]
    items: list[Item] = [*removed, *written, *shown]
    return ws.commit(items, by=by, label=N_("Votes revealed"))


def _replaced(ws: Workspace, scope: ScopeId, question: str, pile: Pile) -> list[Removal]:
    held = same_pile(batches(ws, scope, question), question, pile.label)
    if held and not pile.replaces:
        raise UserError(
            "E_SAME_PILE",
            N_(
                "The pile {pile} was already counted for {question}. Give this one another name, "
                "or let it replace the first. Nothing was changed."
            ),
            pile=pile.label.strip(),
            question=question,
        )
    return [Removal(scope, "batch", b.id) for b in held]


def _batches(ws: Workspace, scope: ScopeId, room: _Room, pile: Pile) -> Iterable[Record]:
    day = ws.store.clock().date().isoformat()
    for group, counts in batches_to_write(room.votes, _limit(ws, scope)).items():
        ent = batch_id(scope, room.name, room.question, group)
        yield Batch(room.question, group, counts, pile.label.strip(), day, ent).as_record(scope)


def _shown(ws: Workspace, scope: ScopeId, question: str) -> Record:
    now = replace(answer_of(ws, scope, question), revealed=True)
    return now.as_record(scope, ("revealed",))


def _limit(ws: Workspace, scope: ScopeId) -> int:
    return engagement(ws, engagement_of(ws, scope)).small_limit


def respondents(ws: Workspace, scope: ScopeId) -> dict[str, int]:
    """Return the groups that can vote with their head counts; one "other" where there are none."""
    known = groups(ws, engagement_of(ws, scope))
    return {str(g.id): g.heads for g in known} or {OTHER: 0}
