"""The writer lease: no dot that ever left is issued again (law I15)."""

import getpass
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from fieldkit.core.errors import UserError
from fieldkit.core.ids import WriterId
from fieldkit.store import lease
from fieldkit.store.lease import lease_file, new_lease, read_lease, write_lease
from fieldkit.system.paths import Paths
from tests.world import Laptop, places


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return places(tmp_path / "home", tmp_path / "state")


def worked(paths: Paths, plants: int = 1) -> WriterId:
    """Open, write a little, close; return the name it wrote under."""
    machine = Laptop("a", paths)
    scopes = machine.ws.scopes()
    scope = scopes[0].id if scopes else machine.garden()
    for number in range(plants):
        machine.plants(scope, name=f"plant {number}")
    machine.close()
    return machine.writer


def copy(source: Path, target: Path) -> Path:
    """Copy a home as a file manager does."""
    return Path(shutil.copytree(source, target))


def test_where_both_halves_agree_the_name_is_kept(paths: Paths) -> None:
    assert worked(paths) == worked(paths) == worked(paths)


def test_a_copied_folder_writes_under_a_name_of_its_own(paths: Paths, tmp_path: Path) -> None:
    first = worked(paths)
    copy(paths.home, tmp_path / "copy")
    assert worked(places(tmp_path / "copy", tmp_path / "state")) != first
    assert worked(paths) == first


def test_an_old_copy_put_back_writes_under_a_new_name(paths: Paths, tmp_path: Path) -> None:
    worked(paths)
    old = copy(paths.home, tmp_path / "old")
    later = worked(paths, 3)
    shutil.rmtree(paths.home)
    shutil.copytree(old, paths.home)
    assert worked(paths) != later


def test_a_copy_taken_inside_a_session_and_put_back_after_an_export_gets_a_new_name(
    paths: Paths, tmp_path: Path
) -> None:
    machine = Laptop("a", paths)
    scope = machine.garden()
    copied = paths.workspace.read_bytes()
    machine.plants(scope, name="exported")
    machine.ws.run(machine.ws.store.rotate)
    machine.close()
    paths.workspace.write_bytes(copied)
    assert worked(paths) != machine.writer


@pytest.mark.parametrize("lost", ["the file outside", "the store's own half"])
def test_a_crash_between_the_two_lease_writes_costs_one_name_and_no_more(
    paths: Paths, lost: str
) -> None:
    machine = Laptop("a", paths)
    if lost == "the file outside":
        machine.ws.transact(lambda: machine.ws.store.local.set_meta("lease", new_lease()))
    else:
        write_lease(lease_file(paths.leases, paths.workspace), new_lease())
    machine.close()
    second = worked(paths)
    assert second != machine.writer
    assert worked(paths) == second


@pytest.mark.parametrize("harm", ["gone", "empty", "not ascii", "half"])
def test_a_lease_file_that_says_nothing_mints_a_new_name(paths: Paths, harm: str) -> None:
    first = worked(paths)
    outside = lease_file(paths.leases, paths.workspace)
    harms: dict[str, Callable[[], object]] = {
        "gone": outside.unlink,
        "empty": lambda: outside.write_bytes(b""),
        "not ascii": lambda: outside.write_bytes(b"\xff" * 32),
        "half": lambda: outside.write_bytes(outside.read_bytes()[:16]),
    }
    harms[harm]()
    assert worked(paths) != first


def test_every_open_writes_both_halves_anew(paths: Paths) -> None:
    worked(paths)
    before = read_lease(lease_file(paths.leases, paths.workspace))
    worked(paths)
    assert read_lease(lease_file(paths.leases, paths.workspace)) != before


def test_portable_mode_mints_a_name_at_every_open_and_writes_nothing_elsewhere(
    tmp_path: Path,
) -> None:
    home = replace(places(tmp_path / "stick"), portable=True)
    names = {worked(home) for _ in range(3)}
    assert len(names) == 3
    assert [p.name for p in tmp_path.iterdir()] == ["stick"]


def test_a_lease_kept_inside_the_home_proves_nothing_because_it_is_copied_along(
    tmp_path: Path,
) -> None:
    home = places(tmp_path / "home")
    worked(home)
    old = copy(home.home, tmp_path / "old")
    second = worked(home)
    shutil.rmtree(home.home)
    shutil.copytree(old, home.home)
    assert worked(home) != second


def test_a_name_nobody_could_have_is_not_kept(paths: Paths) -> None:
    machine = Laptop("a", paths)
    machine.ws.transact(lambda: machine.ws.store.local.set_meta("writer", "not an id"))
    machine.close()
    assert worked(paths) != "not an id"


def test_a_damaged_install_name_is_refused(paths: Paths) -> None:
    machine = Laptop("a", paths)
    machine.ws.transact(lambda: machine.ws.store.local.set_meta("install", "damaged"))
    machine.close()
    with pytest.raises(UserError) as caught:
        Laptop("a", paths)
    assert caught.value.code == "E_STORE_DAMAGED"


def test_a_lease_folder_that_cannot_be_made_is_told(paths: Paths) -> None:
    paths.leases.write_text("a file in its place")
    with pytest.raises(UserError) as caught:
        Laptop("a", paths)
    assert caught.value.code == "E_DISK"


def test_another_account_or_another_machine_has_another_lease(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = lease_file(paths.leases, paths.workspace)

    def nobody() -> str:
        raise KeyError("no name")

    monkeypatch.setattr(getpass, "getuser", nobody)
    other = lease_file(paths.leases, paths.workspace)
    monkeypatch.setattr(lease, "MACHINE_FILES", (paths.home / "no such file",))
    third = lease_file(paths.leases, paths.workspace)
    assert len({here, other, third}) == 3
