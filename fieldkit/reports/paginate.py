"""Paginate: pieces onto pages, headings never left alone at the foot."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from fieldkit.core.errors import BugError
from fieldkit.reports.pieces import BreakPiece, Piece, TextPiece


@dataclass(slots=True)
class Page:
    """Pieces with the height each one starts at."""

    items: list[tuple[Piece, float]] = field(default_factory=list)

    def anchors(self) -> dict[int, float]:
        """Return the numbers of the headings on the page with the height they stand at."""
        texts = ((p, y) for p, y in self.items if isinstance(p, TextPiece))
        return {p.anchor: y for p, y in texts if p.anchor is not None}


class Pager:
    """Fills pages of one height from the top down."""

    def __init__(self, top: float, bottom: float, tick: Callable[[], None]) -> None:
        """Take the upper and lower edge of the text and what to call now and then."""
        self.pages: list[Page] = []
        self._top, self._bottom, self._tick = top, bottom, tick
        self._y = top

    def fill(self, pieces: Sequence[Piece]) -> None:
        """Place pieces from the start of a new page on."""
        self._turn()
        for index, piece in enumerate(pieces):
            self._tick()
            if isinstance(piece, BreakPiece):
                if not self._fresh:
                    self._turn()
                continue
            if piece.spacing.keep and not self._fresh and self._needs(pieces[index:]) > self._room:
                self._turn()
            self._place(piece)

    @property
    def _fresh(self) -> bool:
        return not self.pages[-1].items

    @property
    def _room(self) -> float:
        return self._bottom - self._y

    def _turn(self) -> None:
        self.pages.append(Page())
        self._y = self._top

    def _needs(self, pieces: Sequence[Piece]) -> float:
        """Return the room a heading wants with what must follow it."""
        needed = 0.0
        for piece in pieces[:4]:
            needed += piece.spacing.before
            if not piece.spacing.keep:
                return needed + piece.least
            needed += piece.height + piece.spacing.after
        return needed

    def _place(self, piece: Piece) -> None:
        rest: Piece | None = piece
        gap = piece.spacing.before
        while rest is not None:
            self._y += 0.0 if self._fresh else gap
            rest = self._put(rest)
            gap = 0.0
        self._y += piece.spacing.after

    def _put(self, piece: Piece) -> Piece | None:
        """Place what fits; return the rest, which starts the next page."""
        if piece.height <= self._room + 0.01:
            self._add(piece)
            return None
        fresh = self._fresh
        parts = piece.split(self._room, fresh)
        if parts is None and fresh:
            raise BugError(f"a piece of {piece.height:.0f} points does not fit a page")
        if parts is not None:
            self._add(parts[0])
        self._turn()
        return piece if parts is None else parts[1]

    def _add(self, piece: Piece) -> None:
        self.pages[-1].items.append((piece, self._y))
        self._y += piece.height
