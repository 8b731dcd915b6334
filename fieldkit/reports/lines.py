"""Lines: a paragraph cut to a width, in reading order, in time that grows with its length only."""

from collections.abc import Iterator
from dataclasses import dataclass

from fieldkit.core.figure import Text
from fieldkit.reports.direction import joined, reads_rtl
from fieldkit.reports.fonts import Fonts
from fieldkit.reports.text import para

_BREAKS_AFTER = frozenset("-/–—_@.,;:&=?")


@dataclass(frozen=True, slots=True)
class TextLine(Text):
    """A line of text whose base direction its paragraph decided."""

    rtl: bool = False


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set: size and line height in points, colour by token, weight."""

    size: float
    leading: float
    colour: str = "ink"
    bold: bool = False

    def scaled(self, by: float) -> "Style":
        """Return the same style at another size."""
        return Style(self.size * by, self.leading * by, self.colour, self.bold)


@dataclass(frozen=True, slots=True)
class Setting:
    """One line as it will be set: its text in reading order and its direction."""

    text: str
    rtl: bool
    style: Style


class Breaker:
    """Breaks texts into lines with the widths of the bundled fonts."""

    def __init__(self, fonts: Fonts, rtl: bool) -> None:
        """Take the fonts and the direction of the whole paper."""
        self._fonts = fonts
        self._rtl = rtl
        self._known: dict[tuple[str, bool], float] = {}

    def settings(self, text: str, width: float, style: Style) -> list[Setting]:
        """Return the lines of a text of any length, no wider than `width`."""
        found: list[Setting] = []
        for paragraph in para(text):
            rtl = reads_rtl(paragraph, self._rtl)
            lines = self._lines(paragraph, width / style.size, style.bold)
            found.extend(Setting(line, rtl, style) for line in lines)
        return found

    def measure(self, text: str, style: Style) -> float:
        """Return the width of a text set in one line."""
        return self._width(text, style.bold) * style.size

    def _width(self, word: str, bold: bool) -> float:
        key = (word, bold)
        if key not in self._known:
            self._known[key] = self._fonts.width(joined(word), 1.0, bold)
        return self._known[key]

    def _lines(self, text: str, room: float, bold: bool) -> Iterator[str]:
        gap = self._width(" ", bold)
        line: list[str] = []
        used = 0.0
        for word in self._fitting(text, room, bold):
            wide = self._width(word, bold)
            if line and used + gap + wide > room:
                yield " ".join(line)
                line, used = [], 0.0
            used += wide + (gap if line else 0.0)
            line.append(word)
        if line:
            yield " ".join(line)

    def _fitting(self, text: str, room: float, bold: bool) -> Iterator[str]:
        for word in text.split(" "):
            if not word:
                continue
            if self._width(word, bold) <= room:
                yield word
            else:
                yield from self._chunks(word, room, bold)

    def _chunks(self, word: str, room: float, bold: bool) -> Iterator[str]:
        """Cut a word too long for a line, after a hyphen or slash where there is one."""
        start, used, good, index = 0, 0.0, 0, 0
        while index < len(word):
            used += self._fonts.advance(word[index], bold)
            if used > room and index > start:
                cut = good if good > start else index
                yield word[start:cut]
                start, index, used, good = cut, cut, 0.0, 0
                continue
            index += 1
            if word[index - 1] in _BREAKS_AFTER:
                good = index
        yield word[start:]
