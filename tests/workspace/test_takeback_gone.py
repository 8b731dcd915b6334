"""What was taken back is gone: writing into it is refused in words."""

from pathlib import Path

import pytest

from fieldkit.core.errors import UserError
from fieldkit.workspace import intake, takeback, transfer
from tests.world import laptops


def test_writing_into_what_was_taken_back_is_refused_in_words(tmp_path: Path) -> None:
    with laptops(tmp_path, "anna", "berik") as (anna, berik):
        scope = anna.garden()
        rose = anna.plants(scope, name="Rose")
        stick = tmp_path / "stick.fkb"
        transfer.export(anna.ws, transfer.Parcel((scope,), "garden"), stick)
        done = intake.apply(berik.ws, intake.preview(berik.ws, stick))
        takeback.undo_import(berik.ws, done.number)
        with pytest.raises(UserError) as refused:
            berik.writes(scope, "plant", rose, name="Tulip")
        assert refused.value.code == "E_SCOPE_GONE"
        berik.removes(scope, "plant", rose)
        assert berik.ops() == []
