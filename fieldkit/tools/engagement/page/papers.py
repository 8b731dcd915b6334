"""The papers card: how openly papers may be passed on, and what protects small groups."""

from PySide6.QtCore import Signal

from fieldkit.core.errors import N_
from fieldkit.qt.cards import Card
from fieldkit.qt.form import Check, Choices, Form, SpinBox
from fieldkit.qt.host import Host
from fieldkit.tools.engagement.model import SMALLEST_LIMIT, Engagement, Lists
from fieldkit.tools.engagement.page.beginning import labels

MOST_LIMIT = 50


class PapersCard(Card):
    """Classification, non-attribution and the smallest group shown; says which was chosen."""

    chosen = Signal(str, object)

    def __init__(self, host: Host) -> None:
        super().__init__()
        self._host = host
        self.classification = Choices()
        self.non_attribution = Check()
        self.small_limit = SpinBox(SMALLEST_LIMIT, MOST_LIMIT)
        form = Form(host.language)
        form.row(N_("Classification"), self.classification)
        form.row(
            N_("Non-attribution"),
            self.non_attribution,
            N_("Nobody is named, and no view can be traced to a person."),
        )
        form.row(
            N_("Smallest group whose results are shown"),
            self.small_limit,
            N_("Three or more, so that nobody's answer can be worked out."),
        )
        self.add(form)
        self.classification.chosen.connect(self._on_classification)
        self.non_attribution.chosen.connect(self._on_non_attribution)
        self.small_limit.chosen.connect(self._on_limit)

    def retranslate(self, lists: Lists) -> None:
        """Set the fixed texts and the list of labels."""
        words = self._host.language.words
        self.set_title(words(N_("Papers and small groups")))
        self.classification.offer(labels(lists, self._host))
        self.non_attribution.set_text(words(N_("Answers are recorded for groups, never persons")))

    def show_profile(self, held: Engagement) -> None:
        """Show what stands in the profile."""
        self.classification.put(held.classification)
        self.non_attribution.put(held.non_attribution)
        self.small_limit.put(held.small_limit)

    def _on_classification(self, value: object) -> None:
        self.chosen.emit("classification", value)

    def _on_non_attribution(self, on: bool) -> None:
        self.chosen.emit("non_attribution", on)

    def _on_limit(self, limit: int) -> None:
        self.chosen.emit("small_limit", limit)
