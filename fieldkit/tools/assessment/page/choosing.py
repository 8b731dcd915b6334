"""Choosing: which round to look at beside this one, and which priorities to take on."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fieldkit.core.errors import N_
from fieldkit.qt.buttons import Button
from fieldkit.qt.dialogs import Dialog
from fieldkit.qt.form import Check, Choices
from fieldkit.qt.layouts import ScrollPage
from fieldkit.qt.text import Label
from fieldkit.qt.theme import grown
from fieldkit.qt.translate import Language
from fieldkit.tools.assessment.rules.wording import Wording

OFFERED, TICKED = 12, 3


class RoundsDialog(Dialog):
    """Asks which other round stands beside this one."""

    picked = Signal(str)

    def __init__(
        self, over: QWidget, language: Language, rounds: Sequence[tuple[str, str]], chosen: str
    ) -> None:
        super().__init__(over)
        self.setAttribute(self.dies_when_closed)
        words = language.words
        title = words(N_("Compare rounds"))
        self.choices = Choices()
        offered: list[tuple[object, str]] = [("", words(N_("No other round")))]
        self.choices.offer([*offered, *rounds])
        self.choices.put(chosen)
        text = N_(
            "Rounds of one question set can stand side by side. Units and rounds are not ranked."
        )
        self.body.addWidget(Label(title, "title"))
        self.body.addWidget(Label(words(text), "secondary"))
        self.body.addWidget(self.choices)
        self.yes = Button(words(N_("Show side by side")), "primary")
        self.no = Button(words(N_("Cancel")))
        self.yes.clicked.connect(self._on_yes)
        self.no.clicked.connect(self.reject)
        self.add_buttons(None, self.no, self.yes)
        self.name(title)
        self.setMinimumWidth(min(grown(460), over.window().width() - 24))

    def _on_yes(self) -> None:
        self.picked.emit(str(self.choices.value() or ""))
        self.accept()


class StartDialog(Dialog):
    """Asks which questions a strategy takes on; the highest are ticked."""

    picked = Signal(list)

    def __init__(self, over: QWidget, wording: Wording) -> None:
        super().__init__(over)
        self.setAttribute(self.dies_when_closed)
        words = wording.words
        title = words(N_("Start a strategy from these"))
        self.checks: dict[str, Check] = {}
        scroll = ScrollPage(0)
        scroll.body.setSpacing(6)
        for number, one in enumerate(wording.results.priorities[:OFFERED]):
            check = Check(wording.titled(one.question))
            check.put(number < TICKED)
            check.chosen.connect(self._on_ticked)
            self.checks[one.question] = check
            scroll.body.addWidget(check)
        scroll.body.addStretch(1)
        self._count = Label("", "hint")
        self.yes = Button(words(N_("Start the strategy")), "primary")
        self.no = Button(words(N_("Cancel")))
        self.yes.clicked.connect(self._on_yes)
        self.no.clicked.connect(self.reject)
        text = N_(
            "Three to five priorities can be carried through. Each keeps the answer it comes from."
        )
        self.body.addWidget(Label(title, "title"))
        self.body.addWidget(Label(words(text), "secondary"))
        self.body.addWidget(scroll, 1)
        self.body.addWidget(self._count)
        self.add_buttons(None, self.no, self.yes)
        self.name(title)
        self._words = words
        room = over.window().size()
        self.resize(min(grown(620), room.width() - 24), min(grown(520), room.height() - 24))
        self._on_ticked()

    @property
    def chosen(self) -> list[str]:
        """The questions ticked, in order."""
        return [question for question, check in self.checks.items() if check.is_on]

    def _on_ticked(self) -> None:
        count = len(self.chosen)
        said = self._words.plural(N_("{n} priority chosen"), N_("{n} priorities chosen"), count)
        self._count.setText(said)
        self.yes.setEnabled(bool(count))

    def _on_yes(self) -> None:
        self.picked.emit(self.chosen)
        self.accept()
