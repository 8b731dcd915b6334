"""`fieldkit engagement`: list and new."""


def test_a_home_without_data_lists_nothing_and_stays_unmade(run, tmp_path):
    said = run("engagement", "list", "--home", tmp_path / "none", "--json")
    assert (said.code, said.json) == (0, [])
    assert not (tmp_path / "none").exists()


def test_a_new_engagement_is_listed_with_what_was_said_of_it(run, tmp_path):
    made = run(
        "engagement", "new", "--agency", "Police of Lindmoor", "--languages", "sq, en",
        "--training", "--home", tmp_path, "--json",
    )  # fmt: skip
    assert made.code == 0
    listed = run("engagement", "list", "--home", tmp_path, "--json").json
    assert listed[0]["id"] == made.json["id"]
    assert listed[0]["agency"] == "Police of Lindmoor"
    assert listed[0]["training"] is True
    assert listed[0]["rounds"] == []
    assert made.json["id"] in run("engagement", "list", "--home", tmp_path).out


def test_an_agency_without_a_name_is_refused_before_anything_is_made(run, tmp_path):
    said = run("engagement", "new", "--agency", "  ", "--home", tmp_path / "none")
    assert said.code == 3
    assert said.err.startswith("E_AGENCY_NEEDED: ")
    assert not (tmp_path / "none").exists()


def test_the_sample_is_listed_with_its_round_and_strategy(run, home):
    (row,) = run("engagement", "list", "--home", home, "--json").json
    assert [one["title"] for one in row["rounds"]] == ["First round"]
    assert [one["title"] for one in row["strategies"]] == [
        "Digital work that reaches every station"
    ]
