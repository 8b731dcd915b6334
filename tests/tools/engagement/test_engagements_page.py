"""The engagements page: first start, a new engagement, the list, putting aside."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QRadioButton

from fieldkit.qt.host import Host
from fieldkit.system.translations import name_of
from fieldkit.tools.engagement import operations
from fieldkit.tools.engagement.model import Engagement
from fieldkit.tools.engagement.page import EngagementsPage
from fieldkit.tools.engagement.page.beginning import NewEngagement
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
    speak,
)

REAL = "A real assessment, at the request of the agency"
TRAINING = "Training with made-up data: needs no request and no consent"


def form(page: EngagementsPage) -> NewEngagement:
    assert page.beginning is not None
    return page.beginning


def radio(page: EngagementsPage, text: str) -> QRadioButton:
    return next(r for r in page.findChildren(QRadioButton) if r.accessibleName() == text)


def test_the_first_start_offers_three_ways_and_says_where_data_stays(
    listed: EngagementsPage, went: Went
) -> None:
    said = seen(listed)
    assert "Welcome to Fieldkit" in said
    assert "Everything stays on this computer." in said
    press(listed, "Open the sample")
    press(listed, "Import a bundle")
    assert went.to == [("sample.load", ""), ("exchange.import", "")]


def test_each_language_names_itself_and_applies_at_once(
    listed: EngagementsPage, went: Went, host: Host
) -> None:
    press(listed, "Русский")
    assert went.to == [("settings.language", "ru")]
    speak(host, "ru")
    assert button(listed, "Русский").text() == "✓ Русский"
    assert button(listed, "English").text() == "English"


def test_a_training_needs_only_a_name(listed: EngagementsPage, ws: Workspace, went: Went) -> None:
    press(listed, "New engagement")
    assert QApplication.focusWidget() is form(listed).agency
    radio(listed, TRAINING).click()
    assert "Request and consent" not in seen(listed)
    retype(form(listed).agency, "Sample Police")
    [made] = operations.engagements(ws)
    assert (made.agency, made.training, made.non_attribution) == ("Sample Police", True, True)
    assert made.classification == "restricted"
    assert went.to == [("engagement.open", made.scope)]
    assert len(ws.recent()) == 1


def test_without_a_name_nothing_is_created(listed: EngagementsPage, ws: Workspace) -> None:
    press(listed, "New engagement")
    press(listed, "Create")
    assert "Enter the name of the agency" in seen(listed)
    assert operations.engagements(ws) == []
    assert QApplication.focusWidget() is form(listed).agency


def test_a_real_engagement_is_created_whole_in_one_command(
    listed: EngagementsPage, ws: Workspace
) -> None:
    press(listed, "New engagement")
    asked = form(listed)
    QTest.keyClicks(asked.agency, "Police of the North")
    radio(listed, "Request announced, not yet received").click()
    QTest.keyClicks(named(listed, "Why the reference is pending", QLineEdit), "letter under way")
    QTest.keyClicks(named(listed, "Role that announced the request", QLineEdit), "deputy head")
    asked.terms.consent.box.click()
    QTest.keyClicks(named(listed, "Role that gave consent", QLineEdit), "head of service")
    choose(named(listed, "Kind of agency", QComboBox), "Regional or territorial police")
    choose(named(listed, "Size", QComboBox), "500 to 1,999 staff")
    choose(named(listed, "Place", QComboBox), "Mission to Serbia (Belgrade)")
    press(listed, name_of("sr-Cyrl"))
    choose(named(listed, "Language of questions and papers", QComboBox), "Русский")
    choose(named(listed, "Second language", QComboBox), "English")
    press(listed, "Create")
    [made] = operations.engagements(ws)
    assert (made.kind, made.size, made.place) == ("regional", "500-1999", "serbia")
    assert (made.languages, made.doc_language, made.second_language) == (("sr-Cyrl",), "ru", "en")
    terms = made.terms
    assert (terms.reference_state, terms.reference_role) == ("pending", "deputy head")
    assert (terms.consent, terms.consent_role) == (True, "head of service")
    assert len(ws.recent()) == 1


def test_a_place_can_be_typed_by_hand(listed: EngagementsPage, ws: Workspace) -> None:
    press(listed, "New engagement")
    QTest.keyClicks(form(listed).agency, "Harbour police")
    choose(named(listed, "Place", QComboBox), "Another place, typed by hand")
    assert QApplication.focusWidget() is form(listed).place.typed
    QTest.keyClicks(form(listed).place.typed, "Lindmoor")
    press(listed, "Create")
    assert operations.engagements(ws)[0].place == "Lindmoor"


def test_a_name_in_place_of_a_role_is_pointed_out(listed: EngagementsPage) -> None:
    press(listed, "New engagement")
    retype(form(listed).terms.consent_role, "Colonel Ivan Petrovich")
    assert "Write the role only." in seen(listed)
    retype(form(listed).terms.consent_role, "head of service")
    assert "Write the role only." not in seen(listed)


def test_escape_leaves_the_form_and_keeps_what_was_typed(listed: EngagementsPage) -> None:
    press(listed, "New engagement")
    QTest.keyClicks(form(listed).agency, "Half")
    QTest.keyClick(form(listed).agency, Qt.Key.Key_Escape)
    assert "Welcome to Fieldkit" in seen(listed)
    listed.command("engagement.new", "")
    assert form(listed).agency.text() == "Half"
    press(listed, "Cancel")
    listed.command("engagement.new", "")
    assert form(listed).agency.text() == ""


def test_the_list_shows_each_engagement_and_opens_it(
    ws: Workspace, room, listed: EngagementsPage, went: Went
) -> None:
    operations.create(ws, Engagement("Border guard", place="albania", kind="border"))
    said = seen(listed)
    assert "Sample Police" in said
    assert "Training" in said
    assert "First round" in said
    assert "No round yet" in said
    assert "Presence in Albania (Tirana)" in said
    press(listed, next(b for b in names(listed) if b.startswith("Open") and "Sample" in b))
    assert went.to == [("engagement.open", room.engagement)]


def names(page: EngagementsPage) -> list[str]:
    return [c.open.accessibleName() for c in page._cards.values()]


def test_archiving_asks_nothing_and_can_be_taken_back(
    ws: Workspace, training, listed: EngagementsPage, host: Host
) -> None:
    press(listed, "Archive")
    assert answers(host).asked == []
    assert operations.engagements(ws) == []
    assert "was archived. Nothing of it is lost." in seen(listed)
    press(listed, "Bring back")
    assert [e.scope for e in operations.engagements(ws)] == [training]
    assert "Sample Police" in seen(listed)


def test_archived_ones_are_shown_on_demand_and_brought_back(
    ws: Workspace, training, listed: EngagementsPage
) -> None:
    operations.create(ws, Engagement("Second"))
    operations.archive(ws, training)
    assert "Sample Police" not in seen(listed)
    press(listed, "Show 1 archived")
    assert "Sample Police" in seen(listed)
    press(listed, "Bring back")
    assert len(operations.engagements(ws)) == 2


def test_an_empty_list_says_what_it_is_for(
    ws: Workspace, training, listed: EngagementsPage
) -> None:
    operations.archive(ws, training)
    assert "No engagement is open" in seen(listed)
    press(listed, "Show archived engagements")
    assert "Sample Police" in seen(listed)


@pytest.mark.parametrize("tag", ["en", "ru", "qps-long", "qps-rtl"])
def test_every_face_opens_in_every_language_with_names(
    ws: Workspace, listed: EngagementsPage, host: Host, tag: str
) -> None:
    speak(host, tag)
    assert nameless(listed) == []
    listed.begin()
    assert nameless(listed) == []
    QTest.keyClicks(form(listed).agency, "Police")
    speak(host, "en")
    assert form(listed).agency.text() == "Police"
    speak(host, tag)
    form(listed)._on_create()
    assert nameless(listed) == []
    assert "Police" in seen(listed)


@pytest.mark.parametrize("tag", ["en", "qps-long"])
def test_nothing_is_clipped_at_150_percent(
    ws: Workspace, listed: EngagementsPage, host: Host, tag: str
) -> None:
    host.look.use("light", 150)
    speak(host, tag)
    assert clipped(listed) == []
    listed.begin()
    assert clipped(listed) == []
    QTest.keyClicks(form(listed).agency, "Regional police")
    form(listed)._on_create()
    assert clipped(listed) == []
