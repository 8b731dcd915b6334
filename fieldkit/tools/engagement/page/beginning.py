"""A new engagement: one form, of which only the name is needed, written as one command."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from fieldkit.core.errors import N_
from fieldkit.qt.buttons import Button
from fieldkit.qt.cards import Card
from fieldkit.qt.form import Check, Choices, ComboBox, Form
from fieldkit.qt.host import Host
from fieldkit.qt.layouts import Columns, ScrollPage, column, row
from fieldkit.qt.text import LineEdit
from fieldkit.qt.theme import set_role
from fieldkit.tools.engagement.model import RESTRICTED, Engagement, Lists, choice
from fieldkit.tools.engagement.operations import lists
from fieldkit.tools.engagement.page.fields import LanguagesField, PlaceField, paper_languages
from fieldkit.tools.engagement.page.terms import TermsFields


class NewEngagement(QWidget):
    """Asks who we work with; nothing exists until Create is pressed."""

    planned = Signal(object)
    left = Signal()

    def __init__(self, host: Host) -> None:
        super().__init__()
        self._host = host
        self._lists: Lists = lists(host.paths.resources)
        self.agency = LineEdit()
        self.training = Choices()
        self.kind, self.size_band = ComboBox(), ComboBox()
        self.place = PlaceField()
        self.languages = LanguagesField()
        self.doc_language, self.second_language = ComboBox(), ComboBox()
        self.classification = Choices()
        self.non_attribution = Check()
        self.terms = TermsFields(host.language)
        self.done, self.cancel = Button(role="primary"), Button()
        self._who, self._terms, self._more = Card(), Card(), Card()
        self._scroll = ScrollPage()
        self._fill()
        self._lay_out()
        self._connect()
        self.retranslate()
        self.clear()

    def _fill(self) -> None:
        who = Form(self._host.language)
        self._agency_row = who.row(N_("Name of the agency"), self.agency)
        who.row(N_("What this is"), self.training)
        self._who.add(who)
        self._terms.add(self.terms)
        more = Form(self._host.language)
        more.row(N_("Kind of agency"), self.kind)
        more.row(N_("Size"), self.size_band)
        more.row(N_("Place"), self.place)
        more.row(N_("Languages people speak in the room"), self.languages)
        more.row(
            N_("Language of questions and papers"),
            self.doc_language,
            N_("Questions stand in this language first."),
        )
        more.row(N_("Second language"), self.second_language)
        more.row(N_("Classification"), self.classification)
        more.row(
            N_("Non-attribution"),
            self.non_attribution,
            N_("Nobody is named, and no view can be traced to a person."),
        )
        self._more.add(more)

    def _lay_out(self) -> None:
        scroll = self._scroll
        across = Columns(720)
        across.add(column(self._terms, None, spacing=0))
        across.add(column(self._more, None, spacing=0))
        scroll.body.addWidget(self._who)
        scroll.body.addWidget(across)
        scroll.body.addStretch(1)
        foot = QFrame()
        set_role(foot, "header")
        line = QVBoxLayout(foot)
        line.setContentsMargins(24, 8, 24, 8)
        line.addLayout(row(None, self.cancel, self.done))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scroll, 1)
        whole.addWidget(foot)

    def _connect(self) -> None:
        self.training.chosen.connect(self._arrange)
        self.place.chosen.connect(self._on_place)
        self.done.clicked.connect(self._on_create)
        self.agency.returnPressed.connect(self._on_create)
        self.cancel.clicked.connect(self.left)

    def retranslate(self) -> None:
        """Set the fixed texts and lists; what was entered stays."""
        words = self._host.language.words
        held = self._lists
        self._scroll.setAccessibleName(words(N_("New engagement")))
        self._who.set_title(words(N_("Who you work with")))
        self._terms.set_title(
            words(N_("Request and consent")),
            words(N_("Questions open when both are there; they may follow later.")),
        )
        self._more.set_title(
            words(N_("More about the agency")), words(N_("Can wait; everything can be changed."))
        )
        self.training.offer(
            [
                (False, words(N_("A real assessment, at the request of the agency"))),
                (True, words(N_("Training with made-up data: needs no request and no consent"))),
            ]
        )
        none = words(N_("Not chosen yet"))
        self.kind.offer([("", none), *((c.id, c.say(words)) for c in held.kinds)])
        self.size_band.offer([("", none), *((c.id, c.say(words)) for c in held.sizes)])
        self.place.offer(held, words)
        self.languages.offer(held, self._host.paths.translations, words)
        papers = paper_languages(self._host.paths.translations)
        self.doc_language.offer(papers)
        self.second_language.offer([("", words(N_("None"))), *papers])
        self.classification.offer(labels(held, self._host))
        self.non_attribution.set_text(words(N_("Answers are recorded for groups, never persons")))
        self.terms.retranslate()
        self.done.set_text(words(N_("Create")))
        self.cancel.set_text(words(N_("Cancel")))

    def clear(self) -> None:
        """Begin with an empty form."""
        self.agency.clear()
        self._agency_row.complain("")
        for line in self.terms.lines().values():
            line.clear()
        blank = Engagement()
        self.terms.show_terms(blank.terms)
        self.training.put(False)
        for box in (self.kind, self.size_band, self.second_language):
            box.put("")
        self.place.typed.clear()
        self.place.put("")
        self.languages.put(())
        self.doc_language.put(self._host.language.words.language)
        if self.doc_language.value() is None:
            self.doc_language.put(blank.doc_language)
        self.classification.put(RESTRICTED)
        self.non_attribution.put(True)
        self._arrange()

    def _arrange(self) -> None:
        self._terms.setVisible(self.training.value() is not True)

    def _on_place(self, place: str) -> None:
        known = choice(self._lists.places, place)
        self.languages.suggest(known.languages if known else ())

    def profile(self) -> Engagement:
        """Return the profile as entered."""
        is_training = self.training.value() is True
        blank = Engagement()
        return Engagement(
            agency=self.agency.text().strip(),
            kind=str(self.kind.value() or ""),
            size=str(self.size_band.value() or ""),
            place=self.place.value(),
            languages=self.languages.value(),
            doc_language=str(self.doc_language.value() or blank.doc_language),
            second_language=str(self.second_language.value() or ""),
            terms=blank.terms if is_training else self.terms.terms(),
            training=is_training,
            classification=str(self.classification.value() or RESTRICTED),
            non_attribution=self.non_attribution.is_on,
        )

    def _on_create(self) -> None:
        if not self.agency.text().strip():
            said = N_("Enter the name of the agency; it stands on every paper.")
            self._agency_row.complain(self._host.language.words(said))
            self.agency.setFocus()
            return
        self._agency_row.complain("")
        self.planned.emit(self.profile())


def labels(held: Lists, host: Host) -> list[tuple[object, str]]:
    """Return the classifications with what each means."""
    words = host.language.words
    text = N_("{name}: {meaning}")
    return [
        (c.id, words(text, name=c.say(words), meaning=c.say_meaning(words)))
        for c in held.classifications
    ]
