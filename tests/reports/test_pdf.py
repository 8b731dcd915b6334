"""The PDF says what the document says, looks the same every time, and opens nothing else."""

import logging
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from fieldkit.core.errors import UserError
from fieldkit.core.figure import Text
from fieldkit.core.i18n import Words
from fieldkit.reports.document import (
    Bullets,
    Document,
    FigureBlock,
    Heading,
    KeyValues,
    LevelCell,
    Note,
    Para,
    Table,
)
from fieldkit.reports.pdf import write_pdf
from fieldkit.reports.text import clean
from fieldkit.system.paths import shared_folder
from tests.reports.conftest import Printer
from tests.reports.samples import REMARK, front, radar, whole

FONTS = shared_folder() / "resources" / "fonts"
HOSTILE = (
    "Contact <anna@osce.org> now",
    "a<b then c>d & e",
    "<b>bold",
    "<foo>x</foo> <!-- gone? -->",
    '<img src="/etc/hostname"/> <a href="file:///etc/passwd">click</a>',
    "&lt; &amp; &#65; %s {0} {name} \\n",
    "<font color=\"[__import__('os').system('x')]\">",
    "=1+1 ]]> <?php ?> <para>",
)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def all_text(reader: PdfReader) -> str:
    return squeezed("".join(page.extract_text() for page in reader.pages))


LETTERS = st.characters(
    categories=["Lu", "Ll", "Lo", "Nd", "P", "Sm", "Sc"], min_codepoint=32, max_codepoint=0x52F
)


@settings(max_examples=40)
@given(st.lists(st.text(LETTERS, min_size=1, max_size=30), min_size=1, max_size=40))
def test_any_latin_or_cyrillic_text_reads_back_from_the_page(
    tmp_path_factory: pytest.TempPathFactory, parts: list[str]
) -> None:
    text = " ".join(parts)
    target = tmp_path_factory.mktemp("pdf") / "x.pdf"
    write_pdf(Document("T", blocks=(Para(text),), toc=False), target, FONTS, Words())
    found = squeezed(PdfReader(target).pages[1].extract_text())
    assert squeezed(clean(text)) in found


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_prints_as_the_characters_it_is_made_of(text: str, printed: Printer) -> None:
    blocks = (
        Heading(text),
        Para(text),
        Bullets((text,)),
        Note(text, text),
        Table((text, "x"), ((text, LevelCell("3", 3)),), caption=text),
        KeyValues(((text, text),)),
    )
    reader = printed(
        Document(text, text, label=text, footer=text, footnotes=(text,), blocks=blocks)
    )
    assert all_text(reader).count(squeezed(text)) >= 10


def test_the_same_document_gives_the_same_bytes(tmp_path: Path, fonts: Path, words: Words) -> None:
    for name in ("a.pdf", "b.pdf"):
        write_pdf(whole(), tmp_path / name, fonts, words)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_label_marks_footnote_and_status_stand_on_every_page(printed: Printer) -> None:
    reader = printed(whole())
    for number, page in enumerate(reader.pages, start=1):
        text = squeezed(page.extract_text())
        assert "RESTRICTED:fortheagencyandthemission·PROVISIONAL" in text
        assert "AllreferencestoKosovo" in text
        assert "Checklist0.3(draft)" in text
        assert f"Page{number}of{len(reader.pages)}" in text


def test_contents_name_the_page_each_heading_stands_on(printed: Printer) -> None:
    reader = printed(whole())
    pages = [squeezed(page.extract_text()) for page in reader.pages]
    assert pages[1].count("Leadership") == 1
    for name in ("Leadership", "Partners", "Sources"):
        number = int(re.search(rf"{name} (\d+)", reader.pages[1].extract_text())[1])  # type: ignore[index]
        assert name in pages[number - 1]


def test_the_outline_leads_to_every_heading(printed: Printer) -> None:
    outline = printed(whole()).outline
    titles = [item.title for item in outline if not isinstance(item, list)]
    assert titles == ["Digital maturity: where we stand", "Profile", "Every answer", "Sources"]
    nested = next(item for item in outline if isinstance(item, list))
    assert nested[0].title == "Leadership"


def test_a_document_that_skips_heading_levels_still_prints(printed: Printer) -> None:
    blocks = (
        Heading("Deep first", 3),
        Para("x"),
        Heading("Top"),
        Heading("Deep", 3),
        Heading("", 2),
    )
    assert len(printed(Document("T", blocks=blocks)).pages) == 3


def test_every_font_is_embedded(printed: Printer) -> None:
    reader = printed(whole("Оценка ციფრული הערכה", rtl=False))
    names = set()
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            names.add(str(font.get_object()["/BaseFont"]))
            assert "/FontFile2" in font.get_object()["/FontDescriptor"]
    assert all(re.match(r"/[A-Z]{6}\+(NotoSans|DejaVu)", name) for name in names)


def test_the_file_says_its_title_and_language(printed: Printer) -> None:
    reader = printed(whole(language="sr_Latn"))
    assert reader.metadata is not None
    assert reader.metadata.title == "Digital maturity: where we stand"
    assert reader.trailer["/Root"]["/Lang"] == "sr-Latn"  # type: ignore[index]


@pytest.mark.parametrize("times", [1, 4, 8, 11])
def test_the_decision_maker_page_stays_one_page(times: int, printed: Printer) -> None:
    reader = printed(whole(front=front(times), blocks=(), sources=()))
    assert len(reader.pages) == 1
    assert all_text(reader).count(squeezed(REMARK)) == 2 * times


def test_a_front_that_cannot_fit_is_told_and_still_printed_whole(
    printed: Printer, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "fieldkit.reports"):
        reader = printed(whole(front=front(60), blocks=(), sources=()))
    assert "does not fit" in caplog.text
    assert all_text(reader).count("whatislostwhenthelinedropsistypedagain.") >= 100


def test_a_hundred_thousand_words_print_in_time(tmp_path: Path, fonts: Path, words: Words) -> None:
    text = " ".join(f"word{i % 997}" for i in range(100_000))
    blocks = (Heading("Long"), Para(text))
    start = time.perf_counter()
    written = write_pdf(Document("Long", blocks=blocks), tmp_path / "x.pdf", fonts, words)
    assert time.perf_counter() - start < 5
    assert written.pages > 100


def test_a_cell_taller_than_a_page_goes_on_over_pages(printed: Printer) -> None:
    text = " ".join(f"w{i}" for i in range(6000))
    table = Table(("Head", "Text"), (("first", "short"), ("second", text), ("third", "end")))
    reader = printed(Document("T", blocks=(table,), toc=False))
    assert len(reader.pages) > 5
    assert squeezed(text[-200:]) in all_text(reader) or "w5999" in all_text(reader)
    for page in reader.pages[1:]:
        assert "Head" in page.extract_text()


def test_absurd_texts_everywhere_still_print(printed: Printer) -> None:
    long = "word " * 3000
    blocks = (
        Heading(long),
        Note(long, long),
        KeyValues(((long, long),), tiles=True),
        Table((long, "b"), ((LevelCell(long, 9), "x"),), caption=long),
        Bullets((long,), numbered=True),
        Para(long, "quote"),
    )
    assert len(printed(Document(long, blocks=blocks, front=blocks)).pages) > 20


def test_empty_blocks_print_nothing_and_break_nothing(printed: Printer) -> None:
    blocks = (Para(""), Bullets(()), Table((), ()), Table(("a",), ()), KeyValues(()), Note(""))
    assert len(printed(Document("", blocks=blocks)).pages) == 2


def test_a_chart_prints_all_its_labels_and_its_table(printed: Printer) -> None:
    figure = radar()
    reader = printed(Document("T", blocks=(FigureBlock(figure),), toc=False))
    text = all_text(reader)
    labels = [shape.text for shape in figure.shapes if isinstance(shape, Text)]
    assert all(squeezed(label) in text for label in labels)
    assert all(squeezed("".join(row)) in text for row in figure.table.rows)


def test_right_to_left_text_carries_its_reading_order(printed: Printer) -> None:
    reader = printed(Document("דוח", rtl=True, language="he", blocks=(Para("רמה (3)"),), toc=False))
    raw = b"".join(page.get_contents().get_data() for page in reader.pages)
    assert "רמה (3)".encode("utf-16-be").hex().upper().encode() in raw


def test_stopping_leaves_no_file(tmp_path: Path, fonts: Path, words: Words) -> None:
    target = tmp_path / "x.pdf"
    calls = iter([False] * 30 + [True] * 10)
    with pytest.raises(UserError, match="E_CANCELLED"):
        write_pdf(whole(), target, fonts, words, cancel=lambda: next(calls))
    assert list(tmp_path.iterdir()) == []


def test_progress_counts_pages_to_the_end(tmp_path: Path, fonts: Path, words: Words) -> None:
    told: list[tuple[int, int]] = []
    written = write_pdf(
        whole(), tmp_path / "x.pdf", fonts, words, progress=lambda n, of: told.append((n, of))
    )
    assert told == [(n, written.pages) for n in range(1, written.pages + 1)]


def test_characters_no_font_draws_are_told(tmp_path: Path, fonts: Path, words: Words) -> None:
    target = tmp_path / "x.pdf"
    for _ in range(2):
        written = write_pdf(Document("T", blocks=(Para("a 漢 b"),)), target, fonts, words)
        assert written.missing == "漢"


WATCHED = """
import sys
from pathlib import Path
from fieldkit.core.i18n import Words
from fieldkit.reports.document import Document, Para, Table, Note
from fieldkit.reports.pdf import write_pdf
fonts, out = Path(sys.argv[1]), Path(sys.argv[2])
def run(texts):
    blocks = tuple(Para(t) for t in texts) + tuple(Table((t,), ((t,),)) for t in texts)
    write_pdf(Document(texts[0], blocks=blocks), out / "x.pdf", fonts, Words())
run(["plain ქართული עברית (א)"])
seen = []
def watch(event, args):
    if event == "open" or event.startswith(("socket.", "subprocess.", "os.system", "urllib.")):
        seen.append(f"{event} {args[0]}")
sys.addaudithook(watch)
run(sys.argv[3:])
print("\\n".join(seen))
"""


def test_nothing_but_the_output_is_opened_while_hostile_text_prints(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", WATCHED, str(FONTS), str(tmp_path), *HOSTILE],
        capture_output=True,
        text=True,
        check=True,
    )
    opened = [line for line in run.stdout.splitlines() if line]
    assert opened
    assert all(str(tmp_path) in line for line in opened), opened
