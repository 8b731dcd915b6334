"""Two rounds side by side: what may be compared and what is left out."""

import dataclasses
from fractions import Fraction

import pytest

from fieldkit.core.errors import UserError
from fieldkit.tools.assessment.rules import RoundResult, compare, score


def result(checklist, responses, mode="full"):
    return RoundResult(checklist, mode, score(checklist, responses))


def two(make, **model):
    return make(
        {
            "D": ("use", [], {"A": {"text": "a"}, "B": {"text": "b", "weight": 2}}),
            "E": ("use", ["D"], {"X": {"text": "x"}}),
        },
        **model,
    )


def test_differences_are_told_question_by_question_and_by_dimension(make, agreed):
    checklist = two(make)
    found = compare(
        result(checklist, agreed(A=1, B=2, X=3)), result(checklist, agreed(A=2, B=2, X=1))
    )
    assert {n: q.difference for n, q in found.questions.items()} == {"A": 1, "B": 0, "X": -2}
    held = found.dimensions["D"]
    assert (held.before, held.after, held.difference) == (
        Fraction(5, 3),
        Fraction(2),
        Fraction(1, 3),
    )
    assert (held.common_before, held.common_after) == (Fraction(5, 3), Fraction(2))
    assert (held.compared, held.left_out) == (2, 0)
    assert found.left_out == {}
    assert found.dimensions["E"].difference == Fraction(1) - Fraction(2)


def test_a_question_without_level_in_one_round_is_left_out_and_counted(make, agreed):
    checklist = two(make)
    found = compare(result(checklist, agreed(A=1, B=2)), result(checklist, agreed(B=3, X=2)))
    assert found.left_out == {"no level": 2}
    assert found.questions["A"].difference is None
    assert found.questions["B"].difference == 1
    assert found.dimensions["D"].left_out == 1
    assert found.dimensions["E"].common_before is None
    assert found.dimensions["E"].difference is None


def test_changed_new_and_retired_questions_are_not_compared(make, agreed):
    old = make({"D": ("use", [], {"A": {"text": "a"}, "B": {"text": "b"}, "C": {"text": "c"}})})
    new = make(
        {"D": ("use", [], {"A": {"text": "a"}, "B": {"text": "other"}, "N": {"text": "n"}})},
        version="1.1.0",
    )
    found = compare(result(old, agreed(A=1, B=1, C=1)), result(new, agreed(A=3, B=3, N=3)))
    assert {n: q.left_out for n, q in found.questions.items()} == {
        "A": "",
        "B": "changed",
        "N": "new",
        "C": "retired",
    }
    assert found.left_out == {"changed": 1, "new": 1, "retired": 1}
    held = found.dimensions["D"]
    assert (held.difference, held.common_before, held.common_after) == (None, 1, 3)
    assert (held.compared, held.left_out) == (1, 3)
    assert found.questions["B"].difference is None


def test_new_and_retired_dimensions_stand_on_one_side_only(make, agreed):
    old = make({"D": ("use", [], {"A": {}}), "OLD": ("use", [], {"O": {}})})
    new = make({"D": ("use", [], {"A": {}}), "NEW": ("use", [], {"N": {}})})
    found = compare(result(old, agreed(A=1, O=2)), result(new, agreed(A=1, N=4)))
    assert list(found.dimensions) == ["D", "NEW", "OLD"]
    assert (found.dimensions["OLD"].before, found.dimensions["OLD"].after) == (2, None)
    assert (found.dimensions["NEW"].before, found.dimensions["NEW"].after) == (None, 4)
    assert found.dimensions["NEW"].difference is None


def test_a_dimension_that_stands_on_another_now_has_no_difference(make, agreed):
    old = two(make)
    new = dataclasses.replace(
        old,
        dimensions=(old.dimensions[0], dataclasses.replace(old.dimensions[1], requires=())),
    )
    found = compare(result(old, agreed(A=1, B=1, X=1)), result(new, agreed(A=1, B=1, X=2)))
    assert found.dimensions["E"].difference is None
    assert found.dimensions["E"].common_after == 2


def test_either_track_can_be_compared(make, agreed):
    checklist = two(make)
    weak, strong = agreed(0, A=5, B=5, X=5), agreed(3, A=5, B=5, X=5)
    one, other = result(checklist, weak), result(checklist, strong)
    assert compare(one, other).questions["A"].difference == 3
    assert compare(one, other, "stated").questions["A"].difference == 0


@pytest.mark.parametrize(
    ("model", "mode", "code"),
    [
        ({"version": "2.0.0"}, "full", "E_ROUNDS_VERSION"),
        ({"id": "another"}, "full", "E_ROUNDS_MODEL"),
        ({}, "quick", "E_ROUNDS_MODE"),
    ],
)
def test_rounds_that_do_not_belong_together_are_refused(make, agreed, model, mode, code):
    one = result(two(make), agreed(A=1))
    other = result(two(make, **model), agreed(A=1), mode)
    with pytest.raises(UserError) as caught:
        compare(one, other)
    assert caught.value.code == code
    assert str(caught.value)
