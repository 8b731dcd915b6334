"""The cards of the overview: the next step, the strategy, the exchange, what happened lately."""

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from fieldkit.core.errors import N_
from fieldkit.core.i18n import Words, isolate
from fieldkit.qt.buttons import Button
from fieldkit.qt.cards import Card, EmptyState
from fieldkit.qt.figure import FigureWithTable
from fieldkit.qt.layouts import Rule, empty, row
from fieldkit.qt.text import Label
from fieldkit.qt.translate import Language
from fieldkit.tools.assessment.rules.figures import profile_figure, profile_series
from fieldkit.tools.assessment.rules.wording import Wording
from fieldkit.tools.engagement.rules import NextStep, Standing
from fieldkit.ui.home_facts import Carried, Done, listed, said_when

MARKS = ("—", "···", "- -", "- ·")


class NextCard(Card):
    """The one next step, in words, with its button."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("card-next", parent=parent)
        self._text = Label("", "secondary")
        self.button = Button(role="primary")
        self.results = Button(role="quiet")
        self.add(self._text, row(self.button, self.results, None))

    def show_step(self, step: NextStep, has_results: bool, words: Words) -> None:
        """Show the next step; results can be printed as soon as there are some."""
        values = {n: isolate(v) if isinstance(v, str) else v for n, v in step.values.items()}
        self.set_title(words(step.title))
        self._text.setText(words(step.text, **values))
        self.button.set_text(words(step.button))
        self.results.set_text(words(N_("Print results for participants")))
        self.results.setVisible(has_results)


class CountCard(Card):
    """A number with what it counts, a sentence and a button."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._number = Label("", "big", wrap=False)
        self._of = Label("", "second")
        self._text = Label("", "secondary")
        self.button = Button()
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._number, 0, Qt.AlignmentFlag.AlignBottom)
        line.addWidget(self._of, 1, Qt.AlignmentFlag.AlignBottom)
        self.add(line, self._text, row(self.button, None))
        self.body.addStretch(1)

    def show_count(self, number: str, of: str, text: str, button: str) -> None:
        """Show a count; an empty number leaves the line out."""
        for label, said in ((self._number, number), (self._of, of if number else "")):
            label.setText(said)
            label.setVisible(bool(said))
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.button.set_text(button)


def show_strategy(card: CountCard, standing: Standing, words: Words) -> None:
    """Show how far the newest strategy is, or what a strategy is for."""
    card.set_title(words(N_("Strategy draft")))
    begun = [s for s in standing.strategies if s.priorities]
    if not begun:
        text = N_("Choose three to five priorities together; the draft begins with them.")
        card.show_count("", "", words(text), words(N_("Look at the strategy")))
        return
    newest = begun[-1]
    count = N_("{confirmed} of {priorities}")
    number = words(count, confirmed=newest.confirmed, priorities=newest.priorities)
    left = newest.without_action
    text = words(N_("Each has an action."))
    if left:
        text = words.plural(
            N_("{n} priority without an action"), N_("{n} priorities without an action"), left
        )
    card.show_count(number, words(N_("priorities confirmed")), text, words(N_("Continue drafting")))


def show_exchange(
    card: CountCard, differences: int, held: Carried, now: dt.datetime, words: Words
) -> None:
    """Show what waits to be settled, and when something last came and went."""
    card.set_title(words(N_("Exchange")))
    of = words.plural(N_("difference to settle"), N_("differences to settle"), differences)
    number = words.number(differences) if differences else ""
    button = N_("Settle differences") if differences else N_("Import a bundle...")
    card.show_count(number, of, listed(_carried(held, now, words)), words(button))


def _carried(held: Carried, now: dt.datetime, words: Words) -> list[str]:
    said = [words(N_("No bundle has been received yet."))]
    if held.received is not None:
        when = said_when(held.received, now, words)
        text = N_("Last bundle received: {when}.")
        if held.received_from:
            text = N_("Last bundle received: {when}, from “{who}”.")
        said = [words(text, when=when, who=isolate(held.received_from))]
    if held.sent is None:
        said.append(words(N_("Nothing was sent yet.")))
    else:
        when = said_when(held.sent, now, words)
        said.append(words(N_("Last bundle made: {when}."), when=when))
    return said


class SafetyCard(Card):
    """What is not sent or backed up yet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._sent, self._backed = Label("", "secondary"), Label("", "secondary")
        self.send, self.back_up = Button(role="quiet"), Button(role="quiet")
        self.add(self._sent, row(self.send, None), Rule(), self._backed, row(self.back_up, None))

    def show_safety(
        self, unsent: int, backup: int | None, changed: bool, now: dt.datetime, words: Words
    ) -> None:
        """Say how much is only on this computer, and when the last backup was made."""
        self.set_title(words(N_("Copies of this work")))
        said = words(N_("Everything was handed on in a bundle."))
        if unsent:
            said = words.plural(
                N_("{n} change was not handed on in a bundle yet."),
                N_("{n} changes were not handed on in a bundle yet."),
                unsent,
            )
        self._sent.setText(said)
        self.send.set_text(words(N_("Export bundle...")))
        self.send.setVisible(unsent > 0)
        if backup is None:
            said = words(N_("There is no backup yet; the first is made when Fieldkit closes."))
        else:
            said = words(N_("Last backup: {when}."), when=said_when(backup, now, words))
            if changed:
                said = listed([said, words(N_("The next is made when Fieldkit closes."))])
        self._backed.setText(said)
        self.back_up.set_text(words(N_("Back up now")))
        self.back_up.setVisible(changed or backup is None)


class RecentCard(Card):
    """What was done lately, newest first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._lines = QGridLayout()
        self._lines.setHorizontalSpacing(24)
        self._lines.setVerticalSpacing(8)
        self._lines.setColumnStretch(1, 1)
        self._none = Label("", "secondary")
        self._shown: object = None
        self.add(self._lines, self._none)

    def show_done(self, done: Sequence[Done], now: dt.datetime, words: Words) -> None:
        """Show the lines."""
        self.set_title(words(N_("Recent")))
        shown = (tuple(done), now.date(), words.language)
        if shown == self._shown:
            return
        self._shown = shown
        empty(self._lines)
        for place, one in enumerate(done):
            text = words(one.label)
            if one.count > 1:
                text = words(N_("{what} ({count} times)"), what=text, count=one.count)
            when = Label(said_when(one.at, now, words), "second", wrap=False)
            self._lines.addWidget(when, 2 * place, 0)
            self._lines.addWidget(Label(text, "dense"), 2 * place, 1)
            if place < len(done) - 1:
                self._lines.addWidget(Rule(), 2 * place + 1, 0, 1, 2)
        self._none.setText(words(N_("What you and your colleagues do will be listed here.")))
        self._none.setVisible(not done)


class StandsCard(Card):
    """Where the agency stands: the radar of the newest round, or how to get there."""

    picked = Signal()
    started = Signal()

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.chart = FigureWithTable(language)
        self._legend = Label("", "hint")
        self._stage = Label("", "secondary")
        self._none = EmptyState("results", primary=False)
        self.chart.clicked.connect(self.picked)
        self._none.acted.connect(self.started)
        self._none.hide()
        self.body.addWidget(self.chart)
        self.add(self._legend, self._stage, self._none)
        self.body.addStretch(1)

    def show_results(self, wording: Wording) -> None:
        """Show the profile of a round."""
        words = wording.words
        self._show(True)
        self.set_title(words(N_("Where the agency stands")))
        self.chart.show_figure(profile_figure(wording))
        marks = list(MARKS)
        if wording.results.is_indicative:
            marks.remove(MARKS[2])
        series = zip(marks, profile_series(wording), strict=False)
        text = N_("{mark} {meaning}")
        said = (words(text, mark=mark, meaning=one.label) for mark, one in series)
        self._legend.setText("    ".join(said))
        calm = words(N_("Step by step counts; no agency is ranked against another."))
        self._stage.setText(listed([wording.stage(), calm]))

    def show_nothing(self, is_begun: bool, can_start: bool, words: Words) -> None:
        """Say what will stand here, and lead there where questions may be answered."""
        self._show(False)
        self.set_title(words(N_("Where the agency stands")))
        button = N_("Continue the round") if is_begun else N_("Start a round")
        text = N_("After the first answers the profile of the twelve areas stands here.")
        self._none.set_texts("", words(text), words(button) if can_start else "")

    def _show(self, has_results: bool) -> None:
        for part in (self.chart, self._legend, self._stage):
            part.setVisible(has_results)
        self._none.setVisible(not has_results)
