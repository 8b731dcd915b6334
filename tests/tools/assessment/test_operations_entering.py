"""Entering: counted votes and whole answers as one command each, by the rules of the room."""

import pytest

from fieldkit.core.errors import UserError
from fieldkit.tools.assessment import operations as assessment
from fieldkit.tools.assessment.model import Answer, Counts
from fieldkit.tools.assessment.operations import Pile


@pytest.fixture
def scope(room):
    return room.scope


@pytest.fixture
def groups(ws, scope):
    return list(assessment.respondents(ws, scope))


def test_counted_votes_are_written_in_one_command_and_shown(ws, scope, groups):
    votes = {
        "LDR.1": {groups[0]: Counts.of([2, 2, 3, 3]), groups[1]: Counts.of([1, 2, 2])},
        "LDR.2": {groups[0]: Counts.of([4, 4, 4]), groups[2]: Counts.of([1, 1])},
    }
    before = len(ws.recent(50))
    assessment.enter_votes(ws, scope, votes, pile=Pile("First day"))
    assert len(ws.recent(50)) == before + 1
    board = assessment.board(ws, scope, assessment.checklist_of(ws, scope))
    assert board.by_id["LDR.1"].answer.revealed
    assert assessment.middle(ws, scope, "LDR.1") == 2
    assert {b.group for b in assessment.batches(ws, scope, "LDR.2")} == {"other"}


def test_more_votes_than_heads_and_the_same_pile_twice_are_refused_whole(ws, scope, groups):
    good = {"LDR.1": {groups[0]: Counts.of([2, 2, 3])}}
    bad = {**good, "LDR.2": {groups[0]: Counts.of([2] * 9)}}
    with pytest.raises(UserError, match="E_MORE_VOTES_THAN_HEADS"):
        assessment.enter_votes(ws, scope, bad)
    assert assessment.batches(ws, scope) == []
    assessment.enter_votes(ws, scope, good, pile=Pile("First day"))
    with pytest.raises(UserError, match="E_SAME_PILE"):
        assessment.enter_votes(ws, scope, {"LDR.1": {}}, pile=Pile("first  DAY"))


def test_whole_answers_are_written_in_one_command(ws, scope):
    checklist = assessment.checklist_of(ws, scope)
    answers = [
        Answer("LDR.1", 3, evidence=2, comment="Seen."),
        Answer("LDR.2", "dk"),
        Answer("DAT.6", "na", na_reason="No international role."),
        Answer("LDR.3", comment="Come back to it.", review=True),
    ]
    before = len(ws.recent(50))
    assessment.enter_answers(ws, scope, checklist, answers)
    assert len(ws.recent(50)) == before + 1
    assert [assessment.answer_of(ws, scope, a.question) for a in answers] == answers


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Answer("XXX.1", 3), "E_ANSWERS_QUESTION"),
        (Answer("LDR.1", "na", na_reason="why"), "E_ALWAYS_APPLIES"),
        (Answer("DAT.6", "na"), "E_REASON_NEEDED"),
        (Answer("LDR.1", 5), "E_REASON_NEEDED"),
    ],
)
def test_an_answer_that_owes_a_reason_keeps_all_of_them_out(ws, scope, groups, answer, code):
    assessment.enter_votes(ws, scope, {"LDR.1": {groups[0]: Counts.of([2, 2, 3])}})
    checklist = assessment.checklist_of(ws, scope)
    with pytest.raises(UserError, match=code):
        assessment.enter_answers(ws, scope, checklist, [Answer("LDR.2", 3), answer])
    assert assessment.answer_of(ws, scope, "LDR.2").level is None


def test_a_closed_round_takes_nothing_in(ws, scope, groups):
    checklist = assessment.checklist_of(ws, scope)
    assessment.close_round(ws, scope)
    with pytest.raises(UserError, match="E_ROUND_CLOSED"):
        assessment.enter_answers(ws, scope, checklist, [Answer("LDR.2", 3)])
    with pytest.raises(UserError, match="E_ROUND_CLOSED"):
        assessment.enter_votes(ws, scope, {"LDR.1": {groups[0]: Counts.of([2, 2, 3])}})
