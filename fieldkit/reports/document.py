"""Document: a paper that knows no format; the writers beside it turn it into one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from fieldkit.core.figure import Figure

ParaStyle = Literal["body", "lead", "small", "quote"]
Tone = Literal["plain", "info", "warning", "ok"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3; it lands in contents and outline."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Para:
    """A text of one style; line breaks inside it are kept."""

    text: str
    style: ParaStyle = "body"
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; `numbered` counts from 1."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class LevelCell:
    """A cell coloured by its level; `text` (the number, ? or n/a) is always printed."""

    text: str
    level: int | None = None


Cell = str | LevelCell


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head; `widths` are weights; `numeric` columns align at their end."""

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...] = ()
    caption: str = ""
    numeric: tuple[int, ...] = ()
    bold: tuple[int, ...] = ()

    @property
    def columns(self) -> int:
        """Return how many columns the widest row has."""
        return max([len(self.head), *(len(row) for row in self.rows)])

    def weights(self) -> tuple[float, ...]:
        """Return one weight per column, one where none was given."""
        given = self.widths[: self.columns]
        return given + (1.0,) * (self.columns - len(given))


@dataclass(frozen=True, slots=True)
class FigureBlock:
    """A chart with its data table beside it (or below, where that is too tall or too wide)."""

    figure: Figure
    table: bool = True
    share: float = 0.56


@dataclass(frozen=True, slots=True)
class Note:
    """A boxed remark."""

    text: str
    title: str = ""
    tone: Tone = "info"


@dataclass(frozen=True, slots=True)
class PageBreak:
    """Start a new page here."""


@dataclass(frozen=True, slots=True)
class KeyValues:
    """Names and values under each other; as `tiles` the values stand large, side by side."""

    items: tuple[tuple[str, str], ...]
    tiles: bool = False


Block = Heading | Para | Bullets | Table | FigureBlock | Note | PageBreak | KeyValues


@dataclass(frozen=True, slots=True)
class Document:
    """A whole paper: what stands on every page, the decision-maker page, and the rest."""

    title: str
    subtitle: str = ""
    language: str = "en"
    rtl: bool = False
    label: str = ""
    marks: tuple[str, ...] = ()
    footnotes: tuple[str, ...] = ()
    footer: str = ""
    front: tuple[Block, ...] = ()
    blocks: tuple[Block, ...] = ()
    sources: tuple[str, ...] = ()
    toc: bool = True
    toc_depth: int = 2
    author: str = field(default="fieldkit")

    @property
    def banner(self) -> str:
        """Return the line that stands on top of every page."""
        return " · ".join(part for part in (self.label, *self.marks) if part)

    def body(self, sources_title: str) -> tuple[Block, ...]:
        """Return the blocks after the front page, sources last."""
        if not self.sources:
            return self.blocks
        return (*self.blocks, Heading(sources_title), Bullets(self.sources, numbered=True))

    def entries(self, found: Sequence[Heading]) -> list[tuple[int, Heading]]:
        """Return the headings that stand in the contents, each with its number."""
        if not self.toc:
            return []
        return [(i, one) for i, one in enumerate(found) if one.level <= self.toc_depth]


def headings(blocks: Sequence[Block]) -> list[Heading]:
    """Return the headings in order, levels kept within 1 to 3 and never skipping one."""
    found: list[Heading] = []
    for block in blocks:
        if isinstance(block, Heading):
            deepest = found[-1].level + 1 if found else 1
            found.append(Heading(block.text, max(1, min(block.level, deepest, 3))))
    return found
