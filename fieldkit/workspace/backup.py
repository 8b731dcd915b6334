"""Backups: numbered full bundles, proven by reading them again, thinned by generation."""

import re
from dataclasses import dataclass
from pathlib import Path

from fieldkit.core.errors import N_, UserError
from fieldkit.core.tool import Schema
from fieldkit.exchange.errors import BundleError
from fieldkit.store.database import told
from fieldkit.system.paths import Paths
from fieldkit.workspace.intake import apply, preview
from fieldkit.workspace.transfer import Inspection, Parcel, Receipt, export, inspect
from fieldkit.workspace.workspace import Workspace

_NAME = re.compile(r"(\d{6})\.fkb")
# Newest twelve, then ten of every eighth, then nine of every sixty-fourth generation.
_KEEP = ((1, 12), (8, 10), (64, 9))


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup file and its generation number."""

    number: int
    path: Path


def backups(folder: Path) -> list[Backup]:
    """Return the backups in a folder, newest first."""
    if not folder.is_dir():
        return []
    named = ((p, _NAME.fullmatch(p.name)) for p in folder.iterdir())
    found = [Backup(int(m.group(1)), p) for p, m in named if m]
    return sorted(found, key=lambda b: -b.number)


def back_up(ws: Workspace) -> Receipt:
    """Write everything held, private notes too, as the next backup and thin the older ones.

    Attachments stay where they are, once by hash. A backup never leaves, so no consent is asked.
    """
    held = backups(ws.paths.backups)
    number = held[0].number + 1 if held else 1
    try:
        ws.paths.backups.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise told(error) from error
    scopes = tuple(row.id for row in ws.scopes())
    parcel = Parcel(scopes, "backup", with_blobs=False, to_others=False)
    receipt = export(ws, parcel, ws.paths.backups / f"{number:06d}.fkb")
    ws.changed = False
    for old in thinned([b.number for b in backups(ws.paths.backups)]):
        (ws.paths.backups / f"{old:06d}.fkb").unlink(missing_ok=True)
    return receipt


def close_with_backup(ws: Workspace) -> Receipt | None:
    """Close a workspace; back it up before where something changed since the last backup."""
    try:
        return back_up(ws) if ws.changed and ws.scopes() else None
    finally:
        ws.close()


def thinned(numbers: list[int]) -> list[int]:
    """Return the generations to delete, whatever the clock says."""
    kept: set[int] = set()
    for step, count in _KEEP:
        on_step = sorted((n for n in numbers if n % step == 0), reverse=True)
        kept.update(on_step[:count])
    return sorted(n for n in numbers if n not in kept)


def newest_good(folder: Path) -> tuple[Backup, Inspection] | None:
    """Return the newest backup that is whole, and what is in it; nothing where there is none."""
    for backup in backups(folder):
        try:
            return backup, inspect(backup.path)
        except BundleError:
            continue
    return None


def restore(paths: Paths, schema: Schema, source: Path) -> Path | None:
    """Put a fresh store made from a backup in place; the old file is kept beside and returned.

    Raises BundleError or UserError and then everything is as it was.
    """
    told = inspect(source)
    fresh = Paths(paths.staging / "restore", paths.shared, paths.staging / "restore-leases")
    _clear(fresh)
    with Workspace.open(fresh, schema) as ws:
        made = preview(ws, source)
        apply(ws, made)
        ws.transact(lambda: _take_over(ws, told.install))
    moved = _set_aside(paths.workspace)
    try:
        fresh.workspace.replace(paths.workspace)
    except OSError as error:
        if moved is not None:
            moved.replace(paths.workspace)
        raise UserError(
            "E_RESTORE", N_("The backup could not be put in place. Nothing was changed.")
        ) from error
    _clear(fresh)
    return moved


def _take_over(ws: Workspace, install: str | None) -> None:
    """Keep the install's name and forget the import: a restored store starts a new undo list."""
    if install:
        ws.store.local.set_meta("install", install)
    ws.store.local.forget_commands()


def _set_aside(store: Path) -> Path | None:
    if not store.exists():
        return None
    number = 1
    while (aside := store.with_name(f"{store.stem}.damaged-{number}.db")).exists():
        number += 1
    store.replace(aside)
    # A journal left by a crash belongs to the old file and would be played back into the new one.
    journal = store.with_name(store.name + "-journal")
    if journal.exists():
        journal.replace(aside.with_name(aside.name + "-journal"))
    return aside


def _clear(paths: Paths) -> None:
    for folder in (paths.home, paths.leases):
        if folder.is_dir():
            for file in sorted(folder.rglob("*"), reverse=True):
                file.rmdir() if file.is_dir() else file.unlink()
            folder.rmdir()


def is_damaged(error: UserError) -> bool:
    """Say whether a store was refused in a way a backup can mend."""
    return error.code in {"E_STORE_DAMAGED", "E_STORE_FOREIGN"}
