"""The main job in a real window by keyboard alone; run by test_main_job.py on a screen of its own.

A training engagement, a short round with votes (under a Russian layout too), reveal, agreed levels, results, report,
export; a second home imports, changes and exports; the first previews, settles, takes the import back, imports again.
"""

import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from fieldkit.tools.assessment import operations as assessment
from fieldkit.tools.engagement import operations as engagements
from tests.journeys.person import Person

# Places on the keyboard, whatever the layout says there: X key codes.
DIGIT = {"1": "10", "2": "11", "3": "12", "4": "13", "5": "14"}
LETTER = {"v": "55", "r": "27", "d": "40"}


def walk(folder: Path) -> None:
    """Walk the whole journey; any step that never shows ends it with an error."""
    app = QApplication(["fieldkit"])
    app.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    person = Person(app, folder / "pictures")
    first, second, stick = folder / "first", folder / "second", folder / "stick"
    stick.mkdir()
    person.open(first, "Anna")
    scope = create_training(person)
    run_round(person, scope)
    look_at_results(person, folder)
    there = export(person, stick)
    person.close()
    person.open(second, "Berik")
    take_in(person, there)
    change_an_answer(person, 4)
    back = export(person, stick, but=there)
    person.close()
    person.open(first, "Anna")
    change_an_answer(person, 1)
    settle_on_the_way_in(person, back)
    person.close()


def create_training(person: Person) -> str:
    """Create a training engagement from the first-start page."""
    person.find("New engagement")
    page: Any = person.window._pages["engagements"]
    person.until(lambda: page.beginning.isVisible(), "the form for a new engagement")
    person.until(lambda: focused(person, "Name of the agency"), "the name has the keyboard")
    person.keys.type("Walk Police")
    person.tab_to("A real assessment, at the request of the agency")
    person.keys.press("Down", "space")
    person.picture("new")
    person.use("Create")
    person.until(lambda: bool(engagements.engagements(person.ws)), "the engagement exists")
    held = engagements.engagements(person.ws)[0]
    assert held.training
    assert held.agency == "Walk Police"
    return held.scope


def run_round(person: Person, scope: str) -> None:
    """Run a quick scan: votes on two questions, agreed levels on all."""
    person.find("Assess")
    page: Any = person.window._pages["assess"]
    person.use("Start a round")
    person.until(lambda: person.dialog("StartRound") is not None, "the dialog for a round")
    person.tab_to("Full: all 69 questions, one to two days", most=10)
    person.keys.press("Down")
    person.picture("round")
    person.use("Start")
    person.until(lambda: page.board is not None, "the round is open")
    page.setFocus()
    vote(person, page, "2232")
    person.keys.layout("ru")
    person.keys.press(DIGIT["2"])
    person.until(lambda: agreed(page) == 2, "level 2 agreed under a Russian layout")
    person.picture("agreed")
    person.keys.press("Return")
    vote(person, page, "1355")
    person.keys.press(DIGIT["1"])
    person.until(
        lambda: focused(person, page.aside.agreed.reason.accessibleName()),
        "the reason is asked for",
    )
    person.keys.layout("us")
    person.keys.type("Two stations keep paper books.")
    person.keys.press("ctrl+Return")
    person.until(lambda: agreed(page) == 1, "level 1 agreed with its reason")
    answer_the_rest(person, page)
    assert page.board.answered == page.board.total == 13
    person.picture("answered")


def vote(person: Person, page: Any, ballots: str) -> None:
    """Type one room's ballots hidden and reveal them."""
    person.keys.press(LETTER["v"])
    person.until(lambda: bool(page.aside.votes.group), "ballots are typed")
    for ballot in ballots:
        person.keys.press(DIGIT[ballot])
    person.until(
        lambda: page.board.by_id[page.at].waiting_votes == len(ballots), "all ballots are in"
    )
    assert not page.aside.room.isVisible()
    person.picture("hidden")
    person.keys.press("Escape", LETTER["r"])
    person.until(lambda: page.board.by_id[page.at].answer.revealed, "the votes are shown")
    person.picture("revealed")


def answer_the_rest(person: Person, page: Any) -> None:
    """Answer what is open, one key and F6 each."""
    person.keys.press("F6")
    for number in range(13):
        if page.board.next_unanswered(page.at) is None and agreed(page) is not None:
            break
        person.keys.press(DIGIT[str(number % 4 + 1)])
        person.until(lambda: agreed(page) is not None, "an answer is recorded")
        person.keys.press("F6")


def look_at_results(person: Person, folder: Path) -> None:
    """See the results and print them."""
    person.find("Results")
    person.until(lambda: "results" in person.window._pages, "the results")
    person.picture("results")
    target = folder / "report.pdf"
    person.until(person.window.isActiveWindow, "the window is in front")
    person.keys.press("ctrl+p")
    person.until(lambda: person.dialog("PaperDialog") is not None, "the dialog for a paper")
    person.picture("paper")
    person.use("Save as a file…")
    choose_file(person, target)
    person.until(target.exists, "the report is written")
    person.until(lambda: person.host.jobs.is_busy is False, "the job has ended")
    person.keys.press("Escape")
    person.until(lambda: person.dialog("PaperDialog") is None, "the dialog is closed")
    assert target.read_bytes().startswith(b"%PDF")


def export(person: Person, stick: Path, but: Path | None = None) -> Path:
    """Export a bundle for one's own installs onto the stick."""
    person.until(person.window.isActiveWindow, "the window is in front")
    person.keys.press("ctrl+e")
    person.until(lambda: "exchange" in person.window._pages, "the exchange")
    page: Any = person.window._pages["exchange"]
    person.until(lambda: page.exporting.isVisible(), "the export")
    person.tab_to("My own computers and my team's")
    person.keys.press("space")
    person.use("Choose a folder...")
    choose_file(person, stick)
    person.until(lambda: page.exporting.write.isEnabled(), "the export is ready")
    person.use("Export")
    person.until(lambda: page.exporting.stack.currentIndex() == 1, "the receipt")
    person.picture("receipt")
    found = [p for p in stick.glob("*.fkb") if p != but]
    assert len(found) == 1
    person.keys.press("Return")
    return found[0]


def take_in(person: Person, bundle: Path) -> None:
    """Import a bundle into a new home."""
    preview(person, bundle)
    person.use("Import")
    person.until(lambda: bool(engagements.engagements(person.ws)), "the engagement came in")
    scope = engagements.engagements(person.ws)[0].scope
    person.find("Walk Police")
    person.until(lambda: person.window.engagement == scope, "the engagement is in hand")


def preview(person: Person, bundle: Path) -> None:
    """Look at a bundle; nothing is changed yet."""
    person.until(person.window.isActiveWindow, "the window is in front")
    person.keys.press("ctrl+o")
    choose_file(person, bundle)
    page: Any = person.window._pages["exchange"]
    person.until(lambda: page.preview.made is not None and page.preview.isVisible(), "the preview")
    person.picture("preview")


def change_an_answer(person: Person, level: int) -> None:
    """Agree another level on the last question."""
    person.find("Assess")
    page: Any = person.window._pages["assess"]
    person.until(lambda: page.board is not None and page.isVisible(), "the round")
    person.keys.press("ctrl+g")
    person.until(lambda: page.outline.field.hasFocus(), "the search")
    person.keys.type("PAR.1")
    person.keys.press("Return")
    person.until(lambda: page.at == "PAR.1", "PAR.1")
    person.keys.press(DIGIT[str(level)])
    person.until(lambda: agreed(page) == level, "the level is changed")


def settle_on_the_way_in(person: Person, bundle: Path) -> None:
    """Preview, settle, import, take back, import again."""

    preview(person, bundle)
    page: Any = person.window._pages["exchange"]
    assert len(page.preview.cases) == 1
    assert page.preview.decisions == {}
    person.keys.press("Return")
    assert page.preview.decisions == {}
    person.keys.press("2")
    person.until(lambda: len(page.preview.decisions) == 1, "the bundle's level is taken")
    person.use("Import")
    person.until(lambda: level_of(person) == 4, "the bundle's level stands")
    assert person.ws.differences() == []
    person.picture("imported")
    person.keys.press("ctrl+z")
    person.until(lambda: level_of(person) == 1, "the import is taken back")
    preview(person, bundle)
    person.keys.press("1")
    person.until(lambda: len(page.preview.decisions) == 1, "this computer's level is kept")
    person.use("Import")
    person.until(lambda: person.ws.last_import() is not None, "imported again")
    person.until(lambda: page.start.isVisible(), "the start of the exchange")
    assert level_of(person) == 1
    assert person.ws.differences() == []


def level_of(person: Person) -> object:
    """Return the agreed level of the last question as stored."""
    scope = engagements.engagements(person.ws)[0].scope
    row = assessment.rounds(person.ws, scope)[0]
    return assessment.answer_of(person.ws, row.scope, "PAR.1").level


def agreed(page: Any) -> object:
    """Return the agreed level of the question in hand."""
    state = page.board.by_id[page.at]
    return state.level if state.agreed else None


def focused(person: Person, name: str) -> bool:
    """Say whether the control with this name has the keyboard."""
    at = person.app.focusWidget()
    return at is not None and at.accessibleName() == name


def choose_file(person: Person, path: Path) -> None:
    """Type a path into the file dialog."""
    person.until(lambda: file_dialog(person) is not None, "a file dialog")
    dialog = file_dialog(person)
    field = dialog.findChild(QLineEdit)
    person.until(field.hasFocus, "the file name has the keyboard")
    person.keys.press("ctrl+a")
    person.keys.type(str(path))
    person.keys.press("Return")
    person.until(lambda: file_dialog(person) is None, "the file dialog closes")


def file_dialog(person: Person) -> QFileDialog | None:
    """Return the open file dialog."""
    found = [
        w for w in person.app.topLevelWidgets() if isinstance(w, QFileDialog) and w.isVisible()
    ]
    return found[-1] if found else None


if __name__ == "__main__":
    walk(Path(sys.argv[1]))
    print("walked")
