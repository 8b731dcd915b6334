"""What a bundle says about itself and what it would bring, document by document."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldkit.core.i18n import Words
from fieldkit.core.ids import ScopeId
from fieldkit.exchange.review import Review, ScopeReview
from fieldkit.qt.cards import Card
from fieldkit.qt.layouts import Columns, column, empty
from fieldkit.qt.text import Label
from fieldkit.ui.exchange import wording
from fieldkit.ui.exchange.naming import Naming
from fieldkit.ui.exchange.ticks import TickTable

_ORDER = {"engagement": 0, "assessment": 1, "strategy": 2}


class FactsCard(Card):
    """From whom, signed by whom, made when, checked; and that nothing is changed yet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._held = QWidget()
        self._list = QVBoxLayout(self._held)
        self._list.setContentsMargins(0, 0, 0, 0)
        self.add(self._held)

    def show_review(self, review: Review, words: Words) -> None:
        """Show what the file says about itself."""
        empty(self._list)
        columns = Columns(560)
        made = review.created.astimezone()
        for label, said, role in (
            (words("From"), review.by_label or words("not named"), "strong"),
            (words("Signed by"), words("not signed"), "secondary"),
            (words("Made"), words.date(made.date()), "strong"),
            (words("Checked"), words("✓ complete and undamaged"), "ok"),
        ):
            columns.add(column(Label(label, "hint"), Label(said, role), None, spacing=2), 3)
        calm = words("Nothing is changed until you press Import.")
        undo = words("You can undo it afterwards.")
        columns.add(column(Label(calm, "secondary"), Label(undo, "secondary"), None, spacing=0), 5)
        self._list.addWidget(columns)
        for sentence in remarks(review, words):
            self._list.addWidget(Label(sentence, "warning"))


def remarks(review: Review, words: Words) -> list[str]:
    """Return what is worth knowing about the file before it is taken in."""
    said = []
    if review.already_imported:
        said.append(words("This very file was imported before. It brings nothing new."))
    elif review.older:
        said.append(words("Everything in it is here already: it is older than what you have."))
    missing = review.attachments_missing
    if missing:
        said.append(
            words.plural(
                "{n} attached file is not in the bundle. Its name and number come in; ask the"
                " sender for the file.",
                "{n} attached files are not in the bundle. Their names and numbers come in; ask"
                " the sender for the files.",
                missing,
            )
        )
    if any(s.gaps for s in review.scopes):
        said.append(
            words("Some changes in between are missing. Ask anyone who has them for a full bundle.")
        )
    newer = sum(s.unknown for s in review.scopes)
    if newer:
        said.append(
            words.plural(
                "{n} entry comes from a newer fieldkit. It is kept and passed on, but not shown.",
                "{n} entries come from a newer fieldkit. They are kept and passed on, but not"
                " shown.",
                newer,
            )
        )
    return said


class BringsCard(Card):
    """The documents of a bundle with what is new, changed and different; each can be left out."""

    chosen = Signal()

    def __init__(self, naming: Naming, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._naming = naming
        self._scopes: list[ScopeId] = []
        self.table = TickTable()
        self._refused = Label("", "error")
        self.add(self.table, self._refused)
        self.table.ticked.connect(self.chosen)

    def show_scopes(self, scopes: Sequence[ScopeReview], open_by: Mapping[ScopeId, int]) -> None:
        """Show the documents; `open_by` counts the differences each would open."""
        words = self._naming.words
        self.set_title(words("What it brings"))
        self.table.setAccessibleName(words("What it brings"))
        ordered = sorted(scopes, key=lambda s: _ORDER.get(s.kind, len(_ORDER)))
        self._scopes = [s.scope for s in ordered]
        head = (
            words("Document"),
            words("New"),
            words("Changed"),
            words("Differences to settle"),
        )
        rows = [self._row(s, open_by.get(s.scope, 0)) for s in ordered]
        self.table.show_rows(head, rows, stretch=0)
        refused = [s for s in ordered if s.refused]
        self._refused.setVisible(bool(refused))
        self._refused.setText("\n".join(self._why(s) for s in refused))
        for y, one in enumerate(ordered):
            if one.refused:
                self.table.forbid(y)

    def _row(self, scope: ScopeReview, opened: int) -> tuple[str, str, str, str]:
        words = self._naming.words
        name = self._naming.document(scope.scope, scope.title, scope.kind)
        if scope.refused:
            return name, words("cannot come in"), "", ""
        changed = wording.counted(words, scope.changed_kinds)
        if scope.deleted:
            gone = words.plural("{n} deleted", "{n} deleted", scope.deleted)
            changed = gone if not scope.changed else words.listing([changed, gone])
        return (
            name,
            wording.counted(words, scope.new_kinds),
            changed,
            words.number(opened) if opened else words("none"),
        )

    def _why(self, scope: ScopeReview) -> str:
        words = self._naming.words
        return words(
            "{document} has two different histories, as happens when a copied workspace was used"
            " on. It stays out, the rest can come in. Keep the file and ask for help. ({code})",
            document=self._naming.document(scope.scope, scope.title, scope.kind),
            code=scope.refused.split(":", 1)[0],
        )

    @property
    def skipped(self) -> frozenset[ScopeId]:
        """The documents that were left out."""
        return frozenset(s for y, s in enumerate(self._scopes) if not self.table.is_on(y))
