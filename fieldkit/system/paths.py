"""Paths: where everything lies, from one home folder."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import platformdirs

PACKAGE = Path(__file__).resolve().parent.parent
PORTABLE_MARK = "portable.txt"


def program_folder() -> Path:
    """Return the folder the program was started from (beside the frozen binary, or the sources)."""
    return Path(sys.executable).parent if getattr(sys, "frozen", False) else PACKAGE.parent


def shared_folder() -> Path:
    """Return the folder of resources and translations: frozen, installed or in a checkout."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        return Path(frozen)
    installed = PACKAGE / "_shared"
    return installed if installed.is_dir() else PACKAGE.parent


@dataclass(frozen=True, slots=True)
class Paths:
    """Every place fieldkit reads or writes, derived from the home folder and the shared folder."""

    home: Path
    shared: Path
    leases: Path
    portable: bool = False

    @classmethod
    def at(cls, home: Path | None = None) -> "Paths":
        """Return the places for a home folder; without one the portable or the user's own."""
        if home is not None:
            root = home.resolve()
            return cls(root, shared_folder(), root / "leases")
        beside = program_folder()
        if (beside / PORTABLE_MARK).exists():
            root = beside / "data"
            return cls(root, shared_folder(), root / "leases", portable=True)
        state = Path(platformdirs.user_state_dir("fieldkit", appauthor=False))
        data = Path(platformdirs.user_data_dir("fieldkit", appauthor=False))
        return cls(data, shared_folder(), state / "leases")

    def make(self) -> None:
        """Create the folders of a home that does not exist yet, readable by their owner only."""
        for folder in (self.home, self.blobs, self.backups, self.inbox, self.staging, self.log):
            folder.mkdir(parents=True, exist_ok=True)
        if os.name == "posix":
            self.home.chmod(0o700)

    @property
    def workspace(self) -> Path:
        """The store file."""
        return self.home / "workspace.db"

    @property
    def blobs(self) -> Path:
        """Attachments, named by their hash."""
        return self.home / "blobs"

    @property
    def backups(self) -> Path:
        """Numbered full bundles."""
        return self.home / "backups"

    @property
    def inbox(self) -> Path:
        """Copies of bundles while they are read."""
        return self.home / "inbox"

    @property
    def staging(self) -> Path:
        """Unpacked bundles before they are accepted."""
        return self.home / "staging"

    @property
    def log(self) -> Path:
        """Log files without any content."""
        return self.home / "log"

    @property
    def settings(self) -> Path:
        """What the user chose."""
        return self.home / "settings.json"

    @property
    def window_state(self) -> Path:
        """Where the window stood."""
        return self.home / "window.json"

    @property
    def resources(self) -> Path:
        """Content, icons, themes, fonts, help and sample."""
        return self.shared / "resources"

    @property
    def translations(self) -> Path:
        """The catalogues, one folder a language."""
        return self.shared / "translations"
