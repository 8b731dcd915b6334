from typing import Any

import pytest

from fieldkit.content import Pack
from fieldkit.core.errors import UserError
from fieldkit.system.paths import Paths
from fieldkit.tools import schema
from fieldkit.tools.assessment import operations as ops
from fieldkit.tools.assessment.model import OTHER, Answer, Counts
from fieldkit.tools.engagement import operations as engagement
from fieldkit.tools.engagement.model import Engagement, Group
from fieldkit.workspace.workspace import Workspace


def refused(code: str) -> Any:
    return pytest.raises(UserError, match=code)


def test_votes_stay_hidden_as_counts_until_reveal(ws: Workspace, room: Any) -> None:
    room.vote("DAT.1", command="22d", shift="3n")
    assert ops.batches(ws, room.scope) == []
    state = ops.board(ws, room.scope, room.checklist).by_id["DAT.1"]
    assert state.waiting_votes == 5
    assert (state.state, state.median, state.room.counts) == ("unanswered", None, None)
    held = ops.waiting_votes(ws, room.scope, "DAT.1")
    assert held[room.groups["command"]] == Counts((0, 2, 0, 0, 0), dk=1)


def test_votes_survive_closing_the_program(paths: Paths, pack: Pack) -> None:
    with Workspace.open(paths, schema()) as first:
        agency, _ = engagement.create(first, Engagement("Police", training=True))
        scope, _ = ops.start_round(first, agency, pack, ops.RoundPlan("First"))
        ops.type_ballot(first, scope, "DAT.1", OTHER, "2")
    with Workspace.open(paths, schema()) as again:
        assert ops.waiting_votes(again, scope, "DAT.1") == {OTHER: Counts((0, 1, 0, 0, 0))}


def test_typing_leaves_no_op_and_no_order_behind(ws: Workspace, room: Any) -> None:
    before = len(ws.recent())
    room.vote("DAT.1", command="1234", shift="54321")
    assert len(ws.recent()) == before
    fields = {fld for _, fld in ws.drafts(room.scope)}
    assert fields == {"room"} | {f"ballot/{room.groups[n]}" for n in ("command", "shift")}


def test_a_vote_is_taken_away_again(ws: Workspace, room: Any) -> None:
    group = room.groups["command"]
    ops.add_vote(ws, room.scope, "DAT.1", group, 3)
    assert ops.add_vote(ws, room.scope, "DAT.1", group, None).blank == 1
    assert not ops.remove_vote(ws, room.scope, "DAT.1", group, 3).numeric
    ops.remove_vote(ws, room.scope, "DAT.1", group, None)
    assert ops.waiting_votes(ws, room.scope, "DAT.1") == {}
    with refused("E_NO_SUCH_VOTE"):
        ops.remove_vote(ws, room.scope, "DAT.1", group, 3)


def test_a_ballot_is_typed_with_one_key(ws: Workspace, room: Any) -> None:
    group = room.groups["shift"]
    for key in "5DnB":
        ops.type_ballot(ws, room.scope, "DAT.1", group, key)
    held = ops.waiting_votes(ws, room.scope, "DAT.1")[group]
    assert held == Counts((0, 0, 0, 0, 1), 1, 1, 1)
    with refused("E_BALLOT_KEY"):
        ops.type_ballot(ws, room.scope, "DAT.1", group, "6")


def test_more_votes_than_heads_are_refused(ws: Workspace, room: Any) -> None:
    room.vote("DAT.1", it="22")
    with refused("E_MORE_VOTES_THAN_HEADS") as why:
        room.vote("DAT.1", it="2")
    assert (why.value.values["heads"], why.value.values["group"]) == (2, "IT")
    room.vote("DAT.2", command="2222")
    ops.reveal(ws, room.scope, "DAT.2", pile=ops.Pile("Room 1"))
    with refused("Room 1"):
        room.vote("DAT.2", command="2")


def test_reveal_writes_counts_and_clears_what_waited(ws: Workspace, room: Any) -> None:
    room.vote("DAT.1", command="2223", shift="33333")
    ops.reveal(ws, room.scope, "DAT.1")
    assert ws.drafts(room.scope) == {}
    written = {b.group: b for b in ops.batches(ws, room.scope, "DAT.1")}
    assert set(written) == {room.groups["command"], room.groups["shift"]}
    assert {b.day for b in written.values()} == {"2026-03-18"}
    state = ops.board(ws, room.scope, room.checklist).by_id["DAT.1"]
    assert state.answer.revealed
    assert (state.state, state.level, state.agreed, state.median) == ("level", 3, False, 3)


def test_a_batch_carries_no_time_finer_than_the_day(ws: Workspace, room: Any) -> None:
    room.vote("DAT.1", command="2223")
    ops.reveal(ws, room.scope, "DAT.1")
    (batch,) = ops.batches(ws, room.scope)
    (version,) = ws.history(room.scope, batch.id, "counts", "batch")
    assert version.wall % 1440 == 0


def test_a_small_group_goes_into_other_with_the_next_smallest(ws: Workspace, room: Any) -> None:
    room.vote("DAT.1", command="2222", shift="33333", it="44")
    ops.reveal(ws, room.scope, "DAT.1")
    written = {b.group: b.counts for b in ops.batches(ws, room.scope)}
    assert written == {
        OTHER: Counts((0, 4, 0, 2, 0)),
        room.groups["shift"]: Counts((0, 0, 5, 0, 0)),
    }


def test_a_room_under_three_keeps_the_agreed_level_only(ws: Workspace, room: Any) -> None:
    assert not ops.is_room_too_small(ws, room.scope, "DAT.1")
    room.vote("DAT.1", it="44")
    assert ops.is_room_too_small(ws, room.scope, "DAT.1")
    ops.reveal(ws, room.scope, "DAT.1")
    assert ops.batches(ws, room.scope) == []
    assert ws.drafts(room.scope) == {}
    assert ops.answer_of(ws, room.scope, "DAT.1").revealed


def test_a_raised_limit_hides_more(ws: Workspace, room: Any) -> None:
    from dataclasses import replace

    held = engagement.engagement(ws, room.engagement)
    engagement.update(ws, replace(held, small_limit=5))
    room.vote("DAT.1", command="2222", shift="33333")
    ops.reveal(ws, room.scope, "DAT.1")
    assert [b.group for b in ops.batches(ws, room.scope)] == [OTHER]


def test_a_block_is_revealed_in_one_command(ws: Workspace, room: Any) -> None:
    for question in ("DAT.1", "DAT.2", "DAT.3"):
        room.vote(question, command="2222")
    ops.reveal_block(ws, room.scope, ("DAT.1", "DAT.2", "DAT.3", "DAT.4"))
    assert {b.question for b in ops.batches(ws, room.scope)} == {"DAT.1", "DAT.2", "DAT.3"}
    ws.undo()
    assert ops.batches(ws, room.scope) == []
    assert not ops.answer_of(ws, room.scope, "DAT.1").revealed
    ws.redo()
    assert len(ops.batches(ws, room.scope)) == 3


def test_nothing_to_reveal_is_told(ws: Workspace, room: Any) -> None:
    with refused("E_NO_VOTES"):
        ops.reveal(ws, room.scope, "DAT.1")
    room.vote("DAT.1", command="b")
    with refused("E_NO_VOTES"):
        ops.reveal(ws, room.scope, "DAT.1")


def test_the_same_pile_is_refused_or_replaces(ws: Workspace, room: Any) -> None:
    room.vote("DAT.1", shift="333")
    ops.reveal(ws, room.scope, "DAT.1", pile=ops.Pile("Pile 1"))
    room.vote("DAT.1", shift="44")
    with refused("E_SAME_PILE"):
        ops.reveal(ws, room.scope, "DAT.1", pile=ops.Pile(" pile  1"))
    room.vote("DAT.1", command="4444")
    ops.reveal(ws, room.scope, "DAT.1", pile=ops.Pile("pile 1", replaces=True))
    assert sum(b.counts.votes for b in ops.batches(ws, room.scope)) == 6


def test_two_rooms_add_up(ws: Workspace, room: Any) -> None:
    room.vote("DAT.1", shift="333")
    ops.reveal(ws, room.scope, "DAT.1")
    room.vote("DAT.1", command="4444")
    ops.reveal(ws, room.scope, "DAT.1")
    state = ops.board(ws, room.scope, room.checklist).by_id["DAT.1"]
    assert state.room.counts == Counts((0, 0, 3, 4, 0))


def test_a_crash_between_writing_and_clearing_does_not_count_twice(
    ws: Workspace, room: Any
) -> None:
    room.vote("DAT.1", command="2222")
    left = dict(ws.drafts(room.scope))
    ops.reveal(ws, room.scope, "DAT.1")
    for (ent, fld), value in left.items():
        ws.set_draft(room.scope, ent, fld, value)
    assert ops.waiting_votes(ws, room.scope, "DAT.1") == {}
    room.vote("DAT.1", shift="333")
    ops.reveal(ws, room.scope, "DAT.1")
    state = ops.board(ws, room.scope, room.checklist).by_id["DAT.1"]
    assert state.room.counts == Counts((0, 4, 3, 0, 0))


def test_a_room_without_groups_votes_as_one(ws: Workspace, room: Any) -> None:
    for group in engagement.groups(ws, room.engagement):
        engagement.remove_group(ws, group)
    assert ops.respondents(ws, room.scope) == {OTHER: 0}
    for level in (2, 3, 3):
        ops.add_vote(ws, room.scope, "DAT.1", OTHER, level)
    ops.reveal(ws, room.scope, "DAT.1")
    assert ops.middle(ws, room.scope, "DAT.1") == 3


def test_a_closed_round_takes_no_votes(ws: Workspace, room: Any) -> None:
    ops.close_round(ws, room.scope)
    with refused("E_ROUND_CLOSED"):
        room.vote("DAT.1", command="2")


def test_a_foreign_draft_is_not_taken_for_votes(ws: Workspace, room: Any) -> None:
    ws.set_draft(room.scope, Answer.id_in(room.scope, "DAT.1"), "reason", "half a sent")
    assert ops.waiting_votes(ws, room.scope, "DAT.1") == {}
    room.vote("DAT.1", command="2222")
    ops.reveal(ws, room.scope, "DAT.1")
    assert list(ws.drafts(room.scope).values()) == ["half a sent"]
    assert list(ops.respondents(ws, room.scope).values()) == [4, 5, 2]


def test_a_group_without_a_head_count_takes_any_number(ws: Workspace, room: Any) -> None:
    ent, _ = engagement.add_group(ws, room.engagement, Group("Guests", "external", 0))
    for _ in range(20):
        ops.add_vote(ws, room.scope, "DAT.1", str(ent), 3)
    with refused("E_MORE_VOTES_THAN_HEADS"):
        room.vote("DAT.1", it="222")


def test_votes_of_other_count_against_the_whole_room(ws: Workspace, room: Any) -> None:
    for _ in range(11):
        ops.add_vote(ws, room.scope, "DAT.1", OTHER, 3)
    with refused("E_MORE_VOTES_THAN_HEADS") as why:
        ops.add_vote(ws, room.scope, "DAT.1", OTHER, 3)
    assert why.value.values["heads"] == 11
    assert "Command" in str(why.value)
