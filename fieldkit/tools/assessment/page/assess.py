"""The assessment page: outline, question, and the room's vote or what was agreed."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from fieldkit.content import load_pack
from fieldkit.core.errors import N_, UserError
from fieldkit.core.ids import ScopeId
from fieldkit.qt.buttons import Button
from fieldkit.qt.cards import EmptyState, Header
from fieldkit.qt.dialogs import FileKind, Question
from fieldkit.qt.form import ComboBox
from fieldkit.qt.host import Host
from fieldkit.qt.keys import physical
from fieldkit.qt.page import Page
from fieldkit.tools.assessment import operations
from fieldkit.tools.assessment.model import LEVELS, OPEN, Checklist
from fieldkit.tools.assessment.operations import RoundPlan
from fieldkit.tools.assessment.operations.votes import KEYS
from fieldkit.tools.assessment.page.aside import Aside
from fieldkit.tools.assessment.page.outline import OutlineCard
from fieldkit.tools.assessment.page.question import QuestionPane
from fieldkit.tools.assessment.page.rounds import AttachDialog, StartRound
from fieldkit.tools.assessment.page.tongues import Tongues
from fieldkit.tools.assessment.rules.board import SPLIT, Board
from fieldkit.tools.engagement.operations import engagement, engagement_of, groups
from fieldkit.workspace.workspace import Workspace

KINDS = frozenset(
    {"round", "answer", "batch", "attachment", "note", "group", "engagement", "scope"}
)


class AssessPage(Page):
    """Runs a round with a group: votes, agreed levels, evidence; everything saves itself."""

    shows: ClassVar[frozenset[str]] = KINDS

    def __init__(self, ws: Workspace, host: Host) -> None:
        super().__init__(host.language)
        self.ws = ws
        self.host = host
        self.engagement: ScopeId | None = None
        self.scope: ScopeId | None = None
        self.checklist: Checklist | None = None
        self.board: Board | None = None
        self.at = ""
        self._wanted: int | None = None
        self._wants_na = False
        self._last_key = ""
        self._header = Header()
        self._rounds = ComboBox()
        self._new = Button()
        self._header.add(self._rounds, self._new)
        self.outline = OutlineCard(host)
        self.question = QuestionPane(host)
        self.aside = Aside(ws, host, self)
        self._empty = EmptyState("assess")
        self._stack = QStackedWidget()
        self._tongues = Tongues(self.words, "", "", host.paths.translations)
        self._lay_out()
        self._connect()
        self.retranslate()

    # building

    def _lay_out(self) -> None:
        work = QWidget()
        columns = QHBoxLayout(work)
        columns.setContentsMargins(20, 12, 20, 12)
        columns.setSpacing(16)
        columns.addWidget(self.outline, 5)
        columns.addWidget(self.question, 12)
        columns.addWidget(self.aside, 7)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(work)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._header)
        whole.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self._rounds.chosen.connect(self._on_round)
        self._new.clicked.connect(self.start_round)
        self._empty.acted.connect(self.start_round)
        self.outline.picked.connect(self.go_to)
        self.outline.closing.connect(self._on_close)
        self.question.picked.connect(self.pick)
        self.question.went.connect(self._on_went)
        votes, agreed = self.aside.votes, self.aside.agreed
        votes.typed.connect(self._on_ballot)
        votes.started.connect(self._on_typing)
        votes.revealed.connect(self.reveal)
        agreed.picked.connect(self.pick)
        agreed.cleared.connect(self._on_clear)
        self.aside.room.again.clicked.connect(self._on_more_votes)
        self.aside.reasoned.connect(self._on_reason)
        self.aside.na_reasoned.connect(self._on_na_reason)
        self.aside.wants_file.connect(self._on_attach)
        self.aside.changed.connect(self.refresh)
        for key, act in (
            ("F6", self._on_next_open),
            ("Ctrl+G", self.outline.search),
            ("Ctrl+F", self.outline.search),
            ("Ctrl+PgDown", self._on_forward),
            ("Ctrl+PgUp", self._on_back),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def title(self) -> str:
        """Return the page's name."""
        return self.words(N_("Assess"))

    def retranslate(self) -> None:
        """Set the fixed texts."""
        words = self.words
        self._new.set_text(words(N_("New round...")))
        self._rounds.setAccessibleName(words(N_("Round")))
        self._empty.set_texts(
            words(N_("Where does the agency stand?")),
            words(
                N_(
                    "A round asks the group the same questions about twelve areas. Start with"
                    " the quick scan or take the full checklist."
                )
            ),
            words(N_("Start a round")),
        )
        self.outline.retranslate()
        self.question.retranslate()
        self._renew_tongues()

    # what is shown

    def open(self, subject: ScopeId) -> None:
        """Show a round, or the newest open round of an engagement."""
        kinds = {row.id: row.kind for row in self.ws.scopes()}
        if kinds.get(subject) == "assessment":
            self.engagement = engagement_of(self.ws, subject)
            self._take(subject)
        else:
            self.engagement = subject
            held = operations.rounds(self.ws, subject)
            newest = [r for r in held if r.round.state == OPEN] or held
            self._take(newest[-1].scope if newest else None)

    def _take(self, scope: ScopeId | None) -> None:
        self.flush()
        self.scope, self.at = scope, ""
        self.checklist = self.board = None
        if scope is not None:
            try:
                self.checklist = operations.checklist_of(self.ws, scope)
            except UserError as error:
                self.host.dialogs.error(self, error)
                self.scope = None
        self._renew_tongues()
        self.refresh_when_seen()

    def _renew_tongues(self) -> None:
        document = engagement(self.ws, self.engagement).doc_language if self.engagement else ""
        second = engagement(self.ws, self.engagement).second_language if self.engagement else ""
        second = second or self.host.settings.second_language
        self._tongues = Tongues(self.words, document, second, self.host.paths.translations)
        if self.checklist is not None:
            self.outline.know(self._tongues.all_texts(self.checklist))
            self.aside.retranslate(self.checklist, self._tongues)

    def refresh(self) -> None:
        """Show the round and question in hand."""
        self._show_rounds()
        has_round = self.scope is not None and self.checklist is not None
        self._stack.setCurrentIndex(1 if has_round else 0)
        if self.scope is None or self.checklist is None:
            self._header.set_texts(self.title())
            return
        self.board = operations.board(self.ws, self.scope, self.checklist)
        if self.at not in self.board.by_id:
            self.at = self.board.landing
            self._wanted, self._wants_na = None, False
        self._show_question()

    def _show_rounds(self) -> None:
        held = operations.rounds(self.ws, self.engagement) if self.engagement else []
        self._rounds.offer([(row.scope, row.round.title) for row in held])
        self._rounds.put(self.scope)
        self._rounds.setVisible(len(held) > 1)
        self._new.setVisible(bool(held))

    def _show_question(self) -> None:
        if self.board is None or self.checklist is None or self.scope is None:
            return
        question = self.checklist.by_id[self.at]
        state = self.board.by_id[self.at]
        is_open = self.board.round.state == OPEN
        self.outline.show_board(self.board, self.checklist, self.at, self.words)
        self.question.show_question(question, self.checklist, self._tongues)
        chosen = self._wanted if self._wanted is not None else state.level
        shown = chosen if state.agreed or self._wanted is not None else None
        self.question.choose(shown)
        self.question.show_kind(state.state if state.agreed else "")
        self.question.allow(is_open)
        if not question.allows_na or not is_open:
            self.question.not_applicable.setEnabled(False)
        known = groups(self.ws, self.engagement) if self.engagement else []
        self.aside.show_question(self.scope, question, state, known)
        self.aside.show_wishes(state, self._wanted, self._wants_na)
        self.aside.setEnabled(is_open)
        self._show_header()

    def _show_header(self) -> None:
        if self.board is None or self.checklist is None:
            return
        state = self.board.by_id[self.at]
        mine = [q.id for q in self.board.questions if q.dimension == state.dimension]
        dimension = self.checklist.dimension_by_id[state.dimension]
        name = self._screen(dimension.context("name"), dimension.name)
        about = self.words(
            N_("{area} · question {number} of {total}"),
            area=name, number=mine.index(self.at) + 1, total=len(mine),
        )  # fmt: skip
        if self.board.is_quick:
            about = self.words(N_("{about} · quick scan, indicative"), about=about)
        if self.board.round.state != OPEN:
            about = self.words(N_("{about} · closed"), about=about)
        self._header.set_texts(self.board.round.title, about)

    def _screen(self, context: str, source: str) -> str:
        return self.words.content(context, source)

    # going from question to question

    def go_to(self, question: str) -> None:
        """Show a question; what is half typed is written first."""
        if self.board is None or question not in self.board.by_id or self.scope is None:
            return
        self.flush()
        self.at, self._wanted, self._wants_na = question, None, False
        if self.board.round.state == OPEN:
            operations.remember(self.ws, self.scope, question, by=self)
        self.refresh()
        self.question.setFocus()

    def _on_went(self, where: str) -> None:
        {
            "back": self._on_back, "next": self._on_forward, "open": self._on_next_open,
            "dk": self.say_unknown, "na": self.say_not_applicable,
        }[where]()  # fmt: skip

    def _on_forward(self) -> None:
        if self.board is not None:
            self.go_to(self.board.following(self.at) or self.at)

    def _on_back(self) -> None:
        if self.board is not None:
            self.go_to(self.board.preceding(self.at) or self.at)

    def _on_next_open(self) -> None:
        if self.board is None:
            return
        found = self.board.next_unanswered(self.at)
        if found is None:
            self.host.say(self.words(N_("Every question has an answer.")))
        else:
            self.go_to(found)

    def _on_round(self, scope: object) -> None:
        self._take(ScopeId(str(scope)))
        self.refresh()

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys of the checklist by their place on the keyboard."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if self.board is None or isinstance(self.focusWidget(), QLineEdit):
            super().keyPressEvent(event)
        elif enter:
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._on_back() if back else self._on_forward()
        elif event.key() == Qt.Key.Key_Escape:
            self._on_escape()
        else:
            key = physical(event)
            if key is None or not self._take_key(key):
                super().keyPressEvent(event)

    def _take_key(self, key: str) -> bool:
        votes = self.aside.votes
        if votes.isVisible() and votes.group and key in "12345DNB-":
            self._on_ballot(votes.group, key.strip("-"), -1 if key == "-" else 1)
            return True
        acts: dict[str, Callable[[], None]] = {
            **{str(level): partial(self.pick, level) for level in LEVELS},
            "D": self.say_unknown,
            "N": self.say_not_applicable,
            "L": self._on_swap,
            "V": self._on_typing_key,
            "R": self._on_reveal_key,
        }
        if key not in acts:
            return False
        acts[key]()
        return True

    def _on_swap(self) -> None:
        self._tongues.swap()
        self._show_question()

    def _on_reveal_key(self) -> None:
        votes = self.aside.votes
        if votes.isVisible() and votes.reveal.isEnabled():
            self.reveal()

    def _on_typing_key(self) -> None:
        """Go to the next group whose ballots are typed; after the last one stop."""
        votes = self.aside.votes
        if not votes.isVisible():
            return
        order = ["", *votes.groups()]
        votes.take(order[(order.index(votes.group) + 1) % len(order)])

    def _on_escape(self) -> None:
        self.aside.votes.take("")
        self._wanted, self._wants_na = None, False
        self._show_question()

    def _on_typing(self, _: str) -> None:
        self.setFocus()

    # answering

    def pick(self, level: int) -> None:
        """Record an agreed level; where it differs from the middle, ask why first."""
        if self.scope is None or not self._is_open():
            return
        self._wants_na = False
        reason = self.aside.agreed.reason.text().strip()
        if not reason and operations.needs_reason(self.ws, self.scope, self.at, level):
            self._wanted = level
            self._show_question()
            self.aside.reach(self.aside.agreed.reason)
            return
        self._wanted = None
        self._do(lambda s: operations.answer(self.ws, s, self.at, level, reason=reason, by=self))

    def say_unknown(self) -> None:
        """Record "don't know"."""
        self._wanted, self._wants_na = None, False
        self._do(lambda s: operations.answer_unknown(self.ws, s, self.at, by=self))

    def say_not_applicable(self) -> None:
        """Ask why the question does not apply, where it may not."""
        if self.checklist is None or not self._is_open():
            return
        if not self.checklist.by_id[self.at].allows_na:
            self.host.say(self.words(N_("This question applies to every agency.")))
            return
        self._wanted, self._wants_na = None, True
        self._show_question()
        self.aside.reach(self.aside.agreed.na_reason)

    def _on_reason(self, text: str) -> None:
        if self._wanted is not None and text.strip():
            level, self._wanted = self._wanted, None
            self._do(lambda s: operations.answer(self.ws, s, self.at, level, reason=text, by=self))
        elif self._wanted is None:
            self._do(lambda s: operations.write(self.ws, s, self.at, "reason", text, by=self))

    def _on_na_reason(self, text: str) -> None:
        if self.checklist is None or not text.strip():
            return
        question = self.checklist.by_id[self.at]
        self._wants_na = False
        self._do(lambda s: operations.answer_not_applicable(self.ws, s, question, text, by=self))

    def _on_clear(self) -> None:
        self._wanted, self._wants_na = None, False
        self._do(lambda s: operations.clear_answer(self.ws, s, self.at, by=self))

    # votes

    def _on_ballot(self, group: str, key: str, by: int) -> None:
        if by > 0:
            self._last_key = key
            self._do(lambda s: operations.type_ballot(self.ws, s, self.at, group, key))
        else:
            self._take_last_back(group)

    def _take_last_back(self, group: str) -> None:
        key, self._last_key = self._last_key, ""
        if key:
            choice = KEYS[key.casefold()]
            self._do(lambda s: operations.remove_vote(self.ws, s, self.at, group, choice))

    def reveal(self) -> None:
        """Show what the room said; it can no longer be followed to anybody."""
        if self.scope is None:
            return
        if not operations.is_room_too_small(self.ws, self.scope, self.at):
            self._reveal(True)
            return
        words = self.words
        asked = Question(
            words(N_("Too few votes to keep")),
            words(
                N_(
                    "With fewer than three votes somebody could be recognised. The votes are"
                    " forgotten; agree a level and only that is kept."
                )
            ),
            words(N_("Forget the votes")),
            words(N_("Type more votes")),
        )  # fmt: skip
        self.host.dialogs.ask(self, asked, self._reveal)

    def _reveal(self, yes: bool) -> None:
        if yes:
            self.aside.votes.take("")
            self._do(lambda s: operations.reveal(self.ws, s, self.at, by=self))
            self.setFocus()

    def _on_more_votes(self) -> None:
        self.aside.show_votes_again()
        self.setFocus()

    # rounds and files

    def start_round(self) -> None:
        """Ask what a new round is."""
        if self.engagement is None:
            return
        count = len(operations.rounds(self.ws, self.engagement))
        name = (
            self.words(N_("First round")) if not count else self.words(N_("Round {n}"), n=count + 1)
        )
        dialog = StartRound(self.host, name, self)
        dialog.planned.connect(self._on_planned)
        dialog.open()

    def _on_planned(self, plan: RoundPlan) -> None:
        if self.engagement is None:
            return
        try:
            pack = load_pack(self.host.paths.resources / "content" / "assessment")
            scope, _ = operations.start_round(self.ws, self.engagement, pack, plan, by=self)
        except UserError as error:
            self.host.dialogs.error(self, error)
            return
        self._take(scope)
        self.refresh()
        self.setFocus()

    def _on_close(self) -> None:
        if self.scope is None or self.board is None:
            return
        try:
            if self.board.round.state == OPEN:
                operations.close_round(self.ws, self.scope, by=self)
                self.host.say(self.words(N_("The round is closed. It can be opened again.")))
            else:
                operations.reopen_round(self.ws, self.scope, by=self)
        except UserError as error:
            if error.code == "E_RECONCILE":
                self.outline.filter(SPLIT)
            self.host.dialogs.error(self, error)
        self.refresh()

    def _on_attach(self) -> None:
        words = self.words
        kinds = [FileKind(words(N_("All files")), ("*",))]
        self.host.dialogs.open_file(self, words(N_("Attach a file")), kinds, self._on_file)

    def _on_file(self, file: Path) -> None:
        dialog = AttachDialog(self.host, file.name, self)
        dialog.named.connect(partial(self._attach, file))
        dialog.open()

    def _attach(self, file: Path, number: str) -> None:
        if self.scope is None:
            return
        try:
            _, findings = operations.attach(self.ws, self.scope, self.at, file, number, by=self)
        except UserError as error:
            self.host.dialogs.error(self, error)
            return
        if findings:
            shown = ", ".join(f.text for f in findings)
            self.host.say(
                self.words(N_("Attached. This looks like a person or a case: {what}"), what=shown)
            )
        self.refresh()

    # the rest

    def command(self, command: str, subject: str) -> None:
        """Do what was asked from elsewhere."""
        if command == "assessment.start":
            self.start_round()
        elif command == "assessment.question":
            self.go_to(subject)
        elif command == "assessment.settle":
            self.outline.filter(SPLIT)
        elif command == "assessment.close" and self._is_open():
            self._on_close()

    def stations(self) -> list[tuple[str, str, str]]:
        """Return every question for Ctrl+K."""
        if self.checklist is None:
            return []
        return [
            (f"{q.id} {self._screen(q.context('text'), q.text)}", "assessment.question", q.id)
            for q in self.checklist.questions
        ]

    def flush(self) -> None:
        """Write what is half typed."""
        self.aside.flush()

    def _is_open(self) -> bool:
        return self.board is not None and self.board.round.state == OPEN

    def _do(self, act: Callable[[ScopeId], object]) -> None:
        if self.scope is None or not self._is_open():
            return
        try:
            act(self.scope)
        except UserError as error:
            self.host.dialogs.error(self, error)
        self.refresh()
