"""The request and consent card: what an assessment opens with, and training made real."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractButton, QWidget

from fieldkit.core.errors import N_, UserError
from fieldkit.qt.buttons import Button
from fieldkit.qt.cards import Banner, Card
from fieldkit.qt.drafting import Drafting
from fieldkit.qt.host import Host
from fieldkit.qt.layouts import row
from fieldkit.qt.text import Label
from fieldkit.tools.engagement import operations
from fieldkit.tools.engagement.model import Engagement, Terms, profile_id
from fieldkit.tools.engagement.page.terms import TermsFields
from fieldkit.tools.engagement.rules import terms_obstacles
from fieldkit.workspace.workspace import Workspace


class ConsentCard(Card):
    """Request and consent, saved as they are entered; says in words what is still missing."""

    changed = Signal()

    def __init__(self, ws: Workspace, host: Host, page: QWidget) -> None:
        super().__init__()
        self._ws, self._host, self._page = ws, host, page
        self._engagement = Engagement()
        self._is_turning = False
        self._text = Label("", "secondary")
        self._state = Banner()
        self.terms = TermsFields(host.language)
        self.turn, self.keep = Button(), Button(role="quiet")
        self.add(self._text, self._state, self.terms, row(self.turn, self.keep, None))
        self._drafts = {
            name: Drafting(field, partial(self._keep, name), partial(self._write, name))
            for name, field in self.terms.lines().items()
        }
        self.terms.state.chosen.connect(self._on_state)
        self.terms.consent.chosen.connect(self._on_consent)
        self.turn.clicked.connect(self._on_turn)
        self.keep.clicked.connect(self._on_keep)

    def retranslate(self) -> None:
        """Set the fixed texts."""
        self.set_title(self._host.language.words(N_("Request and consent")))
        self.terms.retranslate()

    def show_terms(self, engagement: Engagement) -> None:
        """Show request and consent of an engagement."""
        if engagement.scope != self._engagement.scope:
            self._is_turning = False
        self._engagement = engagement
        self._is_turning = self._is_turning and engagement.training
        self.terms.setVisible(not engagement.training or self._is_turning)
        self.terms.show_terms(engagement.terms)
        drafts = self._ws.drafts(engagement.scope)
        ent = profile_id(engagement.scope)
        for name, drafting in self._drafts.items():
            draft = drafts.get((ent, f"text/{name}"))
            stored = str(getattr(engagement.terms, name))
            drafting.show(stored, draft if isinstance(draft, str) else None)
        self._say_state()
        self._show_buttons()

    def _say_state(self) -> None:
        words = self._host.language.words
        held = self._engagement
        asks = not held.training or self._is_turning
        text = N_("The agency owns what is found. It asks for the assessment and agrees to it.")
        if not asks:
            text = N_(
                "This is a training with made-up data. It needs no request and no consent;"
                " every paper is marked TRAINING."
            )
        self._text.setText(words(text))
        missing = terms_obstacles(held.terms) if asks else ()
        if missing:
            said = [
                words(N_("Still missing before questions can be answered:")),
                *map(words, missing),
            ]
            self._state.show_message("warning", "\n".join(said))
        elif asks:
            self._state.show_message("ok", words(N_("Nothing is missing. Questions are open.")))
        self._state.setVisible(asks)

    def _show_buttons(self) -> None:
        words = self._host.language.words
        is_training = self._engagement.training
        began = bool(operations.children(self._ws, self._engagement.scope, "assessment"))
        self.turn.setVisible(is_training or not began)
        if not is_training:
            self.turn.set_text(words(N_("Use for training instead")))
        elif self._is_turning:
            self.turn.set_text(words(N_("Make it real now")))
        else:
            self.turn.set_text(words(N_("Make this a real engagement...")))
        self.keep.set_text(words(N_("Keep as training")))
        self.keep.setVisible(self._is_turning)

    def reach(self) -> None:
        """Let what is missing be entered."""
        if self._engagement.training and not self._is_turning:
            self.turn.setFocus()
        else:
            self.terms.state.findChildren(QAbstractButton)[0].setFocus()

    def flush(self) -> None:
        """Write what is half typed."""
        for drafting in self._drafts.values():
            drafting.flush()

    def _keep(self, name: str, text: str | None) -> None:
        scope = self._engagement.scope
        self._ws.set_draft(scope, profile_id(scope), f"text/{name}", text)

    def _write(self, name: str, text: str) -> None:
        changed: dict[str, Any] = {name: text.strip()}
        self._set(replace(self._engagement.terms, **changed))

    def _on_state(self, state: object) -> None:
        self.flush()
        self._set(replace(self._engagement.terms, reference_state=str(state)))

    def _on_consent(self, on: bool) -> None:
        self.flush()
        scope, role = self._engagement.scope, self._engagement.terms.consent_role
        if not on:
            self._do(lambda: operations.withdraw_consent(self._ws, scope, by=self._page))
        elif role:
            self._do(lambda: operations.give_consent(self._ws, scope, role, by=self._page))
        else:
            self._set(replace(self._engagement.terms, consent=True))
            self.terms.consent_role.setFocus()

    def _set(self, terms: Terms) -> None:
        scope = self._engagement.scope
        self._do(lambda: operations.set_terms(self._ws, scope, terms, by=self._page))

    def _on_turn(self) -> None:
        self.flush()
        held = self._engagement
        if not held.training:
            changed = replace(held, training=True)
            self._do(lambda: operations.update(self._ws, changed, by=self._page))
        elif self._is_turning:
            self._do(lambda: operations.make_real(self._ws, held.scope, held.terms, by=self._page))
        else:
            self._is_turning = True
            self.show_terms(held)
            self.reach()

    def _on_keep(self) -> None:
        self.flush()
        self._is_turning = False
        self.show_terms(self._engagement)
        self.turn.setFocus()

    def _do(self, act: Callable[[], object]) -> None:
        try:
            act()
        except UserError as error:
            self._host.dialogs.error(self._page, error)
        self.changed.emit()
