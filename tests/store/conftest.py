"""A second fieldkit in a process of its own."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

Start = Callable[[Path], "subprocess.Popen[str]"]

SECOND = """
import sys, time
from pathlib import Path
from fieldkit.core.errors import UserError
from tests.world import SCHEMA, places
from fieldkit.workspace.workspace import Workspace

start = time.monotonic()
try:
    ws = Workspace.open(places(Path(sys.argv[1])), SCHEMA)
except UserError as error:
    print("refused", error.code, round(time.monotonic() - start, 3), error.values.get("holder"))
else:
    print("opened", len(ws.scopes()), flush=True)
    sys.stdin.readline()
    ws.close()
"""


@pytest.fixture
def start() -> Iterator[Start]:
    """Start another fieldkit on a home; it stays open until its input ends."""
    with ExitStack() as stack:

        def begin(home: Path) -> "subprocess.Popen[str]":
            process = subprocess.Popen(
                [sys.executable, "-c", SECOND, str(home)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                cwd=Path(__file__).parents[2],
            )
            stack.enter_context(process)
            stack.callback(process.kill)
            return process

        yield begin
