"""A page refreshes when it is seen, skips its own edits and retranslates on one event."""

from gettext import NullTranslations
from typing import ClassVar

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QStackedWidget

from fieldkit.core.changes import Changes
from fieldkit.core.errors import N_
from fieldkit.core.i18n import Words
from fieldkit.qt.bus import Bus
from fieldkit.qt.page import Page
from fieldkit.qt.text import Label
from fieldkit.qt.translate import Language, use


class Catalogue(NullTranslations):
    """A hand-written catalogue."""

    def __init__(self, texts: dict[str, str]) -> None:
        super().__init__()
        self.texts = texts

    def gettext(self, text: str) -> str:
        return self.texts.get(text, text)

    def ngettext(self, one: str, many: str, n: int) -> str:
        return self.gettext(one if n == 1 else many)

    def pgettext(self, context: str, text: str) -> str:
        return text


class Greeting(Page):
    shows: ClassVar[frozenset[str]] = frozenset({"answer"})

    def __init__(self, language: Language) -> None:
        super().__init__(language)
        self.label = Label(parent=self)
        self.refreshed = 0
        self.retranslate()

    def title(self) -> str:
        return self.words(N_("Hello"))

    def refresh(self) -> None:
        self.refreshed += 1

    def retranslate(self) -> None:
        self.label.setText(self.words(N_("Hello")))


def answered(by: object | None = None) -> Changes:
    return Changes(frozenset({"answer"}), by=by)


def test_a_page_fills_itself_when_first_shown(qtbot, language: Language) -> None:
    page = Greeting(language)
    qtbot.addWidget(page)
    assert page.refreshed == 0
    page.show()
    assert page.refreshed == 1


def test_a_visible_page_refreshes_only_for_what_it_shows(qtbot, language: Language) -> None:
    page, bus = Greeting(language), Bus()
    qtbot.addWidget(page)
    bus.committed.connect(page.hear)
    page.show()
    bus.committed.emit(answered())
    assert page.refreshed == 2
    bus.committed.emit(Changes(frozenset({"group"})))
    assert page.refreshed == 2


def test_a_page_skips_its_own_edits(qtbot, language: Language) -> None:
    page = Greeting(language)
    qtbot.addWidget(page)
    page.show()
    page.hear(answered(by=page))
    assert page.refreshed == 1


def test_a_hidden_page_goes_stale_and_refreshes_once_when_seen(qtbot, language: Language) -> None:
    page, stack = Greeting(language), QStackedWidget()
    qtbot.addWidget(stack)
    stack.addWidget(page)
    stack.addWidget(Greeting(language))
    stack.show()
    stack.setCurrentIndex(1)
    for _ in range(3):
        page.hear(answered())
    assert page.refreshed == 1
    stack.setCurrentIndex(0)
    assert page.refreshed == 2


def test_one_switch_retranslates_visible_and_hidden_pages_and_mirrors(
    qtbot, language: Language, dressed: QApplication, turn
) -> None:
    seen, hidden = Greeting(language), Greeting(language)
    qtbot.addWidget(seen)
    qtbot.addWidget(hidden)
    seen.show()
    use(dressed, language, Words("he", Catalogue({"Hello": "שלום"})))
    turn()
    assert seen.label.text() == hidden.label.text() == "שלום"
    assert seen.title() == "שלום"
    assert dressed.layoutDirection() == Qt.LayoutDirection.RightToLeft
    use(dressed, language, Words())
    turn()
    assert seen.label.text() == hidden.label.text() == "Hello"
    assert dressed.layoutDirection() == Qt.LayoutDirection.LeftToRight


def test_qt_s_own_buttons_speak_our_words_also_where_qt_has_none(
    qtbot, language: Language, dressed: QApplication, turn
) -> None:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    use(dressed, language, Words("hy", Catalogue({"Cancel": "Չեղարկել"})))
    turn()
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text() == "Չեղարկել"


def test_where_we_have_no_word_qt_s_own_answers(
    qtbot, language: Language, dressed: QApplication, turn
) -> None:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    use(dressed, language, Words("fr", Catalogue({})))
    turn()
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text() == "Annuler"


def test_numbers_keep_european_digits_in_arabic(language: Language, dressed: QApplication) -> None:
    use(dressed, language, Words("ar", Catalogue({})))
    assert QLocale().toString(123) == "123"
