"""Findings: votes, groups, limits, first steps and the change since an earlier round, as tables."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldkit.core.errors import N_
from fieldkit.qt.figure import FigureWithTable
from fieldkit.qt.layouts import column
from fieldkit.qt.tables import Table
from fieldkit.qt.text import Label
from fieldkit.qt.translate import Language
from fieldkit.tools.assessment.rules.figures import agreement_figure
from fieldkit.tools.assessment.rules.rounds import LEFT_OUT
from fieldkit.tools.assessment.rules.wording import Wording, shown_day

WIDE = 720.0


@dataclass(frozen=True, slots=True)
class Listing:
    """A table with what stands above it; without rows only `about` is shown."""

    about: str
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    refs: tuple[str, ...] = ()
    wide: int = 0


class Finding(QWidget):
    """One listing on screen; a row leads to its sum."""

    asked = Signal(str)

    def __init__(self, read: Callable[[Wording], Listing], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._read = read
        self._about = Label("", "secondary")
        self.table = Table()
        self.table.picked.connect(self.asked)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._about)
        whole.addWidget(self.table)

    def show_results(self, wording: Wording) -> None:
        """Show the listing for a round."""
        found = self._read(wording)
        self._about.setText(found.about)
        self.table.setVisible(bool(found.rows))
        self.table.show_rows(found.head, found.rows, found.refs, stretch=found.wide)
        self.table.setAccessibleName(found.about)


class Rooms(QWidget):
    """How the room voted where it agreed least, and the questions groups see differently."""

    asked = Signal(str)

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._about = Label("", "secondary")
        self.chart = FigureWithTable(language)
        self.chart.clicked.connect(self.asked)
        self._title = Label("", "heading")
        self.groups = Finding(group_listing)
        self.groups.asked.connect(self.asked)
        self.setLayout(column(self._about, self.chart, self._title, self.groups, None, spacing=12))

    def show_results(self, wording: Wording) -> None:
        """Show the votes of a round, as far as they may be shown."""
        words, held = wording.words, wording.results
        known = bool(held.agreements)
        said = N_("Groups with fewer than {limit} votes are counted with others.")
        if not known:
            said = N_("No votes that may be shown: rooms with fewer than {limit} stay hidden.")
        self._about.setText(words(said, limit=held.limit))
        self.chart.setVisible(known)
        self._title.setVisible(known)
        self.groups.setVisible(known)
        if known:
            self.chart.show_figure(agreement_figure(wording, WIDE))
            self._title.setText(words(N_("Where groups see it differently")))
            self.groups.show_results(wording)


def group_listing(wording: Wording) -> Listing:
    """Return the questions on which the middles of groups lie two levels or more apart."""
    words, held = wording.words, wording.results.perceptions
    if not held:
        text = N_("No two groups large enough to show are two levels or more apart.")
        return Listing(words(text))
    rows = tuple((wording.titled(one.question), str(one.gap), wording.middles(one)) for one in held)
    head = _said(wording, N_("Question"), N_("Levels apart"), N_("Middle of each group"))
    about = words(N_("The middle of each group lies two levels or more apart."))
    return Listing(about, head, rows, tuple(one.question for one in held))


def limit_listing(wording: Wording) -> Listing:
    """Return what holds what back, and where evidence supports less than was said."""
    words, results = wording.words, wording.results
    held = (*results.limits, *results.evidence_limits)
    if not held:
        return Listing(words(N_("Nothing holds anything back.")))
    rows = tuple((wording.names.get(one.held, one.held), wording.limit(one)) for one in held)
    head = _said(wording, N_("What is held"), N_("Why"))
    about = words(N_("Foundations and gate questions hold back what stands on them."))
    return Listing(about, head, rows, tuple(one.held for one in held), wide=1)


def step_listing(wording: Wording) -> Listing:
    """Return the first realistic step for everything that counts as level 1 or 2."""
    words, held = wording.words, wording.results.weaknesses
    if not held:
        return Listing(words(N_("No question counts as level 1 or 2.")))
    rows = tuple(
        (wording.titled(one.question), str(one.level), wording.first_step(one.question))
        for one in held
    )
    head = _said(wording, N_("Question"), N_("Counts as"), N_("First realistic step"))
    about = words(N_("One realistic step for everything that counts as level 1 or 2."))
    return Listing(about, head, rows, tuple(one.question for one in held), wide=2)


def change_listing(wording: Wording) -> Listing:
    """Return each area and each changed question beside an earlier round."""
    words, earlier = wording.words, wording.results.earlier
    if earlier is None:
        text = N_("There is no other round to look at. Compare rounds as soon as there are two.")
        return Listing(words(text))
    known = wording.results.checklist
    day = shown_day(earlier.day, words)
    about = words(N_("Beside {round}, {day}. No order is meant."), round=earlier.title, day=day)
    areas = [c for c in earlier.comparison.dimensions.values()
             if c.dimension in known.dimension_by_id]  # fmt: skip
    changed = [c for c in earlier.comparison.questions.values()
               if c.difference and c.question in known.by_id]  # fmt: skip
    rows = [(wording.name(c.dimension), wording.score(c.before), wording.score(c.after))
            for c in areas]  # fmt: skip
    rows += [(wording.titled(c.question), str(c.before), str(c.after)) for c in changed]
    refs = (*(c.dimension for c in areas), *(c.question for c in changed))
    why = N_("{reason} Questions: {n}.")
    left = [words(why, reason=words(LEFT_OUT[k]), n=n)
            for k, n in earlier.comparison.left_out.items()]  # fmt: skip
    head = _said(wording, N_("Area or changed question"), N_("Then"), N_("Now"))
    return Listing(" ".join((about, *left)), head, tuple(rows), refs)


def _said(wording: Wording, *texts: str) -> tuple[str, ...]:
    return tuple(wording.words(text) for text in texts)


READERS: Sequence[tuple[str, str, Callable[[Wording], Listing]]] = (
    ("limits", N_("What holds what back"), limit_listing),
    ("steps", N_("First steps"), step_listing),
    ("rounds", N_("Between rounds"), change_listing),
)
