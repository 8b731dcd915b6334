"""A screen of its own for a journey: Xvfb with a window manager, and a person at the keyboard."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager

TOOLS = ("Xvfb", "openbox", "xdotool", "setxkbmap")


def missing_tools() -> list[str]:
    """Return the programs a journey needs that are not on this machine."""
    return [name for name in TOOLS if shutil.which(name) is None]


@contextmanager
def screen(size: str = "1280x800x24") -> Iterator[str]:
    """Start a screen and a window manager; yields the display's name."""
    read_end, write_end = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write_end), "-screen", "0", size, "-nolisten", "tcp"],
        pass_fds=(write_end,), stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write_end)
    with os.fdopen(read_end) as told:
        display = ":" + told.readline().strip()
    manager = subprocess.Popen(
        ["openbox"], env={**os.environ, "DISPLAY": display}, stderr=subprocess.DEVNULL
    )
    try:
        yield display
    finally:
        for process in (manager, server):
            process.terminate()
            process.wait(10)


class Keyboard:
    """Real key presses on the screen's keyboard; `settle` lets the program take them in."""

    def __init__(self, settle: Callable[[], None]) -> None:
        self._settle = settle

    def press(self, *keys: str) -> None:
        """Press keys one after another: names of X keysyms, or key codes as numbers."""
        for key in keys:
            subprocess.run(["xdotool", "key", "--clearmodifiers", key], check=True)
            self._settle()

    def type(self, text: str) -> None:
        """Type a text."""
        subprocess.run(["xdotool", "type", "--delay", "8", text], check=True)
        self._settle()

    def layout(self, name: str) -> None:
        """Switch the keyboard to another layout."""
        subprocess.run(["setxkbmap", name], check=True)
        self._settle()
