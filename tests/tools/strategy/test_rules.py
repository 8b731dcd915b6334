import pytest

from fieldkit.core.ids import EntityId
from fieldkit.tools.strategy.model import Action, Priority, Strategy
from fieldkit.tools.strategy.rules import (
    actions_by_priority,
    advice_on_number,
    is_changed,
    standing,
)

ONE = Priority("One", question="DAT.1", level=2, confirmed=True, id=EntityId("1"))


@pytest.mark.parametrize(
    ("priority", "now", "changed"),
    [
        (ONE, 2, False),
        (ONE, 3, True),
        (ONE, "na", True),
        (ONE, None, True),
        (Priority("Own"), 3, False),
        (Priority("No level then", question="DAT.1"), 3, False),
    ],
)
def test_a_source_has_changed_when_the_answer_moved(
    priority: Priority, now: int | str | None, changed: bool
) -> None:
    assert is_changed(priority, now) is changed


def test_three_to_five_priorities_need_no_advice() -> None:
    assert [bool(advice_on_number(n)) for n in (2, 3, 5, 6)] == [True, False, False, True]


def test_actions_of_a_deleted_priority_are_not_lost() -> None:
    mine, orphan = Action("A", ONE.id), Action("B", EntityId("gone"))
    assert actions_by_priority([ONE], [mine, orphan]) == {ONE.id: [mine], "": [orphan]}
    found = standing(Strategy(title="S"), [ONE, Priority("Two", id=EntityId("2"))], [mine, orphan])
    assert (found.priorities, found.confirmed, found.without_action) == (2, 1, 1)
