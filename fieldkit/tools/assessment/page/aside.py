"""The aside: before Reveal who voted and why the question matters; afterwards what was agreed."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from fieldkit.core.errors import N_, UserError
from fieldkit.core.ids import EntityId, ScopeId
from fieldkit.qt.cards import Card
from fieldkit.qt.dialogs import Question as Asked
from fieldkit.qt.drafting import Drafting
from fieldkit.qt.host import Host
from fieldkit.qt.layouts import ScrollPage
from fieldkit.qt.text import Label, LineEdit, PlainEdit
from fieldkit.tools.assessment import operations
from fieldkit.tools.assessment.model import Answer, Checklist, Question
from fieldkit.tools.assessment.model.attachments import Attachment
from fieldkit.tools.assessment.page.evidence import EvidenceCard, NotesCard
from fieldkit.tools.assessment.page.room import AgreedCard, RoomCard
from fieldkit.tools.assessment.page.tongues import Tongues
from fieldkit.tools.assessment.page.votes import VotesCard
from fieldkit.tools.assessment.rules.board import UNANSWERED, QuestionState
from fieldkit.tools.engagement.model import Group
from fieldkit.workspace.workspace import Workspace

TEXTS = ("reason", "dissent", "evidence_text", "comment")


class Aside(ScrollPage):
    """The right column of the assessment page."""

    reasoned = Signal(str)
    na_reasoned = Signal(str)
    wants_file = Signal()
    changed = Signal()

    def __init__(self, ws: Workspace, host: Host, page: QWidget) -> None:
        super().__init__(0)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._ws, self._host, self._page = ws, host, page
        self._scope: ScopeId | None = None
        self._at = ""
        self._votes_again = ""
        self.votes = VotesCard(host)
        self.room = RoomCard(host)
        self.agreed = AgreedCard(host)
        self.evidence = EvidenceCard(host)
        self.notes = NotesCard(host)
        self._why, self._why_text = Card(), Label("", "secondary")
        self._look, self._look_text = Card(), Label("", "secondary")
        self._tongues: Tongues | None = None
        self._lay_out()
        self._drafts = self._tie()
        self.evidence.graded.connect(self._on_grade)
        self.evidence.wants_file.connect(self.wants_file)
        self.evidence.opened.connect(self._on_open_file)
        self.evidence.removed.connect(self._on_remove_file)
        self.notes.marked.connect(self._on_mark)

    def _lay_out(self) -> None:
        self._why.add(self._why_text)
        self._look.add(self._look_text)
        column = self.body
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(12)
        for card in (
            self.votes, self.room, self.agreed, self.evidence, self.notes, self._why, self._look,
        ):  # fmt: skip
            column.addWidget(card)
        column.addStretch(1)

    def _tie(self) -> dict[str, Drafting]:
        fields: dict[str, tuple[LineEdit | PlainEdit, Callable[[str], None]]] = {
            "reason": (self.agreed.reason, self.reasoned.emit),
            "dissent": (self.agreed.dissent, partial(self._write, "dissent")),
            "evidence_text": (self.evidence.text, partial(self._write, "evidence_text")),
            "comment": (self.notes.comment, partial(self._write, "comment")),
            "note": (self.notes.note, self._write_note),
        }
        self.agreed.na_reason.left.connect(self.na_reasoned)
        done = QShortcut(QKeySequence("Ctrl+Return"), self)
        done.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        done.activated.connect(self._page.setFocus)
        return {
            name: Drafting(field, partial(self._keep, name), write)
            for name, (field, write) in fields.items()
        }

    def retranslate(self, checklist: Checklist, tongues: Tongues) -> None:
        """Set the fixed texts in the screen's language."""
        words = self._host.language.words
        self._tongues = tongues
        names = [
            words.content(checklist.context(f"levels.{level.id}.name"), level.name)
            for level in checklist.levels
        ]
        grades = [
            words.content(checklist.context(f"evidence.{one.grade}.name"), one.name)
            for one in checklist.evidence
        ]
        self.votes.retranslate()
        self.agreed.retranslate(names)
        self.evidence.retranslate(grades)
        self.notes.retranslate(words(operations.COMMENT_LABEL), words(operations.NOTE_LABEL))
        self._why.set_title(words(N_("Why it matters")))
        self._look.set_title(words(N_("What to look at")))

    def show_question(
        self, scope: ScopeId, question: Question, state: QuestionState, known: list[Group]
    ) -> None:
        """Show the cards that belong to a question as it stands."""
        if question.id != self._at:
            self._votes_again = ""
        self._scope, self._at = scope, question.id
        answer = state.answer
        before = state.state == UNANSWERED and not answer.revealed
        again = self._votes_again == question.id
        self.votes.setVisible(before or state.waiting_votes > 0 or again)
        self.room.setVisible(answer.revealed)
        for card in (self.agreed, self.evidence, self.notes):
            card.setVisible(not before or state.waiting_votes == 0)
        self.votes.show_room(known, state.waiting)
        self.room.show_state(state)
        self._show_texts(scope, question, state)
        self.evidence.grades.put(answer.evidence)
        self.evidence.show_files(operations.attachments(self._ws, scope, question.id))
        self.notes.mark.put(answer.review)
        self._show_help(question)

    def _show_texts(self, scope: ScopeId, question: Question, state: QuestionState) -> None:
        answer = state.answer
        ent = Answer.id_in(scope, question.id)
        drafts = self._ws.drafts(scope)
        for name in TEXTS:
            held = drafts.get((ent, f"text/{name}"))
            stored = str(getattr(answer, name))
            self._drafts[name].show(stored, held if isinstance(held, str) else None)
        held = drafts.get((ent, "text/note"))
        note = operations.note(self._ws, scope, question.id)
        self._drafts["note"].show(note, held if isinstance(held, str) else None)
        self.agreed.na_reason.put(answer.na_reason)

    def _show_help(self, question: Question) -> None:
        words = self._host.language.words
        self._why_text.setText(words.content(question.context("why"), question.why))
        parts = [
            words.content(question.context(f"evidence.{i}"), text)
            for i, text in enumerate(question.evidence, 1)
        ]
        self._look_text.setText("; ".join(parts))

    def show_wishes(self, state: QuestionState, wanted: int | None, wants_na: bool) -> None:
        """Show what still has to be said before an answer is recorded."""
        if wanted is not None or wants_na:
            self.agreed.show()
        self.agreed.show_state(state, wanted, wants_na)

    def show_votes_again(self) -> None:
        """Let another room's votes be typed for a question that was revealed."""
        self._votes_again = self._at
        self.votes.show()

    def reach(self, field: QWidget) -> None:
        """Bring a field into view and let it be typed in."""
        self.ensureWidgetVisible(field)
        field.setFocus()

    def flush(self) -> None:
        """Write what is half typed."""
        if self._scope is not None:
            for draft in self._drafts.values():
                draft.flush()
            self.agreed.na_reason.finish()

    def _keep(self, name: str, text: str | None) -> None:
        if self._scope is not None:
            ent: EntityId = Answer.id_in(self._scope, self._at)
            self._ws.set_draft(self._scope, ent, f"text/{name}", text)

    def _write(self, name: str, text: str) -> None:
        self._do(lambda s: operations.write(self._ws, s, self._at, name, text, by=self._page))

    def _write_note(self, text: str) -> None:
        self._do(lambda s: operations.write_note(self._ws, s, self._at, text, by=self._page))

    def _on_grade(self, grade: object) -> None:
        chosen = grade if isinstance(grade, int) else None
        self._do(lambda s: operations.grade_evidence(self._ws, s, self._at, chosen, by=self._page))

    def _on_mark(self, on: bool) -> None:
        self._do(lambda s: operations.mark(self._ws, s, self._at, on, by=self._page))

    def _on_open_file(self, name: str) -> None:
        file = next((f for f in self._files() if f.id == name), None)
        path = self._ws.blob(file.sha) if file else None
        words = self._host.language.words
        if file is None or path is None:
            self._host.say(words(N_("This file is not on this computer. Ask who attached it.")))
            return
        asked = Asked(
            words(N_("Open {file}?"), file=file.name),
            words(N_("It opens in another program, as a copy. Open only what you expected.")),
            words(N_("Open")),
        )

        def then(yes: bool) -> None:
            if yes:
                copy = operations.copy_out(self._ws, file)
                QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy)))

        self._host.dialogs.ask(self, asked, then)

    def _on_remove_file(self, name: str) -> None:
        file = next((f for f in self._files() if f.id == name), None)
        if file is not None:
            self._do(lambda _: operations.detach(self._ws, file, by=self._page))

    def _files(self) -> list[Attachment]:
        return operations.attachments(self._ws, self._scope, self._at) if self._scope else []

    def _do(self, act: Callable[[ScopeId], object]) -> None:
        if self._scope is None:
            return
        try:
            act(self._scope)
        except UserError as error:
            self._host.dialogs.error(self, error)
        self.changed.emit()
