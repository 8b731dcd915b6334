"""Saving: bytes onto a disk or stick, whole or not at all."""

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from fieldkit.core.errors import N_, UserError

_FULL = N_(
    "{name} could not be written because the disk or stick is full."
    " Nothing was changed. Free some space or choose another place."
)
_READ_ONLY = N_(
    "{name} could not be written: the folder is read-only, or the file is open in another program."
    " Nothing was changed. Close the file or choose another place."
)
_NO_FOLDER = N_(
    "{name} could not be written because its folder is gone or the stick was pulled."
    " Nothing was changed. Choose another place."
)
_NAME = N_(
    "{name} is not a name this disk accepts. Nothing was changed. Choose a shorter, plainer name."
)
_OTHER = N_(
    "{name} could not be written: {why}. Nothing was changed. Try another place, or another stick."
)
_SHORT = N_(
    "{name} was written but does not read back whole; the stick may be failing."
    " Your work in fieldkit is not touched. Use another stick."
)

_CAUSES: dict[int, tuple[str, str]] = {
    errno.ENOSPC: ("E_DISK_FULL", _FULL),
    errno.EDQUOT: ("E_DISK_FULL", _FULL),
    errno.EFBIG: ("E_DISK_FULL", _FULL),
    errno.EROFS: ("E_READ_ONLY", _READ_ONLY),
    errno.EACCES: ("E_READ_ONLY", _READ_ONLY),
    errno.EPERM: ("E_READ_ONLY", _READ_ONLY),
    errno.EISDIR: ("E_READ_ONLY", _READ_ONLY),
    errno.ENOENT: ("E_NO_FOLDER", _NO_FOLDER),
    errno.ENOTDIR: ("E_NO_FOLDER", _NO_FOLDER),
    errno.ENODEV: ("E_NO_FOLDER", _NO_FOLDER),
    errno.ENAMETOOLONG: ("E_FILE_NAME", _NAME),
    errno.EINVAL: ("E_FILE_NAME", _NAME),
}


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a paper: its size, its pages, and characters no bundled font draws."""

    size: int
    pages: int = 0
    missing: str = ""


def check(cancel: Callable[[], bool] | None) -> None:
    """Raise where the user asked to stop; nothing was written by then."""
    if cancel is not None and cancel():
        raise UserError("E_CANCELLED", N_("Stopped. Nothing was written."))


def save(target: Path, content: bytes) -> int:
    """Write content beside the target, flush it, put it in place, read it back; return its size."""
    part = target.with_name(target.name + ".part")
    try:
        _write(part, content)
        part.replace(target)
        _settle(target.parent)
        written = target.read_bytes()
    except OSError as problem:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise _refusal(target, problem) from problem
    if written != content:
        raise UserError("E_NOT_WHOLE", _SHORT, name=target.name)
    return len(written)


def _write(part: Path, content: bytes) -> None:
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """Make the new name itself durable where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            os.fsync(handle)
    finally:
        os.close(handle)


def _refusal(target: Path, problem: OSError) -> UserError:
    code, text = _CAUSES.get(problem.errno or 0, ("E_WRITE", _OTHER))
    return UserError(code, text, name=target.name, why=problem.strerror or type(problem).__name__)
