"""One answer committed, beside one bare row of the same bytes; a round of a thousand questions.

The floor is one SQLite transaction that inserts one row of as many bytes as the answer's op holds, with the
same settings on the same disk. The two are measured in turn, so that a busy disk slows both.
"""

import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from fieldkit.content.pack import Pack, load_pack, pack_of
from fieldkit.core.ids import ScopeId
from fieldkit.store.database import _SETTINGS
from fieldkit.system.paths import Paths
from fieldkit.tools import schema
from fieldkit.tools.assessment import operations as assessment
from fieldkit.tools.assessment.model import Checklist
from fieldkit.tools.engagement import operations as engagement
from fieldkit.tools.engagement.model import Engagement
from fieldkit.workspace.workspace import Workspace

ROOT = Path(__file__).parents[2]
CONTENT = ROOT / "resources" / "content" / "assessment"
REPEATS, MANY, LIMIT_RATIO = 200, 1000, 2.0
OPEN_LIMIT_MS, ANSWER_LIMIT_MS = 1000.0, 50.0
Rows = list[dict[str, Any]]


@contextmanager
def disk() -> Iterator[Path]:
    """Give a folder on the disk of the checkout: a temporary folder may lie in memory."""
    home = ROOT / "build"
    home.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home) as folder:
        yield Path(folder)


@contextmanager
def round_of(folder: Path, pack: Pack) -> Iterator[tuple[Workspace, ScopeId, Checklist]]:
    """Open a workspace with one training round of a checklist."""
    with Workspace.open(Paths.at(folder), schema()) as ws:
        home, _ = engagement.create(ws, Engagement("Sample Police", training=True))
        scope, _ = assessment.start_round(ws, home, pack, assessment.RoundPlan("Round"))
        yield ws, scope, assessment.checklist_of(ws, scope)


def clocked(work: Callable[[], object]) -> float:
    """Return the time of one call in milliseconds."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def p95(times: Sequence[float]) -> float:
    """Return the time nineteen in twenty stay under."""
    return statistics.quantiles(times, n=20)[-1]


class Bare:
    """The least a durable answer costs: one row, one transaction."""

    def __init__(self, folder: Path, size: int) -> None:
        """Make a store with one table and the settings of ours."""
        self.sql = sqlite3.connect(folder / "bare.db", isolation_level=None)
        for setting in _SETTINGS:
            self.sql.execute(setting)
        self.sql.execute("CREATE TABLE row(n INTEGER PRIMARY KEY, payload BLOB NOT NULL)")
        self.payload = b"x" * size

    def write(self) -> None:
        """Write one row."""
        self.sql.execute("BEGIN IMMEDIATE")
        self.sql.execute("INSERT INTO row(payload) VALUES(?)", (self.payload,))
        self.sql.execute("COMMIT")


def op_bytes(path: Path) -> int:
    """Return the mean bytes an answer's op takes in a closed store."""
    columns = ["ent", "fld", "val", "ctx", "ext", "salt", "cmt", "chain"]
    sizes = "+".join(f"ifnull(length({name}), 0)" for name in columns)
    sql = sqlite3.connect(path)
    found = sql.execute(f"SELECT avg({sizes}) FROM op WHERE fld LIKE 'answer.%'").fetchone()
    sql.close()
    return int(found[0]) + 5 * 8


def payload_size(folder: Path, pack: Pack) -> int:
    """Return the bytes of one answer by writing a few into a store of their own."""
    paths = Paths.at(folder)
    with round_of(folder, pack) as (ws, scope, checklist):
        for question in checklist.questions[:10]:
            assessment.answer(ws, scope, question.id, 3)
    return op_bytes(paths.workspace)


def answers() -> Rows:
    """Measure the commit of one answer, p50 and p95."""
    pack = load_pack(CONTENT)
    with disk() as folder:
        bare = Bare(folder, payload_size(folder / "sized", pack))
        ours: list[float] = []
        floor: list[float] = []
        with round_of(folder / "home", pack) as (ws, scope, checklist):
            for turn in range(REPEATS + 10):
                question = checklist.questions[turn % len(checklist.questions)]
                level = turn // len(checklist.questions) + 1
                ours.append(clocked(partial(assessment.answer, ws, scope, question.id, level)))
                floor.append(clocked(bare.write))
        bare.sql.close()
    ours, floor = ours[10:], floor[10:]
    return [
        row(
            "one answer committed, p50",
            statistics.median(ours),
            statistics.median(floor),
            LIMIT_RATIO,
        ),
        row("one answer committed, p95", p95(ours), p95(floor), LIMIT_RATIO),
    ]


def large_pack(count: int) -> Pack:
    """Return a checklist as long as asked, made of ours several times over."""
    tree = load_pack(CONTENT).tree
    dimensions: list[dict[str, Any]] = []
    made = 0
    while made < count:
        for dimension in tree["dimensions"]:
            name = f"{dimension['id']}{len(dimensions)}"
            taken = dimension["questions"][: count - made]
            made += len(taken)
            questions = [
                {**question, "id": f"{name}.{place}", "requires": []}
                for place, question in enumerate(taken, 1)
            ]
            if questions:
                order = len(dimensions) + 1
                dimensions.append(
                    {
                        **dimension,
                        "id": name,
                        "order": order,
                        "requires": [],
                        "questions": questions,
                    }
                )
    return pack_of({**tree, "dimensions": dimensions})


def many_questions() -> Rows:
    """Measure opening and answering a round of a thousand questions, half of them answered."""
    with disk() as folder, round_of(folder, large_pack(MANY)) as (ws, scope, checklist):
        for question in checklist.questions[::2]:
            assessment.answer(ws, scope, question.id, 2)

        def opened() -> object:
            return assessment.board(ws, scope, assessment.checklist_of(ws, scope))

        def answered(question: str) -> object:
            assessment.answer(ws, scope, question, 3)
            return assessment.board(ws, scope, checklist)

        opening = statistics.median(clocked(opened) for _ in range(5))
        times = [clocked(partial(answered, q.id)) for q in checklist.questions[1:80:2]]
    return [
        row(f"{MANY} questions: open the round", opening, None, OPEN_LIMIT_MS),
        row(f"{MANY} questions: answer and read the board, p95", p95(times), None, ANSWER_LIMIT_MS),
    ]


def row(name: str, measured: float, floor: float | None, limit: float) -> dict[str, Any]:
    """Return one line of the table."""
    ratio = None if floor is None else measured / floor
    return {
        "name": name,
        "measured": measured,
        "floor": floor,
        "ratio": ratio,
        "limit": limit,
        "unit": "ms",
    }


def run() -> Rows:
    """Measure both."""
    return [*answers(), *many_questions()]


if __name__ == "__main__":
    for line in run():
        print(line)
