"""Host: what every page is handed beside the workspace: words, look, dialogs, jobs, the way on."""

from collections.abc import Callable
from dataclasses import dataclass

from fieldkit.qt.dialogs import Dialogs
from fieldkit.qt.jobs import Jobs
from fieldkit.qt.theme import Look
from fieldkit.qt.translate import Language
from fieldkit.system.paths import Paths
from fieldkit.system.settings import Settings


@dataclass(slots=True)
class Host:
    """A page's surroundings; `go(command, subject)` leads elsewhere, `say` shows a short word."""

    language: Language
    look: Look
    dialogs: Dialogs
    jobs: Jobs
    paths: Paths
    settings: Settings
    go: Callable[[str, str], None]
    say: Callable[[str], None]
