import json
from pathlib import Path
from typing import Any

import pytest

from fieldkit.content import Pack
from fieldkit.core.errors import UserError
from fieldkit.core.ids import ScopeId
from fieldkit.tools.assessment import operations as ops
from fieldkit.tools.assessment.model import Answer, Rating, Round
from fieldkit.tools.engagement import operations as engagement
from fieldkit.tools.engagement.model import Engagement
from fieldkit.workspace.workspace import Workspace


def refused(code: str) -> Any:
    return pytest.raises(UserError, match=code)


# rounds


def test_a_round_keeps_its_questions_with_it(ws: Workspace, room: Any, pack: Pack) -> None:
    held = ops.round_of(ws, room.scope)
    assert (held.model.id, held.model.version) == (pack.id, pack.version)
    assert held.model.sha256 == pack.sha256
    blob = ws.blob(held.model.sha256)
    assert blob is not None
    assert json.loads(blob.read_bytes()) == pack.tree
    assert len(room.checklist.questions) == 69
    assert ops.checklist_of(ws, room.scope) is room.checklist
    assert list(ws.paths.staging.iterdir()) == []


def test_a_quick_scan_asks_only_the_quick_questions(
    ws: Workspace, training: ScopeId, pack: Pack
) -> None:
    scope, _ = ops.start_round(ws, training, pack, ops.RoundPlan("Quick", "quick", "Unit 2"))
    assert len(ops.checklist_of(ws, scope).questions) == 13
    assert ops.board(ws, scope, ops.checklist_of(ws, scope)).is_quick
    with refused("E_QUICK_NO_TARGETS"):
        ops.set_target(ws, scope, "DAT.1", 3)


def test_without_consent_no_round_starts_but_training_does(ws: Workspace, pack: Pack) -> None:
    scope, _ = engagement.create(ws, Engagement("Police"))
    with refused("E_MAY_NOT_ASSESS"):
        ops.start_round(ws, scope, pack, ops.RoundPlan("First"))
    assert ops.rounds(ws, scope) == []


def test_a_round_needs_a_title(ws: Workspace, training: ScopeId, pack: Pack) -> None:
    with refused("E_TITLE_NEEDED"):
        ops.start_round(ws, training, pack, ops.RoundPlan(" "))


@pytest.mark.parametrize("harm", ["cut", "gone"])
def test_missing_or_damaged_questions_are_told_by_name(
    ws: Workspace, training: ScopeId, pack: Pack, harm: str
) -> None:
    scope, _ = ops.start_round(ws, training, pack, ops.RoundPlan("First"))
    blob = ws.blob(ops.round_of(ws, scope).model.sha256)
    assert blob is not None
    if harm == "cut":
        blob.write_bytes(blob.read_bytes()[:-1])
    else:
        blob.unlink()
    with refused("E_MODEL_MISSING") as why:
        ops.checklist_of(ws, scope)
    assert why.value.values["version"] == pack.version


def test_rounds_stand_in_order_of_their_day(ws: Workspace, training: ScopeId, pack: Pack) -> None:
    for title, day in (("Second", "2026-05-01"), ("First", "2026-03-01")):
        ops.start_round(ws, training, pack, ops.RoundPlan(title, day=day))
    assert [r.round.title for r in ops.rounds(ws, training)] == ["First", "Second"]


def test_a_round_is_renamed_and_remembers_the_place(ws: Workspace, room: Any) -> None:
    ops.change_round(ws, room.scope, Round(title="Baseline", unit="North", summary="Good"))
    ops.remember(ws, room.scope, "DAT.3")
    held = ops.round_of(ws, room.scope)
    assert (held.title, held.unit, held.summary, held.last) == (
        "Baseline",
        "North",
        "Good",
        "DAT.3",
    )
    assert ops.board(ws, room.scope, room.checklist).landing == "DAT.3"


def test_a_round_is_not_closed_while_the_room_is_far_apart(ws: Workspace, room: Any) -> None:
    room.vote("DAT.1", command="1155", shift="11555")
    ops.reveal(ws, room.scope, "DAT.1")
    with refused("E_RECONCILE") as why:
        ops.close_round(ws, room.scope)
    assert why.value.values["questions"] == "DAT.1"
    ops.answer(ws, room.scope, "DAT.1", 2, reason="talked about again")
    ops.close_round(ws, room.scope)
    assert ops.round_of(ws, room.scope).state == "closed"
    with refused("E_ROUND_CLOSED"):
        ops.answer(ws, room.scope, "DAT.2", 2)
    ops.reopen_round(ws, room.scope)
    ops.answer(ws, room.scope, "DAT.2", 2)


def test_a_round_is_not_closed_over_hidden_votes(ws: Workspace, room: Any) -> None:
    room.vote("DAT.1", command="22")
    with refused("E_VOTES_WAITING"):
        ops.close_round(ws, room.scope)
    ops.clear_votes(ws, room.scope, "DAT.1")
    ops.close_round(ws, room.scope)


# answers


def test_the_four_states_are_kept_apart(ws: Workspace, room: Any) -> None:
    may_be_na = next(q for q in room.checklist.questions if q.allows_na)
    ops.answer(ws, room.scope, "DAT.1", 3)
    ops.answer_unknown(ws, room.scope, "DAT.2")
    ops.answer_not_applicable(ws, room.scope, may_be_na, "no such unit")
    board = ops.board(ws, room.scope, room.checklist)
    states = [board.by_id[q].state for q in ("DAT.1", "DAT.2", may_be_na.id, "DAT.3")]
    assert states == ["level", "dk", "na", "unanswered"]
    assert (board.answered, board.total) == (3, 69)
    ops.clear_answer(ws, room.scope, "DAT.1")
    assert ops.board(ws, room.scope, room.checklist).by_id["DAT.1"].state == "unanswered"


def test_not_applicable_needs_a_reason_and_a_question_that_allows_it(
    ws: Workspace, room: Any
) -> None:
    may_be_na = next(q for q in room.checklist.questions if q.allows_na)
    with refused("E_REASON_NEEDED"):
        ops.answer_not_applicable(ws, room.scope, may_be_na, " ")
    never = next(q for q in room.checklist.questions if not q.allows_na)
    with refused("E_ALWAYS_APPLIES"):
        ops.answer_not_applicable(ws, room.scope, never, "because")
    ops.answer_not_applicable(ws, room.scope, may_be_na, "no such unit")
    with refused("E_REASON_NEEDED"):
        ops.write(ws, room.scope, may_be_na.id, "na_reason", "")


def test_an_agreed_level_off_the_middle_needs_a_reason(ws: Workspace, room: Any) -> None:
    room.vote("DAT.1", command="2223", shift="22333")
    ops.reveal(ws, room.scope, "DAT.1")
    assert ops.middle(ws, room.scope, "DAT.1") == 2
    assert ops.needs_reason(ws, room.scope, "DAT.1", 3)
    ops.answer(ws, room.scope, "DAT.1", 2)
    with refused("E_REASON_NEEDED"):
        ops.answer(ws, room.scope, "DAT.1", 3)
    ops.answer(ws, room.scope, "DAT.1", 3, reason="seen in two units")
    with refused("E_REASON_NEEDED"):
        ops.write(ws, room.scope, "DAT.1", "reason", " ")
    ops.answer(ws, room.scope, "DAT.1", 1)
    assert ops.answer_of(ws, room.scope, "DAT.1").reason == "seen in two units"


def test_without_votes_a_level_needs_no_reason(ws: Workspace, room: Any) -> None:
    ops.answer(ws, room.scope, "DAT.1", 5)
    ops.write(ws, room.scope, "DAT.1", "reason", "")
    ops.write(ws, room.scope, "DAT.2", "reason", "")
    assert not ops.needs_reason(ws, room.scope, "DAT.1", 1)


@pytest.mark.parametrize("level", [0, 6])
def test_a_level_is_one_to_five(ws: Workspace, room: Any, level: int) -> None:
    with refused("E_LEVEL"):
        ops.answer(ws, room.scope, "DAT.1", level)
    with refused("E_LEVEL"):
        ops.set_target(ws, room.scope, "DAT.1", level)
    with refused("E_RATING"):
        ops.rate(ws, room.scope, Rating("DAT.1", level))


def test_what_is_said_about_an_answer_is_kept(ws: Workspace, room: Any) -> None:
    scope = room.scope
    for field in ("reason", "na_reason", "dissent", "evidence_text", "comment"):
        ops.write(ws, scope, "DAT.1", field, f"the {field}")
    ops.grade_evidence(ws, scope, "DAT.1", 2)
    ops.mark(ws, scope, "DAT.1", True)
    held = ops.answer_of(ws, scope, "DAT.1")
    assert held == Answer(
        "DAT.1", None, "the reason", "the na_reason", "the dissent", 2, "the evidence_text",
        "the comment", True,
    )  # fmt: skip
    ops.grade_evidence(ws, scope, "DAT.1", None)
    ops.mark(ws, scope, "DAT.1", False)
    assert ops.answer_of(ws, scope, "DAT.1").evidence is None
    assert not ops.answer_of(ws, scope, "DAT.1").review
    with refused("E_EVIDENCE"):
        ops.grade_evidence(ws, scope, "DAT.1", 4)
    with pytest.raises(KeyError):
        ops.write(ws, scope, "DAT.1", "level", "5")


def test_each_answer_is_one_undo(ws: Workspace, room: Any) -> None:
    ops.answer(ws, room.scope, "DAT.1", 3, reason="why")
    ops.answer(ws, room.scope, "DAT.1", 4, reason="better")
    ws.undo()
    held = ops.answer_of(ws, room.scope, "DAT.1")
    assert (held.level, held.reason) == (3, "why")
    ws.undo()
    assert ops.answer_of(ws, room.scope, "DAT.1").level is None


def test_an_own_note_lives_in_the_private_scope_only(ws: Workspace, room: Any) -> None:
    assert ops.note(ws, room.scope, "DAT.1") == ""
    ops.write_note(ws, room.scope, "DAT.1", "ask again")
    ops.write_note(ws, room.scope, "DAT.2", "and here")
    (private,) = ws.scopes("private", room.engagement)
    assert ops.note(ws, room.scope, "DAT.1") == "ask again"
    assert len(ws.records(private.id, "note")) == 2
    assert "never" in ops.NOTE_LABEL


# evidence and planning


def test_a_file_is_kept_with_its_register_number_and_warned_about(
    ws: Workspace, room: Any, tmp_path: Path
) -> None:
    file = tmp_path / "Report on Ivan Petrov.pdf"
    file.write_bytes(b"%PDF")
    _, warnings = ops.attach(ws, room.scope, "DAT.1", file, " R-12 ")
    _, none = ops.attach(ws, room.scope, "DAT.1", file, "R-13")
    assert [w.kind for w in warnings] == ["name"]
    assert [w.kind for w in none] == ["name"]
    first, second = ops.attachments(ws, room.scope, "DAT.1")
    assert (first.name, first.register_no, first.size) == (file.name, "R-12", 4)
    assert first.pos < second.pos
    assert ws.blob(first.sha) is not None
    assert ops.attachments(ws, room.scope, "DAT.2") == []
    assert ops.board(ws, room.scope, room.checklist).by_id["DAT.1"].attachments == 2
    ops.detach(ws, first)
    assert [a.id for a in ops.attachments(ws, room.scope)] == [second.id]


def test_a_file_that_cannot_be_read_changes_nothing(
    ws: Workspace, room: Any, tmp_path: Path
) -> None:
    for path in (tmp_path / "gone.pdf", tmp_path):
        with refused("E_FILE"):
            ops.attach(ws, room.scope, "DAT.1", path, "")
    assert ops.attachments(ws, room.scope) == []


def test_targets_and_ratings_are_kept_and_taken_back(ws: Workspace, room: Any) -> None:
    ops.set_target(ws, room.scope, "DAT.1", 4)
    ops.rate(ws, room.scope, Rating("DAT.1", 5, 4, 3))
    assert ops.targets(ws, room.scope) == {"DAT.1": 4}
    assert ops.ratings(ws, room.scope) == {"DAT.1": Rating("DAT.1", 5, 4, 3)}
    ops.set_target(ws, room.scope, "DAT.1", None)
    ops.rate(ws, room.scope, Rating("DAT.1", None, 4, 3))
    assert ops.targets(ws, room.scope) == {"DAT.1": None}
    assert ops.ratings(ws, room.scope)["DAT.1"].need is None


# board and results


def test_the_board_filters_and_searches(ws: Workspace, room: Any) -> None:
    scope = room.scope
    room.vote("DAT.1", command="1144", shift="44444")
    ops.reveal(ws, scope, "DAT.1")
    ops.answer(ws, scope, "DAT.2", 3)
    ops.grade_evidence(ws, scope, "DAT.2", 2)
    ops.mark(ws, scope, "DAT.3", True)
    ops.write(ws, scope, "DAT.4", "comment", "Полиция вела журнал")
    board = ops.board(ws, scope, room.checklist)
    assert board.matching("split") == ("DAT.1",)
    assert board.matching("no_evidence") == ("DAT.1",)
    assert board.matching("marked") == ("DAT.3",)
    assert board.matching("commented") == ("DAT.4",)
    assert board.matching("differing") == ()
    assert len(board.matching("unanswered")) == 67
    assert board.matching(query="policija zurnal") == ("DAT.4",)
    assert board.matching(query="dat.2") == ("DAT.2",)
    texts = {"DAT.5": ["How are the records joined?"]}
    assert board.matching(query="records JOINED", texts=texts) == ("DAT.5",)
    assert board.matching(query="nowhere") == ()
    assert [(d.id, d.answered) for d in board.dimensions if d.answered] == [("DAT", 2)]


def test_the_board_walks_on_and_around(ws: Workspace, room: Any) -> None:
    board = ops.board(ws, room.scope, room.checklist)
    first, last = board.order[0], board.order[-1]
    assert board.landing == first
    assert board.next_unanswered(last) == first
    assert board.following(last) is None
    assert board.preceding(first) is None
    assert board.following(first) == board.order[1]
    assert board.next_matching("marked") is None


def test_results_bundle_both_tracks_and_what_to_do_first(
    ws: Workspace, room: Any, tmp_path: Path
) -> None:
    scope = room.scope
    for question in room.checklist.questions:
        ops.answer(ws, scope, question.id, 3)
    ops.grade_evidence(ws, scope, "DAT.1", 3)
    report = tmp_path / "report.pdf"
    report.write_bytes(b"%PDF")
    ops.attach(ws, scope, "DAT.1", report, "R-1")
    ops.set_target(ws, scope, "DAT.1", 5)
    found = ops.results(ws, scope, room.checklist)
    assert found.scores.stated.overall == 3
    assert found.scores.evidenced.overall is not None
    assert found.scores.evidenced.overall < 3
    assert not found.ranges.is_open
    assert [a.name for a in found.attachments["DAT.1"]] == ["report.pdf"]
    assert found.tally.levels == 69
    assert found.tally.evidence_seen == 1
    assert found.priorities
    assert found.earlier is None
    assert not found.is_indicative
    assert len(found.to_rate) == 12


def test_results_show_the_votes_only_as_the_hide_rule_allows(ws: Workspace, room: Any) -> None:
    scope = room.scope
    room.vote("DAT.1", command="1111", shift="44444", it="44")
    room.vote("DAT.2", command="3333", shift="333")
    ops.reveal_block(ws, scope, ("DAT.1", "DAT.2"))
    found = ops.results(ws, scope, room.checklist)
    assert [a.question for a in found.agreements] == ["DAT.1", "DAT.2"]
    (seen,) = found.perceptions
    assert seen.question == "DAT.1"
    assert seen.gap == 3
    assert found.rooms["DAT.2"].agreed
    assert (found.tally.split, found.tally.agreed) == (1, 1)
    assert set(found.group_names.values()) == {"Command", "Shift leaders", "IT"}


def test_a_later_round_stands_beside_the_earlier_one(
    ws: Workspace, room: Any, training: ScopeId, pack: Pack
) -> None:
    ops.answer(ws, room.scope, "DAT.1", 2)
    ops.grade_evidence(ws, room.scope, "DAT.1", 3)
    plan = ops.RoundPlan("Second round", day="2027-03-01")
    later, _ = ops.start_round(ws, training, pack, plan)
    ops.start_round(ws, training, pack, ops.RoundPlan("Quick", "quick", day="2026-12-01"))
    ops.answer(ws, later, "DAT.1", 3)
    ops.grade_evidence(ws, later, "DAT.1", 3)
    found = ops.results(ws, later, room.checklist)
    assert found.earlier is not None
    assert found.earlier.title == "First round"
    assert found.earlier.comparison.questions["DAT.1"].difference == 1
    assert ops.comparable_rounds(ws, room.scope) == []
    standings = ops.round_standings(ws, training)
    assert [(s.title, s.answered, s.total) for s in standings] == [
        ("First round", 1, 69), ("Quick", 0, 13), ("Second round", 1, 69),
    ]  # fmt: skip
