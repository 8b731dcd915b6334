"""`fieldkit bundle`: out, looked into, in; by the rules of consent; hostile files change nothing."""

import zipfile

import pytest

from fieldkit.system.paths import Paths
from fieldkit.tools import schema
from fieldkit.tools.engagement import operations as engagement
from fieldkit.tools.engagement.model import Terms
from fieldkit.workspace.workspace import Workspace


@pytest.fixture
def bundle(run, home, tmp_path):
    target = tmp_path / "out.fkb"
    said = run("bundle", "export", "--home", home, "-o", target)
    assert said.code == 0, said.err
    return target


def test_an_export_says_what_went_and_reads_back_whole(run, home, tmp_path):
    said = run("bundle", "export", "--home", home, "-o", tmp_path, "--json")
    assert said.code == 0
    told = said.json
    assert told["scopes"] == 3
    assert told["attachments"] == 3
    looked = run("bundle", "inspect", told["file"], "--json").json
    assert looked["bundle"] == told["bundle"]
    assert looked["changes"] == told["changes"]
    assert {one["kind"] for one in looked["scopes"]} == {"engagement", "assessment", "strategy"}
    assert run("bundle", "verify", told["file"], "--json").json["whole"] is True


def test_looking_into_a_bundle_needs_no_home(run, bundle, tmp_path):
    nowhere = tmp_path / "nowhere"
    said = run("bundle", "inspect", bundle, "--home", nowhere)
    assert said.code == 0
    assert "Lindmoor Regional Police Service" in said.out
    assert run("bundle", "verify", bundle, "--home", nowhere).code == 0
    assert not nowhere.exists()


def test_a_preview_changes_nothing_and_apply_takes_in(run, bundle, home, tmp_path, held):
    other = tmp_path / "other"
    run("engagement", "new", "--agency", "Own", "--home", other)
    before = held(other)
    said = run("bundle", "import", bundle, "--home", other, "--json")
    assert said.json["applied"] is False
    assert said.json["changes"] > 1000
    assert held(other) == before
    assert "Nothing was changed" in run("bundle", "import", bundle, "--home", other).out
    taken = run("bundle", "import", bundle, "--home", other, "--apply", "--json").json
    assert (taken["applied"], taken["differences"]) == (True, 0)
    assert len(run("engagement", "list", "--home", other, "--json").json) == 2
    again = run("bundle", "import", bundle, "--home", other, "--json").json
    assert (again["changes"], again["already_imported"]) == (0, True)


def test_a_training_engagement_goes_to_the_agency_but_to_no_partner(run, home, tmp_path, held):
    before = held(home)
    target = tmp_path / "out.fkb"
    said = run("bundle", "export", "--home", home, "-o", target, "--preset", "partners")
    assert said.code == 3
    assert said.err.startswith("E_MAY_NOT_SEND: ")
    assert not target.exists()
    assert held(home) == before
    assert run("bundle", "export", "--home", home, "-o", target, "--preset", "agency").code == 0


def test_only_what_has_request_and_consent_goes_to_partners(run, home, tmp_path):
    target = tmp_path / "out.fkb"
    with Workspace.open(Paths.at(home), schema()) as ws:
        (one,) = engagement.engagements(ws)
        terms = Terms("given", "Letter 4", consent=True, consent_role="Head of the service")
        engagement.make_real(ws, one.scope, terms)
    asked = ("bundle", "export", "--home", home, "-o", target, "--preset", "partners")
    assert run(*asked).code == 0
    with Workspace.open(Paths.at(home), schema()) as ws:
        engagement.withdraw_consent(ws, one.scope)
    assert run(*asked).err.startswith("E_MAY_NOT_SEND: ")


def test_a_quick_scan_stays_away_from_partners(run, home, tmp_path):
    answers = tmp_path / "quick.json"
    answers.write_text('{"round": {"mode": "quick"}, "answers": {"LDR.1": {"consensus": 2}}}')
    assert run("assessment", "import", answers, "--home", home).code == 0
    with Workspace.open(Paths.at(home), schema()) as ws:
        (one,) = engagement.engagements(ws)
        terms = Terms("given", "Letter 4", consent=True, consent_role="Head of the service")
        engagement.make_real(ws, one.scope, terms)
    for preset, rounds in (("agency", 2), ("partners", 1)):
        target = tmp_path / f"{preset}.fkb"
        run("bundle", "export", "--home", home, "-o", target, "--preset", preset)
        looked = run("bundle", "inspect", target, "--json").json
        assert sum(one["kind"] == "assessment" for one in looked["scopes"]) == rounds


def hostile_files(bundle):
    data = bundle.read_bytes()
    middle = len(data) // 2
    yield "empty", b""
    yield "text", b"hello"
    yield "noise", bytes(range(256)) * 40
    yield "half", data[:middle]
    yield "flipped", data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]
    yield "longer", data + b"x"
    yield "database", b"SQLite format 3\0" + b"\0" * 4096


def test_hostile_bundles_are_refused_and_leave_the_home_byte_for_byte(
    run, bundle, home, tmp_path, fingerprint
):
    zipped = tmp_path / "bomb.fkb"
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("../../evil", b"\0" * 10_000_000)
    files = [zipped, tmp_path / "missing.fkb", tmp_path]
    for name, data in hostile_files(bundle):
        path = tmp_path / f"{name}.fkb"
        path.write_bytes(data)
        files.append(path)
    before = fingerprint(home)
    for path in files:
        for command in (
            ("inspect", path),
            ("verify", path),
            ("import", path, "--home", home),
            ("import", path, "--apply", "--home", home),
        ):
            said = run("bundle", *command)
            assert said.code == 3, (path.name, command[0], said)
            assert said.err.startswith("E_"), path.name
            assert said.out == ""
    assert fingerprint(home) == before


def test_a_home_that_is_open_elsewhere_is_refused_with_who_holds_it(run, home, tmp_path):
    with Workspace.open(Paths.at(home), schema()):
        said = run("bundle", "export", "--home", home, "-o", tmp_path / "out.fkb")
    assert said.code == 3
    assert said.err.startswith("E_IN_USE: ")


def test_nothing_to_export_is_refused(run, tmp_path):
    run("engagement", "new", "--agency", "Own", "--home", tmp_path)
    said = run("bundle", "export", "--home", tmp_path, "--engagement", "ffffffff", "-o", tmp_path)
    assert said.err.startswith("E_NO_ENGAGEMENT: ")
