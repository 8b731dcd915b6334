"""A checklist of a thousand questions: opening its page, and one answer until it is shown."""

import os
import tempfile
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from fieldkit.app import make_host
from fieldkit.content import Pack, load_pack
from fieldkit.content.pack import pack_of
from fieldkit.system.paths import Paths
from fieldkit.tools import schema
from fieldkit.tools.assessment import operations
from fieldkit.tools.assessment.page import AssessPage
from fieldkit.tools.engagement import operations as engagements
from fieldkit.tools.engagement.model import Engagement
from fieldkit.workspace.workspace import Workspace

QUESTIONS = 1_000


def grown_pack(folder: Path) -> Pack:
    """Return the shipped checklist with its questions repeated up to a thousand."""
    tree: Any = load_pack(folder).tree
    areas = tree["dimensions"]
    count = sum(len(a["questions"]) for a in areas)
    made = []
    for area in areas:
        share = round(QUESTIONS * len(area["questions"]) / count)
        first = area["questions"]
        grown = [
            {**first[i % len(first)], "id": f"{area['id']}.{i + 1}"}
            if i >= len(first)
            else first[i]
            for i in range(share)
        ]
        made.append({**area, "questions": grown})
    return pack_of({**tree, "dimensions": made})


def run() -> list[dict[str, object]]:
    """Measure opening and answering beside a bare window with a thousand labels."""
    found = QApplication.instance() or QApplication([])
    app = found if isinstance(found, QApplication) else QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        paths = Paths.at(Path(folder))
        host = make_host(app, paths)
        host.go, host.say = lambda _c, _s: None, lambda _t: None
        with Workspace.open(paths, schema(), patience=0.08) as ws:
            scope, _ = engagements.create(ws, Engagement(agency="Bench", training=True))
            pack = grown_pack(paths.resources / "content" / "assessment")
            operations.start_round(ws, scope, pack, operations.RoundPlan("Large"))
            opened, page = _open(app, ws, host, scope)
            answers = [_answer(app, page, i) for i in range(25)]
            page.flush()
            page.deleteLater()
            host.jobs.stop()
    bare = _bare(app)
    answers.sort()
    return [
        {"name": "open 1,000 questions", "measured": opened, "floor": bare,
         "ratio": opened / bare, "limit": 1000.0, "unit": "ms", "bound": "measured"},
        {"name": "answer among 1,000 (median)", "measured": answers[len(answers) // 2],
         "floor": bare, "ratio": answers[len(answers) // 2] / bare, "limit": 50.0, "unit": "ms",
         "bound": "measured"},
    ]  # fmt: skip


def _open(app: QApplication, ws: Workspace, host: Any, scope: Any) -> tuple[float, AssessPage]:
    start = time.perf_counter()
    page = AssessPage(ws, host)
    page.resize(1072, 776)
    page.open(scope)
    page.show()
    app.processEvents()
    return (time.perf_counter() - start) * 1000, page


def _answer(app: QApplication, page: AssessPage, i: int) -> float:
    start = time.perf_counter()
    page.pick(i % 5 + 1)
    app.processEvents()
    took = (time.perf_counter() - start) * 1000
    page._on_forward()
    app.processEvents()
    return took


def _bare(app: QApplication) -> float:
    start = time.perf_counter()
    window = QWidget()
    column = QVBoxLayout(window)
    for i in range(100):
        column.addWidget(QLabel(str(i)))
    window.show()
    app.processEvents()
    took = (time.perf_counter() - start) * 1000
    window.deleteLater()
    return took


if __name__ == "__main__":
    for row in run():
        print(row)
