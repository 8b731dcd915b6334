"""The writer lease: no dot that ever left this machine is issued again (law I15)."""

import getpass
import hashlib
import os
import secrets
import uuid
from pathlib import Path

LEASE_BYTES = 16
MACHINE_FILES = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))


def lease_file(folder: Path, store: Path) -> Path:
    """Return the file outside the store that must agree with it, for this machine and account."""
    try:
        account = getpass.getuser()
    except (OSError, KeyError):
        account = ""
    name = f"{_machine()}|{account}|{store.resolve()}"
    return folder / hashlib.sha256(name.encode()).hexdigest()


def read_lease(path: Path) -> str | None:
    """Return the lease kept outside the store, or nothing."""
    try:
        return path.read_text(encoding="ascii").strip() or None
    except (OSError, UnicodeDecodeError):
        return None


def new_lease() -> str:
    """Draw a lease."""
    return secrets.token_hex(LEASE_BYTES)


def write_lease(path: Path, lease: str) -> None:
    """Write the outside lease: beside, flushed, renamed; before the store learns of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with part.open("w", encoding="ascii") as file:
        file.write(lease)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def _machine() -> str:
    for place in MACHINE_FILES:
        try:
            return place.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            continue
    return f"{uuid.getnode():x}"
