"""Levels, dimensions, overall and stage, branch by branch."""

from fractions import Fraction

import pytest

from fieldkit.core.i18n import Words
from fieldkit.tools.assessment.rules import Response, say_all, score
from fieldkit.tools.assessment.rules.dimensions import confidence_band

GATE = {"gate": True}


def one(make, questions, requires=()):
    return make({"DIM": ("foundation", requires, questions)})


def test_evidence_caps_the_level_on_the_evidenced_track_only(make, agreed):
    checklist = one(make, {"Q": {}})
    for evidence, ceiling in enumerate((2, 3, 4, 5)):
        scores = score(checklist, agreed(evidence, Q=5))
        assert scores.evidenced.questions["Q"].effective == ceiling
        assert scores.stated.questions["Q"].effective == 5


def test_evidence_holds_are_told(make, agreed):
    held = score(one(make, {"Q": {}}), agreed(0, Q=4))
    assert held.evidenced.questions["Q"].is_held_by_evidence
    assert not held.stated.questions["Q"].is_held_by_evidence
    said = say_all(held.evidenced.questions["Q"].steps, Words(), {"E0": "said only"})
    assert "Held at 2 because the evidence is: said only." in said


def test_a_question_is_held_one_above_what_it_requires_along_a_chain(make, agreed):
    chain = {"A": {}, "B": {"requires": ["A"]}, "C": {"requires": ["B"]}}
    scores = score(one(make, chain), agreed(A=1, B=5, C=5)).stated
    assert [scores.questions[q].effective for q in "ABC"] == [1, 2, 3]
    assert scores.questions["C"].held_by == ("B",)
    assert "Held at 3 because B is 2." in say_all(scores.questions["C"].steps, Words())


def test_the_lowest_of_several_prerequisites_holds(make, agreed):
    questions = {"C": {"requires": ["A", "B"]}, "A": {}, "B": {}}
    scores = score(one(make, questions), agreed(A=2, B=1, C=5)).stated
    assert scores.questions["C"].held_by == ("B",)


def test_a_prerequisite_without_level_does_not_hold_but_is_told(make, agreed):
    questions = {"A": {}, "C": {"requires": ["A"]}, "D": {"requires": ["A"]}, "E": {}}
    scores = score(one(make, questions), agreed(C=5, D=5, E=5)).stated
    assert scores.questions["C"].effective == 5
    assert scores.questions["C"].unverified == ("A",)
    assert scores.dimensions["DIM"].unverified == ("A",)
    said = say_all(scores.questions["C"].steps, Words())
    assert "Not verified whether A holds it, because that has no level." in said


def test_weights_count_in_the_mean_and_in_the_coverage(make, agreed):
    checklist = one(make, {"A": {"weight": 3}, "B": {"weight": 0.5}})
    held = score(checklist, agreed(A=1, B=5)).stated.dimensions["DIM"]
    assert held.raw == Fraction(3 + Fraction(5, 2)) / Fraction(7, 2)
    said = say_all(held.steps, Words())
    assert said[:2] == ["A: 1, counted 3 times", "B: 5, counted 0.50 times"]
    assert score(checklist, agreed(A=1)).stated.dimensions["DIM"].coverage == Fraction(6, 7)


def test_nothing_applicable_is_na(make):
    checklist = one(make, {"A": {"na_when": "never here"}})
    held = score(checklist, {"A": Response({}, "na")}).stated
    assert held.dimensions["DIM"].status == "na"
    assert (held.dimensions["DIM"].band, held.dimensions["DIM"].level) == (None, None)
    assert held.overall is None


def test_coverage_of_exactly_six_tenths_is_enough(make, agreed):
    checklist = one(make, {q: {} for q in "ABCDE"})
    held = score(checklist, agreed(A=1, B=2, C=3)).stated.dimensions["DIM"]
    assert (held.status, held.score, held.coverage) == ("provisional", 2, Fraction(3, 5))
    held = score(checklist, agreed(A=1, B=2)).stated.dimensions["DIM"]
    assert (held.status, held.score) == ("insufficient", None)


def test_an_open_gate_question_leaves_no_score_and_says_so(make, agreed):
    checklist = one(make, {"G": GATE, "A": {}, "B": {}, "C": {}})
    held = score(checklist, agreed(A=1, B=2, C=3)).stated.dimensions["DIM"]
    assert held.status == "insufficient"
    assert say_all(held.steps, Words()) == ["No score: G has no level, and it is a gate question."]


def test_a_gate_that_does_not_apply_limits_nothing(make, agreed):
    checklist = one(make, {"G": {"gate": True, "na_when": "x"}, "A": {}})
    held = score(checklist, agreed(G="na", A=4)).stated.dimensions["DIM"]
    assert (held.status, held.score, held.gate_limit) == ("complete", 4, None)


def test_the_lowest_gate_limits_the_dimension(make, agreed):
    checklist = one(make, {"G": GATE, "H": GATE, "A": {}, "B": {}})
    held = score(checklist, agreed(G=1, H=2, A=5, B=5)).stated.dimensions["DIM"]
    assert (held.raw, held.gate_limit, held.score) == (Fraction(13, 4), 2, 2)
    assert (held.limited_by, held.gates) == (("gate",), ("G",))
    assert "Raw 3.25, held at 2.00 because G is 1." in say_all(held.steps, Words())


def chain(make):
    return make(
        {
            "TOP": ("use", ["MID"], {"T": {}}),
            "MID": ("safeguard", ["LOW"], {"M": {}}),
            "LOW": ("foundation", [], {"L": {}}),
        }
    )


def test_a_dimension_is_held_one_above_the_level_it_stands_on(make, agreed):
    held = score(chain(make), agreed(L=1, M=5, T=5)).stated.dimensions
    assert [held[name].score for name in ("LOW", "MID", "TOP")] == [1, 2, 3]
    assert held["TOP"].limited_by == ("prerequisite",)
    assert held["TOP"].holders == ("MID",)
    said = say_all(held["TOP"].steps, Words(), {"MID": "Middle"})
    assert "Raw 5.00, held at 3.00 because Middle is 2." in said


def test_an_unscored_prerequisite_holds_nothing_but_is_told(make, agreed):
    held = score(chain(make), agreed(M=5, T=5)).stated.dimensions
    assert held["MID"].score == 5
    assert held["MID"].unverified == ("LOW",)
    said = say_all(held["MID"].steps, Words())
    assert "Not verified whether LOW holds it, because that has no score." in said


def test_results_keep_the_order_of_the_model(make, agreed):
    scores = score(chain(make), agreed(L=1, M=5, T=5)).stated
    assert list(scores.dimensions) == ["TOP", "MID", "LOW"]
    assert list(scores.questions) == ["T", "M", "L"]


def four(make):
    names = {"A": "foundation", "B": "safeguard", "C": "use", "D": "enabler"}
    return make({n: (cluster, [], {n.lower(): {}}) for n, cluster in names.items()})


def test_overall_needs_three_quarters_of_the_dimensions(make, agreed):
    scores = score(four(make), agreed(a=1, b=2, c=4)).stated
    assert scores.overall == Fraction(7, 3)
    assert say_all(scores.overall_steps, Words())[-1] == "Mean of 3 of 4 dimensions: 2.33."
    scores = score(four(make), agreed(a=1, b=2)).stated
    assert scores.overall is None
    assert "2 of 4" in say_all(scores.overall_steps, Words())[0]


@pytest.mark.parametrize(
    ("foundation", "safeguard", "stage"),
    [
        (1, 5, "A"), (2, 5, "B"), (5, 1, "B"), (3, 3, "C"), (3, 5, "C"), (4, 3, "C"),
        (4, 4, "D"), (5, 5, "D"), (2, 2, "B"),
    ],
)  # fmt: skip
def test_the_stage_follows_the_lowest_foundation_and_safeguard(
    make, agreed, foundation, safeguard, stage
):
    scores = score(four(make), agreed(a=foundation, b=safeguard, c=1, d=1)).stated
    assert scores.stage == stage
    assert say_all(scores.stage_steps, Words())[-1].startswith(f"Stage {stage}, ")


def test_there_is_no_stage_while_a_foundation_or_safeguard_has_no_level(make, agreed):
    scores = score(four(make), agreed(a=4, c=4, d=4)).stated
    assert scores.stage is None
    assert say_all(scores.stage_steps, Words()) == ["No stage: B has no level."]


def test_there_is_no_stage_without_foundations_or_safeguards(make, agreed):
    scores = score(make({"A": ("use", [], {"a": {}})}), agreed(a=3)).stated
    assert scores.stage is None
    assert len(scores.stage_steps) == 1


def test_confidence_is_the_mean_over_applicable_questions_and_has_a_band(make):
    checklist = one(make, {"A": {}, "B": {}, "C": {}})
    sure = Response({}, 3, 3)
    held = score(checklist, {"A": sure, "B": sure}).stated.dimensions["DIM"]
    assert held.confidence == Fraction(2, 3) * (Fraction(1, 2) + Fraction(3, 20) + Fraction(1, 5))
    assert held.band == "medium"
    assert say_all(held.confidence_steps, Words())[-1] == "Mean of 3 questions: 0.57."


def test_confidence_bands_begin_where_they_should():
    bands = [confidence_band(Fraction(n, 100)) for n in (39, 40, 69, 70)]
    assert bands == ["low", "medium", "medium", "high"]


def test_confidence_never_changes_the_score(mini, mini_responses):
    sure = {name: Response(r.groups, r.recorded, 3) for name, r in mini_responses.items()}
    one, other = score(mini, mini_responses).stated, score(mini, sure).stated
    assert {n: d.score for n, d in one.dimensions.items()} == {
        n: d.score for n, d in other.dimensions.items()
    }


def test_tracks_are_found_by_name(mini, mini_responses):
    scores = score(mini, mini_responses)
    assert scores.track("stated") is scores.stated
    assert scores.track("evidenced") is scores.evidenced


def test_every_number_of_the_example_explains_itself(mini, mini_responses):
    scores = score(mini, mini_responses)
    for track in (scores.stated, scores.evidenced):
        parts = [*track.questions.values(), *track.dimensions.values()]
        for steps in [p.steps for p in parts] + [track.overall_steps, track.stage_steps]:
            assert steps
            assert all("{" not in said for said in say_all(steps, Words()))
    ani = say_all(scores.evidenced.dimensions["ANI"].steps, Words())
    assert "Raw 3.00, held at 2.00 because DAT is 1." in ani
