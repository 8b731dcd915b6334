"""The question pane: the question and its five levels, in the room's language first."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldkit.core.errors import N_
from fieldkit.qt.buttons import Button
from fieldkit.qt.host import Host
from fieldkit.qt.layouts import FlowLayout, ScrollPage
from fieldkit.qt.levels import LevelCard
from fieldkit.qt.text import Label
from fieldkit.tools.assessment.model import LEVELS, Checklist, Question
from fieldkit.tools.assessment.page.tongues import Tongues


class QuestionPane(QWidget):
    """Shows one question; says which level was picked and where to go."""

    picked = Signal(int)
    went = Signal(str)

    def __init__(self, host: Host, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = host.language
        self._text = Label("", "question", by_text=True)
        self._second = Label("", "second", by_text=True)
        self._only = Label("", "hint", by_text=True)
        self.cards = tuple(LevelCard(level) for level in LEVELS)
        self.back = Button(icon="back")
        self.unknown = Button(key="D")
        self.not_applicable = Button(key="N")
        self.next_open = Button(role="quiet", key="F6")
        self.next = Button(role="primary")
        self._lay_out()
        for card in self.cards:
            card.picked.connect(self.picked)
        for button, where in (
            (self.back, "back"), (self.unknown, "dk"), (self.not_applicable, "na"),
            (self.next_open, "open"), (self.next, "next"),
        ):  # fmt: skip
            button.setProperty("where", where)
            button.clicked.connect(self._on_clicked)

    def _lay_out(self) -> None:
        scroll = ScrollPage(0)
        column = scroll.body
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(6)
        for label in (self._text, self._second, self._only):
            column.addWidget(label)
        column.addSpacing(2)
        for card in self.cards:
            column.addWidget(card)
        column.addStretch(1)
        foot = QWidget()
        flow = FlowLayout(foot, 8)
        for button in (self.back, self.unknown, self.not_applicable, self.next_open, self.next):
            flow.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addWidget(scroll, 1)
        whole.addWidget(foot)

    def retranslate(self) -> None:
        """Set the texts of the buttons."""
        words = self._language.words
        self.back.set_text(words(N_("Back")))
        self.unknown.set_text(words(N_("Don't know")))
        self.not_applicable.set_text(words(N_("N/A")), words(N_("Not applicable")))
        self.next_open.set_text(words(N_("next open")), words(N_("Next unanswered question")))
        self.next.set_text(words(N_("Next")))

    def show_question(self, question: Question, checklist: Checklist, tongues: Tongues) -> None:
        """Show a question's texts; nothing is chosen."""
        text = tongues.question(question, "text", question.text)
        self._text.setText(text.first)
        self._second.setText(text.second)
        self._second.setVisible(bool(text.second))
        only = tongues.question(question, "na_when", question.na_when)
        words = self._language.words
        said = words(N_("Not applicable only if: {when}"), when=only.first) if only.first else ""
        self._only.setText(said)
        self._only.setVisible(bool(said))
        self.not_applicable.setEnabled(question.allows_na)
        for card, level, source in zip(self.cards, checklist.levels, question.levels, strict=False):
            name = tongues.say(checklist.context(f"levels.{level.id}.name"), level.name)
            body = tongues.question(question, f"levels.{level.id}", source)
            card.set_texts(name.first, body.first, name.second, body.second)

    def choose(self, level: int | None) -> None:
        """Mark the agreed level, or none."""
        for card in self.cards:
            card.choose(card.level == level)

    def show_kind(self, state: str) -> None:
        """Mark "don't know" or "not applicable" where that is the answer."""
        for button, mine in ((self.unknown, "dk"), (self.not_applicable, "na")):
            button.setCheckable(True)
            button.setChecked(state == mine)

    def allow(self, is_open: bool) -> None:
        """Let answers be given, or not in a closed round."""
        for widget in (*self.cards, self.unknown):
            widget.setEnabled(is_open)
        if not is_open:
            self.not_applicable.setEnabled(False)

    def _on_clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.went.emit(str(sender.property("where")))
