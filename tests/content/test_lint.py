"""The lint names what loads but should not be shown, and finds nothing in what is shipped."""

from collections.abc import Callable
from pathlib import Path

import pytest

from fieldkit.content import lint, load_pack
from fieldkit.core.i18n import Words
from fieldkit.system.translations import words

Change = Callable[[str, str, str], None]

# name of the break, file, what is replaced, by what, line, words of the fault, words of the cure
POOR = [
    ("the lowest level blames", "1_aaa.toml", '"Lowest of AAA.2."', '"Staff are careless."', 32, "AAA.2: the lowest level says careless", "what can be observed"),
    ("no question is quick", "2_bbb.toml", "quick = true", "quick = false", 1, "BBB marks 0 questions as quick", "Mark one question"),
    ("no evidence", "2_bbb.toml", 'evidence = ["paper", "screen"]', "evidence = []", 21, "BBB.1: no evidence is named", "at least one document"),
    ("no source", "2_bbb.toml", '["S1-001"]', "[]", 23, "BBB.1: no source statement is named", "such as S1-019"),
    ("a misspelt source", "2_bbb.toml", "S1-001", "S1-1", 23, "BBB.1: S1-1 is no source statement", "three digits"),
    ("a tag", "1_aaa.toml", '"Because."', '"Because <b>so</b>."', 13, "why: the text contains markup", "plain words"),
    ("an entity", "1_aaa.toml", '"Four."', '"Four &amp; more."', 18, "levels: the text contains markup", "plain words"),
    ("stars", "model.toml", '"A test."', '"A **test**."', 6, "status: the text contains markup", "plain words"),
    ("a brace", "1_aaa.toml", '"Two."', '"Two {n}."', 16, "braces", "plain words"),
    ("a direction override", "1_aaa.toml", '"Two."', '"Two\u202e."', 16, "characters nobody sees", "Type the text again"),
    ("a line break", "1_aaa.toml", '"Two."', '"Two\\n."', 16, "characters nobody sees", "on one line"),
    ("loose spaces", "1_aaa.toml", '"Two."', '"Two  spaces."', 16, "loose spaces", "NFC"),
    ("a split letter", "1_aaa.toml", '"Two."', '"Cafe\u0301."', 16, "normal form", "NFC"),
    ("too long", "1_aaa.toml", 'short = "AAA"', 'short = "' + "A" * 21 + '"', 3, "short: the text has 21 characters, 20 at most", "fewer words"),
]  # fmt: skip


@pytest.mark.parametrize("poor", POOR, ids=[row[0] for row in POOR])
def test_poor_content_is_named_with_file_line_and_cure(
    poor: tuple[str, str, str, str, int, str, str], pack: Path, change: Change
) -> None:
    _, file, before, after, line, fault, cure = poor
    change(file, before, after)
    load_pack(pack)
    complaint = lint(pack)[0]
    assert (complaint.file, complaint.line) == (file, line)
    assert fault in str(complaint)
    assert cure in str(complaint)


def test_three_quick_questions_in_one_dimension_are_too_many(pack: Path, change: Change) -> None:
    change("1_aaa.toml", "quick = false", "quick = true")
    assert lint(pack) == []
    text = (pack / "1_aaa.toml").read_text("utf-8")
    third = text[text.rindex("\n[[questions]]") :].replace("AAA.2", "AAA.3")
    (pack / "1_aaa.toml").write_text(text + third, "utf-8")
    assert "AAA marks 3 questions as quick" in str(lint(pack)[0])


def test_the_small_checklist_is_sound(pack: Path) -> None:
    assert lint(pack) == []


def test_shipped_content_has_nothing_to_complain_about(content: Path) -> None:
    assert [str(complaint) for complaint in lint(content)] == []


def test_folders_below_are_named_in_the_complaint(pack: Path, change: Change) -> None:
    change("2_bbb.toml", "S1-001", "S9-001")
    assert lint(pack.parent)[0].file == "tiny/2_bbb.toml"


def test_a_folder_without_content_is_said_to_be_empty(tmp_path: Path) -> None:
    assert "no content in this folder" in str(lint(tmp_path)[0])


def test_a_folder_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    assert "no such folder" in str(lint(tmp_path / "nowhere")[0])


def test_lists_to_choose_from_are_looked_at_too(tmp_path: Path) -> None:
    entry = '[[kinds]]\nid = "a"\nname = "<i>A</i>"\n'
    (tmp_path / "kinds.toml").write_text(entry + entry, "utf-8")
    said = [str(complaint) for complaint in lint(tmp_path)]
    assert said[0].startswith("kinds.toml:5: The id a was already given in the list kinds.")
    assert [line.split(":")[1] for line in said[1:]] == ["3", "6"]


def test_a_complaint_can_be_said_in_another_language(pack: Path, change: Change) -> None:
    change("2_bbb.toml", "S1-001", "S9-001")
    complaint = lint(pack)[0]
    long = complaint.say(words("qps-long", pack))
    assert long.startswith("2_bbb.toml:23: [")
    assert "S9-001" in long
    assert len(long) > len(complaint.say(Words()))
