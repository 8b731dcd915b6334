"""A disk so small that it is soon full."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOM = 512 * 1024


class Disk:
    """A tiny disk of its own; `fill` leaves as little room as wanted, `free` gives it back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ballast = folder / "ballast"

    def fill(self, left: int = 0) -> None:
        """Fill the disk but for so many bytes."""
        self.free()
        room = os.statvfs(self.folder)
        self._ballast.write_bytes(bytes(max(room.f_bavail * room.f_frsize - left, 0)))

    def free(self) -> None:
        """Give the room back."""
        self._ballast.unlink(missing_ok=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """Mount a disk of half a megabyte; needs the right to mount, as root on Linux has."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(folder)]
    try:
        made = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("no full disk here: there is no mount command")
    if made.returncode:
        pytest.skip(f"no full disk here: mounting was refused ({made.stderr.strip()})")
    try:
        yield Disk(folder)
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
