"""Starting a round: its name, full or quick, the whole agency or a named unit."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fieldkit.core.errors import N_
from fieldkit.qt.buttons import Button
from fieldkit.qt.dialogs import Dialog
from fieldkit.qt.form import Choices, Form
from fieldkit.qt.host import Host
from fieldkit.qt.text import LineEdit
from fieldkit.tools.assessment.model import FULL, QUICK
from fieldkit.tools.assessment.operations import RoundPlan


class StartRound(Dialog):
    """Asks what a new round is; nothing exists until Start is pressed."""

    planned = Signal(object)

    def __init__(self, host: Host, suggested: str, over: QWidget) -> None:
        super().__init__(over)
        words = host.language.words
        self.name(words(N_("Start a round")))
        self.title = LineEdit()
        self.title.put(suggested)
        self.mode = Choices()
        self.mode.offer(
            [
                (FULL, words(N_("Full: all 69 questions, one to two days"))),
                (QUICK, words(N_("Quick scan: 13 questions, 40 minutes, indicative only"))),
            ]
        )
        self.mode.put(FULL)
        self.unit = LineEdit()
        form = Form(host.language)
        self._title_row = form.row(N_("Name of the round"), self.title)
        form.row(N_("How much"), self.mode)
        form.row(
            N_("Unit or region"), self.unit, N_("Leave empty where the whole agency is assessed.")
        )
        self.body.addWidget(form)
        self._complaint = words(N_("Give the round a name."))
        stop = Button(words(N_("Cancel")))
        start = Button(words(N_("Start")), "primary")
        start.setDefault(True)
        stop.clicked.connect(self.reject)
        start.clicked.connect(self._on_start)
        self.add_buttons(None, stop, start)

    def _on_start(self) -> None:
        title = self.title.text().strip()
        if not title:
            self._title_row.complain(self._complaint)
            self.title.setFocus()
            return
        self.accept()
        plan = RoundPlan(title, str(self.mode.value() or FULL), self.unit.text().strip())
        self.planned.emit(plan)


class AttachDialog(Dialog):
    """Asks for the register number before a file is attached, and warns against case files."""

    named = Signal(str)

    def __init__(self, host: Host, file: str, over: QWidget) -> None:
        super().__init__(over)
        words = host.language.words
        self.name(words(N_("Attach {file}"), file=file))
        self.number = LineEdit()
        form = Form(host.language)
        form.row(
            N_("Register or document number"),
            self.number,
            N_(
                "Never attach case files, lists of persons or anything that names a suspect,"
                " victim or witness. An order, a blank form or a screen without data is enough."
            ),
        )
        self.body.addWidget(form)
        stop = Button(words(N_("Cancel")))
        attach = Button(words(N_("Attach")), "primary")
        attach.setDefault(True)
        stop.clicked.connect(self.reject)
        attach.clicked.connect(self._on_attach)
        self.add_buttons(None, stop, attach)

    def _on_attach(self) -> None:
        self.accept()
        self.named.emit(self.number.text())
