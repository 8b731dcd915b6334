"""Self-test: run the frozen program from a hard place and see that it did the main job.

The build is copied to a folder with spaces and Cyrillic and Georgian letters in its path, and started there
with nothing but a home folder, no screen and no Python of ours in reach.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

HARD_PLACE = Path("Полевой набор") / "საველე ნაკრები 1"
PATIENCE = 300
MAGIC = {".pdf": b"%PDF-", ".fkb": b"PK\x03\x04", ".docx": b"PK\x03\x04", ".png": b"\x89PNG"}


def main() -> int:
    """Test the build that was named; 0 when it opens, answers, prints, packs and verifies."""
    build = Path(sys.argv[1] if len(sys.argv) > 1 else "dist/fieldkit").resolve()
    if not build.is_dir():
        print(f"There is no build in {build}. Run: make freeze", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="fieldkit-self-test-") as folder:
        place = Path(folder) / HARD_PLACE
        shutil.copytree(build, place, symlinks=True)
        faults = [*test(place)]
    for fault in faults:
        print("FAILED:", fault, file=sys.stderr)
    print(describe(build))
    return 1 if faults else 0


def test(place: Path) -> Iterator[str]:
    """Yield what went wrong."""
    home, pictures = place.parent / "домой", place.parent / "снимки"
    yield from walk(place, "--self-test", "--home", str(home))
    yield from look(place.parent, (".pdf", ".fkb"))
    window = ("--pictures", str(pictures), "--sample", "--home", str(place.parent / "второй дом"))
    yield from walk(place, *window)
    yield from look(pictures, (".png",))


def walk(place: Path, *arguments: str) -> Iterator[str]:
    """Run the program once; yield a fault where it did not end well."""
    name = "fieldkit.exe" if sys.platform == "win32" else "fieldkit"
    started = time.perf_counter()
    try:
        done = subprocess.run(
            [str(place / name), *arguments],
            cwd=place.parent,
            env=bare_environment(place.parent),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        yield f"fieldkit {arguments[0]} did not end within {PATIENCE} s"
        return
    print(f"fieldkit {arguments[0]}: exit {done.returncode}, {time.perf_counter() - started:.1f} s")
    if done.returncode:
        output = (done.stdout + done.stderr).decode("utf-8", "replace")
        yield f"fieldkit {arguments[0]} ended with {done.returncode}:\n{output[-4000:]}"


def bare_environment(folder: Path) -> dict[str, str]:
    """Return an environment in which no Python of ours and no screen can be found."""
    kept = {
        name: os.environ[name]
        for name in ("LANG", "SYSTEMROOT", "TEMP", "TMP")
        if name in os.environ
    }
    return kept | {
        "HOME": str(folder),
        "PATH": "/usr/bin:/bin",
        "QT_QPA_PLATFORM": "offscreen",
        "LC_ALL": "C.UTF-8",
    }


def look(folder: Path, suffixes: tuple[str, ...]) -> Iterator[str]:
    """Yield what the program should have made there and did not, or made badly."""
    for suffix in suffixes:
        made = [
            p for p in folder.rglob(f"*{suffix}") if p.is_file() and HARD_PLACE.name not in p.parts
        ]
        if not made:
            yield f"no {suffix} was made"
        for path in made:
            if not path.read_bytes().startswith(MAGIC[suffix]):
                yield f"{path.name} is no {suffix}"
        print(f"made {len(made)} {suffix}")


def describe(build: Path) -> str:
    """Return how large the build is."""
    files = [path for path in build.rglob("*") if path.is_file() and not path.is_symlink()]
    size = sum(path.stat().st_size for path in files) / 1_000_000
    return f"{build.name}: {len(files)} files, {size:.0f} MB"


if __name__ == "__main__":
    sys.exit(main())
