"""About: what fieldkit is for and what not, its versions, and whose work it stands on."""

import platform

import PySide6
from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QWidget

import fieldkit
from fieldkit.core.errors import N_
from fieldkit.qt.cards import Card
from fieldkit.qt.host import Host
from fieldkit.qt.tables import Table
from fieldkit.qt.text import Label
from fieldkit.workspace.workspace import Workspace

PARTS = (
    ("PySide6, Qt", "LGPL-3.0"),
    ("Python", "PSF-2.0"),
    ("SQLite", N_("public domain")),
    ("ReportLab", "BSD-3-Clause"),
    ("Babel", "BSD-3-Clause"),
    ("python-docx", "MIT"),
    ("platformdirs", "MIT"),
    ("arabic-reshaper", "MIT"),
    ("python-bidi", "LGPL-3.0"),
    ("Noto Sans", "OFL-1.1"),
    ("DejaVu Sans", N_("Bitstream Vera")),
)


class AboutCard(Card):
    """Says in a few sentences what the program does and never does, then versions and licences."""

    def __init__(self, ws: Workspace, host: Host, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._host = host
        sql = ws.store.database.sql
        self._versions = {
            "PySide6, Qt": f"{PySide6.__version__}, {qVersion()}",
            "Python": platform.python_version(),
            "SQLite": str(ws.run(lambda: sql.execute("SELECT sqlite_version()").fetchone()[0])),
        }
        self._purpose, self._guard = Label(), Label("", "strong")
        self._quiet = Label()
        self._licence = Label("", "secondary")
        self._parts = Table()
        self.add(self._purpose, self._guard, self._quiet, self._licence, self._parts)

    def retranslate(self) -> None:
        """Set the fixed texts."""
        words = self._host.language.words
        self.set_title(words("About fieldkit"), fieldkit.__version__)
        self._purpose.setText(
            words(
                "Fieldkit helps a police agency and those who support it to see where the agency"
                " stands, to choose what comes first and to draft a strategy the agency owns."
            )
        )
        self._guard.setText(
            words(
                "It does not rank agencies, and it does not score, rank or predict people. It"
                " offers no template for that."
            )
        )
        self._quiet.setText(
            words(
                "Nothing is sent anywhere by itself. Data leaves this computer only as a file you"
                " export or a paper you print."
            )
        )
        self._licence.setText(
            words(
                "Fieldkit is free software under the EUPL-1.2. You may use, study, share and"
                " change it. It uses the work of others:"
            )
        )
        rows = [(name, self._versions.get(name, ""), words(licence)) for name, licence in PARTS]
        head = (words("Part"), words("Version"), words("Licence"))
        self._parts.show_rows(head, rows, stretch=0)
        self._parts.setAccessibleName(words("Versions and licences"))
