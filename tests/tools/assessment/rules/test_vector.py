"""The worked example of the model must come out in every number, with its variant."""

import json
from pathlib import Path

import pytest

from fieldkit.cli.score import score_files
from fieldkit.tools.assessment.model import Checklist
from fieldkit.tools.assessment.rules import leverage_counts

VECTOR = Path(__file__).parent / "data" / "vector_scoring_mini.json"


@pytest.fixture(scope="module")
def vector():
    return json.loads(VECTOR.read_text("utf-8"))


def write(folder, vector, answers):
    model, given = folder / "model.json", folder / "answers.json"
    model.write_text(json.dumps(vector["model"]), "utf-8")
    body = {
        "respondents": vector["respondents"],
        "answers": answers,
        "targets": vector["targets"],
        "ratings": vector["ratings_need_harm_feasibility"],
    }
    given.write_text(json.dumps(body), "utf-8")
    return model, given


@pytest.fixture
def result(vector, tmp_path):
    return score_files(*write(tmp_path, vector, vector["answers"]))


@pytest.mark.parametrize("track", ["stated", "evidenced"])
def test_every_number_of_a_track_is_reproduced(vector, result, track):
    assert result[track] == vector[f"expected_{track}"]


def test_leverage_is_reproduced(vector, result):
    assert result["leverage"] == vector["leverage"]
    assert leverage_counts(Checklist.from_json(vector["model"])) == vector["leverage_count"]


def test_priorities_are_reproduced_in_order(vector, result):
    assert result["priorities"] == vector["expected_priority"]


def test_variant_without_the_leadership_gate_is_reproduced(vector, tmp_path):
    answers = {**vector["answers"], "L1": {"r": [None] * 4, "e": 2}}
    found = score_files(*write(tmp_path, vector, answers))["evidenced"]
    expected = vector["variant_L1_unanswered_evidenced"]
    assert found["questions"] == expected["questions"]
    for name, held in expected["dimensions"].items():
        assert {key: found["dimensions"][name][key] for key in held} == held
    assert (found["overall"], found["stage"]) == (2.02, None)


def test_a_question_left_out_of_the_file_counts_as_blank_for_all(vector, tmp_path):
    answers = {name: held for name, held in vector["answers"].items() if name != "L1"}
    found = score_files(*write(tmp_path, vector, answers))["evidenced"]
    assert (
        found["questions"]["L1"] == (vector["variant_L1_unanswered_evidenced"]["questions"]["L1"])
    )
    assert found["stage"] is None


def test_the_vector_itself_can_be_given_as_model_and_as_answers(vector):
    found = score_files(VECTOR, VECTOR)
    assert found["stated"]["overall"] == vector["expected_stated"]["overall"]
