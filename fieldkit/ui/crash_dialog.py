"""The crash dialog: a fault of ours; says that the work is kept and gives the details to send."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

import fieldkit
from fieldkit.core.errors import N_, UserError
from fieldkit.qt.buttons import Button
from fieldkit.qt.dialogs import Dialog
from fieldkit.qt.host import Host
from fieldkit.qt.text import Label, PlainEdit


class CrashDialog(Dialog):
    """Shown after a fault of our own; the window stays usable."""

    def __init__(self, host: Host, details: str, over: QWidget | None) -> None:
        super().__init__(over)
        words = host.language.words
        self.setAttribute(self.dies_when_closed)
        self.name(words(N_("Something went wrong in fieldkit")))
        self._details = f"fieldkit {fieldkit.__version__}\n{details}"
        self.body.addWidget(
            Label(
                words(
                    N_(
                        "This is a fault of the program, not yours. Everything that was saved is"
                        " kept. You can go on working; if it happens again, close fieldkit and"
                        " start it anew. The details below hold nothing you wrote."
                    )
                )
            )
        )
        shown = PlainEdit(host.language, lines=6)
        shown.put(self._details)
        shown.setReadOnly(True)
        shown.setAccessibleName(words(N_("Details")))
        self.body.addWidget(shown)
        copy = Button(words(N_("Copy details")))
        go_on = Button(words(N_("Go on")), "primary")
        copy.clicked.connect(self._on_copy)
        go_on.clicked.connect(self.accept)
        self.add_buttons(copy, None, go_on)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)


def show_crash(window: QWidget, host: Host, error: BaseException, details: str) -> None:
    """Tell a fault: a refusal in its own words, anything else in the crash dialog."""
    if isinstance(error, UserError):
        host.dialogs.error(window, error)
    else:
        CrashDialog(host, details, window).open()
