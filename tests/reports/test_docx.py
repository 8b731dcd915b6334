"""The DOCX opens, carries everything, and keeps the order word processors insist on."""

import zipfile
from pathlib import Path

import docx
import pytest
from lxml import etree

from fieldkit.core.i18n import Words
from fieldkit.reports.document import Bullets, Document, Heading, Note, Para, Table
from fieldkit.reports.docx import write_docx
from fieldkit.reports.text import para
from tests.reports.samples import radar, whole
from tests.reports.test_pdf import HOSTILE

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore numPr pBdr shd tabs bidi spacing ind jc rPr",
    "rPr": "rStyle rFonts b bCs i iCs color spacing kern sz szCs u rtl cs lang",
    "tblPr": "tblStyle bidiVisual tblW jc tblInd tblBorders shd tblLayout tblLook",
    "tcPr": "tcW gridSpan tcBorders shd vAlign",
}


@pytest.fixture
def written(tmp_path: Path, fonts: Path, words: Words) -> Path:
    target = tmp_path / "paper.docx"
    write_docx(whole(), target, fonts, words)
    return target


def part(path: Path, name: str) -> etree._Element:
    with zipfile.ZipFile(path) as archive:
        return etree.fromstring(archive.read(name))


def texts(path: Path) -> str:
    return "\n".join(node.text or "" for node in part(path, "word/document.xml").iter(f"{W}t"))


def test_headings_are_real_headings(written: Path) -> None:
    styles = [p.style.name for p in docx.Document(str(written)).paragraphs if p.style]
    assert {"Title", "Heading 1", "Heading 2", "Heading 3"} <= set(styles)


def test_label_and_footnote_stand_in_header_and_footer(written: Path) -> None:
    section = docx.Document(str(written)).sections[0]
    assert "PROVISIONAL" in section.header.paragraphs[0].text
    foot = "\n".join(p.text for p in section.footer.paragraphs)
    assert "All references to Kosovo" in foot
    assert "Page 1 of 1" in foot


def test_page_numbers_and_contents_are_fields(written: Path) -> None:
    foot = etree.tostring(part(written, "word/footer1.xml")).decode()
    assert " PAGE " in foot
    assert " NUMPAGES " in foot
    body = part(written, "word/document.xml")
    fields = [node.get(f"{W}fldCharType") for node in body.iter(f"{W}fldChar")]
    assert fields == ["begin", "separate", "end"]
    assert any("TOC" in (node.text or "") for node in body.iter(f"{W}instrText"))


def test_table_heads_repeat_and_levels_keep_their_number(written: Path) -> None:
    body = part(written, "word/document.xml")
    assert len(list(body.iter(f"{W}tblHeader"))) > 10
    fills = {node.get(f"{W}fill") for node in body.iter(f"{W}shd")}
    assert {"F7EBD0", "EDC55F", "B5B04F"} <= fills


def test_the_chart_is_a_picture_with_words(written: Path) -> None:
    figure = radar()
    body = part(written, "word/document.xml")
    described = [n.get("descr") for n in body.iter("{*}docPr")]
    assert described == [figure.description]


def test_every_style_names_one_font_for_all_scripts(written: Path) -> None:
    styles = part(written, "word/styles.xml")
    for style in styles.iter(f"{W}style"):
        if style.get(f"{W}styleId") in {"Normal", "Title", "Heading1", "Heading2", "Heading3"}:
            fonts = style.find(f"{W}rPr/{W}rFonts")
            assert fonts is not None
            assert {fonts.get(f"{W}{s}") for s in ("ascii", "hAnsi", "eastAsia", "cs")} == {"Arial"}
            assert not any("heme" in name for name in fonts.attrib)


def test_properties_keep_the_order_of_the_format(tmp_path: Path, fonts: Path, words: Words) -> None:
    target = tmp_path / "x.docx"
    write_docx(whole(rtl=True, language="he", title="דוח"), target, fonts, words)
    for name in ("word/document.xml", "word/header1.xml", "word/footer1.xml"):
        for tag, order in ORDER.items():
            places = {f"{W}{child}": i for i, child in enumerate(order.split())}
            for node in part(target, name).iter(f"{W}{tag}"):
                found = [places[child.tag] for child in node]
                assert found == sorted(found), etree.tostring(node)


def test_right_to_left_papers_say_so_in_text_and_tables(
    tmp_path: Path, fonts: Path, words: Words
) -> None:
    target = tmp_path / "x.docx"
    blocks = (Heading("כותרת"), Para("שלום"), Table(("א",), (("ב",),)))
    write_docx(Document("דוח", rtl=True, language="he", blocks=blocks), target, fonts, words)
    body = part(target, "word/document.xml")
    assert len(list(body.iter(f"{W}bidi"))) >= 5
    assert len(list(body.iter(f"{W}bidiVisual"))) == 1
    assert len(list(body.iter(f"{W}rtl"))) >= 5


def test_markup_and_control_characters_arrive_as_plain_text(
    tmp_path: Path, fonts: Path, words: Words
) -> None:
    target = tmp_path / "x.docx"
    hostile = (*HOSTILE, "bell\x07 null\x00 \ud800 \u202eevil")
    blocks = tuple(
        block for text in hostile for block in (Para(text), Note(text), Bullets((text,)))
    )
    write_docx(Document("\x00T", label="\x01", blocks=blocks), target, fonts, words)
    found = texts(target)
    for text in hostile:
        assert found.count(para(text)[0]) == 3


def test_numbered_lists_start_again(tmp_path: Path, fonts: Path, words: Words) -> None:
    target = tmp_path / "x.docx"
    lists = (Bullets(("a", "b"), numbered=True), Bullets(("c",), numbered=True))
    write_docx(Document("T", blocks=lists), target, fonts, words)
    ids = [n.get(f"{W}val") for n in part(target, "word/document.xml").iter(f"{W}numId")]
    assert ids[0] == ids[1] != ids[2]


def test_the_same_document_gives_the_same_bytes(
    written: Path, tmp_path: Path, fonts: Path, words: Words
) -> None:
    write_docx(whole(), tmp_path / "other.docx", fonts, words)
    assert (tmp_path / "other.docx").read_bytes() == written.read_bytes()
