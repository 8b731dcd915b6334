"""`fieldkit report`: results and strategy in every format."""

import json

import pytest


@pytest.mark.parametrize("paper", ["results", "strategy"])
@pytest.mark.parametrize(
    ("kind", "start"), [("pdf", b"%PDF-"), ("docx", b"PK\x03\x04"), ("txt", b""), ("json", b"{")]
)
def test_a_report_is_written_in_each_format(run, home, tmp_path, paper, kind, start):
    target = tmp_path / f"paper.{kind}"
    said = run(
        "report", paper, "--home", home, "--format", kind, "-o", target, "--lang", "en", "--json"
    )
    assert said.code == 0, said.err
    data = target.read_bytes()
    assert data.startswith(start)
    assert said.json["file"] == str(target)
    assert said.json["size"] == len(data)
    assert "free texts go out" in said.err


def test_the_report_bears_label_and_training_mark_and_the_language_asked_for(run, home, tmp_path):
    target = tmp_path / "paper.json"
    run("report", "results", "--home", home, "--format", "json", "-o", target, "--lang", "qps-rtl")
    document = json.loads(target.read_text("utf-8"))
    assert document["language"] == "qps-rtl"
    assert document["rtl"] is True
    run("report", "results", "--home", home, "--format", "txt", "-o", target, "--lang", "en")
    text = target.read_text("utf-8")
    assert "RESTRICTED" in text
    assert "TRAINING" in text


def test_what_is_not_there_is_refused_and_nothing_written(run, home, tmp_path, held):
    before = held(home)
    target = tmp_path / "paper.pdf"
    for more, code in (
        (("--engagement", "ffff"), "E_NO_ENGAGEMENT"),
        (("--round", "zzzz"), "E_NOTHING_HELD"),
    ):
        said = run("report", "results", "--home", home, "-o", target, *more)
        assert said.code == 3
        assert said.err.startswith(code + ": ")
        assert said.out == ""
    run("engagement", "new", "--agency", "Second", "--home", tmp_path / "other")
    run("engagement", "new", "--agency", "Third", "--home", tmp_path / "other")
    said = run("report", "strategy", "--home", tmp_path / "other", "-o", target)
    assert said.err.startswith("E_ENGAGEMENT_UNCLEAR: ")
    assert not target.exists()
    assert held(home) == before


def test_a_folder_that_is_gone_is_refused_with_a_code(run, home, tmp_path):
    said = run("report", "strategy", "--home", home, "-o", tmp_path / "gone" / "paper.pdf")
    assert said.code == 3
    assert "E_NO_FOLDER: " in said.err


def test_a_text_that_looks_like_a_person_is_pointed_out(run, home, tmp_path):
    answers = tmp_path / "answers.json"
    answers.write_text(
        json.dumps({"answers": {"LDR.1": {"consensus": 2, "comment": "Ask a.b@example.org"}}})
    )
    run("assessment", "import", answers, "--home", home)
    said = run("report", "results", "--home", home, "--format", "txt", "-o", tmp_path / "p.txt")
    assert "a.b@example.org" in said.err
