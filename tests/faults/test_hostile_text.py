"""Hostile text in every text of every kind: shown and printed as it is, and nothing is fetched."""

import os
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from fieldkit.cli.papers import results_paper, strategy_paper, write
from fieldkit.core.i18n import Words
from fieldkit.core.ids import EntityId, ScopeId
from fieldkit.core.record import Record
from fieldkit.reports.document import Document
from fieldkit.store.checks import check_scope
from fieldkit.tools.assessment import operations as assessment
from fieldkit.workspace.workspace import Workspace
from tests.ui.house import ROOMS, House, furnish, house_in

SHORT = (
    '<img src="{file}"><b>not bold</b><a href="http://sentinel.invalid/SENTINEL">x</a>'
    " &lt;i&gt; {{name}} %s \x07\x1b[31m\x00 \u202etxet\u202c \U0001f600 =1+1"
)
MARKUP = "<b>not bold</b>"
WORDS = "word " * 100_000
LINE = "x" * 1_000_000
LONG = {("strategy", "problem"): WORDS, ("round", "summary"): LINE}
PAPERS: tuple[Callable[[Workspace, ScopeId, Words], Document], ...] = (
    results_paper,
    strategy_paper,
)


@dataclass
class Watch:
    """What Python opened and connected while it looked."""

    on: bool = False
    sockets: list[str] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)

    def hear(self, event: str, arguments: tuple[object, ...]) -> None:
        """Take notice of an event of the interpreter."""
        if self.on and event.startswith("socket."):
            self.sockets.append(event)
        elif self.on and event == "open" and "SENTINEL" in str(arguments[0]):
            self.opened.append(str(arguments[0]))


@pytest.fixture(scope="module")
def watch() -> Iterator[Watch]:
    made = Watch()
    sys.addaudithook(made.hear)
    made.on = True
    yield made
    made.on = False


@pytest.fixture(scope="module")
def sentinel(tmp_path_factory: pytest.TempPathFactory, watch: Watch) -> Path:
    """Return a picture that nobody read since 1970, where the disk notes who reads."""
    made = tmp_path_factory.mktemp("bait") / "SENTINEL.png"
    made.write_bytes(b"not a picture")
    os.utime(made, (0, made.stat().st_mtime))
    watch.opened.clear()
    return made


def texts_of(ws: Workspace, scope: ScopeId, short: str) -> list[Record]:
    """Return every record of a scope with hostile text in each of its free texts."""
    found = []
    for kind, plate in ws.schema.kinds.items():
        names = [f.name for f in plate.fields if f.free and f.name not in ("counts", "file")]
        for record in ws.records(scope, kind):
            fields = {n: LONG.get((kind, n), short) for n in names}
            found.append(Record(scope, kind, EntityId(record.id), fields))
    return found


@pytest.fixture(scope="module")
def house(
    qapp: QApplication, tmp_path_factory: pytest.TempPathFactory, watch: Watch, sentinel: Path
) -> Iterator[House]:
    with house_in(qapp, tmp_path_factory.mktemp("hostile") / "home") as made:
        furnish(made)
        short = SHORT.format(file=sentinel)
        assessment.write_note(made.ws, made.round, "LDR.1", short)
        for row in made.ws.scopes():
            made.ws.commit(texts_of(made.ws, row.id, short), label="Text written")
        made.wait()
        yield made


def was_read(sentinel: Path) -> bool:
    """Say whether anybody read the bait."""
    return sentinel.stat().st_atime > 0


def test_every_free_text_of_every_kind_is_hostile(house: House) -> None:
    kinds = {
        (kind, f.name)
        for kind, plate in house.ws.schema.kinds.items()
        for f in plate.fields
        if f.free and f.name not in ("counts", "file", "pile")
    }
    held = {
        (kind, name)
        for row in house.ws.scopes()
        for kind in house.ws.schema.kinds
        for record in house.ws.records(row.id, kind)
        for name, value in record.fields.items()
        if isinstance(value, str) and (MARKUP in value or value in (WORDS, LINE))
    }
    assert kinds <= held


def test_every_room_shows_it_as_it_is_and_fetches_nothing(
    house: House, watch: Watch, sentinel: Path
) -> None:
    shown = 0
    for view in (*ROOMS, "export", "new"):
        house.show(view)
        for label in house.window.findChildren(QLabel):
            assert label.textFormat() == Qt.TextFormat.PlainText, (view, label.text())
            assert not any(c in label.text() for c in "\x00\x07\x1b\u202e"), view
            shown += label.isVisible() and MARKUP in label.text()
        house.window.grab()
    assert shown > 10
    assert (house.window.width(), house.window.height()) == (1280, 800)
    assert house.dialogs.errors == []
    assert watch.opened == []
    assert watch.sockets == []
    assert not was_read(sentinel)


@pytest.mark.parametrize("kind", ["pdf", "docx", "txt", "json"])
def test_papers_carry_it_and_fetch_nothing(
    house: House, watch: Watch, sentinel: Path, tmp_path: Path, kind: str
) -> None:
    for make, scope in zip(PAPERS, (house.round, house.strategy), strict=True):
        target = tmp_path / f"{make.__name__}.{kind}"
        document = make(house.ws, scope, Words())
        assert write(document, kind, target, Words(), house.ws).size > 10_000
        if kind in ("txt", "json"):
            assert MARKUP in target.read_text("utf-8")
        elif kind == "docx":
            with zipfile.ZipFile(target) as packed:
                body = packed.read("word/document.xml").decode()
            assert "&lt;b&gt;not bold&lt;/b&gt;" in body
            assert "\x1b" not in body
    assert watch.opened == []
    assert watch.sockets == []
    assert not was_read(sentinel)


def test_the_chains_hold_afterwards(house: House) -> None:
    for row in house.ws.scopes():
        house.ws.run(partial(check_scope, house.ws.store.records, row.id))


def test_the_bait_would_have_told(watch: Watch, tmp_path: Path) -> None:
    bait = tmp_path / "SENTINEL.png"
    bait.write_bytes(b"not a picture")
    os.utime(bait, (0, bait.stat().st_mtime))
    watch.opened.clear()
    bait.read_bytes()
    assert watch.opened == [str(bait)]
    watch.opened.clear()
    if not was_read(bait):
        pytest.skip("this disk does not note who reads; only Python's own opens were watched")
