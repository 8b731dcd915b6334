"""Attachments: kept once under the hash of their content, or not at all."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldkit.core.errors import UserError
from fieldkit.store import attachments
from fieldkit.store.attachments import Attachments, pieces


@pytest.fixture
def kept(tmp_path: Path) -> Attachments:
    return Attachments(tmp_path / "blobs")


def files(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.rglob("*") if p.is_file())


def test_the_same_content_is_kept_once(kept: Attachments, tmp_path: Path) -> None:
    first, size = kept.keep([b"a", b"bc"])
    assert kept.keep([b"abc"], first) == (first, 3) == (first, size)
    assert files(tmp_path) == [first]
    assert kept.has(first)
    assert kept.check(first)


def test_content_that_does_not_fit_its_name_is_refused(kept: Attachments, tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        kept.keep([b"abc"], "0" * 64)
    assert caught.value.code == "E_ATTACHMENT"
    assert files(tmp_path) == []


def test_what_changed_on_the_disk_or_is_gone_is_found_out(kept: Attachments) -> None:
    sha, _ = kept.keep([b"abc"])
    kept.path(sha).write_bytes(b"abd")
    assert not kept.check(sha)
    kept.path(sha).unlink()
    assert not kept.check(sha)
    assert not kept.has(sha)


def test_a_file_too_large_is_refused_and_leaves_nothing(
    kept: Attachments, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachments, "SIZE_LIMIT", 2 * 1024 * 1024)
    with pytest.raises(UserError) as caught:
        kept.keep([bytes(1024 * 1024)] * 3)
    assert (caught.value.code, caught.value.values["limit"]) == ("E_ATTACHMENT_SIZE", 2)
    assert files(tmp_path) == []


def test_a_source_that_breaks_off_leaves_nothing(kept: Attachments, tmp_path: Path) -> None:
    def stick_pulled() -> Iterator[bytes]:
        yield b"half"
        raise OSError(errno.EIO, "pulled")

    with pytest.raises(UserError) as caught:
        kept.keep(stick_pulled())
    assert caught.value.code == "E_DISK"
    assert files(tmp_path) == []


def test_a_file_is_read_in_pieces(tmp_path: Path) -> None:
    whole = os.urandom(attachments.PIECE + 5)
    (tmp_path / "a").write_bytes(whole)
    read = list(pieces(tmp_path / "a"))
    assert [len(p) for p in read] == [attachments.PIECE, 5]
    assert b"".join(read) == whole


def test_a_system_without_folders_to_flush_keeps_files_all_the_same(
    kept: Attachments, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as other:
        other.setattr(os, "name", "nt")
        attachments._sync_folder(kept.path("ab"))
    assert kept.check(kept.keep([b"abc"])[0])
