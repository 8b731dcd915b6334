"""`fieldkit score`: exact JSON out, clear refusals for what cannot be scored."""

import argparse
import json
from pathlib import Path

import pytest

from fieldkit.cli.main import main
from fieldkit.cli.score import run, score_files
from fieldkit.cli.score_input import MOST_BYTES
from fieldkit.core.errors import UserError

MODEL = {
    "dimensions": [
        {"id": "D", "cluster": "foundation", "questions": [{"id": "A"}, {"id": "B", "weight": 1.5}]}
    ]
}
TESTS = Path(__file__).parents[1]
VECTOR = TESTS / "tools" / "assessment" / "rules" / "data" / "vector_scoring_mini.json"
PACK = Path(__file__).parents[2] / "resources" / "content" / "assessment"


@pytest.fixture
def files(tmp_path):
    def _files(answers, model=MODEL):
        paths = tmp_path / "model.json", tmp_path / "answers.json"
        for path, held in zip(paths, (model, answers), strict=True):
            if isinstance(held, bytes):
                path.write_bytes(held)
            else:
                path.write_text(held if isinstance(held, str) else json.dumps(held), "utf-8")
        return paths

    return _files


def answered(**answers):
    return {"respondents": ["a", "b"], "answers": answers}


@pytest.mark.parametrize("variant", [False, True])
def test_the_command_reproduces_the_worked_example_and_its_variant(files, capsys, variant):
    vector = json.loads(VECTOR.read_text("utf-8"))
    left_blank = {"L1": {"r": [None] * 4, "e": 2}} if variant else {}
    given = {
        "respondents": vector["respondents"],
        "answers": vector["answers"] | left_blank,
        "targets": vector["targets"],
        "ratings": vector["ratings_need_harm_feasibility"],
    }
    model, told = files(given, vector["model"])
    code = main(["score", "--json", "--model", str(model), "--answers", str(told)])
    found = json.loads(capsys.readouterr().out)
    assert code == 0
    if variant:
        expected = vector["variant_L1_unanswered_evidenced"]
        for name, held in expected.pop("dimensions").items():
            shown = found["evidenced"]["dimensions"][name]
            assert {key: shown[key] for key in held} == held
        assert {key: found["evidenced"][key] for key in expected} == expected
    else:
        assert found["stated"] == vector["expected_stated"]
        assert found["evidenced"] == vector["expected_evidenced"]
        assert found["leverage"] == vector["leverage"]
        assert found["priorities"] == vector["expected_priority"]


def test_votes_that_are_counted_already_score_as_single_ballots_do(files):
    ballots = {"respondents": ["a", "a", "b"], "answers": {"A": {"r": [2, "dk", 4], "e": 1}}}
    counted = {"answers": {"A": {"votes": {"a": {"2": 1, "dk": 1}, "b": {"4": 1}}, "e": 1}}}
    one, other = score_files(*files(ballots)), score_files(*files(counted))
    assert one["stated"]["questions"]["A"] == other["stated"]["questions"]["A"]
    assert one["evidenced"] == other["evidenced"]


def test_the_result_has_the_documented_shape(files):
    found = score_files(*files(answered(A={"r": [3, 4], "e": 3}, B={"r": [None, "dk"]})))
    assert set(found) == {"stated", "evidenced", "leverage", "priorities"}
    assert set(found["stated"]) == {"questions", "dimensions", "overall", "stage"}
    assert found["stated"]["questions"]["A"] == {
        "status": "answered",
        "consolidated": 3,
        "effective": 3,
        "median": 3,
        "spread": 1,
        "agreement": 0.75,
        "known": 1.0,
        "discuss": "ok",
    }
    assert found["stated"]["dimensions"]["D"] == {
        "raw": None,
        "gate_limit": None,
        "score": None,
        "level": None,
        "limited_by": [],
        "unverified": [],
        "status": "insufficient",
        "coverage": 0.4,
        "confidence": 0.46,
    }


def test_json_is_all_that_is_printed(files, capsys):
    model, answers = files(answered(A={"r": [3, 4]}, B={"r": [2, 2]}))
    args = argparse.Namespace(model=str(model), answers=str(answers), json=True)
    assert run(args) == 0
    assert json.loads(capsys.readouterr().out) == score_files(model, answers)


def test_without_json_a_few_plain_lines_are_printed(files, capsys):
    model, answers = files(answered(A={"r": [3, 4]}, B={"r": [2, 2]}))
    assert run(argparse.Namespace(model=str(model), answers=str(answers), json=False)) == 0
    assert capsys.readouterr().out.splitlines() == [
        "D: said 2.40, evidence supports 2.00",
        "Overall, by evidence: 2.00",
        "Stage, by evidence: none",
    ]


def test_a_content_pack_is_a_model_as_folder_and_as_its_file(files):
    _, answers = files(answered(**{"LDR.1": {"r": [2, 3], "e": 2}}))
    found = score_files(PACK, answers)
    assert len(found["stated"]["questions"]) == 69
    assert found == score_files(PACK / "model.toml", answers)


def test_a_model_may_be_one_toml_file(files, tmp_path):
    _, answers = files(answered(A={"r": [2, 3]}))
    model = tmp_path / "own.toml"
    model.write_text('[[dimensions]]\nid = "D"\n[[dimensions.questions]]\nid = "A"\nweight = 1.5\n')
    assert score_files(model, answers)["stated"]["dimensions"]["D"]["score"] == 2.0


def test_respondents_may_be_left_out(files):
    found = score_files(*files({"answers": {"A": {"r": [1, 2, 3]}, "B": {"consensus": 4}}}))
    assert found["stated"]["questions"]["A"]["median"] == 2
    assert found["stated"]["questions"]["B"]["consolidated"] == 4


def test_targets_of_nought_and_missing_ratings_mean_the_default(files):
    body = answered(A={"consensus": 1}, B={"consensus": 1})
    plain = score_files(*files(body))["priorities"]
    body |= {"targets": {"A": 0, "B": None}, "ratings": {"A": [3, 3, 3], "B": [None, 3, None]}}
    assert score_files(*files(body))["priorities"] == plain


def test_a_byte_order_mark_does_no_harm(files):
    body = b"\xef\xbb\xbf" + json.dumps(answered(A={"consensus": 1})).encode()
    assert score_files(*files(body))["stated"]["questions"]["A"]["effective"] == 1


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ("", "E_JSON"),
        ("not json", "E_JSON"),
        (b"\xff\xfe\x00", "E_JSON"),
        (b"PK\x03\x04", "E_JSON"),
        ('{"answers": {"A": {"consensus": NaN}}}', "E_JSON_NUMBER"),
        ('{"answers": {"A": {"consensus": -Infinity}}}', "E_JSON_NUMBER"),
        ('{"answers": {"A": {"e": 1e99999999999999999999}}}', "E_JSON_NUMBER"),
        ('{"answers": {"A": {"e": ' + "9" * 5000 + "}}}", "E_JSON"),
        ("[" * 100_000, "E_JSON_DEEP"),
        ('{"answers": ' * 50_000, "E_JSON_DEEP"),
        ('{"answers": {}, "answers": {}}', "E_JSON_TWICE"),
        ([], "E_ANSWERS_SHAPE"),
        ({}, "E_ANSWERS_SHAPE"),
        ({"answers": []}, "E_ANSWERS_SHAPE"),
        ({"answers": {"A": 3}}, "E_ANSWERS_SHAPE"),
        ({"answers": {"A": {"r": "333"}}}, "E_ANSWERS_SHAPE"),
        ({"answers": {"A": {"r": {"a": 3}}}}, "E_ANSWERS_SHAPE"),
        ({"respondents": [3], "answers": {}}, "E_ANSWERS_SHAPE"),
        ({"respondents": "ab", "answers": {}}, "E_ANSWERS_SHAPE"),
        ({"answers": {}, "targets": [1]}, "E_ANSWERS_SHAPE"),
        ({"answers": {}, "ratings": {"A": 3}}, "E_ANSWERS_SHAPE"),
        ({"answers": {"Z": {"r": []}}}, "E_ANSWERS_QUESTION"),
        ({"answers": {}, "targets": {"Z": 3}}, "E_ANSWERS_QUESTION"),
        ({"answers": {}, "ratings": {"Z": [1, 1, 1]}}, "E_ANSWERS_QUESTION"),
        (answered(A={"r": [0, 3]}), "E_ANSWERS_LEVEL"),
        (answered(A={"r": [6, 3]}), "E_ANSWERS_LEVEL"),
        (answered(A={"r": [3.5, 3]}), "E_ANSWERS_LEVEL"),
        (answered(A={"r": ["3", 3]}), "E_ANSWERS_LEVEL"),
        (answered(A={"r": [True, 3]}), "E_ANSWERS_LEVEL"),
        (answered(A={"r": [[3], 3]}), "E_ANSWERS_LEVEL"),
        (answered(A={"consensus": 9}), "E_ANSWERS_LEVEL"),
        ({"answers": {}, "targets": {"A": 6}}, "E_ANSWERS_LEVEL"),
        ({"answers": {}, "targets": {"A": False}}, "E_ANSWERS_LEVEL"),
        ({"answers": {}, "ratings": {"A": [1, 2, 6]}}, "E_ANSWERS_LEVEL"),
        ({"answers": {}, "ratings": {"A": [1, 2]}}, "E_ANSWERS_RATING"),
        (answered(A={"r": [3]}), "E_ANSWERS_COUNT"),
        (answered(A={"r": [3, 3, 3]}), "E_ANSWERS_COUNT"),
        ({"respondents": ["a"] * 10_001, "answers": {}}, "E_ANSWERS_COUNT"),
        (answered(A={"r": [3, 3], "e": 4}), "E_ANSWERS_EVIDENCE"),
        (answered(A={"r": [3, 3], "e": True}), "E_ANSWERS_EVIDENCE"),
        (answered(A={"r": [3, 3], "e": "2"}), "E_ANSWERS_EVIDENCE"),
    ],
)
def test_answers_that_cannot_be_scored_are_refused_with_a_code(files, answers, code):
    with pytest.raises(UserError) as caught:
        score_files(*files(answers))
    assert caught.value.code == code
    assert str(caught.value)


@pytest.mark.parametrize(
    ("model", "code"),
    [
        ("not json", "E_JSON"),
        ("[" * 100_000, "E_JSON_DEEP"),
        (
            '{"dimensions": [{"id": "D", "questions": [{"id": "A", "weight": NaN}]}]}',
            "E_JSON_NUMBER",
        ),
        (
            '{"dimensions": [{"id": "D", "questions": [{"id": "A", "weight": 1e-999999}]}]}',
            "E_MODEL_SHAPE",
        ),
        ([], "E_MODEL_SHAPE"),
        ({"dimensions": []}, "E_MODEL_EMPTY"),
    ],
)
def test_a_model_that_cannot_be_used_is_refused_with_a_code(files, model, code):
    with pytest.raises(UserError) as caught:
        score_files(*files({"answers": {}}, model))
    assert caught.value.code == code


def test_a_missing_file_a_folder_and_a_bad_toml_are_refused(files, tmp_path):
    model, answers = files({"answers": {}})
    bad = tmp_path / "bad.toml"
    bad.write_text("dimensions = [", "utf-8")
    for one, other, code in (
        (model, tmp_path / "none.json", "E_FILE"),
        (model, tmp_path, "E_FILE"),
        (tmp_path / "none.toml", answers, "E_FILE"),
        (bad, answers, "E_TOML"),
        (tmp_path, answers, "E_CONTENT"),
    ):
        with pytest.raises(UserError) as caught:
            score_files(one, other)
        assert caught.value.code == code


def test_a_file_too_large_is_refused_before_it_is_read_whole(files):
    model, answers = files(b" " * (MOST_BYTES + 1))
    with pytest.raises(UserError) as caught:
        score_files(model, answers)
    assert caught.value.code == "E_FILE_LARGE"


def test_a_hostile_name_reaches_the_message_without_invisible_signs(files):
    with pytest.raises(UserError) as caught:
        score_files(*files({"answers": {"\u202e\ud800\u0007": {}}}))
    assert "???" in str(caught.value)
