"""A paper is written whole or not at all, and a refusal says what happened."""

from pathlib import Path

import pytest

from fieldkit.core.errors import UserError
from fieldkit.core.i18n import Words
from fieldkit.reports.formats import FORMATS, write
from fieldkit.reports.saving import save
from tests.reports.samples import whole


def refusal(target: Path) -> UserError:
    with pytest.raises(UserError) as caught:
        save(target, b"x" * 100_000)
    assert "Nothing was changed" in caught.value.text
    assert target.name in str(caught.value)
    return caught.value


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "paper.pdf"
    target.write_bytes(b"old")
    assert save(target, b"new") == 3
    assert target.read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["paper.pdf"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("kind", FORMATS)
def test_a_full_disk_is_told_and_the_old_file_stays(
    kind: str, tmp_path: Path, words: Words, fonts: Path
) -> None:
    target = tmp_path / f"paper.{kind}"
    target.write_bytes(b"old")
    (tmp_path / f"{target.name}.part").symlink_to("/dev/full")
    with pytest.raises(UserError) as caught:
        write(whole(), kind, target, words, fonts)
    assert caught.value.code == "E_DISK_FULL"
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    assert refusal(tmp_path / "gone" / "paper.pdf").code == "E_NO_FOLDER"


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert refusal(tmp_path / "file" / "paper.pdf").code == "E_NO_FOLDER"


@pytest.mark.skipif(not Path("/sys/kernel").exists(), reason="needs a place nobody can write to")
def test_a_place_that_cannot_be_written_to_is_told() -> None:
    assert refusal(Path("/sys/kernel/paper.pdf")).code == "E_READ_ONLY"


def test_a_folder_with_the_name_of_the_file_is_told_and_kept(tmp_path: Path) -> None:
    (tmp_path / "paper.pdf").mkdir()
    assert refusal(tmp_path / "paper.pdf").code == "E_READ_ONLY"
    assert [path.name for path in tmp_path.iterdir()] == ["paper.pdf"]


def test_a_name_the_disk_refuses_is_told(tmp_path: Path) -> None:
    assert refusal(tmp_path / ("x" * 300)).code == "E_FILE_NAME"
