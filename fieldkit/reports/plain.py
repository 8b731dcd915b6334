"""Plain text: the whole document for screen readers, mail and the golden tests."""

import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path

from fieldkit.core.errors import N_
from fieldkit.core.i18n import Words
from fieldkit.reports.document import (
    Block,
    Bullets,
    Document,
    FigureBlock,
    Heading,
    KeyValues,
    LevelCell,
    Note,
    Para,
    Table,
    headings,
)
from fieldkit.reports.saving import Written, save
from fieldkit.reports.text import clean, para

WIDTH = 88
_CONTENTS, _SOURCES = N_("Contents"), N_("Sources")
_RULES = {1: "=", 2: "-", 3: ""}


def as_text(document: Document, words: Words) -> str:
    """Return a document as text, complete, at most 88 characters a line where words allow it."""
    body = document.body(words(_SOURCES))
    lines = [*_head(document), *_blocks(document.front)]
    entries = document.entries(headings(body))
    if entries:
        lines += [*_heading(words(_CONTENTS), 1)]
        lines += ["  " * (one.level - 1) + clean(one.text) for _, one in entries]
        lines.append("")
    lines += [*_blocks(body), *_foot(document)]
    return "\n".join(line.rstrip() for line in lines).strip() + "\n"


def write_text(document: Document, target: Path, words: Words) -> Written:
    """Write a document as text, whole or not at all."""
    return Written(save(target, as_text(document, words).encode("utf-8", "replace")))


def _head(document: Document) -> Iterator[str]:
    if document.banner:
        yield from (clean(document.banner), "")
    title = clean(document.title)
    yield from (title, "=" * min(len(title), WIDTH), "")
    yield from _wrapped(document.subtitle)


def _foot(document: Document) -> Iterator[str]:
    yield "-" * WIDTH
    for line in (*document.footnotes, document.footer):
        yield from _wrapped(line)


def _wrapped(text: str, first: str = "", other: str = "") -> Iterator[str]:
    """Yield the paragraphs of a text, wrapped, each followed by an empty line."""
    for one in para(text):
        yield from _fitted(one, first, other)
        yield ""


def _fitted(text: str, first: str = "", other: str = "") -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=other,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _blocks(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield from _heading(block.text, block.level)
        case Para():
            mark = "> " if block.style == "quote" else ""
            yield from _wrapped(block.text, mark, mark)
        case Note():
            title = f"{block.title}: " if block.title else ""
            yield from _wrapped(title + block.text, "| ", "| ")
        case _:
            yield from _list(block)


def _list(block: Block) -> Iterator[str]:
    match block:
        case Bullets():
            yield from _bullets(block)
        case Table():
            yield from _table(block)
        case FigureBlock():
            yield from _figure(block)
        case KeyValues():
            for name, value in block.items:
                yield from _fitted(f"{clean(name)}: {' '.join(para(value))}", "", "    ")
            yield ""


def _heading(text: str, level: int) -> Iterator[str]:
    said = clean(text)
    rule = _RULES.get(level, "")
    yield from (said, rule * min(len(said), WIDTH), "") if rule else (said, "")


def _bullets(block: Bullets) -> Iterator[str]:
    for index, item in enumerate(block.items, start=1):
        mark = f"{index}. " if block.numbered else "- "
        for number, one in enumerate(para(item)):
            indent = " " * len(mark)
            yield from _fitted(one, indent if number else mark, indent)
    yield ""


def _figure(block: FigureBlock) -> Iterator[str]:
    figure = block.figure
    yield from _wrapped(figure.title)
    yield from _wrapped(figure.description)
    if block.table:
        yield from _table(Table(figure.table.head, figure.table.rows))


def _table(table: Table) -> Iterator[str]:
    if table.caption:
        yield from _wrapped(table.caption)
    rows = [[_cell(cell) for cell in row] for row in table.rows]
    head = [clean(text) for text in table.head]
    every = [head, *rows] if any(head) else rows
    columns = table.columns
    padded = [row + [""] * (columns - len(row)) for row in every]
    wide = [max(len(row[i]) for row in padded) for i in range(columns)] if padded else []
    if sum(wide) + 3 * (columns - 1) <= WIDTH:
        yield from _aligned(padded, wide, bool(any(head)))
    else:
        yield from _records(head, rows)
    yield ""


def _cell(cell: str | LevelCell) -> str:
    return " / ".join(para(cell if isinstance(cell, str) else cell.text))


def _aligned(rows: list[list[str]], wide: list[int], titled: bool) -> Iterator[str]:
    for index, row in enumerate(rows):
        yield " | ".join(text.ljust(size) for text, size in zip(row, wide, strict=True))
        if titled and index == 0:
            yield "-+-".join("-" * size for size in wide)


def _records(head: list[str], rows: list[list[str]]) -> Iterator[str]:
    """Yield each row as names and values under each other, where a table would be too wide."""
    for row in rows:
        for index, text in enumerate(row):
            name = head[index] if index < len(head) else ""
            if text:
                yield from _fitted(f"{name}: {text}" if name else text, "", "    ")
        yield ""
