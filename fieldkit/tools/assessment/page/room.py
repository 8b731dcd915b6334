"""After Reveal: what the room said, the level agreed, and why; a different view without a name."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fieldkit.core.errors import N_
from fieldkit.qt.buttons import Button
from fieldkit.qt.cards import Banner, Card
from fieldkit.qt.host import Host
from fieldkit.qt.levels import Count, CountBars, LevelPicker
from fieldkit.qt.text import Label, LineEdit, PlainEdit
from fieldkit.tools.assessment.model import LEVELS, Counts
from fieldkit.tools.assessment.rules.board import QuestionState

FLAGS = {
    "discuss": N_("to discuss"),
    "reconcile": N_("far apart"),
    "ok": N_("close together"),
}


class RoomCard(Card):
    """The room's votes in sum; a unanimous room only says that it agreed."""

    def __init__(self, host: Host, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._language = host.language
        self._bars = CountBars()
        self._about = Label("", "secondary")
        self.again = Button(role="quiet")
        self.add(self._bars, self._about, self.again)

    def show_state(self, state: QuestionState) -> None:
        """Show what may be shown of the votes on a question."""
        words = self._language.words
        self.again.set_text(words(N_("More votes...")), words(N_("Add votes of another room")))
        counts = state.room.counts
        self._about.show()
        if counts is None:
            self.set_title(words(N_("The room said")))
            self._bars.hide()
            self._about.setText(
                words(N_("Too few votes to show safely: only the agreed level is kept."))
            )
            return
        self.set_title(words(N_("The room said")), self._summary(state, counts))
        self._bars.setVisible(not state.room.agreed)
        if state.room.agreed:
            self._about.setText(words(N_("The room agreed.")))
            return
        self._bars.show_counts([Count(str(n), counts.levels[n - 1], f"level-{n}") for n in LEVELS])
        self._about.setText(self._others(counts))
        self._about.setVisible(bool(self._about.text()))

    def _summary(self, state: QuestionState, counts: Counts) -> str:
        words = self._language.words
        parts = [words.plural(N_("{n} vote"), N_("{n} votes"), counts.votes)]
        if state.median is not None and not state.room.agreed:
            parts.append(words(N_("middle {level}"), level=state.median))
        if state.flag and not state.room.agreed:
            parts.append(words(FLAGS[state.flag]))
        return " · ".join(parts)

    def _others(self, counts: Counts) -> str:
        words = self._language.words
        parts = []
        if counts.dk:
            parts.append(words(N_("don't know: {count}"), count=counts.dk))
        if counts.na:
            parts.append(words(N_("not applicable: {count}"), count=counts.na))
        if counts.blank:
            parts.append(words(N_("left blank: {count}"), count=counts.blank))
        return " · ".join(parts)


class AgreedCard(Card):
    """The agreed level, why it differs from the middle, and a different view."""

    picked = Signal(int)
    cleared = Signal()

    def __init__(self, host: Host, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._language = host.language
        self.picker = LevelPicker()
        self.picker.picked.connect(self.picked)
        self.wants = Banner()
        self._why = Label("", "hint")
        self.reason = PlainEdit(host.language, lines=2)
        self._na = Label("", "hint")
        self.na_reason = LineEdit()
        self._other = Label("", "hint")
        self.dissent = PlainEdit(host.language, lines=2)
        self.clear = Button(role="quiet")
        self.clear.clicked.connect(self.cleared)
        for label, field in (
            (self._why, self.reason), (self._na, self.na_reason), (self._other, self.dissent)
        ):  # fmt: skip
            label.setBuddy(field)
        self.add(
            self.picker, self.wants, self._na, self.na_reason, self._why, self.reason,
            self._other, self.dissent, self.clear,
        )  # fmt: skip

    def retranslate(self, names: list[str]) -> None:
        """Set the fixed texts; `names` are the five levels' names."""
        words = self._language.words
        self.set_title(words(N_("Agreed level")))
        self.picker.set_names(names)
        self._other.setText(words(N_("A different view, without a name")))
        self._na.setText(words(N_("Why does it not apply?")))
        self.clear.set_text(words(N_("Clear the answer")))
        for label, field in (
            (self._na, self.na_reason), (self._other, self.dissent)
        ):  # fmt: skip
            field.setAccessibleName(label.text())

    def show_state(self, state: QuestionState, wanted: int | None, wants_na: bool) -> None:
        """Show the answer; `wanted` is a level that still needs its reason."""
        words = self._language.words
        level = wanted if wanted is not None else state.level if state.agreed else None
        self.picker.choose(level)
        why = self._ask_why(level, state.median)
        self._why.setText(why)
        self.reason.setAccessibleName(why)
        is_na = wants_na or state.state == "na"
        self._na.setVisible(is_na)
        self.na_reason.setVisible(is_na)
        self._why.setVisible(not is_na)
        self.reason.setVisible(not is_na)
        self.clear.setVisible(state.agreed)
        if wanted is not None:
            self.wants.show_message(
                "warning", words(N_("Not recorded yet: say in a few words why, then Ctrl+Enter."))
            )
        elif wants_na and state.state != "na":
            self.wants.show_message(
                "warning", words(N_("Not recorded yet: say why it does not apply, then Enter."))
            )
        else:
            self.wants.hide()

    def _ask_why(self, level: int | None, median: int | None) -> str:
        words = self._language.words
        if level is None or median is None or level == median:
            return words(N_("Reason (may be left out)"))
        apart = abs(level - median)
        if level < median:
            return words.plural(
                N_("{n} below the middle: why?"), N_("{n} below the middle: why?"), apart
            )
        return words.plural(
            N_("{n} above the middle: why?"), N_("{n} above the middle: why?"), apart
        )
