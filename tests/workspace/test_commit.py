"""Commit: one command, one transaction; what is unchanged writes nothing."""

import datetime as dt
from pathlib import Path

import pytest

from fieldkit.core.changes import Changes
from fieldkit.core.errors import BugError, UserError
from fieldkit.core.ids import EntityId, ScopeId, new_id
from fieldkit.core.op import INT_CAP, LAM_CAP, Kind, Op, Value
from fieldkit.core.record import NewScope, Record, Removal
from fieldkit.workspace.pen import minutes
from fieldkit.workspace.workspace import Workspace
from tests.world import (
    GARDEN,
    HARVEST,
    SCHEMA,
    Clock,
    Laptop,
    answer,
    beside,
    laptop,
    places,
    plant,
    writer_of,
)

ELSEWHERE = ScopeId("e" * 32)


def test_what_was_written_is_read_also_after_a_restart(tmp_path: Path) -> None:
    with laptop(tmp_path) as machine:
        scope = machine.garden()
        rose = machine.plants(scope, name="Rose", height=3, story="a\n\nb", **{"tags/red": True})
        for _ in range(2):
            record = machine.ws.record(scope, "plant", rose)
            assert (record.text("name"), record.whole("height")) == ("Rose", 3)
            assert (record.text("story"), record.elements("tags")) == ("a\n\nb", frozenset({"red"}))
            machine.restart()


def test_a_command_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    with laptop(tmp_path) as machine:
        scope = machine.garden()
        before = machine.ops()
        heard: list[Changes] = []
        machine.ws.listen(heard.append)
        items = [plant(scope, name="first"), plant(ELSEWHERE, name="no such scope")]
        with pytest.raises(UserError):
            machine.ws.commit(items, label="broken")
        assert machine.ops() == before
        assert machine.ws.records(scope, "plant") == []
        assert heard == []
        assert machine.ws.undo_label == "garden"
        machine.plants(scope, name="works again")
        machine.checks()


@pytest.mark.parametrize(
    "record",
    [
        Record(ELSEWHERE, "weed", EntityId("a" * 32), {"name": "x"}),
        Record(ELSEWHERE, "plant", EntityId("a" * 32), {"colour": "x"}),
        Record(ELSEWHERE, "plant", EntityId("a" * 32), {"height": INT_CAP + 1}),
        Record(ELSEWHERE, "plant", EntityId("a" * 32), {"height": [1, {"a": -INT_CAP - 1}]}),
        Record(ELSEWHERE, "plant", EntityId("a" * 32), {"height": 1.5}),  # type: ignore[dict-item]
    ],
)
def test_what_no_tool_declared_and_what_no_bundle_carries_is_a_bug(
    tmp_path: Path, record: Record
) -> None:
    with laptop(tmp_path) as machine:
        with pytest.raises(BugError):
            machine.ws.commit([record])
        assert machine.ops() == []


def test_a_value_nobody_changed_writes_nothing_and_is_no_command(tmp_path: Path) -> None:
    with laptop(tmp_path) as machine:
        scope = machine.garden()
        fields: dict[str, Value] = {"name": "Rose", "height": 1, "story": "a\nb", "pos": "V"}
        rose = machine.plants(scope, **fields)
        asked = machine.answers(scope, "LDR.1", languages=("sr", "en"))
        before, label = machine.ops(), machine.ws.undo_label
        machine.plants(scope, rose, **fields)
        machine.plants(scope, rose, story="a  \r\nb\n", why=None, name="Rose ")
        machine.writes(scope, "answer", asked, languages=["sr", "en"])
        machine.ws.commit([NewScope(scope, GARDEN)])
        machine.ws.commit([])
        machine.removes(scope, "plant", EntityId(new_id()))
        assert machine.ops() == before
        assert machine.ws.undo_label == label


def test_a_yes_is_not_a_one_and_an_order_of_languages_is_a_change(tmp_path: Path) -> None:
    with laptop(tmp_path) as machine:
        scope = machine.garden()
        rose = machine.plants(scope, height=1)
        machine.plants(scope, rose, height=True)
        assert machine.reads(scope, "plant", rose, "height") is True
        asked = machine.answers(scope, "LDR.1", languages=["sr", "en"])
        machine.writes(scope, "answer", asked, languages=["en", "sr"])
        assert machine.reads(scope, "answer", asked, "languages") == ["en", "sr"]


def test_free_texts_are_committed_with_a_salt_and_levels_are_not(tmp_path: Path) -> None:
    with laptop(tmp_path) as machine:
        scope = machine.garden()
        machine.plants(scope, name="Rose", story="a", height=3, **{"tags/red": True})
        by_field = {op.fld: op for op in machine.ops()}
        salted = {fld for fld, op in by_field.items() if op.commit}
        assert salted == {"plant.name", "plant.story"}
        assert all(op.is_honest for op in by_field.values())
        assert by_field["plant.tags/red"].kind is not None
        assert [by_field[f].kind for f in ("plant.story", "plant.tags/red")] == [
            Kind.TEXT,
            Kind.MEMBER,
        ]


def test_one_command_is_one_group_per_scope_and_the_numbers_follow(tmp_path: Path) -> None:
    with laptop(tmp_path) as machine:
        scope, other = machine.garden(), machine.garden()
        machine.ws.commit(
            [plant(scope, name="a", height=1), plant(other, name="b"), answer(scope, "q", level=2)]
        )
        ops = [op for op in machine.ops(scope) if op.seq > 2]
        assert [op.seq for op in ops] == [3, 4, 5]
        assert {op.grp for op in ops} == {3}
        assert [op.lam for op in ops] == [3, 4, 5]
        assert {op.grp for op in machine.ops(other)} == {1, 3}


def test_half_a_character_pasted_from_elsewhere_is_marked_and_the_text_is_kept(
    tmp_path: Path,
) -> None:
    with laptop(tmp_path) as machine:
        scope = machine.garden()
        rose = machine.plants(scope, name="good \ud83d end", why="\x00\ud83c\udf39")
        asked = machine.answers(scope, "q", languages={"a\udc80": ["\udc80", 1, True, None]})
        machine.ws.set_draft(scope, rose, "name", "half \udfff")
        machine.restart()
        record = machine.ws.record(scope, "plant", rose)
        assert record.text("name") == "good \ufffd end"
        assert record.text("why") == "\ufffd🌹"
        assert machine.reads(scope, "answer", asked, "languages") == {
            "a\ufffd": ["\ufffd", 1, True, None]
        }
        assert machine.ws.draft(scope, rose, "name") == "half \ufffd"


def test_a_text_too_long_for_any_bundle_is_refused_and_nothing_is_changed(tmp_path: Path) -> None:
    with laptop(tmp_path) as machine:
        scope = machine.garden()
        longest = "я" * (1024 * 1024 - 1)
        rose = machine.plants(scope, story=longest)
        before = machine.ops()
        with pytest.raises(UserError) as caught:
            machine.plants(scope, rose, story=longest + "я")
        assert (caught.value.code, str(caught.value.values["limit"])) == ("E_TOO_LONG", "2")
        assert machine.ops() == before
        assert machine.reads(scope, "plant", rose, "story") == longest


@pytest.mark.parametrize("year", [1969, 1970, 2026, 2099])
def test_the_clock_is_shown_and_obeyed_by_nothing(tmp_path: Path, year: int) -> None:
    with laptop(tmp_path, clock=Clock()) as machine:
        scope = machine.garden()
        rose = machine.plants(scope, height=1)
        machine.clock.now = dt.datetime(year, 1, 1, 0, 0, 59, tzinfo=dt.UTC)
        machine.plants(scope, rose, height=2)
        machine.clock.now = dt.datetime(2026, 5, 1, tzinfo=dt.UTC)
        machine.plants(scope, rose, height=3)
        history = machine.ws.history(scope, rose, "height", "plant")
        assert [v.value for v in history] == [1, 2, 3]
        assert [v.lam for v in history] == sorted(v.lam for v in history)
        assert (
            history[1].wall == max(int(dt.datetime(year, 1, 1, tzinfo=dt.UTC).timestamp()), 0) // 60
        )
        undone = machine.ws.undo()
        assert undone is not None
        assert machine.reads(scope, "plant", rose, "height") == 2


def test_a_kind_of_the_day_has_no_time_finer_than_the_day_anywhere(tmp_path: Path) -> None:
    assert HARVEST.day_only
    with laptop(tmp_path) as machine:
        scope = machine.garden()
        machine.clock.advance(hours=5, minutes=17)
        machine.writes(scope, "harvest", new_id(), counts={"1": 3})
        machine.ws.undo()
        machine.ws.redo()
        ops = [op for op in machine.ops() if op.fld.startswith("harvest.")]
        assert ops
        assert all(op.wall % 1440 == 0 for op in ops)
        assert machine.ws.recent()[0].at % 1440 == 0
        machine.plants(scope, name="a")
        assert machine.ws.recent()[0].at % 1440 == 14 * 60 + 17


def test_without_another_clock_the_computer_s_own_is_claimed(tmp_path: Path) -> None:
    before = minutes(dt.datetime.now(dt.UTC))
    with Workspace.open(places(tmp_path / "a"), SCHEMA) as ws:
        ws.commit([NewScope(ELSEWHERE, GARDEN)])
        assert before <= ws.recent()[0].at <= before + 2


def test_a_home_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a file in its place")
    with pytest.raises(UserError) as caught:
        Workspace.open(places(tmp_path / "a"), SCHEMA)
    assert caught.value.code == "E_DISK"


def test_minutes_are_whole_and_never_before_1970() -> None:
    moment = dt.datetime(1970, 1, 2, 1, 1, 59, tzinfo=dt.UTC)
    assert minutes(moment) == 1440 + 61
    assert minutes(moment, day_only=True) == 1440
    assert minutes(dt.datetime(1901, 1, 1, tzinfo=dt.UTC)) == 0


def test_our_numbers_stop_at_the_cap_and_stay_readable(tmp_path: Path) -> None:
    with laptop(tmp_path) as machine:
        scope = machine.garden()
        rose = machine.plants(scope, height=1)
        op = Op(scope, writer_of("w"), 1, LAM_CAP, 0, 1, rose, "plant.why", Kind.VALUE, "x", ())
        beside(machine, op)
        machine.plants(scope, rose, height=2)
        machine.plants(scope, rose, height=3)
        assert max(op.lam for op in machine.ops()) == LAM_CAP
        assert machine.reads(scope, "plant", rose, "height") == 3
        assert machine.ws.differences() == []


def test_a_page_hears_what_was_touched_and_who_asked(tmp_path: Path) -> None:
    with laptop(tmp_path) as machine:
        heard: list[Changes] = []
        machine.ws.listen(heard.append)
        scope = machine.garden()
        rose = plant(scope, name="Rose")
        asked = machine.ws.commit([rose], by="page")
        assert heard[-1] is asked
        assert (asked.kinds, asked.entities, asked.scopes, asked.by) == (
            frozenset({"plant"}),
            frozenset({rose.id}),
            frozenset({scope}),
            "page",
        )
        machine.ws.commit([])
        assert len(heard) == 2


def test_the_living_are_listed_by_position_and_a_scope_by_kind_and_parent(tmp_path: Path) -> None:
    with laptop(tmp_path) as machine:
        scope = machine.garden()
        names = {"B": "V", "A": "k", "C": ""}
        for name, pos in names.items():
            machine.plants(scope, name=name, **({"pos": pos} if pos else {}))
        assert [r.text("name") for r in machine.ws.records(scope, "plant")] == ["C", "B", "A"]
        child = ScopeId(new_id())
        machine.ws.commit([NewScope(child, "bed", scope)])
        assert [r.id for r in machine.ws.scopes()] == [scope, child]
        assert [r.id for r in machine.ws.scopes("bed")] == [child]
        assert [r.id for r in machine.ws.scopes(parent=scope)] == [child]
        assert machine.ws.scopes("bed", ELSEWHERE) == []


def test_what_was_never_written_reads_as_empty(tmp_path: Path) -> None:
    with laptop(tmp_path) as machine:
        nothing = machine.ws.record(ELSEWHERE, "plant", EntityId("a" * 32))
        assert nothing == Record(ELSEWHERE, "plant", EntityId("a" * 32))
        assert machine.ws.records(ELSEWHERE, "plant") == []
        assert machine.ws.history(ELSEWHERE, nothing.id, "name", "plant") == []
        assert machine.ws.differences(ELSEWHERE) == []
        assert machine.ws.drafts(ELSEWHERE) == {}


def test_lately_says_what_was_done_newest_first(tmp_path: Path) -> None:
    with laptop(tmp_path) as machine:
        scope = machine.garden()
        machine.ws.commit([plant(scope, name="a")], label="planted")
        machine.answers(scope, "q", level=1)
        machine.ws.undo()
        recent = machine.ws.recent()
        assert [(r.label, r.kind, r.scope) for r in recent] == [
            ("planted", "plant", scope),
            ("garden", "scope", scope),
        ]
        assert len(machine.ws.recent(1)) == 1


def test_two_laptops_answering_one_question_meet_in_one_register(tmp_path: Path) -> None:
    with laptop(tmp_path, "a") as a, laptop(tmp_path, "b") as b:
        scope = a.garden()
        b.garden(scope)
        assert a.answers(scope, "LDR.1", level=2) == b.answers(scope, "LDR.1", level=3)


def test_an_attachment_is_kept_once_under_its_hash(tmp_path: Path) -> None:
    with laptop(tmp_path) as machine:
        file = tmp_path / "photo.JPG"
        file.write_bytes(b"\xff\xd8" * 1000)
        first, second = machine.ws.attach(file), machine.ws.attach(file)
        assert first == second
        assert (first["n"], first["s"], first["m"]) == ("photo.JPG", 2000, "image/jpeg")
        kept = machine.ws.blob(str(first["h"]))
        assert kept is not None
        assert kept.read_bytes() == file.read_bytes()
        assert machine.ws.blob("0" * 64) is None
        (tmp_path / "unknown").write_bytes(b"")
        assert machine.ws.attach(tmp_path / "unknown")["m"] == "application/octet-stream"
        with pytest.raises(UserError):
            machine.ws.attach(tmp_path)
        with pytest.raises(UserError):
            machine.ws.attach(tmp_path / "gone")
        assert not list(machine.paths.blobs.glob("*.part"))


def test_removing_takes_from_lists_and_not_from_history(tmp_path: Path) -> None:
    with laptop(tmp_path) as machine:
        scope = machine.garden()
        rose = machine.plants(scope, name="Rose")
        machine.removes(scope, "plant", rose)
        assert machine.ws.records(scope, "plant") == []
        assert machine.ws.record(scope, "plant", rose).deleted
        assert [v.value for v in machine.ws.history(scope, rose, "name", "plant")] == ["Rose"]
        before = machine.ops()
        machine.removes(scope, "plant", rose)
        assert machine.ops() == before


def test_writing_on_something_deleted_brings_it_back(tmp_path: Path) -> None:
    with laptop(tmp_path) as machine:
        scope = machine.garden()
        rose = machine.plants(scope, name="Rose")
        machine.removes(scope, "plant", rose)
        machine.plants(scope, rose, height=2)
        assert [r.get("height") for r in machine.ws.records(scope, "plant")] == [2]
        assert machine.ws.differences() == []


def test_closing_twice_is_closing_once(tmp_path: Path) -> None:
    machine = Laptop("a", places(tmp_path / "a"))
    machine.close()
    machine.close()
    with machine.open() as ws:
        assert ws.commit([Removal(ELSEWHERE, "plant", EntityId("a" * 32))])
