"""The whole window on the sample, with a colleague's bundle to preview and a difference to settle."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import shiboken6
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fieldkit.core.ids import ScopeId
from fieldkit.qt.bus import Bus
from fieldkit.qt.dialogs import PreparedDialogs
from fieldkit.qt.host import Host
from fieldkit.system.paths import Paths
from fieldkit.tools import schema
from fieldkit.tools.assessment import operations as assessment
from fieldkit.tools.sample.operations import load_sample
from fieldkit.ui.main_window import MainWindow
from fieldkit.workspace import intake, transfer
from fieldkit.workspace.pen import Clock
from fieldkit.workspace.workspace import Workspace, system_clock
from tests.pages import Went, prepared_host, settle

ROOMS = ("overview", "profile", "assess", "results", "strategy", "exchange", "settings",
         "engagements")  # fmt: skip
VIEWS = (*ROOMS, "new", "export", "preview", "settle")
NOWHERE = ScopeId("")
WAIT = dt.timedelta(seconds=30)


@dataclass
class House:
    """One window on one workspace, and how to get about in it."""

    app: QApplication
    window: MainWindow
    ws: Workspace
    host: Host
    sample: ScopeId = NOWHERE
    bundle: Path = Path()

    @property
    def dialogs(self) -> PreparedDialogs:
        """What was asked and told."""
        assert isinstance(self.host.dialogs, PreparedDialogs)
        return self.host.dialogs

    @property
    def round(self) -> ScopeId:
        """The first round of the engagement."""
        return self.ws.scopes("assessment", self.sample)[0].id

    @property
    def strategy(self) -> ScopeId:
        """The first strategy of the engagement."""
        return self.ws.scopes("strategy", self.sample)[0].id

    def wait(self) -> None:
        """Wait for every job and let layouts come to rest."""
        limit = dt.datetime.now(dt.UTC) + WAIT
        while self.host.jobs.is_busy:
            self.app.processEvents()
            assert dt.datetime.now(dt.UTC) < limit
        settle()

    def show(self, view: str) -> None:
        """Show a room or one of the steps inside it."""
        commands: dict[str, tuple[str, str]] = {
            "new": ("engagement.new", ""),
            "export": ("exchange.export", ""),
            "preview": ("exchange.import", str(self.bundle)),
            "settle": ("exchange.settle", ""),
            "exchange": ("exchange.start", ""),
        }
        self.window.go(*commands.get(view, (view, "")))
        self.wait()
        self.front()

    def front(self) -> None:
        """Bring the window to the front, as after a dialog closed."""
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)


@contextmanager
def house_in(
    app: QApplication, folder: Path, *, clock: Clock = system_clock, patience: float | None = None,
) -> Iterator[House]:  # fmt: skip
    """Open the whole window on an empty home."""
    paths = Paths.at(folder)
    with (
        Workspace.open(paths, schema(), clock=clock, patience=patience) as ws,
        prepared_host(app, paths, Went()) as host,
    ):
        bus = Bus()
        ws.listen(bus.committed.emit)
        window = MainWindow(ws, host, bus)
        bus.setParent(window)
        window.resize(1280, 800)
        window.show()
        window.activateWindow()
        house = House(app, window, ws, host)
        try:
            window.start(None, "")
            settle()
            yield house
            house.wait()
            window.close()
        finally:
            shiboken6.delete(window)


def furnish(house: House) -> None:
    """Open the sample."""
    house.sample = load_sample(house.ws, house.host.paths.resources)
    house.window.go("engagement.open", house.sample)
    settle()


def differ(house: House, folder: Path) -> None:
    """Let a colleague change what we change too, hand it back, and then send one bundle more."""
    ws, sample = house.ws, house.sample
    stick = folder / "stick"
    stick.mkdir()

    def parcel(source: Workspace) -> Path:
        given = transfer.Parcel(transfer.family(source, sample), "Sample", {})
        return transfer.export(source, given, stick).path

    with Workspace.open(Paths.at(folder / "two"), schema(), label="Mission laptop 3") as two:
        intake.apply(two, intake.preview(two, parcel(ws)))
        assessment.write(two, house.round, "DAT.1", "comment", "Seen in two stations")
        assessment.write(ws, house.round, "DAT.1", "comment", "Seen in one station")
        intake.apply(ws, intake.preview(ws, parcel(two)))
        assessment.write(two, house.round, "LDR.1", "comment", "One thing more")
        assessment.write(ws, house.round, "LDR.1", "comment", "One thing less")
        house.bundle = parcel(two)
    settle()
