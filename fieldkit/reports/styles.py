"""Styles: the sizes, weights and airs of a page, and the sheet they are set on."""

from dataclasses import dataclass, replace

from fieldkit.reports.document import ParaStyle, Tone
from fieldkit.reports.fonts import Fonts
from fieldkit.reports.lines import Breaker, Setting, Style
from fieldkit.reports.pieces import Panel, Place, Spacing

PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 595.28, 841.89, 54.0
TEXT_WIDTH = PAGE_WIDTH - 2 * MARGIN

TITLE = Style(22, 28, "ink", True)
SUBTITLE = Style(11, 16, "ink-2")
BODY = Style(9.5, 14)
SMALL = Style(8, 11.5, "ink-2")
CELL = Style(8.5, 12)
HEAD = Style(8, 11.5, "ink-2", True)
CAPTION = Style(9, 13, "ink", True)
VALUE = Style(17, 22, "primary-dark", True)
ENTRIES = (Style(10, 15, "ink", True), Style(9, 13.5), Style(8.5, 12.5, "ink-2"))
HEADINGS = (
    Style(16, 21, "ink", True),
    Style(12, 16, "primary-dark", True),
    Style(10, 14, "ink", True),
)
HEADING_SPACING = (Spacing(24, 6, True), Spacing(15, 4, True), Spacing(10, 3, True))
PARAS: dict[ParaStyle, tuple[Style, Spacing]] = {
    "body": (BODY, Spacing(0, 7)),
    "lead": (Style(11.5, 17), Spacing(0, 9)),
    "small": (SMALL, Spacing(0, 5)),
    "quote": (Style(9.5, 14, "ink-2"), Spacing(2, 9)),
}
QUOTE_PANEL = Panel("", "control-line", 2.0)
TONES: dict[Tone, tuple[Panel, str]] = {
    "plain": (Panel("ground"), "ink"),
    "info": (Panel("primary-light", "primary"), "primary-dark"),
    "warning": (Panel("warning-ground", "warning"), "warning"),
    "ok": (Panel("ok-ground", "ok"), "ok"),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """What setting a text needs: fonts, line breaking, width, direction and scale."""

    fonts: Fonts
    breaker: Breaker
    width: float = TEXT_WIDTH
    rtl: bool = False
    scale: float = 1.0

    @classmethod
    def of(cls, fonts: Fonts, rtl: bool, scale: float = 1.0) -> "Sheet":
        """Return the sheet of a page."""
        return cls(fonts, Breaker(fonts, rtl), TEXT_WIDTH, rtl, scale)

    def at_scale(self, scale: float) -> "Sheet":
        """Return the same sheet with every text at another size."""
        return replace(self, scale=scale)

    def narrowed(self, width: float) -> "Sheet":
        """Return the same sheet for a column."""
        return replace(self, width=width)

    def set(self, text: str, style: Style, width: float | None = None) -> tuple[Setting, ...]:
        """Return the lines of a text in a style at the sheet's scale."""
        room = self.width if width is None else width
        return tuple(self.breaker.settings(text, room, style.scaled(self.scale)))

    def place(self, indent: float = 0.0, align: str = "start") -> Place:
        """Return where lines over the whole width stand."""
        return Place(self.width, self.rtl, indent, align)

    def air(self, spacing: Spacing) -> Spacing:
        """Return the spacing at the sheet's scale."""
        return Spacing(spacing.before * self.scale, spacing.after * self.scale, spacing.keep)
