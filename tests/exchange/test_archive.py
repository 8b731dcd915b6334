"""Archives built by hand: nothing but the canonical ZIP is read."""

import hashlib
import struct
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fieldkit.exchange import limits, zipformat
from fieldkit.exchange.zipformat import DEFLATED, STORED, Entry
from tests.exchange.bundles import (
    MARK,
    ROUND,
    Part,
    accepted,
    archive_of,
    bundle_of,
    code_of,
    ops_member,
    tail_of,
)


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "/abs",
        "C:\\evil",
        "..\\evil",
        "ops/../x",
        "CON ",
        "é",
        "a//b",
        "A",
        "",
        "a" * 200,
    ],
)
def test_names_that_could_reach_elsewhere_are_refused(file: Path, name: str) -> None:
    raw = archive_of([MARK, Part("manifest.json", b"{}")])
    bent = name.encode("utf-8")
    raw = raw.replace(b"manifest.json", bent)
    shift = len(bent) - len(b"manifest.json")
    at = raw.index(bent, 90) if bent else 97
    raw = _moved_directory(raw, shift)
    assert at
    assert code_of(file, raw) in {"E_UNSAFE", "E_DAMAGED"}


def _moved_directory(raw: bytes, shift: int) -> bytes:
    first = raw.index(b"PK\1\2")
    end = len(raw) - zipformat.END_SIZE
    head = bytearray(raw)
    for at, add in ((67 + 26, shift), (raw.rindex(b"PK\1\2") + 28, shift)):
        old = struct.unpack_from("<H", head, at)[0]
        struct.pack_into("<H", head, at, old + add)
    head[end:] = zipformat.end_record(2, end - first, first)
    return bytes(head)


@pytest.mark.parametrize("name", ["evil.exe", "ops/0007.jsonl", "blobs/00/0", "x.md/../y"])
def test_names_of_no_member_are_refused(file: Path, name: str) -> None:
    raw = archive_of([MARK, Part(name, b"x"), *tail_of(bundle_of([]))])
    assert code_of(file, raw) == "E_UNSAFE"


def test_double_names_are_refused(file: Path) -> None:
    twice = [Part("manifest.json", b"{}"), Part("manifest.json", b"{ }")]
    assert code_of(file, archive_of([MARK, *twice])) == "E_UNSAFE"


def test_a_ratio_bomb_is_refused_before_it_is_inflated(file: Path) -> None:
    bomb = Part("ops/0000.jsonl", b"\n" * 1_000_000, pressed=True)
    assert code_of(file, bundle_of([bomb])) == "E_UNSAFE"


def _crafted(entries: list[tuple[Entry, bytes]], directory: list[Entry] | None = None) -> bytes:
    raw = b"".join(zipformat.local_header(e) + body for e, body in entries)
    central = zipformat.central_directory(directory or [e for e, _ in entries])
    count = len(directory or entries)
    return raw + central + zipformat.end_record(count, len(central), len(raw))


MARK_ENTRY = (Entry("mimetype", STORED, zlib.crc32(zipformat.MIME), 29, 29, 0), zipformat.MIME)


def test_entries_over_one_body_are_refused(file: Path) -> None:
    body = (Entry("manifest.json", STORED, zlib.crc32(b"{}"), 2, 2, 67), b"{}")
    over = replace(body[0], name="manifest.jsox")
    raw = _crafted([MARK_ENTRY, body], [MARK_ENTRY[0], body[0], over])
    assert code_of(file, raw) == "E_UNSAFE"


def test_bytes_between_two_members_are_refused(file: Path) -> None:
    body = Entry("manifest.json", STORED, zlib.crc32(b"{}"), 2, 2, 67)
    raw = _crafted([MARK_ENTRY, (body, b"{}" + b"hidden")])
    assert code_of(file, raw) == "E_UNSAFE"
    beyond = replace(body, stored=2_000, size=2_000)
    assert code_of(file, _crafted([MARK_ENTRY, (beyond, b"{}")])) == "E_UNSAFE"


@pytest.mark.parametrize(
    ("lie", "code"),
    [
        ({"size": 3}, "E_UNSAFE"),
        ({"method": DEFLATED}, "E_UNSAFE"),
        ({"method": 12}, "E_UNSAFE"),
        ({"crc": 1}, "E_DAMAGED"),
        ({"size": 2**32 - 1, "stored": 2**32 - 1}, "E_UNSAFE"),
    ],
)
def test_lying_headers_are_refused(file: Path, lie: dict[str, Any], code: str) -> None:
    tail = tail_of(bundle_of([]))
    entries, at = [MARK_ENTRY], 67
    for part in tail:
        crc = zlib.crc32(part.content)
        entry = Entry(part.name, STORED, crc, len(part.content), len(part.content), at)
        entries.append((entry, part.content))
        at = entry.end
    assert accepted(file, _crafted(entries)) == []
    if lie.get("method") == DEFLATED:
        lie = {**lie, "size": 10**6}
    entries[-1] = (replace(entries[-1][0], **lie), entries[-1][1])
    assert code_of(file, _crafted(entries)) == code


def test_a_deflated_manifest_is_refused(file: Path) -> None:
    first, second = tail_of(bundle_of([]))
    assert code_of(file, archive_of([MARK, replace(first, pressed=True), second])) == "E_UNSAFE"
    first.content = b"{" + b" " * limits.MANIFEST_SIZE
    assert code_of(file, archive_of([MARK, first, second])) == "E_UNSAFE"


def _deflated(content: bytes, stored: bytes, size: int, crc: int) -> bytes:
    """Return a bundle whose one ops member was deflated by hand."""
    member = Part("ops/0000.jsonl", content)

    def bend(tree: dict[str, Any]) -> None:
        tree["members"][member.name] = {
            "sha256": hashlib.sha256(content).hexdigest(), "size": size,
            "stored_sha256": hashlib.sha256(stored).hexdigest(), "stored_size": len(stored),
        }  # fmt: skip

    tail = tail_of(bundle_of([member], bend=bend))
    entry = Entry(member.name, DEFLATED, crc, len(stored), size, 67)
    entries, at = [MARK_ENTRY, (entry, stored)], entry.end
    for part in tail:
        entry = Entry(
            part.name, STORED, zlib.crc32(part.content), len(part.content), len(part.content), at
        )
        entries.append((entry, part.content))
        at = entry.end
    return _crafted(entries)


def test_deflated_members_must_end_where_and_as_they_say(file: Path) -> None:
    content = ops_member([], []).content + b" " * 300
    content = b'["' + ROUND.encode() + b'"]\n'
    good = Part("x", content, pressed=True).stored
    crc, size = zlib.crc32(content), len(content)
    assert accepted(file, _deflated(content, good, size, crc)) == []
    for raw in (
        _deflated(content, good + b"x", size, crc),
        _deflated(content, good[:-1], size, crc),
        _deflated(content, good, size - 1, crc),
        _deflated(content, good, size + 1, crc),
        _deflated(content, good, size, crc ^ 1),
        _deflated(content, b"\xff" * len(good), size, crc),
        _deflated(content + b"\n", good, size, crc),
    ):
        assert code_of(file, raw) == "E_DAMAGED"


def test_descriptors_comments_extra_fields_and_other_dates_are_refused(file: Path) -> None:
    raw = archive_of([MARK, *tail_of(bundle_of([]))])
    assert accepted(file, raw) == []
    central = raw.index(b"PK\1\2", 67)
    for at in (67 + 6, 67 + 10, 67 + 12, 67 + 28, central + 4, central + 8, central + 12,
               central + 30, central + 32, central + 34, central + 38, len(raw) - 2):  # fmt: skip
        bent = bytearray(raw)
        bent[at] ^= 8
        code_of(file, bytes(bent))


def test_zip64_is_refused(file: Path) -> None:
    raw = archive_of([MARK, *tail_of(bundle_of([]))])
    body, end = raw[: -zipformat.END_SIZE], raw[-zipformat.END_SIZE :]
    _, size, offset = zipformat.read_end(end)
    record = struct.pack("<4sQHHIIQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, 3, 3, size, offset)
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, len(body), 1)
    assert code_of(file, body + record + locator + end) == "E_DAMAGED"
    open_end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 65535, 65535, 2**32 - 1, 2**32 - 1, 0)
    assert code_of(file, body + record + locator + open_end) == "E_DAMAGED"


def test_a_directory_that_counts_too_many_or_too_few_is_refused(file: Path) -> None:
    raw = archive_of([MARK, *tail_of(bundle_of([]))])
    _, size, offset = zipformat.read_end(raw[-zipformat.END_SIZE :])
    for count, code in ((20_001, "E_UNSAFE"), (4, "E_DAMAGED"), (2, "E_DAMAGED"), (1, "E_UNSAFE")):
        end = zipformat.end_record(count, size, offset)
        assert code_of(file, raw[: -zipformat.END_SIZE] + end) == code


def test_more_than_four_gibibytes_inside_are_refused(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = bundle_of([ops_member([])])
    monkeypatch.setattr(limits, "INFLATED_TOTAL", 50)
    assert code_of(file, raw) == "E_TOO_BIG"
    monkeypatch.undo()
    monkeypatch.setattr(limits, "OPS_MEMBER_SIZE", 10)
    assert code_of(file, raw) == "E_TOO_BIG"
