"""Upkeep: content, languages, backup, restore, doctor."""

import shutil

import pytest

from fieldkit.system.paths import Paths
from fieldkit.tools import schema
from fieldkit.workspace.workspace import Workspace

CONTENT = Paths.at().resources / "content"


def test_content_without_faults_is_told_so(run):
    said = run("content", "check", CONTENT)
    assert (said.code, said.out.strip()) == (0, "No faults.")
    assert run("content", "check", CONTENT, "--json").json == []


def test_each_fault_of_content_is_told_with_file_and_line(run, tmp_path):
    folder = tmp_path / "assessment"
    shutil.copytree(CONTENT / "assessment", folder)
    path = folder / "01_ldr.toml"
    path.write_text(path.read_text("utf-8").replace('id = "LDR.2"', 'id = "LDR.1"'), "utf-8")
    said = run("content", "check", folder)
    assert said.code == 1
    assert said.out.startswith("01_ldr.toml:")
    rows = run("content", "check", folder, "--json").json
    assert rows[0]["file"] == "01_ldr.toml"
    assert rows[0]["line"] > 1
    assert run("content", "check", tmp_path / "none").code == 1


def test_languages_are_counted_and_english_is_whole(run):
    rows = run("languages", "--json").json
    english = next(row for row in rows if row["language"] == "en")
    assert english["interface"]["done"] == english["interface"]["of"] > 100
    assert english["questions"] == {"done": 69, "of": 69}
    assert english["library"] is None
    assert all(0 <= row["interface"]["done"] <= row["interface"]["of"] for row in rows)
    assert "English" in run("languages").out


def test_a_backup_brings_everything_back_and_the_old_data_is_kept_beside(run, home, held):
    told = run("backup", "--home", home, "--json").json
    before = run("engagement", "list", "--home", home, "--json").json
    run("engagement", "new", "--agency", "Later", "--home", home)
    said = run("restore", told["file"], "--home", home, "--json")
    assert said.code == 0, said.err
    assert run("engagement", "list", "--home", home, "--json").json == before
    assert said.json["kept"]


def test_a_damaged_backup_is_refused_and_the_data_stays(run, home, tmp_path, held):
    told = run("backup", "--home", home, "--json").json
    data = open(told["file"], "rb").read()  # noqa: SIM115
    bad = tmp_path / "bad.fkb"
    bad.write_bytes(data[: len(data) // 2])
    before = held(home)
    said = run("restore", bad, "--home", home)
    assert said.code == 3
    assert said.err.startswith("E_")
    assert held(home) == before


def test_nothing_is_restored_over_data_that_is_open(run, home):
    told = run("backup", "--home", home, "--json").json
    with Workspace.open(Paths.at(home), schema()):
        said = run("restore", told["file"], "--home", home)
    assert said.code == 3
    assert said.err.startswith("E_IN_USE: ")


def test_the_doctor_finds_a_whole_home_whole_once_it_is_backed_up(run, home):
    said = run("doctor", "--home", home, "--json")
    assert said.code == 1
    assert said.json["problems"] == ["There is no good backup. `fieldkit backup` writes one."]
    run("backup", "--home", home)
    said = run("doctor", "--home", home, "--json")
    assert (said.code, said.json["problems"]) == (0, [])
    assert said.json["backups"] == 1
    assert said.json["free"] > 0
    assert "Everything is whole." in run("doctor", "--home", home).out


@pytest.mark.parametrize("harm", ["missing", "damaged"])
def test_the_doctor_sees_an_attachment_that_is_gone_or_changed(run, home, harm):
    run("backup", "--home", home)
    blob = next(p for p in (home / "blobs").rglob("*") if p.is_file())
    blob.chmod(0o600)
    if harm == "missing":
        blob.unlink()
    else:
        blob.write_bytes(b"something else")
    said = run("doctor", "--home", home, "--json")
    assert said.code == 1
    assert harm in said.json["problems"][0]


def test_the_doctor_tells_a_damaged_store_and_a_restore_mends_it(run, home):
    told = run("backup", "--home", home, "--json").json
    store = home / "workspace.db"
    data = bytearray(store.read_bytes())
    data[4096:12288] = b"\0" * 8192
    store.write_bytes(bytes(data))
    said = run("doctor", "--home", home, "--json")
    assert said.code == 1
    assert said.json["problems"][0].startswith("E_STORE_DAMAGED: ")
    assert run("engagement", "list", "--home", home).err.startswith("E_STORE_DAMAGED: ")
    assert run("restore", told["file"], "--home", home).code == 0
    assert run("doctor", "--home", home).code == 0


def test_no_command_of_upkeep_makes_a_home(run, tmp_path):
    for command in ("backup", "doctor"):
        said = run(command, "--home", tmp_path / "none")
        assert said.err.startswith("E_NO_DATA: ")
    assert not (tmp_path / "none").exists()
