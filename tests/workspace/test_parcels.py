"""Parcels: what a bundle for others leaves behind."""

from pathlib import Path

from fieldkit.exchange.unpack import open_bundle
from fieldkit.workspace import transfer
from tests.world import Laptop, laptop


def texts_in(machine: Laptop, parcel: transfer.Parcel, file: Path) -> list[object]:
    """Export a parcel and return the values of its texts, in their order."""
    transfer.export(machine.ws, parcel, file)
    with open_bundle(file) as bundle:
        bundle.verify()
        return [op.val for op in bundle.ops() if op.commit is not None and not op.is_stub]


def test_without_history_only_what_stands_leaves(tmp_path: Path) -> None:
    with laptop(tmp_path) as machine:
        scope = machine.garden()
        rose = machine.plants(scope, name="Rose")
        machine.plants(scope, rose, name="Tea rose")
        gone = machine.plants(scope, name="Weed")
        machine.removes(scope, "plant", gone)
        whole = transfer.Parcel((scope,), "garden")
        assert texts_in(machine, whole, tmp_path / "a.fkb") == ["Rose", "Tea rose", "Weed"]
        cut = transfer.Parcel((scope,), "garden", history=False)
        assert texts_in(machine, cut, tmp_path / "b.fkb") == ["Tea rose"]


def test_without_names_nobody_is_named(tmp_path: Path) -> None:
    with laptop(tmp_path, "Inspector's laptop") as machine:
        scope = machine.garden()
        parcel = transfer.Parcel((scope,), "garden", named=False)
        file = transfer.export(machine.ws, parcel, tmp_path / "a.fkb").path
        with open_bundle(file) as bundle:
            labels = [w.label for w in bundle.manifest.header.writers]
        assert labels
        assert all(label.startswith("Writer ") for label in labels)
        assert b"Inspector" not in file.read_bytes()
