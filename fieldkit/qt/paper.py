"""Paper: print or export anything; every typed text that would go out stands there with a tick."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from fieldkit.core.errors import N_, UserError
from fieldkit.core.ids import new_id
from fieldkit.qt.buttons import Button
from fieldkit.qt.cards import Banner, Card
from fieldkit.qt.dialogs import Dialog
from fieldkit.qt.form import Choices, ComboBox, Form
from fieldkit.qt.host import Host
from fieldkit.qt.jobs import Job, Progress
from fieldkit.qt.layouts import Columns, row
from fieldkit.qt.text import Label
from fieldkit.qt.theme import grown
from fieldkit.qt.ticks import PaperText, TextTicks

PDF = "pdf"
CANCELLED = "E_CANCELLED"


@dataclass(frozen=True, slots=True)
class PaperFormat:
    """A kind of file: its id, its source name and its ending."""

    id: str
    name: str
    suffix: str


@dataclass(frozen=True, slots=True)
class PaperWish:
    """What was chosen: kind of file, language, the ids of texts left out, and where to."""

    format: str
    language: str
    withheld: frozenset[str]
    target: Path


@dataclass(frozen=True, slots=True)
class PaperMade:
    """What was written: bytes, pages, and characters no font could draw."""

    size: int
    pages: int = 0
    missing: str = ""


Make = Callable[[PaperWish, Progress], PaperMade]


@dataclass(frozen=True, slots=True)
class PaperOffer:
    """What can be printed; `make` works on another thread, so it may hold only plain values."""

    title: str
    stem: str
    make: Make
    formats: Sequence[PaperFormat]
    languages: Sequence[tuple[str, str]]
    language: str
    texts: Sequence[PaperText] = ()


def can_preview() -> bool:
    """Say whether this installation can show a PDF by itself."""
    return find_spec("PySide6.QtPdf") is not None


class PaperDialog(Dialog):
    """Print or export: kind of file, language, what goes out; preview, print, save."""

    def __init__(self, over: QWidget, host: Host, offer: PaperOffer) -> None:
        super().__init__(over)
        self.setAttribute(self.dies_when_closed)
        self._host, self._offer = host, offer
        self._written: Path | None = None
        self._job: Job[PaperMade] | None = None
        self._is_leaving = False
        self.formats = Choices()
        self.languages = ComboBox()
        self.ticks = TextTicks(host.language.words, offer.texts)
        self.banner = Banner()
        self.banner.acted.connect(self._on_show_in_folder)
        self._count = Label("", "hint")
        self._build()
        self._fill()
        self.ticks.itemChanged.connect(self._on_ticked)
        self._on_ticked()
        self._fit(over)

    def _fit(self, over: QWidget) -> None:
        room = over.window().size()
        wide, high = min(grown(900), room.width() - 24), min(grown(560), room.height() - 24)
        self.resize(max(wide, 480), max(high, 360))

    def _build(self) -> None:
        words = self._host.language.words
        form = Form(self._host.language)
        form.row(N_("Kind of file"), self.formats)
        form.row(N_("Language of the paper"), self.languages)
        form.body.addStretch(1)
        texts = Card()
        texts.set_title(words(N_("What people typed")))
        text = N_(
            "Untick what must not leave. Marked texts look like a person, a case or a number."
        )
        self.marked = Button(words(N_("Untick all marked")))
        self.all = Button(words(N_("Tick all")))
        self.marked.clicked.connect(self.ticks.leave_out_marked)
        self.all.clicked.connect(self.ticks.tick_all)
        texts.add(Label(words(text), "hint"))
        texts.body.addWidget(self.ticks, 1)
        texts.add(self._count, row(self.marked, self.all, None))
        texts.setVisible(bool(self._offer.texts))
        both = Columns(620)
        both.add(form, 2)
        both.add(texts, 3)
        self.body.addWidget(Label(self._offer.title, "title"))
        self.body.addWidget(both, 1)
        self.body.addWidget(self.banner)
        self._add_buttons()
        self.name(self._offer.title)

    def _add_buttons(self) -> None:
        words = self._host.language.words
        self.preview = Button(words(N_("Preview and print…")), icon="print")
        self.save = Button(words(N_("Save as a file…")), "primary")
        self.close_button = Button(words(N_("Close")))
        self.preview.clicked.connect(self._on_preview)
        self.save.clicked.connect(self._on_save)
        self.close_button.clicked.connect(self.reject)
        self.preview.setVisible(can_preview())
        self.add_buttons(self.close_button, None, self.preview, self.save)

    def _fill(self) -> None:
        words = self._host.language.words
        self.formats.offer([(one.id, words(one.name)) for one in self._offer.formats])
        self.formats.put(self._offer.formats[0].id)
        self.languages.offer(list(self._offer.languages))
        self.languages.put(self._offer.language)

    @Slot()
    def _on_ticked(self) -> None:
        words, texts = self._host.language.words, self._offer.texts
        marked = sum(bool(one.warnings) for one in texts)
        kept = len(texts) - len(self.ticks.withheld)
        said = words(N_("{n} of {all} texts go out."), n=kept, all=len(texts))
        if marked:
            looks = words.plural(
                N_("{n} looks like a person, a case or a number."),
                N_("{n} look like a person, a case or a number."),
                marked,
            )
            said = f"{said} {looks}"
        self._count.setText(said)
        self.marked.setEnabled(bool(marked))

    def wish(self, target: Path, format_id: str = "") -> PaperWish:
        """Return what is chosen, for a file."""
        language = str(self.languages.value() or self._offer.language)
        chosen = format_id or str(self.formats.value())
        return PaperWish(chosen, language, self.ticks.withheld, target)

    @Slot()
    def _on_save(self) -> None:
        suffix = {one.id: one.suffix for one in self._offer.formats}[str(self.formats.value())]
        place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        suggested = Path(place) / (file_name(self._offer.stem) + suffix)
        title = self._host.language.words(N_("Save the paper"))
        self._host.dialogs.save_file(self, title, suggested, self._save_to)

    def _save_to(self, target: Path) -> None:
        self._run(self.wish(target), partial(self._on_saved, target))

    @Slot()
    def _on_preview(self) -> None:
        folder = self._host.paths.staging
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / f"preview-{new_id()}.pdf"
        self._run(self.wish(target, PDF), partial(self._on_previewed, target))

    def _run(self, wish: PaperWish, done: Callable[[PaperMade], None]) -> None:
        self.banner.hide()
        self._allow(False)
        work = partial(self._offer.make, wish)
        run = self._host.jobs.run
        self._job = run(work, done, self._on_failed, self._on_cancelled, over=self)

    def reject(self) -> None:
        """Close; work under way is stopped first."""
        if self._job is None:
            super().reject()
        else:
            self._is_leaving = True
            self._job.cancel()

    def _rest(self) -> None:
        """Take the end of the work: buttons answer again, or the dialog closes."""
        self._job = None
        self._allow(True)
        if self._is_leaving:
            super().reject()

    def _allow(self, allowed: bool) -> None:
        self.save.setEnabled(allowed)
        self.preview.setEnabled(allowed)

    def _on_saved(self, target: Path, made: PaperMade) -> None:
        words = self._host.language.words
        self._rest()
        self._written = target
        parts = [words(N_("{name} is written."), name=target.name)]
        if made.pages:
            parts.append(words.plural(N_("{n} page."), N_("{n} pages."), made.pages))
        parts.append(words(N_("{n} kB."), n=words.number(-(-made.size // 1024))))
        if made.missing:
            text = N_("These characters could not be printed: {chars}")
            parts.append(words(text, chars=made.missing[:40]))
        kind = "warning" if made.missing else "ok"
        self.banner.show_message(kind, " ".join(parts), words(N_("Show in folder")))

    def _on_previewed(self, target: Path, _: PaperMade) -> None:
        from fieldkit.qt.preview import PreviewDialog  # noqa: PLC0415  (QtPdf, only when asked for)

        self._rest()
        PreviewDialog(self, self._host, target).open()

    def _on_failed(self, error: UserError) -> None:
        self._rest()
        if error.code == CANCELLED:
            self._on_cancelled()
        else:
            self._host.dialogs.error(self, error)

    def _on_cancelled(self) -> None:
        self._rest()
        said = self._host.language.words(N_("Stopped. Nothing was written."))
        self.banner.show_message("warning", said)

    @Slot()
    def _on_show_in_folder(self) -> None:
        if self._written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written.parent)))


def file_name(text: str) -> str:
    """Return a text as a file name every system accepts."""
    kept = "".join(c if c.isalnum() or c in " -_" else " " for c in text)
    return " ".join(kept.split())[:80] or "fieldkit"
