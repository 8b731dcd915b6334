"""Language: swaps the words of the whole screen at once, Qt's own buttons and direction too."""

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from fieldkit.core.errors import N_
from fieldkit.core.i18n import Words

# Qt's texts that people meet, by Qt's source text; our catalogue wins over Qt's own.
STANDARD = {
    "OK": N_("OK"),
    "&OK": N_("OK"),
    "Save": N_("Save"),
    "&Save": N_("Save"),
    "Open": N_("Open"),
    "&Open": N_("Open"),
    "Cancel": N_("Cancel"),
    "&Cancel": N_("Cancel"),
    "Close": N_("Close"),
    "&Close": N_("Close"),
    "Apply": N_("Apply"),
    "Reset": N_("Reset"),
    "Help": N_("Help"),
    "Discard": N_("Discard"),
    "&Yes": N_("Yes"),
    "&No": N_("No"),
    "Retry": N_("Try again"),
    "Ignore": N_("Ignore"),
    "&Undo": N_("Undo"),
    "&Redo": N_("Redo"),
    "Cu&t": N_("Cut"),
    "&Copy": N_("Copy"),
    "&Paste": N_("Paste"),
    "Delete": N_("Delete"),
    "Select All": N_("Select all"),
    "&Select All": N_("Select all"),
    "Look in:": N_("Look in:"),
    "Directory:": N_("Folder:"),
    "File &name:": N_("File name:"),
    "Files of type:": N_("Kind of file:"),
    "&Choose": N_("Choose"),
    "&New Folder": N_("New folder"),
    "All Files (*)": N_("All files (*)"),
    "Back": N_("Back"),
    "Forward": N_("Forward"),
    "Parent Directory": N_("Folder above"),
    "Create New Folder": N_("New folder"),
}


class Language:
    """The one object that holds the screen's words; every page asks it, `use` swaps them."""

    def __init__(self, words: Words | None = None) -> None:
        """Start with these words, English without any."""
        self.words = words or Words()


class _Bridge(QTranslator):
    """Gives Qt's own buttons the words of our catalogue."""

    def __init__(self, words: Words, parent: QObject) -> None:
        super().__init__(parent)
        self._words = words

    def isEmpty(self) -> bool:
        """Say no: Qt sends no LanguageChange for an empty translator."""
        return False

    def translate(
        self,
        context: str,  # noqa: ARG002
        sourceText: str,  # noqa: N803
        disambiguation: str | None = None,  # noqa: ARG002
        n: int = -1,  # noqa: ARG002
    ) -> str | None:
        """Return our word for Qt's source text, or nothing, so that Qt's own catalogue answers."""
        ours = STANDARD.get(sourceText)
        if ours is None:
            return None
        said = self._words(ours)
        return None if said == ours and self._words.language != "en" else said


class _Installed(QObject):
    """Keeps the translators in force as a child of the application."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.translators: list[QTranslator] = []


def use(app: QApplication, language: Language, words: Words) -> None:
    """Show everything in these words from now on: texts, Qt's buttons, numbers, direction."""
    language.words = words
    locale = qt_locale(words)
    QLocale.setDefault(locale)
    app.setLayoutDirection(
        Qt.LayoutDirection.RightToLeft if words.is_rtl else Qt.LayoutDirection.LeftToRight
    )
    kept = app.findChild(_Installed)
    installed = kept if isinstance(kept, _Installed) else _Installed(app)
    for old in installed.translators:
        app.removeTranslator(old)
        old.deleteLater()
    installed.translators = [*_qt_catalogue(locale, installed), _Bridge(words, installed)]
    for new in installed.translators:
        app.installTranslator(new)


def qt_locale(words: Words) -> QLocale:
    """Return Qt's locale for a language, with European digits in every script as in reports."""
    first = QLocale(words.locale)
    if first.zeroDigit() == "0":
        return first
    same = QLocale.matchingLocales(first.language(), first.script(), QLocale.Country.AnyTerritory)
    return next((locale for locale in same if locale.zeroDigit() == "0"), first)


def _qt_catalogue(locale: QLocale, parent: QObject) -> list[QTranslator]:
    made = QTranslator(parent)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return [made] if made.load(locale, "qtbase", "_", folder) else []
