"""`fieldkit assessment`: answers out and in again, whole or not at all."""

import json

import pytest

from fieldkit.cli.score import score_files
from fieldkit.system.paths import Paths
from fieldkit.tools import schema
from fieldkit.tools.assessment import operations as assessment
from fieldkit.tools.engagement import operations as engagement
from fieldkit.workspace.workspace import Workspace

MODEL = Paths.at().resources / "content" / "assessment"


@pytest.fixture
def exported(run, home, tmp_path):
    target = tmp_path / "answers.json"
    said = run("assessment", "export", "--home", home, "-o", target, "--format", "json", "--json")
    assert said.code == 0, said.err
    assert said.json["size"] == target.stat().st_size
    return target


def scores_in(home, number=0):
    with Workspace.open(Paths.at(home), schema()) as ws:
        (one, *_) = engagement.engagements(ws)
        scope = assessment.rounds(ws, one.scope)[number].scope
        return assessment.read_scores(ws, scope, assessment.checklist_of(ws, scope))


def test_what_is_exported_scores_outside_as_it_does_inside(exported, home):
    outside = score_files(MODEL, exported)
    inside = scores_in(home)
    assert outside["evidenced"]["stage"] == inside.evidenced.stage
    assert outside["evidenced"]["overall"] == round(float(inside.evidenced.overall), 2)
    for name, held in inside.stated.questions.items():
        assert outside["stated"]["questions"][name]["median"] == held.base.votes.median


def test_the_file_holds_counts_of_groups_and_no_group_below_three(exported):
    tree = json.loads(exported.read_text("utf-8"))
    assert tree["round"]["title"] == "First round"
    votes = [v for a in tree["answers"].values() for v in a.get("votes", {}).items()]
    assert votes
    assert all(sum(c.values()) - c.get("blank", 0) >= 3 for _, c in votes)
    assert "Community council" not in {name for name, _ in votes}
    assert "respondents" not in tree


def test_a_file_comes_in_again_as_a_new_round_that_says_the_same(run, exported, home, tmp_path):
    said = run("assessment", "import", exported, "--home", home, "--title", "Second", "--json")
    assert said.code == 0, said.err
    assert said.json["answers"] == 69
    assert scores_in(home, 1).evidenced == scores_in(home, 0).evidenced
    target = tmp_path / "again.json"
    run("assessment", "export", "--home", home, "--round", said.json["id"], "-o", target)
    first, second = (json.loads(p.read_text("utf-8")) for p in (exported, target))
    assert second["round"].pop("title") == "Second"
    first["round"].pop("title")
    assert second == first


def test_the_shape_of_score_comes_in_too(run, home, tmp_path):
    file = tmp_path / "answers.json"
    respondents = ["Command"] * 4 + ["Technical unit"] * 4 + ["Somebody else"] * 3
    file.write_text(
        json.dumps(
            {
                "respondents": respondents,
                "answers": {"LDR.2": {"r": [2, 2, 3, 3, 1, 2, 2, "dk", 2, 3, None], "e": 2}},
                "targets": {"LDR.2": 4},
                "ratings": {"LDR.2": [4, 4, 3]},
            }
        )
    )
    assert run("assessment", "import", file, "--home", home).code == 0
    held = scores_in(home, 1)
    assert held.base["LDR.2"].votes.median == 2
    assert held.base["LDR.2"].evidence == 2


def said_of(question, **answer):
    return json.dumps({"answers": {question: answer}})


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "E_JSON"),
        ("[" * 100_000, "E_JSON_DEEP"),
        (b"\xff\xfe", "E_JSON"),
        ("[]", "E_ANSWERS_SHAPE"),
        (said_of("XXX.9", consensus=2), "E_ANSWERS_QUESTION"),
        (said_of("LDR.1", consensus=7), "E_ANSWERS_LEVEL"),
        (said_of("LDR.1", consensus=2, reason=["x"]), "E_ANSWERS_TEXT"),
        (said_of("LDR.1", votes={"Command": {"6": 1}}), "E_ANSWERS_VOTES"),
        (said_of("LDR.1", votes={"Command": {"3": -1}}), "E_ANSWERS_VOTES"),
        (said_of("LDR.1", votes={"Command": {"3": True}}), "E_ANSWERS_VOTES"),
        (said_of("LDR.1", votes={"Command": 3}), "E_ANSWERS_SHAPE"),
    ],
)
def test_a_hostile_file_is_refused_and_leaves_the_home_byte_for_byte(
    run, home, tmp_path, fingerprint, content, code
):
    file = tmp_path / "answers.json"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    before = fingerprint(home)
    said = run("assessment", "import", file, "--home", home)
    assert said.code == 3
    assert said.err.startswith(code + ": ")
    assert fingerprint(home) == before


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (said_of("LDR.1", votes={"Command": {"3": 4}}, consensus=1), "E_REASON_NEEDED"),
        (said_of("LDR.1", votes={"Command": {"3": 9}}), "E_MORE_VOTES_THAN_HEADS"),
        (said_of("LDR.1", consensus="na", na_reason="none"), "E_ALWAYS_APPLIES"),
        (said_of("DAT.6", consensus="na"), "E_REASON_NEEDED"),
    ],
)
def test_a_file_that_breaks_a_rule_of_the_room_is_refused_whole(
    run, home, tmp_path, held, content, code
):
    file = tmp_path / "answers.json"
    file.write_text(content)
    before = held(home)
    said = run("assessment", "import", file, "--home", home)
    assert said.code == 3
    assert said.err.startswith(code + ": ")
    assert held(home) == before


def test_an_engagement_without_consent_takes_no_round(run, tmp_path):
    home, file = tmp_path / "home", tmp_path / "answers.json"
    run("engagement", "new", "--agency", "Real", "--home", home)
    file.write_text(said_of("LDR.1", consensus=2))
    assert run("assessment", "import", file, "--home", home).err.startswith("E_MAY_NOT_ASSESS: ")
