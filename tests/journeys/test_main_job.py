"""The whole main job in a real window by keyboard alone."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.screen import missing_tools, screen

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.journey
@pytest.mark.timeout(280)
@pytest.mark.skipif(bool(missing_tools()), reason="needs Xvfb, openbox, xdotool and setxkbmap")
def test_the_main_job_can_be_done_by_keyboard_alone(tmp_path: Path) -> None:
    with screen() as display:
        done = subprocess.run(
            [sys.executable, "-m", "tests.journeys.walk", str(tmp_path)],
            cwd=ROOT, capture_output=True, text=True, timeout=270, check=False,
            env={**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "LC_ALL": "C.UTF-8"},
        )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stdout.strip().endswith("walked")
