from dataclasses import replace
from typing import Any

import pytest

from fieldkit.core.errors import UserError
from fieldkit.core.i18n import Words
from fieldkit.core.ids import EntityId, ScopeId
from fieldkit.tools.assessment import operations as assessment
from fieldkit.tools.engagement.rules import next_step
from fieldkit.tools.strategy import operations as ops
from fieldkit.tools.strategy.model import Action, Strategy
from fieldkit.workspace.workspace import Workspace

PLAN = ops.Plan("Digital strategy", Words(), "2026-2029")


def refused(code: str) -> Any:
    return pytest.raises(UserError, match=code)


@pytest.fixture
def begun(ws: Workspace, room: Any) -> ScopeId:
    assessment.answer(ws, room.scope, "DAT.1", 2)
    assessment.grade_evidence(ws, room.scope, "DAT.1", 2)
    assessment.set_target(ws, room.scope, "DAT.1", 4)
    return ops.start_from(ws, room.scope, ["DAT.1", "LDR.1", "DAT.1", "gone"], PLAN)[0]


def test_priorities_are_prefilled_with_their_source_and_not_confirmed(
    ws: Workspace, room: Any, begun: ScopeId
) -> None:
    frame = ops.strategy(ws, begun)
    assert (frame.title, frame.period, frame.source) == (
        "Digital strategy",
        "2026-2029",
        room.scope,
    )
    first, second = ops.priorities(ws, begun)
    question = room.checklist.by_id["DAT.1"]
    assert (first.title, first.why) == (question.text, question.next)
    assert (first.question, first.level, first.target) == ("DAT.1", 2, 4)
    assert (second.question, second.level, second.target) == ("LDR.1", None, None)
    assert not first.confirmed
    assert [s.scope for s in ops.strategies(ws, room.engagement)] == [begun]


def test_editing_or_confirming_confirms(ws: Workspace, begun: ScopeId) -> None:
    first, second = ops.priorities(ws, begun)
    ops.edit_priority(ws, replace(first, title="One register"))
    ops.confirm_priority(ws, second)
    assert [p.confirmed for p in ops.priorities(ws, begun)] == [True, True]
    with refused("E_TITLE_NEEDED"):
        ops.edit_priority(ws, replace(first, title=" "))


def test_a_changed_answer_is_shown_and_never_rewritten(
    ws: Workspace, room: Any, begun: ScopeId
) -> None:
    first, _ = ops.priorities(ws, begun)
    assert ops.source_changes(ws, begun) == {}
    assessment.answer(ws, room.scope, "DAT.1", 3)
    assert ops.source_changes(ws, begun) == {first.id: 3}
    assert ops.priorities(ws, begun)[0].title == first.title
    assessment.answer_unknown(ws, room.scope, "DAT.1")
    assert ops.source_changes(ws, begun) == {first.id: "dk"}
    assessment.clear_answer(ws, room.scope, "DAT.1")
    assert ops.source_changes(ws, begun) == {first.id: None}
    assessment.answer(ws, room.scope, "DAT.1", 3)
    ops.confirm_priority(ws, first)
    ops.take_new_level(ws, first)
    assert ops.source_changes(ws, begun) == {}
    held = ops.priorities(ws, begun)[0]
    assert (held.level, held.confirmed) == (3, False)


def test_a_strategy_without_a_round_has_no_source(ws: Workspace, training: ScopeId) -> None:
    scope, _ = ops.start_empty(ws, training, PLAN)
    assert ops.source_changes(ws, scope) == {}
    with refused("E_TITLE_NEEDED"):
        ops.start_empty(ws, training, replace(PLAN, title=""))


def test_more_questions_are_carried_over_once(ws: Workspace, begun: ScopeId) -> None:
    ops.carry_over(ws, begun, ["LDR.1", "LAW.1", "OVS.1"], Words())
    assert [p.question for p in ops.priorities(ws, begun)] == ["DAT.1", "LDR.1", "LAW.1", "OVS.1"]


def test_the_frame_is_written(ws: Workspace, begun: ScopeId) -> None:
    for field in ("title", "problem", "vision", "period"):
        ops.write(ws, begun, field, f"the {field}")
    held = ops.strategy(ws, begun)
    assert (held.title, held.problem, held.vision) == ("the title", "the problem", "the vision")
    with refused("E_TITLE_NEEDED"):
        ops.write(ws, begun, "title", "")
    with pytest.raises(KeyError):
        ops.write(ws, begun, "source", "x")
    assert isinstance(held, Strategy)


def test_own_priorities_are_confirmed_moved_and_deleted_with_their_actions(
    ws: Workspace, begun: ScopeId
) -> None:
    ent, _ = ops.add_priority(ws, begun, "Mine", "because")
    mine = ops.priorities(ws, begun)[-1]
    assert (mine.id, mine.confirmed, mine.why) == (ent, True, "because")
    ops.move_priority(ws, mine, ops.priorities(ws, begun)[0].id)
    assert ops.priorities(ws, begun)[0].id == ent
    ops.add_action(ws, begun, Action("Do it", ent))
    ops.delete_priority(ws, mine)
    assert ops.actions(ws, begun) == []
    assert len(ops.priorities(ws, begun)) == 2
    ws.undo()
    assert [a.title for a in ops.actions(ws, begun)] == ["Do it"]


def test_an_action_needs_the_problem_it_solves(ws: Workspace, begun: ScopeId) -> None:
    with refused("E_PROBLEM_FIRST"):
        ops.add_action(ws, begun, Action("Buy cameras", EntityId("")))
    first = ops.priorities(ws, begun)[0]
    with refused("E_TITLE_NEEDED"):
        ops.add_action(ws, begun, Action(" ", first.id))
    ops.add_action(ws, begun, Action("Check 50 records", first.id, "Weekly", "Unit 2", "2026-09"))
    ops.add_action(ws, begun, Action("Name owners", first.id))
    one, two = ops.actions(ws, begun)
    with refused("E_PROBLEM_FIRST"):
        ops.edit_action(ws, replace(one, priority=EntityId("f" * 32)))
    ops.edit_action(ws, replace(one, owner="Unit 3"))
    ops.move_action(ws, two, one.id)
    assert [(a.title, a.owner) for a in ops.actions(ws, begun)] == [
        ("Name owners", ""), ("Check 50 records", "Unit 3"),
    ]  # fmt: skip
    ops.delete_action(ws, one)
    assert [a.title for a in ops.actions(ws, begun)] == ["Name owners"]


def test_the_next_step_follows_the_work(ws: Workspace, room: Any, begun: ScopeId) -> None:
    standing = ops.standing(ws, room.engagement)
    assert next_step(standing).key == "answer"
    assert standing.differences == 0
    for question in room.checklist.questions:
        assessment.answer(ws, room.scope, question.id, 2)
    assert next_step(ops.standing(ws, room.engagement)).key == "close"
    assessment.close_round(ws, room.scope)
    assert next_step(ops.standing(ws, room.engagement)).key == "confirm"
    for priority in ops.priorities(ws, begun):
        ops.confirm_priority(ws, priority)
    assert next_step(ops.standing(ws, room.engagement)).key == "act"
    for priority in ops.priorities(ws, begun):
        ops.add_action(ws, begun, Action("Do", priority.id))
    assert next_step(ops.standing(ws, room.engagement)).key == "hand_over"
