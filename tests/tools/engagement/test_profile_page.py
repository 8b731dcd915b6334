"""The profile page: fields save themselves, consent in words, groups by number and never by name."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QRadioButton, QSpinBox

from fieldkit.core.ids import ScopeId
from fieldkit.core.op import Value
from fieldkit.core.record import Record
from fieldkit.qt.host import Host
from fieldkit.tools.assessment import operations as assessment
from fieldkit.tools.engagement import operations
from fieldkit.tools.engagement.model import KIND, Terms, profile_id
from fieldkit.tools.engagement.page import ProfilePage
from fieldkit.workspace.workspace import Workspace
from tests.pages import (
    Went,
    answers,
    button,
    choose,
    clipped,
    named,
    nameless,
    press,
    retype,
    seen,
    settle,
    speak,
)


def radio(page: ProfilePage, text: str) -> QRadioButton:
    return next(r for r in page.findChildren(QRadioButton) if r.accessibleName() == text)


def groups(ws: Workspace, scope: ScopeId) -> list[tuple[str, int]]:
    return [(g.name, g.heads) for g in operations.groups(ws, scope)]


def test_every_field_saves_itself(profile: ProfilePage, ws: Workspace, training: ScopeId) -> None:
    retype(profile.agency, "Police of Lindmoor")
    choose(named(profile, "Kind of agency", QComboBox), "Municipal police")
    choose(named(profile, "Size", QComboBox), "Under 100 staff")
    choose(named(profile, "Place", QComboBox), "Presence in Albania (Tirana)")
    choose(named(profile, "Language of questions and papers", QComboBox), "Русский")
    press(profile, "Русский")
    radio(profile, "Public: may be passed on freely").click()
    profile.papers.non_attribution.box.click()
    QTest.keyClick(profile.papers.small_limit, Qt.Key.Key_Up)
    held = operations.engagement(ws, training)
    assert (held.agency, held.kind, held.size) == ("Police of Lindmoor", "municipal", "under-100")
    assert (held.place, held.doc_language, held.languages) == ("albania", "ru", ("ru",))
    assert (held.classification, held.non_attribution) == ("public", False)
    assert held.small_limit == 4


def test_an_agency_without_a_name_is_refused_beside_its_field(
    profile: ProfilePage, ws: Workspace, training: ScopeId
) -> None:
    profile.agency.setFocus()
    profile.agency.selectAll()
    QTest.keyClick(profile.agency, Qt.Key.Key_Delete)
    QTest.keyClick(profile.agency, Qt.Key.Key_Return)
    assert "Enter the name of the agency; it stands on every paper." in seen(profile)
    assert operations.engagement(ws, training).agency == "Sample Police"


def test_a_half_typed_name_is_a_draft_until_the_page_is_left(
    qtbot, profile: ProfilePage, ws: Workspace, training: ScopeId
) -> None:
    profile.agency.setFocus()
    QTest.keyClicks(profile.agency, " X")
    ent = profile_id(training)
    qtbot.waitUntil(lambda: ws.draft(training, ent, "text/agency") is not None, timeout=3000)
    assert operations.engagement(ws, training).agency == "Sample Police"
    profile.flush()
    assert operations.engagement(ws, training).agency == "Sample Police X"
    assert ws.draft(training, ent, "text/agency") is None


def test_a_place_with_a_footnote_shows_it(profile: ProfilePage) -> None:
    assert "Security Council resolution 1244" not in seen(profile)
    choose(named(profile, "Place", QComboBox), "Mission in Kosovo (Pristina)")
    assert "Security Council resolution 1244" in seen(profile)


def test_a_place_typed_by_hand_is_kept(
    profile: ProfilePage, ws: Workspace, training: ScopeId
) -> None:
    choose(named(profile, "Place", QComboBox), "Another place, typed by hand")
    assert QApplication.focusWidget() is profile.place.typed
    retype(profile.place.typed, "Lindmoor")
    assert operations.engagement(ws, training).place == "Lindmoor"
    profile.open(training)
    assert profile.place.value() == "Lindmoor"


def test_a_language_can_be_added_from_the_list(
    profile: ProfilePage, ws: Workspace, training: ScopeId
) -> None:
    choose(named(profile, "Add a language", QComboBox), "Українська")
    assert operations.engagement(ws, training).languages == ("uk",)
    press(profile, "Українська")
    assert operations.engagement(ws, training).languages == ()


def test_training_becomes_real_only_with_request_and_consent(
    profile: ProfilePage, ws: Workspace, training: ScopeId, host: Host
) -> None:
    assert "needs no request and no consent" in seen(profile)
    press(profile, "Make this a real engagement...")
    assert "Record the consent of the agency and the role that gave it." in seen(profile)
    press(profile, "Make it real now")
    assert answers(host).errors[-1].code == "E_CONSENT_NEEDED"
    assert operations.engagement(ws, training).training
    radio(profile, "Request received").click()
    retype(named(profile, "Reference of the request", QLineEdit), "12-3/2026")
    profile.consent.terms.consent.box.click()
    assert QApplication.focusWidget() is profile.consent.terms.consent_role
    retype(profile.consent.terms.consent_role, "head of service")
    press(profile, "Make it real now")
    held = operations.engagement(ws, training)
    assert not held.training
    assert held.terms == Terms("given", "12-3/2026", consent=True, consent_role="head of service")
    assert "Nothing is missing. Questions are open." in seen(profile)


def test_keeping_it_as_training_hides_the_fields_again(profile: ProfilePage) -> None:
    press(profile, "Make this a real engagement...")
    press(profile, "Keep as training")
    assert "Role that gave consent" not in seen(profile)


def test_what_is_missing_of_a_real_engagement_is_said_in_words(
    profile: ProfilePage, ws: Workspace, training: ScopeId
) -> None:
    terms = Terms("given", "1/2026", consent=True, consent_role="head")
    operations.make_real(ws, training, terms)
    profile.consent.terms.consent.box.click()
    assert "Still missing before questions can be answered:" in seen(profile)
    assert not operations.engagement(ws, training).terms.consent
    profile.consent.terms.consent.box.click()
    assert "Nothing is missing. Questions are open." in seen(profile)
    radio(profile, "Request announced, not yet received").click()
    assert "Say why the reference is pending" in seen(profile)


def test_a_real_engagement_turns_to_training_only_before_its_first_round(
    profile: ProfilePage, ws: Workspace, training: ScopeId, pack
) -> None:
    terms = Terms("given", "1/2026", consent=True, consent_role="head")
    operations.make_real(ws, training, terms)
    press(profile, "Use for training instead")
    assert operations.engagement(ws, training).training
    operations.make_real(ws, training, terms)
    assessment.start_round(ws, training, pack, assessment.RoundPlan("First"))
    assert "Use for training instead" not in seen(profile)


def test_groups_are_added_with_name_category_and_number(
    profile: ProfilePage, ws: Workspace, training: ScopeId
) -> None:
    profile.command("engagement.groups", training)
    assert QApplication.focusWidget() is profile.groups.name
    QTest.keyClicks(profile.groups.name, "Dispatchers")
    choose(named(profile, "Category", QComboBox), "Technical")
    heads = named(profile, "How many people", QSpinBox)
    heads.setValue(6)
    QTest.keyClick(profile.groups.name, Qt.Key.Key_Return)
    last = operations.groups(ws, training)[-1]
    assert (last.name, last.category, last.heads) == ("Dispatchers", "technical", 6)
    assert profile.groups.name.text() == ""


def test_a_group_without_a_name_is_not_added(
    profile: ProfilePage, ws: Workspace, training: ScopeId
) -> None:
    press(profile, "Add the group")
    assert "Give the group a name first." in seen(profile)
    assert len(groups(ws, training)) == 3


def test_a_group_is_changed_where_it_stands(
    profile: ProfilePage, ws: Workspace, training: ScopeId
) -> None:
    first = profile.groups.rows()[0]
    retype(first.name, "Command staff")
    choose(first.category, "Administrative")
    QTest.keyClick(first.heads, Qt.Key.Key_Up)
    held = operations.groups(ws, training)[0]
    assert (held.name, held.category, held.heads) == ("Command staff", "administrative", 5)


def test_groups_are_put_in_order_by_buttons_and_by_keys(
    profile: ProfilePage, ws: Workspace, training: ScopeId
) -> None:
    button_of = profile.groups.rows()[0].down
    button_of.click()
    assert [n for n, _ in groups(ws, training)] == ["Shift leaders", "Command", "IT"]
    settle()
    moved = profile.groups.rows()[1]
    assert moved.name.text() == "Command"
    moved.category.setFocus()
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(moved.category, Qt.Key.Key_Up, held)
    assert [n for n, _ in groups(ws, training)] == ["Command", "Shift leaders", "IT"]
    assert not profile.groups.rows()[0].up.isEnabled()


def test_removing_a_group_asks_nothing_and_undo_brings_it_back(
    profile: ProfilePage, ws: Workspace, training: ScopeId, host: Host, went: Went
) -> None:
    profile.groups.rows()[2].out.click()
    assert [n for n, _ in groups(ws, training)] == ["Command", "Shift leaders"]
    assert answers(host).asked == []
    assert "was removed. Ctrl+Z brings it back." in went.said[-1]
    ws.undo()
    settle()
    assert [r.name.text() for r in profile.groups.rows()] == ["Command", "Shift leaders", "IT"]


def test_a_group_named_like_a_person_is_pointed_out_but_kept(
    profile: ProfilePage, ws: Workspace, training: ScopeId
) -> None:
    retype(profile.groups.rows()[0].name, "Ivan Petrovich")
    assert "Name the group, never a person." in seen(profile)
    assert groups(ws, training)[0] == ("Ivan Petrovich", 4)


def test_a_small_group_says_that_it_is_never_shown_alone(
    profile: ProfilePage, ws: Workspace, training: ScopeId
) -> None:
    assert seen(profile).count("this group is never shown alone") == 1
    operations.update(ws, replace(operations.engagement(ws, training), small_limit=5))
    assert seen(profile).count("Under 5 people: this group is never shown alone") == 2


def test_commands_lead_to_what_was_asked_for(profile: ProfilePage, training: ScopeId) -> None:
    profile.command("engagement.complete", training)
    assert QApplication.focusWidget() is profile.boxes["kind"]
    profile.command("engagement.consent", training)
    assert QApplication.focusWidget() is profile.consent.turn
    press(profile, "Make this a real engagement...")
    profile.command("engagement.consent", training)
    assert isinstance(QApplication.focusWidget(), QRadioButton)


def test_a_card_asked_for_comes_into_view(profile: ProfilePage, training: ScopeId) -> None:
    profile.resize(816, 576)
    settle()
    profile.command("engagement.groups", training)
    settle()
    field = profile.groups.name
    top = field.mapTo(profile._scroll.viewport(), field.rect().topLeft()).y()
    assert 0 <= top <= profile._scroll.viewport().height() - field.height()


def test_archiving_leads_to_the_list(
    profile: ProfilePage, ws: Workspace, training: ScopeId, went: Went
) -> None:
    press(profile, "Archive this engagement")
    assert operations.engagement(ws, training).archived
    assert went.to == [("engagements", "")]


def test_differing_fields_lead_to_settling(
    profile: ProfilePage, ws: Workspace, training: ScopeId, went: Went
) -> None:
    assert "Settle differences" not in seen(profile)
    held = replace(operations.engagement(ws, training), differing=frozenset({"kind", "size"}))
    profile.show_differing(held)
    assert "2 fields of the profile differ between two copies." in seen(profile)
    press(profile, "Settle differences")
    assert went.to == [("exchange.settle", training)]


def test_a_language_no_longer_here_stays_chosen(
    profile: ProfilePage, ws: Workspace, training: ScopeId
) -> None:
    fields: dict[str, Value] = {"doc_language": "ka", "place": "Batumi"}
    ws.commit([Record(training, KIND, profile_id(training), fields)])
    settle()
    assert profile.boxes["doc_language"].currentText() == "Ქართული"
    assert profile.place.value() == "Batumi"


@pytest.mark.parametrize("tag", ["en", "ru", "qps-long", "qps-rtl"])
def test_it_opens_in_every_language_with_names_and_keeps_half_typed_text(
    profile: ProfilePage, host: Host, tag: str
) -> None:
    press(profile, "Make this a real engagement...")
    profile.agency.setFocus()
    QTest.keyClicks(profile.agency, " half")
    speak(host, tag)
    assert nameless(profile) == []
    assert profile.agency.text() == "Sample Police half"


@pytest.mark.parametrize("tag", ["en", "qps-long"])
def test_nothing_is_clipped_at_150_percent(profile: ProfilePage, host: Host, tag: str) -> None:
    press(profile, "Make this a real engagement...")
    host.look.use("light", 150)
    speak(host, tag)
    assert clipped(profile) == []


def test_tab_reaches_every_control_once(profile: ProfilePage) -> None:
    reached = []
    start = profile.agency
    start.setFocus()
    for _ in range(200):
        now = QApplication.focusWidget()
        if reached and now is start:
            break
        reached.append(now)
        assert now is not None
        QTest.keyClick(now, Qt.Key.Key_Tab)
    assert len(reached) == len(set(map(id, reached)))
    assert button(profile, "Archive this engagement") in reached
    assert profile.groups.join in reached
