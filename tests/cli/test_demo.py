"""`fieldkit demo` and `fieldkit --self-test`: the whole main job without a screen."""

from pathlib import Path

from fieldkit.cli.demo import fresh_homes, state
from fieldkit.system.paths import Paths
from fieldkit.tools import schema
from fieldkit.workspace.workspace import Workspace

MAGIC = {".pdf": b"%PDF-", ".fkb": b"PK\x03\x04", ".docx": b"PK\x03\x04"}


def test_the_demo_makes_its_papers_and_two_homes_that_say_the_same(run, tmp_path):
    said = run("demo", "--out", tmp_path / "out", "--json")
    assert said.code == 0, said.err
    told = said.json
    assert told["equal"] is True
    assert told["differences"] >= 2
    assert set(told["files"]) >= {"results_pdf", "results_docx", "strategy_pdf", "bundle"}
    for name in told["files"].values():
        path = Path(name)
        assert path.read_bytes().startswith(MAGIC[path.suffix])
    homes = [Paths.at(tmp_path / "out" / "homes" / name) for name in ("first", "second")]
    states = []
    for paths in homes:
        with Workspace.open(paths, schema()) as ws:
            assert ws.differences() == []
            states.append(state(ws))
    assert states[0] == states[1]
    text = next(v for (_, kind, _), (_, f) in states[0].items() if kind == "strategy"
                for v in [str(f["problem"])])  # fmt: skip
    assert "Seen at two stations." in text
    assert "The shifts said so twice." in text


def test_the_demo_can_be_repeated_but_replaces_no_folder_of_others(run, tmp_path):
    (tmp_path / "homes").mkdir()
    (tmp_path / "homes" / "mine.txt").write_text("mine")
    said = run("demo", "--out", tmp_path)
    assert said.code == 3
    assert said.err.startswith("E_DEMO_FOLDER: ")
    assert (tmp_path / "homes" / "mine.txt").read_text() == "mine"
    made = fresh_homes(tmp_path / "out")
    (made / "first").mkdir()
    assert fresh_homes(tmp_path / "out") == made
    assert not (made / "first").exists()


def test_the_self_test_prints_a_line_a_step_and_leaves_paper_and_bundle(run, tmp_path):
    said = run("--self-test", "--home", tmp_path / "домой")
    assert said.code == 0, said.err
    assert said.out.splitlines()[-1] == "Everything works."
    assert len(said.out.splitlines()) >= 6
    assert (tmp_path / "домой" / "self-test.pdf").read_bytes().startswith(MAGIC[".pdf"])
    assert (tmp_path / "домой" / "self-test.fkb").read_bytes().startswith(MAGIC[".fkb"])


def test_the_self_test_touches_no_home_that_holds_data(run, home, fingerprint):
    before = fingerprint(home)
    said = run("--self-test", "--home", home)
    assert said.code == 3
    assert said.err.startswith("E_HOME_HELD: ")
    assert fingerprint(home) == before
