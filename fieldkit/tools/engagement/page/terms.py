"""The request of the agency and its consent, as fields."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldkit.core.errors import N_
from fieldkit.core.i18n import Words, isolate
from fieldkit.qt.form import Check, Choices, Form
from fieldkit.qt.text import Label, LineEdit
from fieldkit.qt.translate import Language
from fieldkit.tools.engagement.model import GIVEN, NONE, PENDING, REFERENCE_STATES, Terms
from fieldkit.tools.engagement.rules import finding_label, suspicious


class NameWarning(Label):
    """Says below a field that its text looks like a person; it warns and never refuses."""

    def __init__(self, cure: str, below: QWidget) -> None:
        super().__init__("", "warning")
        self._cure = cure
        held = below.layout()
        if held is not None:
            held.addWidget(self)
        self.hide()

    def look_at(self, text: str, words: Words) -> None:
        """Warn where a text looks like a name or number of a person."""
        found = suspicious(text)
        self.setVisible(bool(found))
        if found:
            looks = words(finding_label(found[0].kind))
            said = words(N_("! “{found}” {looks}."), found=isolate(found[0].text), looks=looks)
            self.setText(f"{said} {words(self._cure)}")


class TermsFields(QWidget):
    """Request and consent; shows only what the chosen state of the request asks for."""

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self.state = Choices()
        self.reference = LineEdit()
        self.reason = LineEdit()
        self.role = LineEdit()
        self.consent = Check()
        self.consent_role = LineEdit()
        form = Form(language)
        form.row(N_("Request of the agency"), self.state)
        given = form.row(
            N_("Reference of the request"), self.reference, N_("As it stands on the letter.")
        )
        reason = form.row(N_("Why the reference is pending"), self.reason)
        role = form.row(N_("Role that announced the request"), self.role, N_("A role, not a name."))
        form.row(N_("Consent"), self.consent)
        consent = form.row(
            N_("Role that gave consent"),
            self.consent_role,
            N_("For example head of the service. A role, not a name."),
        )
        self._rows = {GIVEN: (given,), PENDING: (reason, role), NONE: ()}
        self._warnings = {
            self.role: NameWarning(N_("Write the role only."), role),
            self.consent_role: NameWarning(N_("Write the role only."), consent),
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(form)
        self.state.chosen.connect(self._arrange)
        for field in self._warnings:
            field.left.connect(self._check_roles)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the fixed texts."""
        words = self._language.words
        self.state.offer([(one.id, words(one.label)) for one in REFERENCE_STATES])
        self.consent.set_text(words(N_("The agency agrees to this assessment")))
        self._check_roles()

    def lines(self) -> dict[str, LineEdit]:
        """Return the lines to type in, by the name of their field."""
        return {
            "reference": self.reference,
            "reference_reason": self.reason,
            "reference_role": self.role,
            "consent_role": self.consent_role,
        }

    def terms(self) -> Terms:
        """Return what stands in the fields."""
        return Terms(
            str(self.state.value() or NONE),
            self.reference.text(),
            self.reason.text(),
            self.role.text(),
            self.consent.is_on,
            self.consent_role.text(),
        )

    def show_terms(self, terms: Terms) -> None:
        """Show request and consent without telling anyone; lines are shown by their keepers."""
        self.state.put(terms.reference_state)
        self.consent.put(terms.consent)
        self._arrange()

    def _arrange(self) -> None:
        state = self.state.value() or NONE
        for name, rows in self._rows.items():
            for row in rows:
                row.setVisible(name == state)
        self._check_roles()

    def _check_roles(self) -> None:
        for field, warning in self._warnings.items():
            warning.look_at(field.text(), self._language.words)
