"""Two laptops with one training engagement, bundles between them, and a page to look at it."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from fieldkit.content import Pack, load_pack
from fieldkit.core.ids import ScopeId
from fieldkit.core.op import Value
from fieldkit.qt.dialogs import PreparedDialogs
from fieldkit.qt.fonts import load_fonts
from fieldkit.qt.host import Host
from fieldkit.qt.jobs import Jobs
from fieldkit.qt.theme import LIGHT, Look, look
from fieldkit.qt.translate import Language, use
from fieldkit.system.paths import Paths, shared_folder
from fieldkit.system.settings import Settings
from fieldkit.system.translations import words
from fieldkit.tools import schema
from fieldkit.tools.assessment import operations as assessment
from fieldkit.tools.engagement import operations as engagements
from fieldkit.tools.engagement.model import Engagement, Group
from fieldkit.tools.strategy import operations as strategies
from fieldkit.workspace import intake, transfer
from fieldkit.workspace.workspace import Workspace

TEXT = "Data arrives late.\n\nNobody owns it.\n\nStaff retype everything.\n"
STEP = dt.timedelta(days=1)


class Clock:
    """A claimed time that moves only when told."""

    def __init__(self) -> None:
        self.now = dt.datetime(2026, 3, 18, 9, 0, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.now


@dataclass
class Pair:
    """Two laptops that hold the same engagement, a round and a strategy."""

    one: Workspace
    two: Workspace
    stick: Path
    clock: Clock
    engagement: ScopeId
    round: ScopeId
    strategy: ScopeId

    def bundle(self, ws: Workspace) -> Path:
        """Export everything of the engagement."""
        scopes = transfer.family(ws, self.engagement)
        titles = {self.engagement: "Sample Police", self.round: "First round"}
        return transfer.export(ws, transfer.Parcel(scopes, "Sample", titles), self.stick).path

    def hand(self, source: Workspace, target: Workspace) -> int:
        """Export and import, without any page."""
        return intake.apply(target, intake.preview(target, self.bundle(source))).number

    def disagree(self) -> None:
        """Let both answer DAT.1, one and two differently."""
        self.clock.now += STEP
        assessment.answer(self.one, self.round, "DAT.1", 1, reason="Two regions send sheets.")
        self.clock.now += STEP
        assessment.answer(self.two, self.round, "DAT.1", 2, reason="Standards were adopted.")

    def disagree_in_text(self, one: str, two: str) -> None:
        """Let both change the problem of the strategy."""
        strategies.write(self.one, self.strategy, "problem", one)
        strategies.write(self.two, self.strategy, "problem", two)

    def answer(self, ws: Workspace, question: str = "DAT.1") -> dict[str, Value]:
        """Return what stands in an answer."""
        found = [r for r in ws.records(self.round, "answer") if r.text("question") == question]
        return dict(found[0].fields) if found else {}


@cache
def question_set() -> Pack:
    """Read the question set once."""
    return load_pack(shared_folder() / "resources" / "content" / "assessment")


@contextmanager
def pair_in(folder: Path) -> Iterator[Pair]:
    """Open two laptops; the second got everything by a bundle."""
    clock = Clock()
    homes = Paths.at(folder / "one"), Paths.at(folder / "two")
    stick = folder / "stick"
    stick.mkdir()
    with (
        Workspace.open(homes[0], schema(), clock=clock, label="Laptop one") as one,
        Workspace.open(homes[1], schema(), clock=clock, label="Laptop two") as two,
    ):
        groups = (Group("Command", "leadership", 4),)
        profile = Engagement("Sample Police", training=True)
        engagement = engagements.create(one, profile, groups=groups)[0]
        plan = assessment.RoundPlan("First round")
        round_ = assessment.start_round(one, engagement, question_set(), plan)[0]
        draft = strategies.Plan("Draft", Language().words)
        strategy = strategies.start_empty(one, engagement, draft)[0]
        strategies.write(one, strategy, "problem", TEXT)
        pair = Pair(one, two, stick, clock, engagement, round_, strategy)
        pair.hand(one, two)
        yield pair


@dataclass
class Desk:
    """The surroundings of a page, and what it said and where it led."""

    app: QApplication
    host: Host
    dialogs: PreparedDialogs
    said: list[str] = field(default_factory=list)
    went: list[tuple[str, str]] = field(default_factory=list)

    def speak(self, tag: str) -> None:
        """Change the language of the screen."""
        use(self.app, self.host.language, words(tag, self.host.paths.translations))

    def wait(self) -> None:
        """Wait for every job and let layouts come to rest."""
        done: Callable[[], bool] = lambda: not self.host.jobs.is_busy  # noqa: E731
        limit = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=30)
        while not done():
            self.app.processEvents()
            assert dt.datetime.now(dt.UTC) < limit
        for _ in range(4):
            self.app.processEvents()
        QCoreApplication.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))


@cache
def dressed(app: QApplication) -> Look:
    """Put the bundled fonts and the light look in force, once."""
    load_fonts(app, shared_folder() / "resources" / "fonts")
    look().use(LIGHT, 100)
    return look()


@contextmanager
def desk_for(app: QApplication, ws: Workspace, engagement: str = "") -> Iterator[Desk]:
    """Lay out the surroundings of one page; afterwards all is light and English again."""
    force = dressed(app)
    language = Language()
    dialogs = PreparedDialogs()
    said: list[str] = []
    went: list[tuple[str, str]] = []

    def go(command: str, subject: str) -> None:
        went.append((command, subject))

    host = Host(
        language, force, dialogs, Jobs(language), ws.paths, Settings(engagement=engagement),
        go, said.append,
    )  # fmt: skip
    yield Desk(app, host, dialogs, said, went)
    host.jobs.stop()
    use(app, Language(), Language().words)
    if (force.mode, force.percent) != (LIGHT, 100):
        force.use(LIGHT, 100)
