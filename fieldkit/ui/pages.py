"""PAGES: every room of the window, with how to make its page when it is first shown."""

from collections.abc import Callable
from dataclasses import dataclass

from fieldkit.core.errors import N_
from fieldkit.core.ids import ScopeId
from fieldkit.qt.host import Host
from fieldkit.qt.page import Page
from fieldkit.ui.sidebar import Room
from fieldkit.workspace.workspace import Workspace


class RoomPage(Page):
    """What the window asks of a page beside showing itself."""

    def open(self, subject: ScopeId) -> None:
        """Show an engagement, or one of its rounds or strategies."""

    def command(self, command: str, subject: str) -> None:
        """Do what was asked from elsewhere."""

    def flush(self) -> None:
        """Write what is half typed."""


Make = Callable[[Workspace, Host], Page]


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One room: its plate on the rail (none for rooms off the rail) and its maker."""

    id: str
    make: Make
    room: Room | None = None
    needs_engagement: bool = True


# Pages are imported when first shown, so that the window opens fast (decisions 35).


def _overview(ws: Workspace, host: Host) -> Page:
    from fieldkit.ui.home_page import HomePage

    return HomePage(ws, host)


def _engagements(ws: Workspace, host: Host) -> Page:
    from fieldkit.tools.engagement.page import EngagementsPage

    return EngagementsPage(ws, host)


def _profile(ws: Workspace, host: Host) -> Page:
    from fieldkit.tools.engagement.page import ProfilePage

    return ProfilePage(ws, host)


def _assess(ws: Workspace, host: Host) -> Page:
    from fieldkit.tools.assessment.page import AssessPage

    return AssessPage(ws, host)


def _results(ws: Workspace, host: Host) -> Page:
    from fieldkit.tools.assessment.page import ResultsPage

    return ResultsPage(ws, host)


def _strategy(ws: Workspace, host: Host) -> Page:
    from fieldkit.tools.strategy.page import StrategyPage

    return StrategyPage(ws, host)


def _exchange(ws: Workspace, host: Host) -> Page:
    from fieldkit.ui.exchange_page import ExchangePage

    return ExchangePage(ws, host)


def _settings(ws: Workspace, host: Host) -> Page:
    from fieldkit.ui.settings_page import SettingsPage

    return SettingsPage(ws, host)


def sample(ws: Workspace, host: Host) -> ScopeId:
    """Return the sample engagement, made where it is not there yet."""
    from fieldkit.tools.sample.operations import load_sample

    return load_sample(ws, host.paths.resources)


WORK, SHARED = N_("Work"), N_("Shared")

PAGES = (
    PageEntry("overview", _overview, Room("overview", N_("Overview"), "overview")),
    PageEntry("profile", _profile, Room("profile", N_("Agency and groups"), "people", WORK)),
    PageEntry("assess", _assess, Room("assess", N_("Assess"), "assess", WORK)),
    PageEntry("results", _results, Room("results", N_("Results"), "results", WORK)),
    PageEntry("strategy", _strategy, Room("strategy", N_("Strategy"), "strategy", WORK)),
    PageEntry(
        "exchange", _exchange, Room("exchange", N_("Exchange"), "exchange", SHARED),
        needs_engagement=False,
    ),
    PageEntry(
        "settings", _settings, Room("settings", N_("Settings"), "settings", SHARED),
        needs_engagement=False,
    ),
    PageEntry("engagements", _engagements, needs_engagement=False),
)  # fmt: skip
