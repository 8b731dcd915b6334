"""Plain text and JSON carry the whole document."""

import json
from pathlib import Path

from fieldkit.core.i18n import Words
from fieldkit.reports.document import Bullets, Document, KeyValues, Note, Para, Table
from fieldkit.reports.plain import WIDTH, as_text
from fieldkit.reports.structured import as_json, write_json
from tests.reports.samples import AREAS, REMARK, whole


def test_everything_is_in_the_text(words: Words) -> None:
    text = as_text(whole(), words)
    flat = " ".join(text.split())
    for expected in ("RESTRICTED", "PROVISIONAL", "All references to Kosovo", "Checklist 0.3"):
        assert expected in flat
    assert flat.count("is typed again") == 2 + len(AREAS) + sum(len(v) for _, v in AREAS)
    assert flat.count("A different view") == sum(len(values) for _, values in AREAS)


def test_lines_stay_within_the_width(words: Words) -> None:
    assert max(len(line) for line in as_text(whole(), words).splitlines()) <= WIDTH


def test_a_wide_table_becomes_names_and_values(words: Words) -> None:
    table = Table(("Question", "Reason"), (("LDR.1", REMARK),))
    text = as_text(Document("T", blocks=(table,)), words)
    assert "Question: LDR.1\nReason: Field officers" in text


def test_foreign_text_cannot_fake_the_furniture(words: Words) -> None:
    hostile = "line\x0c one\u202e\n==== \x1b[31m"
    blocks = (
        Para(hostile),
        Bullets((hostile,)),
        Note(hostile, hostile),
        KeyValues(((hostile, "x"),)),
    )
    text = as_text(Document("T\nT", blocks=blocks), words)
    assert not {char for char in text if ord(char) < 32} - {"\n"}
    assert "\u202e" not in text


def test_json_says_the_kind_of_every_block_and_keeps_text_as_it_is(tmp_path: Path) -> None:
    document = Document("T", blocks=(Para("a <b> \u202e"), Table(("h",), (("c",),))))
    tree = as_json(document)
    assert [block["kind"] for block in tree["blocks"]] == ["Para", "Table"]
    assert tree["blocks"][0]["text"] == "a <b> \u202e"
    write_json(whole(), tmp_path / "x.json")
    read = json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))
    figure = next(block for block in read["blocks"] if block["kind"] == "FigureBlock")["figure"]
    assert len(figure["table"]["rows"]) == len(AREAS)
    assert "shapes" not in figure
