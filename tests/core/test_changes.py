"""Changes: a page that shows none of what was touched stays as it is."""

from fieldkit.core.changes import NOTHING, Changes


def test_only_the_kinds_named_are_touched() -> None:
    changes = Changes(frozenset({"plant", "answer"}))
    assert changes.touched(["note", "answer"])
    assert not changes.touched(["note"])
    assert not changes.touched([])


def test_nothing_touched_is_nothing() -> None:
    assert not NOTHING
    assert Changes(frozenset({"plant"}))


def test_who_asked_does_not_make_two_changes_differ() -> None:
    assert Changes(frozenset({"a"}), by=object()) == Changes(frozenset({"a"}))
