"""Start and memory of the window on the sample, beside a bare PySide6 window with one label.

Both run in fresh processes and report from the same turn of the event loop: the first one after the window was
shown and painted. The home is opened once before, so that the sample is there and the disk's caches are warm.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
REPEATS = 7
START_LIMIT, MEMORY_LIMIT = 1.6, 1.5
HEAVY = ("reportlab", "docx", "lxml", "PIL", "babel", "PySide6.QtPdf", "asyncio", "urllib.request")

REPORT = (
    f"HEAVY = {HEAVY!r}"
    """
import json, os, sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
def report():
    at = time.monotonic()
    with open("/proc/self/status", encoding="ascii") as file:
        kib = next(int(line.split()[1]) for line in file if line.startswith("VmRSS"))
    windows = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    loaded = [name for name in HEAVY if name in sys.modules]
    print(json.dumps({"at": at, "mib": kib / 1024, "windows": len(windows), "heavy": loaded}), flush=True)
    QApplication.quit()
def soon():
    QApplication.sendPostedEvents()
    QTimer.singleShot(0, report)
app = QApplication(["fieldkit"])
QTimer.singleShot(0, soon)
"""
)
BARE = (
    REPORT
    + """
from PySide6.QtWidgets import QLabel
label = QLabel("fieldkit")
label.resize(1280, 800)
label.show()
app.exec()
"""
)
OURS = (
    REPORT
    + """
from fieldkit.__main__ import main
main(sys.argv[1:])
"""
)


def one(script: str, arguments: Sequence[str]) -> dict[str, Any]:
    """Run a script once; return milliseconds to the first painted window, memory and modules."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    env |= {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    lines = [line for line in done.stdout.splitlines() if line.startswith('{"at"')]
    if not lines:
        raise RuntimeError(done.stderr[-2000:])
    found: dict[str, Any] = json.loads(lines[0])
    if not found["windows"]:
        raise RuntimeError("no window was shown")
    return found | {"ms": (found["at"] - start) * 1000}


def run() -> list[dict[str, Any]]:
    """Measure both in turn and return the middles."""
    with tempfile.TemporaryDirectory() as folder:
        home = ("--home", folder)
        one(OURS, ("--sample", *home))
        ours, bare = [], []
        for _ in range(REPEATS):
            bare.append(one(BARE, ()))
            ours.append(one(OURS, home))
    heavy = sorted({name for found in ours for name in found["heavy"]})
    if heavy:
        print("loaded before the first paint:", ", ".join(heavy), file=sys.stderr)
    return [
        row("start to usable window", middle(ours, "ms"), middle(bare, "ms"), START_LIMIT, "ms"),
        row("memory on the sample", middle(ours, "mib"), middle(bare, "mib"), MEMORY_LIMIT, "MiB"),
        row("heavy libraries before first paint", len(heavy), None, 0, "loaded"),
    ]


def middle(found: list[dict[str, Any]], key: str) -> float:
    """Return the middle of one measurement."""
    return float(statistics.median(one[key] for one in found))


def row(name: str, measured: float, floor: float | None, limit: float, unit: str) -> dict[str, Any]:
    """Return one line of the table."""
    ratio = None if floor is None else measured / floor
    return {
        "name": name,
        "measured": measured,
        "floor": floor,
        "ratio": ratio,
        "limit": limit,
        "unit": unit,
    }


if __name__ == "__main__":
    for line in run():
        print(line)
