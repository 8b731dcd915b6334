"""A small sound checklist that each test breaks in one way."""

from collections.abc import Callable
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[2]

MODEL = """\
[model]
id = "tiny"
version = "1.0"
name = "Tiny model"
unit = "one agency"
status = "A test."
licence = "Free."
source = "Nobody."
"""
LEVELS = "".join(
    f'\n[[levels]]\nid = {n}\nname = "Level {n}"\nmeaning = "as {n}"\n' for n in range(1, 6)
)
GRADES = "".join(f'\n[[evidence]]\ngrade = {n}\nname = "Grade {n}"\n' for n in range(4))
GROUPS = '\n[[groups]]\nid = "leadership"\nname = "Leadership"\n'
DIMENSION = """\
id = "{id}"
name = "Dimension {id}"
short = "{id}"
cluster = "foundation"
order = {order}
purpose = "Why {id}?"
"""
QUESTION = """
[[questions]]
id = "{id}"
text = "Question {id}?"
gate = false
quick = {quick}
why = "Because."
levels = [
    "Lowest of {id}.",
    "Two.",
    "Three.",
    "Four.",
    "Five.",
]
evidence = ["paper", "screen"]
next = "Do it."
sources = ["S1-001"]
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A folder with a model, two dimensions and three questions."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    (folder / "model.toml").write_text(MODEL + LEVELS + GRADES + GROUPS, "utf-8")
    (folder / "1_aaa.toml").write_text(
        DIMENSION.format(id="AAA", order=1)
        + QUESTION.format(id="AAA.1", quick="true")
        + QUESTION.format(id="AAA.2", quick="false"),
        "utf-8",
    )
    (folder / "2_bbb.toml").write_text(
        DIMENSION.format(id="BBB", order=2) + QUESTION.format(id="BBB.1", quick="true"), "utf-8"
    )
    return folder


@pytest.fixture
def change(pack: Path) -> Callable[[str, str, str], None]:
    """Replace the first occurrence of a text in one file of the small checklist."""

    def replace(name: str, before: str, after: str) -> None:
        path = pack / name
        text = path.read_text("utf-8")
        assert before in text
        path.write_text(text.replace(before, after, 1), "utf-8")

    return replace


@pytest.fixture
def content() -> Path:
    """The content the program ships."""
    return REPO / "resources" / "content"
