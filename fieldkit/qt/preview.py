"""Preview: a PDF on screen as it will be printed, and printing it page by page."""

from pathlib import Path

from PySide6.QtCore import QObject, QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from fieldkit.core.errors import N_, UserError
from fieldkit.qt.buttons import Button
from fieldkit.qt.dialogs import Dialog
from fieldkit.qt.host import Host
from fieldkit.qt.text import Label
from fieldkit.qt.theme import grown

DOTS_PER_INCH = 200


class PreviewDialog(Dialog):
    """Shows a PDF and prints it; the file is deleted when the preview is closed."""

    def __init__(self, over: QWidget, host: Host, file: Path) -> None:
        super().__init__(over)
        self.setAttribute(self.dies_when_closed)
        words = host.language.words
        self._host, self._file = host, file
        self._document = QPdfDocument(self)
        self._document.load(str(file))
        self.view = QPdfView(self)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setDocument(self._document)
        self.view.setAccessibleName(words(N_("The paper as it will be printed")))
        self._pages = Label("", "hint", wrap=False)
        self.print = Button(words(N_("Print…")), "primary", icon="print")
        self.print.clicked.connect(self._on_print)
        self.close_button = Button(words(N_("Close")))
        self.close_button.clicked.connect(self.reject)
        self.body.addWidget(self.view, 1)
        self.add_buttons(self._pages, None, self.close_button, self.print)
        self.name(words(N_("Preview")))
        self._show_pages(self._document.pageCount())
        room = over.window().size()
        self.resize(min(grown(760), room.width()), max(room.height() - 24, 360))

    @property
    def page_count(self) -> int:
        """How many pages the paper has."""
        return self._document.pageCount()

    def _show_pages(self, count: int) -> None:
        self._pages.setText(
            self._host.language.words.plural(N_("{n} page"), N_("{n} pages"), count)
        )

    @Slot()
    def _on_print(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._file.stem)
        chooser = QPrintDialog(printer, self)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.accepted.connect(lambda: self.send(printer))
        chooser.setWindowModality(Qt.WindowModality.WindowModal)
        chooser.show()

    def send(self, printer: QPrinter) -> "Printing":
        """Print on a printer, a page at a time, so that the window stays awake."""
        self.print.setEnabled(False)
        work = Printing(self._document, printer, self)
        work.ended.connect(self._on_printed)
        if not work.start():
            self.print.setEnabled(True)
            text = N_("The printer does not answer. Check it, or save the paper as a PDF file.")
            self._host.dialogs.error(self, UserError("E_PRINTER", text))
        return work

    @Slot()
    def _on_printed(self) -> None:
        self.print.setEnabled(True)
        self._host.say(self._host.language.words(N_("Sent to the printer.")))

    def done(self, result: int) -> None:
        """Close and delete the file."""
        self._document.close()
        self._file.unlink(missing_ok=True)
        super().done(result)


class Printing(QObject):
    """Sends a document to a printer, one page with every turn of the event loop."""

    ended = Signal()

    def __init__(self, document: QPdfDocument, printer: QPrinter, parent: QObject) -> None:
        super().__init__(parent)
        self._document, self._printer = document, printer
        self._page, self._last = 0, document.pageCount() - 1
        if printer.fromPage():
            self._page = printer.fromPage() - 1
            self._last = min(printer.toPage() - 1, self._last)
        self._painter = QPainter()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._step)

    def start(self) -> bool:
        """Begin; say whether the printer takes anything."""
        taken = self._painter.begin(self._printer)
        if taken:
            self._timer.start(0)
        return taken

    @Slot()
    def _step(self) -> None:
        if self._page > self._last:
            self._timer.stop()
            self._painter.end()
            self.ended.emit()
            self.deleteLater()
            return
        self._draw(self._page)
        self._page += 1
        if self._page <= self._last:
            self._printer.newPage()

    def _draw(self, page: int) -> None:
        points = self._document.pagePointSize(page)
        scale = DOTS_PER_INCH / 72
        size = QSize(round(points.width() * scale), round(points.height() * scale))
        picture = self._document.render(page, size)
        room = self._painter.viewport()
        fitted = size.scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        self._painter.drawImage(QRect(room.topLeft(), fitted), picture)
