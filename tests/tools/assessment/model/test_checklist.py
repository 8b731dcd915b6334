"""A checklist is typed from its tree, and refused where it cannot be scored."""

from decimal import Decimal
from fractions import Fraction

import pytest

from fieldkit.core.errors import UserError
from fieldkit.tools.assessment.model import Checklist, Question


def tree(*questions, **dimension):
    return {"dimensions": [{"id": "D", "questions": list(questions), **dimension}]}


def test_a_pack_tree_is_typed_whole():
    checklist = Checklist.from_tree(
        {
            "model": {"id": "m", "version": "2.3.4", "name": "M", "licence": "free"},
            "levels": [{"id": 1, "name": "Starting", "meaning": "nothing yet"}],
            "evidence": [{"grade": 0, "name": "said only"}],
            "groups": [{"id": "leadership", "name": "Leadership"}],
            "dimensions": [
                {"id": "B", "order": 2, "questions": [{"id": "B.1"}], "requires": ["A"]},
                {
                    "id": "A",
                    "order": 1,
                    "cluster": "foundation",
                    "short": "Ay",
                    "questions": [
                        {
                            "id": "A.1",
                            "text": "How?",
                            "gate": True,
                            "levels": ["1", "2", "3", "4", "5"],
                            "na_when": "never",
                            "next": "begin",
                        }
                    ],
                },
            ],
        }
    )
    assert [d.id for d in checklist.dimensions] == ["A", "B"]
    assert (checklist.major, checklist.licence) == ("2", "free")
    assert checklist.levels[0].name == "Starting"
    assert checklist.evidence[0].name == "said only"
    assert checklist.groups[0].id == "leadership"
    question = checklist.by_id["A.1"]
    assert (question.dimension, question.gate, question.allows_na) == ("A", True, True)
    assert question.levels[4] == "5"
    assert question.context("levels.3") == "assessment:A.1.levels.3"
    assert checklist.dimension_by_id["A"].context("short") == "assessment:A.short"
    assert checklist.context("levels.1.name") == "assessment:levels.1.name"


def test_the_plain_shape_may_stand_bare_or_inside_a_model():
    bare = tree({"id": "Q"})
    assert Checklist.from_json(bare) == Checklist.from_json({"model": bare})


def test_questions_follow_what_limits_them():
    checklist = Checklist.from_json(
        tree({"id": "C", "requires": ["B"]}, {"id": "B", "requires": ["A"]}, {"id": "A"})
    )
    assert checklist.question_order == ("A", "B", "C")
    assert [q.id for q in checklist.questions] == ["C", "B", "A"]


def test_the_quick_scan_keeps_only_quick_questions_and_what_they_stand_on():
    checklist = Checklist.from_json(
        {
            "dimensions": [
                {"id": "A", "questions": [{"id": "A.1"}]},
                {"id": "B", "requires": ["A"], "questions": [{"id": "B.1", "quick": True}]},
                {
                    "id": "C",
                    "requires": ["A", "B"],
                    "questions": [
                        {"id": "C.1", "quick": True, "requires": ["B.1", "C.2"]},
                        {"id": "C.2"},
                    ],
                },
            ]
        }
    ).quick()
    assert [q.id for q in checklist.questions] == ["B.1", "C.1"]
    assert checklist.dimension_by_id["C"].requires == ("B",)
    assert checklist.by_id["C.1"].requires == ("B.1",)


@pytest.mark.parametrize(
    ("weight", "exact"),
    [(2, 2), (0.1, Fraction(1, 10)), (Decimal("2.5"), Fraction(5, 2)), (1000, 1000)],
)
def test_weights_are_exact(weight, exact):
    assert Checklist.from_json(tree({"id": "Q", "weight": weight})).questions[0].weight == exact


@pytest.mark.parametrize(
    "weight",
    [
        0, -1, 1001, True, "2", None, [], float("nan"), float("inf"),
        Decimal("1e-999999"), Decimal("1e999999"), Decimal("NaN"), 0.0000001,
    ],
)  # fmt: skip
def test_a_weight_that_is_no_sensible_number_is_refused(weight):
    with pytest.raises(UserError) as caught:
        Checklist.from_json(tree({"id": "Q", "weight": weight}))
    assert caught.value.code == "E_MODEL_SHAPE"
    assert "dimensions[0].questions[0].weight" in str(caught.value)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ([], "E_MODEL_SHAPE"),
        ("text", "E_MODEL_SHAPE"),
        ({}, "E_MODEL_EMPTY"),
        ({"dimensions": []}, "E_MODEL_EMPTY"),
        ({"dimensions": {}}, "E_MODEL_SHAPE"),
        ({"dimensions": "DD"}, "E_MODEL_SHAPE"),
        ({"dimensions": [3]}, "E_MODEL_SHAPE"),
        ({"model": 3}, "E_MODEL_SHAPE"),
        (tree({}), "E_MODEL_SHAPE"),
        (tree({"id": ""}), "E_MODEL_SHAPE"),
        (tree({"id": 3}), "E_MODEL_SHAPE"),
        (tree({"id": "x" * 41}), "E_MODEL_SHAPE"),
        (tree({"id": "a\u202eb"}), "E_MODEL_SHAPE"),
        (tree({"id": "Q", "gate": "yes"}), "E_MODEL_SHAPE"),
        (tree({"id": "Q", "requires": "Q"}), "E_MODEL_SHAPE"),
        (tree({"id": "Q", "requires": [3]}), "E_MODEL_SHAPE"),
        (tree({"id": "Q"}, order=True), "E_MODEL_SHAPE"),
        (tree({"id": "Q"}, order="1"), "E_MODEL_SHAPE"),
        (tree({"id": "Q"}, cluster=1), "E_MODEL_SHAPE"),
        (tree({"id": "Q"}, {"id": "Q"}), "E_MODEL_TWICE"),
        (tree({"id": "Q", "requires": ["Z"]}), "E_MODEL_UNKNOWN"),
        (tree({"id": "Q"}, requires=["Z"]), "E_MODEL_UNKNOWN"),
        (tree({"id": "Q", "requires": ["Q"]}), "E_MODEL_CIRCLE"),
        (tree({"id": "Q"}, requires=["D"]), "E_MODEL_CIRCLE"),
        (
            tree({"id": "A", "requires": ["B"]}, {"id": "B", "requires": ["A"]}),
            "E_MODEL_CIRCLE",
        ),
        (tree(*({"id": f"Q{n}"} for n in range(5001))), "E_MODEL_LARGE"),
    ],
)
def test_a_checklist_that_cannot_be_scored_is_refused_with_a_code(data, code):
    with pytest.raises(UserError) as caught:
        Checklist.from_json(data)
    assert caught.value.code == code
    assert str(caught.value)


def test_a_foreign_name_reaches_a_message_without_invisible_signs():
    with pytest.raises(UserError) as caught:
        Checklist.from_json(tree({"id": "Q", "requires": ["\u202e\ud800" + "z" * 100]}))
    assert "??" + "z" * 58 in str(caught.value)


def test_a_question_stays_the_same_while_only_its_help_changes():
    one = Question("Q", "D", text="a", why="x")
    assert one.is_same_as(Question("Q", "D", text="a", why="y", next="z"))
    assert not one.is_same_as(Question("Q", "D", text="b"))
    assert not one.is_same_as(Question("Q", "D", text="a", gate=True))
