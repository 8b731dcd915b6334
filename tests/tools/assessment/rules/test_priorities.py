"""Targets, gaps, leverage and the order of what to do first."""

from fractions import Fraction

from fieldkit.core.i18n import Words
from fieldkit.tools.assessment.model import Rating
from fieldkit.tools.assessment.rules import (
    dimension_targets,
    gap_list,
    gaps,
    leverage,
    leverage_counts,
    priorities,
    say_all,
    score,
    to_rate,
    weaknesses,
)

WORDS = Words()


def evidenced(checklist, responses):
    return score(checklist, responses).evidenced


def first(checklist, responses, targets=None, ratings=None):
    return priorities(checklist, evidenced(checklist, responses), targets or {}, ratings or {})


def test_the_default_target_is_one_level_more_and_never_above_five(make, agreed):
    checklist = make({"D": ("use", [], {"A": {}, "B": {}, "C": {}})})
    held = gaps(evidenced(checklist, agreed(A=1, B=5)), {})
    assert {name: (g.target, g.size, g.chosen) for name, g in held.items()} == {
        "A": (2, 1, False),
        "B": (5, 0, False),
    }


def test_a_target_below_the_level_leaves_no_gap(make, agreed):
    checklist = make({"D": ("use", [], {"A": {}})})
    assert gaps(evidenced(checklist, agreed(A=4)), {"A": 2})["A"].size == 0
    assert first(checklist, agreed(A=4), {"A": 2}) == []


def test_gaps_are_listed_widest_first_then_in_model_order(make, agreed):
    checklist = make({"D": ("use", [], {"A": {}, "B": {}, "C": {}})})
    track = evidenced(checklist, agreed(A=1, B=1, C=1))
    assert [g.question for g in gap_list(track, {"C": 4})] == ["C", "A", "B"]
    assert gap_list(track, {"A": 1, "B": 1, "C": 1}) == []


def test_a_dimension_aims_one_level_up_unless_a_target_was_chosen(make, agreed):
    checklist = make({"D": ("use", [], {"A": {}, "B": {"weight": 2}}), "E": ("use", [], {"X": {}})})
    track = evidenced(checklist, agreed(A=2, B=3))
    assert dimension_targets(checklist, track, {}) == {"D": 3, "E": None}
    chosen = dimension_targets(checklist, track, {"A": 5})
    assert chosen == {"D": Fraction(5 + 2 * 4, 3), "E": None}


def test_leverage_counts_dimensions_through_others_questions_and_the_gate(make):
    checklist = make(
        {
            "LOW": ("foundation", [], {"L": {"gate": True}, "M": {}}),
            "MID": ("use", ["LOW"], {"X": {"requires": ["M"]}, "Y": {"requires": ["M"]}}),
            "TOP": ("use", ["MID"], {"Z": {}}),
        }
    )
    assert leverage_counts(checklist) == {"L": 3, "M": 4, "X": 1, "Y": 1, "Z": 0}
    assert leverage(checklist)["L"] == Fraction(3, 4)


def test_a_model_without_any_dependence_has_no_leverage(make, agreed):
    checklist = make({"D": ("use", [], {"A": {}})})
    assert leverage(checklist) == {"A": 0}
    assert first(checklist, agreed(A=1))[0].index == Fraction(15, 2) + 10 + Fraction(15, 2) * 2


def test_ties_go_to_the_gate_then_the_lower_level_then_the_model_order(make, agreed):
    checklist = make(
        {
            "D": ("use", [], {"A": {}, "B": {}, "C": {"requires": ["A"]}, "G": {"gate": True}}),
            "E": ("use", [], {"X": {"requires": ["B"]}}),
        }
    )
    found = first(checklist, agreed(A=2, B=1, C=1, G=3, X=1))
    assert [p.question for p in found] == ["G", "B", "A", "C", "X"]
    assert found[0].index == found[1].index == found[2].index


def test_what_is_not_rated_counts_as_three_and_is_flagged(make, agreed):
    checklist = make({"D": ("use", [], {"A": {}, "B": {}})})
    found = first(checklist, agreed(A=1, B=1), {}, {"A": Rating("A", 3, 3, 3), "B": Rating("B", 3)})
    assert [(p.question, p.rated) for p in found] == [("A", True), ("B", False)]
    assert found[0].index == found[1].index
    assert "Not rated: what is missing counts as 3." in say_all(found[1].steps, WORDS)
    assert "Not rated: what is missing counts as 3." not in say_all(found[0].steps, WORDS)


def test_the_sum_of_an_index_is_told_part_by_part(mini, mini_responses):
    found = first(mini, mini_responses, {"D1": 3}, {"D1": Rating("D1", 5, 4, 3)})
    assert say_all(found[0].steps, WORDS) == [
        "From 1 to 3: 15.00 of 30",
        "What depends on it: 20.00 of 20",
        "Need 5: 20.00 of 20",
        "Harm if left 4: 11.25 of 15",
        "Feasible 3: 7.50 of 15",
        "Together 73.75 of 100",
    ]


def test_a_feasible_single_level_is_a_quick_win(make, agreed):
    checklist = make({"D": ("use", [], {"A": {}, "B": {}})})
    ratings = {"A": Rating("A", None, None, 4), "B": Rating("B", None, None, 5)}
    found = {p.question: p for p in first(checklist, agreed(A=1, B=1), {"B": 3}, ratings)}
    assert found["A"].labels == ("quick win",)
    assert say_all(found["A"].reasons, WORDS) == ["Quick win: one level, and feasible"]
    assert found["B"].labels == ()


def test_a_foundation_under_two_is_named_with_what_stands_on_it(make, agreed):
    checklist = make(
        {
            "LOW": ("foundation", [], {"L": {}}),
            "LAW": ("foundation", [], {"W": {}}),
            "OK": ("foundation", [], {"K": {}}),
            "OPEN": ("foundation", [], {"O": {}, "P": {}}),
            "USE": ("use", ["LOW"], {"U": {}}),
        }
    )
    held = first(checklist, agreed(L=1, W=1, K=2, O=1, U=1))
    found = {p.question: (p.labels, say_all(p.reasons, WORDS, {"USE": "Analysis"})) for p in held}
    assert found == {
        "L": (("foundation",), ["Foundation that Analysis stands on"]),
        "W": (("foundation",), ["Foundation to build first"]),
        "K": ((), []),
        "O": ((), []),
        "U": ((), []),
    }


def test_what_comes_first_is_named_before_what_must_wait(make, agreed):
    checklist = make(
        {
            "LOW": ("foundation", [], {"L": {"gate": True}, "M": {}}),
            "USE": ("use", ["LOW"], {"U": {"requires": ["L"], "ai": True}, "V": {}}),
        }
    )
    found = {
        p.question: say_all(p.reasons, WORDS)
        for p in first(checklist, agreed(L=1, M=5, U=5, V=5), {"U": 4, "M": 5, "V": 5})
    }
    assert found["U"] == [
        "Later: first bring L to level 3",
        "Later: first bring LOW to level 3",
    ]
    assert found["L"] == [
        "Holds back all of LOW",
        "Needed before any use of AI",
    ]


def test_a_dimension_held_by_another_waits_for_it(mini, mini_responses):
    found = {p.question: p for p in first(mini, mini_responses)}
    assert "Later: first bring DAT to level 2" in say_all(found["A1"].reasons, WORDS)


def test_ratings_are_asked_for_the_twelve_highest(make, agreed, mini, mini_responses):
    track = evidenced(mini, mini_responses)
    asked = to_rate(mini, track, {})
    assert len(asked) == 12
    assert asked == [p.question for p in priorities(mini, track, {}, {})][:12]


def test_the_first_step_stands_beside_each_weakness_lowest_first(make, agreed):
    questions = {q: {"next": f"Do {q}"} for q in "ABCD"}
    checklist = make({"D": ("use", [], questions)})
    found = weaknesses(checklist, evidenced(checklist, agreed(A=2, B=1, C=3)))
    assert [(w.question, w.level, w.next) for w in found] == [("B", 1, "Do B"), ("A", 2, "Do A")]
