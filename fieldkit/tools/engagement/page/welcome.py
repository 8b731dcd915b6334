"""The first start: the language, three ways to begin, and where the data stays."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from fieldkit.core.errors import N_
from fieldkit.qt.buttons import Button, Tile
from fieldkit.qt.host import Host
from fieldkit.qt.icons import IconMark
from fieldkit.qt.layouts import Columns, FlowLayout, ScrollPage, column, row
from fieldkit.qt.text import Label
from fieldkit.system.translations import available

WAYS = (
    (
        "sample",
        "assess",
        N_("Open the sample"),
        N_("A made-up police service with a finished first round. Look around, change anything."),
    ),
    (
        "new",
        "add",
        N_("New engagement"),
        N_("Enter the agency you work with, or begin a training with made-up data."),
    ),
    (
        "import",
        "import",
        N_("Import a bundle"),
        N_("A colleague gave you a file on a stick. You see what is in it before it is taken in."),
    ),
)


class Way(Tile):
    """One way to begin: a picture, a name and a sentence."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self.setCheckable(False)
        self._title = Label("", "heading")
        self._text = Label("", "secondary")
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 16)
        box.setSpacing(8)
        box.addWidget(IconMark(icon, "primary", 28))
        box.addWidget(self._title)
        box.addWidget(self._text)
        box.addStretch(1)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.pass_clicks_through()

    def set_texts(self, title: str, text: str) -> None:
        """Name the way and say where it leads."""
        self._title.setText(title)
        self._text.setText(text)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        """Say that the text wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height the wrapped text needs."""
        held = self.layout()
        return held.totalHeightForWidth(width) if held else super().heightForWidth(width)


class Welcome(ScrollPage):
    """Greets, lets the language be chosen and offers the three ways to begin."""

    chosen = Signal(str)

    def __init__(self, host: Host) -> None:
        super().__init__()
        self._host = host
        self._title = Label("", "big")
        self._text = Label("", "secondary")
        self._languages = Label("", "strong")
        self._privacy = Label("", "secondary")
        self.tongues: dict[str, Button] = {}
        self.ways = {name: Way(icon) for name, icon, _, _ in WAYS}
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        held = QWidget()
        flow = FlowLayout(held)
        for one in available(self._host.paths.translations):
            button = Button(one.name)
            button.setCheckable(True)
            button.clicked.connect(self._on_language)
            self.tongues[one.tag] = button
            flow.addWidget(button)
        ways = Columns(640)
        for way in self.ways.values():
            way.clicked.connect(self._on_way)
            ways.add(way)
        lock = row(spacing=10)
        lock.addWidget(IconMark("lock", "ok", 20), 0, Qt.AlignmentFlag.AlignTop)
        lock.addWidget(self._privacy, 1)
        self.body.setSpacing(24)
        self.body.addSpacing(12)
        self.body.addLayout(column(self._title, self._text, spacing=6))
        self.body.addLayout(column(self._languages, held, spacing=6))
        self.body.addWidget(ways)
        self.body.addLayout(lock)
        self.body.addStretch(1)

    def retranslate(self) -> None:
        """Set every text; the languages name themselves."""
        words = self._host.language.words
        self._title.setText(words(N_("Welcome to Fieldkit")))
        self._text.setText(
            words(N_("See together where a police service stands, and agree what comes first."))
        )
        self._languages.setText(words(N_("Language")))
        self._privacy.setText(
            words(
                N_(
                    "Everything stays on this computer. Nothing is ever sent by itself; you hand"
                    " data on as a file, when you choose to."
                )
            )
        )
        names = {one.tag: one.name for one in available(self._host.paths.translations)}
        for tag, button in self.tongues.items():
            is_on = tag == words.language
            button.setChecked(is_on)
            button.set_text(f"✓ {names[tag]}" if is_on else names[tag], names[tag])
        for name, _, title, text in WAYS:
            self.ways[name].set_texts(words(title), words(text))

    def _on_language(self) -> None:
        sender = self.sender()
        tag = next(tag for tag, button in self.tongues.items() if button is sender)
        self._host.go("settings.language", tag)
        self.retranslate()

    def _on_way(self) -> None:
        sender = self.sender()
        self.chosen.emit(next(name for name, way in self.ways.items() if way is sender))
