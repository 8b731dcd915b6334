"""What stands in the way of closing a round."""

from fieldkit.core.i18n import Words
from fieldkit.tools.assessment.model import Answer, Checklist, Counts, Round
from fieldkit.tools.assessment.rules import (
    Response,
    asked,
    is_indicative,
    may_close,
    missing_reasons,
    say,
    score,
)


def test_a_round_may_not_close_over_a_split_room(mini, mini_responses):
    assert may_close(score(mini, mini_responses)) == ["A3"]


def test_an_agreed_level_lets_it_close(mini, mini_responses):
    held = mini_responses["A3"]
    settled = {**mini_responses, "A3": Response(held.groups, 3, held.evidence)}
    assert may_close(score(mini, settled)) == []


def test_a_reason_is_asked_where_the_agreed_level_leaves_the_middle(make):
    checklist = make(
        {"D": ("use", [], {q: {"na_when": "x" if q in "CD" else ""} for q in "ABCDEFG"})}
    )
    votes = {"g": Counts.of([2, 2, 2])}
    answers = {
        a.question: a
        for a in (
            Answer("A", 3),
            Answer("B", 3, reason="seen"),
            Answer("C", "na"),
            Answer("D", "na", na_reason="no such role"),
            Answer("E", 2),
            Answer("F", "dk"),
        )
    }
    held = {name: Response(votes, a.level) for name, a in answers.items()}
    found = missing_reasons(checklist, score(checklist, held), answers)
    assert [m.question for m in found] == ["A", "C"]
    assert say(found[0].why, Words()) == "Agreed 3, while the middle of the votes is 2: say why."
    assert say(found[1].why, Words()) == "Not applicable: say why."


def test_no_reason_is_asked_where_nobody_voted(make, agreed):
    checklist = make({"D": ("use", [], {"A": {}})})
    assert missing_reasons(checklist, score(checklist, agreed(A=3)), {"A": Answer("A", 3)}) == []


def test_a_quick_scan_is_indicative_and_asks_only_its_questions(make):
    checklist: Checklist = make({"D": ("use", [], {"A": {"quick": True}, "B": {}})})
    quick, full = Round(mode="quick"), Round()
    assert (is_indicative(quick), is_indicative(full)) == (True, False)
    assert [q.id for q in asked(checklist, quick).questions] == ["A"]
    assert asked(checklist, full) is checklist
