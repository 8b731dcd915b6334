"""Marked text: a text to read, with the words that came or went underlined or struck through."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QResizeEvent, QTextCharFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QWidget

from fieldkit.core.text import GONE, NEW, words_marked
from fieldkit.qt.text import is_rtl, shown
from fieldkit.qt.theme import colour, set_role

MOST_LINES = 12


class MarkedText(QPlainTextEdit):
    """Plain text to read as high as it needs; marks never depend on colour alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        set_role(self, "reading")
        self.document().setDocumentMargin(0)

    def show_text(self, text: str) -> None:
        """Show a text without marks."""
        self.show_runs([("", text)])

    def show_change(self, old: str, new: str) -> None:
        """Show the new text with what came and what went since the old one."""
        self.show_runs(words_marked(old, new) if old else [("", new)])

    def show_runs(self, runs: Sequence[tuple[str, str]]) -> None:
        """Show runs of text, each with its mark: gone, new or anything else for plain."""
        self.clear()
        runs = [(mark, text) for mark, text in runs if text]
        if runs:
            runs[-1] = (runs[-1][0], runs[-1][1].rstrip())
        whole = "".join(text for mark, text in runs if mark != GONE)
        option = QTextOption()
        side = Qt.LayoutDirection.RightToLeft if is_rtl(whole) else Qt.LayoutDirection.LeftToRight
        option.setTextDirection(side)
        self.document().setDefaultTextOption(option)
        cursor = QTextCursor(self.document())
        for mark, text in runs:
            cursor.insertText(shown(text), _format(mark))
        self.setAccessibleName(shown(whole))
        self._fit()

    def _fit(self) -> None:
        lines = max(int(self.document().size().height()), 1)
        long = lines > MOST_LINES
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if long else Qt.FocusPolicy.NoFocus)
        line = QFontMetricsF(self.font()).lineSpacing()
        self.setFixedHeight(math.ceil(line * min(lines, MOST_LINES)) + 4)

    def sizeHint(self) -> QSize:
        """Ask for the height of the text."""
        return QSize(super().sizeHint().width(), self.maximumHeight())

    def minimumSizeHint(self) -> QSize:
        """Be as narrow as needed."""
        return QSize(self.fontMetrics().height() * 6, self.maximumHeight())

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew when the font changed."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew and keep the whole text in sight."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()


def _format(mark: str) -> QTextCharFormat:
    made = QTextCharFormat()
    if mark == GONE:
        made.setFontStrikeOut(True)
        made.setForeground(colour("error"))
        made.setBackground(colour("error-ground"))
    elif mark == NEW:
        made.setFontUnderline(True)
        made.setForeground(colour("ok"))
        made.setBackground(colour("ok-ground"))
    else:
        made.setForeground(colour("ink"))
    return made
