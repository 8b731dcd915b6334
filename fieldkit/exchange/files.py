"""Files: getting bytes onto a stick for good, and back from it."""

import contextlib
import hashlib
import os
from pathlib import Path
from typing import BinaryIO


def settle_file(file: BinaryIO) -> None:
    """Send everything written to the device and drop it from memory, so that a re-read is real."""
    file.flush()
    os.fsync(file.fileno())
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def settle_folder(folder: Path) -> None:
    """Send a folder's names to the device, where the system can; the file itself is safe."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
