"""Layout: the blocks of a document as pieces of a page."""

from collections.abc import Sequence

from fieldkit.reports.document import (
    Block,
    Bullets,
    Document,
    FigureBlock,
    Heading,
    KeyValues,
    Note,
    PageBreak,
    Para,
    Table,
    headings,
)
from fieldkit.reports.lines import Setting, Style
from fieldkit.reports.pieces import BreakPiece, EntryPiece, Piece, Spacing, TextPiece
from fieldkit.reports.styles import (
    BODY,
    ENTRIES,
    HEADING_SPACING,
    HEADINGS,
    PARAS,
    QUOTE_PANEL,
    SUBTITLE,
    TITLE,
    TONES,
    Sheet,
)
from fieldkit.reports.tables import figure_pieces, key_values, table_pieces
from fieldkit.reports.text import para

Entries = Sequence[tuple[int, Heading]]


class Layout:
    """Sets blocks on a sheet; headings get numbers for contents and outline where asked."""

    def __init__(self, sheet: Sheet, numbered: bool = False) -> None:
        """Take the sheet and whether headings count."""
        self._sheet = sheet
        self._numbered = numbered

    def pieces(self, blocks: Sequence[Block]) -> list[Piece]:
        """Return the pieces of all blocks in order."""
        found: list[Piece] = []
        levelled = headings(blocks)
        number = 0
        for block in blocks:
            if isinstance(block, Heading):
                heading = levelled[number] if self._numbered else block
                found.append(self._heading(heading, number))
                number += 1
            else:
                found.extend(self._block(block))
        return found

    def _block(self, block: Block) -> list[Piece]:
        match block:
            case Para():
                return self._para(block)
            case Bullets():
                return self._bullets(block)
            case Note():
                return self._note(block)
            case Table():
                return table_pieces(block, self._sheet)
            case FigureBlock():
                return figure_pieces(block, self._sheet)
            case _:
                return self._rest(block)

    def _rest(self, block: Block) -> list[Piece]:
        if isinstance(block, KeyValues):
            return key_values(block, self._sheet)
        return [BreakPiece()] if isinstance(block, PageBreak) else []

    def _heading(self, heading: Heading, number: int) -> Piece:
        sheet, level = self._sheet, min(max(heading.level, 1), 3) - 1
        lines = sheet.set(heading.text, HEADINGS[level])
        spacing = sheet.air(HEADING_SPACING[level])
        anchor = number if self._numbered else None
        return TextPiece(lines, sheet.place(), spacing, anchor=anchor)

    def _para(self, block: Para) -> list[Piece]:
        sheet = self._sheet
        style, spacing = PARAS[block.style]
        style = Style(style.size, style.leading, style.colour, style.bold or block.bold)
        panel = QUOTE_PANEL if block.style == "quote" else None
        indent = 12.0 if panel else 0.0
        return [
            TextPiece(
                sheet.set(one, style, sheet.width - indent),
                sheet.place(indent),
                sheet.air(spacing),
                panel,
            )
            for one in para(block.text)
        ]

    def _bullets(self, block: Bullets) -> list[Piece]:
        sheet = self._sheet
        found: list[Piece] = []
        digits = len(str(len(block.items)))
        deep = 12.0 + 6.0 * digits if block.numbered else 13.0
        for index, item in enumerate(block.items, start=1):
            mark = Setting(f"{index}." if block.numbered else "•", sheet.rtl, self._mark_style())
            for part in para(item):
                lines = sheet.set(part, BODY, sheet.width - deep)
                piece = TextPiece(lines, sheet.place(deep), sheet.air(Spacing(0, 3.5)), mark=mark)
                found.append(piece)
                mark = Setting("", sheet.rtl, self._mark_style())
        return found

    def _mark_style(self) -> Style:
        return Style(BODY.size, BODY.leading, "primary", True).scaled(self._sheet.scale)

    def _note(self, block: Note) -> list[Piece]:
        sheet = self._sheet
        panel, colour = TONES[block.tone]
        room = sheet.width - 24
        title = sheet.set(block.title, Style(BODY.size, BODY.leading, colour, True), room)
        text = sheet.set(block.text, BODY, room)
        if not title and not text:
            return []
        spacing = sheet.air(Spacing(4, 10))
        return [TextPiece((*title, *text), sheet.place(12.0), spacing, panel)]

    def title(self, document: Document) -> list[Piece]:
        """Return the title and subtitle of a paper."""
        sheet = self._sheet
        title = TextPiece(sheet.set(document.title, TITLE), sheet.place(), Spacing(0, 3, True))
        lines = sheet.set(document.subtitle, SUBTITLE)
        subtitle = TextPiece(lines, sheet.place(), sheet.air(Spacing(0, 14)))
        return [title, subtitle]

    def contents(self, title: str, entries: Entries, pages: dict[int, str]) -> list[Piece]:
        """Return the table of contents; `pages` is read when it is painted."""
        sheet = self._sheet
        head = TextPiece(sheet.set(title, HEADINGS[0]), sheet.place(), Spacing(0, 12))
        return [head, *(self._entry(one, number, pages) for number, one in entries)]

    def _entry(self, heading: Heading, number: int, pages: dict[int, str]) -> Piece:
        sheet, level = self._sheet, heading.level - 1
        indent = 14.0 * level
        lines = sheet.set(heading.text, ENTRIES[level], sheet.width - indent - 40)
        lines = lines or (Setting("", sheet.rtl, ENTRIES[level]),)
        spacing = Spacing(7 if level == 0 else 0, 1)
        return EntryPiece(lines, sheet.place(indent), number, pages, spacing)
