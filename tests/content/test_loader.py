"""A checklist that cannot be used is refused with the file, the line and the cure."""

from collections.abc import Callable
from pathlib import Path

import pytest

from fieldkit.content import ContentError, lint, load_pack
from fieldkit.content.complaint import Complaint

Change = Callable[[str, str, str], None]

# name of the break, file, what is replaced, by what, line, words of the fault, words of the cure
BROKEN = [
    ("a key is missing", "1_aaa.toml", 'why = "Because."\n', "", 8, "AAA.1: the key why is missing", 'why = "Some words."'),
    ("a required name is missing", "2_bbb.toml", 'id = "BBB"\n', "", 1, "the key id is missing", 'id = "LDR.1"'),
    ("a key is misspelt", "1_aaa.toml", "next =", "nxet =", 22, "the key nxet is not known", "next"),
    ("a text is empty", "1_aaa.toml", 'text = "Question AAA.1?"', 'text = "  "', 10, "text is empty or of the wrong kind", 'text = "Some words."'),
    ("a flag is a text", "1_aaa.toml", "gate = false", 'gate = "no"', 11, "gate is empty or of the wrong kind", "gate = true"),
    ("a number is a flag", "2_bbb.toml", "order = 2", "order = true", 5, "order is empty", "order = 1"),
    ("an id has a space", "1_aaa.toml", 'id = "AAA.2"', 'id = "AAA 2"', 26, "id is empty or of the wrong kind", "LDR.1"),
    ("a level text is missing", "1_aaa.toml", '    "Three.",\n', "", 14, "levels has 4 texts instead of 5", "each of the 5 levels"),
    ("a level text is empty", "1_aaa.toml", '"Three."', '""', 14, "levels is empty", "levels = ["),
    ("a list is a text", "1_aaa.toml", 'evidence = ["paper", "screen"]', 'evidence = "paper"', 21, "evidence is empty", "evidence = ["),
    ("an id is given twice", "1_aaa.toml", 'id = "AAA.2"', 'id = "AAA.1"', 26, "The id AAA.1 was already given in 1_aaa.toml", "an id of its own"),
    ("two dimensions share an id", "2_bbb.toml", 'id = "BBB"', 'id = "AAA"', 1, "already given in 1_aaa.toml", "an id of its own"),
    ("an order is taken twice", "2_bbb.toml", "order = 2", "order = 1", 5, "order 1 is already taken by AAA", "1, 2, 3"),
    ("an unknown question is required", "2_bbb.toml", 'next = "Do it."', 'requires = ["ZZZ.9"]\nnext = "Do it."', 22, "BBB.1 requires ZZZ.9, which does not exist", "Correct the id"),
    ("an unknown dimension is required", "2_bbb.toml", "order = 2", 'order = 2\nrequires = ["ZZZ"]', 6, "BBB requires ZZZ", "remove it from the list"),
    ("a question requires itself", "2_bbb.toml", 'next = "Do it."', 'requires = ["BBB.1"]\nnext = "Do it."', 22, "by way of BBB.1 > BBB.1", "Remove one"),
    ("the levels are not one to five", "model.toml", "[[levels]]\nid = 3", "[[levels]]\nid = 7", 10, "levels names 1, 2, 7, 4, 5 instead of 1, 2, 3, 4, 5", "in this order"),
    ("a grade is given twice", "model.toml", "grade = 1", "grade = 0", 35, "evidence names 0, 0, 2, 3", "in this order"),
    ("the syntax is broken", "1_aaa.toml", 'short = "AAA"', "short = AAA", 3, "not valid TOML here", "quotes around texts"),
    ("brackets nest without end", "1_aaa.toml", 'short = "AAA"', "short = " + "[" * 5000, 3, "nested too deeply", "Remove the brackets"),
    ("a table is a text", "2_bbb.toml", "order = 2", 'order = 2\nquestions = "none"', 9, "not valid TOML", "Correct this line"),
]  # fmt: skip


@pytest.mark.parametrize("broken", BROKEN, ids=[row[0] for row in BROKEN])
def test_a_broken_checklist_is_refused_with_file_line_and_cure(
    broken: tuple[str, str, str, str, int, str, str], pack: Path, change: Change
) -> None:
    _, file, before, after, line, fault, cure = broken
    change(file, before, after)
    with pytest.raises(ContentError) as caught:
        load_pack(pack)
    complaint = next(one for one in caught.value.complaints if fault in str(one))
    assert (complaint.file, complaint.line) == (file, line)
    assert cure in complaint.cure.format(**complaint.values)
    assert caught.value.code == "E_CONTENT"
    assert str(caught.value.complaints[0]) in str(caught.value)
    assert complaint in lint(pack)


def test_a_circle_of_requirements_is_named(pack: Path, change: Change) -> None:
    change("1_aaa.toml", "order = 1", 'order = 1\nrequires = ["BBB"]')
    change("2_bbb.toml", "order = 2", 'order = 2\nrequires = ["AAA"]')
    complaints = refused(pack)
    assert [c.values["circle"] for c in complaints] == ["AAA > BBB > AAA", "BBB > AAA > BBB"]
    assert [(c.file, c.line) for c in complaints] == [("1_aaa.toml", 6), ("2_bbb.toml", 6)]


def test_two_ways_to_one_requirement_are_no_circle(pack: Path, change: Change) -> None:
    change("1_aaa.toml", 'next = "Do it."', 'requires = ["AAA.2", "BBB.1"]\nnext = "Do it."')
    change("2_bbb.toml", 'next = "Do it."', 'requires = ["AAA.2"]\nnext = "Do it."')
    assert load_pack(pack).tree["dimensions"][0]["questions"][0]["requires"] == ["AAA.2", "BBB.1"]


def test_a_folder_without_a_model_is_refused(pack: Path) -> None:
    (pack / "model.toml").unlink()
    assert "exactly one file with a table [model]" in str(refused(pack)[0])


def test_two_models_are_refused(pack: Path) -> None:
    (pack / "other.toml").write_bytes((pack / "model.toml").read_bytes())
    assert "exactly one file" in str(refused(pack)[0])


def test_a_model_without_questions_is_refused(pack: Path) -> None:
    for path in pack.glob("?_*.toml"):
        path.unlink()
    assert "has no questions" in str(refused(pack)[0])


def test_a_folder_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "nowhere")[0].file == "model.toml"


def test_a_stranger_in_the_folder_is_named(pack: Path) -> None:
    (pack / "3_list.toml").write_text('[[things]]\nid = "a"\nname = "A"\n', "utf-8")
    assert str(refused(pack)[0]).startswith("3_list.toml:1: The file is neither a model")


def test_a_table_that_is_no_table_is_named(pack: Path) -> None:
    (pack / "3_ccc.toml").write_text('id = "CCC"\nquestions = "none"\n', "utf-8")
    found = next(c for c in refused(pack) if "no proper table" in c.text)
    assert (found.file, found.line) == ("3_ccc.toml", 2)
    assert found.cure.format(**found.values).endswith("[[questions]].")


def test_a_model_that_is_no_table_is_named(pack: Path, change: Change) -> None:
    path = pack / "model.toml"
    path.write_text('model = "tiny"\n' + path.read_text("utf-8").partition("\n\n")[2], "utf-8")
    found = next(c for c in refused(pack) if "no proper table" in c.text)
    assert found.cure.format(**found.values).endswith("[model].")


def test_tables_written_on_one_line_are_found_as_near_as_can_be(pack: Path) -> None:
    (pack / "3_ccc.toml").write_text('id = "CCC"\nquestions = [{ id = "C.1" }]\n', "utf-8")
    found = next(c for c in refused(pack) if c.values.get("where") == "C.1")
    assert (found.file, found.line) == ("3_ccc.toml", 1)


def test_bytes_that_are_no_text_are_named_with_their_line(pack: Path) -> None:
    (pack / "1_aaa.toml").write_bytes(b'id = "AAA"\nname = "\xff\xfe"\n')
    complaint = refused(pack)[0]
    assert (complaint.file, complaint.line) == ("1_aaa.toml", 2)
    assert "UTF-8" in str(complaint)


def test_a_file_that_is_a_folder_cannot_be_read(pack: Path) -> None:
    (pack / "3_ccc.toml").mkdir()
    complaint = refused(pack)[0]
    assert complaint.file == "3_ccc.toml"
    assert "cannot be read" in str(complaint)


def test_a_file_without_end_is_not_parsed(pack: Path) -> None:
    (pack / "1_aaa.toml").write_bytes(b"#" * 4_000_001)
    assert "longer than 4000000 bytes" in str(refused(pack)[0])


def refused(folder: Path) -> tuple[Complaint, ...]:
    """Return the complaints with which a folder is refused."""
    with pytest.raises(ContentError) as caught:
        load_pack(folder)
    return caught.value.complaints
