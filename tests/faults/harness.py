"""Killing a program at one chosen write: count its writes once, then kill a fresh run at each."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# What a killed program wrote stays in the kernel, so a folder in memory serves, and is quicker.
IN_MEMORY = next((d for d in ("/dev/shm",) if os.access(d, os.W_OK)), None)
WRITES = ("pwrite64", "fdatasync", "fsync", "ftruncate", "unlink", "rename", "link")
_LINE = re.compile(r"^(\d+) +(\w+)\(")


@dataclass(frozen=True)
class Program:
    """A script that gets a folder as its one argument and says "ack n" when n is on the disk."""

    script: str
    prepared: Path

    def command(self, folder: Path) -> list[str]:
        """Return how to run the script on a folder."""
        return [sys.executable, "-c", self.script, str(folder)]


@dataclass(frozen=True)
class Run:
    """What one run with a fault did: the fault, whether it struck, and what had been promised."""

    syscall: str
    number: int
    struck: bool
    acks: tuple[int, ...]
    output: str


def needs_strace() -> None:
    """Skip, saying why, where writes cannot be counted and struck."""
    if shutil.which("strace") is None:
        pytest.skip("no kill at every write here: strace is not installed (make test installs it)")
    probe = ["strace", "-f", "-e", "inject=fsync:signal=KILL:when=9", "true"]
    if subprocess.run(probe, capture_output=True, check=False).returncode:
        pytest.skip("no kill at every write here: strace may not trace on this computer")


def writes_of(program: Program) -> dict[str, int]:
    """Return how often a whole run makes each kind of write, on the thread that writes most."""
    with tempfile.TemporaryDirectory(dir=IN_MEMORY) as temporary:
        folder = _prepared(program, Path(temporary))
        log = Path(temporary) / "log"
        told = ["strace", "-f", "-e", "trace=" + ",".join(WRITES), "-o", str(log)]
        subprocess.run([*told, *program.command(folder)], check=True, capture_output=True, cwd=ROOT)
        seen = Counter(m.groups() for m in map(_LINE.match, log.read_text().splitlines()) if m)
    most: dict[str, int] = {}
    for (_, syscall), count in seen.items():
        most[syscall] = max(most.get(syscall, 0), count)
    return most


def strike(
    program: Program,
    points: Iterable[tuple[str, int]],
    judge: Callable[[Path, Run], None],
    fault: str = "signal=KILL",
) -> list[Run]:
    """Run the program once for each point with a fault at that write, and judge what is left."""

    def one(point: tuple[str, int]) -> Run:
        syscall, number = point
        with tempfile.TemporaryDirectory(dir=IN_MEMORY) as temporary:
            folder = _prepared(program, Path(temporary))
            inject = f"inject={syscall}:{fault}:when={number}"
            quiet = ["strace", "-f", "-qqq", "-e", f"trace={syscall}"]
            done = subprocess.run(
                [*quiet, "-e", inject, "-o", os.devnull, *program.command(folder)],
                capture_output=True,
                text=True,
                cwd=ROOT,
                check=False,
            )
            acks = tuple(int(n) for n in re.findall(r"^ack (\d+)$", done.stdout, re.MULTILINE))
            run = Run(syscall, number, done.returncode != 0, acks, done.stdout + done.stderr)
            judge(folder, run)
            return run

    with ThreadPoolExecutor(max_workers=os.cpu_count() or 2) as pool:
        return list(pool.map(one, points))


def every(writes: dict[str, int], step: int = 1) -> list[tuple[str, int]]:
    """Return every point, or every so many, always with the first and the last of each kind."""
    return [
        (syscall, number)
        for syscall, count in sorted(writes.items())
        for number in range(1, count + 1)
        if number in (1, count) or number % step == 0
    ]


def _prepared(program: Program, temporary: Path) -> Path:
    folder = temporary / "home"
    shutil.copytree(program.prepared, folder)
    return folder
