"""PDF: a document as A4 pages with outline, contents and the same marks on every page."""

import io
import logging
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from fieldkit.core.errors import N_
from fieldkit.core.figure import Box, Line, Shape
from fieldkit.core.i18n import Words
from fieldkit.reports.brush import PdfBrush, paint
from fieldkit.reports.document import Document, headings
from fieldkit.reports.fonts import Fonts, load_fonts
from fieldkit.reports.layout import Layout
from fieldkit.reports.lines import Style
from fieldkit.reports.paginate import Page, Pager
from fieldkit.reports.pieces import GOTO, Piece, height_of, set_lines
from fieldkit.reports.saving import Written, check, save
from fieldkit.reports.styles import MARGIN, PAGE_HEIGHT, PAGE_WIDTH, Sheet
from fieldkit.reports.text import clean

Progress = Callable[[int, int], None]
log = logging.getLogger("fieldkit.reports")

SMALLEST = 0.7  # the decision-maker page shrinks no further than this
_STEP = 0.04
_BANNER = Style(8, 11, "warning", True)
_FOOT = Style(7.5, 10.5, "ink-2")
_CONTENTS, _SOURCES = N_("Contents"), N_("Sources")


class Furniture:
    """What stands on every page: the banner on top, footnotes, footer and page number below."""

    def __init__(self, document: Document, sheet: Sheet, words: Words) -> None:
        """Measure the furniture once."""
        self._sheet, self._words = sheet, words
        self._banner = sheet.set(document.banner, _BANNER)
        self._title = sheet.set(document.title, _FOOT)[:1]
        self._notes = [line for note in document.footnotes for line in sheet.set(note, _FOOT)]
        self._footer = sheet.set(document.footer, _FOOT, sheet.width - 90)
        self._band = height_of(self._banner) + 10 if self._banner else 0.0
        below = max(height_of(self._footer), _FOOT.leading)
        self._rule = PAGE_HEIGHT - 26 - below - height_of(self._notes)
        self.top = self._band + 44
        self.bottom = self._rule - 12

    def head(self, number: int) -> Iterator[Shape]:
        """Yield what stands above the text of a page."""
        place = self._sheet.place()
        if self._banner:
            yield Box(0, 0, PAGE_WIDTH, self._band, "warning-ground", "", 0)
            yield Line(0, self._band, PAGE_WIDTH, self._band, "warning", 0.6)
            yield from set_lines(self._banner, place, MARGIN, 5)
        if number > 1:
            yield from set_lines(self._title, place, MARGIN, self._band + 16)

    def foot(self, number: int, total: int) -> Iterator[Shape]:
        """Yield what stands below the text of a page."""
        sheet = self._sheet
        place = sheet.place()
        yield Line(MARGIN, self._rule, PAGE_WIDTH - MARGIN, self._rule, "line", 0.7)
        yield from set_lines(self._notes, place, MARGIN, self._rule + 6)
        foot = self._rule + 6 + height_of(self._notes)
        yield from set_lines(self._footer, place, MARGIN, foot)
        text = self._words("Page {page} of {pages}", page=number, pages=total)
        count = sheet.set(text, _FOOT)
        yield from set_lines(count, sheet.place(align="end"), MARGIN, foot)


class Press:
    """One run from a document to the bytes of a PDF."""

    def __init__(self, document: Document, fonts: Fonts, words: Words, tick: Callable[[], None]):
        """Take the document, the fonts, the language of the furniture and a check for stopping."""
        self._document, self._fonts, self._tick = document, fonts, tick
        self._sheet = Sheet.of(fonts, document.rtl)
        self._words = words
        self._furniture = Furniture(document, self._sheet, words)
        self._body = document.body(words(_SOURCES))
        self._headings = headings(self._body)

    def pages(self) -> list[Page]:
        """Lay out all pages: decision-maker page, contents, the rest."""
        pager = Pager(self._furniture.top, self._furniture.bottom, self._tick)
        pager.fill(self._front())
        numbers: dict[int, str] = {}
        entries = self._document.entries(self._headings)
        if entries:
            pager.fill(Layout(self._sheet).contents(self._words(_CONTENTS), entries, numbers))
        if self._body:
            pager.fill(Layout(self._sheet, numbered=True).pieces(self._body))
        for number, page in enumerate(pager.pages, start=1):
            numbers.update(dict.fromkeys(page.anchors(), str(number)))
        return pager.pages

    def _front(self) -> list[Piece]:
        """Return the decision-maker page, its text shrunk until it fits one page."""
        room = self._furniture.bottom - self._furniture.top
        scale = 1.0
        while True:
            layout = Layout(self._sheet.at_scale(scale))
            pieces = [*layout.title(self._document), *layout.pieces(self._document.front)]
            if stack_height(pieces) <= room:
                return pieces
            scale -= _STEP
            if scale < SMALLEST:
                log.warning("the decision-maker page does not fit one page")
                return pieces

    def printed(self, pages: Sequence[Page], progress: Progress | None) -> bytes:
        """Paint the pages and return the file."""
        out = io.BytesIO()
        canvas = _canvas(out, self._document, self._fonts)
        brush = PdfBrush(canvas, self._fonts, PAGE_HEIGHT)
        canvas.bookmarkPage("top")
        canvas.addOutlineEntry(clean(self._document.title), "top", 0)
        for number, page in enumerate(pages, start=1):
            self._tick()
            self._page(canvas, page)
            shapes = chain(
                self._furniture.head(number),
                _content(page),
                self._furniture.foot(number, len(pages)),
            )
            for shape in shapes:
                paint(shape, brush)
            canvas.showPage()
            if progress:
                progress(number, len(pages))
        canvas.save()
        return out.getvalue()

    def _page(self, canvas: Any, page: Page) -> None:
        for number, y in page.anchors().items():
            heading, key = self._headings[number], f"{GOTO}{number}"
            canvas.bookmarkPage(key, fit="XYZ", left=0, top=PAGE_HEIGHT - y + MARGIN / 4)
            canvas.addOutlineEntry(clean(heading.text), key, heading.level - 1)


def _content(page: Page) -> Iterator[Shape]:
    for piece, y in page.items:
        yield from piece.shapes(MARGIN, y)


def stack_height(pieces: Sequence[Piece]) -> float:
    """Return the height pieces take under each other on one page."""
    used = sum(piece.height + piece.spacing.before + piece.spacing.after for piece in pieces)
    if not pieces:
        return 0.0
    return used - pieces[0].spacing.before - pieces[-1].spacing.after


def _canvas(out: io.BytesIO, document: Document, fonts: Fonts) -> Any:
    from reportlab import rl_config
    from reportlab.pdfgen.canvas import Canvas

    rl_config.trustedSchemes, rl_config.trustedHosts = ["data"], []
    canvas = Canvas(
        out,
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        invariant=1,
        pageCompression=1,
        lang=document.language.replace("_", "-"),
        initialFontName=fonts.face().name,
    )
    canvas.setTitle(clean(document.title))
    canvas.setSubject(clean(document.subtitle))
    canvas.setAuthor(clean(document.author))
    canvas.setCreator("fieldkit")
    canvas.setProducer("fieldkit")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas.showOutline()
    return canvas


def write_pdf(
    document: Document,
    target: Path,
    fonts: Path,
    words: Words,
    *,
    cancel: Callable[[], bool] | None = None,
    progress: Progress | None = None,
) -> Written:
    """Print a document to a file, whole or not at all; the same document gives the same bytes."""

    faces = load_fonts(fonts)
    faces.missing.clear()
    press = Press(document, faces, words, lambda: check(cancel))
    pages = press.pages()
    content = press.printed(pages, progress)
    size = save(target, content)
    return Written(size, len(pages), "".join(sorted(faces.missing)))
