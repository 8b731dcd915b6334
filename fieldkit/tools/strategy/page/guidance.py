"""Guidance: what to write in each section, with an example, and what is still open there."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from fieldkit.core.errors import N_
from fieldkit.qt.cards import Card
from fieldkit.qt.host import Host
from fieldkit.qt.journey import Outline, OutlineRow
from fieldkit.qt.layouts import ScrollPage
from fieldkit.qt.text import Label
from fieldkit.tools.strategy.rules import (
    ACTIONS,
    PAPER,
    PRIORITIES,
    PROBLEM,
    TITLE,
    VISION,
    Point,
)

WHAT = {
    TITLE: N_(
        "A title that says what will be different, not which technology comes. The period is "
        "short enough to be judged: two to four years."
    ),
    PROBLEM: N_(
        "What keeps people from doing their work well today, for whom, how often, and how it was "
        "seen. No products and no suppliers. Where something was counted, write the number."
    ),
    VISION: N_(
        "What a shift leader, an investigator and a citizen will notice in three years. Write in "
        "the present, two or three sentences, so that anybody can say later whether it came true."
    ),
    PRIORITIES: N_(
        "Three to five problems this strategy will solve, in the words of those who face them. "
        "Prefilled texts come from the answers: read each with the room, then confirm or rewrite."
    ),
    ACTIONS: N_(
        "An action answers one priority. Say what is done, which role is responsible and until "
        "when. Try it small first. Simple means often solve more than a new system."
    ),
    PAPER: N_(
        "The paper begins with one page for whoever decides. Everything else follows: the full "
        "text, where each priority came from, and who does what until when."
    ),
}
EXAMPLES = {
    TITLE: N_("One record, used by every station. Period: 2026 to 2028."),
    PROBLEM: N_(
        "The same report is typed into three systems. Of forty records looked at, nine had no "
        "place. Patrols write on paper first because the connection drops."
    ),
    VISION: N_(
        "Every station records once, on the day. Whoever decides with the help of a tool knows "
        "what it can do and what it cannot."
    ),
    PRIORITIES: N_("Investigators lose days matching the same person across four registers."),
    ACTIONS: N_(
        "Spot checks of ten records a month in two stations. Responsible: deputy head for "
        "operations. Until: end of June 2027."
    ),
    PAPER: N_("Hand over a draft as a Word file for comments, and the final text as a PDF."),
}


class Guidance(ScrollPage):
    """The right column: what to write here, an example, and what is still open."""

    picked = Signal(str)

    def __init__(self, host: Host) -> None:
        super().__init__(0)
        self._language = host.language
        self._what, self._what_text = Card(), Label("", "secondary")
        self._advice = Label("", "warning")
        self._example, self._example_text = Card(), Label("", "secondary")
        self._open, self._none = Card(), Label("", "ok")
        self._points = Outline()
        self._what.add(self._what_text, self._advice)
        self._example.add(self._example_text)
        self._open.add(self._none, self._points)
        self._open.body.setContentsMargins(12, 14, 6, 10)
        self._points.picked.connect(self.picked)
        self.body.setContentsMargins(0, 0, 6, 0)
        self.body.setSpacing(12)
        for card in (self._open, self._what, self._example):
            self.body.addWidget(card)
        self.body.addStretch(1)

    def show_section(self, section: str, advice: str = "") -> None:
        """Show what to write in a section; `advice` is a source text."""
        words = self._language.words
        self._what.set_title(words(N_("What to write")))
        self._what_text.setText(words(WHAT[section]))
        self._advice.setText(words(advice))
        self._advice.setVisible(bool(advice))
        self._example.set_title(words(N_("An example")))
        self._example_text.setText(words(EXAMPLES[section]))

    def show_points(self, section: str, points: Sequence[Point]) -> None:
        """Show what is open here; the paper shows everything that is."""
        words = self._language.words
        here = [p for p in points if section in (PAPER, p.section)]
        hint = words(N_("{here} here · {all} in all"), here=len(here), all=len(points))
        self._open.set_title(words(N_("Still open")), hint if points else "")
        self._none.setText(words(N_("✓ Nothing is open here.")))
        self._none.setVisible(not here)
        rows = [
            OutlineRow(
                f"{p.section}/{p.id}",
                words(p.text, code=p.code),
                state="error" if p.is_difference else "warning",
            )
            for p in here
        ]
        self._points.show_rows(rows)
