"""Reading a bundle: damaged, foreign, newer and hostile files are refused, each by its code."""

import hashlib
import json
import os
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.core.op import Op, canonical, commitment
from fieldkit.exchange import limits, zipformat
from fieldkit.exchange.blobs import Blob
from fieldkit.exchange.errors import BundleError
from fieldkit.exchange.manifest import Range
from fieldkit.exchange.unpack import open_bundle
from fieldkit.exchange.zipformat import DEFLATED, STORED, Entry
from tests.exchange.bundles import (
    ANNA,
    BORA,
    MARK,
    ROUND,
    SALT,
    SCOPE,
    Part,
    archive_of,
    bundle_of,
    op,
    ops_member,
    pack,
    run_of,
    small,
    unpacked,
)

Bend = Callable[[dict[str, Any]], object]


def code_of(path: Path, raw: bytes) -> str:
    """Return the code this file is refused with, reading all of it."""
    path.write_bytes(raw)
    with pytest.raises(BundleError) as caught:
        unpacked(path)
    assert str(caught.value).startswith(caught.value.code)
    assert str(caught.value).endswith("Nothing was changed.")
    return caught.value.code


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "bent.fkb"


def accepted(path: Path, raw: bytes) -> list[Op]:
    path.write_bytes(raw)
    return unpacked(path)


# damage


def test_every_flipped_bit_is_refused(tmp_path: Path, file: Path) -> None:
    raw = bytearray(small(tmp_path).read_bytes())
    assert len(raw) < 4_000
    for at in range(8 * len(raw)):
        raw[at // 8] ^= 1 << at % 8
        code_of(file, bytes(raw))
        raw[at // 8] ^= 1 << at % 8
    assert unpacked(tmp_path / "small.fkb")


def test_every_truncation_is_refused(tmp_path: Path, file: Path) -> None:
    raw = small(tmp_path).read_bytes()
    codes = {code_of(file, raw[:size]) for size in range(len(raw))}
    assert "E_NOT_READY" in codes
    assert code_of(file, b"") == "E_NOT_READY"
    assert code_of(file, raw[: len(raw) // 2]) == "E_NOT_READY"


def test_appended_prepended_doubled_and_inserted_bytes_are_refused(
    tmp_path: Path, file: Path
) -> None:
    raw = small(tmp_path).read_bytes()
    assert code_of(file, raw + b"x") == "E_UNSAFE"
    assert code_of(file, raw + bytes(40_000)) == "E_UNSAFE"
    assert code_of(file, b"x" + raw) == "E_NOT_BUNDLE"
    assert code_of(file, raw + raw) in {"E_DAMAGED", "E_UNSAFE"}
    for at in range(0, len(raw), 7):
        code_of(file, raw[:at] + b"\0" + raw[at:])


def test_swapped_reordered_and_left_out_members_are_refused(file: Path) -> None:
    one = ops_member(['[0,1,1,0,1,0,"a.b",1,1,[]]'])
    two = Part("ops/0001.jsonl", ops_member([], []).content)
    run, _ = run_of([op(1, 1, wall=0, fld="a.b")])
    assert len(accepted(file, bundle_of([one, two], [run]))) == 1
    manifest = bundle_of([one, two], [run])
    with zipfile.ZipFile(BytesIO(manifest)) as archive:
        tail = [Part(n, archive.read(n)) for n in ("manifest.json", "signatures.txt")]
    assert code_of(file, archive_of([MARK, two, one, *tail])) == "E_UNSAFE"
    assert code_of(file, archive_of([MARK, one, *tail])) == "E_UNSAFE"
    assert code_of(file, archive_of([MARK, one, two, *tail, Part("more", b"")])) == "E_UNSAFE"
    assert code_of(file, archive_of([MARK, one, two, *tail[::-1]])) == "E_UNSAFE"
    assert code_of(file, archive_of([MARK, one, two, tail[0]])) == "E_NOT_BUNDLE"
    assert code_of(file, archive_of([MARK, one, two, tail[1]])) == "E_NOT_BUNDLE"
    swapped = [replace(one, name="ops/0001.jsonl"), replace(two, name="ops/0000.jsonl")]
    assert code_of(file, archive_of([MARK, *swapped[::-1], *tail])) == "E_DAMAGED"


# foreign files


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (
            b"hello, this is a letter and not a bundle at all, but long enough to be one",
            "E_NOT_BUNDLE",
        ),
        (b"SQLite format 3\0" + bytes(100), "E_NOT_BUNDLE"),
        (b"age-encryption.org/v1\n-> X25519 abc" + bytes(100), "E_NO_KEY"),
        (archive_of([MARK]), "E_NOT_BUNDLE"),
        (archive_of([Part("word/document.xml", b"x" * 100)]), "E_NOT_BUNDLE"),
    ],
)
def test_foreign_files_are_told_apart(file: Path, raw: bytes, code: str) -> None:
    assert code_of(file, raw) == code


def test_missing_files_and_folders_are_told(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(BundleError, match="E_DISK"), open_bundle(path):
            pass


def test_a_file_that_cannot_be_read_is_told() -> None:
    with pytest.raises(BundleError, match="E_DISK"):
        open_bundle(Path("/proc/self/mem"))


def large(folder: Path) -> Path:
    noise = folder / "noise"
    noise.write_bytes(hashlib.shake_256(b"seed").digest(300_000))
    sha = hashlib.sha256(noise.read_bytes()).hexdigest()
    pack(folder / "large.fkb", [run_of([op(1)])], [Blob(sha, 300_000, noise)])
    return folder / "large.fkb"


def test_a_stick_pulled_while_reading_is_told(tmp_path: Path) -> None:
    path = large(tmp_path)
    with open_bundle(path) as bundle:
        path.write_bytes(b"")
        with pytest.raises(BundleError, match="E_DAMAGED"):
            bundle.verify()


def test_a_stick_that_stops_answering_is_told(tmp_path: Path) -> None:
    with open_bundle(large(tmp_path)) as bundle:
        folder = os.open(tmp_path, os.O_RDONLY)
        os.dup2(folder, bundle._file.fileno())
        os.close(folder)
        with pytest.raises(BundleError, match="E_DISK"):
            bundle.verify()


def test_checking_can_be_stopped_and_tells_how_far_it_is(tmp_path: Path) -> None:
    with open_bundle(small(tmp_path)) as bundle:
        told: list[tuple[int, int]] = []
        bundle.verify(lambda done, total: told.append((done, total)))
        assert told[-1] == (bundle.manifest.size, bundle.manifest.size)
        with pytest.raises(BundleError, match="E_CANCELLED"):
            bundle.verify(None, lambda: True)


def test_a_file_larger_than_a_fat_stick_can_hold_is_refused(file: Path) -> None:
    with file.open("wb") as sparse:
        sparse.truncate(limits.FILE_SIZE + 1)
    with pytest.raises(BundleError, match="E_TOO_BIG"):
        open_bundle(file)


# hostile archives


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
    raw = archive_of([MARK, Part(name, b"x"), *_tail(bundle_of([]))])
    assert code_of(file, raw) == "E_UNSAFE"


def _tail(raw: bytes) -> list[Part]:
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        return [Part(n, archive.read(n)) for n in ("manifest.json", "signatures.txt")]


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
    tail = _tail(bundle_of([]))
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
    first, second = _tail(bundle_of([]))
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

    tail = _tail(bundle_of([member], bend=bend))
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
    raw = archive_of([MARK, *_tail(bundle_of([]))])
    assert accepted(file, raw) == []
    central = raw.index(b"PK\1\2", 67)
    for at in (67 + 6, 67 + 10, 67 + 12, 67 + 28, central + 4, central + 8, central + 12,
               central + 30, central + 32, central + 34, central + 38, len(raw) - 2):  # fmt: skip
        bent = bytearray(raw)
        bent[at] ^= 8
        code_of(file, bytes(bent))


def test_zip64_is_refused(file: Path) -> None:
    raw = archive_of([MARK, *_tail(bundle_of([]))])
    body, end = raw[: -zipformat.END_SIZE], raw[-zipformat.END_SIZE :]
    _, size, offset = zipformat.read_end(end)
    record = struct.pack("<4sQHHIIQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, 3, 3, size, offset)
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, len(body), 1)
    assert code_of(file, body + record + locator + end) == "E_DAMAGED"
    open_end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 65535, 65535, 2**32 - 1, 2**32 - 1, 0)
    assert code_of(file, body + record + locator + open_end) == "E_DAMAGED"


def test_a_directory_that_counts_too_many_or_too_few_is_refused(file: Path) -> None:
    raw = archive_of([MARK, *_tail(bundle_of([]))])
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


# manifest


def bent(file: Path, bend: Bend) -> str:
    one = ops_member(['[0,1,1,0,1,0,"a.b",1,1,[]]'])
    run, _ = run_of([op(1, 1, wall=0, fld="a.b")])
    return code_of(file, bundle_of([one], [run], bend))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("critical", None), ("critical", [1]), ("features", "x"), ("app", 1), ("app", "a\nb"),
        ("schema", []), ("schema", {"a": "b"}), ("bundle", "x"), ("bundle", None),
        ("created", -1), ("created", "now"), ("by", None), ("by", {"writer": 1}), ("to", "x"),
        ("note", None), ("note", "x" * 10_001), ("scopes", {}), ("scopes", [1]),
        ("writers", None), ("writers", [{}]), ("ranges", None), ("ranges", [[]]),
        ("basis", []), ("basis", {"x": {}}), ("have", None), ("have", {SCOPE: {ANNA: 0}}),
        ("have", {SCOPE: {"me": 1}}), ("attest", None), ("attest", [{}]), ("blobs", None),
        ("blobs", [{"h": "x"}]), ("members", []), ("members", {"ops/0000.jsonl": {}}),
        ("v", "1"), ("v", True), ("v", 0), ("min_reader", 2), ("min_reader", None),
    ],
)  # fmt: skip
def test_a_bent_key_of_the_manifest_is_refused(file: Path, key: str, value: Any) -> None:
    assert bent(file, lambda tree: tree.update({key: value})) == "E_CONTENT"


@pytest.mark.parametrize(
    "bend",
    [
        lambda t: t["scopes"].append(t["scopes"][0]),
        lambda t: t["writers"].append(t["writers"][0]),
        lambda t: t["scopes"][0].update(redaction="some"),
        lambda t: t["scopes"][0].update(id="X" * 32),
        lambda t: t["scopes"][0].update(title="x" * 201),
        lambda t: t["scopes"][0].update(parent="x"),
        lambda t: t["ranges"][0].update(s="00" * 16),
        lambda t: t["ranges"][0].update(w="00" * 16),
        lambda t: t["ranges"][0].update(lo=0),
        lambda t: t["ranges"][0].update(hi=0),
        lambda t: t["ranges"][0].update(prev="01" * 32),
        lambda t: t["ranges"][0].update(end="00"),
        lambda t: t["ranges"].append({**t["ranges"][0], "lo": 2, "hi": 2, "prev": "01" * 32}),
        lambda t: t["ranges"].append(t["ranges"][0]),
        lambda t: t["blobs"].extend(2 * [{"h": "0" * 64, "size": 1, "in": False}]),
        lambda t: t["blobs"].append({"h": "0" * 64, "size": 1, "in": 0}),
        lambda t: t["members"]["ops/0000.jsonl"].update(
            stored_sha256=t["members"]["ops/0000.jsonl"]["sha256"], stored_size=1
        ),
        lambda t: t["members"]["ops/0000.jsonl"].update(size=2**33),
        lambda t: t.pop("members"),
        lambda t: t.pop("scopes"),
        lambda t: t["ranges"].append({**t["ranges"][0], "w": BORA}),
    ],
)
def test_a_manifest_that_contradicts_itself_is_refused(file: Path, bend: Bend) -> None:
    assert bent(file, bend) == "E_CONTENT"


@pytest.mark.parametrize(
    "bend",
    [
        lambda t: t.update(bundle="00" * 16),
        lambda t: t["members"]["ops/0000.jsonl"].update(stored_size=9),
        lambda t: t["members"]["ops/0000.jsonl"].update(stored_sha256="0" * 64),
        lambda t: t["ranges"][0].update(end="01" * 32),
        lambda t: (
            t.update(scopes=[{**t["scopes"][0], "id": "77" * 16}])
            or t["ranges"][0].update(s="77" * 16)
        ),
    ],
)
def test_a_manifest_that_contradicts_the_file_is_refused(file: Path, bend: Bend) -> None:
    assert bent(file, bend) == "E_DAMAGED"


def test_a_wrong_format_is_no_bundle(file: Path) -> None:
    assert bent(file, lambda tree: tree.update(format="other")) == "E_NOT_BUNDLE"


def test_members_and_entries_must_be_the_same(file: Path) -> None:
    assert bent(file, lambda tree: tree["members"].clear()) == "E_UNSAFE"
    blob = {"h": "0" * 64, "size": 0, "in": True}
    assert bent(file, lambda tree: tree["blobs"].append(blob)) == "E_UNSAFE"


def test_an_attachment_must_be_what_its_name_says(file: Path) -> None:
    sha = hashlib.sha256(b"content").hexdigest()
    good = Part(f"blobs/{sha[:2]}/{sha}", b"content")
    assert accepted(file, bundle_of([good])) == []
    assert code_of(file, bundle_of([replace(good, content=b"CONTENT")])) == "E_DAMAGED"
    lie = bundle_of([good], bend=lambda t: t["blobs"][0].update(size=6))
    assert code_of(file, lie) == "E_DAMAGED"


def test_a_newer_major_format_is_refused_by_name(file: Path) -> None:
    def newer(tree: dict[str, Any]) -> None:
        tree.update(v=2, min_reader=2, scopes="another shape")

    assert bent(file, newer) == "E_TOO_NEW"
    with pytest.raises(BundleError) as caught:
        open_bundle(file)
    assert caught.value.values["version"] == 2
    assert bent(file, lambda tree: tree.update(critical=["moon"])) == "E_TOO_NEW"
    with pytest.raises(BundleError) as caught:
        open_bundle(file)
    assert "moon" in str(caught.value)


def test_a_newer_minor_format_is_carried(file: Path) -> None:
    raw = bundle_of([], bend=lambda t: t.update(v=3, features=["moon"], later={"a": 1}, to=["key"]))
    file.write_bytes(raw)
    with open_bundle(file) as bundle:
        manifest = bundle.manifest
    assert (manifest.version, manifest.min_reader, manifest.to) == (3, 1, ("key",))
    assert manifest.header.extra == {"later": {"a": 1}}
    assert manifest.tree()["later"] == {"a": 1}


def test_signature_lines_must_be_well_formed(file: Path) -> None:
    line = f"fk1 ed25519 {'A' * 43}= {'B' * 86}==\n"
    assert accepted(file, bundle_of([], signatures=line)) == []
    for wrong in ("x", line[:-1], line + "\n", line.replace("A", "!"), "fk1 sha256 00\n"):
        assert code_of(file, bundle_of([], signatures=wrong)) == "E_SIGNATURE"
    other = _tail(bundle_of([], bend=lambda t: t.update(note="other")))
    assert code_of(file, archive_of([MARK, _tail(bundle_of([]))[0], other[1]])) == "E_SIGNATURE"


def test_attested_chain_heads_are_read(file: Path) -> None:
    told = {"s": SCOPE, "w": ANNA, "seq": 1, "chain": "0" * 64, "key": "k", "sig": "s"}
    file.write_bytes(bundle_of([], bend=lambda t: t["attest"].append(told)))
    with open_bundle(file) as bundle:
        assert bundle.manifest.header.attest[0].sig == "s"
        assert bundle.manifest.tree()["attest"] == [told]


@pytest.mark.parametrize(
    "spell",
    [
        lambda t: b"",
        lambda t: b"[]",
        lambda t: b"\xef\xbb\xbf" + json.dumps(t).encode(),
        lambda t: json.dumps(t).encode("utf-16"),
        lambda t: json.dumps(t).encode() + b"{}",
        lambda t: json.dumps({**t, "x": float("nan")}).encode(),
        lambda t: json.dumps(t)[:-1].encode() + b',"v":1}',
        lambda t: json.dumps(t)[:-1].encode() + b',"x":1e999}',
        lambda t: json.dumps(t)[:-1].encode() + b',"x":' + b"[" * 99_999 + b"]" * 99_999 + b"}",
        lambda t: json.dumps(t)[:-1].encode() + b',"x":' + b"9" * 5_000 + b"}",
        lambda t: json.dumps(t)[:-1].encode() + b',"x":"\\ud800"}',
        lambda t: json.dumps(t)[:-1].encode() + b',"x":"\xff"}',
        lambda t: json.dumps(t)[:-1].encode() + b',"x":"\0"}',
    ],
)
def test_a_manifest_in_hostile_json_is_refused(file: Path, spell: Any) -> None:
    assert code_of(file, bundle_of([], spell=spell)) == "E_CONTENT"


# ops


GOOD = '[0,1,1,0,1,0,"a.b",1,"x",[]]'
RUN, _ = run_of([op(1, "x", wall=0, fld="a.b")])


def lines(file: Path, *written: str | bytes, run: Range = RUN) -> str:
    return code_of(file, bundle_of([ops_member(written)], [run]))


def test_a_plain_line_is_read(file: Path) -> None:
    found = accepted(file, bundle_of([ops_member([GOOD])], [RUN]))
    assert found == [op(1, "x", wall=0, fld="a.b")]


@pytest.mark.parametrize(
    "line",
    [
        "", "{}", "[]", "null", GOOD[:-1], GOOD + " []", GOOD.replace("[0,1,", "[1,1,"),
        GOOD.replace("[0,1,", "[true,1,"), GOOD.replace("[0,1,", "[0,2,"),
        GOOD.replace("[0,1,", "[false,1,"), GOOD.replace("[0,1,", "[0,true,"),
        GOOD.replace("[0,1,1,", "[0,1,-1,"), GOOD.replace("[0,1,1,", f"[0,1,{2**40 + 1},"),
        GOOD.replace("[0,1,1,0,", '[0,1,1,"0",'), GOOD.replace("[0,1,1,0,1,", "[0,1,1,0,-1,"),
        GOOD.replace('0,"a.b"', '1,"a.b"'), GOOD.replace('0,"a.b"', '-1,"a.b"'),
        GOOD.replace('"a.b"', "7"), GOOD.replace('"a.b"', '"a\\nb"'),
        GOOD.replace('"a.b"', '"' + "a" * 1_001 + '"'), GOOD.replace('"a.b",1', '"a.b",0'),
        GOOD.replace('"a.b",1', '"a.b",6'), GOOD.replace('"a.b",1', '"a.b",9'),
        GOOD.replace('"a.b",1', f'"a.b",{2**31 + 1}'), GOOD.replace('"a.b",1', '"a.b","1"'),
        GOOD.replace('"a.b",1,"x"', '"a.b",2,1'), GOOD.replace('"a.b",1,"x"', '"a.b",3,1'),
        GOOD.replace('"a.b",1,"x"', '"a.b",4,null'), GOOD.replace('"x"', "1.5"),
        GOOD.replace('"x"', "NaN"), GOOD.replace('"x"', "-Infinity"), GOOD.replace('"x"', "1e999"),
        GOOD.replace('"x"', str(2**53 + 1)), GOOD.replace('"x"', "9" * 5_000),
        GOOD.replace('"x"', '{"a":1,"a":2}'), GOOD.replace('"x"', "[" * 16 + "]" * 16),
        GOOD.replace('"x"', "[" * 2_000 + "]" * 2_000), GOOD.replace('"x"', '"\\ud83d"'),
        GOOD.replace('"x"', '"\\u0000"'), GOOD.replace('"x"', '"\x00"'), GOOD.replace('"x"', '"\t"'),
        GOOD.replace("[]]", "{}]"), GOOD.replace("[]]", "[[]]]"), GOOD.replace("[]]", "[[0]]]"),
        GOOD.replace("[]]", "[[0,1]]]"), GOOD.replace("[]]", "[[2,1]]]"),
        GOOD.replace("[]]", "[[-1,1]]]"), GOOD.replace("[]]", "[[1,0]]]"),
        GOOD.replace("[]]", "[[1,1],[1,2]]]"), GOOD.replace("[]]", "[[1,true]]]"),
        GOOD.replace("[]]", "[],null]"), GOOD.replace("[]]", "[],[]]"),
        GOOD.replace("[]]", '[],null,"salt"]'), GOOD.replace("[]]", "[],null,null]"),
        GOOD.replace("[]]", "[],null,7]"), GOOD.replace("[]]", f'[],null,"{SALT}",1]'),
        GOOD.replace("[]]", '[],7,"' + SALT + '"]'), GOOD.replace("[]]", '[],{"obs":1}]'),
        GOOD.replace("[]]", '[],{"obs":[1]}]'), GOOD.replace("[]]", '[],{"obs":[["x",1]]}]'),
        GOOD.replace("[]]", f'[],{{"obs":[["{ANNA}","x"]]}}]'),
        GOOD.replace("[]]", f'[],{{"obs":[["{ANNA}"]]}}]'),
    ],
)  # fmt: skip
def test_a_bent_line_is_refused(file: Path, line: str) -> None:
    assert lines(file, line) == "E_CONTENT"


def test_bytes_that_are_not_utf8_are_refused(file: Path) -> None:
    assert lines(file, GOOD.encode().replace(b"x", b"\xff")) == "E_CONTENT"


def test_too_few_and_too_many_lines_are_refused(file: Path) -> None:
    assert lines(file) == "E_CONTENT"
    assert lines(file, GOOD, GOOD) == "E_CONTENT"
    assert lines(file, GOOD, run=replace(RUN, hi=2)) == "E_CONTENT"
    assert code_of(file, bundle_of([], [RUN])) == "E_CONTENT"


def test_a_last_line_without_end_and_an_endless_line_are_refused(file: Path) -> None:
    member = ops_member([GOOD])
    cut = replace(member, content=member.content[:-1])
    assert code_of(file, bundle_of([cut], [RUN])) == "E_CONTENT"
    long = ops_member([GOOD.replace("x", hashlib.shake_256(b"s").hexdigest(3_000_000))])
    assert code_of(file, bundle_of([long], [RUN])) == "E_CONTENT"


def test_a_line_just_over_its_size_is_refused(file: Path) -> None:
    filler = hashlib.shake_256(b"s").hexdigest((limits.LINE_SIZE + 2) // 2)
    assert lines(file, GOOD.replace("x", filler)) == "E_CONTENT"


@pytest.mark.parametrize(
    "table", [[ROUND, ROUND], ["ff" * 16, ROUND], ["x"], [1], "x", {"a": 1}, []]
)
def test_a_bent_entity_table_is_refused(file: Path, table: Any) -> None:
    member = ops_member([GOOD])
    _, rest = member.content.split(b"\n", 1)
    raw = json.dumps(table).encode() + b"\n" + rest
    assert code_of(file, bundle_of([replace(member, content=raw)], [RUN])) == "E_CONTENT"


def test_an_empty_ops_member_is_harmless(file: Path) -> None:
    assert accepted(file, bundle_of([Part("ops/0000.jsonl", b"")])) == []


@pytest.mark.parametrize(
    "line",
    [
        GOOD.replace('"x"', '"y"'), GOOD.replace("a.b", "a.c"), GOOD.replace("[0,1,1,", "[0,1,2,"),
        GOOD.replace("[]]", "[],{}]"), GOOD.replace("[]]", f'[],null,"{SALT}"]'),
        GOOD.replace("[]]", "[[1,4]]]"),
    ],
)  # fmt: skip
def test_a_changed_op_breaks_its_chain(file: Path, line: str) -> None:
    assert lines(file, line) == "E_DAMAGED"


def test_unknown_kinds_and_extra_keys_are_kept(file: Path) -> None:
    newer = op(1, {"deep": [[1]]}, wall=0, fld="a.b", kind=99, ext={"obs": 7, "from": "2.1"})
    run, _ = run_of([newer])
    line = GOOD.replace('1,"x",[]', '99,{"deep":[[1]]},[],{"from":"2.1","obs":7}')
    assert accepted(file, bundle_of([ops_member([line])], [run])) == [newer]


def test_a_stub_and_a_committed_value_are_told_apart(file: Path) -> None:
    commit = commitment(SALT, "x")
    full = op(1, "x", wall=0, fld="a.b", salt=SALT, commit=commit)
    run, _ = run_of([full])
    line = GOOD.replace("[]]", f'[],null,"{SALT}"]')
    assert accepted(file, bundle_of([ops_member([line])], [run])) == [full]
    stub = GOOD.replace('"x"', f'"{commit}"').replace("[]]", "[],null,null]")
    assert accepted(file, bundle_of([ops_member([stub])], [run])) == [full.as_stub()]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=10,
)


@given(st.lists(json_values, max_size=13))
def test_any_list_as_a_line_is_refused_or_is_an_op(
    tmp_path_factory: pytest.TempPathFactory, line: list[Any]
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.fkb"
    code_of(file, bundle_of([ops_member([json.dumps(line)])], [RUN]))


@given(st.binary(max_size=200))
def test_any_bytes_after_the_mark_are_refused(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.fkb"
    code_of(file, archive_of([MARK])[:67] + raw)


def test_a_clean_round_trip_of_the_hand_written_bundle(tmp_path: Path) -> None:
    run, ops = run_of([op(1, canonical({"a": 1}).decode()), op(2, None, writer=ANNA)])
    target = tmp_path / "b.fkb"
    pack(target, [(run, ops)])
    assert unpacked(target) == ops
