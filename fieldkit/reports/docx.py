"""DOCX: a document for word processors, with real heading styles, contents and repeated heads."""

import io
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from fieldkit.core.errors import N_
from fieldkit.core.i18n import Words
from fieldkit.reports import office
from fieldkit.reports.colours import colour, level_colours
from fieldkit.reports.direction import reads_rtl
from fieldkit.reports.document import (
    Block,
    Bullets,
    Document,
    FigureBlock,
    Heading,
    KeyValues,
    LevelCell,
    Note,
    PageBreak,
    Para,
    Table,
    headings,
)
from fieldkit.reports.figures import png
from fieldkit.reports.fonts import Fonts, load_fonts
from fieldkit.reports.saving import Written, check, save
from fieldkit.reports.styles import BODY, CELL, HEADINGS, MARGIN, SMALL, TEXT_WIDTH, TITLE, TONES
from fieldkit.reports.text import clean, para

_CONTENTS, _SOURCES = N_("Contents"), N_("Sources")
_PAGE, _PAGES = "\ue000", "\ue001"  # stand where the page numbers go in the translated line
_SIZES = {"body": 9.5, "lead": 11.5, "small": 8.0, "quote": 9.5}
_TILES = 4


class Book:
    """One DOCX in the making; `say` is the only way text gets into it."""

    def __init__(self, document: Document, fonts: Fonts, words: Words) -> None:
        """Start from an empty A4 page with our styles."""
        import docx

        self._document, self._fonts, self._words = document, fonts, words
        self._book: Any = docx.Document()
        self._styles()
        self._page()

    def _styles(self) -> None:
        styles = self._book.styles
        office.set_style(styles["Normal"], BODY.size, colour("ink"), False)
        office.set_style(styles["Title"], TITLE.size, colour("ink"), True)
        for border in styles["Title"].element.pPr.findall("{*}pBdr"):
            styles["Title"].element.pPr.remove(border)
        for level, style in enumerate(HEADINGS, start=1):
            named = styles[f"Heading {level}"]
            office.set_style(named, style.size, colour(style.colour), True)
        for name in ("Header", "Footer", "List Bullet", "List Number"):
            office.set_font(styles[name])
        office.set_language(self._book, self._document.language, self._document.rtl)
        office.ask_for_update(self._book)

    def _page(self) -> None:
        from docx.shared import Mm, Pt

        section = self._book.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Pt(MARGIN)
        section.top_margin, section.bottom_margin = Mm(25), Mm(25)
        section.header_distance = section.footer_distance = Mm(9)

    def say(self, paragraph: Any, text: str, **font: Any) -> Any:
        """Add text to a paragraph in its own direction and return the paragraph."""
        from docx.shared import Pt, RGBColor

        run = paragraph.add_run(clean(text))
        if "size" in font:
            run.font.size = Pt(font["size"])
            office.set_size(run.element.get_or_add_rPr(), font["size"])
        if "colour" in font:
            run.font.color.rgb = RGBColor.from_string(colour(font["colour"]).lstrip("#"))
        if font.get("bold"):
            run.font.bold = run.font.cs_bold = True
        rtl = reads_rtl(text, self._document.rtl)
        if rtl:
            run.font.rtl = run.font.complex_script = True
        if rtl or self._document.rtl:
            office.set_direction(paragraph)
        return paragraph

    def build(self, tick: Callable[[], None]) -> bytes:
        """Return the bytes of the finished file."""
        document = self._document
        self._furniture()
        self.say(self._book.add_paragraph(style="Title"), document.title)
        self._texts(document.subtitle, size=11, colour="ink-2")
        self._blocks(document.front, tick)
        body = document.body(self._words(_SOURCES))
        self._contents(headings(body))
        self._book.add_page_break()
        self._blocks(body, tick)
        self._properties()
        out = io.BytesIO()
        self._book.save(out)
        return office.steady(out.getvalue())

    def _properties(self) -> None:
        about, document = self._book.core_properties, self._document
        about.title, about.subject = clean(document.title)[:255], clean(document.subtitle)[:255]
        about.author = about.last_modified_by = clean(document.author)[:255]
        about.language, about.comments = document.language, ""
        about.created = about.modified = datetime(2000, 1, 1)
        about.revision = 1
        office.drop_thumbnail(self._book)

    def _furniture(self) -> None:
        section, document = self._book.sections[0], self._document
        head, foot = section.header.paragraphs[0], section.footer
        if document.banner:
            self.say(head, document.banner, size=8, colour="warning", bold=True)
            office.set_ground(head, colour("warning-ground"), "", document.rtl)
        last = foot.paragraphs[0]
        for note in (*document.footnotes, document.footer):
            if note:
                self.say(last, note, size=7.5, colour="ink-2")
                last = foot.add_paragraph()
        self._page_line(last)

    def _page_line(self, paragraph: Any) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        line = self._words("Page {page} of {pages}", page=_PAGE, pages=_PAGES)
        fields = {_PAGE: "PAGE", _PAGES: "NUMPAGES"}
        for part in (
            line.replace(_PAGE, f"\n{_PAGE}\n").replace(_PAGES, f"\n{_PAGES}\n").split("\n")
        ):
            if part in fields:
                office.add_field(paragraph, fields[part], "1")
            elif part:
                run = paragraph.add_run(part)
                run.font.rtl = reads_rtl(part, self._document.rtl) or None
        for run in paragraph.runs:
            run.font.size = 95250  # 7.5 points

    def _contents(self, found: Sequence[Heading]) -> None:
        entries = self._document.entries(found)
        if not entries:
            return
        self._book.add_page_break()
        self._texts(self._words(_CONTENTS), size=HEADINGS[0].size, bold=True)
        depth = self._document.toc_depth
        for index, (_, one) in enumerate(entries):
            paragraph = self._book.add_paragraph()
            if index == 0:
                office.start_field(paragraph, f'TOC \\o "1-{depth}" \\h \\z \\u', dirty=True)
            paragraph.paragraph_format.left_indent = 180000 * (one.level - 1)
            paragraph.paragraph_format.space_after = 25400
            self.say(paragraph, one.text, bold=one.level == 1)
            if index == len(entries) - 1:
                office.end_field(paragraph)

    def _texts(self, text: str, **font: Any) -> list[Any]:
        return [self.say(self._book.add_paragraph(), one, **font) for one in para(text)]

    def _blocks(self, blocks: Sequence[Block], tick: Callable[[], None]) -> None:
        for block in blocks:
            tick()
            self._block(block)

    def _block(self, block: Block) -> None:
        setters: dict[type, Callable[[Any], object]] = {
            Heading: self._heading,
            Para: self._para,
            Bullets: self._bullets,
            Note: self._note,
            Table: self._table,
            FigureBlock: self._figure,
            KeyValues: self._key_values,
            PageBreak: lambda _: self._book.add_page_break(),
        }
        setters[type(block)](block)

    def _heading(self, block: Heading) -> None:
        level = min(max(block.level, 1), 3)
        self.say(self._book.add_heading(level=level), block.text)

    def _para(self, block: Para) -> None:
        muted = "ink-2" if block.style in {"small", "quote"} else "ink"
        size = _SIZES[block.style]
        for paragraph in self._texts(block.text, size=size, colour=muted, bold=block.bold):
            if block.style == "quote":
                office.set_ground(paragraph, "", colour("control-line"), self._document.rtl)

    def _bullets(self, block: Bullets) -> None:
        style = "List Number" if block.numbered else "List Bullet"
        number = office.new_numbering(self._book, style) if block.numbered else 0
        for item in block.items:
            for index, part in enumerate(para(item)):
                paragraph = self._book.add_paragraph(style="List Continue" if index else style)
                if block.numbered and index == 0:
                    office.use_numbering(paragraph, number)
                self.say(paragraph, part)

    def _note(self, block: Note) -> None:
        panel, tone = TONES[block.tone]
        paragraphs = self._texts(block.title, colour=tone, bold=True) + self._texts(block.text)
        bar = colour(panel.bar) if panel.bar else ""
        for paragraph in paragraphs:
            paragraph.paragraph_format.keep_together = True
            office.set_ground(paragraph, colour(panel.fill), bar, self._document.rtl)

    def _figure(self, block: FigureBlock) -> None:
        from docx.shared import Pt

        figure = block.figure
        for paragraph in self._texts(figure.title, bold=True):
            paragraph.paragraph_format.keep_with_next = True
        wide = min(TEXT_WIDTH, figure.width * 1.1)
        holder = self._book.add_paragraph()
        picture = holder.add_run().add_picture(io.BytesIO(png(figure, self._fonts)), Pt(wide))
        office.describe(picture, clean(figure.title), clean(figure.description))
        self._texts(figure.description, size=SMALL.size, colour="ink-2")
        if block.table:
            numeric = tuple(range(1, len(figure.table.head)))
            self._table(Table(figure.table.head, figure.table.rows, numeric=numeric))

    def _key_values(self, block: KeyValues) -> None:
        if not block.tiles or len(block.items) > _TILES:
            self._table(Table((), block.items, (1.0, 2.4), bold=(0,)))
            return
        grid = self._book.add_table(rows=1, cols=len(block.items))
        width = round(TEXT_WIDTH * 20 / len(block.items))
        office.set_grid(grid, [width] * len(block.items), colour("line"), self._document.rtl)
        for cell, (name, value) in zip(grid.rows[0].cells, block.items, strict=True):
            office.shade(cell, colour("ground"))
            self.say(cell.paragraphs[0], value, size=17, colour="primary-dark", bold=True)
            self.say(cell.add_paragraph(), name, size=SMALL.size, colour="ink-2")
        self._book.add_paragraph()

    def _table(self, table: Table) -> None:
        for paragraph in self._texts(table.caption, bold=True):
            paragraph.paragraph_format.keep_with_next = True
        rows: list[tuple[str | LevelCell, ...]] = list(table.rows)
        titled = any(table.head)
        if titled:
            rows.insert(0, table.head)
        if not rows or not table.columns:
            return
        grid = self._book.add_table(rows=len(rows), cols=table.columns)
        whole = sum(table.weights()) or 1.0
        widths = [round(TEXT_WIDTH * 20 * weight / whole) for weight in table.weights()]
        office.set_grid(grid, widths, colour("line"), self._document.rtl)
        for index, (row, texts) in enumerate(zip(grid.rows, rows, strict=True)):
            is_head = titled and index == 0
            if is_head:
                office.repeat_head(row)
            for column, (cell, text) in enumerate(zip(row.cells, texts, strict=False)):
                self._cell(cell, text, table, column, is_head)
        self._book.add_paragraph().paragraph_format.space_after = 0

    def _cell(
        self, cell: Any, content: str | LevelCell, table: Table, column: int, is_head: bool
    ) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        text = content if isinstance(content, str) else content.text
        ink, bold = "ink-2" if is_head else "ink", is_head or column in table.bold
        alignment = WD_ALIGN_PARAGRAPH.RIGHT if column in table.numeric else None
        if isinstance(content, LevelCell):
            ground, ink = level_colours(content.level)
            office.shade(cell, colour(ground))
            alignment, bold = WD_ALIGN_PARAGRAPH.CENTER, True
        for index, part in enumerate(para(text)):
            paragraph = cell.add_paragraph() if index else cell.paragraphs[0]
            self.say(paragraph, part, size=CELL.size, colour=ink, bold=bold)
            paragraph.paragraph_format.space_after = 0
            paragraph.alignment = alignment


def write_docx(
    document: Document,
    target: Path,
    fonts: Path,
    words: Words,
    *,
    cancel: Callable[[], bool] | None = None,
) -> Written:
    """Write a document as DOCX, whole or not at all; the same document gives the same bytes."""
    content = Book(document, load_fonts(fonts), words).build(lambda: check(cancel))
    return Written(save(target, content))
