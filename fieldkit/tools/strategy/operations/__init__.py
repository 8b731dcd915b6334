"""What one does with a strategy: start it from answers, write, put in order, act on problems."""

from fieldkit.tools.strategy.operations.reading import (
    actions,
    draft,
    priorities,
    source_changes,
    source_checklist,
    source_round,
    standing,
    strategies,
    strategy,
)
from fieldkit.tools.strategy.operations.starting import Plan, carry_over, start_empty, start_from
from fieldkit.tools.strategy.operations.writing import (
    add_action,
    add_priority,
    confirm_priority,
    delete_action,
    delete_priority,
    edit_action,
    edit_priority,
    move_action,
    move_priority,
    take_new_level,
    write,
)

__all__ = [
    "Plan",
    "actions",
    "add_action",
    "add_priority",
    "carry_over",
    "confirm_priority",
    "delete_action",
    "delete_priority",
    "draft",
    "edit_action",
    "edit_priority",
    "move_action",
    "move_priority",
    "priorities",
    "source_changes",
    "source_checklist",
    "source_round",
    "standing",
    "start_empty",
    "start_from",
    "strategies",
    "strategy",
    "take_new_level",
    "write",
]
